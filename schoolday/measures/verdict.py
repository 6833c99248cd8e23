"""Verdict: how one rule stands in one case, and whether a clause of it binds at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schoolday.ground.spans import clock
from schoolday.rules.events import CIRCUMSTANCES
from schoolday.rules.measures import MEASURES
from schoolday.rules.rule import Clause, Rule

Circumstances = frozenset[str]
"""Names of `schoolday.rules.events.CIRCUMSTANCES` that are true in the case."""


class Found(StrEnum):
    """How a rule stands. Missing evidence is `UNVERIFIED`, never zero."""

    MET = "met"
    BROKEN = "broken"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    WAITING = "waiting"
    UNVERIFIED = "unverified"
    NOT_IN_FORCE = "not_in_force"
    NOT_BOUND = "not_bound"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one rule stands in one case.

    Parameters
    ----------
    found
        Met or broken; for a trigger reached or not; for a deadline that still runs, waiting. Unverified where
        evidence is missing; not in force outside the rule's dates; not bound where a clause stands and
        speaks of others.
    said
        One sentence that a person understands without this program.
    rule, clause
        The rule, and the clause that was used; None where none stands.
    inputs
        What it was decided from, by name: the values, the numbers of the clause, the last moment in time.
    steps
        The steps that a reached trigger wants, by name (`schoolday.rules.events.STEPS`).
    """

    found: Found
    said: str
    rule: Rule
    clause: Clause | None
    inputs: Mapping[str, object] = field(default_factory=dict)
    steps: tuple[str, ...] = ()


def standing(rule: Rule, day: date, circumstances: Circumstances) -> Clause | Verdict:
    """Return the clause of a rule that binds on a date, or the verdict that says why none does."""
    clause = rule.on(day)
    if clause is None:
        return _silent(rule, day)
    excused = [name for name in clause.unless if name in circumstances]
    if not excused:
        return clause
    said = f"{rule.title}: it does not bind who is {CIRCUMSTANCES[excused[0]].noun} ({clause.cite})."
    return Verdict(Found.NOT_BOUND, said, rule, clause, {"unless": tuple(excused)})


def tell_value(measure: str, value: float) -> str:
    """Return a value of a measure in words: ``229.5 minutes of instruction``."""
    known = MEASURES[measure]
    if known.unit == "minute_of_day":
        return f"{known.noun} at {clock(int(value))}"
    return f"{tell_plain(value)} {known.noun}"


def tell_plain(value: float) -> str:
    """Return a number with as many decimals as it needs, so that 229.9999 is never told as 230."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _silent(rule: Rule, day: date) -> Verdict:
    for silence in rule.silences:
        if silence.first <= day and (silence.last is None or day <= silence.last):
            said = f"{rule.title}: nothing is asked on {day.isoformat()}. {silence.reason}"
            return Verdict(Found.NOT_BOUND, said, rule, None)
    said = f"{rule.title}: no clause of it is in force on {day.isoformat()}."
    return Verdict(Found.NOT_IN_FORCE, said, rule, None)
