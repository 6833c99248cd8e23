"""Small stable groups: pupils who may come before everybody, in groups that never mix, with their adults."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.ground.grades import order
from schoolday.measures.bounds import numbers_of
from schoolday.roster import Pupil, Roster
from schoolday.rules import Rulebook

CHILDREN = "ca.guidance.school_health.cohort_children"
ADULTS = "ca.guidance.school_health.cohort_adults"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many children and adults one group may have, with the clauses that say so."""

    children: int
    adults: int
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StableGroup:
    """One group of a school: its pupils, its adults, and the room it keeps (by number)."""

    school: str
    number: int
    pupils: tuple[str, ...]
    adults: tuple[str, ...]


@dataclass(frozen=True)
class Grouped:
    """A school's groups, and who is left without one: no room, or no adult."""

    groups: tuple[StableGroup, ...]
    without: tuple[str, ...]


def sizes_on(book: Rulebook, day: date) -> Sizes:
    """Return the sizes that stand on a date.

    Raises
    ------
    NotInForce
        If no clause stands: another date's sizes are never used.
    """
    found = [book.clause(rule, day) for rule in (CHILDREN, ADULTS)]
    children, adults = (int(numbers_of(clause, None).at_most or 0) for clause in found)
    return Sizes(children, adults, tuple(clause.id for clause in found))


def grouped(
    roster: Roster,
    school: str,
    pupils: Collection[str],
    sizes: Sizes,
    *,
    rooms: int,
    adults: Sequence[str],
    first: Sequence[str] = (),
) -> Grouped:
    """Return the small stable groups of a school.

    Siblings of the school share a group unless they alone are more than one may hold; otherwise groups are
    filled grade by grade. No adult is in two groups. Where rooms or adults do not suffice, those of the
    stated order have their groups first.

    Parameters
    ----------
    roster, school, pupils
        The district, the school, and those of its pupils who may come.
    sizes
        How many a group may hold (`sizes_on`).
    rooms, adults
        How many rooms there are, and who may lead a group.
    first
        Groups of pupils who go first, in this order: ``iep``, ``homeless``.
    """
    units = _units(roster, school, pupils, sizes.children)
    rank = {unit: min(_rank(roster.pupils[pupil], first) for pupil in unit) for unit in units}
    most = min(rooms, len(adults) // max(sizes.adults, 1) if sizes.adults else 0)
    inside, without = _those_first(units, rank, most * sizes.children)
    filled = _fill(sorted(inside, key=lambda unit: _grades(roster, unit)), sizes.children)
    left = [pupil for group in filled[most:] for pupil in group]
    groups = tuple(
        StableGroup(
            school,
            number + 1,
            tuple(group),
            tuple(adults[number * sizes.adults : (number + 1) * sizes.adults]),
        )
        for number, group in enumerate(filled[:most])
    )
    return Grouped(groups, (*left, *without))


def _units(roster: Roster, school: str, pupils: Collection[str], most: int) -> list[tuple[str, ...]]:
    """Return siblings of the school who come together, parted only where they are more than a group holds."""
    there = {pupil for pupil in pupils if roster.pupils[pupil].school == school}
    homes: dict[str, list[str]] = {}
    for pupil in sorted(there):
        homes.setdefault(roster.household_of.get(pupil, pupil), []).append(pupil)
    return [tuple(some[at : at + most]) for some in homes.values() for at in range(0, len(some), most)]


def _rank(pupil: Pupil, first: Sequence[str]) -> int:
    return next((place for place, name in enumerate(first) if name in pupil.groups), len(first))


def _grades(roster: Roster, unit: Sequence[str]) -> tuple[int, str]:
    return (min(order(roster.pupils[pupil].grade) for pupil in unit), unit[0])


def _those_first(
    units: Sequence[tuple[str, ...]], rank: Mapping[tuple[str, ...], int], room: int
) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return the units that go first while there is room, and the pupils of the others."""
    inside, without = list[tuple[str, ...]](), list[str]()
    for unit in sorted(units, key=lambda one: (rank[one], one)):
        if len(unit) <= room:
            inside.append(unit)
            room -= len(unit)
        else:
            without.extend(unit)
    return inside, without


def _fill(units: Sequence[tuple[str, ...]], most: int) -> list[list[str]]:
    """Return groups filled in order; a unit goes into the first group of its neighbours that has room."""
    groups: list[list[str]] = []
    for unit in units:
        room = next((group for group in groups[-3:] if len(group) + len(unit) <= most), None)
        if room is None:
            groups.append(room := [])
        room.extend(unit)
    return groups
