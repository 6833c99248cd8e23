"""Services of some schools as the desk knows them: terms, entries, signatures, and their account."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from schoolday.calendar.days import Calendar
from schoolday.ground.finding import Finding
from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.services.account import Account, Ground, accounts
from schoolday.ledger.services.emergency import Closure, ruled, without_part
from schoolday.ledger.services.findings import check_entries
from schoolday.ledger.services.owed import Owed, owed
from schoolday.ledger.services.planned import Planned, planned, to_record, unplaced
from schoolday.ledger.services.recorded import Reasons, of_services
from schoolday.ledger.services.signed import Attestation, check_signed
from schoolday.ledger.services.terms import Ruled, Terms, in_force, terms_of
from schoolday.roster import Roster
from schooldesk.day.request import calendar, school_roster
from schooldesk.ledger import closed
from schooldesk.ledger import models as ledger_tables
from schooldesk.ledger import reads as ledger
from schooldesk.ledger.services import models as tables
from schooldesk.ledger.sheets import reads as sheets
from schooldesk.ledger.weeks import school_day
from schooldesk.roster import models as people
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook

PART = 500
"""Ids of one question, as many as every database takes as arguments."""


@dataclass(frozen=True)
class Services:
    """The services of some schools as of a date. Everything is of the pupils that were asked for."""

    home: District
    roster: Roster
    schools: tuple[str, ...]
    as_of: date
    terms: tuple[Terms, ...]
    entries: tuple[Entry, ...]
    signed: tuple[Attestation, ...]
    closures: tuple[Closure, ...]
    spans: tuple[Ruled, ...]
    missing: tuple[Finding, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The district's time zone."""
        return ZoneInfo(self.home.timezone)

    @cached_property
    def calendar(self) -> Calendar:
        """The district's calendar."""
        return calendar(self.home)

    @cached_property
    def ground(self) -> Ground:
        """What an account is made on."""
        reasons = Reasons(rulebook(), frozenset(self.home.places))
        return Ground(reasons, self.calendar, self.as_of, self.closures)

    @cached_property
    def accounts(self) -> list[Account]:
        """The account of every period of the year so far."""
        return accounts(self.owed(self.calendar.first, self.as_of), self.entries, self.ground)

    def owed(self, first: date, last: date) -> list[Owed]:
        """Return what is owed in the periods of some dates."""
        return list(owed(self.terms, self.calendar, first, last))

    def meetings(self, days: Iterable[date]) -> list[Planned]:
        """Return the planned meetings of these services on some days."""
        wanted = {(one.pupil, one.service) for one in self.terms}
        there = (school_day(self.home, school, day) for day in days for school in self.schools)
        some = planned((one for one in there if one), self.roster)
        return [one for one in some if (one.pupil, one.service) in wanted]

    def to_record(self, meetings: Iterable[Planned]) -> list[Planned]:
        """Return the planned meetings so far of which nothing is recorded."""
        return to_record(meetings, self.entries, self.as_of)

    def unplaced(self, first: date, last: date) -> list[tuple[Owed, Finding]]:
        """Return what is owed in the periods of some dates and has no place in the timetable."""
        promised = self.owed(first, last)
        some = self.meetings(sorted({day for one in promised for day in one.days}))
        found = [(one, unplaced([one], some)) for one in promised]
        return [(one, findings[0]) for one, findings in found if findings]

    def findings(self) -> list[Finding]:
        """Return what does not fit: entries, signatures, emergency parts."""
        made = check_entries(self.entries, self.terms, self.ground)
        return [*made, *self._of_signatures(), *self.missing]

    def _of_signatures(self) -> list[Finding]:
        """A signature is of all that the provider entered, at other schools and of former pupils too."""
        found: list[Finding] = []
        for provider in sorted({one.provider for one in self.signed}):
            mine = [one for one in self.signed if one.provider == provider]
            own = of_provider(self.zone, provider)
            # Others' corrections of them count, too; they lie among the pupils' entries.
            others = [one for one in self.entries if one.by != provider and one.corrects]
            found += check_signed([*own, *others], mine)
        named = {f"pupil {one}" for one in self.roster.pupils}
        return [
            one for one in found if named.issuperset(part for part in one.where if part.startswith("pupil "))
        ]

    def standing(self) -> list[Entry]:
        """Return the entries that stand."""
        return of_services(self.entries)

    def withdrawn(self) -> list[Entry]:
        """Return the withdrawals that nobody has corrected."""
        gone = {one.corrects for one in self.entries}
        return [one for one in self.entries if one.code == WITHDRAWN and one.id not in gone]


def services(
    home: District,
    schools: Sequence[str],
    as_of: date,
    *,
    provider: str = "",
    pupils: Collection[str] | None = None,
) -> Services | None:
    """Return the services of some schools, of one provider or of some pupils; None without a roster."""
    roster = school_roster(home.pk, home.roster_id or 0, tuple(sorted(schools)))
    if roster is None:
        return None
    stated, shut = sheets.stated(), closed.closures(home)
    every = [
        one
        for one in terms_of(roster, stated)
        if provider in ("", one.provider) and (pupils is None or one.pupil in pupils)
    ]
    spans = tuple(ruled(shut, calendar(home), rulebook(), as_of))
    entries = of_pupils(ledger.zone_of(home), {one.pupil for one in every})
    if provider:
        mine = {one.service for one in every}
        entries = [one for one in entries if one.by == provider or one.activity in mine]
    return Services(
        home, roster, tuple(sorted(schools)), as_of, in_force(every, spans), tuple(entries),
        signatures(ledger.zone_of(home), {one.provider for one in every}), shut, spans,
        tuple(without_part(every, spans, rulebook())),
    )  # fmt: skip


def schools_of(home: District, provider: str) -> tuple[str, ...]:
    """Return the schools of a provider's pupils."""
    served = people.Service.objects.filter(version=home.roster_id, provider=provider)
    pupils = list(served.values_list("pupil", flat=True))
    found = people.Pupil.objects.filter(version=home.roster_id, sourced__in=pupils)
    return tuple(sorted(set(found.values_list("school", flat=True))))


def of_pupils(zone: ZoneInfo, pupils: Collection[str]) -> list[Entry]:
    """Return the entries of services of some pupils, corrected ones too, in the order of entering."""
    rows, listed = list[ledger_tables.Entry](), sorted(pupils)
    for start in range(0, len(listed), PART):
        part = listed[start : start + PART]
        rows += ledger_tables.Entry.objects.filter(pupil__in=part, kind=EntryKind.SERVICE.value)
    return [ledger.value(row, zone) for row in sorted(rows, key=lambda row: row.pk)]


def of_provider(zone: ZoneInfo, provider: str) -> list[Entry]:
    """Return the entries of services that a provider entered, corrected ones too."""
    rows = ledger_tables.Entry.objects.filter(by=provider, kind=EntryKind.SERVICE.value).order_by("pk")
    return [ledger.value(row, zone) for row in rows]


def signatures(zone: ZoneInfo, providers: Collection[str]) -> tuple[Attestation, ...]:
    """Return what some providers signed, the oldest first."""
    listed, rows = sorted(providers), list[tables.Signature]()
    for start in range(0, len(listed), PART):
        rows += tables.Signature.objects.filter(provider__in=listed[start : start + PART])
    return tuple(
        Attestation(
            row.name, row.provider, row.first, row.last, row.at.astimezone(zone), row.words, row.number,
            row.digest,
        )
        for row in sorted(rows, key=lambda row: row.pk)
    )  # fmt: skip
