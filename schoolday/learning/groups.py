"""Small groups: who needs what, the question of who meets with whom and when, and its answer.

A group has one standard, one teacher, one weekly time and a few pupils, all of whom need that standard and
are free then. `schoolday.learning.exact` finds the groups; `schoolday.learning.check` checks them apart
from it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from schoolday.ground.spans import Span
from schoolday.learning.mastery import Level, Mastery
from schoolday.rules import Standing, Way


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """A weekly time: the day (0 is Monday) and the minutes of that day."""

    day: int
    span: Span

    def meets(self, other: Time) -> bool:
        """Whether the two share a minute."""
        return self.day == other.day and self.span.meets(other.span)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many pupils a group has at least and at most, and how many groups a pupil joins in a week."""

    least: int
    most: int
    a_week: int
    clauses: tuple[str, ...] = ()


def sizes_of(standing: Standing, way: Way = Way.DISTANCE) -> Sizes | None:
    """Return the sizes by the rules in force on a date, or None where nobody says them all."""
    pupils, times = (
        standing.limit("intervention_pupils", way=way),
        standing.limit("intervention_times", way=way),
    )
    if pupils.low is None or pupils.high is None or times.high is None:
        return None
    return Sizes(int(pupils.low), int(pupils.high), int(times.high), (*pupils.clauses, *times.clauses))


@dataclass(frozen=True, slots=True)
class Need:
    """A pupil who needs a standard: the chance that the bar is not reached, the surest first."""

    pupil: str
    standard: str
    chance: float


def needs_of(some: Iterable[Mastery]) -> tuple[Need, ...]:
    """Return who needs what, the surest needs of a pupil first."""
    found = (Need(one.pupil, one.standard, 1.0 - one.secure) for one in some if one.level is Level.NEEDS)
    return tuple(sorted(found, key=lambda one: (one.pupil, -one.chance, one.standard)))


def ask_first(some: Iterable[Mastery]) -> tuple[Mastery, ...]:
    """Return the pupils and standards that have to be asked about before anything can be said."""
    return tuple(one for one in some if one.level in (Level.UNCERTAIN, Level.UNKNOWN))


@dataclass(frozen=True)
class Question:
    """Who may meet with whom and when.

    Parameters
    ----------
    needs
        The standards that each pupil needs.
    free, teachers
        The weekly times at which each pupil, and each teacher, is free.
    sizes
        How large groups are, and how many a pupil joins in a week; never two on one day.
    load
        How many groups a teacher takes in a week at most.
    own
        The teachers whom a pupil has already; a group is rather given to one of them.
    """

    needs: Mapping[str, tuple[str, ...]]
    free: Mapping[str, frozenset[Time]]
    teachers: Mapping[str, frozenset[Time]]
    sizes: Sizes
    load: int = 5
    own: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def able(self) -> Mapping[tuple[Time, str], tuple[str, ...]]:
        """The pupils who need a standard and are free when some teacher is, where they are enough."""
        open_at = frozenset(time for times in self.teachers.values() for time in times)
        found: dict[tuple[Time, str], list[str]] = defaultdict(list)
        for pupil, standards in self.needs.items():
            for time in self.free.get(pupil, frozenset()) & open_at:
                for standard in standards:
                    found[time, standard].append(pupil)
        enough = (key for key, some in found.items() if len(some) >= self.sizes.least)
        return {key: tuple(sorted(found[key])) for key in sorted(enough)}

    @cached_property
    def most_pupils(self) -> int:
        """A number of pupils that no grouping can help more than, counted without any search.

        Nobody is helped who shares no time with enough others of the same need and a teacher; and nobody
        beyond the seats of all the groups that the teachers can take.
        """
        within_reach = {pupil for some in self.able.values() for pupil in some}
        return min(len(within_reach), self._seats)

    @cached_property
    def most_needs(self) -> int:
        """A number of needs that no grouping can meet more of, counted in the same way."""
        reached: dict[str, set[str]] = defaultdict(set)
        for (_, standard), some in self.able.items():
            for pupil in some:
                reached[pupil].add(standard)
        return min(sum(min(len(some), self.sizes.a_week) for some in reached.values()), self._seats)

    @property
    def _seats(self) -> int:
        """The seats of all the groups that the teachers can take."""
        times = {time for time, _ in self.able}
        groups = sum(min(self.load, len(times & free)) for free in self.teachers.values())
        return groups * self.sizes.most


@dataclass(frozen=True, slots=True)
class SmallGroup:
    """Some pupils who meet one teacher each week at one time about one standard."""

    number: int
    standard: str
    time: Time
    teacher: str
    pupils: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups, and how good they are known to be.

    Parameters
    ----------
    groups, helped
        The groups, and how many pupils are in one.
    bound, proved
        No grouping helps more pupils than `bound`; `proved` says that none is better in any respect.
    alone
        Who is in no group, each with why in words.
    """

    groups: tuple[SmallGroup, ...]
    helped: int
    bound: int
    proved: bool
    alone: Mapping[str, str] = field(default_factory=dict)


def alone(question: Question, groups: Iterable[SmallGroup]) -> dict[str, str]:
    """Return who is in no group, each with the reason that can be told."""
    placed = {pupil for one in groups for pupil in one.pupils}
    within_reach = {pupil for some in question.able.values() for pupil in some}
    open_at = frozenset(time for times in question.teachers.values() for time in times)
    found = {}
    for pupil in question.needs:
        if pupil in placed:
            continue
        if pupil in within_reach:
            found[pupil] = "the teachers' times or the groups' seats do not suffice for all"
        elif question.free.get(pupil, frozenset()) & open_at:
            found[pupil] = "too few others with the same need are free when this pupil and a teacher are"
        else:
            found[pupil] = "no teacher of these groups is free when this pupil is"
    return found


def hand_out(
    question: Question, cells: Mapping[tuple[Time, str], tuple[tuple[str, ...], ...]],
    at: Mapping[Time, tuple[str, ...]],
) -> tuple[SmallGroup, ...]:  # fmt: skip
    """Return groups with their teachers: of those who are there at the time, rather one the pupils know.

    Parameters
    ----------
    question, cells
        The question, and for each time and standard the pupils of each group.
    at
        The teachers who take a group at each time, as many as it has groups.
    """
    found: list[SmallGroup] = []
    left = {time: list(teachers) for time, teachers in at.items()}
    for (time, standard), groups in sorted(cells.items()):
        for pupils in groups:
            known = Counter(teacher for pupil in pupils for teacher in question.own.get(pupil, ()))
            teacher = max(left[time], key=lambda one: (known[one], one))
            left[time].remove(teacher)
            found.append(SmallGroup(len(found) + 1, standard, time, teacher, pupils))
    return tuple(found)


def shares(pupils: Iterable[str], groups: int) -> tuple[tuple[str, ...], ...]:
    """Return pupils in so many groups, as even as can be."""
    ordered = sorted(pupils)
    size, rest = divmod(len(ordered), groups)
    ends = [size * (i + 1) + min(i + 1, rest) for i in range(groups)]
    return tuple(tuple(ordered[start:end]) for start, end in zip([0, *ends], ends, strict=False))
