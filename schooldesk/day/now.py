"""Now and next: the part of a page that depends on the clock, put into bytes made hours before."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup, escape

from schoolday.day import Block, HouseholdDay, NowNext, now_next
from schooldesk import clock
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


Day = Sequence[tuple[int, int, bool]]
"""The rows of one child on a page, in order: start, end, and whether it is a pause."""


def turns(page: bytes, days: Sequence[Day], zone: str) -> bytes:
    """Return where in a page stands what now and next are made of; empty where there is nothing to tell.

    It is worked out once, when the page is published: a request then only cuts and joins.
    """
    at = page.find(MARKER)
    labels = _LABELS.search(page, max(0, at - 1_000), at + 1) if at >= 0 else None
    if labels is None or not any(days):
        return b""
    numbers = [at, *(edge for group in (1, 2, 3, 4) for edge in labels.span(group))]
    minutes = sorted({0, *(edge for rows in days for row in rows for edge in row[:2])})
    numbers += [len(minutes), *minutes]
    place = at
    for rows in days:
        place = page.index(_NAME, place) + len(_NAME)
        start = page.index(b">", place) + 1
        place = page.index(b"</h2>", start)
        numbers += [start, place, len(rows)]
        for begins, ends, pause in rows:
            opened = page.index(_ITEM, place) + len(_ITEM) - len(_CLASS)
            closed = page.index(_SPAN, opened) + 1
            body = page.index(b">", closed) + 1
            place = page.index(b"</li>", body)
            numbers += [begins, ends, pause, opened, closed, body, place]
    return _pack(numbers, zone)


_NAME, _ITEM, _CLASS, _SPAN = b'<h2 id="name-', b'<li class="b ', b'class="b ', b'" data-s='


def _pack(numbers: Sequence[int], zone: str) -> bytes:
    wide = "I" if max(numbers) > 0xFFFF else "H"
    head = f"{wide}{zone}".encode()
    return bytes((len(head),)) + head + struct.pack(f"<{len(numbers)}{wide}", *numbers)


def _unpack(packed: bytes) -> tuple[int, ...]:
    start = packed[0] + 1
    wide = chr(packed[1])
    size = (len(packed) - start) // (2 if wide == "H" else 4)
    return struct.unpack_from(f"<{size}{wide}", packed, start)


def turn(packed: bytes, day: date) -> int | None:
    """Return the minute of the page's last change if its day is today where it is read, else None."""
    if not packed:
        return None
    start = packed[0] + 1
    today, minute = clock.minute(packed[2:start].decode())
    if today != day:
        return None
    wide, step = (_SHORTS, 2) if packed[1] == _SHORT else (_LONGS, 4)
    # Only the list of minutes is read here: a device that has the page already needs no more.
    (count,) = wide[1].unpack_from(packed, start + 9 * step)
    minutes: tuple[int, ...] = struct.unpack_from(f"<{count}{wide[0]}", packed, start + 10 * step)
    return minutes[bisect_right(minutes, minute) - 1]


_SHORT = ord("H")
_SHORTS, _LONGS = ("H", struct.Struct("<H")), ("I", struct.Struct("<I"))


def at_turn(page: bytes, packed: bytes, minute: int) -> bytes:
    """Return a page with what is on now and next at a minute of its day."""
    numbers = _unpack(packed)
    at = numbers[0]
    labels = [page[numbers[edge] : numbers[edge + 1]] for edge in (1, 3, 5, 7)]
    found: list[_Found] = []
    place, end = 10 + numbers[9], len(numbers)
    while place < end:
        name = page[numbers[place] : numbers[place + 1]]
        first = place + 3
        place = first + 7 * numbers[place + 2]
        now, following = [], None
        for row in range(first, place, 7):
            begins = numbers[row]
            if begins > minute:
                if numbers[row + 2]:
                    continue
                following = _cut(page, numbers, row)
                break
            if minute < numbers[row + 1]:
                now.append(_cut(page, numbers, row))
        found.append((name, now, following))
    whole = memoryview(page)
    return b"".join((whole[:at], _join(labels, found), whole[at + len(MARKER) :]))


def _cut(page: bytes, numbers: Sequence[int], row: int) -> tuple[bytes, bytes]:
    return page[numbers[row + 3] : numbers[row + 4]], page[numbers[row + 5] : numbers[row + 6]]


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
