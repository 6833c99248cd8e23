"""Who and what a district has: people, schools, sections, services, enrollments, households."""

from schoolday.roster.people import Contract, Household, Pupil, Service, Staff
from schoolday.roster.roster import Roster
from schoolday.roster.school import Bells, Enrollment, School, Section, Teaching

__all__ = [
    "Bells",
    "Contract",
    "Enrollment",
    "Household",
    "Pupil",
    "Roster",
    "School",
    "Section",
    "Service",
    "Staff",
    "Teaching",
]
