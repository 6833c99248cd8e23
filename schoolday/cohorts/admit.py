"""Who of those that ask to come has a seat at all: a draw in which the stated order goes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from schoolday.cohorts.problem import Coming, Seats
from schoolday.roster import Roster


@dataclass(frozen=True, slots=True)
class Refused:
    """A pupil who asked to come and stays at home.

    Parameters
    ----------
    pupil, section
        Who, and the class that had no seat.
    number
        The household's number in the draw, from 1.
    seats
        How many pupils the class holds in both halves together.
    """

    pupil: str
    section: str
    number: int
    seats: int


def drawn(roster: Roster, pupils: Sequence[str], first: Sequence[str], seed: int) -> dict[str, int]:
    """Return the number of each pupil's household in the draw, from 1.

    Parameters
    ----------
    roster, pupils
        The district, and who takes part.
    first
        Groups of pupils whose households go first, in this order: ``iep``, ``el``.
    seed
        The same seed draws the same numbers.
    """
    homes = sorted({_home(roster, pupil) for pupil in pupils})
    # The seed is published, so that anyone can draw again.
    homes = [homes[place] for place in np.random.default_rng(seed).permutation(len(homes))]
    rank: dict[str, int] = {}
    for pupil in pupils:
        home, groups = _home(roster, pupil), roster.pupils[pupil].groups
        mine = next((place for place, name in enumerate(first) if name in groups), len(first))
        rank[home] = min(mine, rank.get(home, len(first)))
    homes.sort(key=lambda home: rank[home])
    number = {home: place for place, home in enumerate(homes, 1)}
    return {pupil: number[_home(roster, pupil)] for pupil in pupils}


def _home(roster: Roster, pupil: str) -> str:
    return roster.household_of.get(pupil, pupil)


def admit(who: Coming, seats: Seats, number: Mapping[str, int]) -> tuple[Coming, tuple[Refused, ...]]:
    """Return those who have a seat in every one of their classes, in the order of the draw, and who has not.

    Parameters
    ----------
    who, seats
        Who asks to come, and the seats of the classes. A class holds its seats twice, once for each half,
        and once where it comes all week.
    number
        Each pupil's number in the draw.
    """
    left: dict[str, int] = {}
    refused: list[Refused] = []
    stay: set[str] = set()
    asked = (*who.whole_week, *who.halves)
    for pupil in sorted(asked, key=lambda one: (one not in who.whole_week, number[one], one)):
        need = 2 if pupil in who.whole_week else 1
        for section in who.classes[pupil]:
            left.setdefault(section, 2 * seats.of.get(section, 0))
        full = next((one for one in who.classes[pupil] if left[one] < need), None)
        if full is not None:
            refused.append(Refused(pupil, full, number[pupil], 2 * seats.of.get(full, 0)))
            stay.add(pupil)
            continue
        for section in who.classes[pupil]:
            left[section] -= need
    return _without(who, stay), tuple(refused)


def _without(who: Coming, stay: set[str]) -> Coming:
    return Coming(
        tuple(pupil for pupil in who.halves if pupil not in stay),
        frozenset(who.whole_week - stay),
        who.classes,
    )
