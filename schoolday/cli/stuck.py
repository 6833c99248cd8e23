"""Where no lawful week exists: what stands in conflict, in words or as JSON, and the end with exit code 3."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import NoReturn

import typer

from schoolday.cli.clauses import say_sources, sources_json
from schoolday.cli.output import say, say_error, say_json
from schoolday.ground.errors import NoProgram
from schoolday.rules import Rulebook
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.conflict import conflict

TOLD = 3
"""How many schools without a lawful week are explained in full: the smallest, easiest to understand."""

Unplaced = tuple[TimetableProblem, tuple[str, ...]]
"""A school's question for which no lawful week was found, and what was hardest to place in it."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why one school has no lawful week; no school where the whole district has none."""

    school: str | None
    sentence: str
    clauses: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


def end_without_week(
    questions: Sequence[Unplaced], pool: Executor, rulebook: Rulebook, as_json: bool
) -> NoReturn:
    """Tell of each school why nothing fits, and end: nothing is relaxed in silence."""
    smallest = sorted(questions, key=lambda one: (one[0].meetings, one[0].school))
    found = _explained(smallest[:TOLD], pool)
    others = tuple(sorted(question.school for question, _ in smallest[TOLD:]))
    for one in found:
        say_error(f"{one.school}: no lawful week was found; hardest to place: {', '.join(one.unplaced[:5])}")
        say_error(f"  {one.sentence}")
    if others:
        say_error(f"no lawful week either for {len(others)} more schools: {', '.join(others)}")
    _end(found, rulebook, as_json, others)


def end_without_program(error: NoProgram, rulebook: Rulebook, as_json: bool) -> NoReturn:
    """Tell which clauses leave the district no plan of minutes, and end."""
    say_error(str(error))
    _end([Stuck(None, str(error), error.clauses)], rulebook, as_json)


def _explained(questions: Sequence[Unplaced], pool: Executor) -> list[Stuck]:
    asked = [pool.submit(conflict, question) for question, _ in questions]
    told = []
    for (question, unplaced), future in zip(questions, asked, strict=True):
        found = future.result()
        said = found.said if found else "no conflict was proved; give it more --seconds"
        told.append(Stuck(question.school, said, found.clauses if found else (), unplaced))
    return told


def _end(found: Sequence[Stuck], rulebook: Rulebook, as_json: bool, others: tuple[str, ...] = ()) -> NoReturn:
    if as_json:
        say_json({"conflicts": [_json(one, rulebook) for one in found], "others": others})
        raise typer.Exit(3)
    clauses = list(dict.fromkeys(name for one in found for name in one.clauses))
    if clauses:
        say("The clauses in conflict:")
        say_sources(rulebook, clauses)
    raise typer.Exit(3)


def _json(one: Stuck, rulebook: Rulebook) -> dict[str, object]:
    return {
        "school": one.school,
        "sentence": one.sentence,
        "unplaced": one.unplaced,
        "clauses": sources_json(rulebook, one.clauses),
    }
