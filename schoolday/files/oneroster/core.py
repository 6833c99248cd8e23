"""What OneRoster's files hold of a roster, and what is written into them beyond the binding."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schoolday.roster import Enrollment, Pupil, School, Section, Staff, Teaching

NO_COURSE = "schoolday-no-course"
"""The course that is written for sections that have none."""

SCHOOL_GRADES = "metadata.schoolday.grades"
"""The extension column of orgs.csv that holds the grades a school serves."""


@dataclass(frozen=True)
class Extras:
    """What the side files add to people and sections."""

    births: Mapping[str, date] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Core:
    """What the OneRoster files hold of a roster.

    `parts` says of each user with a role whether a ``student``, ``teacher`` (any staff) or ``family``;
    `beyond` holds pupils in grades that schoolday does not plan; `left_out` counts what is no part of it.
    `faulty` holds the ids of rows that a fault of their own kept out, by what they are or may be
    (``pupils``, ``staff``, ``schools``, ``classes``): whoever names one of them is not to blame.
    """

    first: date
    last: date
    district: tuple[str, str] = ("", "")
    schools: dict[str, School] = field(default_factory=dict)
    pupils: dict[str, Pupil] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    enrollments: list[Enrollment] = field(default_factory=list)
    teaching: list[Teaching] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    beyond: set[str] = field(default_factory=set)
    other_sections: set[str] = field(default_factory=set)
    faulty: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    left_out: Counter[str] = field(default_factory=Counter)
