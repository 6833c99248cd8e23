"""Now and next: the part of a page that depends on the clock, put into bytes made hours before."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from schoolday.day import Block, HouseholdDay, NowNext, now_next
from schooldesk.day.languages import Speech

MARKER = b"<!--now-->"
"""Where now and next go in a stored page. Until something stands there the page shows no heading for it."""

_LABELS = re.compile(
    rb'<div id="now" data-title="([^"]*)" data-now="([^"]*)" data-next="([^"]*)" data-done="([^"]*)">'
)
_CHILD = re.compile(
    rb'<section class="child" id="child-\d+" aria-labelledby="name-\d+">\n<h2 id="name-\d+">(.*?)</h2>',
    re.DOTALL,
)
_ROW = re.compile(rb'<li (class="b (\w+)[^"]*") data-s="(\d+)" data-e="(\d+)">(.*?)</li>', re.DOTALL)
_PAUSE = b"break"


def now_fragment(view: HouseholdDay, minute: int, s: Speech, row: Callable[[Block], Markup]) -> bytes:
    """Return now and next of a household as HTML, for the marker; `row` renders a block as on the page."""
    labels = [str(escape(s.say(text))).encode() for text in ("Now and next", "Now", "Next", "Done for today")]
    return _join(labels, [_of_view(one, row) for one in now_next(view, minute)])


_Found = tuple[bytes, list[tuple[bytes, bytes]], tuple[bytes, bytes] | None]


def _of_view(one: NowNext, row: Callable[[Block], Markup]) -> _Found:
    name = f"<bdi>{escape(one.given)}</bdi>".encode("utf-8", "replace")
    rows = [_parts(row(block)) for block in one.now]
    return name, rows, _parts(row(one.next)) if one.next else None


def _parts(row: Markup) -> tuple[bytes, bytes]:
    found = _ROW.search(row.encode("utf-8", "replace"))
    if found is None:
        raise ValueError("a block's row does not look as joined.py writes it; mend now.py with it")
    return found[1], found[5]


def insert_now(page: bytes, minute: int) -> bytes:
    """Return a stored page with now and next at its marker, read from the page's own rows.

    It needs neither templates nor tables, so it fits into a request that only reads one row. A page
    without the marker comes back as it is.
    """
    labels = _LABELS.search(page)
    if labels is None or MARKER not in page:
        return page
    heads = list(_CHILD.finditer(page))
    ends = [head.start() for head in heads[1:]] + [len(page)]
    found = [_of_page(page, head[1], head.end(), end, minute) for head, end in zip(heads, ends, strict=True)]
    return page.replace(MARKER, _join(list(labels.groups()), found), 1)


def _of_page(page: bytes, name: bytes, start: int, end: int, minute: int) -> _Found:
    now, following = [], None
    for row in _ROW.finditer(page, start, end):
        begins = int(row[3])
        if begins <= minute < int(row[4]):
            now.append((row[1], row[5]))
        elif begins > minute and row[2] != _PAUSE:
            following = (row[1], row[5])
            break
    return name, now, following


def _join(labels: list[bytes], found: list[_Found]) -> bytes:
    title, now, following, done = labels
    if not any(rows or then for _, rows, then in found):
        return b""
    parts = [b'<h2 id="h-now">', title, b'</h2><ul class="nows">']
    for number, (name, rows, then) in enumerate(found, 1):
        parts += [b'<li><p class="who"><a href="#child-%d">' % number, name, b"</a></p>"]
        if not rows and then is None:
            parts += [b'<p class="none">', done, b"</p>"]
        for (attributes, body), label in [(row, now) for row in rows] + ([(then, following)] if then else []):
            parts += [b'<div class="when"><p class="label">', label, b"</p><div ", attributes, b">", body]
            parts.append(b"</div></div>")
        parts.append(b"</li>")
    parts.append(b"</ul>")
    return b"".join(parts)
