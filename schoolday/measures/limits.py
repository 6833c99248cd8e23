"""The rulebook spread over a year: for each profile of pupils and each day the numbers that stand.

Measures then join tables of whole numbers and know no law; every clause that gave a number is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schoolday.measures.given import MeasuredYear
from schoolday.rules.book import Rulebook
from schoolday.rules.rule import BINDING, Clause, Kind, Limb, Period, Rule, Way

WINDOW = timedelta(days=27)
"""From the first to the last of four weeks in a row."""
UNACCOUNTED = "service_minutes_unaccounted"


@dataclass(frozen=True)
class Limits:
    """The numbers that stand, as tables.

    Parameters
    ----------
    minima
        (profile, day's number, minutes): the longest minimum day that stands; a day left out has none.
    weeks
        (profile, week, days or None, percent or None): absent on more days, or on as many percent.
    windows
        (profile, number of the first day, percent): more of four weeks' required time without attendance.
    months
        (profile, month, percent): more of a school month's scheduled live times missed.
    chronic
        (profile, percent): absent on as much of the year.
    amounts
        (name, number): limits that all pupils share.
    clauses
        The ids of the clauses that gave them, by measure.
    averaged
        Clauses left out, since they average over days: those are for the audit of records.
    """

    minima: tuple[tuple[int, int, int], ...]
    weeks: tuple[tuple[int, int, int | None, int | None], ...]
    windows: tuple[tuple[int, int, int], ...]
    months: tuple[tuple[int, int, int], ...]
    chronic: tuple[tuple[int, int], ...]
    amounts: tuple[tuple[str, int], ...]
    clauses: Mapping[str, tuple[str, ...]]
    averaged: tuple[str, ...] = ()


def spread(
    rulebook: Rulebook,
    year: MeasuredYear,
    *,
    places: Sequence[str] = ("CA",),
    senses: Mapping[str, str] | None = None,
) -> Limits:
    """Return the numbers that stand for each profile of a year, with their clauses.

    Parameters
    ----------
    rulebook, year
        Whose rules, and which days and pupils.
    places
        The places whose binding rules count.
    senses
        By rule, how one whose limbs contradict each other is read; its first reading if left out.

    Raises
    ------
    ValueError
        If a clause has a number that is not whole: rates are reckoned in whole numbers.
    """
    rules = [rule for rule in rulebook.rules if rule.layer in BINDING and rule.place in places]
    return _Spread(rules, year, senses or {}).limits()


class _Spread:
    def __init__(self, rules: Sequence[Rule], year: MeasuredYear, senses: Mapping[str, str]) -> None:
        self.year, self.senses = year, senses
        self.bounds = [one for one in rules if one.kind is Kind.BOUND]
        self.triggers = [one for one in rules if one.kind is Kind.TRIGGER]
        self.used: dict[str, set[str]] = {}
        self.averaged: set[str] = set()

    def limits(self) -> Limits:
        minima, weeks = tuple(self._minima()), tuple(self._weeks())
        windows, months = tuple(self._windows()), tuple(self._months())
        chronic, amounts = tuple(self._chronic()), tuple(self._amounts())
        clauses = {name: tuple(sorted(ids)) for name, ids in sorted(self.used.items())}
        return Limits(minima, weeks, windows, months, chronic, amounts, clauses, tuple(sorted(self.averaged)))

    def _minima(self) -> Iterator[tuple[int, int, int]]:
        rules = [one for one in self.bounds if (one.measure, one.period) == ("total_minutes", Period.DAY)]
        for number, (grade, way, true) in enumerate(self.year.profiles):
            for one in self.year.days:
                found = [
                    (whole(least), clause)
                    for _rule, clause in _standing(rules, one.day, way, true)
                    if (least := clause.at_least.for_(grade) if clause.at_least else None) is not None
                    and self._daily(clause)
                ]
                if found:
                    most = max(amount for amount, _clause in found)
                    self._use("minutes_by_day", *(clause for amount, clause in found if amount == most))
                    yield number, one.number, most

    def _daily(self, clause: Clause) -> bool:
        """Whether a clause judges each day by itself; one that averages is only noted."""
        if (clause.average_over or 1) > 1:
            self.averaged.add(clause.id)
        return (clause.average_over or 1) == 1

    def _weeks(self) -> Iterator[tuple[int, int, int | None, int | None]]:
        last = {one.week: one.day for one in self.year.days}
        for number, (_grade, way, true) in enumerate(self.year.profiles):
            for week, day in last.items():
                days = self._limb("engagement_weeks", day, way, true, "absent_days", Period.WEEK)
                share = self._limb("engagement_weeks", day, way, true, "absent_share", Period.WEEK)
                if days or share:
                    over = _more_than(days) if days else None
                    yield number, week, over, _reaches(share) if share else None

    def _windows(self) -> Iterator[tuple[int, int, int]]:
        for number, (_grade, way, true) in enumerate(self.year.profiles):
            for one in self.year.days:
                last = one.day + WINDOW
                if last <= self.year.calendar.last:
                    limb = self._limb("study_windows", last, way, true, "uncredited_share", Period.FOUR_WEEKS)
                    if limb:
                        yield number, one.number, _more_than(limb)

    def _months(self) -> Iterator[tuple[int, int, int]]:
        last = {one.month: one.day for one in self.year.days}
        for number, (_grade, way, true) in enumerate(self.year.profiles):
            for month, day in last.items():
                limb = self._limb("study_months", day, way, true, "missed_live_share", Period.MONTH)
                if limb:
                    yield number, month, _more_than(limb)

    def _chronic(self) -> Iterator[tuple[int, int]]:
        for number, (_grade, way, true) in enumerate(self.year.profiles):
            day = self.year.days[-1].day
            limb = self._limb("chronic_absence", day, way, true, "absent_share", Period.YEAR)
            if limb:
                yield number, _reaches(limb)

    def _amounts(self) -> Iterator[tuple[str, int]]:
        rules = [one for one in self.bounds if one.measure == UNACCOUNTED]
        found = [
            (whole(most), clause)
            for rule in rules
            if (clause := rule.on(self.year.days[-1].day))
            and (most := clause.at_most.for_(None) if clause.at_most else None) is not None
        ]
        if found:
            least = min(amount for amount, _clause in found)
            self._use("service_minutes", *(clause for amount, clause in found if amount == least))
            yield UNACCOUNTED, least

    def _limb(
        self, use: str, day: date, way: str, true: frozenset[str], measure: str, period: Period
    ) -> Limb | None:
        """Return the limb on a measure of the trigger that stands, in the reading that was asked for."""
        for rule, clause in _standing(self.triggers, day, way, true):
            name = self.senses.get(rule.id, "")
            known = any(one.name == name for one in clause.senses)
            for place in clause.sense(name if known else "").limbs:
                limb = clause.limbs[place]
                if (limb.measure, limb.period) == (measure, period):
                    self._use(use, clause)
                    return limb
        return None

    def _use(self, measure: str, *clauses: Clause) -> None:
        self.used.setdefault(measure, set()).update(clause.id for clause in clauses)


def _standing(
    rules: Sequence[Rule], day: date, way: str, true: frozenset[str]
) -> Iterator[tuple[Rule, Clause]]:
    """Yield the rules of a way that stand on a date and bind in some circumstances."""
    for rule in rules:
        clause = rule.on(day) if Way(way) in rule.ways else None
        if clause and not true.intersection(clause.unless):
            yield rule, clause


def whole(number: float) -> int:
    """Return a number of a clause as a whole one."""
    if number != int(number):
        raise ValueError(f"{number} is not whole; measures reckon in whole numbers")
    return int(number)


def _more_than(limb: Limb) -> int:
    """Return the whole number that a limb's value must be over."""
    return whole(limb.over) if limb.over is not None else whole(limb.reaches or 0) - 1


def _reaches(limb: Limb) -> int:
    """Return the percent that a limb's value must reach."""
    if limb.reaches is None:
        raise ValueError(f"{limb.measure}: a share that must be passed, not reached, cannot be told here")
    return whole(limb.reaches)
