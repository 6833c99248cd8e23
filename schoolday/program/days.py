"""Plans for dates: which dates have pupils, and each grade's plan of minutes on one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from schoolday.calendar.days import Calendar, dates
from schoolday.program.build import build
from schoolday.program.plan import DayPlan
from schoolday.program.shape import DEFAULT, Shape
from schoolday.rules import Clause, Kind, Rule, Rulebook, Standing, Way
from schoolday.rules.rule import BINDING

Band = tuple[str, str]
"""A grade and a kind of section: ``("3", "homeroom")``, ``("9", "scheduled")``."""


def calendar(base: Calendar, rulebook: Rulebook, places: Iterable[str]) -> Calendar:
    """Return the district's calendar with the preparation days and holidays that rules add to it.

    A date that a rule makes a school day is neither, whatever the roster's calendar says.
    """
    there = frozenset(places)
    found: dict[str, dict[date, str]] = {"preparation": {}, "holiday": {}, "school": {}}
    for rule in rulebook.rules:
        if rule.kind is Kind.DAY_KIND and rule.place in there and rule.layer in BINDING:
            for clause in rule.clauses:
                found.setdefault(clause.day_kind, {}).update(_days(base, rule, clause))
    return replace(
        base,
        preparation=_but(base.preparation, found["school"]) | found["preparation"],
        holidays=_but(base.holidays, found["school"]) | found["holiday"],
    )


def _but(named: Mapping[date, str], school: Mapping[date, str]) -> dict[date, str]:
    return {day: name for day, name in named.items() if day not in school}


def _days(base: Calendar, rule: Rule, clause: Clause) -> dict[date, str]:
    first, last = max(base.first, clause.first), min(base.last, clause.last or base.last)
    return {day: rule.title for day in dates(first, last) if day.weekday() < 5}


def plans(
    rulebook: Rulebook,
    places: Iterable[str],
    day: date,
    bands: Iterable[Band],
    *,
    shape: Shape = DEFAULT,
    courses: int = 6,
    way: Way = Way.DISTANCE,
    kept: dict[str, DayPlan] | None = None,
) -> Mapping[Band, DayPlan]:
    """Return the plan of each band on a date; empty where a rule says that pupils stay home.

    Parameters
    ----------
    rulebook, places, day
        The rules, where the district lies, and the date.
    bands
        The grades and kinds of section asked for.
    shape, courses, way
        As `build` takes them.
    kept
        The caller's store of plans made before: dates under the very same clauses are not solved again.
        It may serve several rulebooks, since a plan is kept by the wording that made it.

    Raises
    ------
    NotInForce, NoProgram
        As `build` does.
    """
    standing = rulebook.on(day, frozenset(places))
    said = standing.day_kind()
    if said is not None and said[1].day_kind != "school":
        return {}
    kept = {} if kept is None else kept
    wording = _wording(standing, shape, courses, way)
    found = {}
    for band in sorted(set(bands)):
        key = f"{band}|{wording}"
        if key not in kept:
            kept[key] = build(standing, grade=band[0], kind=band[1], courses=courses, way=way, shape=shape)
        found[band] = replace(kept[key], day=day)
    return found


def _wording(standing: Standing, shape: Shape, courses: int, way: Way) -> str:
    """Return what tells two sets of standing rules apart, as text."""
    bounds = (pair for pair in standing.pairs if pair[0].kind is Kind.BOUND)
    return repr((tuple(bounds), shape, courses, way))
