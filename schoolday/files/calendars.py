"""Read a district's school year from YAML: first and last date, holidays, preparation and short days.

::

    first: 2026-08-13
    last: 2027-06-10
    holidays: {2026-09-07: Labor Day}
    preparation: {2026-08-13: Teachers prepare}
    short: {2026-10-08: "Smoke: closed at ten"}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NoReturn

import yaml

from schoolday.calendar.days import Calendar
from schoolday.files.rulebook.schema import unknown
from schoolday.files.rulebook.yaml_tree import Loc, Node, read
from schoolday.ground.errors import RulebookError, SchooldayError

_KINDS = ("holidays", "preparation", "short")
_KEYS = ("first", "last", *_KINDS)
_LONGEST = 400
"""Days of a school year at the most."""


def read_calendar(path: Path) -> Calendar:
    """Return the calendar of a file.

    Raises
    ------
    SchooldayError
        For the first fault, with file, line and what to do: a key that is not known, a date that is none, one
        outside the year or on a weekend, or one that is both a holiday and a preparation day.
    """
    return parse_calendar(path.read_bytes(), str(path))


def parse_calendar(data: bytes, name: str) -> Calendar:
    """Return the calendar that the bytes of a file hold; `CalendarRefused` as `read_calendar` says."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise CalendarRefused(name, 0, "this is not UTF-8; save the file as UTF-8") from None
    if not text.strip():
        raise CalendarRefused(name, 0, "the file is empty; write the year's `first` and `last` date")
    try:
        tree, refused = read(text, name)
    except RulebookError as fault:
        raise CalendarRefused(name, fault.line, fault.said) from None
    if refused:
        raise CalendarRefused(name, refused[0].line, refused[0].said)
    return _Year(name, tree).calendar()


def calendar_text(calendar: Calendar) -> str:
    """Return a calendar as the text that `parse_calendar` reads back."""
    days = {
        "holidays": calendar.holidays,
        "preparation": calendar.preparation,
        "short": calendar.short,
    }
    told = {kind: dict(sorted(some.items())) for kind, some in days.items() if some}
    whole = {"first": calendar.first, "last": calendar.last, **told}
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True)


class CalendarRefused(SchooldayError):
    """A calendar's file has a fault: in which line, and what to do."""

    def __init__(self, name: str, line: int, said: str) -> None:
        self.line, self.said = line, said
        super().__init__(f"{name}:{line}: {said}" if line else f"{name}: {said}")


class _Year:
    """Builds one calendar; every fault is told with its line."""

    def __init__(self, name: str, tree: Node) -> None:
        self.name, self.tree = name, tree

    def calendar(self) -> Calendar:
        if not isinstance(self.tree.value, dict):
            self.refuse((), "write keys: first, last, holidays, preparation, short")
        for key in self.tree.value:
            if key not in _KEYS:
                self.refuse((key,), unknown(key, "key here", _KEYS))
        first, last = self.end("first"), self.end("last")
        if not 0 <= (last - first).days <= _LONGEST:
            self.refuse(("last",), f"from {first} to {last} is no school year; mend one of the two")
        holidays, preparation, short = (dict(self.days(kind, first, last)) for kind in _KINDS)
        for day in sorted(preparation.keys() & holidays.keys()):
            self.refuse(("preparation", day.isoformat()), f"{day} is a holiday too; keep one of them")
        return Calendar(first, last, holidays, preparation, short)

    def end(self, key: str) -> date:
        if not self.tree.text(key):
            self.refuse((key,), f"`{key}` is missing; write the {key} date of the school year")
        return self.day((key,), self.tree.text(key))

    def days(self, kind: str, first: date, last: date) -> Iterator[tuple[date, str]]:
        node = self.tree.down(kind)
        if node is None:
            return
        if not isinstance(node.value, dict):
            self.refuse((kind,), f"`{kind}` holds dates with names, such as 2026-09-07: Labor Day")
        for text in node.value:
            loc = (kind, text)
            day = self.day(loc, text)
            if not first <= day <= last:
                self.refuse(loc, f"{day} lies outside the year, {first} to {last}; take it out")
            if day.weekday() > 4:
                self.refuse(loc, f"{day} is a {day:%A}, which has no school anyway; take it out")
            yield day, self.tree.text(*loc)

    def day(self, loc: Loc, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.refuse(loc, f"{text!r} is no date; write year-month-day, such as 2026-08-13")

    def refuse(self, loc: Loc, said: str) -> NoReturn:
        raise CalendarRefused(self.name, self.tree.at(loc), said)
