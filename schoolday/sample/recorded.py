"""A made-up year of records for an audit: every measure that rules ask about, near the rules' own numbers.

Each array is made from the seed when it is asked for and not kept, so that a district's year of a hundred
measures needs the memory of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import numpy as np

from schoolday.calendar.days import Calendar
from schoolday.ground.ids import stable_number
from schoolday.measures.year import Columns, Episodes, ends, packed
from schoolday.measures.year.columns import Numbers
from schoolday.rules import Kind, Rule
from schoolday.rules.rule import Clause, Period

GRADES = ("TK", "K", *(str(number) for number in range(1, 13)))
UNKNOWN, WRONG = 0.005, 0.01
"""Shares of what nobody recorded, and of what lies on the wrong side of its number."""
Key = tuple[str, Period]


def recorded(rules: Iterable[Rule], calendar: Calendar, pupils: int, seed: int) -> Columns:
    """Return a made-up year of some pupils, in which most records keep the rules.

    Parameters
    ----------
    rules
        The rules whose measures and events are made up.
    calendar
        The school year.
    pupils
        How many rows.
    seed
        The same seed gives the same records.
    """
    known = list(rules)
    names = tuple(f"p{number:06d}" for number in range(pupils))
    grades = tuple(GRADES[number % len(GRADES)] for number in range(pupils))
    values = _Made(known, calendar, grades, seed)
    episodes = [_episodes(rule, calendar, pupils, seed) for rule in known if rule.kind is Kind.DEADLINE]
    return Columns(calendar, names, grades, values, {}, episodes, "pupils")


class _Made(Mapping[Key, Numbers]):
    """Makes each array when it is asked for."""

    def __init__(self, rules: list[Rule], calendar: Calendar, grades: tuple[str, ...], seed: int) -> None:
        self.calendar, self.grades, self.seed = calendar, grades, seed
        self._typical: dict[Key, dict[str, float]] = {}
        for rule in rules:
            for clause in rule.clauses:
                for key, numbers in _numbers(rule, clause):
                    self._typical.setdefault(key, {}).update(numbers)

    def __getitem__(self, key: Key) -> Numbers:
        typical = self._typical[key]
        shape = (len(self.grades), len(ends(self.calendar, key[1])))
        chance = np.random.default_rng(stable_number(str(self.seed), *key) % 2**63)
        level = packed(np.array([typical.get(grade, typical.get("", 0.0)) for grade in self.grades], float))
        made = np.repeat(level[:, None], shape[1], axis=1)
        drawn = chance.random(shape, np.float32)
        np.copyto(made, 0.0, where=drawn < WRONG)
        np.copyto(made, np.nan, where=drawn > 1 - UNKNOWN)
        return made

    def __iter__(self) -> Iterator[Key]:
        return iter(self._typical)

    def __len__(self) -> int:
        return len(self._typical)


def _numbers(rule: Rule, clause: Clause) -> Iterator[tuple[Key, dict[str, float]]]:
    """Yield what a clause asks of each measure, by grade; under an empty name what it asks of all."""
    amount = clause.at_least or clause.at_most
    if rule.kind is Kind.BOUND and amount:
        found = dict(amount.by_grade) if amount.flat is None else {"": amount.flat}
        yield (rule.measure, rule.period), found
    for limb in clause.limbs:
        # Where the number is reached there is something to do: most pupils stay at nothing.
        yield (limb.measure, limb.period), {"": 0.0}


def _episodes(rule: Rule, calendar: Calendar, pupils: int, seed: int) -> Episodes:
    """Return one event for each twentieth pupil, most of them answered in time and some not at all."""
    chance = np.random.default_rng(stable_number(str(seed), rule.id) % 2**63)
    rows = np.arange(0, pupils, 20)
    days = np.array(ends(calendar, Period.DAY)[:-30], "M8[D]")
    after = chance.choice(days, len(rows))
    due = after + chance.integers(0, 6, len(rows)).astype("m8[D]")
    due[chance.random(len(rows)) < UNKNOWN] = np.datetime64("NaT")
    return Episodes(rows, {rule.after: after, rule.due: due})


def school_year_of(first: int) -> Calendar:
    """Return a made-up school year of 180 days that begins in August and has no holidays."""
    start = date(first, 8, 13)
    days = [date.fromordinal(start.toordinal() + number) for number in range(400)]
    school = [day for day in days if day.weekday() < 5][:180]
    return Calendar(school[0], school[-1])
