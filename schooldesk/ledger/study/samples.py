"""A pupil's work samples in the three periods of the year: those chosen, those to choose from, what lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.calendar.periods import Stretch, attendance_parts
from schoolday.ledger import samples as core
from schoolday.ledger.daily_study import Products, work_products
from schoolday.ledger.entry import Entry
from schoolday.ledger.standing import standing
from schoolday.roster import Pupil
from schooldesk.day.request import calendar
from schooldesk.ledger import reads as ledger
from schooldesk.ledger.study import models as tables
from schooldesk.ledger.study import reads
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook


@dataclass(frozen=True)
class Period:
    """One of the three periods: the samples kept, the work to choose from, how many lack and of what.

    `over` says that it has ended.
    """

    products: Products
    kept: tuple[core.Kept, ...]
    works: tuple[Entry, ...]
    lacking: int
    subjects: tuple[str, ...]
    over: bool

    @property
    def number(self) -> str:
        """Its name as an address and a form can hold it."""
        return self.products.period.first.isoformat()


@dataclass(frozen=True)
class Samples:
    """All periods of a pupil's study, every choice made, the newest first, and those whose work is gone.

    `ahead` are the periods of the year that have not begun.
    """

    since: date | None
    periods: tuple[Period, ...]
    ahead: tuple[Stretch, ...]
    made: tuple[core.Sample, ...]
    lost: tuple[core.Sample, ...]
    entries: Sequence[Entry]

    @property
    def by_entry(self) -> dict[str, Entry]:
        """Every entry by its id, for the trail."""
        return {one.id: one for one in self.entries}

    @property
    def stands(self) -> set[str]:
        """The choices that stand."""
        return {one.id for one in core.chosen(self.made)}


def rows_of(home: District, pupil: str) -> list[core.Sample]:
    """Return every choice made of a pupil's work, in order."""
    zone = ledger.zone_of(home)
    return [
        core.Sample(row.name, row.entry, row.subject, row.by, row.made.astimezone(zone), row.replaces)
        for row in tables.Sample.objects.filter(pupil=pupil).order_by("pk")
    ]


def samples_of(home: District, pupil: Pupil, as_of: date) -> Samples:
    """Return a pupil's work samples of the school year as of a date."""
    entries, made = reads.entries_of(home, pupil.id), rows_of(home, pupil.id)
    since = reads.since(home, pupil, as_of)
    kept = core.kept(entries, made)
    found = (
        work_products(core.as_entries(kept), calendar(home), rulebook(), since=since, as_of=as_of)
        if since
        else ()
    )
    works = [one for one in standing(entries) if core.is_work(one) and one.day <= as_of]
    periods = tuple(_period(one, kept, works, as_of) for one in found)
    ahead = tuple(one for one in attendance_parts(calendar(home)) if since and one.first > as_of)
    return Samples(since, periods, ahead, tuple(reversed(made)), core.lost(entries, made), entries)


def _period(products: Products, kept: Sequence[core.Kept], works: Sequence[Entry], as_of: date) -> Period:
    part = products.period
    mine = tuple(one for one in kept if part.first <= one.entry.day <= min(part.last, as_of))
    taken = {one.entry.id for one in mine}
    free = tuple(one for one in works if part.first <= one.day <= part.last and one.id not in taken)
    lacking, subjects = core.wanting(products)
    return Period(products, mine, free, lacking, subjects, as_of > part.last)


def part_of(home: District, day: date) -> tuple[date, date] | None:
    """Return the first and the last date of the period that a date lies in."""
    parts = attendance_parts(calendar(home))
    return next(((one.first, one.last) for one in parts if one.first <= day <= one.last), None)
