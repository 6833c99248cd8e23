"""What came of making cohorts, small enough to keep and whole enough to show without the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schoolday.cohorts.assign import Assigned
from schoolday.cohorts.problem import HALVES, HOME, WHOLE_WEEK, Seats, bonds
from schoolday.cohorts.told import told
from schoolday.ground.finding import Finding
from schoolday.roster import Roster

SERVICE = "service:"
"""What the name of a bond of a service begins with."""


@dataclass(frozen=True)
class ClassSize:
    """A class: how many pupils it holds at once, and how many are in either half or come all week."""

    section: str
    title: str
    school: str
    seats: int
    a: int
    b: int
    all_week: int

    @property
    def most(self) -> int:
        """The most pupils who are there at once."""
        return max(self.a, self.b) + self.all_week

    @property
    def full(self) -> bool:
        """Whether no seat is left on some day."""
        return self.most >= self.seats


@dataclass(frozen=True)
class GradeSize:
    """A grade of a school: how many of its pupils are in each cohort."""

    school: str
    grade: str
    a: int
    b: int
    all_week: int
    home: int


@dataclass(frozen=True)
class ServiceGroup:
    """Pupils who are served as a group in a room, and whether they share a cohort."""

    name: str
    kind: str
    pupils: tuple[str, ...]
    together: bool


@dataclass(frozen=True)
class Result:
    """The cohorts of a district with all that its pages show of them.

    `families` are those of whom several children come in halves, `together` how many of them share one;
    `reasons` has each pupil for whom something could not be had, what, and why, as the terminal writes it.
    """

    assigned: Assigned
    findings: tuple[Finding, ...]
    classes: tuple[ClassSize, ...]
    grades: tuple[GradeSize, ...]
    families: int
    together: int
    services: tuple[ServiceGroup, ...]
    reasons: tuple[tuple[str, str, str], ...]

    @property
    def of(self) -> Mapping[str, str]:
        """Each pupil's cohort."""
        return self.assigned.cohorts.of

    def title(self, section: str) -> str:
        """Return what a class is called."""
        return next((one.title for one in self.classes if one.section == section), section)


def measured(
    roster: Roster,
    seats: Seats,
    assigned: Assigned,
    findings: Sequence[Finding],
    enrolled: Mapping[str, Sequence[str]],
) -> Result:
    """Return the cohorts with their sizes, and what was kept together."""
    of = assigned.cohorts.of
    held = bonds(roster, [pupil for pupil, cohort in of.items() if cohort in HALVES])
    homes = [pupils for name, pupils in held.items() if not name.startswith(SERVICE)]
    return Result(
        assigned,
        tuple(findings),
        tuple(_classes(roster, seats, of, enrolled)),
        tuple(_grades(roster, of)),
        len(homes),
        sum(_share(of, pupils) for pupils in homes),
        tuple(_services(roster, of, held)),
        tuple(told(roster, assigned)),
    )


def _classes(
    roster: Roster, seats: Seats, of: Mapping[str, str], enrolled: Mapping[str, Sequence[str]]
) -> Iterator[ClassSize]:
    for name, pupils in enrolled.items():
        section, there = roster.sections[name], Counter(of.get(pupil, "") for pupil in pupils)
        yield ClassSize(
            name, section.title, section.school, seats.of.get(name, 0),
            *(there[half] for half in HALVES), there[WHOLE_WEEK],
        )  # fmt: skip


def _grades(roster: Roster, of: Mapping[str, str]) -> Iterator[GradeSize]:
    found: dict[tuple[str, str], Counter[str]] = {}
    for pupil in roster.pupils.values():
        found.setdefault((pupil.school, pupil.grade), Counter())[of.get(pupil.id, "")] += 1
    for (school, grade), there in found.items():
        yield GradeSize(school, grade, *(there[cohort] for cohort in (*HALVES, WHOLE_WEEK, HOME)))


def _services(
    roster: Roster, of: Mapping[str, str], held: Mapping[str, tuple[str, ...]]
) -> Iterator[ServiceGroup]:
    kinds = {one.group: one.kind for one in roster.services.values() if one.group}
    for name, pupils in held.items():
        if name.startswith(SERVICE):
            group = name.removeprefix(SERVICE)
            yield ServiceGroup(group, kinds[group], pupils, _share(of, pupils))


def _share(of: Mapping[str, str], pupils: Iterable[str]) -> bool:
    return len({of[pupil] for pupil in pupils}) == 1
