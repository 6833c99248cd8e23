"""What will be allowed on one date that is not on another, and whom that touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.conditions.allowed import Allowed, Outlook, State
from schoolday.conditions.effects import Opening
from schoolday.conditions.sites import Site
from schoolday.conditions.why import Why
from schoolday.ground.grades import order
from schoolday.roster import Roster


@dataclass(frozen=True)
class Group:
    """The pupils of one grade at a school, and the teachers of their classes."""

    site: Site
    grade: str
    pupils: int
    teachers: frozenset[str]


@dataclass(frozen=True)
class Turn:
    """What a change does to one way of being at one school, for grades that it does the same to.

    Parameters
    ----------
    school, grades, way
        Where, for which grades in order, and which way.
    before, after
        Whether it is allowed on the first date, and on the second.
    pupils, teachers
        How many it touches.
    whys
        What decides it on the second date.
    """

    school: str
    grades: tuple[str, ...]
    way: Opening
    before: State
    after: State
    pupils: int
    teachers: int
    whys: tuple[Why, ...]


def groups(roster: Roster, sites: Iterable[Site], day: date) -> Iterator[Group]:
    """Yield the grades of each school that have pupils, with their teachers on a date."""
    enrolled = roster.enrolled(day)
    for site in sites:
        counts: dict[str, int] = {}
        teachers: dict[str, set[str]] = {}
        for pupil in roster.pupils_at.get(site.school, ()):
            counts[pupil.grade] = counts.get(pupil.grade, 0) + 1
        for section in roster.sections_at.get(site.school, ()):
            grades = {roster.pupils[pupil].grade for pupil in enrolled.get(section.id, ())}
            for grade in grades:
                teachers.setdefault(grade, set()).update(roster.teachers_of.get(section.id, ()))
        for grade in sorted(counts, key=order):
            yield Group(site, grade, counts[grade], frozenset(teachers.get(grade, ())))


def turns(outlook: Outlook, some: Iterable[Group], before: date, after: date) -> tuple[Turn, ...]:
    """Return what is allowed on the second date and not on the first, or the other way round.

    Parameters
    ----------
    outlook
        The rules with what is known by the date of the question: a later date is a preview.
    some
        The grades of the schools that are asked about.
    before, after
        The two dates.
    """
    found: dict[tuple[str, Opening, State, State], list[tuple[Group, Allowed]]] = {}
    for group in some:
        first = outlook.allowed(group.site, group.grade, before)
        second = outlook.allowed(group.site, group.grade, after)
        for way in Opening:
            if first.states[way] is not second.states[way]:
                key = (group.site.school, way, first.states[way], second.states[way])
                found.setdefault(key, []).append((group, second))
    return tuple(_turn(*key, rows) for key, rows in found.items())


def _turn(
    school: str, way: Opening, before: State, after: State, rows: Sequence[tuple[Group, Allowed]]
) -> Turn:
    teachers = frozenset().union(*(group.teachers for group, _ in rows))
    whys = {(why.effect, why.verdict.said): why for _, one in rows for why in one.why(way)}
    return Turn(
        school,
        tuple(group.grade for group, _ in rows),
        way,
        before,
        after,
        sum(group.pupils for group, _ in rows),
        len(teachers),
        tuple(whys.values()),
    )
