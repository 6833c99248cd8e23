"""Re-engagement of a school as the desk knows it: cases, notices owed, and what is to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from string import Template

from schoolday.calendar.days import Calendar
from schoolday.files.reengage.write import LANGUAGES, templates
from schoolday.ground.finding import Finding
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.cases import Case
from schoolday.ledger.reengage.known import AWAY
from schoolday.ledger.reengage.notices import (
    SENT,
    Home,
    Notice,
    check_notices,
    dates_told,
    deadlines_of,
    language_told,
    notices,
)
from schoolday.ledger.reengage.replay import cases
from schoolday.ledger.reengage.tiers import WrittenPlan, of_contact
from schoolday.ledger.reengage.watch import Spans, Watch, watched
from schoolday.ledger.reengage.work import Task, check_cases, uncertified, work_list
from schoolday.measures.verdict import Circumstances
from schoolday.roster import Pupil, Roster
from schoolday.rules import Way
from schooldesk import scope
from schooldesk.day.request import calendar, school_roster
from schooldesk.ledger import reads as ledger
from schooldesk.ledger.reengage import record
from schooldesk.ledger.sheets import reads as sheets
from schooldesk.ledger.weeks import way_of
from schooldesk.roster import reads as roster_reads
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook


@dataclass(frozen=True)
class School:
    """The re-engagement of a school as of a date.

    `untold` counts, for each pupil with any, the school days so far that nobody has certified; `former` are
    pupils of whom it was certified here how their days were, and who are on the roster no more.
    """

    cases: tuple[Case, ...]
    notices: tuple[Notice, ...]
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...]
    untold: Mapping[str, int]
    former: frozenset[str] = frozenset()

    def of(self, pupil: str) -> tuple[list[Case], list[Notice]]:
        """Return a pupil's cases and notices."""
        mine = [one for one in self.cases if one.pupil == pupil]
        return mine, [one for one in self.notices if one.pupil == pupil]

    def case(self, name: str) -> Case | None:
        """Return the case of an id."""
        return next((one for one in self.cases if one.id == name), None)


def school(home: District, name: str, as_of: date) -> School:
    """Return the re-engagement of a school, from memory while nothing was entered and no sheet brought."""
    return _school(home.pk, home.roster_id or 0, name, as_of, record.last(name), sheets.mark())


def schools(home: District, names: Sequence[str], as_of: date) -> dict[str, School]:
    """Return the re-engagement of several schools, read at once."""
    roster = roster_reads.of_schools(home, names)
    gone = {name: record.former_of(home, name) for name in names}
    former = frozenset[str]().union(*gone.values())
    every = _asked(home, roster, record.known(home, {*roster.pupils, *former}), as_of, former)
    return {
        name: _part(every, {one.id for one in roster.pupils_at.get(name, ())}, gone[name]) for name in names
    }


def _part(every: School, here: Collection[str], gone: frozenset[str]) -> School:
    """Return what is of one school's pupils, and of those who were certified there and have left."""
    of = {*here, *gone}
    return School(
        tuple(one for one in every.cases if one.pupil in of),
        tuple(one for one in every.notices if one.pupil in of),
        tuple(one for one in every.tasks if one.pupil in of),
        (),
        {pupil: many for pupil, many in every.untold.items() if pupil in of},
        gone,
    )


@lru_cache(maxsize=128)
def _school(district: str, version: int, name: str, as_of: date, last: int, newest: int) -> School:
    with scope.district(district):
        home = roster_reads.district(district)
        roster = school_roster(district, version, (name,))
        if home is None or roster is None:
            return School((), (), (), (), {})
        gone = record.former_of(home, name)
        return _asked(home, roster, record.known(home, {*roster.pupils, *gone}), as_of, gone)


def _asked(
    home: District, roster: Roster, entries: Sequence[Entry], as_of: date, gone: frozenset[str]
) -> School:
    book, places, zone = rulebook(), home.places, ledger.zone_of(home)
    way, watch, plan = _way(home, as_of), _watch(home, roster), sheets.plan()
    given = [one for one in sheets.given() if one.pupil in roster.pupils or one.pupil in gone]
    found = cases(entries, watched(book, places, way), watch, as_of, plan=plan, given=given, zone=zone)
    told = Home(_languages(roster), watch.circumstances)
    owed = notices(entries, deadlines_of(book, places, way), watch.calendar, told, as_of, zone)
    tasks = work_list(found, owed, _teller(plan))
    findings = (*check_cases(found, as_of), *check_notices(owed))
    untold = {pupil: len(days) for pupil, days in uncertified(entries, roster.pupils, watch, as_of).items()}
    return School(tuple(found), tuple(owed), tuple(tasks), findings, untold, gone)


def _teller(plan: WrittenPlan) -> str:
    return next((one.owner for one in plan.tiers if one.step == "notify_parent"), "")


def _way(home: District, as_of: date) -> Way:
    return way_of(home, as_of - timedelta(days=as_of.weekday()))


def _languages(roster: Roster) -> dict[str, str]:
    return {pupil: roster.households[house].language for pupil, house in roster.household_of.items()}


def _watch(home: District, roster: Roster) -> Watch:
    facts, days = sheets.true(), calendar(home)

    def true(pupil: str, on: date) -> Circumstances:
        return frozenset(one.name for one in facts if one.holds(pupil, on))

    def spans(pupil: str) -> Spans:
        return frozenset((row.first, row.last) for row in roster.enrollments_of.get(pupil, ()))

    schools = {one.id: one.school for one in roster.pupils.values()}
    return Watch(days, circumstances=true, schools=schools, spans=spans)


@dataclass(frozen=True)
class Count:
    """A school's counts; excused absences of open cases apart."""

    school: str
    open: int
    closed: Counter[str]
    late: int
    notices: int
    absent: int
    excused: int
    untold: int


def count(home: District, name: str, as_of: date) -> Count:
    """Return how a school stands."""
    return counted(name, school(home, name, as_of), as_of)


def counted(name: str, one: School, as_of: date) -> Count:
    """Return the counts of a school's re-engagement."""
    live = [case for case in one.cases if case.open]
    tasks = [task for task in one.tasks if task.due is not None and task.due < as_of]
    return Count(
        name, len(live), Counter(case.why for case in one.cases if not case.open), len(tasks),
        sum(task.what == "notice" for task in one.tasks), sum(len(case.absent) for case in live),
        sum(len(case.excused) for case in live), sum(one.untold.values()),
    )  # fmt: skip


def owed_of(some: Sequence[Notice]) -> list[Notice]:
    """Return the notices that nobody has sent, or sent in another language than the home's."""
    return [one for one in some if one.sent is None or one.other_language]


@dataclass(frozen=True)
class Text:
    """A notice's words in one language."""

    language: str
    body: str


def texts(
    home: District, pupil: Pupil, school: str, language: str, days: Mapping[str, Sequence[str]]
) -> list[Text]:
    """Return the notice in a language; where there is no text in it, the English and the Spanish one.

    `days` are the dates as each language says them.
    """
    every, plain = _templates(), language.partition("-")[0]
    chosen = [plain] if plain in every else list(LANGUAGES)
    names = {"pupil": pupil.name, "school": school, "district": home.name}
    return [Text(one, every[one].substitute(names, days="; ".join(days[one])).strip()) for one in chosen]


@lru_cache(maxsize=1)
def _templates() -> dict[str, Template]:
    return templates()


def calendar_of(home: District) -> Calendar:
    """Return the district's calendar."""
    return calendar(home)


@dataclass(frozen=True)
class SentNotice:
    """A notice that went home: its entry, language and dates."""

    entry: Entry
    language: str
    days: tuple[date, ...]


def sent(home: District, pupils: Collection[str]) -> list[SentNotice]:
    """Return the notices that went to some pupils' home and were not taken back, the newest first."""
    every = of_contact(record.entries_of(ledger.zone_of(home), pupils))
    deeds = [deed.entry for some in every.values() for deed in some if deed.undone is None]
    found = [
        SentNotice(one, language_told(one), tuple(sorted(dates_told(one))))
        for one in deeds
        if one.code == SENT
    ]
    return sorted(found, key=lambda one: (one.entry.at, one.entry.id), reverse=True)


def away(one: Entry) -> bool:
    """Whether an entry certifies an absence."""
    return one.kind is EntryKind.ATTENDANCE and one.code in AWAY


def forget() -> None:
    """Drop what is kept in memory; entries are never changed, so only tests need it."""
    _school.cache_clear()
