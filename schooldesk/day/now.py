"""Now and next: the part of a page that depends on the clock, put into bytes made hours before."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from schoolday.day import Block, HouseholdDay, NowNext, now_next
from schooldesk import clock
from schooldesk.day.languages import Speech, language, speech

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
    return _join(_labels(s), [_of_view(one, row) for one in now_next(view, minute)])


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
    said = _LABELS.search(page)
    if said is None or MARKER not in page:
        return page
    heads = list(_CHILD.finditer(page))
    ends = [head.start() for head in heads[1:]] + [len(page)]
    found = [_of_page(page, head[1], head.end(), end, minute) for head, end in zip(heads, ends, strict=True)]
    return page.replace(MARKER, _join(said.groups(), found), 1)


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


class DayAt(NamedTuple):
    """Where a child stands in the household's own part of a page: its name, and its day's rows.

    `minutes` are those at which something of the day begins or ends; `rows` tells of each row what
    `row_at` tells, `starts` where it starts behind `day`.
    """

    name: int
    name_end: int
    day: int
    minutes: tuple[int, ...]
    rows: bytes
    starts: tuple[int, ...]

    def behind(self, long: int) -> DayAt:
        """Return the same place where so much stands before it."""
        return self._replace(name=self.name + long, name_end=self.name_end + long, day=self.day + long)


_ROW_AT, _CHILD_AT = struct.Struct("<HHBHHI"), struct.Struct("<IIIH")


def row_at(begins: int, ends: int, pause: bool, html: bytes) -> bytes:
    """Pack what a request must know of a row: its minutes, and where in it its attributes and text end."""
    body = html.index(b">") + 1
    return _ROW_AT.pack(begins, ends, pause, html.index(_SPAN) + 1, body, len(html) - len(b"</li>"))


_OPENED, _SPAN = len(b"<li "), b'" data-s="'


def turns(days: Sequence[DayAt], zone: str) -> bytes:
    """Return where in a page's own part stands what now and next are made of; empty where nothing is.

    It is kept beside the page: a request then only cuts and joins.
    """
    minutes = sorted({0, *(edge for day in days for edge in day.minutes)})
    if len(minutes) == 1:
        return b""
    head = zone.encode()
    parts = [bytes((len(head),)), head, struct.pack(f"<H{len(minutes)}H", len(minutes), *minutes)]
    for day in days:
        count = len(day.starts)
        parts.append(_CHILD_AT.pack(day.name, day.name_end, day.day, count))
        parts += (day.rows, struct.pack(f"<{count}I", *day.starts))
    return b"".join(parts)


def turn(packed: bytes, day: date) -> int | None:
    """Return the minute of the page's last change if its day is today where it is read, else None."""
    if not packed:
        return None
    start = packed[0] + 1
    today, minute = clock.minute(packed[1:start].decode())
    if today != day:
        return None
    minutes = _minutes(packed, start)
    return minutes[bisect_right(minutes, minute) - 1]


def _minutes(packed: bytes, start: int) -> tuple[int, ...]:
    return struct.unpack_from(f"<{packed[start] | packed[start + 1] << 8}H", packed, start + 2)


_Place = tuple[int, int, int, int]
"""Where a row stands in the household's own part: its attributes (from, to), what is in it (from, to)."""


def at_turn(read: Callable[[int], bytes], packed: bytes, minute: int, code: str) -> bytes:
    """Return what is on now and next at a minute, as HTML.

    `read` gives the household's own part of the page, at least as far as it is asked to: in the morning
    what comes next stands near the beginning, and the rest need not be unpacked.
    """
    due = [*_due(packed, minute)]
    ends = [place[3] for _, rows, following in due for place in (*rows, following) if place]
    own = read(max([name[1] for name, _, _ in due] + ends))
    found: list[_Found] = [
        (own[slice(*name)], [_cut(own, row) for row in rows], _cut(own, following) if following else None)
        for name, rows, following in due
    ]
    return _join(labels(code), found)


def _due(packed: bytes, minute: int) -> Iterator[tuple[tuple[int, int], list[_Place], _Place | None]]:
    """Yield where each child's name stands, its rows that are on at a minute, and the one that is next."""
    place = packed[0] + 1
    place += 2 + 2 * (packed[place] | packed[place + 1] << 8)
    while place < len(packed):
        name, name_end, day, count = _CHILD_AT.unpack_from(packed, place)
        rows = place + _CHILD_AT.size
        starts = rows + count * _ROW_AT.size
        place = starts + count * 4
        now, following = [], None
        for number in range(count):
            row = _ROW_AT.unpack_from(packed, rows + number * _ROW_AT.size)
            if row[0] > minute and row[2]:
                continue
            if minute < row[1]:
                at = day + int.from_bytes(packed[starts + 4 * number : starts + 4 * number + 4], "little")
                found = (at + _OPENED, at + row[3], at + row[4], at + row[5])
                if row[0] > minute:
                    following = found
                    break
                now.append(found)
        yield (name, name_end), now, following


def _cut(own: bytes, place: _Place) -> tuple[bytes, bytes]:
    return own[place[0] : place[1]], own[place[2] : place[3]]


@lru_cache(maxsize=64)
def labels(code: str) -> tuple[bytes, bytes, bytes, bytes]:
    """Return the words around now and next in a language, as HTML."""
    return _labels(speech(language(code)))


def _labels(s: Speech) -> tuple[bytes, bytes, bytes, bytes]:
    title, now, following, done = (
        str(escape(s.say(text))).encode() for text in ("Now and next", "Now", "Next", "Done for today")
    )
    return title, now, following, done


def _join(words: Sequence[bytes], found: list[_Found]) -> bytes:
    title, now, following, done = words
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
