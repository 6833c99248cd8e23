"""What is kept of a year's measures, and the walk from a figure to its entries and who certified them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from schoolday.files.engines.duck import Duck
from schoolday.files.engines.year import numbers_in
from schoolday.files.ledger.read import read_week
from schoolday.files.sheets.faults import Faults
from schoolday.ground.errors import SchooldayError
from schoolday.ledger.entry import Entry
from schoolday.ledger.standing import standing
from schoolday.ledger.week import monday_of
from schoolday.measures.disclosure import ToldCell
from schoolday.measures.given import MeasuredYear, PackRow
from schoolday.measures.limits import spread
from schoolday.measures.reference import reference
from schoolday.rules import Clause, Rule
from schooldesk.day.request import calendar
from schooldesk.ledger import reads as ledger
from schooldesk.ledger import weeks
from schooldesk.ledger.models import Certified
from schooldesk.measures import folder
from schooldesk.measures.models import Found, Measured
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook

PAGE = 100
"""Findings of one page."""


@dataclass(frozen=True)
class Ruled:
    """A clause that a figure is held against, with its rule."""

    rule: Rule
    clause: Clause


@dataclass(frozen=True)
class PupilDay:
    """One day of a pupil: promised and given minutes, what stands of it, and whether it is sealed."""

    day: date
    planned: int
    given: int
    untimed: int
    minimum: int | None
    state: int


@dataclass(frozen=True)
class Witness:
    """An entry with the certification whose seal holds it, and whether it still stands."""

    entry: Entry
    stands: bool
    row: Certified | None


def newest() -> Measured | None:
    """Return the newest year that was measured, in the scope's district."""
    return Measured.objects.order_by("-first").first()


def cells(row: Measured, period: str) -> list[ToldCell]:
    """Return the told figures of a period."""
    return [ToldCell(*one) for one in row.board.get(period, ())]


def ruled(ids: Iterable[str]) -> list[Ruled]:
    """Return the clauses of some ids with their rules; one that the rules have no more is left out."""
    wanted = set(ids)
    return [
        Ruled(rule, clause) for rule in rulebook().rules for clause in rule.clauses if clause.id in wanted
    ]


def counts(row: Measured, schools: Collection[str] | None) -> list[tuple[str, str, int]]:
    """Return how many pupils each kind of finding names, by how it stands, at some schools or all."""
    found = _at(Found.objects.filter(measured=row), schools)
    listed = found.values_list("code", "status").annotate(many=Count("id")).order_by("code", "status")
    return [(str(code), str(status), int(many)) for code, status, many in listed]


def listed(row: Measured, schools: Collection[str] | None, code: str, page: int) -> tuple[list[Found], int]:
    """Return one page of the findings of a kind, and how many there are."""
    found = _at(Found.objects.filter(measured=row, code=code), schools).order_by("school", "pupil", "id")
    return list(found[page * PAGE : (page + 1) * PAGE]), found.count()


def of_pupil(row: Measured, pupil: str) -> list[Found]:
    """Return the findings of one pupil."""
    return list(Found.objects.filter(measured=row, pupil=pupil).order_by("id"))


def _at(found: QuerySet[Found], schools: Collection[str] | None) -> QuerySet[Found]:
    return found if schools is None else found.filter(school__in=sorted(schools))


def pupil_days(home: District, pupil: str) -> list[PupilDay]:
    """Return a pupil's sealed days, worked out anew from the packs by the slow, plain way."""
    one = folder.one(home, pupil)
    number = numbers_in(ledger.packs(home.pk) / "pupils.parquet", Faults("measures")).get(pupil)
    if one is None or number is None:
        return []
    rows = _rows(home, number)
    year = MeasuredYear(calendar(home), (one,))
    found = reference(year, spread(rulebook(), year, places=home.places), rows)["minutes_by_day"]
    sealed = {row.day.isoformat() for row in rows}
    return [
        PupilDay(date.fromisoformat(day), planned, given, untimed, minimum, state)
        for _who, day, _live, _own, _there, given, planned, untimed, minimum, state, _planned in found
        if day in sealed
    ]


def _rows(home: District, number: int) -> list[PackRow]:
    packs = sorted(ledger.packs(home.pk).glob("????-??-??.parquet"))
    if not packs:
        return []
    duck = Duck(packs, threads=1)
    try:
        found = duck.ask(f"SELECT * FROM pack_rows WHERE pupil = {int(number)}")
    finally:
        duck.close()
    return [PackRow(0, *row[1:]) for row in found]


def witnesses(home: District, school: str, pupil: str, day: date) -> list[Witness]:
    """Return every entry of a pupil's day, each with the sealed week that holds it."""
    monday = monday_of(day)
    every = ledger.of_pupils(ledger.zone_of(home), [pupil], monday)
    stand = {one.id for one in standing(every)}
    own = [one for one in every if one.day == day]
    held = dict(_held(home, {one.school for one in own} | {school}, monday, own))
    return [Witness(one, one.id in stand, held.get(one.id)) for one in own]


def _held(
    home: District, schools: Collection[str], monday: date, own: list[Entry]
) -> Iterator[tuple[str, Certified]]:
    """Yield which sealed week holds which entry, read from the seals themselves."""
    wanted = {one.id for one in own}
    activities = {one.activity for one in own}
    for school in sorted(schools):
        taught = weeks.teachers_of(home, school, monday)
        for row in ledger.newest_sealed(school, monday):
            near = taught.get(row.teacher, frozenset()) & activities or any(
                one.by == row.teacher for one in own
            )
            for name in wanted & _ids(row) if near else ():
                yield name, row


def _ids(row: Certified) -> set[str]:
    try:
        return {one.id for one in read_week(ledger.sealed(row)).entries}
    except SchooldayError:
        # A seal that is not as it was written holds nothing that anybody could rely on.
        return set()
