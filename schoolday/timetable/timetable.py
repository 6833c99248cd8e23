"""Timetable: the answer, as placements on the grid; and Result: how solving went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """One weekly meeting of an activity: the day (0 is Monday) and the slot at which it starts."""

    activity: str
    day: int
    slot: int


@dataclass(frozen=True)
class Timetable:
    """A school's week: placements in order of activity and day."""

    school: str
    placements: tuple[Placement, ...]


class Outcome(StrEnum):
    """How solving ended."""

    LAWFUL = "lawful"
    STOPPED = "stopped"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Cost:
    """The soft cost of a timetable, unweighted, and in all."""

    clashes: int
    gaps: int
    starts: int
    places: int
    total: int
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where solving stands: steps taken, seconds by the caller's clock, whether lawful, the best cost."""

    steps: int
    seconds: float
    lawful: bool
    cost: int


@dataclass(frozen=True)
class Result:
    """How solving went.

    `unplaced` names activities that found no place, hardest first; `trace` is the cost as it fell.
    `conflict` is the smallest set of clauses found to stand against each other, where one was proved.
    """

    outcome: Outcome
    timetable: Timetable | None
    cost: Cost | None
    steps: int
    unplaced: tuple[str, ...] = ()
    trace: tuple[Progress, ...] = ()
    conflict: tuple[str, ...] = ()


class Stop(Protocol):
    """When to stop; asked between portions of work that do not depend on the clock."""

    def __call__(self, progress: Progress) -> bool:
        """Whether to stop now."""
        ...


@dataclass(frozen=True, slots=True)
class Steps:
    """Stop after so many steps of improvement: the same on every machine."""

    most: int

    def __call__(self, progress: Progress) -> bool:
        """Whether the steps are used up."""
        return progress.lawful and progress.steps >= self.most


@dataclass(frozen=True, slots=True)
class FirstLawful:
    """Stop at the first lawful timetable."""

    def __call__(self, progress: Progress) -> bool:
        """Whether it is lawful."""
        return progress.lawful


@dataclass(frozen=True, slots=True)
class Seconds:
    """Stop after so many seconds: what is reached then depends on the machine."""

    most: float

    def __call__(self, progress: Progress) -> bool:
        """Whether the time is used up."""
        return progress.seconds >= self.most


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Stop when one of several says so."""

    stops: tuple[Stop, ...]

    def __call__(self, progress: Progress) -> bool:
        """Whether one of them stops."""
        return any(stop(progress) for stop in self.stops)


Clock = Callable[[], float]
"""Seconds from some moment; the caller's, since the core has no clock."""
