"""The ratio of pupils to teachers in independent study, held against the one that a district may choose.

Education Code 51745.6 allows one of four: that of the district's other programs, last year's of the county's
largest unified or high school district, one that was bargained, and since 9 July 2026 a fixed 25 or lower.
Only the last is a number of the law. The others are the district's and the county's figures, so they are
entered with their source; until somebody has, the ratio is unverified and nothing is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from schoolday.ledger.daily_study import RATIO
from schoolday.measures.bounds import judge
from schoolday.measures.verdict import Found, Verdict
from schoolday.rules import Rulebook

SHARE = "ca.independent_study.ratio"
"""The rule that the ratio stays within the one allowed, by id."""


class RatioKind(StrEnum):
    """Which ratio a district chose."""

    OWN = "own_programs"
    COUNTY = "county_largest"
    BARGAINED = "bargained"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Ratio:
    """What a district says of its ratio of pupils to teachers.

    Parameters
    ----------
    allowed
        Which one it chose.
    pupils, source
        Pupils for each full-time teacher by it, and where that is written.
    teachers, teachers_source
        Full-time equivalents of the certificated employees of its independent study, and where that is
        written; None where nobody has said.
    """

    allowed: RatioKind
    pupils: Fraction
    source: str
    teachers: Fraction | None = None
    teachers_source: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A ratio and how it stands.

    `attendance` is the average daily attendance so far, `found` that for each full-time teacher; None where
    it cannot be said.
    """

    attendance: Fraction | None
    found: Fraction | None
    verdicts: tuple[Verdict, ...]


def held(credited: int, taught: int, stated: Ratio | None, rulebook: Rulebook, day: date) -> Held:
    """Return the ratio of pupils to teachers, and how it stands to what the district chose.

    Parameters
    ----------
    credited, taught
        Days of attendance that were earned, of all pupils together, and the school days that they lay in.
    stated
        What the district says of its ratio; None where nobody has said anything.
    rulebook, day
        The rules, and the date by whose clauses it is judged.
    """
    attendance = Fraction(credited, taught) if taught else None
    teachers = stated.teachers if stated else None
    found = attendance / teachers if attendance is not None and teachers else None
    share = float(100 * found / stated.pupils) if found is not None and stated else None
    verdicts = [judge(rulebook.rule(SHARE), day, [share])]
    if stated is None or stated.allowed is RatioKind.FIXED:
        value = None if stated is None or found is None else float(found)
        verdicts.append(judge(rulebook.rule(RATIO), day, [value]))
    spoken = tuple(one for one in verdicts if one.found not in (Found.NOT_IN_FORCE, Found.NOT_BOUND))
    return Held(attendance, found, spoken)


def largest_fixed(rulebook: Rulebook, day: date) -> float | None:
    """Return the largest fixed ratio that the law allows on a date; None where it knows none."""
    clause = rulebook.rule(RATIO).on(day)
    limit = clause.at_most if clause else None
    return limit.for_(None) if limit else None
