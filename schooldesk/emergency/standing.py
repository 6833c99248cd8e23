"""How an emergency stands now: each pupil's clocks, each agreement, each wish to return."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from schoolday.calendar.counting import day_of
from schoolday.calendar.days import Calendar
from schoolday.emergency.agreements import Study, StudyRules, days_of, studies, study_rules
from schoolday.emergency.clocks import DUE, Emergency, Followed, clocks, days_left, follow
from schoolday.emergency.way_back import WayBack, ways_back
from schoolday.files.emergencies import Recorded
from schoolday.measures.verdict import Circumstances, Found, Verdict
from schoolday.roster import Pupil
from schoolday.rules import Rule
from schoolday.rules.tell import tell
from schooldesk import clock
from schooldesk.emergency import models, reads
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook

_WORST = (Found.BROKEN, Found.UNVERIFIED, Found.WAITING, Found.MET)


@dataclass(frozen=True)
class Cell:
    """One clock of one pupil: what is due, until when, the days left in what it counts, and how it stands."""

    due: str
    last: date | None
    left: int | None
    unit: str
    found: Found | None


@dataclass(frozen=True)
class Line:
    """One pupil on the work list: the clocks in the order in which they are due."""

    one: Followed
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class OfSchool:
    """How far a school has come: its pupils, how many were reached and how many were offered instruction."""

    school: str
    pupils: int
    reached: int
    offered: int


@dataclass(frozen=True)
class Told:
    """One rule with its sentence, its counts and its last date, for the head of a page."""

    rule: Rule
    said: str
    clause: str
    cite: str
    href: str
    sure: str
    last: date | None
    counts: Mapping[Found, int]


def hindered(extenuating: bool) -> Circumstances:
    """Return the circumstances: whether the affidavit describes some that hindered (46393(e))."""
    return frozenset({"extenuating"} if extenuating else ())


@dataclass(frozen=True)
class Standing:
    """An emergency at a moment, for some of its pupils."""

    home: District
    row: models.Emergency
    recorded: Recorded
    pupils: Mapping[str, Pupil]
    now: datetime
    circumstances: Circumstances = frozenset()

    @property
    def zone(self) -> ZoneInfo:
        """The district's time zone."""
        return ZoneInfo(self.home.timezone)

    @property
    def event(self) -> Emergency:
        """The emergency."""
        return self.recorded.emergency

    @property
    def today(self) -> date:
        """Today, where the district lies."""
        return self.now.astimezone(self.zone).date()

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar of the roster that stands."""
        return reads.calendar(self.home)

    @cached_property
    def rules(self) -> list[Rule]:
        """The clocks that it starts."""
        return clocks(rulebook(), self.home.places, self.event, self.zone)

    @cached_property
    def study_rules(self) -> StudyRules:
        """The rules on agreements and the return."""
        return study_rules(rulebook(), self.home.places)

    @cached_property
    def followed(self) -> tuple[Followed, ...]:
        """Each pupil, those to whom something is due soonest first."""
        return follow(
            self.event, self.pupils.values(), self.recorded.contacts, self.recorded.offers, rules=self.rules,
            calendar=self.calendar, now=self.now, zone=self.zone, circumstances=self.circumstances,
        )  # fmt: skip

    @cached_property
    def studies(self) -> tuple[Study, ...]:
        """Each agreement of this emergency, judged with all of the year's."""
        every = reads.of_year(self.calendar, self.zone, self.pupils.keys())
        here = {one.id for one in self.recorded.agreements}
        found = studies(
            every, self.pupils, rules=self.study_rules, calendar=self.calendar, now=self.now, zone=self.zone
        )
        return tuple(one for one in found if one.agreement.id in here)

    @cached_property
    def back(self) -> tuple[WayBack, ...]:
        """Each wish to return."""
        days = days_of(reads.of_year(self.calendar, self.zone, self.pupils.keys()), self.calendar)
        return ways_back(
            self.recorded.returns, self.pupils, days, rules=self.study_rules, calendar=self.calendar,
            now=self.now, zone=self.zone,
        )  # fmt: skip

    def chosen(self, still: str) -> list[Followed]:
        """Return those to whom something is still due: contact or instruction; all where neither is named."""
        return [one for one in self.followed if not still or _due(one, still)]

    def lines(self, some: Iterable[Followed] | None = None) -> list[Line]:
        """Return pupils with their clocks: those of one page, or all."""
        return [Line(one, self.cells(one)) for one in (self.followed if some is None else some)]

    def cells(self, one: Followed) -> tuple[Cell, ...]:
        """Return a pupil's clocks, one for each thing that is due."""
        return tuple(self._cell(due, [v for v in one.verdicts if v.rule.due == due]) for due in DUE)

    def _cell(self, due: str, verdicts: Sequence[Verdict]) -> Cell:
        dated = [v for v in verdicts if isinstance(v.inputs.get("last"), date)]
        first = min(dated, key=lambda v: day_of(v.inputs["last"]), default=None)  # type: ignore[arg-type]
        found = next((how for how in _WORST if any(v.found is how for v in verdicts)), None)
        if first is None:
            return Cell(due, None, None, "", found)
        left = days_left(first, self.calendar, self.now, self.zone)
        return Cell(due, day_of(first.inputs["last"]), left, first.rule.unit, found)  # type: ignore[arg-type]


def told_of(followed: Sequence[Followed], counts: Mapping[str, Mapping[Found, int]]) -> list[Told]:
    """Return each clock's rule with its counts."""
    verdicts = followed[0].verdicts if followed else ()
    return [_told(one, counts.get(one.rule.id, {})) for one in verdicts if one.clause is not None]


def _due(one: Followed, still: str) -> bool:
    return one.reached is None if still == "contact" else one.offered is None


def _told(one: Verdict, counts: Mapping[Found, int]) -> Told:
    clause = one.clause
    if clause is None:
        raise ValueError(f"{one.rule.id} has no clause here; leave it out")
    last = one.inputs.get("last")
    return Told(
        one.rule, tell(one.rule, clause), clause.id, clause.cite.source, clause.cite.href,
        clause.confidence.value, day_of(last) if isinstance(last, date) else None, counts,
    )  # fmt: skip


def of_agreements(
    home: District, pupils: Mapping[str, Pupil], emergencies: Sequence[int]
) -> tuple[tuple[Study, ...], tuple[WayBack, ...]]:
    """Return how the year's agreements of some pupils stand, and their wishes after some emergencies."""
    zone, calendar, now = ZoneInfo(home.timezone), reads.calendar(home), clock.now()
    every, rules = reads.of_year(calendar, zone, pupils.keys()), study_rules(rulebook(), home.places)
    found = studies(every, pupils, rules=rules, calendar=calendar, now=now, zone=zone)
    wishes = reads.wishes(emergencies, pupils.keys(), zone) if emergencies else []
    back = ways_back(
        wishes, pupils, days_of(every, calendar), rules=rules, calendar=calendar, now=now, zone=zone
    )
    return found, back


def of_schools(
    home: District,
    row: models.Emergency,
    schools: Collection[str] | None,
    *,
    extenuating: bool = False,
    papers: bool = True,
) -> Standing:
    """Return how an emergency stands for the pupils of some schools, or of all whom it concerns.

    `extenuating` says that the affidavit describes circumstances that hindered (46393(e)). The emergency
    then names the schools that were asked for: it is the record of those, and of no other. Without `papers`
    no agreement and no wish is read: a list needs none.
    """
    named = set(row.schools) or None
    wanted = named if schools is None else (set(schools) if named is None else named & set(schools))
    pupils, zone = roster.pupils(home, wanted), reads.zone_of(home)
    kept = reads.recorded(row, zone, pupils.keys(), papers=papers)
    if schools is not None:
        kept = replace(kept, emergency=replace(kept.emergency, schools=tuple(sorted(wanted or ()))))
    return Standing(home, row, kept, pupils, clock.now(), hindered(extenuating))


def of_pupils(
    home: District, row: models.Emergency, pupils: Iterable[Pupil], *, papers: bool = True
) -> Standing:
    """Return how an emergency stands for some pupils alone; without `papers` no agreement is read."""
    there = {one.id: one for one in pupils}
    kept = reads.recorded(row, reads.zone_of(home), there.keys(), papers=papers)
    return Standing(home, row, kept, there, clock.now())
