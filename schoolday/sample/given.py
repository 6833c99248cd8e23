"""A made-up year of what was planned and given, pupil by pupil: for demonstrations and tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from schoolday.calendar.days import Calendar
from schoolday.measures.given import MeasuredPupil, MeasuredYear, PackRow, Promise

GRADES = ("TK", "K", *(str(number) for number in range(1, 13)))
_PER_CLASS, _SERVICE_EVERY, _SERVICES = 24, 8, 1000
_MEETINGS = (("live", 45), ("live", 45), ("live", 45), ("live", 45), ("independent", 30), ("independent", 30))


def given(
    calendar: Calendar, pupils: int, seed: int, way: str = "distance"
) -> tuple[MeasuredYear, list[PackRow], tuple[str, ...]]:
    """Return a made-up year, its rows, and the ids of its activities by number.

    Parameters
    ----------
    calendar
        The school year.
    pupils, seed
        How many pupils, and from which seed; the same ones make the same year.
    way
        The way of schooling that all pupils are in.
    """
    people = tuple(_pupil(number, calendar, way) for number in range(pupils))
    promises = tuple(
        Promise(f"service-{number}", number, _SERVICES + number)
        for number in range(0, pupils, _SERVICE_EVERY)
    )
    year = MeasuredYear(calendar, people, promises)
    chance = np.random.default_rng(seed)
    rows = [row for one in year.days for pupil in range(pupils) for row in _day(pupil, one.day, chance)]
    names = tuple(f"class-{number}" for number in range(_SERVICES)) + tuple(
        f"service-{number}" for number in range(pupils)
    )
    return year, rows, names


def _pupil(number: int, calendar: Calendar, way: str) -> MeasuredPupil:
    yes = {"income": 3, "foster": 40, "homeless": 30, "disability": _SERVICE_EVERY}
    groups = {kind: "yes" if number % many == 0 else "no" for kind, many in yes.items()}
    groups["language"] = "el" if number % 5 == 0 else "en"
    grade = GRADES[number // _PER_CLASS % len(GRADES)]
    school = ("maple", "cedar")[number // _PER_CLASS % 2]
    return MeasuredPupil(
        f"pupil-{number:05}", grade, school, way, frozenset(), groups, ((calendar.first, calendar.last),)
    )


def _day(pupil: int, day: date, chance: np.random.Generator) -> Iterator[PackRow]:
    """Yield one pupil's rows of a day: some pupils are away often, some records are left out."""
    away = chance.random() < 0.02 + 0.3 * (pupil % 17 == 0)
    room = pupil // _PER_CLASS * len(_MEETINGS)
    for place, (kind, minutes) in enumerate(_MEETINGS):
        activity, luck = (room + place) % _SERVICES, chance.random()
        yield PackRow(pupil, day, activity, kind, minutes, None, "plan")
        if luck < 0.985:
            part = 0 if away else None if luck < 0.01 else 1
            told = None if away else minutes - 15 * (luck > 0.95)
            yield PackRow(pupil, day, activity, kind, told, part, "joined" if kind == "live" else "work")
    if chance.random() < 0.99:
        yield PackRow(pupil, day, room % _SERVICES, None, None, int(not away), "attendance")
    if pupil % _SERVICE_EVERY == 0 and day.weekday() in (1, 3):
        yield PackRow(pupil, day, _SERVICES + pupil, "live", 30, None, "plan")
        if chance.random() < 0.93:
            yield PackRow(pupil, day, _SERVICES + pupil, "live", 30, int(not away), "service")
