"""The steps of places: those on record, or where there are none, those that the rules lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schoolday.conditions.ladder import Ladder
from schoolday.conditions.memory import Assessment, Memory, replay
from schoolday.conditions.readings import Assigned, Reading, Week, everywhere, weeks
from schoolday.measures.verdict import Circumstances
from schoolday.rules import Rulebook

BY_RULES = "where the rules lead"
"""The source of a step that nobody assigned."""


def moves(name: str, start: Memory, found: Sequence[Assessment]) -> tuple[Assigned, ...]:
    """Return the steps that the rules led a place to, as if they had been assigned."""
    moved = (Assigned(name, one.after, one.week.told, BY_RULES, one.effective) for one in found if one.moved)
    return (Assigned(name, start.step, start.assigned, BY_RULES), *moved)


def measures(ladder: Ladder, book: Rulebook) -> frozenset[str]:
    """Return the measures that the ranges of a ladder ask for."""
    clauses = (clause for rule in ladder.ranges.values() for clause in book.rule(rule).clauses)
    return frozenset(limb.measure for clause in clauses for limb in clause.limbs)


def climbing(ladder: Ladder, book: Rulebook, readings: Sequence[Reading]) -> tuple[str, ...]:
    """Return the places of which something is told that moves a place on its ladder.

    Smoke, an order or a campus out of use is told of places too, and gives them no step.
    """
    asked = measures(ladder, book)
    return tuple(dict.fromkeys(one.place for one in readings if one.measure in asked))


def led(
    ladder: Ladder,
    book: Rulebook,
    places: Sequence[str],
    readings: Sequence[Reading],
    start: Memory,
    circumstances: Mapping[str, Circumstances],
) -> tuple[Assigned, ...]:
    """Return the steps that the rules lead some places to by their readings; none without readings."""
    found: list[Assigned] = []
    for place in climbing(ladder, book, [one for one in readings if one.place in places]):
        some = weeks(readings, place)
        found += _led(ladder, book, place, some, start, circumstances.get(place, frozenset()))
    return tuple(found)


def led_together(
    ladder: Ladder,
    book: Rulebook,
    name: str,
    places: Sequence[str],
    readings: Sequence[Reading],
    start: Memory,
    circumstances: Mapping[str, Circumstances],
) -> tuple[Assigned, ...]:
    """Return the steps of places that move together: a looser one only where each of them meets it."""
    there = climbing(ladder, book, [one for one in readings if one.place in places])
    some = everywhere(name, [weeks(readings, place) for place in there])
    true = frozenset.intersection(*(circumstances.get(place, frozenset()) for place in there or places))
    return _led(ladder, book, name, some, start, true)


def _led(
    ladder: Ladder,
    book: Rulebook,
    name: str,
    some: Sequence[Week],
    start: Memory,
    circumstances: Circumstances,
) -> tuple[Assigned, ...]:
    return moves(name, start, replay(ladder, book, start, some, circumstances=circumstances))
