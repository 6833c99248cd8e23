"""Who makes up the ratio of independent study: each school's and span of grades' part of the whole.

The law compares the ratio of the whole district (Education Code 51745.6); the parts are shown beside it and
are held against nothing. The spans are those that section 51747(e) sets live teaching by. Parts add up to the
whole: days or teachers of which nobody says where they belong are a part of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from schoolday.ground.grades import span

SPANS = ("TK-3", "4-8", "9-12")
"""The spans of grades that are told apart."""
OTHERS = "*"
"""In the place of a school: all schools that are not told apart."""
Key = tuple[str, str]
"""A school and a span of grades; empty where nobody says which."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a school and span of grades adds to the ratio.

    Parameters
    ----------
    school, span
        Which; empty where nobody says.
    days, taught
        Days of attendance that its pupils have earned, and the school days that they lay in.
    teachers
        Full-time equivalents of its teachers; None where nobody says.
    """

    school: str
    span: str
    days: int
    taught: int
    teachers: Fraction | None

    @property
    def attendance(self) -> Fraction | None:
        """Its average daily attendance; None before the first school day."""
        return Fraction(self.days, self.taught) if self.taught else None

    @property
    def found(self) -> Fraction | None:
        """Its pupils for each full-time teacher; None where that cannot be said."""
        return self.attendance / self.teachers if self.attendance is not None and self.teachers else None


def span_of(grade: str) -> str:
    """Return the span that a grade lies in; empty for what is no grade."""
    return next((one for one in SPANS if grade in span(one)), "")


def parts(
    days: Mapping[Key, int], taught: int, teachers: Mapping[Key, Fraction], whole: Fraction | None
) -> tuple[Part, ...]:
    """Return the parts of a ratio, by school and span.

    Parameters
    ----------
    days
        Days of attendance earned, by school and grade.
    taught
        The school days that they lay in.
    teachers, whole
        Full-time equivalents by school and span as far as somebody says, and of all together; what is said of
        no school is a part without one.

    Raises
    ------
    ValueError
        If the teachers of schools are more than all together.
    """
    earned: Counter[Key] = Counter()
    for (school, grade), number in days.items():
        earned[school, span_of(grade)] += number
    rest = (whole or Fraction(0)) - sum(teachers.values(), Fraction(0))
    if rest < 0:
        raise ValueError("the teachers of schools are more than all together")
    said = dict(teachers) | ({("", ""): rest + teachers.get(("", ""), Fraction(0))} if rest else {})
    keys = sorted({*earned, *said}, key=lambda key: (not key[0], key[0], not key[1], _place(key[1])))
    return tuple(Part(*key, earned[key], taught, said.get(key)) for key in keys)


def _place(name: str) -> int:
    return SPANS.index(name) if name in SPANS else len(SPANS)


def narrowed(some: Iterable[Part], schools: Collection[str]) -> tuple[Part, ...]:
    """Return the parts of some schools, with one of all other schools together.

    Teachers of whom nobody says where they teach stay a part of their own.
    """
    mine, others = list[Part](), defaultdict[int, list[Part]](list)
    for one in some:
        if one.school in schools or not one.school:
            mine.append(one)
        else:
            others[one.taught].append(one)
    return (*mine, *(_merged(these, taught) for taught, these in others.items()))


def _merged(some: Collection[Part], taught: int) -> Part:
    known = [one.teachers for one in some if one.teachers is not None]
    teachers = sum(known, Fraction(0)) if known else None
    return Part(OTHERS, "", sum(one.days for one in some), taught, teachers)
