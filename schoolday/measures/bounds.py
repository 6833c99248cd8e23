"""Judge a bound: a measure of a day or a period, or its average over days with a daily floor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum, inf

from schoolday.measures.verdict import Circumstances, Found, Verdict, standing, tell_plain, tell_value
from schoolday.rules.measures import MEASURES, MOST
from schoolday.rules.rule import Clause, Period, Rule

MINUTES_OF_A_DAY = 1440.0

Values = Sequence[float | None]
"""Values of a measure, oldest first; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one clause for one grade; None where it has none."""

    at_least: float | None
    at_most: float | None
    no_day_under: float | None
    average_over: int = 1

    @property
    def silent(self) -> bool:
        """Whether they limit nothing."""
        return self.at_least is None and self.at_most is None


def judge(
    rule: Rule,
    day: date,
    values: Values,
    *,
    grade: str | None = None,
    circumstances: Circumstances = frozenset(),
) -> Verdict:
    """Return how a bound stands on a date.

    Parameters
    ----------
    rule, day
        The bound, and the date by whose clause it is judged: where periods are counted, their last.
    values
        The measure on the school days that count (or in the periods), in the measure's unit, oldest first,
        the last that of `day`; None where unknown. A clause that averages takes as many of the last as it
        averages over, and days too few are unknown days. Any other clause takes the last alone.
    grade
        The pupil's grade, where the numbers differ by grade.
    circumstances
        What is true in the case, by name.

    Returns
    -------
    Verdict
        An average over unknown days is unverified, unless a known day lies under the floor or the known
        days decide it whatever the unknown ones are.
    """
    clause = standing(rule, day, circumstances)
    if isinstance(clause, Verdict):
        return clause
    numbers = numbers_of(clause, grade)
    if numbers.silent:
        who = f"grade {grade}" if grade else "this"
        said = f"{rule.title}: it sets no number for {who} ({clause.cite})."
        return Verdict(Found.NOT_BOUND, said, rule, clause, {"grade": grade})
    window = _window(values, numbers.average_over)
    found = decide(numbers, window, most(rule))
    said = f"{rule.title}: {_said(rule, numbers, window, found)} ({clause.cite})."
    return Verdict(found, said, rule, clause, _inputs(numbers, window, grade))


def numbers_of(clause: Clause, grade: str | None) -> Numbers:
    """Return a clause's numbers for one grade."""
    low, high, floor = (
        amount.for_(grade) if amount else None
        for amount in (clause.at_least, clause.at_most, clause.no_day_under)
    )
    return Numbers(low, high, floor, clause.average_over or 1)


def most(rule: Rule) -> float:
    """Return the largest value that one day or period can have; infinite where nothing is certain."""
    unit = MEASURES[rule.measure].unit if rule.measure in MEASURES else rule.unit
    if unit == "minutes" and rule.period is Period.DAY:
        return MINUTES_OF_A_DAY
    return MOST["minute_of_day"] if unit == "minute_of_day" else inf


def decide(numbers: Numbers, window: Values, largest: float = inf) -> Found:
    """Return whether the values of one window keep to the numbers, whatever its unknown values are.

    Parameters
    ----------
    numbers
        The limits, and over how many values they average.
    window
        As many values as are averaged over; unknown ones lie anywhere from 0 to `largest`.
    largest
        The most that one value can be.
    """
    known = [value for value in window if value is not None]
    floor = numbers.no_day_under
    if floor is not None and any(value < floor for value in known):
        return Found.BROKEN
    unknown = len(window) - len(known)
    # An unknown day under the floor breaks it by itself, so the least that can still be lawful is the floor.
    least = fsum(known) + unknown * (floor or 0.0)
    highest = fsum(known) + unknown * largest if unknown else least
    low, high = ((n or 0.0) * len(window) for n in (numbers.at_least, numbers.at_most))
    under, over = numbers.at_least is not None, numbers.at_most is not None
    if (under and highest < low) or (over and least > high):
        return Found.BROKEN
    open_ = (under and least < low) or (over and highest > high) or (unknown and bool(floor))
    return Found.UNVERIFIED if open_ else Found.MET


def _window(values: Values, days: int) -> Values:
    last = list(values[-days:])
    return [None] * (days - len(last)) + last


def _said(rule: Rule, numbers: Numbers, window: Values, found: Found) -> str:
    return f"{_measured(rule, numbers, window, found)}; {_wanted(rule, numbers)}"


def _measured(rule: Rule, numbers: Numbers, window: Values, found: Found) -> str:
    known = [value for value in window if value is not None]
    floor = numbers.no_day_under
    if floor is not None and any(value < floor for value in known):
        return f"a day with {tell_value(rule.measure, min(known))}"
    if len(known) < len(window):
        return _partly(rule, window, known, found)
    if len(window) == 1:
        return tell_value(rule.measure, known[0])
    mean = fsum(known) / len(window)
    return f"{tell_value(rule.measure, mean)} on average over {len(window)} school days"


def _partly(rule: Rule, window: Values, known: Sequence[float], found: Found) -> str:
    if len(window) == 1:
        return "it is not known what was measured"
    said = f"{len(window) - len(known)} of {len(window)} school days are not known"
    if found is Found.UNVERIFIED:
        return said
    return f"{said}, and the others decide it ({tell_plain(fsum(known))} together)"


def _wanted(rule: Rule, numbers: Numbers) -> str:
    clocked = rule.unit == "minute_of_day"
    words = ("not before", "by") if clocked else ("at least", "at most")
    limits = (numbers.at_least, numbers.at_most)
    said = [
        f"{word} {tell_value(rule.measure, limit).split(' at ')[-1] if clocked else tell_plain(limit)}"
        for word, limit in zip(words, limits, strict=True)
        if limit is not None
    ]
    if numbers.no_day_under is not None:
        said.append(f"no day under {tell_plain(numbers.no_day_under)}")
    return ", ".join(said)


def _inputs(numbers: Numbers, window: Values, grade: str | None) -> Mapping[str, object]:
    found = {
        "values": tuple(window),
        "grade": grade,
        "at_least": numbers.at_least,
        "at_most": numbers.at_most,
        "no_day_under": numbers.no_day_under,
        "average_over": numbers.average_over if numbers.average_over > 1 else None,
    }
    return {name: value for name, value in found.items() if value is not None}
