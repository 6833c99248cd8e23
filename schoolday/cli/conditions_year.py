"""The command that runs a year of conditions through the rules, or through two sets of rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.conditions import Against, Since, Start, Together, conditions, step_of
from schoolday.cli.conditions_allowed import WORDS, District, Folder, School, allowed, district_of, preview
from schoolday.cli.options import AsJson, Books, First, Sides, Source, Until, WhatIf
from schoolday.cli.output import day_of, say, say_json
from schoolday.conditions import BLUEPRINT, Memory
from schoolday.conditions.allowed import Openers
from schoolday.conditions.course import led, led_together
from schoolday.conditions.preview import Group
from schoolday.conditions.readings import Assigned
from schoolday.conditions.sites import Site
from schoolday.conditions.year import Share, WeekOf, mondays, parted, tally, weeks_of
from schoolday.files.rulebooks import load
from schoolday.files.year_of import write_weeks
from schoolday.ground.errors import SchooldayError

Csv = Annotated[
    Path | None, typer.Option("--csv", metavar="FILE", help="Write a row for each week, school and grade.")
]


DAYS = {
    Share.ALL: "every day",
    Share.SOME: "some days",
    Share.NONE: "no day",
    Share.UNVERIFIED: "unverified",
}


def register(app: typer.Typer) -> None:
    """Add the commands about conditions to the command line."""
    for command in (allowed, preview, year):
        conditions.command(command.__name__)(command)
    app.add_typer(conditions, name="conditions")


def year(
    source: Source,
    folder: Folder,
    first: First,
    until: Until,
    together: Together = "",
    start: Start = "purple",
    since: Since = "2020-08-31",
    against: Against = None,
    school: School = None,
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    csv: Csv = None,
    as_json: AsJson = False,
) -> None:
    """Run a year through the rules: each week, what schools could do, and for how many pupils.

    With --against or --everywhere a second set of rules runs beside the first, and the weeks in which they
    part are marked.
    """
    days = list(mondays(day_of(first), day_of(until)))
    place = district_of(source, folder, days[0] if days else day_of(first), school, sides, rules, what_if)
    some = place.groups(day_of(first))
    memory = Memory(step_of(start), day_of(since))
    steps = _steps(place, memory)
    one = weeks_of(lambda day: place.outlook(day, steps), some, days)
    other = _other(place, memory, together, against, some, days) if together or against else ()
    if csv:
        write_weeks(csv, one, other, some)
    if as_json:
        say_json(_year_json(one, other, some))
        return
    for number, week in enumerate(one):
        say(_week_line(week, other[number] if other else None, some))
    if other:
        say(f"The two sets of rules part in {len(parted(one, other))} of {len(one)} weeks.")


def _steps(place: District, start: Memory) -> tuple[Assigned, ...]:
    """Return the steps on record, and for places without any, those that the rules lead to."""
    outside = place.outside
    given = {one.place for one in outside.assigned}
    rest = [name for name in outside.places if name not in given]
    found = led(BLUEPRINT, place.openers.book, rest, outside.readings, start, outside.circumstances)
    return (*outside.assigned, *found)


def _other(
    place: District,
    start: Memory,
    together: str,
    against: list[Path] | None,
    some: Sequence[Group],
    days: Sequence[date],
) -> tuple[WeekOf, ...]:
    """Return the year by a second set of rules: other books, or every place together."""
    outside, rulebook = place.outside, place.openers.book
    if against:
        rulebook = rulebook.with_(load(against).rules)
    openers = Openers(rulebook, place.roster.places)
    sites, steps = place.sites, _steps(place, start)
    if together:
        names = [name for name in outside.places if any(one.place == name for one in outside.readings)]
        if not names:
            raise SchooldayError("no place has readings, so none can be asked of every one of them")
        steps = led_together(
            BLUEPRINT, rulebook, together, names, outside.readings, start, outside.circumstances
        )
        some = [_moved(group, together) for group in some]
        sites = tuple(group.site for group in some)
    other = District(place.roster, outside, openers, sites)
    return weeks_of(lambda day: other.outlook(day, steps), some, days)


def _moved(group: Group, together: str) -> Group:
    """Return a group whose school lies in all places together, beside its own campus."""
    site = Site(group.site.school, (group.site.school, together))
    return Group(site, group.grade, group.pupils, group.teachers)


def _week_line(week: WeekOf, other: WeekOf | None, some: Sequence[Group]) -> str:
    told = "; ".join(
        f"{WORDS[one.way]} {DAYS[one.share]}: {one.pupils:,} pupils in {one.schools} schools"
        for one in tally(week, some)
    )
    return f"{week.monday}  {told}{'  PARTS' if other is not None and other.days != week.days else ''}"


def _year_json(one: Sequence[WeekOf], other: Sequence[WeekOf], some: Sequence[Group]) -> dict[str, object]:
    apart = set(parted(one, other)) if other else set()
    return {
        "weeks": [
            {
                "monday": week.monday,
                "tally": [
                    {
                        "way": row.way.value,
                        "days": row.share.value,
                        "pupils": row.pupils,
                        "schools": row.schools,
                    }
                    for row in tally(week, some)
                ],
                "parts": week.monday in apart if other else None,
            }
            for week in one
        ]
    }
