"""Commands of the table: what a position does to real days, and where both sides can meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Annotated

import typer

from schoolday.bargaining.carried import Effort, Ground
from schoolday.bargaining.compared import Consequences, Difference, compare, figure, numbers
from schoolday.bargaining.consequences import consequences as solved
from schoolday.bargaining.inquiry import Inquiry, Reached
from schoolday.bargaining.whatif import adopted
from schoolday.cli.clauses import say_sources, sources_json
from schoolday.cli.memory import lasting
from schoolday.cli.options import AsJson, Books, Sides, Source, WayOption, WhatIf, book, taken
from schoolday.cli.output import day_of, progress, say, say_error, say_json
from schoolday.cli.plan import Day, Seed, Workers
from schoolday.cli.working import workers
from schoolday.files.consequences import (
    KEPT,
    REACHED,
    append_reached,
    consequences_json,
    difference_json,
    read_reached,
    write_consequences,
)
from schoolday.files.kept import closed_folder, mend, stamp
from schoolday.files.rulebooks import shelf
from schoolday.rules import Rulebook, Way

Schools = Annotated[
    list[str] | None,
    typer.Option("--school", help="A school's id, again for more; all schools of the district if left out."),
]
PositionBook = Annotated[
    str, typer.Option("--position", metavar="BOOK", help="A proposed book, taken as if agreed.")
]
Against = Annotated[
    str,
    typer.Option("--against", metavar="BOOK", help="Another proposed book; what is in force if left out."),
]
StepsEach = Annotated[int, typer.Option("--steps", min=1, help="Steps of improvement for each meeting.")]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Keep each school's result here as it comes; a run that was stopped goes on where it was.",
    ),
]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the numbers as CSV, too.")]

MANY = 5
"""Schools from which on a run is long enough to be worth keeping."""

WORDS = {
    "total_minutes": "minutes a day of a child",
    "live_minutes": "  of them live",
    "independent_minutes": "  of them independent work",
    "unbroken_live": "longest live stretch of a child",
    "teacher_live": "live minutes a day of a teacher",
    "teacher_day": "first meeting to last, a teacher's day",
    "teacher_preparation": "least free minutes of a teacher in a day",
    "over_contract": "minutes a day over the contract",
    "clash_minutes": "minutes a week of clash at home",
    "homes_clashing": "homes with a clash",
    "services_lost": "services without a place",
}


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("consequences")(consequences)


def consequences(
    source: Source,
    day: Day,
    position: PositionBook,
    against: Against = "",
    school: Schools = None,
    way: WayOption = Way.DISTANCE,
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    seed: Seed = 1,
    steps: StepsEach = 20,
    number: Workers = 0,
    out: Out = None,
    csv: Csv = None,
    as_json: AsJson = False,
) -> None:
    """Show, by making the weeks, what a position does to the days of children, teachers and homes.

    For one school it takes seconds. Without --school all schools are planned, with progress; --out keeps each
    as it is done. The exit code is 3 where the position leaves some school without a lawful week, and 1 where
    a clause is against it.
    """
    with lasting():
        ground = Ground(taken(source, day_of(day), sides), day_of(day), way)
        rulebook = book(rules, what_if, "")
    both = tuple(adopted(rulebook, name, ground.roster.places) for name in (position, against))
    every = school or [name for name, pupils in ground.roster.pupils_at.items() if pupils]
    inquiry = Inquiry(ground, both, tuple(dict.fromkeys(every)), seed, Effort(steps))
    paths = [source, *([sides] if sides else []), *(rules or [shelf()]), *(what_if or [])]
    mark = stamp(paths, day, position, against, *inquiry.schools, way.value, seed, steps) if out else ""
    with workers(number) as pool:
        one, base = solved(inquiry, _reached(inquiry, pool, out, mark))
    if csv:
        write_consequences((one, base), csv)
    _tell(one, base, compare(one, base), rulebook, as_json)
    if one.unplanned:
        raise typer.Exit(3)
    if one.broken:
        raise typer.Exit(1)


def _reached(inquiry: Inquiry, pool: Executor, out: Path | None, mark: str) -> list[Reached]:
    """Return every school's result, in each round; each is kept as it comes, if there is where."""
    if out is None:
        if len(inquiry.schools) > MANY:
            say_error("with --out FOLDER a run that is stopped goes on where it was")
        with progress("weeks", len(inquiry.keys), "weeks") as advance:
            return list(_counted(inquiry.reach(pool), advance))
    file, district = closed_folder(out / KEPT) / REACHED, inquiry.ground.roster.district
    found = [one for one in read_reached(file, mark, district) if inquiry.fits(one)]
    mend(file)
    with progress("weeks", len(inquiry.keys), "weeks") as advance, file.open("ab") as opened:
        if found:
            advance(len(found))
        for one in _counted(inquiry.reach(pool, tuple(found)), advance):
            append_reached(opened, one, mark, district)
            found.append(one)
    return found


def _counted(reached: Iterator[Reached], advance: Callable[[int], None]) -> Iterator[Reached]:
    for one in reached:
        yield one
        advance(1)


def _tell(
    one: Consequences, base: Consequences, change: Difference, rulebook: Rulebook, as_json: bool
) -> None:
    clauses = list(dict.fromkeys(name for row in (*one.broken, *base.broken) for name in row.clauses))
    if as_json:
        return say_json(
            {
                "position": consequences_json(one),
                "against": consequences_json(base),
                "difference": difference_json(change),
                "sources": sources_json(rulebook, clauses),
            }
        )
    for line in lines(one, base, change):
        say(line)
    if clauses:
        say("\nThe clauses:")
        say_sources(rulebook, clauses)
    return None


def lines(one: Consequences, base: Consequences, change: Difference) -> Iterator[str]:
    """Yield what the terminal says of a position against another."""
    yield f"{one.position}, against {base.position}; {len(one.schools)} schools, {one.day}"
    yield "\nA child's day: live and independent minutes"
    there = {(row.grade, row.kind): row for row in base.by_grade}
    for row in one.by_grade:
        other = there.get((row.grade, row.kind))
        before = f"{other.live:>4} and {other.independent:>3}" if other else "  no plan"
        yield f"  grade {row.grade:>2}: {row.live:>4} and {row.independent:>3}, against {before}"
    yield f"\n{'All together':<44} {'position':>9} {'against':>9}"
    mine, others = numbers(one), numbers(base)
    for name, words in WORDS.items():
        yield f"  {words:<42} {figure(mine[name]):>9} {figure(others[name]):>9}"
    yield ""
    yield from _homes(change)
    for gone in one.services:
        yield f"no place for {gone.kind} of pupil {gone.pupil} ({gone.service}) at {gone.school}"
    for position in (one, base):
        for broken in position.broken:
            again = f" ({broken.count:,} times)" if broken.count > 1 else ""
            yield f"against {position.position}: {broken.said}{again}"
        if position.unplanned:
            yield f"{position.position}: no lawful week at {', '.join(position.unplanned)}"
    for said in dict.fromkeys((*one.unknown, *base.unknown)):
        yield f"not known: {said}"


def _homes(change: Difference) -> Iterator[str]:
    if change.gained is None or change.eased is None:
        yield "homes that gain or lose a clash: not known, since a week is missing"
        return
    yield f"homes that gain a clash: {_named(change.gained)}; that lose theirs: {_named(change.eased)}"


def _named(names: Sequence[str]) -> str:
    some = f" ({', '.join(names[:5])}{', …' if len(names) > 5 else ''})" if names else ""
    return f"{len(names)}{some}"
