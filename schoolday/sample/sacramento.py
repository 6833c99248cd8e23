"""The demonstration district: Sacramento's real schools and counts in September 2020, with made-up people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schoolday.roster import Bells, Enrollment, Household, Roster, School, Section, Service, Teaching
from schoolday.sample.children import children
from schoolday.sample.elementary import homerooms
from schoolday.sample.facts import SchoolFacts
from schoolday.sample.families import families
from schoolday.sample.homes import households
from schoolday.sample.people import Child, StaffRoom, chance
from schoolday.sample.secondary import scheduled
from schoolday.sample.services import services
from schoolday.sample.year import school_year

DISTRICT = "scusd-demo"
PLACES = ("CA", "ca-scusd", "ca-scusd-demo")
ZONE = "America/Los_Angeles"
FIRST, PITCH, SLOTS = 480, 30, 15
"""Bells of every school (assumed): 15 starts, 30 minutes apart, from 08:00; minutes of the day."""

_SEVENTH = 8


@dataclass(frozen=True)
class Built:
    """A roster, and the hidden period (0 to 5) of each scheduled section, which shows that a week exists."""

    roster: Roster
    periods: dict[str, int]


def sacramento(schools: Sequence[SchoolFacts], *, seed: int = 2020) -> Roster:
    """Return the demonstration district of these schools.

    The numbers of pupils, English learners, foster and homeless children of each school are those of
    `schools`; everything about persons is made up from `seed`. The same seed gives the same roster.

    Parameters
    ----------
    schools
        The schools, from `schoolday.sample.facts.sacramento_facts`, or some of them.
    seed
        What chance starts from.
    """
    return build(schools, seed).roster


def build(schools: Sequence[SchoolFacts], seed: int) -> Built:
    """Make the roster and keep its hidden master, for tests."""
    everyone = children(schools, seed)
    homes = households(schools, families(schools, everyone, chance(seed, "families")), chance(seed, "homes"))
    staff = StaffRoom(chance(seed, "staff"))
    taught = _Taught()
    for facts in schools:
        taught.add(facts, [child for child in everyone if child.school == facts.id], staff, seed)
    promised = services(schools, everyone, staff, chance(seed, "services"))
    return Built(_roster(schools, everyone, homes, staff, taught, promised), taught.periods)


class _Taught:
    """Sections of all schools as they are made."""

    def __init__(self) -> None:
        self.sections: dict[str, Section] = {}
        self.enrollments: list[Enrollment] = []
        self.teaching: list[Teaching] = []
        self.periods: dict[str, int] = {}

    def add(self, facts: SchoolFacts, pupils: list[Child], staff: StaffRoom, seed: int) -> None:
        """Add a school: its principal, self-contained classes up to grade 6, sections from grade 7."""
        staff.hire((facts.id,), "principal", "Administrative Services", hours=None)
        younger = [child for child in pupils if child.level < _SEVENTH]
        older = [child for child in pupils if child.level >= _SEVENTH]
        rooms = homerooms(facts.id, younger, staff)
        self._keep(*rooms)
        if older:
            rng = chance(seed, "secondary", facts.id)
            rows = scheduled(facts.id, older, staff, rng, len(rooms[0]) + 1)
            self._keep(*rows[:3])
            self.periods |= rows[3]

    def _keep(self, sections: list[Section], enrolled: list[Enrollment], teaching: list[Teaching]) -> None:
        self.sections |= {section.id: section for section in sections}
        self.enrollments += enrolled
        self.teaching += teaching


def _roster(
    schools: Sequence[SchoolFacts],
    everyone: Sequence[Child],
    homes: dict[str, Household],
    staff: StaffRoom,
    taught: _Taught,
    promised: dict[str, Service],
) -> Roster:
    return Roster(
        district=DISTRICT,
        name="Sacramento City Unified (demonstration with made-up people)",
        places=PLACES,
        timezone=ZONE,
        schools={facts.id: School(facts.id, facts.name, facts.grades, facts.code) for facts in schools},
        pupils={child.id: child.pupil() for child in everyone},
        staff=staff.staff,
        sections=taught.sections,
        enrollments=tuple(taught.enrollments),
        teaching=tuple(taught.teaching),
        households=homes,
        services=promised,
        contracts=staff.contracts,
        bells={facts.id: Bells(facts.id, FIRST, PITCH, SLOTS) for facts in schools},
        calendar=school_year(),
    )
