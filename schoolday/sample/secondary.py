"""Grades 7 to 12: sections of chosen courses, and teachers who each teach at most five."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from schoolday.ground.grades import order
from schoolday.roster import Enrollment, Section, Teaching
from schoolday.sample.elementary import link
from schoolday.sample.master import APART, PERIODS, Planned, plan
from schoolday.sample.people import FULL_DAY, Chance, Child, StaffRoom

MOST_SECTIONS = 5
"""Sections that one teacher teaches at most."""

PART_TIME = {
    1: ((480, 750), (660, 930)),
    2: ((480, 750), (660, 930)),
    3: ((480, 780), (600, 930)),
}
"""Contract days by number of sections, mornings or afternoons, with room for lunch and preparation."""

_WIDER = {
    "english": "humanities", "social science": "humanities", "world language": "humanities",
    "english language development": "humanities", "mathematics": "science and mathematics",
    "science": "science and mathematics", "arts": "arts and movement",
    "physical education": "arts and movement", "career technical education": "arts and movement",
}  # fmt: skip
_SMALL_DEPARTMENT = 7


def scheduled(
    school: str, pupils: Sequence[Child], staff: StaffRoom, rng: Chance, first: int = 1, apart: int = APART
) -> tuple[list[Section], list[Enrollment], list[Teaching], dict[str, int]]:
    """Return a school's sections, who is in them and who teaches; and the hidden period of each section."""
    planned = plan(pupils, rng, apart)
    staff_sections(school, planned, staff, rng)
    return write_down(school, planned, first)


def write_down(
    school: str, planned: Sequence[Planned], first: int = 1
) -> tuple[list[Section], list[Enrollment], list[Teaching], dict[str, int]]:
    """Turn planned sections into rows of a roster, and keep their hidden periods apart."""
    sections: list[Section] = []
    enrolled: list[Enrollment] = []
    teaching: list[Teaching] = []
    periods: dict[str, int] = {}
    groups: Counter[str] = Counter()
    for number, row in enumerate(planned, first):
        groups[row.course.title] += 1
        section = _section(school, number, row, groups[row.course.title])
        sections.append(section)
        enrolled += [Enrollment(section.id, name) for name in sorted(child.id for child in row.pupils)]
        teaching.append(Teaching(section.id, row.teacher))
        periods[section.id] = row.period
    return sections, enrolled, teaching, periods


def _section(school: str, number: int, row: Planned, group: int) -> Section:
    name = f"{school}-{number:03d}"
    return Section(
        id=name,
        school=school,
        title=f"{row.course.title}, section {group}",
        subject=row.course.subject,
        kind="scheduled",
        grades=tuple(sorted({child.grade for child in row.pupils}, key=order)),
        course=row.course.code,
        link=link(name),
    )


def staff_sections(school: str, planned: Sequence[Planned], staff: StaffRoom, rng: Chance) -> None:
    """Hire teachers department by department, none with two sections in one hidden period."""
    for department, rows in _departments(planned).items():
        for load in _loads(rows):
            subjects = sorted({row.course.subject for row in load})
            credential = "Single Subject: " + "; ".join(subject.title() for subject in subjects)
            teacher = staff.hire((school,), "teacher", credential, _hours(len(load), department, rng))
            for row in load:
                row.teacher = teacher


def _hours(sections: int, department: str, rng: Chance) -> tuple[int, int]:
    part = PART_TIME.get(sections)
    return part[int(rng.random() < 0.35)] if part else FULL_DAY


def _departments(planned: Sequence[Planned]) -> dict[str, list[Planned]]:
    """Group sections by subject; in a small school several subjects share their teachers."""
    count = Counter(row.course.subject for row in planned)
    wider = Counter(_WIDER[row.course.subject] for row in planned)
    found: dict[str, list[Planned]] = defaultdict(list)
    for row in planned:
        subject = row.course.subject
        if len(planned) < 2 * PERIODS + 1:
            found["all subjects"].append(row)
        elif count[subject] >= _SMALL_DEPARTMENT or wider[_WIDER[subject]] == count[subject]:
            found[subject].append(row)
        else:
            found[_WIDER[subject]].append(row)
    return dict(sorted(found.items()))


def _loads(rows: list[Planned]) -> list[list[Planned]]:
    """Share sections among as few teachers as can be: full loads and a rest, or even loads if need be."""
    by_period: dict[int, list[Planned]] = defaultdict(list)
    for row in rows:
        by_period[row.period].append(row)
    full, rest = divmod(len(rows), MOST_SECTIONS)
    loads = _dealt(by_period, [MOST_SECTIONS] * full + [rest])
    if loads is None:
        fewest = max(full + bool(rest), max(len(found) for found in by_period.values()))
        loads = _dealt(by_period, [MOST_SECTIONS] * fewest)
    assert loads is not None, "even loads always fit: no period has more sections than teachers"
    return [load for load in loads if load]


def _dealt(by_period: dict[int, list[Planned]], room: list[int]) -> list[list[Planned]] | None:
    """Deal out sections, fullest periods first, to those with most room; None if some period cannot be."""
    loads: list[list[Planned]] = [[] for _ in room]
    for period in sorted(by_period, key=lambda period: (-len(by_period[period]), period)):
        free = sorted((n for n in range(len(room)) if room[n]), key=lambda n: (-room[n], n))
        if len(free) < len(by_period[period]):
            return None
        for row, number in zip(by_period[period], free, strict=False):
            room[number] -= 1
            loads[number].append(row)
    return loads
