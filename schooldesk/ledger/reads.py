"""What was entered, certified and sealed, as the core's values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, Q

from schoolday.files.ledger.form import sheet
from schoolday.files.ledger.paper import pdf
from schoolday.files.ledger.seal import Sealed, Seals
from schoolday.files.ledger.words import WORDS
from schoolday.ground.errors import SchooldayError
from schoolday.ledger import entry as core
from schoolday.ledger.chain import digest, head_of, seal_name
from schoolday.ledger.week import Week, dates_of
from schooldesk.ledger import models as tables
from schooldesk.roster import models as people
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook

PART = 500
"""Ids of one question, as many as every database takes as arguments."""


def zone_of(home: District) -> ZoneInfo:
    """Return the district's time zone."""
    return ZoneInfo(home.timezone)


def value(row: tables.Entry, zone: ZoneInfo) -> core.Entry:
    """Return a row as the core's entry, its moment by the district's clocks."""
    return core.Entry(
        row.entry, core.EntryKind(row.kind), row.pupil, row.day, row.school, row.activity, row.first,
        row.last, row.minutes, row.code, row.detail, row.by, row.at.astimezone(zone), row.corrects,
        row.origin,
    )  # fmt: skip


def around(zone: ZoneInfo, sent: Iterable[core.Entry]) -> list[core.Entry]:
    """Return what is stored under the ids of some entries, what these correct, and what else does."""
    ids, named = set[str](), set[str]()
    for one in sent:
        ids.add(one.id)
        if one.corrects:
            named.add(one.corrects)
    found = _with("entry", ids | named) + _with("corrects", ids | named)
    return [value(row, zone) for row in {row.pk: row for row in found}.values()]


def _with(column: str, some: Collection[str]) -> list[tables.Entry]:
    listed, found = sorted(some), list[tables.Entry]()
    for start in range(0, len(listed), PART):
        part = {f"{column}__in": listed[start : start + PART]}
        found += tables.Entry.objects.filter(**part).order_by("pk")
    return found


def of_activities(zone: ZoneInfo, activities: Collection[str], day: date) -> list[core.Entry]:
    """Return a day's entries of some activities, corrected ones too."""
    rows = tables.Entry.objects.filter(activity__in=sorted(activities), day=day).order_by("pk")
    return _whole(list(rows), zone)


def of_pupils(zone: ZoneInfo, pupils: Collection[str], monday: date) -> list[core.Entry]:
    """Return a week's entries of some pupils, corrected ones too."""
    week = dates_of(monday)
    rows = tables.Entry.objects.filter(pupil__in=sorted(pupils), day__range=week).order_by("pk")
    return _whole(list(rows), zone)


def of_week(
    zone: ZoneInfo, school: str, teacher: str, monday: date, activities: Collection[str]
) -> list[core.Entry]:
    """Return the entries of a teacher's week at a school: of these activities, or of none and theirs."""
    own = Q(activity__in=sorted(activities)) | Q(activity="", by=teacher)
    week = dates_of(monday)
    rows = tables.Entry.objects.filter(own, school=school, day__range=week).order_by("pk")
    return _whole(list(rows), zone)


def _whole(rows: list[tables.Entry], zone: ZoneInfo) -> list[core.Entry]:
    """Return rows with what corrects them, wherever a correction has moved them to."""
    found = {row.entry: row for row in rows}
    new = set(found)
    while new:
        more = [row for row in _with("corrects", new) if row.entry not in found]
        found |= {row.entry: row for row in more}
        new = {row.entry for row in more}
    return [value(row, zone) for row in sorted(found.values(), key=lambda row: row.pk)]


def newest_named(zone: ZoneInfo, name: str, corrected: str = "") -> core.Entry | None:
    """Return the entry of a name, or the last one that corrects another; None where there is none."""
    where = {"corrects": corrected} if corrected else {"entry": name}
    row = tables.Entry.objects.filter(**where).order_by("-pk").first()
    return value(row, zone) if row else None


def last_step(activities: Collection[str], day: date, by: str) -> str:
    """Return the last step that somebody entered of some activities on a day; empty where there is none."""
    typed_or_brought = Q(origin="desk") | Q(step__startswith="file-")
    rows = tables.Entry.objects.filter(typed_or_brought, activity__in=sorted(activities), day=day, by=by)
    return str(rows.order_by("-pk").values_list("step", flat=True).first() or "")


def of_step(zone: ZoneInfo, step: str, by: str) -> list[core.Entry]:
    """Return the entries of one step of somebody."""
    rows = tables.Entry.objects.filter(step=step, by=by).order_by("pk")
    return [value(row, zone) for row in rows]


def school_of(home: District, activity: str) -> str:
    """Return the school of a section, a service or a group of services; empty where there is none such."""
    version = home.roster_id
    sections = people.Section.objects.filter(version=version, sourced=activity)
    school = sections.values_list("school", flat=True).first()
    if school is not None:
        return str(school)
    served = people.Service.objects.filter(Q(sourced=activity) | Q(group=activity), version=version)
    pupil = served.values_list("pupil", flat=True).first()
    pupils = people.Pupil.objects.filter(version=version, sourced=pupil)
    return str((pupil and pupils.values_list("school", flat=True).first()) or "")


def seals(district: str) -> Seals:
    """Return a district's sealed weeks."""
    return Seals(Path(settings.VAR) / "seals" / district, district)


def packs(district: str) -> Path:
    """Return the folder of a district's day packs."""
    return Path(settings.VAR) / "days" / district


def versions(school: str, teacher: str, monday: date) -> list[tables.Certified]:
    """Return the certifications of a week, the newest first, with those that wait for their seal."""
    rows = tables.Certified.objects.filter(school=school, teacher=teacher, monday=monday)
    return list(rows.order_by("-pk"))


def of_schools(monday: date, schools: Collection[str]) -> dict[tuple[str, str], tables.Certified]:
    """Return the last certification of each teacher's week at some schools."""
    rows = tables.Certified.objects.filter(monday=monday, school__in=sorted(schools)).order_by("pk")
    return {(row.school, row.teacher): row for row in rows.defer("body")}


def last_entries(school: str, monday: date) -> dict[tuple[str, str], int]:
    """Return the number of the last entry of each activity, and who entered it, in a school's week."""
    week = dates_of(monday)
    rows = tables.Entry.objects.filter(school=school, day__range=week).order_by()
    found = rows.values_list("activity", "by").annotate(last=Max("pk"))
    return {(activity, who): last for activity, who, last in found}


def last_row(week: Week) -> list[int]:
    """Return the number of the last row of a week's entries, or nothing where it has none."""
    ids = [entry.id for entry in week.entries]
    return [row.pk for row in _with("entry", ids)]


def newest_sealed(school: str, monday: date) -> list[tables.Certified]:
    """Return the newest sealed version of each teacher's week at a school."""
    rows = tables.Certified.objects.filter(monday=monday, school=school).exclude(digest="").order_by("pk")
    return list({row.teacher: row for row in rows.defer("body")}.values())


def waiting() -> list[tables.Certified]:
    """Return the weeks that were certified and have no seal yet."""
    return list(tables.Certified.objects.filter(digest="").order_by("pk").defer("body"))


def printed(
    rows: Sequence[tables.Certified],
    names: Mapping[str, str],
    *,
    language: str,
    pupil: str = "",
    section: str = "",
) -> bytes | None:
    """Return the forms of sealed weeks as a PDF; None where the pupil or the class is not in them."""
    spoken = language if language in WORDS else "en"
    made = [
        sheet(sealed(row), rulebook(), names=names, pupil=pupil, section=section, language=spoken)
        for row in rows
    ]
    there = [one for one in made if one is not None]
    return pdf(there, spoken) if there else None


def sealed(row: tables.Certified) -> Sealed:
    """Return the seal of a certified week; an error in words where it is not there as it was written."""
    name = seal_name(row.school, row.teacher, row.monday, row.version or 0)
    path = seals(row.district_id).folder / f"{name}.json"
    try:
        data = path.read_bytes()
        found = Sealed(head_of(data), digest(data), path)
    except (OSError, ValueError):
        found = None
    if found is None or found.digest != row.digest:
        raise SchooldayError("the seal of this week is not there as it was written: verify the chain")
    return found


def checks() -> list[tables.Checked]:
    """Return how the chain was found, the last time first."""
    return list(tables.Checked.objects.order_by("-pk")[:10])
