"""Commands that judge a plan: check it, and explain one person's day down to its clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

import typer

from schoolday.cli.clauses import say_sources, sources_json
from schoolday.cli.options import (
    Adopt,
    AsJson,
    Books,
    First,
    Folder,
    On,
    Sides,
    Source,
    Until,
    WhatIf,
    book,
    planned,
    school_days,
)
from schoolday.cli.output import (
    counts,
    finding_json,
    finding_line,
    finish,
    say,
    say_findings,
    say_json,
)
from schoolday.day import (
    Block,
    Composer,
    HouseholdDay,
    Names,
    PeopleIndex,
    PupilDay,
    people_index,
    teacher_day,
)
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, Status, broken
from schoolday.ground.spans import Span, clock
from schoolday.roster import Household, Roster
from schoolday.rules import Standing
from schoolday.timetable.dates import Dates
from schoolday.timetable.plan import Plan
from schoolday.timetable.verdict import findings

Who = Annotated[
    str, typer.Argument(metavar="[ID]", help="The id of a pupil, a teacher, a household or a school.")
]
ClauseId = Annotated[
    str, typer.Option("--clause", metavar="ID", help="Only what follows from one clause, or one rule.")
]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("check")(check)
    app.command("explain")(explain)


def check(
    source: Source,
    folder: Folder,
    first: First,
    until: Until,
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    adopt: Adopt = "",
    as_json: AsJson = False,
) -> None:
    """Check a plan's weeks and dates with a program that shares no code with the solver."""
    at, made = planned(source, sides, folder, book(rules, what_if, adopt))
    days = school_days(at.calendar, first, until)
    found = list(findings(at, made, days[0], days[-1]))
    if as_json:
        say_json([finding_json(finding) for finding in found])
        return finish(found)
    say_findings(found)
    number = counts(found)
    say(
        f"{len(made.weeks)} schools checked on {len(days)} dates, {days[0]} to {days[-1]}: "
        f"{number['broken']} hard findings, {number['unverified']} unverified, {number['advice']} advised."
    )
    return finish(found)


@dataclass(frozen=True)
class _Person:
    """Whom to explain: the ids that findings may name, and the household or staff to show the day of."""

    said: str
    ids: frozenset[str]
    house: Household | None = None
    staff: str = ""


def explain(
    source: Source,
    folder: Folder,
    on: On,
    who: Who = "",
    clause: ClauseId = "",
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    adopt: Adopt = "",
    as_json: AsJson = False,
) -> None:
    """Explain a day: its minutes, and all that is found of it with limit, clause, source and dates.

    Name a pupil, a teacher, a household or a school by its id, or a clause with --clause, or both.
    """
    if not (who or clause):
        raise SchooldayError("say whom to explain by an id, or which clause with --clause")
    at, made = planned(source, sides, folder, book(rules, what_if, adopt))
    day = school_days(at.calendar, on, on)[0]
    person = _person(at.roster, who) if who else None
    if clause:
        _known(at, clause)
    found = [one for one in _found(at, made, day) if _about(one, person) and _follows(one, clause)]
    shown = _shown(at, made, day, person)
    if as_json:
        _as_json(at, day, who, found, shown)
    else:
        _as_text(at, day, person, found, shown)
    finish(found)


def _person(roster: Roster, who: str) -> _Person:
    """Return whom an id means; an error in words if nobody has it."""
    if who in roster.pupils:
        one = roster.pupils[who]
        house = Household(who, (who,))
        return _Person(
            f"pupil {who}, grade {one.grade}, school {one.school}", frozenset({f"pupil {who}"}), house
        )
    if who in roster.staff:
        return _Person(f"teacher {who}", frozenset({f"teacher {who}"}), staff=who)
    if who in roster.households:
        house = roster.households[who]
        ids = frozenset(f"pupil {pupil}" for pupil in house.pupils)
        devices = "nobody asked" if house.devices is None else house.devices
        return _Person(f"household {who}, pupils: {len(house.pupils)}, devices: {devices}", ids, house)
    if who in roster.schools:
        return _Person(f"school {who}, {roster.schools[who].name}", frozenset({who, f"school {who}"}))
    raise SchooldayError(f"{who!r} is no pupil, teacher, household or school of this roster; check the id")


def _known(at: Dates, clause: str) -> None:
    names = {name for rule in at.rulebook.rules for name in (rule.id, *(one.id for one in rule.clauses))}
    if clause not in names:
        raise SchooldayError(f"no clause or rule is called {clause!r}; `schoolday rules list` shows them")


def _found(at: Dates, made: Plan, day: date) -> Iterator[Finding]:
    """Yield what is found of a date; what is owed over a week is judged by the date's whole week."""
    monday = day - timedelta(days=day.weekday())
    others = {(monday + timedelta(days=number)).isoformat() for number in range(7)} - {day.isoformat()}
    for one in findings(at, made, monday, monday + timedelta(days=6), met=True):
        if others.isdisjoint(one.where):
            yield one


def _about(finding: Finding, person: _Person | None) -> bool:
    return person is None or not person.ids.isdisjoint(finding.where)


def _follows(finding: Finding, clause: str) -> bool:
    return not clause or any(clause in (name, name.split("@")[0]) for name in finding.clauses)


@dataclass(frozen=True)
class _Shown:
    """A person's blocks by the name to print above them, and the clauses that shaped each plan."""

    blocks: dict[str, tuple[Block, ...]]
    sums: dict[str, str]
    clauses: dict[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()


def _shown(at: Dates, made: Plan, day: date, person: _Person | None) -> _Shown:
    """Return what a person does on the date; nothing for a school or a clause."""
    if person is None or not (person.house or person.staff):
        return _Shown({}, {}, {})
    index = people_index(at.school_days(made, day))
    if person.house:
        return _children(at, day, person.house, index)
    contract = at.roster.contracts.get(person.staff)
    works = contract is not None and day.weekday() in contract.days
    standing = at.standing(day)
    one = teacher_day(
        person.staff,
        index.teachers.get(person.staff, ()),
        day=day,
        kind=at.calendar.kind(day),
        window=Span(contract.start, contract.end) if contract and works else None,
        names=Names(),
        lunch_minutes=int(standing.limit("teacher_lunch").low or 0),
        lunch=_lunch(standing),
        preparation=int(standing.limit("teacher_preparation").low or 0),
    )
    hours = f" within {one.window}" if one.window else ""
    return _Shown({person.staff: one.blocks}, {person.staff: f"{one.live} live minutes{hours}"}, {})


def _lunch(standing: Standing) -> Span | None:
    first, last = standing.limit("lunch_from").low, standing.limit("lunch_until").high
    if first is None or last is None or first >= last:
        return None
    return Span(int(first), int(last))


def _children(at: Dates, day: date, house: Household, index: PeopleIndex) -> _Shown:
    composer = Composer(day, at.calendar.kind(day), "", Names(), at.standing(day))
    pupils = [at.roster.pupils[pupil] for pupil in house.pupils]
    view = composer.household(house, pupils, index.pupils)
    clauses = {}
    for pupil in pupils:
        laid = index.pupils.get(pupil.id)
        plan = laid.plan(pupil.grade) if laid else None
        clauses[pupil.id] = plan.clauses if plan else ()
    sums = {one.pupil: _sum(at.roster, one) for one in view.pupils}
    return _Shown({one.pupil: one.blocks for one in view.pupils}, sums, clauses, tuple(_clashes(view)))


def _sum(roster: Roster, one: PupilDay) -> str:
    """Return a pupil's minutes in words; services are promised on top of the plan of minutes."""
    served = sum(
        block.minutes for block in one.blocks if block.source and block.source not in roster.sections
    )
    services = f", services of {served} among them" if served else ""
    unlaid = f", {one.unlaid} without a suggested time" if one.unlaid else ""
    there = f" and {one.in_person} in person" if one.in_person else ""
    return (
        f"{one.live} live and {one.independent} independent{there}: "
        f"{one.total} minutes in all{services}{unlaid}"
    )


def _clashes(view: HouseholdDay) -> Iterator[str]:
    for clash in view.clashes:
        names = " and ".join(clash.pupils)
        yield (f"{clock(clash.start)}-{clock(clash.end)}: {names} are live at once, devices: {clash.devices}")


def _as_text(at: Dates, day: date, person: _Person | None, found: Sequence[Finding], shown: _Shown) -> None:
    say(f"{person.said if person else 'everybody'}, on {day}")
    for name, blocks in shown.blocks.items():
        say(f"{name}: {shown.sums[name]}")
        for block in blocks:
            line = f"  {clock(block.start)}-{clock(block.end)} {block.minutes:>3} {block.kind.value:<11} "
            say(f"{line}{block.title}".rstrip())
        if shown.clauses.get(name):
            say(f"  the plan of minutes follows from {', '.join(shown.clauses[name])}")
    for note in shown.notes:
        say(note)
    if not found:
        say("Nothing was judged of it on this date.")
    _say_found(found, one=bool(shown.blocks))
    ids = _ids(found, shown)
    if ids:
        say("Where it is written:")
        say_sources(at.rulebook, ids)


def _say_found(found: Sequence[Finding], one: bool) -> None:
    """Print findings: all of one person's; of a school or a clause what is met is counted."""
    if one:
        for finding in found:
            say(finding_line(finding))
        return
    say_findings([finding for finding in found if finding.status is not Status.MET])
    met = Counter((finding.code, finding.clauses) for finding in found if finding.status is Status.MET)
    for (code, clauses), number in sorted(met.items()):
        say(f"met: {number:,} times [{', '.join(clauses)}] ({code})")
    say(f"{len(found):,} findings, {len(broken(found))} broken.")


def _ids(found: Sequence[Finding], shown: _Shown) -> list[str]:
    named = [name for clauses in shown.clauses.values() for name in clauses]
    return list(dict.fromkeys([*(name for one in found for name in one.clauses), *named]))


def _as_json(at: Dates, day: date, who: str, found: Sequence[Finding], shown: _Shown) -> None:
    blocks = {
        name: [
            {
                "start": clock(block.start),
                "end": clock(block.end),
                "minutes": block.minutes,
                "kind": block.kind.value,
                "title": block.title,
            }
            for block in rows
        ]
        for name, rows in shown.blocks.items()
    }
    say_json(
        {
            "who": who,
            "on": day,
            "blocks": blocks,
            "plan": shown.clauses,
            "notes": shown.notes,
            "findings": [finding_json(one) for one in found],
            "sources": sources_json(at.rulebook, _ids(found, shown)),
        }
    )
