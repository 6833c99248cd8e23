"""People and households."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil; `groups` holds reporting groups (``el``, ``foster``, ``homeless``, ``iep``)."""

    id: str
    given: str
    family: str
    grade: str
    school: str
    birth: date | None = None
    groups: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What the pupil is called."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Staff:
    """A teacher, service provider or principal, with the credential held and the schools served."""

    id: str
    given: str
    family: str
    role: str
    schools: tuple[str, ...]
    credential: str = ""

    @property
    def name(self) -> str:
        """What the person is called."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Contract:
    """A teacher's contract day, in minutes of the day, and the days of the week worked (0 is Monday)."""

    staff: str
    start: int
    end: int
    days: tuple[int, ...] = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Household:
    """Who shares a home, with its language, how many devices and what connection they share.

    `language` is a BCP 47 tag; `connection` is ``broadband``, ``hotspot`` or ``none``;
    `devices` is None where nobody has asked.
    """

    id: str
    pupils: tuple[str, ...]
    language: str = "en"
    devices: int | None = None
    connection: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """Minutes promised to a pupil by an IEP: `times` meetings a week of `minutes` each.

    Services with the same `group` meet together with the same provider.
    """

    id: str
    pupil: str
    kind: str
    minutes: int
    times: int
    provider: str
    group: str = ""
    first: date | None = None
    last: date | None = None
    place: str = "home"

    def stands(self, day: date) -> bool:
        """Whether the minutes are owed on a date."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)
