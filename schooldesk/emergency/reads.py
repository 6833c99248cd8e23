"""The rows of an emergency as the core's values; what was undone is left out of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from schoolday.calendar.counting import Moment
from schoolday.calendar.days import Calendar
from schoolday.emergency import agreements as core
from schoolday.emergency.clocks import Contact, Emergency, Offer
from schoolday.emergency.way_back import Return
from schoolday.files.emergencies import Recorded
from schooldesk.emergency import models as tables
from schooldesk.emergency.marks import LISTED, Line, States, lines, states
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

MOST = 5000
"""Up to so many pupils their rows are asked for; beyond, all of an emergency's are read."""
AT_ONCE = 500
"""Pupils in one question."""


def emergencies() -> list[tuple[tables.Emergency, bool]]:
    """Return every emergency of the district, the newest first, with whether it is over."""
    rows = sorted(tables.Emergency.objects.all(), key=lambda row: (row.began, row.pk), reverse=True)
    known = states([row.pk for row in rows])
    return [(row, known.of("emergency", row.pk).over) for row in rows]


def emergency(number: int) -> tables.Emergency | None:
    """Return an emergency of the district, or None."""
    return tables.Emergency.objects.filter(pk=number).first()  # type: ignore[no-any-return]


def named(name: str) -> bool:
    """Whether an emergency of the district has a name already."""
    return bool(tables.Emergency.objects.filter(name=name).exists())


def event_day(row: tables.Emergency) -> date:
    """Return the date on which an emergency began."""
    return date.fromisoformat(row.began[:10])


def agreement(number: int) -> tables.Agreement | None:
    """Return an agreement of the district with its emergency, or None."""
    return tables.Agreement.objects.select_related("emergency").filter(pk=number).first()  # type: ignore[no-any-return]


def named_in(row: tables.Emergency, staff: str) -> set[str]:
    """Return the pupils whose agreements name somebody as teacher or case manager, while they stand."""
    named = Q(teacher=staff) | Q(manager=staff)
    rows, known = tables.Agreement.objects.filter(named, emergency=row.pk), states([row.pk])
    return {one.pupil for one in rows if known.stands("agreement", one)}


def last_parts() -> dict[str, str]:
    """Return what staff filled in for the district's latest agreement: the next form begins with it."""
    return dict(tables.Agreement.objects.order_by("-pk").values_list("parts", flat=True).first() or {})


def moment(text: str, zone: ZoneInfo) -> Moment:
    """Return a moment from the notation of the files."""
    if len(text) == 10:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def event(row: tables.Emergency, zone: ZoneInfo) -> Emergency:
    """Return an emergency as the core's value."""
    began = moment(row.began, zone)
    return Emergency(row.name, row.cause, began, row.source, row.closed, tuple(row.schools))


def recorded(
    row: tables.Emergency, zone: ZoneInfo, pupils: Collection[str] | None = None, *, papers: bool = True
) -> Recorded:
    """Return what stands on the record, of some pupils or of all; without `papers` no agreement, no wish."""
    known = states([row.pk], None if papers else LISTED)
    contacts, offers = (
        tuple(made(one) for one in _rows(model, row, pupils) if known.stands(kind, one))
        for kind, model, made in (
            ("contact", tables.Contact, lambda one: contact(one, zone)),
            ("offer", tables.Offer, offer),
        )
    )
    if not papers:
        return Recorded(event(row, zone), contacts, offers)
    wishes = lines("wish", _rows(tables.Wish, row, pupils), known)
    signed = tuple(_agreements(_rows(tables.Agreement, row, pupils), known, zone))
    return Recorded(event(row, zone), contacts, offers, signed, tuple(_wished(wishes, zone)))


def _rows(model: Any, row: tables.Emergency, pupils: Collection[str] | None) -> list[Any]:  # noqa: ANN401
    return _of_pupils(model.objects.filter(emergency=row.pk), pupils)


def _of_pupils(rows: Any, pupils: Collection[str] | None) -> list[Any]:  # noqa: ANN401 - a query
    """Return rows of some pupils in the order of their making; agreements come without their text."""
    if rows.model is tables.Agreement:
        rows = rows.defer("text", "parts")
    # Beyond a large school it is quicker to read all rows; and what a database takes as arguments is limited.
    if pupils is None or len(pupils) > MOST:
        return list(rows.order_by("pk"))
    asked, found = sorted(pupils), []
    for start in range(0, len(asked), AT_ONCE):
        found += rows.filter(pupil__in=asked[start : start + AT_ONCE])
    return sorted(found, key=lambda one: one.pk)


def zone_of(home: District) -> ZoneInfo:
    """Return a district's time zone."""
    return ZoneInfo(home.timezone)


def contact(row: tables.Contact, zone: ZoneInfo) -> Contact:
    """Return a try as the core's value."""
    return Contact(row.pupil, moment(row.at, zone), row.how, row.by, row.answered, row.note)


def offer(row: tables.Offer) -> Offer:
    """Return an offer as the core's value."""
    return Offer(row.pupil, row.day, row.way, row.by)


def wished(line: Line, zone: ZoneInfo) -> Return:
    """Return a family's wish as the core's value, with the day on which the pupil was back."""
    row = line.row
    return Return(row.pupil, moment(row.asked, zone), row.by, line.state.returned)


def of_year(
    calendar: Calendar, zone: ZoneInfo, pupils: Collection[str] | None = None
) -> list[core.Agreement]:
    """Return the agreements that stand in a school year, of every emergency: their days count together."""
    rows = tables.Agreement.objects.filter(first__gte=calendar.first, last__lte=calendar.last).order_by("pk")
    found = _of_pupils(rows, pupils)
    return _agreements(found, states({row.emergency_id for row in found}), zone)


def spans(calendar: Calendar, pupils: Collection[str]) -> list[tuple[str, date, date]]:
    """Return whose agreements stand in a school year from which date to which."""
    rows = tables.Agreement.objects.filter(first__gte=calendar.first, last__lte=calendar.last).order_by("pk")
    found = _of_pupils(rows.defer("text", "parts"), pupils)
    known = states({row.emergency_id for row in found}, ("agreement", "batch")) if found else States()
    return [(row.pupil, row.first, row.last) for row in found if known.stands("agreement", row)]


def planned(pupil: str, days: tuple[date, date]) -> core.Agreement:
    """Return an agreement that is only thought of, to count the school days that it would add."""
    return core.Agreement("", pupil, *days, "")


def _agreements(rows: Iterable[tables.Agreement], known: States, zone: ZoneInfo) -> list[core.Agreement]:
    there = [row for row in rows if known.stands("agreement", row)]
    signed: dict[int, list[core.Signature]] = {}
    every = tables.Signature.objects.filter(agreement__emergency__in={row.emergency_id for row in there})
    for one in every.order_by("pk"):
        if known.stands("signature", one):
            kept = core.Signature(core.Signer(one.signer), one.name, moment(one.at, zone), one.sha256)
            signed.setdefault(one.agreement_id, []).append(kept)
    return [
        core.Agreement(str(row.pk), row.pupil, row.first, row.last, row.sha256, tuple(signed.get(row.pk, ())))
        for row in there
    ]


def calendar(home: District) -> Calendar:
    """Return the calendar of the roster that stands."""
    if home.roster is None:
        raise LookupError(f"district {home.pk!r} has no roster yet")
    return roster.calendar(home.roster.rest["calendar"])


def of_pupil(row: tables.Emergency, pupil: str) -> dict[str, list[Line]]:
    """Return everything on record of one pupil after an emergency, what was undone too, newest first."""
    known = states([row.pk])
    every = {
        "contact": tables.Contact, "offer": tables.Offer, "agreement": tables.Agreement, "wish": tables.Wish,
    }  # fmt: skip
    return {
        kind: lines(kind, model.objects.filter(emergency=row.pk, pupil=pupil).order_by("-pk"), known)
        for kind, model in every.items()
    }


def agreed(row: tables.Emergency, days: tuple[date, date]) -> set[str]:
    """Return the pupils who have an agreement that stands on one of some dates after an emergency."""
    rows = tables.Agreement.objects.filter(emergency=row.pk, first__lte=days[1], last__gte=days[0])
    known = states([row.pk])
    return {one.pupil for one in rows.defer("text", "parts") if known.stands("agreement", one)}


def batches(row: tables.Emergency) -> list[Line]:
    """Return what was taken down at once, newest first."""
    return lines("batch", tables.Batch.objects.filter(emergency=row.pk).order_by("-pk"), states([row.pk]))


def signatures(row: tables.Agreement) -> list[Line]:
    """Return who signed an agreement, what was taken back too."""
    found = tables.Signature.objects.filter(agreement=row.pk).order_by("pk")
    return lines("signature", found, states([row.emergency_id]))


def agreement_lines(emergencies: Collection[int], **where: Any) -> list[Line]:  # noqa: ANN401 - a filter
    """Return the agreements of some emergencies, newest first, what was undone too."""
    rows = tables.Agreement.objects.filter(emergency__in=list(emergencies), **where).order_by("-pk")
    rows = rows.defer("text", "parts").select_related("emergency")
    return lines("agreement", rows, states(emergencies))


def wish_lines(emergencies: Collection[int], pupils: Collection[str]) -> list[Line]:
    """Return the wishes to return of some pupils, newest first."""
    rows = tables.Wish.objects.filter(emergency__in=list(emergencies)).select_related("emergency")
    return lines("wish", reversed(_of_pupils(rows, pupils)), states(emergencies))


def wishing(emergencies: Collection[int]) -> set[str]:
    """Return the pupils for whose return to class somebody asked after some emergencies."""
    return set(tables.Wish.objects.filter(emergency__in=list(emergencies)).values_list("pupil", flat=True))


def wishes(emergencies: Collection[int], pupils: Collection[str], zone: ZoneInfo) -> list[Return]:
    """Return the wishes of some pupils that stand, as the core's values."""
    return _wished(wish_lines(emergencies, pupils), zone)


def _wished(some: Iterable[Line], zone: ZoneInfo) -> list[Return]:
    return [wished(line, zone) for line in some if line.stands]
