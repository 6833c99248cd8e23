"""A year through the rules, and through others beside them: worked out once and kept by what it is of."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from schoolday.conditions import BLUEPRINT
from schoolday.conditions.allowed import Openers, Outlook, State
from schoolday.conditions.course import led_together
from schoolday.conditions.known import Known
from schoolday.conditions.preview import Group
from schoolday.conditions.readings import Assigned
from schoolday.conditions.reopening import RATE, WINDOW
from schoolday.conditions.sites import Site
from schoolday.conditions.year import WeekOf, mondays, weeks_of
from schoolday.files.rulebooks import parse
from schoolday.ground.errors import SchooldayError
from schoolday.rules import Rule, Rulebook
from schoolday.rules.rule import BINDING
from schooldesk import clock
from schooldesk.conditions import reads, writes
from schooldesk.conditions.models import Otherwise, Year
from schooldesk.conditions.reads import START, Here
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rules.reads import fingerprint, rulebook

MOST_WEEKS = 60
"""The longest stretch that is worked out for a page."""
FORM = 1
"""To be raised when a year is worked out otherwise: what was kept before is then of no use."""
TOGETHER = "everywhere"
WITHOUT = "without:"
BOOK = "book:"
LETTERS = {State.ALLOWED: "a", State.CLOSED: "c", State.UNVERIFIED: "u"}
STATES = {letter: state for state, letter in LETTERS.items()}


@dataclass(frozen=True)
class Other:
    """A second set of rules: its name in the address, and what it is called: a rule, a book, or nothing."""

    name: str
    rule: Rule | None = None
    book: Otherwise | None = None


def offered(here: Here) -> Iterator[Other]:
    """Yield the sets of rules that a year can be run by beside those that stand."""
    if len(reads.climbing(here.outside, rulebook())) > 1:
        yield Other(TOGETHER)
    yield from (Other(f"{BOOK}{one.pk}", book=one) for one in reads.otherwise())
    for rule in reads.openers(tuple(here.home.places)).by_id.values():
        if rule.layer in BINDING and rule.id in _opening(here):
            yield Other(f"{WITHOUT}{rule.id}", rule=rule)


def _opening(here: Here) -> frozenset[str]:
    """Return the ids of the rules that open or close something in a district's places."""
    some = reads.openers(tuple(here.home.places))
    return frozenset(rule.id for rule in some.triggers) | {RATE, WINDOW} & some.by_id.keys()


def school_year(home: District) -> tuple[date, date]:
    """Return the first and last date of a district's school year, or of a year from today without one."""
    if home.roster is None:
        today = clock.today(home.timezone)
        return today, today + timedelta(weeks=MOST_WEEKS - 8)
    calendar = roster.calendar(home.roster.rest["calendar"])
    return calendar.first, min(calendar.last, calendar.first + timedelta(weeks=MOST_WEEKS - 2))


def weeks(
    here: Here, groups: Sequence[Group], first: date, last: date, other: Other | None
) -> tuple[WeekOf, ...]:
    """Return each week of a stretch by the rules, or by other rules; worked out once.

    Raises
    ------
    SchooldayError
        If the dates run backwards, or are more weeks apart than a page can show.
    """
    if last < first:
        raise SchooldayError("the last date lies before the first; correct one of the two")
    if (last - first) > timedelta(weeks=MOST_WEEKS):
        raise SchooldayError(f"these are more than {MOST_WEEKS} weeks; ask for a shorter stretch")
    days = list(mondays(first, last))
    mark = _mark(here, groups, days, other)
    kept = _kept(mark)
    if kept is None:
        made = _made(here, groups, days, other)
        writes.keep_year(here.home, mark, pack(made))
        return made
    return unpack(kept)


def _mark(here: Here, groups: Sequence[Group], days: Sequence[date], other: Other | None) -> str:
    """Return what tells a year from others: all that it is made from, and nothing of whom it touches."""
    outside = here.outside
    said = (
        FORM,
        *(outside.readings, outside.assigned, outside.events),
        sorted((place, sorted(true)) for place, true in outside.circumstances.items()),
        [(one.site, one.grade) for one in groups],
        [days[0], days[-1]],
        here.home.places,
        fingerprint(),
        other and (other.name, other.book and other.book.text),
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _kept(mark: str) -> bytes | None:
    body = Year.objects.filter(mark=mark).values_list("body", flat=True).first()
    return None if body is None else bytes(body)


def _made(
    here: Here, groups: Sequence[Group], days: Sequence[date], other: Other | None
) -> tuple[WeekOf, ...]:
    book, given = rulebook(), reads.steps(here, rulebook())
    if other is not None:
        book = _book(other)
        if other.name == TOGETHER:
            given = _together(here, book)
            groups = [_moved(one) for one in groups]
        else:
            given = reads.steps(here, book)
    return weeks_of(_outlooks(here, Openers(book, here.home.places), given), groups, days)


def _outlooks(here: Here, openers: Openers, given: tuple[Assigned, ...]):  # noqa: ANN202 - a function of a date
    def outlook(day: date) -> Outlook:
        return Outlook(openers, Known(here.outside.readings, given, here.outside.events, by=day))

    return outlook


def _book(other: Other) -> Rulebook:
    if other.book is not None:
        return rulebook().with_(parse(other.book.text, other.book.title))
    if other.rule is not None:
        gone = other.rule.id
        # The ladder asks for its rules by name, so a rule that goes loses its clauses and stays.
        return rulebook().without(frozenset(clause.id for clause in rulebook().rule(gone).clauses))
    return rulebook()


def _together(here: Here, book: Rulebook) -> tuple[Assigned, ...]:
    names, outside = reads.climbing(here.outside, book), here.outside
    return led_together(BLUEPRINT, book, TOGETHER, names, outside.readings, START, outside.circumstances)


def _moved(group: Group) -> Group:
    """Return a group whose school lies in all places together, beside its own campus."""
    school = group.site.school
    return Group(Site(school, (school, TOGETHER)), group.grade, group.pupils, group.teachers)


def pack(some: Sequence[WeekOf]) -> bytes:
    """Return a year as compressed JSON: a letter a day."""
    body = [
        [
            week.monday.isoformat(),
            [
                [*key, *("".join(LETTERS[state] for state in days) for days in ways)]
                for key, ways in week.days.items()
            ],
        ]
        for week in some
    ]
    return zlib.compress(json.dumps(body, separators=(",", ":")).encode(), 3)


@lru_cache(maxsize=8)
def unpack(body: bytes) -> tuple[WeekOf, ...]:
    """Return the year that was packed."""
    return tuple(
        WeekOf(
            date.fromisoformat(monday),
            {
                (school, grade): tuple(tuple(STATES[letter] for letter in days) for days in ways)
                for school, grade, *ways in rows
            },
        )
        for monday, rows in json.loads(zlib.decompress(body))
    )
