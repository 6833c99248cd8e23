"""Judge a trigger: whether any one of its limbs is reached, read in the way that a district has named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from schoolday.measures.verdict import Circumstances, Found, Verdict, standing, tell_value
from schoolday.rules.events import STEPS
from schoolday.rules.rule import Clause, Limb, Period, Rule, Sense
from schoolday.rules.tell import tell_limb

Values = Mapping[tuple[str, Period], float | None]
"""A value for each measure and period; None, or left out, where nobody knows."""


def judge(
    rule: Rule,
    day: date,
    values: Values,
    *,
    grade: str | None = None,
    sense: str | None = None,
    circumstances: Circumstances = frozenset(),
) -> Verdict:
    """Return whether a trigger is reached on a date, with the steps that it then wants.

    Parameters
    ----------
    rule, day
        The trigger, and the last date of what was measured.
    values
        Each measure over its period, in the measure's unit.
    grade
        Kept with the inputs; triggers know no grades.
    sense
        The name of the reading where the limbs contradict each other; None takes the clause's first.
    circumstances
        What is true in the case, by name.

    Returns
    -------
    Verdict
        An unknown limb makes it unverified only where no other limb is reached.

    Raises
    ------
    KeyError
        If the clause is not read in a way of that name.
    """
    clause = standing(rule, day, circumstances)
    if isinstance(clause, Verdict):
        return clause
    reading = clause.sense(sense or "")
    limbs = [clause.limbs[place] for place in reading.limbs]
    found = decide(limbs, values)
    steps = clause.then if found is Found.REACHED else ()
    said = f"{rule.title}: {_said(limbs, values, found)}{_read_as(reading)} ({clause.cite}).{_then(steps)}"
    return Verdict(found, said, rule, clause, _inputs(clause, limbs, values, reading, grade), steps)


def decide(limbs: list[Limb], values: Values) -> Found:
    """Return whether one of the limbs is reached; one that nobody knows counts only where no other is."""
    known = [(limb, values.get((limb.measure, limb.period))) for limb in limbs]
    if any(value is not None and limb.holds(value) for limb, value in known):
        return Found.REACHED
    return Found.UNVERIFIED if any(value is None for _, value in known) else Found.NOT_REACHED


def _said(limbs: list[Limb], values: Values, found: Found) -> str:
    told = [_limb(limb, values.get((limb.measure, limb.period))) for limb in limbs]
    end = {Found.REACHED: "reached", Found.NOT_REACHED: "not reached"}.get(found, "nobody can say")
    return f"{end}: {'; '.join(told)}"


def _limb(limb: Limb, value: float | None) -> str:
    if value is None:
        return f"it is not known whether there were {tell_limb(limb)}"
    return f"{tell_value(limb.measure, value)} (the limb: {tell_limb(limb)})"


def _read_as(reading: Sense) -> str:
    return f", read as “{reading.name.replace('_', ' ')}”" if reading.name else ""


def _then(steps: tuple[str, ...]) -> str:
    return f" Next: {', '.join(STEPS[step].noun for step in steps)}." if steps else ""


def _inputs(
    clause: Clause, limbs: list[Limb], values: Values, reading: Sense, grade: str | None
) -> Mapping[str, object]:
    found: dict[str, object] = {
        f"{limb.measure}/{limb.period.value}": values.get((limb.measure, limb.period)) for limb in limbs
    }
    if reading.name:
        found["sense"] = reading.name
    return {**found, "grade": grade} if grade else found
