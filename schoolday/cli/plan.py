"""Commands about the plan: make it, plan on for quality, check it, explain what is found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.output import AsJson, day_of, finding_json, finish, say, say_findings, say_json
from schoolday.cli.roster import taken
from schoolday.cli.working import improved, lawful_weeks, summary, workers
from schoolday.files.plans import read_plan, write_plan
from schoolday.files.rulebooks import load
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, broken
from schoolday.rules import Rulebook
from schoolday.rules.tell import tell
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import Effort
from schoolday.timetable.plan import Plan
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


def book(paths: list[Path] | None, adopt: str) -> Rulebook:
    """Return the rulebook asked for, with a proposed book adopted if one is named."""
    found = load(paths)
    if not adopt:
        return found
    try:
        return found.adopt(adopt)
    except (KeyError, ValueError) as error:
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
        weeks = lawful_weeks(questions, pool, seed, seconds)
        made = Plan(roster.district, when, seed, weeks)
        write_plan(made, out)
        for sweep in range(sweeps):
            made = improved(made, at, pool, seed + sweep, Effort(steps))
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
            made = improved(made, at, pool, seed + sweep, Effort(steps))
            write_plan(made, folder)
            say(f"sweep {sweep + 1}: {summary(made)}")


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
