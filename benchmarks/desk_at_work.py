"""What the killed desk does: enter, certify, seal and correct week by week; and look for what it had told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from schoolday.files.ledger.read import read_week
from schoolday.ledger.entry import Entry, EntryKind
from schooldesk import clock, scope
from schooldesk.ledger import models, reads, sealing, sentences, weeks, writes
from schooldesk.ledger.writes import By
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

DISTRICT, WHO = "maple", "benchmark"
FIRST, WEEKS = date(2020, 9, 7), 30


def work(seed: int) -> None:
    """See to what the process before left; then enter, certify and seal until somebody kills this process."""
    sealing.do_what_waits()
    _tell("begun")
    chance = np.random.default_rng(seed)
    with scope.district(DISTRICT):
        home = roster.district(DISTRICT)
        assert home is not None
        every = list(_weeks(home))
        while True:
            school, teacher, monday = every[int(chance.integers(len(every)))]
            with clock.at(_evening(home, monday, chance)):
                _enter(home, school, teacher, monday, chance)
                row = sealing.certify_week(_by(home, teacher), home, school, teacher, monday, sentences.WORDS)
                _tell(f"certified {row.pk}")
                _tell(f"sealed {row.digest}")


def _tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def _by(home: District, teacher: str) -> By:
    return By(DISTRICT, WHO, teacher, ZoneInfo(home.timezone))


def _evening(home: District, monday: date, chance: np.random.Generator) -> datetime:
    """Return a moment after a week, another each time: two certifications never share theirs."""
    after = timedelta(days=int(chance.integers(5, 200)), seconds=int(chance.integers(86_400)))
    start = datetime.combine(monday, datetime.min.time(), ZoneInfo(home.timezone))
    return start + after + timedelta(microseconds=int(chance.integers(1_000_000)))


def _weeks(home: District) -> Iterator[tuple[str, str, date]]:
    for place in range(WEEKS):
        monday = FIRST + timedelta(days=7 * place)
        for school in (one.id for one in roster.schools(home)):
            for teacher in weeks.teachers_of(home, school, monday) if weeks.days_of(home, monday) else ():
                yield school, teacher, monday


def _enter(home: District, school: str, teacher: str, monday: date, chance: np.random.Generator) -> None:
    """Enter work of some pupils of a week, and correct an entry that stands, if there is one."""
    week = weeks.week_of(home, school, teacher, monday)
    assert week is not None
    new = []
    for pupil in week.pupils[: int(chance.integers(1, 6))]:
        new.append(_entry(week.school, pupil.pupil, pupil.activities[0], week.days[0], teacher, chance))
    corrected = {one.corrects for one in week.entries}
    old = next((one for one in week.entries if one.id not in corrected), None)
    if old is not None and chance.random() < 0.5:
        own = _entry(old.school, old.pupil, old.activity, old.day, teacher, chance, old.id)
        new.append(own)
    writes.enter(_by(home, teacher), new, new[0].id)
    for one in new:
        _tell(f"entered {one.id}")


def _entry(
    school: str,
    pupil: str,
    activity: str,
    day: date,
    by: str,
    chance: np.random.Generator,
    corrects: str = "",
) -> Entry:
    name = str(UUID(bytes=chance.bytes(16), version=4))
    minutes = int(chance.integers(1, 200))
    return Entry(
        name, EntryKind.WORK, pupil, day, school, activity, None, None, minutes, "submitted", "", by,
        clock.now(), corrects, "desk",
    )  # fmt: skip


def look(told: list[str], *, finish: bool) -> None:
    """Print a fault for everything that was told and is not there, and for all that does not agree."""
    if finish:
        sealing.do_what_waits()
    wanted: dict[str, set[str]] = {"entry": set(), "certified": set(), "seal": set()}
    for line in told:
        kind, _, name = line.partition(" ")
        wanted[kind].add(name)
    with scope.district(DISTRICT):
        there = set(models.Entry.objects.values_list("entry", flat=True))
        rows = {str(row.pk): row for row in models.Certified.objects.all()}
        for kind, found in (
            ("entry", there), ("certified", set(rows)), ("seal", {row.digest for row in rows.values()})
        ):  # fmt: skip
            for name in sorted(wanted[kind] - found):
                print(f"fault {kind} {name} is lost")
        seals = reads.seals(DISTRICT)
        for one in seals.verify(wanted["seal"]):
            print(f"fault {one.said}")
        _agree(rows, finish)


def _agree(rows: dict[str, models.Certified], finish: bool) -> None:
    """Print each seal whose row is missing or whose entries are not those of the database."""
    home = roster.district(DISTRICT)
    assert home is not None
    zone, sealed = reads.zone_of(home), {one.digest: one for one in reads.seals(DISTRICT).all()}
    by_digest = {row.digest: row for row in rows.values() if row.digest}
    if finish and set(sealed) != set(by_digest):
        print(f"fault {len(set(sealed) ^ set(by_digest))} seals stand on one side alone")
    if finish and any(not row.digest for row in rows.values()):
        print("fault a certified week has no seal")
    held = {row.entry: reads.value(row, zone) for row in models.Entry.objects.all()}
    for name, one in sealed.items():
        week = read_week(one)
        if any(held.get(entry.id) != entry for entry in week.entries):
            print(f"fault seal {name} holds entries that the database has not")
        row = by_digest.get(name)
        if row is not None and (row.at, row.by, row.version) != (
            one.head.certified_at, one.head.certified_by, one.head.version
        ):  # fmt: skip
            print(f"fault the row of seal {name} says otherwise")
