"""The folder that measures read, written from the standing roster and the packs of the district's seals.

The packs are the ledger's own, and so are the numbers of pupils and activities: the folder points at them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from schoolday.calendar.days import Calendar
from schoolday.files.engines.year import DAYS, numbers_in, placed, read_year, write_people
from schoolday.files.sheets.faults import Faults
from schoolday.ground.errors import SchooldayError
from schoolday.ledger.week import monday_of
from schoolday.measures.given import MeasuredPupil, MeasuredYear, Promise
from schoolday.roster import Pupil, Roster
from schooldesk import clock
from schooldesk.day.request import calendar, school_roster
from schooldesk.ledger import reads as ledger
from schooldesk.ledger import weeks
from schooldesk.ledger.models import Entry
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

Span = tuple[date, date]


def folder_of(district: str) -> Path:
    """Return the folder of a district's measures."""
    return Path(settings.VAR) / "measures" / district


def write(home: District) -> Path:
    """Write a district's folder from the roster that stands; return it."""
    folder, packs = folder_of(home.pk), ledger.packs(home.pk)
    packs.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / DAYS).is_symlink():
        # Relative, so that the whole of SCHOOLDESK_VAR can be moved or brought back from a copy.
        (folder / DAYS).symlink_to(Path("..", "..", DAYS, home.pk), target_is_directory=True)
    there, days = roster.whole(home), calendar(home)
    people = list(everybody(home, there, days))
    known = {one.id for one in people}
    promises = [(one.id, one.pupil, one.id) for one in there.services.values() if one.pupil in known]
    write_people(days, people, promises, folder)
    return folder


def read(folder: Path) -> tuple[MeasuredYear, dict[date, Path]]:
    """Return a folder's year, and the packs of its school days.

    Raises
    ------
    SchooldayError
        With every fault, if the folder has one.
    """
    found = read_year(folder)
    if found.year is None:
        raise SchooldayError(
            "\n".join(f"{' '.join(map(str, one.where))}: {one.said}" for one in found.findings)
        )
    school = {one.day for one in found.year.days}
    return found.year, {day: pack for day, pack in found.packs.items() if day in school}


def of_schools(home: District, schools: Collection[str], met: Collection[str]) -> MeasuredYear:
    """Return the year of some schools' pupils, and of those whom they met and who have left, as `read` does.

    It is put together from the roster that stands: nothing of the folder is read but the numbers.
    """
    there = school_roster(home.pk, home.roster_id or 0, tuple(sorted(schools))) or roster.of_schools(
        home, schools
    )
    days, way = calendar(home), _way(home, calendar(home))
    spans = _spans(there, days)
    people = [
        measured(one, way, spans.get(one.id) or [(days.first, days.last)]) for one in there.pupils.values()
    ]
    people += _left(set(met) - there.pupils.keys(), way)
    place = {one.id: number for number, one in enumerate(people)}
    known = numbers_in(ledger.packs(home.pk) / "activities.parquet", Faults("measures"))
    services = [one for one in there.services.values() if one.pupil in place]
    activity = placed([one.id for one in services], known)
    promises = [Promise(one.id, place[one.pupil], activity[one.id]) for one in services]
    return MeasuredYear(days, tuple(people), tuple(promises))


def _way(home: District, days: Calendar) -> str:
    today = clock.today(home.timezone)
    return weeks.way_of(home, monday_of(min(max(today, days.first), days.last))).value


def everybody(home: District, there: Roster, days: Calendar) -> Iterator[MeasuredPupil]:
    """Yield everybody who is measured: the roster's pupils, and those of packs who left it."""
    way = _way(home, days)
    spans = _spans(there, days)
    for pupil in there.pupils.values():
        yield measured(pupil, way, spans.get(pupil.id) or [(days.first, days.last)])
    packed = numbers_in(ledger.packs(home.pk) / "pupils.parquet", Faults("measures"))
    yield from _left(packed.keys() - there.pupils.keys(), way)


def one(home: District, who: str) -> MeasuredPupil | None:
    """Return one pupil of the standing roster as measures know them."""
    pupil, days = roster.pupil(home, who), calendar(home)
    if pupil is None:
        return None
    there = roster.of_schools(home, [pupil.school])
    way = _way(home, days)
    return measured(pupil, way, _spans(there, days).get(who) or [(days.first, days.last)])


def measured(pupil: Pupil, way: str, spans: Iterable[Span]) -> MeasuredPupil:
    """Return a roster's pupil as measures know them; family income is in no roster."""
    groups = {kind: "yes" if name in pupil.groups else "no" for kind, name in _GROUPS.items()}
    groups["language"] = "el" if "el" in pupil.groups else "en"
    return MeasuredPupil(pupil.id, pupil.grade, pupil.school, way, frozenset(), groups, tuple(sorted(spans)))


_GROUPS = {"foster": "foster", "homeless": "homeless", "disability": "iep"}


def _spans(there: Roster, days: Calendar) -> dict[str, list[Span]]:
    """Return when each pupil was enrolled: as long as in any class, without gaps of days."""
    found: dict[str, list[Span]] = {}
    for row in there.enrollments:
        span = max(row.first or days.first, days.first), min(row.last or days.last, days.last)
        if span[0] <= span[1]:
            found.setdefault(row.pupil, []).append(span)
    return {pupil: list(_joined(sorted(some))) for pupil, some in found.items()}


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    open_: Span | None = None
    for first, last in spans:
        if open_ is not None and first <= open_[1] + timedelta(days=1):
            open_ = open_[0], max(open_[1], last)
            continue
        if open_ is not None:
            yield open_
        open_ = first, last
    if open_ is not None:
        yield open_


def _left(gone: Collection[str], way: str) -> Iterator[MeasuredPupil]:
    """Yield pupils who have entries and left the roster, enrolled from their first entry to their last."""
    listed = sorted(gone)
    for start in range(0, len(listed), ledger.PART):
        part = listed[start : start + ledger.PART]
        seen: dict[str, tuple[str, date, date]] = {}
        rows = Entry.objects.filter(pupil__in=part).order_by("day").values_list("pupil", "school", "day")
        for who, school, day in rows:
            seen[who] = (school, seen[who][1] if who in seen else day, day)
        for who in part:
            school, first, last = seen.get(who, ("unknown", None, None))
            spans = ((first, last),) if first and last else ()
            yield MeasuredPupil(who, "", school, way, enrolled=spans)
