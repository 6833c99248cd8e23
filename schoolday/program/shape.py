"""Shape: the district's own choice of how a day's live minutes are divided into meetings.

No law says that a third-grade class meets for mathematics by itself; the district does. What it chooses
stands here, apart from the rules, and the rules decide how long the meetings last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schoolday.ground.errors import SchooldayError
from schoolday.ground.grades import GRADES
from schoolday.program.plan import Format


@dataclass(frozen=True, slots=True)
class Strand:
    """One live meeting a day: its key, what is taught, and who meets."""

    key: str
    subject: str
    format: Format = Format.WHOLE


SMALL = Strand("small", "Small group", Format.SMALL)
SECTION = Strand("section", "", Format.SECTION)

YOUNGEST = (Strand("ela", "English language arts"), Strand("math", "Mathematics"), SMALL)
ELEMENTARY = (
    Strand("ela", "English language arts"),
    Strand("math", "Mathematics"),
    Strand("eld", "English language development"),
    Strand("science", "Science"),
    Strand("social", "History and social science"),
    SMALL,
)


def _homeroom() -> dict[str, tuple[Strand, ...]]:
    return {grade: YOUNGEST if grade in ("TK", "K") else ELEMENTARY for grade in GRADES}


@dataclass(frozen=True)
class Shape:
    """How live minutes are divided into meetings.

    Parameters
    ----------
    homeroom
        For each grade, the meetings of a self-contained class in the order in which they are kept: where
        there is too little live time for all, the last go first.
    groups
        Small groups of a class; the teacher meets each of them, a pupil meets one.
    meeting, least
        The longest meeting, and the shortest one worth calling pupils together for, in minutes.
    step
        Meetings last a multiple of so many minutes.
    """

    homeroom: Mapping[str, tuple[Strand, ...]] = field(default_factory=_homeroom)
    groups: int = 4
    meeting: int = 30
    least: int = 15
    step: int = 5

    def strands(self, grade: str, kind: str) -> tuple[Strand, ...]:
        """Return the meetings of a class of a kind (``homeroom`` or ``scheduled``) for a grade."""
        if kind == "scheduled":
            return (SECTION,)
        if kind != "homeroom":
            raise SchooldayError(f"{kind!r} is no kind of section; it is homeroom or scheduled")
        if grade not in self.homeroom:
            raise SchooldayError(f"the shape has no self-contained class for grade {grade}; add one to it")
        return self.homeroom[grade]


DEFAULT = Shape()
"""Two lessons and a small group in kindergarten, five and a small group after it, 30 minutes each."""
