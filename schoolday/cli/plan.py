"""Commands about the plan: make it, plan on for quality, check it, explain what is found."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.output import (
    AsJson,
    bar,
    day_of,
    finding_json,
    finish,
    say,
    say_error,
    say_findings,
    say_json,
)
from schoolday.cli.roster import taken
from schoolday.files.plans import read_plan, write_plan
from schoolday.files.rulebooks import load
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, broken
from schoolday.rules import Rulebook
from schoolday.rules.tell import tell
from schoolday.timetable.check import check as check_week
from schoolday.timetable.cost import cost
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import Done, Effort, better, lawful
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.conflict import conflict
from schoolday.timetable.solve.warm import warm
from schoolday.timetable.timetable import Outcome
from schoolday.timetable.verdict import findings

From = Annotated[Path, typer.Argument(help="The roster: a folder or zip of OneRoster files.")]
Folder = Annotated[Path, typer.Argument(help="The plan's folder.")]
Day = Annotated[str, typer.Option("--day", help="A date whose rules the week is made for, as 2020-09-08.")]
Books = Annotated[list[Path] | None, typer.Option("--rules", help="Books instead of the shipped ones.")]
Adopt = Annotated[str, typer.Option("--adopt", help="A what-if: a proposed book, taken as if agreed.")]
Workers = Annotated[int, typer.Option("--workers", help="Processes; 0 means one for each core.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed and steps give the same plan.")]
StepsEach = Annotated[
    int, typer.Option("--steps", help="Steps of improvement for each meeting in each sweep.")
]
Sweeps = Annotated[int, typer.Option("--sweeps", help="How often every school is improved.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("plan")(plan)
    app.command("improve")(improve)
    app.command("check")(check)
    app.command("explain")(explain)


@contextmanager
def workers(number: int = 0) -> Iterator[Executor]:
    """Give a pool of processes; the search's compiled code is made once before they start."""
    warm()
    with ProcessPoolExecutor(number or os.cpu_count() or 1) as pool:
        yield pool


def book(paths: list[Path] | None, adopt: str) -> Rulebook:
    """Return the rulebook asked for, with a proposed book adopted if one is named."""
    found = load(paths)
    if not adopt:
        return found
    try:
        return found.adopt(adopt)
    except KeyError as error:
        raise SchooldayError(f"{error.args[0]}; the books are {', '.join(sorted(_books(found)))}") from None


def _books(rulebook: Rulebook) -> set[str]:
    return {rule.book for rule in rulebook.rules}


def plan(
    source: From,
    out: Annotated[Path, typer.Option("--out", help="The folder to write the plan to.")],
    day: Day,
    rules: Books = None,
    adopt: Adopt = "",
    seed: Seed = 1,
    steps: StepsEach = 100,
    sweeps: Sweeps = 1,
    number: Workers = 0,
    seconds: Annotated[
        float, typer.Option(help="The most that one school may search for a lawful week.")
    ] = 60.0,
) -> None:
    """Plan every school's week: lawful first, then better; schools run in parallel, the largest first."""
    when = day_of(day)
    roster = taken(source, day)
    at = Dates(roster, book(rules, adopt))
    questions = list(at.questions(when))
    with workers(number) as pool:
        weeks = _lawful(questions, pool, seed, seconds)
        made = Plan(roster.district, when, seed, weeks)
        write_plan(made, out)
        for sweep in range(sweeps):
            made = _improved(made, at, pool, seed + sweep, Effort(steps))
            write_plan(made, out)
    say(f"{out}: {summary(made)}")


def improve(
    source: From,
    folder: Folder,
    seed: Seed = 2,
    steps: StepsEach = 400,
    sweeps: Sweeps = 2,
    number: Workers = 0,
) -> None:
    """Plan on for quality: sweep over a plan that is lawful already; each sweep is kept when it ends."""
    made = read_plan(folder)
    at = Dates(taken(source, made.day.isoformat()), load(None))
    with workers(number) as pool:
        for sweep in range(sweeps):
            made = _improved(made, at, pool, seed + sweep, Effort(steps))
            write_plan(made, folder)
            say(f"sweep {sweep + 1}: {summary(made)}")


def _lawful(
    questions: Sequence[TimetableProblem], pool: Executor, seed: int, seconds: float
) -> dict[str, SchoolWeek]:
    with bar() as progress:
        task = progress.add_task("lawful", total=len(questions))

        def report(done: Done) -> None:
            progress.update(task, completed=done.done)

        results = lawful(questions, pool, seed=seed, report=report, clock=time.perf_counter, seconds=seconds)
    weeks, stuck = {}, []
    for question in questions:
        result = results[question.school]
        if result.outcome is Outcome.LAWFUL and result.timetable is not None:
            weeks[question.school] = SchoolWeek(question, result.timetable)
        else:
            stuck.append((question, result.unplaced))
    if stuck:
        _say_stuck(stuck)
    return weeks


def _say_stuck(stuck: Sequence[tuple[TimetableProblem, tuple[str, ...]]]) -> None:
    """Say for each school why nothing fits, and end: nothing is relaxed in silence."""
    for question, unplaced in stuck:
        say_error(f"{question.school}: no lawful week was found; hardest to place: {', '.join(unplaced[:5])}")
        found = conflict(question)
        say_error(found.said if found else "no conflict of clauses was proved; give it more --seconds")
    raise typer.Exit(3)


def _improved(made: Plan, at: Dates, pool: Executor, seed: int, effort: Effort) -> Plan:
    with bar() as progress:
        task = progress.add_task("better", total=len(made.weeks))

        def report(done: Done) -> None:
            progress.advance(task)

        weeks = better(
            made.weeks, at.roster, pool, effort=effort, seed=seed, report=report, clock=time.perf_counter
        )
    return Plan(made.district, made.day, made.seed, weeks)


def summary(made: Plan) -> str:
    """Return one line of what was made and what it costs, and check every school's week."""
    meetings = sum(len(week.timetable.placements) for week in made.weeks.values())
    faults = [finding for week in made.weeks.values() for finding in check_week(week.problem, week.timetable)]
    costs = [cost(week.problem, week.timetable) for week in made.weeks.values()]
    return (
        f"{len(made.weeks)} schools, {meetings:,} weekly meetings, {len(broken(faults))} hard findings; "
        f"siblings live at once on one device {sum(one.clashes for one in costs):,}, "
        f"waiting half-hours {sum(one.gaps for one in costs):,}, "
        f"extra start times {sum(one.starts for one in costs):,}."
    )


def check(
    source: From,
    folder: Folder,
    first: Annotated[str, typer.Option("--from", help="The first date.")],
    until: Annotated[str, typer.Option("--until", help="The last date.")],
    rules: Books = None,
    adopt: Adopt = "",
    as_json: AsJson = False,
) -> None:
    """Check a plan's weeks and dates with a program that shares no code with the solver."""
    made = read_plan(folder)
    at = Dates(taken(source, made.day.isoformat()), book(rules, adopt))
    found = list(findings(at, made, day_of(first), day_of(until)))
    if as_json:
        say_json([finding_json(finding) for finding in found])
        return finish(found)
    say_findings(found)
    hard = len(broken(found))
    say(f"{len(made.weeks)} schools checked from {first} to {until}: {hard} hard findings.")
    return finish(found)


def explain(
    source: From,
    folder: Folder,
    who: Annotated[str, typer.Argument(help="The id of a pupil, a teacher or a school.")],
    on: Annotated[str, typer.Option("--on", help="The date.")],
    rules: Books = None,
    adopt: Adopt = "",
    as_json: AsJson = False,
) -> None:
    """Explain all that is found of one person or school on a date: value, limit, clause, source, dates."""
    made = read_plan(folder)
    at = Dates(taken(source, made.day.isoformat()), book(rules, adopt))
    day = day_of(on)
    found = [one for one in findings(at, made, day, day, met=True) if any(who in part for part in one.where)]
    if as_json:
        return say_json([{**finding_json(one), "sources": _sources(one, at.rulebook)} for one in found])
    for one in found:
        say(f"{one.status.value}: {one.said}")
        for source_line in _sources(one, at.rulebook):
            say(f"    {source_line}")
    if not found:
        say(f"nothing is found of {who!r} on {on}; is the id right, and is it a school day?")
    return None


def _sources(finding: Finding, rulebook: Rulebook) -> list[str]:
    lines = []
    for rule in rulebook.rules:
        for clause in rule.clauses:
            if clause.id in finding.clauses:
                quote = f' "{clause.cite.quote}"' if clause.cite.quote else ""
                sure = f"{clause.confidence.value}, checked {clause.checked.isoformat()}"
                lines.append(f"{clause.id}: {tell(rule, clause)}. {clause.cite.source}{quote} ({sure})")
    missing = [
        clause for clause in finding.clauses if not any(line.startswith(f"{clause}:") for line in lines)
    ]
    return lines + [f"{clause}: from the roster, not from a rule" for clause in missing]
