"""Roster: one district's people, schools, sections and households at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from schoolday.calendar.days import Calendar
from schoolday.roster.people import Contract, Household, Pupil, Service, Staff
from schoolday.roster.school import Bells, Enrollment, School, Section, Teaching


@dataclass(frozen=True)
class Roster:
    """A district's roster. Every map is keyed by id and keeps the order of its file.

    `places` names where the district lies, from state to district, as rules do: ``("CA", "ca-scusd")``.
    `rooms` counts a school's rooms by kind; a kind that is not there has not been counted.
    """

    district: str
    name: str
    places: tuple[str, ...]
    timezone: str
    schools: dict[str, School]
    pupils: dict[str, Pupil]
    staff: dict[str, Staff]
    sections: dict[str, Section]
    enrollments: tuple[Enrollment, ...]
    teaching: tuple[Teaching, ...]
    households: dict[str, Household]
    services: dict[str, Service]
    contracts: dict[str, Contract]
    bells: dict[str, Bells]
    calendar: Calendar
    rooms: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @cached_property
    def household_of(self) -> dict[str, str]:
        """The household of each pupil."""
        return {pupil: house.id for house in self.households.values() for pupil in house.pupils}

    @cached_property
    def teachers_of(self) -> dict[str, tuple[str, ...]]:
        """The teachers of each section, the teacher of record first."""
        found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
        for row in self.teaching:
            found[row.section].append((not row.primary, row.staff))
        return {section: tuple(staff for _, staff in sorted(rows)) for section, rows in found.items()}

    @cached_property
    def sections_at(self) -> dict[str, tuple[Section, ...]]:
        """The sections of each school, in the order of their file."""
        found: dict[str, list[Section]] = {school: [] for school in self.schools}
        for section in self.sections.values():
            found[section.school].append(section)
        return {school: tuple(rows) for school, rows in found.items()}

    @cached_property
    def pupils_at(self) -> dict[str, tuple[Pupil, ...]]:
        """The pupils of each school, in the order of their file."""
        found: dict[str, list[Pupil]] = {school: [] for school in self.schools}
        for pupil in self.pupils.values():
            found[pupil.school].append(pupil)
        return {school: tuple(rows) for school, rows in found.items()}

    @cached_property
    def enrollments_of(self) -> dict[str, tuple[Enrollment, ...]]:
        """The enrollments of each pupil who has any."""
        found: dict[str, list[Enrollment]] = defaultdict(list)
        for row in self.enrollments:
            found[row.pupil].append(row)
        return {pupil: tuple(rows) for pupil, rows in found.items()}

    @cached_property
    def rooms_of(self) -> dict[str, str]:
        """The kind of room of each section, and service group, that does not meet from home."""
        services = {row.group or row.id: row.place for row in self.services.values()}
        sections = {row.id: row.place for row in self.sections.values()}
        return {key: place for key, place in (services | sections).items() if place != "home"}

    def enrolled(self, day: date) -> dict[str, tuple[str, ...]]:
        """Return the pupils in each section on a date."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.enrollments:
            if (row.first is None or row.first <= day) and (row.last is None or day <= row.last):
                found[row.section].append(row.pupil)
        return {section: tuple(pupils) for section, pupils in found.items()}
