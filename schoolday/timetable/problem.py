"""TimetableProblem: the frozen question of one school's week.

Time is a grid: `days` school days of `slots` slots, `pitch` minutes apart. A meeting starts at a slot and
takes `length` slots, though it may be live for fewer minutes than they last. Every number that limits a
person's day comes from a clause and names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schoolday.ground.spans import Span

MOST_SLOTS = 18
"""The finest grid: daily rules become tables of 2**slots entries."""

CLASSROOM = "classroom"
"""The kind of room in which a section meets in person that names no other; a school may have it counted."""


class What(StrEnum):
    """What an activity is."""

    WHOLE = "whole"
    SMALL = "small"
    SECTION = "section"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Grid:
    """The times of a school's week: `first` is the minute of the day at which slot 0 starts."""

    first: int
    pitch: int
    slots: int
    days: int = 5

    def __post_init__(self) -> None:
        if not 0 < self.slots <= MOST_SLOTS:
            raise ValueError(f"a day holds 1 to {MOST_SLOTS} slots, not {self.slots}; make the pitch coarser")

    def start(self, slot: int) -> int:
        """Return the minute of the day at which a slot starts."""
        return self.first + slot * self.pitch


@dataclass(frozen=True, slots=True)
class Activity:
    """What has to meet: a whole class for one subject, a small group, a section, or a service.

    Parameters
    ----------
    id
        Unique in the problem: the section's or service's id, and what follows a slash (``s1/math``).
    source
        The id of the section or service it belongs to.
    line
        The key of the program's line (``math``, ``small``, ``section``), or ``service``.
    what, title
        Its kind, and its name in plain words.
    teachers, pupils
        Who must be there; ids in order, none twice.
    minutes, length
        Live minutes of one meeting, and the slots that one meeting takes.
    days
        The days on which it may meet (0 is Monday), at most one meeting a day.
    times
        Meetings a week; equal to ``len(days)`` where it meets on every one of them.
    starts
        Bit i is set where a meeting may start at slot i; -1 allows every slot.
    place
        ``home``, or the kind of room at the school that it needs one of.
    """

    id: str
    source: str
    line: str
    what: What
    title: str
    teachers: tuple[str, ...]
    pupils: tuple[str, ...]
    minutes: int
    days: tuple[int, ...]
    times: int
    length: int = 1
    starts: int = -1
    place: str = "home"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one person's day must hold to; None where no rule speaks.

    Parameters
    ----------
    id
        Its name; many people share one.
    window
        The minutes of the day in which meetings may lie; None means not at all that day.
    most_live
        Live minutes a day at the most.
    longest_live
        The longest unbroken stretch of live minutes. Two meetings are unbroken where less than
        `least_break` minutes lie between them.
    least_break
        The minutes without a live meeting that count as a break.
    lunch, lunch_minutes
        One free stretch of `lunch_minutes` must lie within the span `lunch`.
    preparation
        A teacher's unbroken free stretch of so many minutes within the window, lunch apart.
    clauses
        For each field that is set, the id of the clause it comes from: ``{"longest_live": "..."}``.
    """

    id: str
    window: Span | None
    most_live: int | None = None
    longest_live: int | None = None
    least_break: int = 10
    lunch: Span | None = None
    lunch_minutes: int = 0
    preparation: int | None = None
    clauses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pupils of this school in one household with too few devices; `weight` is at least 1."""

    a: str
    b: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Weights:
    """What each soft thing costs.

    `clash`: two pupils of a pair live in the same slot (or a pupil and a sibling at another school);
    `gap`: a slot in which a pupil waits between the day's first and last live meeting;
    `start`: each different start time of an activity beyond its first; `place`: a change of place in a day;
    `moved`: a meeting of an activity of `before` that starts elsewhere in the week than it did.
    """

    clash: int = 10
    gap: int = 1
    start: int = 20
    place: int = 5
    moved: int = 0


@dataclass(frozen=True)
class TimetableProblem:
    """One school's week as a question.

    Parameters
    ----------
    school, grid, activities
        Whose, when, and what has to meet; activities in a fixed order.
    limits
        Every set of limits by id.
    pupil_limits
        For each pupil, the id of the limits of every day.
    staff_limits
        For each teacher or provider, the id of the limits on each day of the grid.
    pairs
        Siblings at this school who share too few devices.
    away
        For a pupil with siblings elsewhere, for each day the slots (bit i for slot i) in which a
        sibling on the same device is live.
    rooms
        How many rooms of each kind there are.
    before
        Where a change should keep to what was: for an activity, on each day the slot at which it started,
        -1 where it did not meet.
    """

    school: str
    grid: Grid
    activities: tuple[Activity, ...]
    limits: Mapping[str, Limits]
    pupil_limits: Mapping[str, str]
    staff_limits: Mapping[str, tuple[str, ...]]
    pairs: tuple[Pair, ...] = ()
    away: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    rooms: Mapping[str, int] = field(default_factory=dict)
    weights: Weights = Weights()
    before: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def meetings(self) -> int:
        """How many meetings a week there are to place."""
        return sum(activity.times for activity in self.activities)
