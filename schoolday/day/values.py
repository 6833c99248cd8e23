"""The values of a Day: blocks of time, a pupil's day, a household's day, and where devices run short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schoolday.calendar.days import DayKind
from schoolday.day.reasons import Reason


class BlockKind(StrEnum):
    """What a stretch of a person's day is."""

    LIVE = "live"
    INDEPENDENT = "independent"
    IN_PERSON = "in_person"
    LUNCH = "lunch"
    BREAK = "break"
    PREPARATION = "preparation"


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a person's day.

    Parameters
    ----------
    start, end
        Minutes of the day, local time; the end is not included.
    kind
        What it is.
    title, subject
        What the class is called, and what is taught in it; empty for lunch and breaks.
    place
        A link or a room; empty where there is none.
    teacher
        The name of the first teacher, as families know it.
    source
        The section's or service's id.
    uid
        The meeting's uid, or the activity's id for independent work.
    shared
        Whether another child of the household is live in it too while devices run short.
    pupils
        How many pupils meet, where a teacher is the reader; 0 where it is not told.
    """

    start: int
    end: int
    kind: BlockKind
    title: str = ""
    subject: str = ""
    place: str = ""
    teacher: str = ""
    source: str = ""
    uid: str = ""
    shared: bool = False
    pupils: int = 0

    @property
    def minutes(self) -> int:
        """How many minutes it lasts."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Promised:
    """What an IEP promises of one service: `times` a week `minutes` each; `today` counts this date's."""

    kind: str
    minutes: int
    times: int
    today: int


@dataclass(frozen=True, slots=True)
class PupilDay:
    """What one pupil does on one date.

    `unlaid` counts minutes of independent work without a suggested time; they are part of
    `independent`. `reasons` says for each measure which limits hold, and why; `promised` what an IEP
    promises the pupil.
    """

    pupil: str
    given: str
    grade: str
    school: str
    blocks: tuple[Block, ...]
    live: int
    independent: int
    in_person: int = 0
    unlaid: int = 0
    reasons: tuple[Reason, ...] = ()
    promised: tuple[Promised, ...] = ()

    @property
    def total(self) -> int:
        """All minutes of the pupil's day, of every kind."""
        return self.live + self.independent + self.in_person


@dataclass(frozen=True, slots=True)
class Clash:
    """A stretch in which more of a household's children are live than it has devices."""

    start: int
    end: int
    pupils: tuple[str, ...]
    names: tuple[str, ...]
    devices: int


@dataclass(frozen=True, slots=True)
class HouseholdDay:
    """What all children of one household do on one date; `reason` names a holiday or the like.

    `devices` is None where nobody has asked the family; then no clash is ever claimed.
    """

    household: str
    day: date
    kind: DayKind
    reason: str
    pupils: tuple[PupilDay, ...]
    devices: int | None = None
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called on a page: teachers, schools and sections by id; an unknown id shows nothing."""

    teachers: Mapping[str, str] = field(default_factory=dict)
    schools: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
