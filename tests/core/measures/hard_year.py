"""One year with the hard cases, which every engine is asked for; nothing here is a test.

Law changes within it: the minutes of distance learning lapse on 30 June, so some of its days have a minimum
and some have none, and independent study's stands from July on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from schoolday.calendar.days import Calendar
from schoolday.measures.given import MeasuredPupil, MeasuredYear, PackRow, Promise

CHANGE_2021 = Calendar(date(2021, 6, 1), date(2021, 7, 30), {date(2021, 7, 5): "Independence Day"})
CHANGE_2022 = Calendar(date(2022, 6, 1), date(2022, 8, 31), {date(2022, 7, 4): "Independence Day"})
SPEECH, ROOM = 90, 7
ALWAYS = {6: 6, 8: 6, 12: 2, 14: 2}
"""Pupils of distance learning and of independent study who are always away, or never recorded."""


def hard_year(calendar: Calendar) -> tuple[MeasuredYear, list[PackRow]]:
    """Return pupils of three schools and all ways, part years, and promises."""
    whole = ((calendar.first, calendar.last),)
    late = ((calendar.first + timedelta(days=9), calendar.last),)
    gap = (
        (calendar.first, calendar.first + timedelta(days=6)),
        (calendar.first + timedelta(days=20), calendar.last),
    )
    ways = ("distance", "independent_study", "in_person")
    people = tuple(
        MeasuredPupil(
            f"p{number}",
            ("TK", "K", "2", "5", "8", "11")[number % 6],
            ("maple", "cedar", "oak")[number % 3],
            ways[number // 2 % 3],
            frozenset({"short_study"} if number % 7 == 3 else {"continuation"} if number % 7 == 5 else ()),
            {"language": "el" if number % 4 else "en", "foster": "yes" if number % 5 == 0 else "no"},
            (whole, late, gap)[number % 3],
        )
        for number in range(18)
    )
    promises = tuple(Promise(f"s{who}", who, SPEECH + who) for who in range(0, 18, 2))
    year = MeasuredYear(calendar, people, promises)
    return year, [row for who in range(18) for row in _rows(year, who)]


def _rows(year: MeasuredYear, who: int) -> Iterator[PackRow]:
    sunday = next(
        day for day in map(year.calendar.first.__add__, map(timedelta, range(7))) if day.weekday() == 6
    )
    # A stray: no school on that day. Part-year pupils have strays on days without them, too.
    yield PackRow(who, sunday, ROOM, "live", 30, 1, "joined")
    for one in year.days:
        if who == 17:
            return  # Nobody recorded anything: unknown, no absence.
        yield from _day(who, one.day, ALWAYS.get(who, (who * 31 + one.number * 17) % 23))
        if who % 2 == 0 and one.number % 3 == 0:
            yield from _service(who, one.day, one.number // 3 % (3 if who % 4 else 5))


def _day(who: int, day: date, case: int) -> Iterator[PackRow]:
    """Yield a day's rows: each of 23 cases says something else of it."""
    plan = ((ROOM, "live", 45), (ROOM, "live", 60), (8, "independent", 75), (9, "in_person", 60))
    short = case == 1
    for activity, kind, minutes in plan[: 1 if short else 4]:
        yield PackRow(who, day, activity, kind, minutes, None, "plan")
    if case == 2:  # Planned, and nothing recorded.
        return
    for place, (activity, kind, minutes) in enumerate(plan):
        origin = {"live": "joined", "independent": "work", "in_person": "in_person"}[kind]
        if case == 3 and place == 1:  # One of the planned rows lacks.
            continue
        part = None if case in (4, 5) and place < 2 else 0 if case in (6, 7, 8) else 1
        known = None if case in (5, 9, 10) and place == 2 else minutes - (20 if case in (11, 12, 13) else 0)
        yield PackRow(who, day, activity, kind, known, part, origin)
    yield from _words(who, day, case)


def _words(who: int, day: date, case: int) -> Iterator[PackRow]:
    said = {6: 0, 7: 0, 14: 1, 15: 0, 16: None}  # Certified absent; and on 15 against the evidence.
    if case in said:
        yield PackRow(who, day, ROOM, None, None, said[case], "attendance")
    if case == 7:
        yield PackRow(who, day, ROOM, None, None, 0, "attendance")
    for number, origin, part in ((17, "contact", 1), (18, "failure", None), (8, "assessed", 1)):
        if case == number:
            yield PackRow(who, day, ROOM, None, None, part, origin)
    if case == 19:  # A row that counts for nobody's plan, and one of the same again.
        yield PackRow(who, day, 11, "live", 15, 1, "joined")
        yield PackRow(who, day, 11, "live", 15, 1, "joined")


def _service(who: int, day: date, case: int) -> Iterator[PackRow]:
    """Yield a promised meeting: held, not held with a reason or without, untimed, unsaid."""
    yield PackRow(who, day, SPEECH + who, "live", 30, None, "plan")
    found = {
        0: ("live", 30, 1),
        1: (None, 30, 0),
        2: (None, 0, 0),
        3: ("live", None, 1),
        4: ("live", 30, None),
    }
    if case < 5:
        kind, minutes, part = found[case]
        yield PackRow(who, day, SPEECH + who, kind, minutes, part, "service")
