"""Tell a clause in one plain English sentence, for pages and the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from babel.dates import format_date

from schoolday.ground.grades import GRADES
from schoolday.ground.spans import clock
from schoolday.rules.measures import MEASURES, Measure
from schoolday.rules.rule import Amount, Clause, Kind, Rule

_NAMES = {"TK": "transitional kindergarten", "K": "kindergarten"}
_DAY_KINDS = {
    "school": "A school day",
    "preparation": "A day of preparation for teachers, without pupils",
    "holiday": "A holiday",
}


def tell(rule: Rule, clause: Clause, grade: str | None = None) -> str:
    """Return one sentence that says what a clause says, without its closing full stop.

    Parameters
    ----------
    rule, clause
        A rule and one of its clauses.
    grade
        Where given, only this grade is told.

    Examples
    --------
    ``At least 230 minutes of instruction a day for grades 1 to 3, from 1 July 2020 to 30 June 2021``
    """
    dates = tell_dates(clause.first, clause.last)
    if rule.kind is Kind.DAY_KIND:
        return f"{_DAY_KINDS.get(clause.day_kind, clause.day_kind)}, {dates}"
    measure = MEASURES[rule.measure]
    parts = [
        _bound(word, amount, measure, rule, grade)
        for word, amount in _words(clause, measure)
        if amount is not None and _says(amount, grade)
    ]
    if not parts:
        silent = f"Says nothing of {_grades((grade,))}" if grade else "Advises without a number"
        return f"{silent}, {dates}"
    said = ", and ".join(parts)
    return f"{said[0].upper()}{said[1:]}{_average(clause, grade)}, {dates}"


def tell_dates(first: date, last: date | None) -> str:
    """Return the dates of a clause in words: ``from 1 July 2020 to 30 June 2021``."""
    if last is None:
        return f"from {_date(first)}"
    return f"on {_date(first)}" if first == last else f"from {_date(first)} to {_date(last)}"


def tell_number(value: float, unit: str) -> str:
    """Return a number as people write it in a unit: ``8:30`` as a time of day, ``49`` otherwise."""
    return clock(int(value)) if unit == "minute_of_day" else f"{value:g}"


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
    period = f" a {rule.period}" if measure.per_period else ""
    told = [f"{word} {number}{noun}{period}{whom}", *(f"{number}{whom}" for number, whom in rest)]
    said = _listed(told)
    return f"{measure.noun} {said}" if measure.unit == "minute_of_day" else said


def _counted(measure: Measure, value: float) -> str:
    if value != 1:
        return measure.noun
    return measure.noun.replace("meetings", "meeting").replace("minutes", "minute")


def _number(value: float, grades: Sequence[str], unit: str) -> tuple[str, str]:
    return tell_number(value, unit), f" for {_grades(grades)}" if grades else ""


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


def _grades(grades: Sequence[str]) -> str:
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
