"""Tell a clause in one plain English sentence, for pages and the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from babel.dates import format_date

from schoolday.ground.grades import GRADES
from schoolday.ground.spans import clock
from schoolday.rules.book import Rulebook
from schoolday.rules.events import CIRCUMSTANCES, EVENTS, STEPS
from schoolday.rules.measures import MEASURES, Measure
from schoolday.rules.rule import Amount, Clause, Kind, Limb, Period, Rule, Sense

_NAMES = {"TK": "transitional kindergarten", "K": "kindergarten"}
_DAY_KINDS = {
    "school": "A school day",
    "preparation": "A day of preparation for teachers, without pupils",
    "holiday": "A holiday",
}
_PLURAL = re.compile(r"\b(minute|meeting|day|week|year|record|finding|violation|signature)s\b")
"""What a measure counts, where it counts one."""

_EACH = {
    Period.DAY: "a day",
    Period.WEEK: "a week",
    Period.FOUR_WEEKS: "in four weeks",
    Period.MONTH: "a school month",
    Period.ATTENDANCE: "an attendance period",
    Period.YEAR: "a school year",
}
"""A bound's period, after its number."""

_WITHIN = {
    Period.DAY: "on a day",
    Period.WEEK: "in a school week",
    Period.FOUR_WEEKS: "in four weeks in a row",
    Period.MONTH: "in a school month",
    Period.ATTENDANCE: "in an attendance period",
    Period.YEAR: "in a school year",
}
"""The period of a trigger's limb."""


def tell(rule: Rule, clause: Clause, grade: str | None = None) -> str:
    """Return one sentence that says what a clause says, without its closing full stop.

    Parameters
    ----------
    rule, clause
        A rule and one of its clauses.
    grade
        Where given, only this grade is told; deadlines and triggers know no grades.

    Examples
    --------
    ``At least 230 minutes of instruction a day for grades 1 to 3, from 1 July 2020 to 30 June 2021``
    ``Two-way contact with the pupil's family within 5 calendar days of an emergency, from 1 July 2025``
    """
    match rule.kind:
        case Kind.DAY_KIND:
            said = _DAY_KINDS.get(clause.day_kind, clause.day_kind)
        case Kind.DEADLINE:
            said = _deadline(rule, clause)
        case Kind.TRIGGER:
            said = _trigger(clause)
        case Kind.BOUND:
            said = _bounds(rule, clause, grade)
    return f"{said}{_unless(clause)}, {tell_dates(clause.first, clause.last)}"


def tell_limb(limb: Limb) -> str:
    """Return one limb of a trigger in words: ``more than 3 days absent in a school week``."""
    if limb.period is Period.DAY and not MEASURES[limb.measure].per_period:
        return _limb(limb)
    return f"{_limb(limb)} {_WITHIN[limb.period]}"


def tell_sense(clause: Clause, sense: Sense) -> str:
    """Return one way to read a trigger's limbs in words, with its name and its reason.

    Examples
    --------
    ``days_alone: limb 1 alone counts. The words "or 60 percent" then add nothing.``
    """
    which = _listed([str(place + 1) for place in sense.limbs])
    counts = f"limb {which} alone counts" if len(sense.limbs) == 1 else f"limbs {which} count"
    default = ", where a district has not chosen" if sense is clause.senses[0] else ""
    return f"{sense.name}: {counts}{default}. {sense.note}".rstrip()


def _bounds(rule: Rule, clause: Clause, grade: str | None) -> str:
    measure = MEASURES[rule.measure]
    parts = [
        _bound(word, amount, measure, rule, grade)
        for word, amount in _words(clause, measure)
        if amount is not None and _says(amount, grade)
    ]
    if not parts:
        return f"Says nothing of {tell_grades((grade,))}" if grade else "Advises without a number"
    return f"{_capital(', and '.join(parts))}{_average(clause, grade)}"


def _deadline(rule: Rule, clause: Clause) -> str:
    within = tell_count(clause.within or 0.0, rule.unit)
    return f"{_capital(EVENTS[rule.due].noun)} within {within} of {EVENTS[rule.after].noun}"


def _trigger(clause: Clause) -> str:
    limbs = []
    for place, limb in enumerate(clause.limbs):
        after = clause.limbs[place + 1 : place + 2]
        shared = bool(after) and after[0].period is limb.period
        limbs.append(_limb(limb) if shared else tell_limb(limb))
    steps = _listed([STEPS[step].noun for step in clause.then])
    return f"Where there are {' or '.join(limbs)}: {steps}{_senses(clause)}"


def _limb(limb: Limb) -> str:
    measure = MEASURES[limb.measure]
    value = limb.over if limb.over is not None else limb.reaches or 0.0
    number = tell_number(value, measure.unit)
    if measure.unit == "minute_of_day":
        return f"days when {measure.noun} {'after' if limb.over is not None else 'at or after'} {number}"
    return f"{'more than' if limb.over is not None else 'at least'} {number} {_counted(measure, value)}"


def _senses(clause: Clause) -> str:
    if not clause.senses:
        return ""
    first, *others = [sense.name.replace("_", " ") for sense in clause.senses]
    return f" (read as “{first}” unless the district reads it as “{'” or “'.join(others)}”)"


def _unless(clause: Clause) -> str:
    if not clause.unless:
        return ""
    nouns = [CIRCUMSTANCES[name].noun for name in clause.unless]
    return f", but not {' or '.join(nouns)}"


def _capital(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}"


def tell_dates(first: date, last: date | None) -> str:
    """Return the dates of a clause in words: ``from 1 July 2020 to 30 June 2021``."""
    if last is None:
        return f"from {_date(first)}"
    return f"on {_date(first)}" if first == last else f"from {_date(first)} to {_date(last)}"


def tell_number(value: float, unit: str) -> str:
    """Return a number as people write it in a unit: ``8:30`` as a time of day, ``49`` otherwise."""
    return clock(int(value)) if unit == "minute_of_day" else f"{value:g}"


def tell_count(value: float, unit: str) -> str:
    """Return an amount of what a deadline counts in: ``5 calendar days``, ``1 school day``, ``24 hours``."""
    words = unit.replace("_", " ")
    return f"{value:g} {words.removesuffix('s') if value == 1 else words}"


def _date(day: date) -> str:
    return format_date(day, "d MMMM y", locale="en")


def _words(clause: Clause, measure: Measure) -> list[tuple[str, Amount | None]]:
    if clause.at_least is not None and clause.at_least == clause.at_most:
        return [("exactly", clause.at_least)]
    if measure.unit == "minute_of_day":
        return [("not before", clause.at_least), ("by", clause.at_most)]
    return [("at least", clause.at_least), ("at most", clause.at_most)]


def _says(amount: Amount, grade: str | None) -> bool:
    return grade is None or amount.for_(grade) is not None


def _bound(word: str, amount: Amount, measure: Measure, rule: Rule, grade: str | None) -> str:
    groups = _groups(amount, grade)
    first, *rest = [_number(value, grades, measure.unit) for value, grades in groups]
    number, whom = first
    noun = "" if measure.unit == "minute_of_day" else f" {_counted(measure, groups[0][0])}"
    period = f" {_EACH[rule.period]}" if measure.per_period else ""
    least = "no" if (word, number) == ("at most", "0") else f"{word} {number}"
    told = [f"{least}{noun}{period}{whom}", *(f"{number}{whom}" for number, whom in rest)]
    said = _listed(told)
    return f"{measure.noun} {said}" if measure.unit == "minute_of_day" else said


def _counted(measure: Measure, value: float) -> str:
    if value != 1:
        return measure.noun
    return _PLURAL.sub(r"\1", measure.noun, count=1)


def _number(value: float, grades: Sequence[str], unit: str) -> tuple[str, str]:
    return tell_number(value, unit), f" for {tell_grades(grades)}" if grades else ""


def _groups(amount: Amount, grade: str | None) -> list[tuple[float, tuple[str, ...]]]:
    """Return each number with the grades that share it, in order; no grades where it is flat."""
    if amount.flat is not None:
        return [(amount.flat, (grade,) if grade else ())]
    if grade:
        return [(amount.by_grade[grade], (grade,))]
    found: dict[float, list[str]] = {}
    for name in GRADES:
        if name in amount.by_grade:
            found.setdefault(amount.by_grade[name], []).append(name)
    return [(value, tuple(names)) for value, names in found.items()]


def tell_grades(grades: Sequence[str]) -> str:
    """Return grades in words, those in a row as a span."""
    words = [_NAMES[grade] for grade in grades if grade in _NAMES]
    numbers = [int(grade) for grade in grades if grade not in _NAMES]
    for _, run in groupby(enumerate(numbers), key=lambda row: row[1] - row[0]):
        row = [number for _, number in run]
        link = "and" if len(row) == 2 else "to"
        words.append(f"grade {row[0]}" if len(row) == 1 else f"grades {row[0]} {link} {row[-1]}")
    return _listed(words)


def _listed(words: list[str]) -> str:
    return " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"


def _average(clause: Clause, grade: str | None) -> str:
    if clause.average_over is None:
        return ""
    said = f" on average over {clause.average_over} school days in a row"
    if clause.no_day_under is None or not _says(clause.no_day_under, grade):
        return said
    floors = [_number(value, (), "minutes")[0] for value, _ in _groups(clause.no_day_under, grade)]
    return f"{said}, and no day under {_listed(floors)}"


def cited(rulebook: Rulebook, ids: Iterable[str]) -> list[tuple[str, Rule | None, Clause | None]]:
    """Return each id once with its rule and clause, None where it names no clause of the rulebook."""
    known = {clause.id: (rule, clause) for rule in rulebook.rules for clause in rule.clauses}
    return [(name, *known.get(name, (None, None))) for name in dict.fromkeys(ids)]
