"""Every measure from dense facts: pupils side by side in arrays, a day or a week at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from schoolday.measures.dense import study
from schoolday.measures.dense.days import Days
from schoolday.measures.dense.facts import MINUTES, PLACE
from schoolday.measures.dense.rows import NONE, Column, Flags, Ints, Table, below, chosen, joined, table
from schoolday.measures.limits import UNACCOUNTED
from schoolday.measures.portable import Cells

AT_ONCE = 2


@dataclass(frozen=True)
class Dense(Days):
    """A year of facts, and every measure of it."""

    def answer(self, name: str) -> Table:
        """Return a measure's rows; `schoolday.measures.dense.groups` has those by group."""
        return DENSE[name](self)

    def answers(self, names: Iterable[str]) -> dict[str, Table]:
        """Return the rows of several measures, two of them worked out at a time."""
        asked = list(names)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(zip(asked, pool.map(self.answer, asked), strict=True))

    def cells(self, name: str, found: bool = False, answer: Table | None = None) -> Iterator[Cells]:
        """Yield a measure's rows as the SQL says them: days as dates, no minimum as None.

        `found` leaves out rows of triggers by which nothing is reached or open: findings ask for no others.
        `answer` is the measure's answer, where it is there already.
        """
        days = [one.day.isoformat() for one in self.year.days]
        answer = self.answer(name) if answer is None else answer
        if found and name in _TRIGGERED:
            answer = chosen(answer, (answer[:, -1] == 1) | (answer[:, -1] == 2))
        for row in answer.tolist():
            if name in ("minutes_by_day", "participation", "study_windows"):
                row[1] = days[row[1]]
            if name == "minutes_by_day":
                row[8] = None if row[8] == NONE else row[8]
            yield tuple(row)


_TRIGGERED = ("engagement_weeks", "study_windows", "study_months")
"""Measures whose last column is how a trigger stands."""


def _minutes(at: Dense) -> Table:
    parts = []
    for one in at.year.days:
        who = np.flatnonzero(at.enrolled[one.number])
        minimum = at.minimum[one.number][at.profile]
        given, planned = at.given(one.number), at.planned(one.number)
        nothing = at.of(one.number, "planned_rows") == 0
        plan = np.where(planned >= minimum, 0, np.where(nothing, 2, 1))
        plan[minimum == NONE] = 3
        kinds = [at.of(one.number, kind)[who] for kind in MINUTES]
        rest = (given, planned, at.of(one.number, "untimed"), minimum, at.state(one.number), plan)
        parts.append(table(who, one.number, *kinds, *(column[who] for column in rest)))
    return joined(parts, 11)


def _contrary(at: Dense, number: int) -> Flags:
    flags: Flags = (at.of(number, "said_absent") > 0) & (at.attended(number) == 1) & at.enrolled[number]
    return flags


def _participation(at: Dense) -> Table:
    parts = []
    for one in at.year.days:
        who = np.flatnonzero(at.enrolled[one.number])
        contrary = _contrary(at, one.number)
        parts.append(table(who, one.number, at.attended(one.number)[who], contrary[who]))
    return joined(parts, 4)


def _short(at: Dense) -> Table:
    met, short, unsure, absent = (_count(at.states, state) for state in (0, 1, 2, 4))
    planned = np.zeros(len(at.year.pupils), np.int64)
    for one in at.year.days:
        minimum = at.minimum[one.number][at.profile]
        short_plan = (at.planned(one.number) < minimum) & (at.of(one.number, "planned_rows") > 0)
        planned += short_plan & at.enrolled[one.number]
    return table(np.arange(len(met)), met + short + unsure + absent, met, short, unsure, absent, planned)[
        at.ever
    ]


def _count(states: Ints, state: int) -> Ints:
    # Days of a year are at most 366, and a narrow sum is a quick one.
    found: Ints = np.sum(states == state, axis=0, dtype=np.int16)
    return found.astype(np.int32)


def _weeks(at: Dense) -> Table:
    return below([_week(at, week) for week in at.weeks], 7)


def week_rows(at: Dense, week: int) -> Table:
    """Return the rows of ``engagement_weeks`` of one week."""
    return table(*_week(at, week))


def _week(at: Dense, week: int) -> tuple[Column, ...]:
    over = np.full(len(at.year.profiles), 10**6, np.int32)
    share, bound = over.copy(), np.zeros(over.shape, bool)
    for profile, one, days, percent in at.limits.weeks:
        if one == week:
            bound[profile] = True
            over[profile] = over[profile] if days is None else days
            share[profile] = share[profile] if percent is None else percent
    took, absent, unknown = (_count(at.parts[at.weeks[week]], part) for part in (1, 0, 2))
    there = took + absent + unknown
    who = np.flatnonzero(there)
    state = _reached(absent, unknown, there, over[at.profile], share[at.profile])
    state[~bound[at.profile]] = 3
    return who, week, *(column[who] for column in (there, took, absent, unknown, state))


def _reached(absent: Ints, unknown: Ints, days: Ints, over: Ints, share: Ints) -> Ints:
    most = absent + unknown
    open_ = (most > over) | (most * 100 >= share * days)
    yes = (absent > over) | (absent * 100 >= share * days)
    return np.where(yes, 1, np.where(open_, 2, 0))


def _chronic(at: Dense) -> Table:
    share = np.full(len(at.year.profiles), 10**6, np.int64)
    bound = np.zeros(len(share), bool)
    for profile, percent in at.limits.chronic:
        share[profile], bound[profile] = percent, True
    took, absent, unknown = (_count(at.parts, part) for part in (1, 0, 2))
    contrary = np.zeros(len(took), np.int64)
    for one in at.year.days:
        contrary += _contrary(at, one.number)
    days = took + absent + unknown
    state = _reached(absent, unknown, days, np.full(len(days), 10**6), share[at.profile])
    state[~bound[at.profile]] = 3
    return table(np.arange(len(days)), days, absent, unknown, contrary, state)[at.ever]


def _services(at: Dense) -> Table:
    owed, provided, explained, untimed = at.services.sum(axis=0, dtype=np.int64)
    left = np.maximum(owed - provided - explained, 0)
    most = dict(at.limits.amounts).get(UNACCOUNTED)
    state = np.full(len(left), 3)
    if most is not None:
        state = np.where(left <= most, 0, np.where(untimed > 0, 2, 1))
    pupil = np.array([one.pupil for one in at.year.promises], np.int64)
    return table(np.arange(len(left)), pupil, owed, provided, explained, untimed, left, state)


def _live(at: Dense) -> Table:
    sums = np.zeros((4, len(at.year.pupils)), np.int64)
    for one in at.year.days:
        there = at.enrolled[one.number]
        sums[0] += at.of(one.number, "live") * there
        sums[1] += at.given(one.number) * there
        sums[2] += at.of(one.number, "planned_live") * there
        sums[3] += at.planned(one.number) * there
    return table(np.arange(sums.shape[1]), *sums)[at.ever]


def _planned_given(at: Dense) -> Table:
    # Planned and given minutes lie three by three, and are told side by side.
    parts: list[tuple[Column, ...]] = []
    planned, given = PLACE[f"planned_{MINUTES[0]}"], PLACE[MINUTES[0]]
    for week, numbers in at.weeks.items():
        sums = np.zeros((7, len(at.year.pupils)), np.int32)
        for number in numbers:
            facts = at.facts[number]
            if not at.all_there[number]:
                facts = facts * at.enrolled[number]
            sums[:6:2] += facts[planned : planned + 3]
            sums[1:6:2] += facts[given : given + 3]
            sums[6] += facts[PLACE["untimed"]]
        who = np.flatnonzero(at.enrolled[numbers].any(axis=0))
        parts.append((who, week, *(column[who] for column in sums)))
    return below(parts, 9)


def _strays(at: Dense) -> Table:
    days = np.zeros(len(at.year.pupils), np.int64)
    for one in at.year.days:
        days += (at.of(one.number, "rows") > 0) & ~at.enrolled[one.number]
    for pupil, number in at.strangers.items():
        days[pupil] += number
    who = np.flatnonzero(days)
    return table(who, days[who])


DENSE: Mapping[str, Callable[[Dense], Table]] = {
    "minutes_by_day": _minutes,
    "participation": _participation,
    "short_days": _short,
    "engagement_weeks": _weeks,
    "study_windows": study.windows,
    "study_months": study.months,
    "chronic_absence": _chronic,
    "service_minutes": _services,
    "live_share": _live,
    "planned_given": _planned_given,
    "strays": _strays,
}
"""The measures by name."""
