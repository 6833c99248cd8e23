"""Put households into shifts before timetabling: siblings on one device, one early and one late.

If every class meets at the same hours, two siblings clash in every meeting. So each self-contained class
has its whole-class meetings in the earlier or in the later part of the day, and its small groups in the
other; the classes are divided so that as many sibling pairs as possible are on opposite sides (a maximum
cut, by a greedy start and moves of single classes).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from schoolday.roster import Household, Pupil, Roster

EARLY, LATE = 0, 1

LEAST_SLOTS = 14
"""A day of fewer slots has no room for shifts: five lessons, four groups, lunch and preparation fill it."""


def shifts(roster: Roster, enrolled: Mapping[str, Sequence[str]]) -> Mapping[str, int]:
    """Return 0 (early) or 1 (late) for each self-contained class of the district.

    Parameters
    ----------
    roster
        The district.
    enrolled
        The pupils in each section on the date that is planned for, as `Roster.enrolled` gives them.
    """
    classes = [section.id for section in roster.sections.values() if section.kind == "homeroom"]
    edges = _edges(roster, {pupil: section for section in classes for pupil in enrolled.get(section, ())})
    side: dict[str, int] = {}
    for section in sorted(classes, key=lambda name: (-sum(edges[name].values()), name)):
        side[section] = _better(edges[section], side)
    _improve(edges, side)
    return {section: side[section] for section in classes}


def short_of_devices(house: Household) -> bool:
    """Whether a household is known to have fewer devices than pupils."""
    return house.devices is not None and house.devices < len(house.pupils)


def sharing(roster: Roster, among: Sequence[Pupil] | None = None) -> Iterator[tuple[str, str]]:
    """Yield each two pupils (of those named, or of all) who share too few devices."""
    of = roster.household_of
    pupils = roster.pupils if among is None else {pupil.id: pupil for pupil in among}
    for name in dict.fromkeys(of[pupil] for pupil in pupils if pupil in of):
        house = roster.households[name]
        if short_of_devices(house):
            yield from combinations([pupil for pupil in house.pupils if pupil in pupils], 2)


def at_home(roster: Roster, pupils: Collection[str]) -> Roster:
    """Return a roster whose households have only some pupils: whoever is at school needs no device."""
    houses = {
        name: replace(house, pupils=tuple(one for one in house.pupils if one in pupils))
        for name, house in roster.households.items()
    }
    return replace(roster, households=houses)


def cut(roster: Roster, enrolled: Mapping[str, Sequence[str]], side: Mapping[str, int]) -> tuple[int, int]:
    """Return how many sibling pairs in two different classes are in opposite shifts, and of how many."""
    edges = _edges(roster, {pupil: section for section in side for pupil in enrolled.get(section, ())})
    every = [(a, b, weight) for a in edges for b, weight in edges[a].items() if a < b]
    return sum(w for a, b, w in every if side[a] != side[b]), sum(w for _, _, w in every)


def windows(first: int, last: int, shift: int) -> tuple[int, int]:
    """Return the slots in which whole-class meetings and small groups may start, as bits.

    `first` to `last` (not included) are the slots in which both the class and its teacher can meet.
    Three fifths of them for five lessons, a little more than half for four groups: wide enough for
    breaks, lunch and an hour's preparation. -1 (any slot) where the day is too short for shifts.
    """
    number = last - first
    if number < LEAST_SLOTS:
        return -1, -1
    whole, small = -(-number * 3 // 5), -(-number * 11 // 20)
    if shift == EARLY:
        return _bits(first, first + whole), _bits(last - small, last)
    return _bits(last - whole, last), _bits(first, first + small)


def _bits(first: int, last: int) -> int:
    return (1 << last) - (1 << first)


Edges = Mapping[str, Mapping[str, int]]


def _edges(roster: Roster, class_of: Mapping[str, str]) -> Edges:
    edges: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for a, b in sharing(roster):
        one, other = class_of.get(a), class_of.get(b)
        if one is not None and other is not None and one != other:
            edges[one][other] += 1
            edges[other][one] += 1
    return edges


def _better(near: Mapping[str, int], side: Mapping[str, int]) -> int:
    """Return the side on which a class is apart from more of its siblings; the emptier one if equal."""
    pull = sum(
        (1 if side[other] == EARLY else -1) * weight for other, weight in near.items() if other in side
    )
    if pull == 0:
        late = sum(side.values())
        return LATE if 2 * late < len(side) else EARLY
    return LATE if pull > 0 else EARLY


def _improve(edges: Edges, side: dict[str, int]) -> None:
    """Move single classes across while that parts more siblings; every move does, so it ends."""
    moved = True
    while moved:
        moved = False
        for section in sorted(side):
            gain = sum((1 if side[section] == side[other] else -1) * w for other, w in edges[section].items())
            if gain > 0:
                side[section] = 1 - side[section]
                moved = True
