"""A week as its page shows it: a cell for each pupil and day, by the law of the week's way of schooling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.calendar.row import Minutes
from schoolday.ground.errors import NotInForce
from schoolday.ledger.daily_study import study_days
from schoolday.ledger.day_record import DayRecord, Took, day_records
from schoolday.ledger.engagement import engagement
from schoolday.ledger.figure import Figure
from schoolday.ledger.week import Expected, Week
from schoolday.measures.verdict import Found
from schoolday.rules.rule import Way
from schooldesk.rules.reads import rulebook


@dataclass(frozen=True)
class Cell:
    """One pupil's day: its minutes, whether the pupil took part, and how they stand to those owed.

    `missing` says that something was planned of which nothing is recorded.
    """

    record: DayRecord
    owed: Figure
    found: Found | None
    credited: int | None = None

    @property
    def live(self) -> Figure:
        """Synchronous minutes."""
        return self.record.minutes[Minutes.LIVE]

    @property
    def work(self) -> Figure:
        """Asynchronous minutes: work by its certified time value."""
        return self.record.minutes[Minutes.INDEPENDENT]

    @property
    def in_person(self) -> Figure:
        """Minutes at school."""
        return self.record.minutes[Minutes.IN_PERSON]

    @property
    def missing(self) -> bool:
        """Whether something was planned of which nothing is recorded, of a pupil not certified absent."""
        if self.record.took in (Took.ABSENT, Took.EXCUSED):
            return False
        return any(not self.record.minutes[kind].entries for kind in self.record.planned)

    @property
    def enrolled(self) -> bool:
        """Whether anything was owed, since the pupil was enrolled or something is recorded."""
        return self.record.took is not Took.NOT_ENROLLED

    @property
    def unverified(self) -> bool:
        """Whether nobody can say if the pupil took part."""
        return self.record.took is Took.UNVERIFIED


@dataclass(frozen=True)
class Shown:
    """A week's cells by pupil; `lapsed` says in words why no law judges it."""

    week: Week
    rows: Sequence[tuple[Expected, Sequence[Cell]]]
    lapsed: str = ""

    @property
    def counts(self) -> Mapping[Took, int]:
        """How many pupils' days are what."""
        return Counter(cell.record.took for _pupil, cells in self.rows for cell in cells)

    @property
    def missing(self) -> int:
        """Pupils' days of which something planned is not recorded."""
        return sum(cell.missing for _pupil, cells in self.rows for cell in cells)

    @property
    def is_study(self) -> bool:
        """Whether it is a week of independent study."""
        return self.week.way is Way.INDEPENDENT_STUDY


def shown(week: Week, *, certified: bool) -> Shown:
    """Return a week as its page shows it."""
    try:
        cells = _cells(week, certified)
    except NotInForce as lapsed:
        cells = {(one.pupil.pupil, one.day): _bare(one) for one in day_records(week)}
        return Shown(week, _rows(week, cells), str(lapsed))
    return Shown(week, _rows(week, cells))


def _rows(week: Week, cells: Mapping[tuple[str, date], Cell]) -> list[tuple[Expected, list[Cell]]]:
    return [(one, [cells[one.pupil, day] for day in week.days]) for one in week.pupils]


def _cells(week: Week, certified: bool) -> dict[tuple[str, date], Cell]:
    if week.way is Way.INDEPENDENT_STUDY:
        studied = study_days(week, rulebook(), certified=certified)
        return {
            (one.record.pupil.pupil, one.record.day): Cell(
                one.record, one.owed, one.verdict.found, one.credited
            )
            for one in studied
        }
    if week.way is Way.IN_PERSON:
        return {(one.pupil.pupil, one.day): _bare(one) for one in day_records(week)}
    return {
        (pupil.pupil.pupil, day.record.day): Cell(day.record, day.owed, day.whole.found)
        for pupil in engagement(week, rulebook())
        for day in pupil.days
    }


def _bare(record: DayRecord) -> Cell:
    return Cell(record, Figure(None), None)
