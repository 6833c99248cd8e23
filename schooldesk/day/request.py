"""Compose on request, from the tables: the way out where nothing was published, and the test's oracle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from schoolday.calendar.days import Calendar, DayKind
from schoolday.day import school_week, teacher_day
from schoolday.ground.spans import Span
from schoolday.roster import Roster, Staff
from schoolday.timetable.dated import school_day
from schoolday.timetable.dates import Dates
from schoolday.timetable.meeting import SchoolDay, SchoolWeek
from schoolday.timetable.problem import What
from schooldesk import clock, scope
from schooldesk.day import reads
from schooldesk.day.composing import DatePages, FeedMaker, day_links, etag, names, neighbour
from schooldesk.day.languages import OFFERED, language
from schooldesk.day.packed import Packer
from schooldesk.day.reads import Stored, StoredFeed
from schooldesk.day.render import Links, render_school_week, render_teacher
from schooldesk.roster import reads as roster_reads
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook
from schooldesk.timetable import reads as timetable_reads
from schooldesk.timetable.moves.reads import move_ahead

LANGUAGES = tuple((one.code, f"?lang={one.code}") for one in OFFERED)


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


def page(district: str, number: int, day: date, code: str) -> Stored | None:
    """Return a household's page of a date, composed now; None where there is no such household or date."""
    with scope.district(district):
        home = _home(district)
        house = roster_reads.household_id(home, number) if home else None
        if home is None or house is None:
            return None
        pages = _pages(home, house, day)
        if pages is None:
            return None
        made = pages.page(pages.roster.households[house], reads.base(number, day), code)
    return Stored(made.etag, made.language, made.turns, made.page)


def feed(district: str, number: int) -> StoredFeed:
    """Return a household's feed of this school week, composed now; an empty one where there is nothing."""
    with scope.district(district):
        home = _home(district)
        house = roster_reads.household_id(home, number) if home else None
        if home is None or house is None:
            return EMPTY
        today = clock.today(home.timezone)
        monday = today - timedelta(days=today.weekday())
        week = [_pages(home, house, monday + timedelta(days=number)) for number in range(5)]
        pages = [one for one in week if one is not None]
        if not pages:
            return EMPTY
        # The stamp is the start of the day, so that asking again gives the same bytes.
        moment = clock.now(home.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
        made = FeedMaker(pages[0].roster, pages, moment).feed(pages[0].roster.households[house], b"", b"")
    return StoredFeed(made.etag, made.ics)


_EMPTY = Packer().own(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//schoolday//feed//EN\r\nEND:VCALENDAR\r\n")
EMPTY = StoredFeed(etag(_EMPTY), _EMPTY)


def school_page(home: District, school: str, monday: date, code: str) -> bytes | None:
    """Return a school's week as a page, or None where there is no such school."""
    roster = school_roster(home.pk, home.roster_id or 0, (school,))
    if roster is None or school not in roster.schools:
        return None
    days = calendar(home)
    dated, notes = [], {}
    services: set[str] = set()
    for day in (monday + timedelta(days=number) for number in range(5)):
        week = _week(home, school, day)
        services |= (
            {one.source for one in week.problem.activities if one.what is What.SERVICE} if week else set()
        )
        if days.kind(day) is DayKind.SCHOOL and week is not None:
            dated.append(dated_school(home, week, roster, day))
        else:
            notes[day] = days.reason(day) or (_("No school") if week is not None else _("Not planned yet"))
    view = school_week(school, dated, names=names(roster), notes=notes, leave_out=frozenset(services))
    links = week_links(days, monday)
    return render_school_week(
        view, language=language(code).code, district=home.name, timezone=home.timezone, links=links
    )


def week_links(days: Calendar, monday: date) -> Links:
    """Return where a week's page leads: to the weeks of the school year beside it, or nearest to it."""
    first, last = (edge - timedelta(days=edge.weekday()) for edge in (days.first, days.last))
    before, after = min(monday - timedelta(7), last), max(monday + timedelta(7), first)
    return Links(
        previous=(before, f"../{before.isoformat()}/") if before >= first else None,
        next=(after, f"../{after.isoformat()}/") if after <= last else None,
        rules=f"/rules/?on={monday.isoformat()}",
        languages=LANGUAGES,
    )


def teacher_page(home: District, member: Staff, day: date, code: str) -> bytes:
    """Return a teacher's day as a page."""
    days = calendar(home)
    roster = school_roster(home.pk, home.roster_id or 0, member.schools)
    found = {school: _week(home, school, day) for school in member.schools}
    weeks = {school: week for school, week in found.items() if week is not None}
    kind = days.kind(day)
    meetings = []
    if kind is DayKind.SCHOOL and roster is not None:
        for week in weeks.values():
            dated = dated_school(home, week, roster, day)
            meetings += [meeting for meeting in dated.meetings if member.id in meeting.teachers]
    view = teacher_day(
        member.id,
        meetings,
        day=day,
        kind=kind,
        reason=days.reason(day),
        names=names(roster) if roster else names(roster_reads.without_pupils(home)),
        window=_window(roster, member, day),
        standing=rulebook().on(day, frozenset(home.places)),
        **_breaks(weeks, member.id, day),
    )
    shown = day_links(days, day)
    ahead = move_ahead(home, day)
    shown = Links(
        previous=shown.previous, next=shown.next, rules=shown.rules, languages=LANGUAGES,
        move=(ahead, "../move/") if ahead else None,
    )  # fmt: skip
    return render_teacher(
        view, language=language(code).code, district=home.name, timezone=home.timezone, links=shown
    )


def nearest(district: str) -> date | None:
    """Return today where it is a school day, else the next one, else the last there was."""
    with scope.district(district):
        home = _home(district)
        if home is None:
            return None
        days, today = calendar(home), clock.today(home.timezone)
    if days.kind(today) is DayKind.SCHOOL:
        return today
    return neighbour(days, today, 1) or neighbour(days, today, -1)


def today(district: str) -> date:
    """Return today's date where a district lies."""
    return clock.today(roster_reads.timezone(district))


def calendar(home: District) -> Calendar:
    """Return a district's calendar with the days that rules add."""
    return _calendar(home.pk, home.roster_id or 0)


@lru_cache(maxsize=16)
def _calendar(district: str, version: int) -> Calendar:
    with scope.district(district):
        home = _home(district)
        assert home is not None
        return Dates(roster_reads.without_pupils(home), rulebook()).calendar


@lru_cache(maxsize=4)
def school_roster(district: str, version: int, schools: tuple[str, ...]) -> Roster | None:
    """Return the roster of some schools, kept while its version stands."""
    with scope.district(district):
        home = _home(district)
        return None if home is None or home.roster_id != version else roster_reads.of_schools(home, schools)


_DATED: dict[tuple[int, str, date], SchoolDay] = {}


def dated_school(home: District, week: SchoolWeek, roster: Roster, day: date) -> SchoolDay:
    """Return a school's date, kept for the next who asks."""
    plan = timetable_reads.plan_on(home, day)
    assert plan is not None
    key = (plan.version, week.problem.school, day)
    if key not in _DATED:
        while len(_DATED) >= 20:
            _DATED.pop(next(iter(_DATED)))
        dates = plan.dates(roster)
        kept = timetable_reads.day_plans(plan, day)
        plans, own = kept or (dates.plans(day), None)
        staying = dates.staying(day, own)
        _DATED[key] = school_day(week, roster, plans, dates.standing(day), day, dates.on_site(day), staying)
    return _DATED[key]


def _week(home: District, school: str, day: date) -> SchoolWeek | None:
    """Return a school's week in the plan of a date."""
    plan = timetable_reads.plan_on(home, day)
    return timetable_reads.week(plan.version, school) if plan else None


def _home(district: str) -> District | None:
    home = roster_reads.district(district)
    return home if home is not None and home.roster_id else None


def _pages(home: District, house: str, day: date) -> DatePages | None:
    days = calendar(home)
    if days.kind(day) is DayKind.OUTSIDE:
        return None
    schools = tuple(sorted(roster_reads.household_schools(home, house)))
    roster = school_roster(home.pk, home.roster_id or 0, schools)
    if roster is None:
        return None
    dated = []
    if days.kind(day) is DayKind.SCHOOL:
        found = (_week(home, school, day) for school in schools)
        dated = [dated_school(home, week, roster, day) for week in found if week is not None]
    standing = rulebook().on(day, frozenset(home.places))
    return DatePages(roster, days, standing, dated, day, move_ahead(home, day))


def _window(roster: Roster | None, member: Staff, day: date) -> Span | None:
    contract = roster.contracts.get(member.id) if roster else None
    if contract is None or day.weekday() not in contract.days:
        return None
    return Span(contract.start, contract.end)


def _breaks(weeks: Mapping[str, SchoolWeek], who: str, day: date) -> dict[str, object]:
    """Return the lunch and preparation that a teacher's limits name."""
    for week in weeks.values():
        limits = week.problem.staff_limits.get(who)
        if limits and day.weekday() < len(limits):
            found = week.problem.limits[limits[day.weekday()]]
            return {
                "lunch_minutes": found.lunch_minutes,
                "lunch": found.lunch,
                "preparation": found.preparation or 0,
            }
    return {}


def forget() -> None:
    """Drop what is kept in memory; versions never change, so only tests need it."""
    _DATED.clear()
    _calendar.cache_clear()
    school_roster.cache_clear()
    timetable_reads.forget()
