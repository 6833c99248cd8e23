"""Made-up people while a sample is being built, and chance that is the same in every process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from schoolday.ground.grades import order
from schoolday.ground.ids import stable_number
from schoolday.roster import Contract, Pupil, Staff
from schoolday.sample.names import GIVEN, SURNAMES

Chance = np.random.Generator

FULL_DAY = (480, 930)
"""A full contract day, 08:00 to 15:30, in minutes of the day (assumed)."""

CULTURES = {
    "latino": 0.27, "white": 0.24, "black": 0.16, "chinese": 0.08, "hmong": 0.07, "southasian": 0.05,
    "filipino": 0.04, "slavic": 0.03, "vietnamese": 0.02, "pacific": 0.02, "arabic": 0.01, "afghan": 0.01,
}  # fmt: skip
"""Shares of the lists of names among teachers and English-speaking homes (made up)."""


def chance(seed: int, *parts: str) -> Chance:
    """Return a generator of its own for each part of the work, so that parts do not disturb each other."""
    return np.random.default_rng([seed, stable_number(*parts)])


def draw(shares: Mapping[str, float], rng: Chance) -> str:
    """Draw a key in proportion to its share."""
    keys = list(shares)
    edges = np.cumsum([shares[key] for key in keys])
    return keys[int(np.searchsorted(edges, rng.random() * edges[-1], side="right"))]


def pick(names: tuple[str, ...], rng: Chance) -> str:
    """Pick one name, each as likely as the next."""
    return names[int(rng.integers(len(names)))]


@dataclass(slots=True)
class Child:
    """A pupil in the making."""

    id: str
    school: str
    grade: str
    given: str = ""
    family: str = ""
    birth: date | None = None
    groups: set[str] = field(default_factory=set)

    @property
    def level(self) -> int:
        """The grade's place in the order of grades."""
        return order(self.grade)

    def pupil(self) -> Pupil:
        """Return the finished pupil."""
        return Pupil(
            self.id, self.given, self.family, self.grade, self.school, self.birth, frozenset(self.groups)
        )


class StaffRoom:
    """Everyone employed, hired one by one with made-up names."""

    def __init__(self, rng: Chance, prefix: str = "t") -> None:
        self._rng, self._prefix = rng, prefix
        self.staff: dict[str, Staff] = {}
        self.contracts: dict[str, Contract] = {}

    def hire(
        self,
        schools: tuple[str, ...],
        role: str,
        credential: str,
        hours: tuple[int, int] | None = FULL_DAY,
        days: tuple[int, ...] = (0, 1, 2, 3, 4),
    ) -> str:
        """Hire one person and return the id; `hours` None means no contract day is known."""
        culture = draw(CULTURES, self._rng)
        given, family = pick(GIVEN[culture], self._rng), pick(SURNAMES[culture], self._rng)
        return self.enter(given, family, schools, role, credential, hours, days)

    def enter(
        self,
        given: str,
        family: str,
        schools: tuple[str, ...],
        role: str,
        credential: str,
        hours: tuple[int, int] | None = FULL_DAY,
        days: tuple[int, ...] = (0, 1, 2, 3, 4),
    ) -> str:
        """Enter one person whose name is known and return the id."""
        name = f"{self._prefix}{len(self.staff) + 1:04d}"
        self.staff[name] = Staff(name, given, family, role, schools, credential)
        if hours is not None:
            self.contracts[name] = Contract(name, *hours, days)
        return name
