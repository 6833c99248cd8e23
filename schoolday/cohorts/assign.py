"""Make the cohorts of a district: who comes, in which half, who is refused, who cannot stay together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.cohorts.admit import Refused, admit, drawn
from schoolday.cohorts.choice import Choice, Program, standing
from schoolday.cohorts.pattern import TWO_AND_TWO, Cohorts, Pattern
from schoolday.cohorts.problem import (
    HALVES,
    HOME,
    WHOLE_WEEK,
    Coming,
    Problem,
    Seats,
    bonds,
    coming,
    problem,
)
from schoolday.cohorts.search import halve, sizes
from schoolday.roster import Roster


@dataclass(frozen=True, slots=True)
class Apart:
    """What should share a half and cannot: a household or service group, and the classes that rule it out."""

    bond: str
    pupils: tuple[str, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish for a half that is not met: the class whose half is full, or none where it is for balance."""

    pupil: str
    wish: str
    section: str = ""


@dataclass(frozen=True)
class Assigned:
    """The cohorts of a district, and what could not be had.

    Parameters
    ----------
    cohorts
        Each pupil's cohort, and the pattern of days. Who stays at home is in cohort ``C``.
    seed
        From it the same cohorts come out again.
    drawn
        How many households took part in the draw.
    refused
        Who asked to come and has no seat, with the number in the draw.
    apart
        Households and service groups that were proved unable to share a half.
    unmet
        Wishes for a half that are not met.
    unanswered
        Pupils for whom nobody chose; they are in the program that the district's rule says.
    """

    cohorts: Cohorts
    seed: int
    drawn: int = 0
    refused: tuple[Refused, ...] = ()
    apart: tuple[Apart, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    unanswered: tuple[str, ...] = ()


def assign(
    roster: Roster,
    choices: Iterable[Choice],
    seats: Seats,
    *,
    day: date,
    seed: int,
    first: Sequence[str] = (),
    otherwise: Program = Program.DISTANCE,
    pattern: Pattern = TWO_AND_TWO,
) -> Assigned:
    """Return the cohorts of a district on a date.

    Seats are never exceeded. Siblings who come share a half, at whichever schools and under whichever names,
    and so do pupils who are served as a group in a room; they are parted only where it is proved that the
    seats of some classes allow nothing else. Halves are balanced by class and by grade, wishes are met where
    that costs little, and the English learners of a class are kept together where they can be.

    Parameters
    ----------
    roster, choices, seats
        The district, what families chose, and how many pupils each class can hold at once.
    day
        The date whose enrollments and choices count.
    seed
        The same seed gives the same cohorts, and the draw that anyone can run again.
    first
        Groups of pupils whose households are drawn first, in this order: ``iep``, ``foster``.
    otherwise
        The program of a pupil for whom nobody chose.
    pattern
        The days of the cohorts ``A`` and ``B``, of ``S`` (all week) and ``C`` (at home).

    Raises
    ------
    ValueError
        If the pattern lacks one of those cohorts.
    """
    _demand_all_cohorts(pattern)
    enrolled = roster.enrolled(day)
    said = standing(choices, day)
    stands = _with_silent(roster, said, otherwise, day)
    asked = coming(roster, stands, seats, enrolled)
    number = drawn(roster, (*asked.whole_week, *asked.halves), first, seed)
    who, refused = admit(asked, seats, number)
    work = _Halving(roster, seats, stands, number, who, list(refused))
    made, half = work.rejoined(seed, *work.done(seed))
    return Assigned(
        Cohorts(pattern, _cohorts(roster, enrolled, work.who, made, half)),
        seed,
        max(number.values(), default=0),
        tuple(work.refused),
        tuple(work.apart.values()),
        tuple(_unmet(made, half, stands)),
        tuple(pupil for pupil in roster.pupils if pupil not in said),
    )


def _demand_all_cohorts(pattern: Pattern) -> None:
    lacking = {*HALVES, WHOLE_WEEK, HOME} - pattern.days.keys()
    if lacking:
        raise ValueError(f"the pattern has no cohort {', '.join(sorted(lacking))}")


def _with_silent(
    roster: Roster, said: Mapping[str, Choice], otherwise: Program, day: date
) -> dict[str, Choice]:
    silent = {pupil: Choice(pupil, otherwise, day, "") for pupil in roster.pupils if pupil not in said}
    return {**silent, **said}


@dataclass
class _Halving:
    """Halving until the seats suffice: solved exactly, bonds parted by proof, or the last drawn refused."""

    roster: Roster
    seats: Seats
    choices: Mapping[str, Choice]
    number: Mapping[str, int]
    who: Coming
    refused: list[Refused]

    def __post_init__(self) -> None:
        self.apart: dict[str, Apart] = {}

    def done(self, seed: int) -> tuple[Problem, Sequence[int]]:
        """Return the question as it stood last, and the half of each of its units."""
        while True:
            made = problem(self.roster, self.who, self.seats, self.choices, apart=self.apart)
            half, left = halve(made, seed)
            if not left:
                return made, half
            # The solver takes about a second to load, and hardly any district needs it.
            from schoolday.cohorts import exact  # noqa: PLC0415

            mended = exact.mended(made, half, left)
            if mended is not None:
                return made, mended
            rows = exact.conflict(made, left)
            if rows is None or not self._part(made, rows):
                self._refuse(made, rows or left)

    def rejoined(self, seed: int, made: Problem, half: Sequence[int]) -> tuple[Problem, Sequence[int]]:
        """Join again what was parted before others were, and need not have been."""
        for name in tuple(self.apart) if len(self.apart) > 1 else ():
            fewer = {other: one for other, one in self.apart.items() if other != name}
            again = problem(self.roster, self.who, self.seats, self.choices, apart=fewer)
            found, left = halve(again, seed)
            if not left:
                self.apart, made, half = fewer, again, found
        return made, half

    def _part(self, made: Problem, rows: Sequence[int]) -> bool:
        """Part the fewest bonds that the rows in conflict ask for; return whether there were any."""
        from schoolday.cohorts import exact  # noqa: PLC0415

        groups = {
            name: pupils
            for name, pupils in bonds(self.roster, self.who.halves).items()
            if name not in self.apart
        }
        names = exact.parted(made, rows, exact.weighing(made, rows, self.who.classes), groups)
        for name in names or ():
            classes = tuple(made.rows[row].name for row in rows)
            self.apart[name] = Apart(name, groups[name], classes)
        return bool(names)

    def _refuse(self, made: Problem, rows: Sequence[int]) -> None:
        """Take the last drawn of the rows' pupils out: no halves were found that seat all of them."""
        named = {made.rows[row].name for row in rows}
        some = [pupil for pupil in self.who.halves if named & set(self.who.classes[pupil])]
        last = max(some, key=lambda pupil: (self.number[pupil], pupil))
        section = next(one for one in self.who.classes[last] if one in named)
        self.refused.append(Refused(last, section, self.number[last], 2 * self.seats.of.get(section, 0)))
        halves = tuple(pupil for pupil in self.who.halves if pupil != last)
        self.who = Coming(halves, self.who.whole_week, self.who.classes)


def _cohorts(
    roster: Roster,
    enrolled: Mapping[str, Sequence[str]],
    who: Coming,
    made: Problem,
    half: Sequence[int],
) -> dict[str, str]:
    sitting = {pupil for pupils in enrolled.values() for pupil in pupils}
    found = {pupil: HOME for pupil in roster.pupils if pupil in sitting}
    found |= dict.fromkeys((pupil for pupil in roster.pupils if pupil in who.whole_week), WHOLE_WEEK)
    for unit, side in zip(made.units, half, strict=True):
        found |= dict.fromkeys(unit.pupils, HALVES[side])
    return found


def _unmet(made: Problem, half: Sequence[int], choices: Mapping[str, Choice]) -> Iterable[Unmet]:
    """Yield each wish that is not met, with the class in which the other half has no seat."""
    there = sizes(made, half)
    for number, unit in enumerate(made.units):
        other = HALVES[1 - half[number]]
        for pupil in unit.pupils:
            if choices[pupil].wish == other:
                yield Unmet(pupil, other, _full(made, unit.loads, there, 1 - half[number]))


def _full(
    made: Problem, loads: Sequence[tuple[int, int]], there: Sequence[tuple[int, int]], side: int
) -> str:
    for row, load in loads:
        seats = made.rows[row].seats
        if seats is not None and there[row][side] + load > seats:
            return made.rows[row].name
    return ""
