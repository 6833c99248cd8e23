"""Who stands in for whom, as it was last changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schooldesk import clock
from schooldesk.ledger.substitutes.models import Change, Substitution
from schooldesk.people import reads as people
from schooldesk.people.models import Role, Staff
from schooldesk.roster.models import District

ROLES = (Role.SUBSTITUTE, Role.TEACHER, Role.PROVIDER)
"""Whose accounts can stand in: those for whom it is named, and those who teach or serve themselves."""


@dataclass(frozen=True)
class Stand:
    """One substitution as it stands now: who, for whom, in which classes, from when until when.

    `last` is None where it was taken back; `before` is the last day before the newest change, by which it
    is undone, and `change` that change's number, 0 where nothing was changed since it was named.
    """

    number: int
    substitute: int
    id: str
    name: str
    school: str
    teacher: str
    sections: tuple[str, ...]
    first: date
    last: date | None
    why: str
    may_certify: bool
    who: str
    made: datetime
    change: int = 0
    before: date | None = None

    def on(self, day: date) -> bool:
        """Whether it stands on a date."""
        return self.last is not None and self.first <= day <= self.last

    def has(self, school: str, section: str, teachers: Collection[str]) -> bool:
        """Whether a section at a school, with these teachers, is among its classes."""
        mine = section in self.sections if self.sections else self.teacher in teachers
        return mine and school == self.school


def of_substitute(staff: Staff, day: date) -> list[Stand]:
    """Return where somebody stands in on a date, and on which no day of it has passed or is to come.

    This is the whole of what a substitute may: today must be one of the days, and the day asked for too.
    """
    today = clock.today(staff.district.timezone)
    return [one for one in named_to(staff, min(day, today)) if one.on(day) and one.on(today)]


def named_to(staff: Staff, since: date) -> list[Stand]:
    """Return the substitutions of somebody that reach to a date or beyond, also those not begun."""
    rows = Substitution.objects.filter(substitute=staff, last__gte=since)
    return [one for one in _stands(staff.district, rows) if one.last is not None and one.last >= since]


def of_teacher(home: District, teacher: str, first: date, last: date | None = None) -> list[Stand]:
    """Return who stands in for a teacher from a date on, or between two dates."""
    found = _named_for(home, teacher, first, last)
    return [one for one in found if one.last is not None and one.last >= first]


def ever_for(home: District, teacher: str, first: date, last: date) -> frozenset[str]:
    """Return the ids of all who were named for a teacher between two dates, ended or taken back or not."""
    return frozenset(one.id for one in _named_for(home, teacher, first, last))


def _named_for(home: District, teacher: str, first: date, last: date | None) -> list[Stand]:
    rows = Substitution.objects.filter(teacher=teacher, last__gte=first)
    return _stands(home, rows.filter(first__lte=last) if last else rows)


def of_school(home: District, school: str, first: date, last: date) -> list[Stand]:
    """Return the substitutions at a school between two dates, also those taken back or ended before."""
    rows = Substitution.objects.filter(school=school, first__lte=last, last__gte=first)
    return _stands(home, rows)


def one(home: District, school: str, number: int) -> Stand | None:
    """Return a substitution of a school by its number, or None."""
    return next(iter(_stands(home, Substitution.objects.filter(school=school, pk=number))), None)


def _stands(home: District, rows: Any) -> list[Stand]:  # noqa: ANN401 - a queryset
    found = list(rows.select_related("substitute__user").order_by("first", "pk"))
    if not found:
        return []
    changes: dict[int, list[Change]] = {row.pk: [] for row in found}
    for change in Change.objects.filter(of__in=list(changes)).order_by("pk"):
        changes[change.of_id].append(change)
    names = people.names_of(home, [row.substitute for row in found])
    return [
        stand_of(row, changes[row.pk], people.id_of(row.substitute), names[row.substitute_id])
        for row in found
    ]


def stand_of(row: Substitution, changes: Iterable[Change], who: str, name: str) -> Stand:
    """Return a row with its changes, the oldest first, as it stands now."""
    course = [(0, row.last), *((one.pk, one.last) for one in changes)]
    (number, last), before = course[-1], course[-2][1] if len(course) > 1 else None
    return Stand(
        row.pk, row.substitute_id, who, name, row.school, row.teacher,
        tuple(row.sections), row.first, last, row.why, row.may_certify, row.who, row.made, number, before,
    )  # fmt: skip


def candidates(home: District) -> list[tuple[Staff, str]]:
    """Return the accounts of a district that can stand in, each with its name, in the order of names."""
    rows = people.accounts(home, ROLES)
    names = people.names_of(home, rows)
    return sorted(((row, names[row.pk]) for row in rows), key=lambda one: (one[1], one[0].pk))
