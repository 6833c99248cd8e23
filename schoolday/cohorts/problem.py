"""The question of the cohorts: units that stay together, and the rooms and balances that they weigh on.

A unit is what shares one cohort: the children of a household who come to school, or those who share a service
in a room. A row is a class that has seats, or the pupils of a grade at a school, who are to be halved too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schoolday.cohorts.choice import Choice, Program
from schoolday.roster import Roster

HALVES = ("A", "B")
WHOLE_WEEK = "S"
HOME = "C"


@dataclass(frozen=True)
class Seats:
    """How many pupils a class can hold at once; `whole_week` names classes that come on every day on site.

    A class without a number has no room, so nobody of it can come to it.
    """

    of: Mapping[str, int]
    whole_week: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """A class with seats, or a grade of a school to be halved, which has none.

    Parameters
    ----------
    name
        The section's id, or ``school/grade``.
    seats
        How many may be there at once beside those who come all week; None for a balance alone.
    weight
        What one pupil too many on one side costs, squared.
    """

    name: str
    seats: int | None
    weight: float = 1.0


@dataclass(frozen=True)
class Unit:
    """Pupils who share one cohort, with how many of them weigh on each row (by its number)."""

    pupils: tuple[str, ...]
    loads: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Problem:
    """What is to be halved, frozen.

    Parameters
    ----------
    rows, units
        The rows and the units, in fixed order.
    wishes
        For some units the half wished for (0 or 1).
    beside
        Pairs of units of which a family asked that they share a half.
    together
        Groups of units of which it is better that they share a half: language supports.
    """

    rows: tuple[Row, ...]
    units: tuple[Unit, ...]
    wishes: Mapping[int, int] = field(default_factory=dict)
    beside: tuple[tuple[int, int], ...] = ()
    together: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Coming:
    """Who is to come to school: in halves, all week, or not at all."""

    halves: tuple[str, ...]
    whole_week: frozenset[str]
    classes: Mapping[str, tuple[str, ...]]
    """The sections of each pupil that count: those with pupils in a room."""


def coming(
    roster: Roster, choices: Mapping[str, Choice], seats: Seats, enrolled: Mapping[str, Sequence[str]]
) -> Coming:
    """Return who asked to come to school, and in which classes they sit."""
    classes: dict[str, list[str]] = {}
    whole: set[str] = set()
    for section, pupils in enrolled.items():
        for pupil in pupils:
            classes.setdefault(pupil, []).append(section)
        if section in seats.whole_week:
            whole.update(pupils)
    asked = [
        pupil
        for pupil in roster.pupils
        if pupil in classes and pupil in choices and choices[pupil].program is Program.ON_SITE
    ]
    return Coming(
        tuple(pupil for pupil in asked if pupil not in whole),
        frozenset(whole.intersection(asked)),
        {pupil: tuple(classes[pupil]) for pupil in asked},
    )


def problem(
    roster: Roster,
    who: Coming,
    seats: Seats,
    choices: Mapping[str, Choice],
    *,
    apart: Collection[str] = (),
    grade_weight: float = 0.25,
) -> Problem:
    """Return the question of how to halve those who come.

    Parameters
    ----------
    roster, who, seats, choices
        The district, who comes, the seats of the classes, the choices that stand.
    apart
        Households, and service groups, that need not share a half: it was proved that they cannot.
    grade_weight
        What a pupil too many in a grade of a school costs beside one in a class.
    """
    numbers: dict[str, int] = {}
    rows: list[Row] = []
    taken = _whole_week(who)
    for pupil in who.halves:
        for name in (*who.classes[pupil], _grade(roster, pupil)):
            if name not in numbers:
                numbers[name] = len(rows)
                there = None if "/" in name else max(seats.of.get(name, 0) - taken.get(name, 0), 0)
                rows.append(Row(name, there, grade_weight if there is None else 1.0))
    units = tuple(_units(roster, who, numbers, frozenset(apart)))
    unit_of = {pupil: number for number, unit in enumerate(units) for pupil in unit.pupils}
    return Problem(
        tuple(rows),
        units,
        _wishes(units, choices),
        tuple(_beside(unit_of, choices)),
        tuple(_together(roster, who, unit_of)),
    )


def _whole_week(who: Coming) -> dict[str, int]:
    """Return how many pupils of each class come all week and so sit in it on both halves' days."""
    found: dict[str, int] = {}
    for pupil in who.whole_week:
        for section in who.classes[pupil]:
            found[section] = found.get(section, 0) + 1
    return found


def _grade(roster: Roster, pupil: str) -> str:
    one = roster.pupils[pupil]
    return f"{one.school}/{one.grade}"


def bonds(roster: Roster, pupils: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return what holds pupils together, by name: each household, and each group served in a room."""
    there = frozenset(pupils)
    found: dict[str, Sequence[str]] = {
        f"household:{house.id}": house.pupils for house in roster.households.values()
    }
    groups: dict[str, list[str]] = {}
    for service in roster.services.values():
        if service.group and service.place != "home":
            groups.setdefault(f"service:{service.group}", []).append(service.pupil)
    found |= {name: tuple(dict.fromkeys(members)) for name, members in groups.items()}
    mine = {name: tuple(pupil for pupil in some if pupil in there) for name, some in found.items()}
    return {name: some for name, some in mine.items() if len(some) > 1}


def _units(roster: Roster, who: Coming, numbers: Mapping[str, int], apart: frozenset[str]) -> Iterable[Unit]:
    above: dict[str, str] = {pupil: pupil for pupil in who.halves}

    def top(pupil: str) -> str:
        while above[pupil] != pupil:
            above[pupil] = pupil = above[above[pupil]]
        return pupil

    for name, some in bonds(roster, who.halves).items():
        if name not in apart:
            for pupil in some[1:]:
                above[top(pupil)] = top(some[0])
    members: dict[str, list[str]] = {}
    for pupil in who.halves:
        members.setdefault(top(pupil), []).append(pupil)
    for unit in members.values():
        loads: dict[int, int] = {}
        for pupil in unit:
            for name in (*who.classes[pupil], _grade(roster, pupil)):
                loads[numbers[name]] = loads.get(numbers[name], 0) + 1
        yield Unit(tuple(unit), tuple(sorted(loads.items())))


def _wishes(units: Sequence[Unit], choices: Mapping[str, Choice]) -> dict[int, int]:
    """Return the half that each unit wishes for: the one that most of it named, none where they are even."""
    found = {}
    for number, unit in enumerate(units):
        named = [choices[pupil].wish for pupil in unit.pupils if choices[pupil].wish in HALVES]
        first = named.count(HALVES[0])
        if 2 * first != len(named):
            found[number] = int(2 * first < len(named))
    return found


def _beside(unit_of: Mapping[str, int], choices: Mapping[str, Choice]) -> Iterable[tuple[int, int]]:
    for pupil, number in unit_of.items():
        other = unit_of.get(choices[pupil].beside)
        if other is not None and other != number:
            yield number, other


def _together(roster: Roster, who: Coming, unit_of: Mapping[str, int]) -> Iterable[tuple[int, ...]]:
    """Yield the units of the English learners of each self-contained class: their support is one group."""
    found: dict[str, list[int]] = {}
    for pupil in who.halves:
        if "el" in roster.pupils[pupil].groups:
            for section in who.classes[pupil]:
                if roster.sections[section].kind == "homeroom":
                    found.setdefault(section, []).append(unit_of[pupil])
    for some in found.values():
        units = tuple(dict.fromkeys(some))
        if len(units) > 1:
            yield units
