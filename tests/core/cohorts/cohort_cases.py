"""Small made-up districts for the tests of cohorts: households, classes and choices from plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from schoolday.calendar.days import Calendar
from schoolday.cohorts.choice import Choice, Program
from schoolday.cohorts.problem import Seats
from schoolday.roster import Enrollment, Household, Pupil, Roster, School, Section, Service

DAY = date(2020, 10, 1)


def district(
    homes: Mapping[str, Sequence[str]],
    classes: Mapping[str, Sequence[str]],
    *,
    groups: Mapping[str, frozenset[str]] | None = None,
    services: Mapping[str, Sequence[str]] | None = None,
    grades: Mapping[str, str] | None = None,
) -> Roster:
    """Return a district: each home's children, each class's pupils, and who is served together in a room."""
    groups, grades = groups or {}, grades or {}
    pupils = {
        name: Pupil(name, name, home, grades.get(name, "3"), "elm", None, groups.get(name, frozenset()))
        for home, some in homes.items()
        for name in some
    }
    served = {
        f"{group}-{name}": Service(f"{group}-{name}", name, "speech", 30, 1, "t", group, place="room")
        for group, some in (services or {}).items()
        for name in some
    }
    return Roster(
        "maple", "Maple", ("CA",), "America/Los_Angeles",
        {"elm": School("elm", "Elm", ("3",))},
        pupils, {},
        {name: Section(name, "elm", f"Class {name}", "", "homeroom") for name in classes},
        tuple(Enrollment(name, pupil) for name, some in classes.items() for pupil in some),
        (),
        {home: Household(home, tuple(some)) for home, some in homes.items()},
        served, {}, {},
        Calendar(date(2020, 8, 1), date(2021, 6, 30), {}, {}),
    )  # fmt: skip


def coming(roster: Roster, *home: str, wishes: Mapping[str, str] | None = None) -> list[Choice]:
    """Return the choices of a district in which everybody comes but some pupils."""
    return [
        Choice(
            pupil,
            Program.DISTANCE if pupil in home else Program.ON_SITE,
            DAY,
            "the family",
            (wishes or {}).get(pupil, ""),
        )
        for pupil in roster.pupils
    ]


def same(roster: Roster, number: int) -> Seats:
    """Return the same number of seats for every class."""
    return Seats(dict.fromkeys(roster.sections, number))
