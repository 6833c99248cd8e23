"""The classes of a school on the standing roster: who is in them on a date, and who teaches them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from schooldesk.roster import models as tables
from schooldesk.roster.models import District


@dataclass(frozen=True)
class Class:
    """A class: its id, title and kind, and its teacher of record, empty where it has none."""

    id: str
    title: str
    kind: str
    teacher: str


def classes(home: District, school: str) -> dict[str, Class]:
    """Return the classes of a school by id, in the order of their titles."""
    rows = tables.Section.objects.filter(version=home.roster_id, school=school)
    found = list(rows.order_by("title", "sourced").values_list("sourced", "title", "kind"))
    teachers = _teachers(home, [row[0] for row in found])
    return {row[0]: Class(*row, teachers.get(row[0], "")) for row in found}


def enrolled(home: District, sections: list[str], day: date) -> dict[str, list[str]]:
    """Return the pupils of some classes on a date, by class."""
    found: dict[str, list[str]] = {}
    then = Q(first=None) | Q(first__lte=day), Q(last=None) | Q(last__gte=day)
    for start in range(0, len(sections), 500):
        where = {"version": home.roster_id, "section__in": sections[start : start + 500]}
        rows = tables.Enrollment.objects.filter(*then, **where).order_by("pk")
        for section, pupil in rows.values_list("section", "pupil"):
            found.setdefault(section, []).append(pupil)
    return found


def _teachers(home: District, sections: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(sections), 500):
        where = {"version": home.roster_id, "section__in": sections[start : start + 500]}
        rows = tables.Teaching.objects.filter(**where).order_by("-primary", "pk")
        for section, staff in rows.values_list("section", "staff"):
            found.setdefault(section, staff)
    return found
