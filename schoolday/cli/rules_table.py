"""Make the day: the minutes of each grade that the standing rules leave, and the clauses they follow from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, NamedTuple

import typer

from schoolday.cli.clauses import say_sources, sources_json
from schoolday.cli.options import Adopt, AsJson, Books, On, Places, WayOption, WhatIf, book
from schoolday.cli.output import day_of, say, say_json
from schoolday.cli.rules import rules
from schoolday.ground.errors import NoProgram, NotInForce, SchooldayError
from schoolday.ground.grades import GRADES, order
from schoolday.program import Band, DayPlan, plans
from schoolday.rules import Rulebook, Way

HOMEROOM_TO = "6"
"""The last grade shown as a self-contained class; above it, pupils choose courses."""

Courses = Annotated[int, typer.Option("--courses", min=1, help="Courses of a pupil above grade 6.")]


def register(app: typer.Typer) -> None:
    """Add this command to the commands about rules."""
    rules.command("table")(table)


class _Row(NamedTuple):
    """One grade: its plan, or the words and clauses that say why there is none."""

    grade: str
    plan: DayPlan | None
    said: str = ""
    clauses: tuple[str, ...] = ()


def table(
    on: On,
    place: Places = None,
    way: WayOption = Way.DISTANCE,
    courses: Courses = 6,
    books: Books = None,
    what_if: WhatIf = None,
    adopt: Adopt = "",
    as_json: AsJson = False,
) -> None:
    """Make the minutes of each grade from the rules that stand: total, live, independent, with clauses."""
    day, found = day_of(on), book(books, what_if, adopt)
    places = _places(found, place)
    said = found.on(day, frozenset(places)).day_kind()
    if said is not None and said[1].day_kind != "school":
        return _day_off(found, on, said[1].id, as_json)
    rows = [_row(found, places, day, band, courses, way) for band in _bands()]
    if not any(row.plan or row.clauses for row in rows):
        raise SchooldayError(rows[0].said)
    _show(found, on, rows, as_json)
    if any(row.clauses and row.plan is None for row in rows):
        raise typer.Exit(3)
    return None


def _bands() -> list[Band]:
    return [(grade, "homeroom" if order(grade) <= order(HOMEROOM_TO) else "scheduled") for grade in GRADES]


def _places(found: Rulebook, place: list[str] | None) -> tuple[str, ...]:
    there = sorted({rule.place for rule in found.rules})
    if not place:
        raise SchooldayError(f"say where with --place, once for each; the rules know {', '.join(there)}")
    unknown = [name for name in place if name not in there]
    if unknown:
        raise SchooldayError(f"no rule is of {', '.join(unknown)}; the rules know {', '.join(there)}")
    return tuple(place)


def _row(found: Rulebook, places: Sequence[str], day: date, band: Band, courses: int, way: Way) -> _Row:
    try:
        made = plans(found, places, day, [band], courses=courses, way=way)
    except NoProgram as error:
        return _Row(band[0], None, str(error), error.clauses)
    except NotInForce as error:
        return _Row(band[0], None, str(error))
    plan = made[band]
    return _Row(band[0], plan, clauses=plan.clauses)


def _day_off(found: Rulebook, on: str, clause: str, as_json: bool) -> None:
    if as_json:
        say_json({"on": on, "grades": [], "sources": sources_json(found, [clause])})
        return
    say(f"{on} has no pupils:")
    say_sources(found, [clause])


def _show(found: Rulebook, on: str, rows: Sequence[_Row], as_json: bool) -> None:
    clauses = list(dict.fromkeys(name for row in rows for name in row.clauses))
    if as_json:
        say_json({"on": on, "grades": [_json(row) for row in rows], "sources": sources_json(found, clauses)})
        return
    number = {name: place for place, name in enumerate(clauses, 1)}
    head = ("grade", "total", "live", "independent", "in person", "live meetings", "clauses")
    whole = [_cells(row, number) for row in rows if row.plan]
    _say_columns([head, *whole] if whole else [])
    for row in rows:
        if row.plan is None:
            say(f"grade {row.grade}: {row.said}")
    say(f"\nMinutes a day of one pupil on {on}, from these clauses:")
    for name, place in number.items():
        say(f"[{place}]")
        say_sources(found, [name])


def _cells(row: _Row, number: Mapping[str, int]) -> tuple[str, ...]:
    plan = row.plan
    assert plan is not None
    meetings = sum(line.live > 0 for line in plan.lines) * plan.courses
    cited = " ".join(f"[{number[name]}]" for name in row.clauses)
    figures = (plan.total, plan.live, plan.independent, plan.in_person, meetings)
    return (row.grade, *(str(figure) for figure in figures), cited)


def _say_columns(rows: Iterable[Sequence[str]]) -> None:
    listed = list(rows)
    wide = [max(len(row[place]) for row in listed) for place in range(len(listed[0]))] if listed else []
    for row in listed:
        cells = [cell.rjust(width) for cell, width in zip(row[:-1], wide, strict=False)]
        say("  ".join([*cells, row[-1]]).rstrip())


def _json(row: _Row) -> dict[str, Any]:
    plan = row.plan
    if plan is None:
        return {"grade": row.grade, "said": row.said, "clauses": row.clauses}
    lines = [
        {"key": line.key, "subject": line.subject, "live": line.live, "independent": line.independent}
        for line in plan.lines
    ]
    return {
        "grade": row.grade,
        "total": plan.total,
        "live": plan.live,
        "independent": plan.independent,
        "in_person": plan.in_person,
        "courses": plan.courses,
        "lines": lines,
        "clauses": row.clauses,
    }
