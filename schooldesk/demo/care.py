"""Services of the whole school, given and not; absences, notices and calls at every school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from schoolday.files.reengage.read import TIERS, Record
from schoolday.files.reengage.write import write_record
from schoolday.ground.errors import SchooldayError
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.known import ABSENT, EXCUSED
from schoolday.sample.reengage import CLERK, attendance, checked, contacts, written_plan
from schoolday.sample.service_log import WORDS, service_log
from schoolday.sample.taken import outcome
from schooldesk import clock
from schooldesk.demo.dates import DAY, SEALED, SEED, TODAY, moment
from schooldesk.demo.ledger import FRIDAY, Stage
from schooldesk.ledger import laying, reads
from schooldesk.ledger import models as tables
from schooldesk.ledger.laying import Step
from schooldesk.ledger.services import reads as services
from schooldesk.ledger.services import writes as signing
from schooldesk.ledger.sheets import writes as sheets


def lay_services(stage: Stage) -> int:
    """Lay how the planned meetings of services went at the whole school; return how many entries."""
    found = services.services(stage.home, [stage.school], TODAY)
    if found is None:
        return 0
    log = service_log(found.meetings(stage.days), stage.zone, SEED)
    made = [one for one in (_of_the_day(one) for one in log.entries) if one.day < TODAY]
    with clock.at(moment(TODAY, 7, stage.zone)):
        return laying.lay(_by_day(stage, made))


def _of_the_day(one: Entry) -> Entry:
    """Return a meeting not held where its pupil was away that day: the record says one thing of a day."""
    how = outcome(one.pupil, one.day, DAY, SEED)
    own = replace(one, origin="desk")
    if how not in (ABSENT, EXCUSED) or one.code == "make_up":
        return own
    return replace(own, code="pupil_absent" if how == ABSENT else "pupil_excused", minutes=None)


def _by_day(stage: Stage, made: Sequence[Entry]) -> Iterator[Step]:
    def of(one: Entry) -> tuple[date, str, int]:
        return one.day, one.by, one.first or 0

    for (_day, who, _first), some in groupby(sorted(made, key=of), of):
        yield Step(stage.by(who), tuple(some))


def sign(stage: Stage) -> int:
    """Let providers of the whole school sign for the sealed week; return how many did."""
    done, friday = 0, SEALED + FRIDAY
    with clock.at(moment(friday, 16, stage.zone)):
        for who in sorted({one.provider for one in stage.roster.services.values()} & stage.staff):
            mine = services.of_provider(stage.zone, who)
            if any(SEALED <= one.day <= friday for one in mine):
                signing.sign(stage.by(who), SEALED, friday, WORDS)
                done += 1
    return done


def lay_absences(stage: Stage) -> int:
    """Lay the district's written plan, and every school's absences with what was done about them."""
    with clock.at(moment(DAY, 7, stage.zone)):
        _bring_plan(stage)
    last = moment(TODAY, 9, stage.zone)
    with clock.at(last):
        some = (one for one in _certified(stage) if one.at <= last)
        return laying.lay(_by_school(stage, some))


def _bring_plan(stage: Stage) -> None:
    with TemporaryDirectory() as folder:
        write_record(Path(folder) / "plan", Record((), written_plan()))
        data = (Path(folder) / "plan" / TIERS).read_bytes()
    came = sheets.bring(stage.by(CLERK), stage.home, TIERS, data)
    if came.findings:
        raise SchooldayError(f"{TIERS} of the demonstration: {came.findings[0].said}")


def _certified(stage: Stage) -> Iterator[Entry]:
    """Yield absences of the pupils whose classes are not laid, and the deeds about everybody's absences."""
    known = _known(stage)
    others = {one.id: one for one in stage.roster.pupils.values() if one.id not in known}
    record = attendance(replace(stage.roster, pupils=others), stage.days, stage.zone, SEED, away_only=True)
    yield from (replace(one, origin="desk") for one in record.entries)
    of: dict[str, list[Entry]] = {}
    for one in _away(stage):
        of.setdefault(one.pupil, []).append(one)
    for pupil, away in of.items():
        yield from _done(stage, pupil, away)
    for pupil, some in groupby(record.entries, lambda one: one.pupil):
        away = [one for one in some if one.kind is EntryKind.ATTENDANCE]
        yield from checked(stage.roster.pupils[pupil], away, stage.zone, SEED)


def _known(stage: Stage) -> set[str]:
    enrolled = stage.roster.enrolled(TODAY)
    return {one for some in stage.sections.values() for name in some for one in enrolled.get(name, ())}


def _away(stage: Stage) -> Iterator[Entry]:
    rows = tables.Entry.objects.filter(kind=EntryKind.ATTENDANCE.value, code__in=(ABSENT, EXCUSED))
    yield from (reads.value(row, stage.zone) for row in rows.order_by("pk"))


def _done(stage: Stage, pupil: str, away: Sequence[Entry]) -> Iterator[Entry]:
    who = stage.roster.pupils[pupil]
    for one in (
        *contacts(who, stage.roster, away, stage.zone, SEED), *checked(who, away, stage.zone, SEED)
    ):  # fmt: skip
        yield replace(one, origin="desk")


def _by_school(stage: Stage, some: Iterable[Entry]) -> Iterator[Step]:
    """Yield a step for each school and day: as an office types it in of an evening."""

    def of(one: Entry) -> tuple[str, date, str]:
        return one.school, one.day, one.by

    for (_school, _day, who), own in groupby(sorted(some, key=of), of):
        yield Step(stage.by(who), tuple(own))
