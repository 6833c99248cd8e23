"""Help watched by student group: who needs it, who gets it and of whom it is known whether they rose.

Small numbers are hidden, and whatever would give them away. A line counts pupils, of these those in need,
of these those in a group, of these those of whom something is known, of these those who rose: each number
and each remainder between two neighbours is told only if it is none or enough people. Where a whole and all
parts but one are told, that one is no secret, so a second part is hidden with it. "Hidden" is never shown
as zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from schoolday.ground.grades import order
from schoolday.learning.helped import Followed, Turned
from schoolday.measures.hiding import given_away
from schoolday.roster import Pupil

COLUMNS = ("pupils", "needing", "grouped", "judged", "higher")
"""The numbers of a line, each counted among those of the one before."""

EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Line:
    """One student group: the kind (``grade``, ``school``, ``group``), its name, and its numbers.

    A number is None where it is hidden.
    """

    kind: str
    name: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True)
class Seen:
    """What is counted: who needs something, who is in a group, of whom a change is known, who rose."""

    needing: frozenset[str]
    grouped: frozenset[str]
    judged: frozenset[str]
    higher: frozenset[str]


def seen(needing: Iterable[str], grouped: Iterable[str], changes: Iterable[Followed]) -> Seen:
    """Return what is counted; a pupil of several groups has risen where one of the changes says so."""
    found = [one for each in changes for one in each.changes]
    judged = frozenset(one.pupil for one in found if one.turned is not Turned.UNKNOWN)
    higher = frozenset(one.pupil for one in found if one.turned is Turned.HIGHER)
    return Seen(frozenset(needing), frozenset(grouped), judged, higher)


def watched(pupils: Sequence[Pupil], of: Seen, least: int) -> tuple[Line, ...]:
    """Return a line for everybody, each grade, each school and each reporting group.

    Parameters
    ----------
    pupils, of
        Who is counted, and what of them.
    least
        The fewest people behind a number that is told.
    """
    kinds = [
        (kind, {name: _counts(some, of) for name, some in parts.items()})
        for kind, parts in _partitions(pupils)
    ]
    whole = _counts([one.id for one in pupils], of)
    counts: Table = {(EVERYBODY, EVERYBODY): whole}
    counts |= {(kind, name): numbers for kind, parts in kinds for name, numbers in parts.items() if name}
    shown: dict[Cell, Numbers] = dict(counts)
    while True:
        before = dict(shown)
        shown |= _of_everybody(shown[EVERYBODY, EVERYBODY], whole, least)
        for kind, parts in kinds:
            shown |= _of_kind(kind, parts, shown, least)
        shown |= _without_sums(pupils, counts, shown)
        if shown == before:
            return tuple(Line(kind, name, numbers) for (kind, name), numbers in shown.items())


Cell = tuple[str, str]
"""A kind and a name."""
Numbers = tuple[int | None, ...]
Table = dict[Cell, tuple[int, ...]]


def _of_everybody(shown: Numbers, whole: tuple[int, ...], least: int) -> dict[Cell, Numbers]:
    return {(EVERYBODY, EVERYBODY): _both(shown, _safe({EVERYBODY: whole}, least)[EVERYBODY])}


def _of_kind(
    kind: str, parts: Mapping[str, tuple[int, ...]], shown: Mapping[Cell, Numbers], least: int
) -> dict[Cell, Numbers]:
    """Hide of one kind what is small, and what the rest of the kind would give away."""
    safe = _safe(parts, least)
    # The part without a name is told by nobody; it is what a group leaves over.
    own = {name: _both(shown.get((kind, name), numbers), safe[name]) for name, numbers in parts.items()}
    closed = _closed(own, parts, shown[EVERYBODY, EVERYBODY], least)
    return {(kind, name): numbers for name, numbers in closed.items() if name}


def _both(shown: Numbers, safe: Numbers) -> Numbers:
    return tuple(one if other is not None else None for one, other in zip(shown, safe, strict=True))


def _without_sums(
    pupils: Sequence[Pupil], counts: Table, shown: Mapping[Cell, Numbers]
) -> dict[Cell, Numbers]:
    """Hide more until no hidden number is a sum and difference of shown ones, over all kinds together."""
    cells, found = list(counts), dict(shown)
    ways = sorted({(one.grade, one.school, tuple(sorted(one.groups))) for one in pupils})
    member = np.array([[_in(cell, way) for cell in cells] for way in ways], float).reshape(-1, len(cells))
    gram = member.T @ member
    for column in range(len(COLUMNS)):
        while used := given_away(member, gram, np.array([found[one][column] is not None for one in cells])):
            name = min((cells[one] for one in used), key=lambda cell: _last_to_go(cell, counts, column))
            found[name] = (*found[name][:column], None, *found[name][column + 1 :])
    return found


def _in(cell: Cell, way: tuple[str, str, tuple[str, ...]]) -> bool:
    kind, name = cell
    grade, school, groups = way
    return {EVERYBODY: True, "grade": name == grade, "school": name == school}.get(kind, name in groups)


def _last_to_go(cell: Cell, counts: Table, column: int) -> tuple[bool, bool, int]:
    number = counts[cell][column]
    return cell[0] == EVERYBODY, number == 0, number


def _partitions(pupils: Sequence[Pupil]) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    """Yield ways to divide all pupils; the part without a name is not shown, and yet not given away."""
    grades = sorted({one.grade for one in pupils}, key=order)
    yield "grade", {name: [one.id for one in pupils if one.grade == name] for name in grades}
    schools = dict.fromkeys(one.school for one in pupils)
    yield "school", {name: [one.id for one in pupils if one.school == name] for name in schools}
    for group in sorted({name for one in pupils for name in one.groups}):
        inside = [one.id for one in pupils if group in one.groups]
        yield "group", {group: inside, "": [one.id for one in pupils if group not in one.groups]}


def _counts(pupils: Collection[str], of: Seen) -> tuple[int, ...]:
    some = frozenset(pupils)
    counts = [len(some)]
    for narrower in (of.needing, of.grouped, of.judged, of.higher):
        some &= narrower
        counts.append(len(some))
    return tuple(counts)


def _safe(counts: Mapping[str, tuple[int, ...]], least: int) -> dict[str, Numbers]:
    """Hide each number that is small, or leaves a small remainder of the last one shown before it."""
    found: dict[str, Numbers] = {}
    for name, numbers in counts.items():
        shown: list[int | None] = []
        before: int | None = None
        for number in numbers:
            small = 0 < number < least or (before is not None and 0 < before - number < least)
            shown.append(None if small else number)
            before = before if small else number
        found[name] = tuple(shown)
    return found


def _closed(
    shown: dict[str, Numbers], counts: Mapping[str, tuple[int, ...]], whole: Numbers, least: int
) -> dict[str, Numbers]:
    """Hide more until what is hidden of a column cannot be had by taking the rest from the whole."""
    for column in range(len(COLUMNS)):
        if whole[column] is None:
            continue
        # What the hidden ones leave over of the number before is known as their sum, too.
        before = next((one for one in range(column - 1, -1, -1) if whole[one] is not None), column)
        while True:
            hidden = [name for name, numbers in shown.items() if numbers[column] is None]
            left = sorted((counts[name][column], name) for name in shown if shown[name][column] is not None)
            rest = sum(counts[name][column] for name in hidden)
            over = sum(counts[name][before] for name in hidden) - rest
            if not hidden or not left or (len(hidden) > 1 and rest >= least and not 0 < over < least):
                break
            _, name = next((pair for pair in left if pair[0]), left[0])
            numbers = shown[name]
            shown[name] = (*numbers[:column], None, *numbers[column + 1 :])
    return shown
