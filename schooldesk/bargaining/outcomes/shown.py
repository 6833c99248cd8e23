"""What the page of a position is laid out from: its numbers as a reader may see them, and its charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from schoolday.bargaining.compared import Consequences, figure, numbers
from schoolday.bargaining.ground import State
from schoolday.bargaining.measured import GradeMinutes, TeacherDay
from schoolday.bargaining.whatif import Broken
from schoolday.rules import Clause
from schoolday.rules.tell import cited
from schooldesk.bargaining.outcomes import sentences
from schooldesk.bargaining.outcomes.charts import Bar, Group, chart
from schooldesk.bargaining.outcomes.codec import Found
from schooldesk.bargaining.outcomes.disclosure import HIDDEN, Sight, counts
from schooldesk.day.languages import Speech
from schooldesk.rules.reads import rulebook


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Line:
    """One measure under both positions, as it is written."""

    measure: str
    mine: str
    other: str


@dataclass(frozen=True)
class Grade:
    """A child's day in one grade under both positions; None where there is no plan of minutes."""

    name: str
    pupils: str
    mine: GradeMinutes | None
    other: GradeMinutes | None
    unbroken: tuple[str, str]


def told(value: float | str | None) -> str:
    """Return a number as it is written: as the terminal prints it, or that it is hidden."""
    return HIDDEN if value == HIDDEN else figure(None if isinstance(value, str) else value)


def lines(found: Found, sight: Sight) -> list[Line]:
    """Return what sums both positions up."""
    mine, other = numbers(found.position), numbers(found.against)
    return [
        Line(name, told(sight.told(name, mine[name])), told(sight.told(name, other[name])))
        for name in sentences.MEASURES
    ]


def changes(found: Found, sight: Sight) -> dict[str, str]:
    """Return how many homes and pupils gain or lose something; unknown where some school has no week."""
    known = not found.position.unplanned and not found.against.unplanned
    there = counts((found.position, found.against))
    homes, services = there["homes"], there["services"]
    values = {
        "homes_gained": homes["gained"],
        "homes_eased": homes["eased"],
        "services_gone": services["gone"],
        "services_kept": services["kept"],
        "pupils_gone": services["pupils gone"],
        "pupils_kept": services["pupils kept"],
    }
    return {name: told(sight.told(name, value if known else None)) for name, value in values.items()}


def grades(found: Found, sight: Sight) -> list[Grade]:
    """Return a child's day in each grade and kind of class."""
    mine = {(row.grade, row.kind): row for row in found.position.by_grade}
    other = {(row.grade, row.kind): row for row in found.against.by_grade}
    keys = [*mine, *(key for key in other if key not in mine)]
    names = [grade for grade, _kind in keys]
    twice = {grade for grade in names if names.count(grade) > 1}
    return [
        Grade(
            f"{grade} {kind}" if grade in twice else grade,
            told(sight.told("pupils", (mine.get((grade, kind)) or other[grade, kind]).pupils)),
            mine.get((grade, kind)),
            other.get((grade, kind)),
            (_stretch(mine.get((grade, kind)), sight), _stretch(other.get((grade, kind)), sight)),
        )
        for grade, kind in keys
    ]


def _stretch(row: GradeMinutes | None, sight: Sight) -> str:
    return told(sight.told("unbroken", row.unbroken if row else None))


def against(one: Consequences, sight: Sight) -> list[Broken]:
    """Return what stands against a position; in words of a school's week a person may stand."""
    if sight.everything:
        return list(one.broken)
    bare = (Broken("" if row.school else row.said, row.clauses) for row in one.broken)
    return list(dict.fromkeys(bare))


def clauses(row: Broken) -> list[Clause]:
    """Return the clauses that something follows from; what is none of the rules' is a contract or a bell."""
    return [clause for _name, _rule, clause in cited(rulebook(), row.clauses) if clause is not None]


def children_chart(rows: Sequence[Grade], s: Speech) -> Markup:
    """Return the chart of a child's live and independent minutes in each grade, under both positions."""
    groups = [Group(row.name, [*_day(row.mine, "mine"), *_day(row.other, "other")]) for row in rows]
    return chart("chart-children", s.say(_("Minutes a day of a child, by grade")), groups)


def _day(row: GradeMinutes | None, whose: str) -> Iterator[Bar]:
    if row is not None:
        parts = [(f"live {whose}", row.live), (f"own {whose}", row.independent)]
        yield Bar(parts, f"{row.live} + {row.independent}")


def pairs_chart(
    key: str, title: str, rows: Sequence[tuple[str, float | str | None, float | str | None]]
) -> Markup:
    """Return a chart of numbers under both positions; one that is unknown or hidden has no bar."""
    groups = [
        Group(name, [Bar([(whose, value)], figure(value)) for whose, value in both if _number(value)])
        for name, both in ((name, (("live mine", mine), ("live other", other))) for name, mine, other in rows)
    ]
    return chart(key, title, [group for group in groups if group.bars])


def _number(value: object) -> bool:
    return isinstance(value, int | float)


SHORT: Mapping[str, str] = {
    "teacher_live": _("live"),
    "teacher_day": _("whole day"),
    "teacher_preparation": _("preparation"),
    "over_contract": _("over contract"),
    "homes_clashing": _("with a clash"),
    "services_lost": _("no place"),
}
"""What a measure is called beside a bar."""


def measures_chart(
    key: str, title: str, names: Sequence[str], found: Found, sight: Sight, s: Speech
) -> Markup:
    """Return a chart of some measures under both positions."""
    mine, other = numbers(found.position), numbers(found.against)
    rows = [
        (s.say(SHORT[name]), sight.told(name, mine[name]), sight.told(name, other[name])) for name in names
    ]
    return pairs_chart(key, s.say(title), rows)


def states_chart(states: Mapping[State, int], s: Speech) -> Markup:
    """Return the chart of how many packages came out how."""
    groups = [
        Group(s.say(name), [Bar([("live mine", states[state])], f"{states[state]:,}")])
        for state, name in sentences.STATES.items()
        if states.get(state)
    ]
    return chart("chart-states", s.say(_("How the packages came out")), groups)


def each_teacher(found: Found) -> list[tuple[TeacherDay, TeacherDay | None]]:
    """Return every teacher's day under both positions, for planners."""
    other = {(row.staff, row.school): row for row in found.against.teachers}
    return [(row, other.get((row.staff, row.school))) for row in found.position.teachers]


def each_home(found: Found) -> list[tuple[str, int, int]]:
    """Return every home with a clash and its minutes a week under both positions, for planners."""
    mine = {home.household: home.minutes for home in found.position.households}
    other = {home.household: home.minutes for home in found.against.households}
    every = sorted({name for name in (*mine, *other) if mine.get(name) or other.get(name)})
    return [(name, mine.get(name, 0), other.get(name, 0)) for name in every]
