"""Self-contained classes of kindergarten to grade 6, combination classes where numbers are small.

No combination class spans two bands of minutes (kindergarten, grades 1 to 3, grades 4 to 6), so each class
has one plan of minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from schoolday.ground.grades import order
from schoolday.roster import Enrollment, Section, Teaching
from schoolday.sample.people import Child, StaffRoom

BANDS = (("K",), ("1", "2", "3"), ("4", "5", "6"))
"""Grades that may share a class."""

CREDENTIAL = "Multiple Subject"


@dataclass(frozen=True, slots=True)
class Size:
    """How many pupils a class has: usually, and the limits within which one grade is kept to itself."""

    usual: int
    least: int
    most: int


_SIZES = (Size(24, 18, 28), Size(24, 18, 28), Size(30, 23, 34))
_SNAP = 4


def classes(pupils: Sequence[Child]) -> list[list[Child]]:
    """Cut a school's pupils of kindergarten to grade 6 into classes, none empty, in order of grade."""
    made: list[list[Child]] = []
    for band, size in zip(BANDS, _SIZES, strict=True):
        made += _band([[child for child in pupils if child.grade == grade] for grade in band], size)
    return made


def _band(by_grade: list[list[Child]], size: Size) -> list[list[Child]]:
    filled = [grade for grade in by_grade if grade]
    pure = [_even(grade, _number(len(grade), size)) for grade in filled]
    if all(size.least <= len(room) <= size.most for grade in pure for room in grade):
        return [room for grade in pure for room in grade]
    everyone = [child for grade in filled for child in grade]
    if not everyone:
        return []
    return _cut(everyone, [len(grade) for grade in filled], _number(len(everyone), size))


def _number(pupils: int, size: Size) -> int:
    """Return how many classes so many pupils need."""
    number = max(1, round(pupils / size.usual))
    return number if pupils <= number * size.most else number + 1


def _even(pupils: list[Child], number: int) -> list[list[Child]]:
    edges = [len(pupils) * step // number for step in range(number + 1)]
    return [pupils[low:high] for low, high in pairwise(edges) if high > low]


def _cut(pupils: list[Child], counts: list[int], number: int) -> list[list[Child]]:
    """Cut evenly, but at the border of a grade where one is near."""
    borders = [sum(counts[: index + 1]) for index in range(len(counts))]
    edges = [0]
    for step in range(1, number):
        even = len(pupils) * step // number
        edges.append(next((border for border in borders if abs(border - even) <= _SNAP), even))
    edges.append(len(pupils))
    return [pupils[low:high] for low, high in pairwise(edges) if high > low]


def homerooms(
    school: str, pupils: Sequence[Child], staff: StaffRoom, first: int = 1
) -> tuple[list[Section], list[Enrollment], list[Teaching]]:
    """Give each class of a school a room number and one teacher."""
    sections: list[Section] = []
    enrolled: list[Enrollment] = []
    teaching: list[Teaching] = []
    for number, room in enumerate(classes(pupils), first):
        section = homeroom(school, number, sorted({child.grade for child in room}, key=order))
        sections.append(section)
        enrolled += [Enrollment(section.id, name) for name in sorted(child.id for child in room)]
        teaching.append(Teaching(section.id, staff.hire((school,), "teacher", CREDENTIAL)))
    return sections, enrolled, teaching


def homeroom(school: str, number: int, grades: list[str]) -> Section:
    """Return the section of a self-contained class."""
    name = f"{school}-{number:03d}"
    label = "Kindergarten" if grades == ["K"] else f"Grade {grades[0]}"
    if len(grades) > 1:
        label = "Grades " + "/".join(grades)
    return Section(
        id=name,
        school=school,
        title=f"{label}, room {number}",
        subject="homeroom",
        kind="homeroom",
        grades=tuple(grades),
        course=f"class-{'-'.join(grades)}",
        link=link(name),
    )


def link(name: str) -> str:
    """Return the made-up address of a live meeting (the domain is reserved and leads nowhere)."""
    return f"https://meet.example/{name}"
