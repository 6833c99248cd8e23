"""Pupils who have left: their names as they were, and the days on which they were in a class or a service.

A roster's version is deleted when the next one stands. What sealed weeks and entries still need of it is kept
here, and no more: of pupils who have entries or stood in a certified week, the name, grade and last school;
of those with entries, how long they were in a class that goes on without them, or had a service. One function
answers for all pages what a pupil is called, on the roster or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from schoolday.ground.errors import SchooldayError
from schoolday.ledger.week import Enrolled
from schoolday.roster import Pupil, Roster
from schooldesk import clock, scope
from schooldesk.ledger import models as tables
from schooldesk.people.writes import record
from schooldesk.roster import models as people
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

PART = 500
"""Ids of one question, and rows of one statement."""


def pupils(home: District, ids: Collection[str]) -> dict[str, Pupil]:
    """Return pupils by id, of whichever school: as the roster has them, else as they were when they left it.

    Who left before names were kept is called by the id, and has no grade and no school.
    """
    found = roster.some(home, ids)
    lost = sorted(set(ids) - found.keys())
    for part in _parts(lost):
        for row in tables.FormerPupil.objects.filter(pupil__in=part):
            found[row.pupil] = Pupil(row.pupil, row.given, row.family, row.grade, row.school)
    return {one: found.get(one) or Pupil(one, one, "", "", "") for one in sorted(ids)}


def called(home: District, ids: Collection[str]) -> dict[str, str]:
    """Return what pupils are called, or were when they left, by id."""
    return {one.id: one.name for one in pupils(home, ids).values()}


def left_with(
    school: str, teacher: str, classes: Collection[str], days: Collection[date]
) -> Iterator[Enrolled]:
    """Yield who was in a teacher's classes and services on some days, and is no more by the roster of now."""
    if not days:
        return
    of_service = tables.LeftClass.objects.filter(provider=teacher, school=school)
    in_class = (tables.LeftClass.objects.filter(activity__in=part) for part in _parts(sorted(classes)))
    for some in (of_service, *in_class):
        began = Q(first=None) | Q(first__lte=max(days))
        for row in some.filter(began, last__gte=min(days)).order_by("pk"):
            for day in days:
                if (row.first is None or row.first <= day) and day <= row.last:
                    yield Enrolled(row.pupil, day, row.activity)


@dataclass(frozen=True)
class Kept:
    """What a new roster, whose school year begins on `year`, would lose and entries and seals still need."""

    version: int
    year: date
    names: tuple[tables.FormerPupil, ...]
    left: tuple[tables.LeftClass, ...]


def lost_by(new: Roster, version: int) -> Kept:
    """Return what is to be kept of the roster that stands, if a new one takes its place today."""
    district, today = new.district, clock.today(new.timezone)
    old = people.District.objects.values_list("roster_id", flat=True).filter(pk=district).first()
    if old is None:
        return Kept(version, new.calendar.first, (), ())
    gone = people.Pupil.objects.filter(~_in(people.Pupil, version, "sourced"), version=old)
    names = {row.sourced: _former(district, row, today) for row in gone.order_by("pk")}
    entered = _entered(names)
    signed = _signed(old, set(names) - entered) if set(names) - entered else set()
    left = [*_left(district, old, version, today), *_unserved(district, old, version, today)]
    known = _entered({row.pupil for row in left})
    return Kept(
        version,
        new.calendar.first,
        tuple(row for name, row in names.items() if name in entered | signed),
        tuple(row for row in left if row.pupil in known),
    )


def keep(kept: Kept) -> None:
    """Store it; call it in the transaction in which the new version takes the old one's place.

    Classes left in an earlier school year are let go: no week of that year is put together again.
    """
    back = _in(people.Pupil, kept.version, "pupil", "sourced")
    tables.FormerPupil.objects.filter(back).delete()
    tables.FormerPupil.objects.bulk_create(kept.names, batch_size=PART, ignore_conflicts=True)
    tables.LeftClass.objects.filter(last__lt=kept.year).delete()
    tables.LeftClass.objects.bulk_create(kept.left, batch_size=PART, ignore_conflicts=True)


def rename(district: str, pupil: str, given: str, family: str, who: str) -> None:
    """Call a former pupil by another name from now on; by the id, where both names are empty.

    Raises
    ------
    SchooldayError
        If no name is kept of such a pupil: names of the roster are the roster's.
    """
    with scope.district(district), transaction.atomic():
        rows = tables.FormerPupil.objects.filter(pupil=pupil)
        named = {"given": given.strip(), "family": family.strip()}
        done = rows.update(**named) if any(named.values()) else rows.delete()[0]
        if not done:
            raise SchooldayError(f"{district} keeps no name of a former pupil {pupil!r}")
        # The event keeps no name, neither the old nor the new.
        record(
            district, who, "former.renamed" if any(named.values()) else "former.name_taken_away", pupil=pupil
        )


def _in(model: Any, version: int, own: str, theirs: str = "", **more: OuterRef) -> Exists:  # noqa: ANN401
    """Return the question whether a version has a row of the same id."""
    return Exists(model.objects.filter(version=version, **{theirs or own: OuterRef(own)}, **more))


def _former(district: str, row: people.Pupil, since: date) -> tables.FormerPupil:
    return tables.FormerPupil(
        district_id=district, pupil=row.sourced, given=row.given, family=row.family, grade=row.grade,
        school=row.school, since=since,
    )  # fmt: skip


def _left(district: str, old: int, version: int, today: date) -> Iterator[tables.LeftClass]:
    """Yield the classes that go on without a pupil who was in them until now.

    Of a class that the new roster has no more at all, no week can be put together again.
    """
    enrolled = people.Enrollment.objects.filter(
        _in(people.Section, version, "section", "sourced"),
        ~_in(people.Enrollment, version, "pupil", section=OuterRef("section")),
        version=old,
    )
    rows = enrolled.order_by("pk").values_list("pupil", "section", "first", "last")
    for pupil, activity, first, last in rows.iterator(chunk_size=2000):
        until = min(last or today, today - timedelta(days=1))
        if first is None or first <= until:
            yield tables.LeftClass(
                district_id=district, pupil=pupil, activity=activity, first=first, last=until
            )


def _unserved(district: str, old: int, version: int, today: date) -> Iterator[tables.LeftClass]:
    """Yield the services that the new roster has no more, each with its provider and the pupil's school."""
    at = people.Pupil.objects.filter(version=old, sourced=OuterRef("pupil")).values("school")[:1]
    ended = people.Service.objects.filter(~_in(people.Service, version, "sourced"), version=old)
    for row in ended.annotate(school=Subquery(at)).order_by("pk"):
        until = min(row.last or today, today - timedelta(days=1))
        if row.first is None or row.first <= until:
            yield tables.LeftClass(
                district_id=district, pupil=row.pupil, activity=row.sourced, first=row.first, last=until,
                provider=row.provider, school=row.school or "",
            )  # fmt: skip


def _entered(ids: Iterable[str]) -> set[str]:
    """Return who of some pupils has an entry."""
    found = set[str]()
    for part in _parts(sorted(ids)):
        rows = tables.Entry.objects.filter(pupil__in=part).order_by()
        found |= set(rows.values_list("pupil", flat=True).distinct())
    return found


def _signed(old: int, ids: set[str]) -> set[str]:
    """Return who of some pupils was with a teacher or provider who has certified a week at their school."""
    rows = tables.Certified.objects.order_by().values_list("school", "teacher").distinct()
    signed = set(rows)
    if not signed:
        return set()
    teachers = {teacher for _school, teacher in signed}
    school = dict(people.Section.objects.filter(version=old).values_list("sourced", "school"))
    taught = people.Teaching.objects.filter(version=old).values_list("section", "staff")
    own = {section for section, staff in taught if (school.get(section), staff) in signed}
    found = set[str]()
    for part in _parts(sorted(ids)):
        enrolled = people.Enrollment.objects.filter(version=old, pupil__in=part)
        found |= {pupil for pupil, section in enrolled.values_list("pupil", "section") if section in own}
        served = people.Service.objects.filter(version=old, pupil__in=part)
        found |= {pupil for pupil, staff in served.values_list("pupil", "provider") if staff in teachers}
    return found


def _parts(listed: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(listed), PART):
        yield listed[start : start + PART]
