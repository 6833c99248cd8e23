"""What the pages show: rows that stand alike told together, and each reason once, by its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from schoolday.conditions import BLUEPRINT, Assessment, Opened, everywhere, replay, weeks
from schoolday.conditions.allowed import Allowed, State
from schoolday.conditions.effects import Opening
from schoolday.conditions.preview import Group, Turn
from schoolday.conditions.why import Why
from schoolday.conditions.year import SHOWN, Share, WeekOf, share
from schoolday.files.readings import Outside
from schoolday.ground.grades import order
from schoolday.rules import Clause, Confidence, Rulebook
from schooldesk.conditions.reads import START, climbing


@dataclass(frozen=True)
class Reason:
    """One reason, told once: what it does, to which ways, by which clause, and who says so."""

    number: int
    why: Why

    @property
    def clause(self) -> Clause:
        """The clause that it follows from; every reason has one."""
        assert self.why.verdict.clause is not None
        return self.why.verdict.clause

    @property
    def href(self) -> str:
        """Where the rule stands on the page of rules."""
        return f"/rules/?on={self.clause.first.isoformat()}#{self.clause.id}"

    @property
    def made_up(self) -> bool:
        """Whether the rule is the demonstration's own."""
        return self.clause.confidence is Confidence.MADE_UP

    @property
    def ways(self) -> tuple[Opening, ...]:
        """The ways that it is about, in order."""
        return tuple(way for way in Opening if way in self.why.ways)


@dataclass
class Reasons:
    """The reasons of a page, each once, in the order in which they are met."""

    found: dict[tuple[str, str, str, str], Reason] = field(default_factory=dict)

    def of(self, whys: Iterable[Why]) -> tuple[int, ...]:
        """Return the numbers of some reasons."""
        return tuple(self._one(why).number for why in whys if why.verdict.clause is not None)

    def _one(self, why: Why) -> Reason:
        key = (why.effect.value, why.verdict.said, why.place, why.source)
        return self.found.setdefault(key, Reason(len(self.found) + 1, why))

    def __iter__(self):  # noqa: ANN204 - of reasons
        return iter(self.found.values())


@dataclass(frozen=True)
class Row:
    """Grades of a school that stand alike, with the numbers of their reasons."""

    school: str
    grades: tuple[str, ...]
    states: Mapping[Opening, State]
    reasons: tuple[int, ...]


def allowed(found: Iterable[Allowed], reasons: Reasons) -> list[Row]:
    """Return a row for each school and run of its grades that stand alike, for the same reasons."""
    rows = []
    for school, some in groupby(found, key=lambda one: one.school):
        alike: dict[tuple[object, ...], list[Allowed]] = {}
        for one in some:
            alike.setdefault((tuple(one.states.items()), reasons.of(one.whys)), []).append(one)
        for (_, numbers), ones in alike.items():
            grades = tuple(one.grade for one in ones)
            rows.append(Row(school, grades, ones[0].states, numbers))  # type: ignore[arg-type]
    return rows


@dataclass(frozen=True)
class Summed:
    """How many schools one way is open at: for every grade, for some, for none; and where nobody can say."""

    way: Opening
    all: int
    some: int
    none: int
    unverified: int


def summed(found: Iterable[Allowed]) -> list[Summed]:
    """Return for each way at how many schools it is allowed."""
    states: dict[str, list[Mapping[Opening, State]]] = {}
    for one in found:
        states.setdefault(one.school, []).append(one.states)
    return [_summed(way, [[one[way] for one in some] for some in states.values()]) for way in Opening]


def _summed(way: Opening, schools: Sequence[Sequence[State]]) -> Summed:
    unverified = sum(State.UNVERIFIED in some for some in schools)
    known = [some for some in schools if State.UNVERIFIED not in some]
    full = sum(set(some) == {State.ALLOWED} for some in known)
    none = sum(set(some) == {State.CLOSED} for some in known)
    return Summed(way, full, len(known) - full - none, none, unverified)


@dataclass(frozen=True)
class Change:
    """What changes at a school for some grades: the ways, from what to what, for how many, and why.

    `pupils` and `teachers` are None where a reader may not see how many they are.
    """

    school: str
    grades: tuple[str, ...]
    ways: tuple[Opening, ...]
    before: State
    after: State
    pupils: int | None
    teachers: int | None
    reasons: tuple[int, ...]


def changes(
    turned: Iterable[Turn], reasons: Reasons, told: Iterable[Group], everything: bool
) -> list[Change]:
    """Return what changes, ways that change alike together; a count of few people to planners alone."""
    open_ = {(one.site.school, one.grade) for one in told}
    alike: dict[tuple[object, ...], list[Turn]] = {}
    for one in turned:
        alike.setdefault((one.school, one.grades, one.before, one.after), []).append(one)
    found = []
    for some in alike.values():
        first = some[0]
        seen = all((first.school, grade) in open_ for grade in first.grades)
        found.append(
            Change(
                first.school,
                first.grades,
                tuple(one.way for one in some),
                first.before,
                first.after,
                first.pupils if seen else None,
                first.teachers if everything else None,
                reasons.of({id(why): why for one in some for why in one.whys}.values()),
            )
        )
    return found


@dataclass(frozen=True)
class Week:
    """One week of a way: pupils and schools by share, by these rules and others, and whether they part."""

    monday: date
    pupils: Mapping[Share, int]
    schools: Mapping[Share, int]
    other_pupils: Mapping[Share, int]
    other_schools: Mapping[Share, int]
    parts: bool


def by_week(
    one: Sequence[WeekOf],
    other: Sequence[WeekOf],
    groups: Sequence[Group],
    told: Sequence[Group],
    way: Opening,
) -> list[Week]:
    """Return each week of a way; pupils are counted from the groups that a reader may see."""
    place, found = SHOWN.index(way), []
    for number, week in enumerate(one):
        mine = _counts(week, groups, told, place)
        theirs = _counts(other[number], groups, told, place) if other else ({}, {})
        parts = bool(other) and any(
            days[place] != other[number].days[key][place] for key, days in week.days.items()
        )
        found.append(Week(week.monday, *mine, *theirs, parts))
    return found


def _counts(
    week: WeekOf, groups: Sequence[Group], told: Sequence[Group], place: int
) -> tuple[dict[Share, int], dict[Share, int]]:
    pupils: dict[Share, int] = {}
    schools: dict[Share, set[str]] = {}
    for group in groups:
        one = share(week.days[group.site.school, group.grade][place])
        schools.setdefault(one, set()).add(group.site.school)
    for group in told:
        one = share(week.days[group.site.school, group.grade][place])
        pupils[one] = pupils.get(one, 0) + group.pupils
    return pupils, {one: len(some) for one, some in schools.items()}


@dataclass(frozen=True)
class Course:
    """How grades of a school went through a year, by the rules and by others."""

    school: str
    grades: tuple[str, ...]
    mine: tuple[Share, ...]
    other: tuple[Share, ...]


def by_school(
    one: Sequence[WeekOf], other: Sequence[WeekOf], groups: Sequence[Group], way: Opening
) -> list[Course]:
    """Return the course of each school, grades that went alike together."""
    place = SHOWN.index(way)
    alike: dict[tuple[str, tuple[Share, ...], tuple[Share, ...]], list[str]] = {}
    for group in groups:
        key = (group.site.school, group.grade)
        mine = tuple(share(week.days[key][place]) for week in one)
        theirs = tuple(share(week.days[key][place]) for week in other)
        alike.setdefault((group.site.school, mine, theirs), []).append(group.grade)
    return [
        Course(school, tuple(sorted(grades, key=order)), mine, theirs)
        for (school, mine, theirs), grades in alike.items()
    ]


@dataclass(frozen=True)
class Led:
    """One place: its weeks by the rules, and the step that was on record at each."""

    name: str
    weeks: tuple[Assessment, ...]
    record: tuple[str, ...]


def places(outside: Outside, book: Rulebook, together: str = "") -> list[Led]:
    """Return where the rules lead each place with readings; with a name also all of them together."""
    names = climbing(outside, book)
    found = []
    for name in names:
        true = outside.circumstances.get(name, frozenset())
        some = replay(BLUEPRINT, book, START, weeks(outside.readings, name), circumstances=true)
        found.append(Led(name, some, tuple(_record(outside, name, one) for one in some)))
    if together and len(names) > 1:
        worst = everywhere(together, [weeks(outside.readings, name) for name in names])
        some = replay(BLUEPRINT, book, START, worst)
        found.append(Led(together, some, ("",) * len(some)))
    return found


def _record(outside: Outside, name: str, week: Assessment) -> str:
    """Return the step that a place had been assigned by a week's date, or nothing."""
    given = [one for one in outside.assigned if one.place == name and one.told <= week.week.told]
    return max(given, key=lambda one: one.told).step if given else ""


def beside(led: Sequence[Led]) -> list[tuple[date, list[tuple[Assessment, str] | None]]]:
    """Return a row for each data week: its last day, and each place's week, or None."""
    lasts = sorted({one.week.last for place in led for one in place.weeks})
    by_place = [
        {one.week.last: (one, record) for one, record in zip(place.weeks, place.record, strict=True)}
        for place in led
    ]
    return [(last, [some.get(last) for some in by_place]) for last in lasts]


def opens(opened: Opened | None) -> Clause | None:
    """Return the clause that opens schools after a step, where one does."""
    return opened.verdict.clause if opened and opened.verdict else None
