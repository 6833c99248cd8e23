"""Recordings as the core's values, who may see them, and what of the record says who missed a lesson."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from schoolday.ground.finding import Finding
from schoolday.learning.counted import Counted, Viewing, counted
from schoolday.learning.recordings import (
    Consent,
    Key,
    Listed,
    Presence,
    Recording,
    check_recordings,
    consents_of,
    may_see,
    presences,
    shelf,
)
from schoolday.roster import Pupil, Roster
from schooldesk.learning import models, reads
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

LEDGER = "ledger"
"""The room that keeps the record; where the desk has none, nobody knows who was at a lesson."""


def recording(row: models.Recording) -> Recording:
    """Return a row as the core's recording."""
    return Recording(
        row.code, row.section, row.day, row.title, row.link, row.minutes, tuple(row.standards), row.posted_by,
        row.posted, row.keep_until, tuple(row.recorded), tuple(row.captions),
    )  # fmt: skip


def rows(sections: Collection[str]) -> list[models.Recording]:
    """Return the recordings of some sections, those taken down too, the last lesson first."""
    found: dict[str, models.Recording] = {}
    for row in models.Recording.objects.filter(entry__withdrawn=None, section__in=sorted(sections)).order_by(
        "pk"
    ):
        found[row.code] = row
    return sorted(found.values(), key=lambda row: (-row.day.toordinal(), row.code))


def one(number: int) -> models.Recording | None:
    """Return one recording that was not undone, or None."""
    found: models.Recording | None = (
        models.Recording.objects.filter(pk=number, entry__withdrawn=None).select_related("entry").first()
    )
    return found


def consents(section: Collection[str]) -> list[Consent]:
    """Return everybody's words on being recorded in some sections, of each person, section and day the last.

    A refusal stands against another word of the same day in the core; here it is known which was the last.
    """
    found = models.Consent.objects.filter(entry__withdrawn=None, section__in=["", *sorted(section)])
    last = {(row.person, row.section, row.day): row for row in found.order_by("pk")}
    return [Consent(row.person, row.section, row.given, row.by, row.day) for row in last.values()]


def viewings(code: str) -> list[Viewing]:
    """Return who watched a recording, the first first."""
    found = models.Viewing.objects.filter(entry__withdrawn=None, recording=code).order_by("pk")
    return [viewing(row) for row in found]


def viewing(row: models.Viewing) -> Viewing:
    """Return a row as the core's viewing."""
    return Viewing(row.pupil, row.recording, row.day, row.minutes, row.certified, row.certified_by)


@dataclass(frozen=True)
class _Entered:
    id: str
    kind: str
    pupil: str
    day: date
    activity: str
    code: str
    corrects: str


def known_presences(pupils: Collection[str], days: Collection[date]) -> dict[Key, Presence]:
    """Return what the record says of some pupils on some dates; nothing where the desk keeps none."""
    if not days or not apps.is_installed(f"schooldesk.{LEDGER}"):
        return {}
    columns = ("entry", "kind", "pupil", "day", "activity", "code", "corrects")
    table: Any = apps.get_model(LEDGER, "Entry")
    found = table.objects.filter(pupil__in=sorted(pupils), day__range=(min(days), max(days)))
    return presences(_Entered(*row) for row in found.order_by("pk").values_list(*columns))


@dataclass(frozen=True)
class Seen:
    """A recording on a family's list, with what the child's watching of it counts as."""

    listed: Listed
    watched: tuple[Counted, ...]


def shelves(home: District, pupils: Mapping[str, Pupil], day: date) -> dict[str, list[Seen]]:
    """Return for each pupil of a family the recordings that it may see, lessons missed first."""
    there = roster.of_schools(home, {one.school for one in pupils.values()})
    mine = {row.section for one in pupils for row in there.enrollments_of.get(one, ())}
    some = [recording(row) for row in rows(mine) if row.down is None]
    said = consents(mine)
    known = known_presences(list(pupils), [one.day for one in some])
    return {
        one: [_seen(home, one, listed) for listed in shelf(one, some, said, there, known, day)]
        for one in pupils
    }


def _seen(home: District, pupil: str, listed: Listed) -> Seen:
    found = models.Viewing.objects.filter(
        entry__withdrawn=None, recording=listed.recording.id, pupil=pupil
    ).order_by("pk")
    return Seen(listed, tuple(counts(home, viewing(row)) for row in found))


def counts(home: District, viewing: Viewing) -> Counted:
    """Return what a viewing counts as by the rules of its date."""
    return counted(viewing, reads.standing(home, viewing.day), reads.way(home, viewing.day))


def counts_as(home: District, day: date) -> Counted:
    """Return what watching counts as before anybody certified it, on a date."""
    return counts(home, Viewing("", "", day))


def consent_of(pupils: Collection[str]) -> dict[str, bool]:
    """Return the last word that was said for each pupil on being recorded in all sections."""
    found = models.Consent.objects.filter(entry__withdrawn=None, section="", person__in=sorted(pupils))
    return {row.person: row.given for row in found.order_by("day", "pk")}


@dataclass(frozen=True)
class Judged:
    """A recording as its own page shows it."""

    needs: list[tuple[str, bool | None]]
    findings: list[Finding]
    shown: bool
    watched: list[tuple[Viewing, Counted]]


def judged(home: District, row: models.Recording, who: str, day: date) -> Judged:
    """Return whose consent a recording needs, what stands against it, and whether somebody may open it."""
    section = reads.section(home, row.section)
    there: Roster = roster.of_schools(home, [section.school] if section else [])
    value, said = recording(row), consents([row.section])
    return Judged(
        list(consents_of(value, said, there, day)),
        check_recordings([value], said, there, reads.standing(home, day)),
        row.down is None and may_see(who, value, said, there, day),
        [(one, counts(home, one)) for one in viewings(row.code)],
    )
