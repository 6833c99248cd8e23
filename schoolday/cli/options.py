"""The arguments and options that several commands share, and how their words become values."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from schoolday.calendar.days import Calendar, DayKind, dates
from schoolday.cli.output import counts, day_of, say_findings_to_error
from schoolday.files.plans import read_plan
from schoolday.files.rosters import read_roster
from schoolday.files.rulebooks import load
from schoolday.ground.errors import RosterRefused, SchooldayError
from schoolday.roster import Roster
from schoolday.rules import Rulebook, Way
from schoolday.timetable.dates import Dates
from schoolday.timetable.plan import Plan

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts instead of text for people.")]
Source = Annotated[
    Path,
    typer.Argument(
        metavar="ROSTER", exists=True, help="The roster: a folder or zip of OneRoster CSV files, 1.1 or 1.2."
    ),
]
Sides = Annotated[
    Path | None,
    typer.Option(
        "--sides",
        exists=True,
        help="A folder or zip of side files, where they are not in the roster's folder schoolday.",
    ),
]
Folder = Annotated[Path, typer.Argument(metavar="PLAN", help="The plan's folder.")]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The date, as 2020-09-08.")]
First = Annotated[str, typer.Option("--from", metavar="DATE", help="The first date, as 2020-09-08.")]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="The last date, as 2020-09-11.")]
Books = Annotated[
    list[Path] | None,
    typer.Option("--rules", exists=True, help="Books or folders of books instead of the shipped ones."),
]
WhatIf = Annotated[
    list[Path] | None,
    typer.Option("--what-if", exists=True, help="Books laid over the others, as if they were in force."),
]
Adopt = Annotated[
    str, typer.Option("--adopt", metavar="BOOK", help="A what-if: a proposed book, taken as if agreed.")
]
Places = Annotated[
    list[str] | None,
    typer.Option("--place", help="A place, from state to district; give it again for more."),
]

WayOption = Annotated[Way, typer.Option("--way", help="The way of schooling.")]


def book(paths: list[Path] | None, over: list[Path] | None, adopt: str) -> Rulebook:
    """Return the rulebook asked for: books, what-ifs laid over them, and a proposal taken as agreed."""
    found = load(paths)
    if over:
        found = found.with_(load(over).rules)
    if not adopt:
        return found
    try:
        return found.adopt(adopt)
    except (KeyError, ValueError) as error:
        names = ", ".join(sorted({rule.book for rule in found.rules}))
        raise SchooldayError(f"{error.args[0]}; the books are {names}") from None


def taken(source: Path, on: date, sides: Path | None = None) -> Roster:
    """Return a roster, or raise RosterRefused after naming what is wrong with it."""
    reading = read_roster(source, day=on, sides=sides)
    if reading.roster is None:
        say_findings_to_error(reading.findings)
        number = counts(reading.findings)["broken"]
        raise RosterRefused(
            f"{source}: not taken in; {number} {'fault is' if number == 1 else 'faults are'} named above"
        )
    return reading.roster


class Opened(NamedTuple):
    """A plan, the dates of its district, and the school days that a command was asked about."""

    at: Dates
    made: Plan
    days: list[date]


def opened(
    source: Path, folder: Path, first: str, until: str, sides: Path | None, rulebook: Rulebook
) -> Opened:
    """Return a plan and its district's dates, with the school days of a stretch; an error in words if not."""
    at, made = planned(source, sides, folder, rulebook)
    return Opened(at, made, school_days(at.calendar, first, until))


def planned(source: Path, sides: Path | None, folder: Path, rulebook: Rulebook) -> tuple[Dates, Plan]:
    """Return a district's dates in its plan's way, and the plan; an error in words if not of one roster."""
    made = read_plan(folder)
    roster = taken(source, made.day, sides)
    if made.district != roster.district:
        raise SchooldayError(
            f"the plan in {folder} is of the district {made.district!r}, the roster in {source} of "
            f"{roster.district!r}; give the roster that the plan was made for"
        )
    lost = sorted(_strangers(made, roster))
    if lost:
        some = f"{', '.join(lost[:3])}{', …' if len(lost) > 3 else ''}"
        raise SchooldayError(
            f"the plan in {folder} was made for another roster: {len(lost)} of its schools, classes or "
            f"people are not in {source} ({some}); make the plan again"
        )
    return Dates(roster, rulebook, made.way, made.cohorts), made


def _strangers(made: Plan, roster: Roster) -> set[str]:
    """Return what a plan names and a roster does not have."""
    found = {school for school in made.weeks if school not in roster.schools}
    sources = {service.id for service in roster.services.values()} | set(roster.sections)
    sources |= {service.group for service in roster.services.values() if service.group}
    for week in made.weeks.values():
        found.update(week.problem.pupil_limits.keys() - roster.pupils.keys())
        found.update(week.problem.staff_limits.keys() - roster.staff.keys())
        found.update({one.source for one in week.problem.activities} - sources)
    return found


def school_days(calendar: Calendar, first: str, until: str) -> list[date]:
    """Return the school days of a stretch of dates; an error in words if there are none."""
    since, last = day_of(first), day_of(until)
    if last < since:
        raise SchooldayError(f"the dates run backwards: from {first} to {until}; turn them round")
    found = [day for day in dates(since, last) if calendar.kind(day) is DayKind.SCHOOL]
    if not found:
        why = no_pupils(calendar, since) if since == last else f"no date from {first} to {until} has pupils"
        raise SchooldayError(f"{why}; the school year runs from {calendar.first} to {calendar.last}")
    return found


def no_pupils(calendar: Calendar, day: date) -> str:
    """Return in words why a date has no pupils."""
    kind, reason = calendar.kind(day), calendar.reason(day)
    words = {
        DayKind.OUTSIDE: "lies outside the school year",
        DayKind.WEEKEND: "is on a weekend",
        DayKind.HOLIDAY: "is a holiday",
        DayKind.PREPARATION: "is a day of preparation, without pupils",
    }
    return f"{day} {words.get(kind, 'is a school day')}" + (f" ({reason})" if reason else "")
