"""A year of facts: pupils side by side in arrays, and how each of their days stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from schoolday.measures.dense.facts import FIELDS, MINUTES, PLACE, DayOfFacts
from schoolday.measures.dense.rows import NONE, Flags, Ints
from schoolday.measures.given import MeasuredYear
from schoolday.measures.limits import Limits


@dataclass(frozen=True)
class Days:
    """A year of facts.

    Parameters
    ----------
    year, limits
        The year, and what the rules say in it.
    facts
        Shape (days, fields, pupils); `schoolday.measures.dense.facts.FIELDS`.
    services
        Shape (days, 4, promises).
    states, parts
        How each day stands, and who attended, shape (days, pupils); 5 and 3 where not enrolled.
    strangers
        On how many days without school a pupil has rows.
    """

    year: MeasuredYear
    limits: Limits
    facts: npt.NDArray[np.int16]
    services: npt.NDArray[np.int16]
    states: npt.NDArray[np.int8]
    parts: npt.NDArray[np.int8]
    strangers: dict[int, int] = field(default_factory=dict)

    @classmethod
    def empty(cls, year: MeasuredYear, limits: Limits) -> Self:
        """Return a year in which nothing is known yet; how its days stand, `take` and `stand` say."""
        days, pupils = len(year.days), len(year.pupils)
        facts = np.zeros((days, len(FIELDS), pupils), np.int16)
        services = np.zeros((days, 4, len(year.promises)), np.int16)
        return cls(year, limits, facts, services, *np.empty((2, days, pupils), np.int8))

    def take(self, number: int, day: DayOfFacts) -> None:
        """Put one day's facts in the place of what was there."""
        self.facts[number], self.services[number] = day
        self.stand(number)

    def stand(self, number: int) -> None:
        """Work out from a day's facts how it stands."""
        there, attended = self.enrolled[number], self.attended(number)
        self.states[number] = np.where(there, self._state(number, attended), 5)
        self.parts[number] = np.where(there, attended, 3)

    @cached_property
    def profile(self) -> Ints:
        """The profile of each pupil."""
        return np.array(self.year.profile_of, np.int64)

    @cached_property
    def enrolled(self) -> Flags:
        """Who was enrolled, shape (days, pupils)."""
        found = np.zeros((len(self.year.days), len(self.year.pupils)), bool)
        for pupil, first, last in self.year.spans:
            found[first : last + 1, pupil] = True
        return found

    @cached_property
    def all_there(self) -> list[bool]:
        """Whether every pupil was enrolled on each day."""
        return [bool(one.all()) for one in self.enrolled]

    @cached_property
    def minimum(self) -> Ints:
        """The standing minimum by day and profile, -1 where none stands."""
        found = np.full((len(self.year.days), len(self.year.profiles)), NONE, np.int32)
        for profile, number, least in self.limits.minima:
            found[number, profile] = least
        return found

    def given(self, number: int) -> Ints:
        """Return each pupil's given minutes of a day."""
        return self._sum(number, "")

    def planned(self, number: int) -> Ints:
        """Return each pupil's planned minutes of a day."""
        return self._sum(number, "planned_")

    def _sum(self, number: int, prefix: str) -> Ints:
        first = PLACE[prefix + MINUTES[0]]
        found: Ints = self.facts[number, first : first + 3].sum(axis=0, dtype=np.int32)
        return found

    def of(self, number: int, name: str) -> Ints:
        """Return one field of a day for each pupil."""
        found: Ints = self.facts[number, PLACE[name]]
        return found

    def attended(self, number: int) -> Ints:
        """Return 1 took part, 0 certified absent, 2 unknown, for each pupil on a day."""
        yes = (self.of(number, "evidence") > 0) | (self.of(number, "said_present") > 0)
        absent = self.of(number, "said_absent") > 0
        return np.where(yes, 1, np.where(absent, 0, 2)).astype(np.int8)

    def state(self, number: int) -> Ints:
        """Return how a day's minutes stand for each pupil: the states of ``days.sql``."""
        return self._state(number, self.attended(number))

    def _state(self, number: int, attended: Ints) -> Ints:
        minimum = self.minimum[number][self.profile]
        recorded = self.of(number, "recorded")
        unsure = (self.of(number, "untimed") > 0) | (recorded == 0)
        unsure |= recorded < self.of(number, "planned_rows")
        found = np.where(unsure, 2, 1)
        found[attended == 0] = 4
        found[self.given(number) >= minimum] = 0
        found[minimum == NONE] = 3
        return found.astype(np.int8)

    @cached_property
    def weeks(self) -> Mapping[int, list[int]]:
        """The numbers of the days of each week."""
        return _by(self.year, "week")

    @cached_property
    def months(self) -> Mapping[int, list[int]]:
        """The numbers of the days of each school month."""
        return _by(self.year, "month")

    @cached_property
    def ever(self) -> Ints:
        """The pupils who were ever enrolled."""
        return np.flatnonzero(self.enrolled.any(axis=0))


def _by(year: MeasuredYear, name: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for one in year.days:
        found.setdefault(getattr(one, name), []).append(one.number)
    return found
