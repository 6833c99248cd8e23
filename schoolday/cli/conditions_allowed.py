"""Commands on what conditions allow: at each school on a date, and before it takes effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.conditions import outside_of
from schoolday.cli.options import AsJson, Books, First, On, Sides, Source, Until, WhatIf, book, taken
from schoolday.cli.output import day_of, say, say_json
from schoolday.conditions.allowed import Allowed, Openers, Outlook
from schoolday.conditions.effects import Opening
from schoolday.conditions.known import Known
from schoolday.conditions.preview import Group, Turn, groups, turns
from schoolday.conditions.readings import Assigned
from schoolday.conditions.sites import Site
from schoolday.conditions.why import Why
from schoolday.files.readings import Outside
from schoolday.ground.errors import SchooldayError
from schoolday.roster import Roster
from schoolday.rules.tell import tell_grades

Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", exists=True, help="A folder or zip of readings, steps and events.")
]
KnownBy = Annotated[
    str,
    typer.Option(
        "--known-by", metavar="DATE", help="Use what had been told by this date; the first if left out."
    ),
]
School = Annotated[
    list[str] | None, typer.Option("--school", help="A school's id, again for more; all if left out.")
]

WORDS = {
    Opening.IN_PERSON: "in person",
    Opening.HYBRID: "hybrid",
    Opening.SMALL_GROUPS: "small groups",
    Opening.OUTDOORS: "outdoors",
    Opening.DISTANCE: "distance",
}


@dataclass(frozen=True)
class District:
    """A district and what is known from outside."""

    roster: Roster
    outside: Outside
    openers: Openers
    sites: tuple[Site, ...]

    def outlook(self, by: date, steps: Sequence[Assigned] | None = None) -> Outlook:
        """Return the rules with what was known by a date."""
        here = self.outside
        given = here.assigned if steps is None else steps
        known = Known(here.readings, given, here.events, by=by)
        return Outlook(self.openers, known)

    def groups(self, day: date) -> tuple[Group, ...]:
        """Return the grades of the schools asked about."""
        return tuple(groups(self.roster, self.sites, day))


def allowed(
    source: Source,
    folder: Folder,
    on: On,
    known_by: KnownBy = "",
    school: School = None,
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    as_json: AsJson = False,
) -> None:
    """Show what is allowed at each school on a date, grade by grade, and why."""
    day = day_of(on)
    place = district_of(source, folder, day, school, sides, rules, what_if)
    outlook = place.outlook(day_of(known_by) if known_by else day)
    found = [outlook.allowed(group.site, group.grade, day) for group in place.groups(day)]
    if as_json:
        say_json({"day": day, "allowed": [_allowed_json(one) for one in found]})
        return
    for name, some in groupby(found, key=lambda one: one.school):
        say(f"{place.roster.schools[name].name} ({name})")
        for line in _allowed_lines(list(some)):
            say(line)


def preview(
    source: Source,
    folder: Folder,
    first: First,
    until: Until,
    known_by: KnownBy = "",
    school: School = None,
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    as_json: AsJson = False,
) -> None:
    """Show what will be allowed on a date that is not on an earlier one, and how many people it touches."""
    before, after = day_of(first), day_of(until)
    place = district_of(source, folder, before, school, sides, rules, what_if)
    outlook = place.outlook(day_of(known_by) if known_by else before)
    found = turns(outlook, place.groups(before), before, after)
    if as_json:
        say_json({"from": before, "until": after, "turns": [_turn_json(one) for one in found]})
        return
    if not found:
        say(f"Nothing changes from {before} to {after}, by what was known on {outlook.known.by}.")
    for one in found:
        say(_turn_line(one, place.roster))
    for why in _reasons(found):
        say(f"  {why.verdict.said}")


def district_of(
    source: Path,
    folder: Path,
    day: date,
    school: list[str] | None,
    sides: Path | None,
    rules: list[Path] | None,
    what_if: list[Path] | None,
) -> District:
    """Return the district and what is known from outside, for all of its schools or for some."""
    roster, outside = taken(source, day, sides), outside_of(folder)
    unknown = sorted(set(school or ()) - roster.schools.keys())
    if unknown:
        raise SchooldayError(f"the roster has no school {', '.join(unknown)}")
    sites = tuple(outside.site(name) for name in school or roster.schools)
    return District(roster, outside, Openers(book(rules, what_if, ""), roster.places), sites)


def _allowed_lines(some: Sequence[Allowed]) -> Iterator[str]:
    """Yield a line for each run of grades that stand alike, and the reasons of each."""
    for _, run in groupby(some, key=lambda one: (tuple(one.states.items()), tuple(_said(one)))):
        alike = list(run)
        states = "; ".join(f"{WORDS[way]} {state.value}" for way, state in alike[0].states.items())
        yield f"  {tell_grades([one.grade for one in alike])}: {states}"
        for why in alike[0].whys:
            source = f" Source: {why.source}." if why.source else ""
            yield f"    {why.effect.value}: {why.verdict.said}{source}"


def _said(one: Allowed) -> Iterator[str]:
    yield from (why.verdict.said for why in one.whys)


def _turn_line(one: Turn, roster: Roster) -> str:
    turn = f"{WORDS[one.way]} {one.before.value} to {one.after.value}"
    touched = f"{one.pupils:,} pupils, {one.teachers:,} teachers"
    return f"{roster.schools[one.school].name}, {tell_grades(one.grades)}: {turn}; {touched}"


def _reasons(found: Sequence[Turn]) -> Iterator[Why]:
    yield from {why.verdict.said: why for one in found for why in one.whys}.values()


def _allowed_json(one: Allowed) -> dict[str, object]:
    return {
        "school": one.school,
        "grade": one.grade,
        "states": {way.value: state.value for way, state in one.states.items()},
        "whys": [_why_json(why) for why in one.whys],
    }


def _why_json(why: Why) -> dict[str, object]:
    return {
        "effect": why.effect.value,
        "ways": sorted(way.value for way in why.ways),
        "rule": why.verdict.rule.id,
        "clause": why.verdict.clause.id if why.verdict.clause else None,
        "said": why.verdict.said,
        "place": why.place or None,
        "source": why.source or None,
    }


def _turn_json(one: Turn) -> dict[str, object]:
    return {
        "school": one.school,
        "grades": one.grades,
        "way": one.way.value,
        "before": one.before.value,
        "after": one.after.value,
        "pupils": one.pupils,
        "teachers": one.teachers,
        "whys": [_why_json(why) for why in one.whys],
    }
