"""What was asked and worked out for the tables of the district in scope, as the core's values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from schoolday.bargaining.ground import Package
from schoolday.bargaining.inquiry import Reached
from schooldesk.bargaining.models import Kind, Outcome, Step
from schooldesk.bargaining.outcomes import codec
from schooldesk.bargaining.outcomes.asked import Asked
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District


@dataclass(frozen=True)
class Run:
    """A question and how far it came.

    Parameters
    ----------
    number, table, asked
        The desk's number of it, the table's name and what was asked.
    who, started, finished
        Who asked, when, and when all of it was found; None while it is not.
    done, due
        How many steps are done of how many; no `due` where nobody has begun.
    failed
        Why it cannot be worked out; empty where it can.
    stands
        Whether it is of the roster that stands.
    """

    number: int
    table: str
    asked: Asked
    who: str
    started: datetime
    finished: datetime | None
    done: int
    due: int
    failed: str
    stands: bool

    @property
    def open(self) -> bool:
        """Whether it is waiting for, or in, the hands of a worker."""
        return self.finished is None and not self.failed


def runs(table: str, kind: Kind) -> list[Run]:
    """Return what was asked of a table, the newest first."""
    rows = _rows().filter(table=table, kind=kind).order_by("-started", "-pk")
    return [run(row) for row in rows]


def one(table: str, kind: Kind, number: int) -> Outcome | None:
    """Return the row of one question of a table, or None."""
    found: Outcome | None = (
        Outcome.objects.select_related("district").filter(table=table, kind=kind, pk=number).first()
    )
    return found


def run(row: Outcome) -> Run:
    """Return a row as a value, without what was found."""
    return Run(
        row.pk,
        row.table,
        codec.read_asked(row.kind, row.asked),
        row.who,
        row.started,
        row.finished,
        row.done,
        row.due,
        row.failed,
        row.roster == row.district.roster_id,
    )


def waiting() -> list[Outcome]:
    """Return what is still to be worked out, the first asked first; in the scope of every district."""
    return list(_rows().filter(finished=None, failed="").order_by("started", "pk"))


def found(row: Outcome) -> codec.Found:
    """Return what came of a position; only of a finished run."""
    value: codec.Found = _whole(codec.Found, bytes(row.body))
    return value


def reached(row: Outcome) -> list[Reached]:
    """Return the weeks that a run has reached so far."""
    return [codec.unpack(Reached, body) for body in _steps(row)]


def packages(row: Outcome) -> list[Package]:
    """Return the packages of a run in the grid's order: all of them, or those judged so far."""
    if row.finished is not None:
        return list(_whole(list[Package], bytes(row.body)))
    return sorted((codec.unpack(Package, body) for body in _steps(row)), key=lambda one: one.choice)


def sizes(home: District, school: str, day: date) -> tuple[dict[str, int], int]:
    """Return how many children each grade and kind of class of a school has on a date, and its teachers."""
    assert home.roster_id is not None
    return _sizes(home.pk, home.roster_id, school, day)


@lru_cache(maxsize=64)
def _sizes(district: str, version: int, school: str, day: date) -> tuple[dict[str, int], int]:
    """Count them; kept, since a version of a roster never changes and a page asks each time."""
    home = roster.district(district)
    assert home is not None
    there = roster.of_schools(home, [school])
    enrolled, sections = there.enrolled(day), there.sections_at.get(school, ())
    pupils: dict[str, set[str]] = defaultdict(set)
    for section in sections:
        for pupil in enrolled.get(section.id, ()):
            pupils[f"{there.pupils[pupil].grade} {section.kind}"].add(pupil)
    taught = {section.id for section in sections}
    teachers = {row.staff for row in there.teaching if row.section in taught}
    return {band: len(some) for band, some in pupils.items()}, len(teachers)


def _rows() -> QuerySet[Outcome]:
    return Outcome.objects.select_related("district").defer("body")


@lru_cache(maxsize=8)
def _whole(kind: Any, body: bytes) -> Any:  # noqa: ANN401 - either kind of result
    """Unpack what was found; kept, since a district's takes long and what is finished never changes."""
    return codec.unpack(kind, body)


def _steps(row: Outcome) -> list[bytes]:
    return list(Step.objects.filter(outcome=row).order_by("pk").values_list("body", flat=True))
