"""On which weekdays a cohort is at school, and which cohort each pupil is in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Pattern:
    """The weekdays (0 is Monday) on which each cohort is at school; a cohort without any stays at home."""

    days: Mapping[str, tuple[int, ...]]

    def __post_init__(self) -> None:
        wrong = sorted(cohort for cohort, days in self.days.items() if not set(days) <= set(range(5)))
        if wrong:
            raise ValueError(f"cohorts {', '.join(wrong)} are at school on a day that is no weekday (0 to 4)")

    def on_site(self, cohort: str, day: date) -> bool:
        """Whether a cohort is at school on a date.

        Raises
        ------
        KeyError
            If the pattern has no such cohort.
        """
        return day.weekday() in self.days[cohort]


TWO_AND_TWO = Pattern({"A": (0, 1), "B": (3, 4), "C": (), "S": (0, 1, 3, 4)})
"""Two days for A, two for B, none for C; S for special education classes. San Juan Unified's board packet of
16 July 2020 has A, B and S, its minutes of 13 October 2020 C."""

EVERY_DAY = Pattern({"S": (0, 1, 2, 3, 4), "C": ()})
"""Weeks wholly in person: everybody at school all week (S), but those who stay in distance learning (C)."""


@dataclass(frozen=True)
class Cohorts:
    """Each pupil's cohort, and the pattern of their days; a pupil who is not named is in no cohort."""

    pattern: Pattern
    of: Mapping[str, str]

    def on_site(self, pupil: str, day: date) -> bool:
        """Whether a pupil is at school on a date; without a cohort never."""
        cohort = self.of.get(pupil)
        return cohort is not None and self.pattern.on_site(cohort, day)

    def at_home(self) -> frozenset[str]:
        """Return the pupils who are at school on no day."""
        return frozenset(pupil for pupil, cohort in self.of.items() if not self.pattern.days[cohort])


def everybody(pupils: Iterable[str], staying: Collection[str] = ()) -> Cohorts:
    """Return the cohorts of a week wholly in person: all of some pupils, but those who stay at home."""
    return Cohorts(EVERY_DAY, {pupil: "C" if pupil in staying else "S" for pupil in pupils})
