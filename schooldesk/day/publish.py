"""Publish: compose every household's page and feed for some dates, and write only what changed.

It walks the households school by school, first for their pages, which the morning reads, then for their
feeds, which calendars fetch hours later; in parts that several processes take. Each stores in the
transaction of every portion how far its part came. Killed, it leaves whole pages, old ones and new ones;
started again for the same dates, roster and plan it goes on there. Each page is one row, so nobody ever
reads half an old day and half a new one.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import IO

from django.conf import settings
from django.db import connection, transaction

from schoolday.calendar.days import Calendar, DayKind
from schoolday.ground.errors import SchooldayError
from schoolday.roster import Household, Roster
from schoolday.timetable.dated import school_day
from schoolday.timetable.dates import Dates
from schooldesk import clock, rows, scope
from schooldesk.day import reads, writes
from schooldesk.day.composing import DatePages, FeedMaker, school_dates
from schooldesk.day.models import DAYS, PublishPart, PublishRun
from schooldesk.day.side_by_side import each_at_its_own, no_collecting
from schooldesk.people.writes import record
from schooldesk.roster import reads as roster_reads
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook
from schooldesk.timetable import reads as timetable_reads
from schooldesk.timetable.moves.reads import move_ahead
from schooldesk.timetable.reads import Planned
from schooldesk.timetable.writes import keep_day_plans

MOST_DATES = 14
"""Dates a publish composes at once; each is held in memory whole."""
PORTION = 100
"""Pages and feeds a transaction: each is tens of kilobytes, and everybody else's write waits for it."""
PARTS = 24
"""Stretches of households that processes take one after the other, the last ones small against the whole."""


@dataclass(frozen=True)
class Published:
    """What a publish did."""

    dates: tuple[date, ...]
    households: int
    written: int
    resumed: int

    @property
    def said(self) -> str:
        """What was done, in one line."""
        resumed = f", after {self.resumed} households done before" if self.resumed else ""
        return (
            f"{self.households} households for {len(self.dates)} dates: "
            f"{self.written} pages and feeds had changed and were written{resumed}."
        )


def size(district: str) -> int:
    """Return how many steps a publish reports: each household's pages and its feed."""
    with scope.district(district):
        home = roster_reads.district(district)
        return 2 * len(roster_reads.numbers(home)) if home and home.roster_id else 0


def publish(
    district: str, first: date, last: date, *, who: str, report: rows.Report = rows.quiet
) -> Published:
    """Publish a district's dates from `first` to `last`.

    Raises
    ------
    SchooldayError
        If nothing is loaded, the dates are wrong or too many, or another publish is running.
    """
    with scope.district(district), _alone(district), no_collecting():
        home = roster_reads.district(district)
        if home is None or home.roster_id is None or home.plan_id is None:
            raise SchooldayError(f"{district!r} has no roster and plan yet; `schooldesk load` them first")
        roster = roster_reads.whole(home)
        days = _days(Dates(roster, rulebook()).calendar, first, last)
        numbers = roster_reads.numbers(home)
        order = _order(roster, numbers)
        pages = [page for plan, some in _by_plan(home, days) for page in _pages(plan, home, roster, some)]
        run = _run(home, days, len(order))
        parts = list(run.parts.all())
        resumed = sum(part.reached - part.first for part in parts if not part.feeds)
        report(sum(part.reached - part.first for part in parts))
        _walk(home, pages, order, run, report)
        _clear(home, numbers)
        return _finish(home, run, days, len(order), resumed, who)


def _order(roster: Roster, numbers: Mapping[str, int]) -> list[tuple[int, Household]]:
    """Return the households school by school: whoever composes classmates together makes their rows once."""

    def place(house: Household) -> tuple[str, str, int]:
        first = roster.pupils[house.pupils[0]] if house.pupils else None
        return (first.school, first.grade, numbers[house.id]) if first else ("", "", numbers[house.id])

    houses = (roster.households[house] for house in numbers)
    return [(numbers[house.id], house) for house in sorted(houses, key=place)]


@contextmanager
def _alone(district: str) -> Iterator[None]:
    """Let one publish of a district run at a time; the lock falls with the process."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / f"publish-{district}.lock").open("w") as file:
        # The helpers of a publish that was just killed hold the lock for a moment more.
        for _ in range(20):
            if _locked(file):
                break
            time.sleep(0.1)
        else:
            raise SchooldayError(f"another publish of {district!r} is running; wait for it")
        yield


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _days(calendar: Calendar, first: date, last: date) -> list[date]:
    if last < first:
        raise SchooldayError(f"the dates run backwards: {first} to {last}")
    if last - first >= timedelta(days=MOST_DATES):
        raise SchooldayError(f"publish at most {MOST_DATES} dates at once; {first} to {last} are more")
    days = school_dates(calendar, first, last)
    if not days:
        raise SchooldayError(
            f"{first} to {last} lie outside the school year ({calendar.first} to {calendar.last})"
        )
    return days


def _by_plan(home: District, days: Sequence[date]) -> list[tuple[Planned, list[date]]]:
    """Return the dates under each plan, in order: a move changes from one to another."""
    plans = [(timetable_reads.plan_on(home, day), day) for day in days]
    return [(plan, [day for _, day in some]) for plan, some in groupby(plans, itemgetter(0)) if plan]


def _pages(plan: Planned, home: District, roster: Roster, days: Sequence[date]) -> list[DatePages]:
    """Return what the pages of each date under one plan are made from."""
    weeks, desk = timetable_reads.weeks(plan.version), plan.dates(roster)
    plans, staying = {day: desk.plans(day) for day in days}, {day: desk.staying(day) for day in days}
    for day, found in plans.items():
        own = (*found.items(), *staying[day].plans.items())
        keep_day_plans(plan.version, day, ((kind, one) for (_, kind), one in own))
    # On one core: sent home from others the days cost more than they saved, and rows made twice besides.
    dated = {
        day: [
            school_day(week, roster, plans[day], desk.standing(day), day, desk.on_site(day), staying[day])
            for week in weeks.values()
        ]
        for day in days
        if desk.calendar.kind(day) is DayKind.SCHOOL
    }
    return [
        DatePages(roster, desk.calendar, desk.standing(day), dated.get(day, []), day, move_ahead(home, day))
        for day in days
    ]


def _run(home: District, days: Sequence[date], households: int) -> PublishRun:
    """Return the run to go on with, or a new one with its parts."""
    plans = ", ".join(str(plan.version) for plan, _ in _by_plan(home, days))
    what = f"{days[0]} to {days[-1]}, roster {home.roster_id}, plan {plans}"
    found = PublishRun.objects.filter(what=what, finished=None).order_by("-id").first()
    if found is None:
        size = max(PORTION, -(-households // PARTS))
        with transaction.atomic():
            found = PublishRun(district=home, what=what, started=clock.now())
            found.save()
            for feeds in (False, True):
                for first in range(0, households, size):
                    last = min(first + size, households)
                    PublishPart(run=found, feeds=feeds, first=first, last=last, reached=first).save()
    return found  # type: ignore[no-any-return]


def _walk(
    home: District,
    pages: Sequence[DatePages],
    order: Sequence[tuple[int, Household]],
    run: PublishRun,
    report: rows.Report,
) -> None:
    feeds = FeedMaker(pages[0].roster, pages, clock.now(home.timezone))
    for of_feeds in (False, True):
        parts = [
            part for part in run.parts.filter(feeds=of_feeds).order_by("first") if part.reached < part.last
        ]
        _walk_parts(home, pages, order, feeds, parts, report)


def _walk_parts(
    home: District,
    pages: Sequence[DatePages],
    order: Sequence[tuple[int, Household]],
    feeds: FeedMaker,
    parts: Sequence[PublishPart],
    report: rows.Report,
) -> None:

    def work(place: int) -> Iterator[int]:
        part = parts[place]
        step = max(1, min(PORTION, rows.CHUNK) // (1 if part.feeds else len(pages)))
        with scope.district(home.pk):
            for start in range(part.reached, part.last, step):
                portion = dict(order[start : min(start + step, part.last)])
                new = [] if part.feeds else _new_pages(home.pk, pages, portion)
                fed = _new_feeds(home.pk, feeds, portion) if part.feeds else []
                writes.store(new, fed, part.pk, start + len(portion))
                yield len(portion)

    due = sum(part.last - part.reached for part in parts)
    with each_at_its_own(work, len(parts), due) as done:
        for count in done:
            report(count)


def _new_pages(
    district: str, pages: Sequence[DatePages], part: Mapping[int, Household]
) -> list[tuple[object, ...]]:
    """Return the rows of pages that differ from those that stand."""
    found: list[tuple[object, ...]] = []
    for page in pages:
        stand = reads.published(page.day, list(part))
        for number, house in part.items():
            key = number * DAYS + page.day.toordinal()
            tag, compact, base, looked = stand.get(key, ("", b"", b"", False))
            base = compact if looked else base
            made = page.page(house, base)
            if made.etag != tag:
                own = (made.etag, made.language, made.turns)
                found.append((key, district, *own, *made.page, made.compact, base))
    return found


def _new_feeds(district: str, feeds: FeedMaker, part: Mapping[int, Household]) -> list[tuple[object, ...]]:
    """Return the rows of feeds that differ from those that stand."""
    stand = reads.feeds(list(part))
    found: list[tuple[object, ...]] = []
    for number, house in part.items():
        tag, ics, state, _ = stand.get(number, ("", b"", b"", True))
        made = feeds.feed(house, ics, state)
        if made.etag != tag:
            found.append((number, district, made.etag, made.ics, made.state))
    return found


def _clear(home: District, numbers: Mapping[str, int]) -> None:
    """Take away the pages and feeds of households that are no longer on the roster."""
    gone = sorted(set(reads.feed_households(home.pk)) - set(numbers.values()))
    for start in range(0, len(gone), 100):
        writes.clear(home.pk, gone[start : start + 100])


def _finish(
    home: District, run: PublishRun, days: Sequence[date], households: int, resumed: int, who: str
) -> Published:
    with transaction.atomic():
        run.written = sum(run.parts.values_list("written", flat=True))
        PublishRun.objects.filter(pk=run.pk).update(finished=clock.now(), written=run.written)
        record(home.pk, who, "published", run=run.what, written=run.written)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        # The log of a big publish would otherwise stay as large as it grew.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Published(tuple(days), households, run.written, resumed)
