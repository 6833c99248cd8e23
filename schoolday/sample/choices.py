"""Made-up choices of program and seats for the classes of a district, from a seed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from schoolday.cohorts.choice import Choice, Program
from schoolday.cohorts.problem import HALVES, Seats
from schoolday.roster import Roster

ON_SITE, SILENT, WISHES = 0.68, 0.04, 0.3
"""The shares of households that choose to come, that do not answer, and that wish for a cohort (assumed)."""
SEATS = 16
"""Seats of a classroom with six feet between them (assumed)."""
WITHIN = 14
"""Days within which the answers come."""


def choices(roster: Roster, day: date, seed: int) -> tuple[Choice, ...]:
    """Return a made-up choice for each pupil whose household answered by a date; siblings choose alike."""
    rng = np.random.default_rng(seed)
    found: list[Choice] = []
    for house in roster.households.values():
        silent, comes, wishes = rng.random(3)
        half = HALVES[int(rng.integers(2))]
        said = day - timedelta(days=int(rng.integers(WITHIN)))
        if silent < SILENT:
            continue
        program = Program.ON_SITE if comes < ON_SITE else Program.DISTANCE
        wish = half if program is Program.ON_SITE and wishes < WISHES else ""
        found += [Choice(pupil, program, said, "made up", wish) for pupil in house.pupils]
    return tuple(found)


def seats(roster: Roster, number: int = SEATS) -> Seats:
    """Return the same number of seats for every class."""
    return Seats(dict.fromkeys(roster.sections, number))
