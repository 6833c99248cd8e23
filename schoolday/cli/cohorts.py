"""Commands that make the cohorts of a district, check them, and tell a child's days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from schoolday.calendar.days import WEEK
from schoolday.cli.options import AsJson, Books, First, On, Sides, Source, Until, book, taken
from schoolday.cli.output import (
    day_of,
    finding_json,
    finish,
    refused,
    say,
    say_error,
    say_findings,
    say_findings_to_error,
    say_json,
)
from schoolday.cohorts import Cohorts, everybody
from schoolday.cohorts.assign import Assigned, assign
from schoolday.cohorts.check import check, crowded
from schoolday.cohorts.choice import Program, standing, staying_home
from schoolday.cohorts.phases import SchoolDate, days_of
from schoolday.cohorts.stable import grouped, sizes_on
from schoolday.cohorts.told import told
from schoolday.files.cohorts import Asked, read_asked, read_cohorts, write_asked, write_assigned
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.roster import Roster
from schoolday.rules import Way
from schoolday.sample.choices import choices, seats

cohorts = typer.Typer(
    no_args_is_help=True,
    help="Hybrid cohorts: who comes to school on which days, made of families' choices and rooms' seats.",
    pretty_exceptions_enable=False,
)

Folder = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", exists=True, help="A folder or zip of choices, seats and phases."),
]
Out = Annotated[
    Path, typer.Option("--out", metavar="FOLDER", help="Where to write cohorts.csv and reasons.csv.")
]
Seed = Annotated[int, typer.Option("--seed", help="The seed of the draw: it gives the same cohorts again.")]
GoesFirst = Annotated[
    list[str] | None,
    typer.Option("--first", help="A group whose families are drawn first, such as iep; again for the next."),
]
Otherwise = Annotated[
    Program, typer.Option("--otherwise", help="The program of a pupil for whom nobody chose.")
]
File = Annotated[Path, typer.Argument(metavar="COHORTS", exists=True, help="The cohorts.csv that was made.")]
Pupil = Annotated[str, typer.Option("--pupil", metavar="ID", help="Whose days.")]


SchoolOption = Annotated[str, typer.Option("--school", metavar="ID", help="Whose groups.")]
Need = Annotated[
    list[str],
    typer.Option("--need", help="A reporting group whose pupils come: iep, el, foster; again for more."),
]
Rooms = Annotated[int, typer.Option("--rooms", min=0, help="How many rooms there are for groups.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (sample, make, calendar, groups):
        cohorts.command(command.__name__)(command)
    app.add_typer(cohorts, name="cohorts")


def sample(source: Source, on: On, out: Out, seed: Seed = 1, sides: Sides = None) -> None:
    """Make up choices and seats for a roster, to try the other commands with."""
    day = day_of(on)
    roster = taken(source, day, sides)
    write_asked(out, choices(roster, day, seed), seats(roster), ())
    say(f"{out}: made-up choices.csv and seats.csv")


def make(
    source: Source,
    folder: Folder,
    on: On,
    out: Out,
    seed: Seed = 1,
    first: GoesFirst = None,
    otherwise: Otherwise = Program.DISTANCE,
    sides: Sides = None,
    as_json: AsJson = False,
) -> None:
    """Make the cohorts A and B under the seats of every class, siblings together, and check them.

    Who asked to come and has no seat, siblings who cannot stay together and wishes that are not met are
    written with their reasons.
    """
    day = day_of(on)
    roster = taken(source, day, sides)
    asked = _asked(folder, roster)
    assigned = assign(
        roster, asked.choices, asked.seats, day=day, seed=seed, first=tuple(first or ()), otherwise=otherwise
    )
    found = check(roster, standing(asked.choices, day), asked.seats, assigned, day=day)
    write_assigned(out, assigned, roster)
    if as_json:
        say_json(_json(assigned, found, roster))
    else:
        _say(assigned, roster, out)
        say_findings(found)
    finish(found)


def calendar(
    source: Source,
    folder: Folder,
    file: File,
    pupil: Pupil,
    first: First,
    until: Until,
    sides: Sides = None,
    as_json: AsJson = False,
) -> None:
    """Tell a child's school dates of a stretch, each at school or at home, by the phases of the return."""
    since, last = day_of(first), day_of(until)
    roster = taken(source, since, sides)
    asked = _asked(folder, roster)
    if pupil not in roster.pupils:
        raise SchooldayError(f"the roster has no pupil {pupil}")
    made = _cohorts(file, roster)
    days = list(days_of(roster.pupils[pupil], made, asked.phases, roster.calendar, since, last))
    if as_json:
        say_json({"pupil": pupil, "cohort": made.of.get(pupil), "days": [_day_json(one) for one in days]})
        return
    say(f"{roster.pupils[pupil].given}, cohort {made.of.get(pupil, 'none')}")
    for one in days:
        say(f"  {one.day.strftime('%a')} {one.day}  {'at school' if one.on_site else 'at home'}")


def groups(
    source: Source,
    on: On,
    school: SchoolOption,
    need: Need,
    rooms: Rooms,
    sides: Sides = None,
    rules: Books = None,
    as_json: AsJson = False,
) -> None:
    """Form small stable groups of pupils who may come before everybody, as large as the rule in force allows.

    Pupils of the needs named come, those of the first need first; siblings share a group, and every group has
    its own adults, of the school's teachers.
    """
    day = day_of(on)
    roster = taken(source, day, sides)
    if school not in roster.schools:
        raise SchooldayError(f"the roster has no school {school}")
    sizes = sizes_on(book(rules, None, ""), day)
    some = [one.id for one in roster.pupils_at[school] if not one.groups.isdisjoint(need)]
    adults = sorted({who for one in roster.sections_at[school] for who in roster.teachers_of.get(one.id, ())})
    found = grouped(roster, school, some, sizes, rooms=rooms, adults=adults, first=need)
    if as_json:
        rows = [{"number": one.number, "pupils": one.pupils, "adults": one.adults} for one in found.groups]
        say_json({"school": school, "clauses": sizes.clauses, "groups": rows, "without": found.without})
        return
    for one in found.groups:
        say(f"Group {one.number}, with {', '.join(one.adults)}: {', '.join(one.pupils)}")
    say(
        f"{len(found.groups)} groups of at most {sizes.children} pupils and {sizes.adults} adults "
        f"({', '.join(sizes.clauses)}); {len(found.without)} pupils have no room or no adult"
    )


def _day_json(one: SchoolDate) -> Mapping[str, object]:
    return {"day": one.day, "on_site": one.on_site}


def _asked(folder: Path, roster: Roster) -> Asked:
    reading = read_asked(folder, roster)
    if reading.asked is None:
        raise refused(folder, reading.findings)
    return reading.asked


def cohorts_of(file: Path | None, asked: Path | None, roster: Roster, way: Way, day: date) -> Cohorts | None:
    """Return who comes on which days, or refuse a way and files that do not go together."""
    if (file is not None) is not (way is Way.HYBRID):
        said = "cohorts are of a hybrid program" if file else "a hybrid program needs its cohorts"
        raise SchooldayError(f"{said}: give --way hybrid and --cohorts FILE together, or neither")
    if asked is not None and way is not Way.IN_PERSON:
        raise SchooldayError("--asked says who stays at home in person: give it with --way in_person")
    if way is Way.IN_PERSON:
        return _everybody(_asked(asked, roster) if asked else Asked(), roster, day)
    return _cohorts(file, roster) if file else None


def _everybody(asked: Asked, roster: Roster, day: date) -> Cohorts:
    """Return who comes in a week in person; refused where a class has fewer seats than pupils who come."""
    found = everybody(roster.pupils, staying_home(asked.choices, roster.pupils, day))
    if not asked.seats.of:
        say_error(
            "Nobody says how many pupils each class holds (seats.csv), so none is held against its seats."
        )
        return found
    full = tuple(crowded(roster, asked.seats, found, roster.enrolled(day)))
    if full:
        say_findings_to_error(full)
        number = f"{len(full)} classes have" if len(full) > 1 else "1 class has"
        raise SchooldayError(f"{number} fewer seats than pupils who come; not everybody can be at school")
    return found


def _cohorts(file: Path, roster: Roster) -> Cohorts:
    found, findings = read_cohorts(file, roster)
    if found is None:
        raise refused(file, findings)
    return found


def _say(assigned: Assigned, roster: Roster, out: Path) -> None:
    for cohort, number in sorted(Counter(assigned.cohorts.of.values()).items()):
        days = assigned.cohorts.pattern.days[cohort]
        where = f"at school on {', '.join(WEEK[day] for day in days)}" if days else "at home"
        say(f"Cohort {cohort}: {number:,} pupils, {where}")
    together = _together(assigned, roster)
    say(f"{together:,} households with several children at school, {len(assigned.apart):,} bonds apart")
    say(
        f"{len(assigned.refused):,} refused for want of seats, {len(assigned.unmet):,} wishes for a cohort "
        f"not met, {len(assigned.unanswered):,} pupils for whom nobody chose"
    )
    say(f"{out}: cohorts.csv, and reasons.csv with each reason")


def _together(assigned: Assigned, roster: Roster) -> int:
    coming = {pupil for pupil, cohort in assigned.cohorts.of.items() if cohort in ("A", "B")}
    return sum(len(coming.intersection(house.pupils)) > 1 for house in roster.households.values())


def _json(assigned: Assigned, found: list[Finding], roster: Roster) -> Mapping[str, object]:
    return {
        "seed": assigned.seed,
        "cohorts": dict(Counter(assigned.cohorts.of.values())),
        "drawn": assigned.drawn,
        "refused": len(assigned.refused),
        "apart": len(assigned.apart),
        "unmet": len(assigned.unmet),
        "unanswered": len(assigned.unanswered),
        "reasons": [
            {"pupil": pupil, "what": what, "why": why} for pupil, what, why in told(roster, assigned)
        ],
        "findings": [finding_json(one) for one in found],
    }
