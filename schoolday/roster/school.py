"""Schools, sections and who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class School:
    """A school and the grades it serves."""

    id: str
    name: str
    grades: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Bells:
    """A school's grid of times: `slots` starts, `pitch` minutes apart, from the minute `first`."""

    school: str
    first: int
    pitch: int
    slots: int


@dataclass(frozen=True, slots=True)
class Section:
    """A course taught to a roster.

    `kind` is ``homeroom`` for a self-contained class and ``scheduled`` for a course that pupils choose;
    `link` is where its live meetings happen; `place` is ``home`` or a kind of room at the school.
    """

    id: str
    school: str
    title: str
    subject: str
    kind: str
    grades: tuple[str, ...] = ()
    course: str = ""
    link: str = ""
    place: str = "home"


@dataclass(frozen=True, slots=True)
class Enrollment:
    """A pupil in a section from the date `first` to the date `last`, both included, None where open."""

    section: str
    pupil: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Teaching:
    """A teacher of a section; `primary` is the teacher of record."""

    section: str
    staff: str
    primary: bool = True
