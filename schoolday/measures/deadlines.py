"""Judge a deadline: whether one event came within so many hours or days of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from schoolday.calendar.counting import Count, Moment, add, between, day_of, moment_zone
from schoolday.calendar.days import Calendar, OutsideCalendar
from schoolday.measures.verdict import Circumstances, Found, Verdict, standing
from schoolday.rules.events import EVENTS
from schoolday.rules.rule import Clause, Rule
from schoolday.rules.tell import tell_count


@dataclass(frozen=True, slots=True)
class _Case:
    """One deadline that runs: the rule and clause, and what is known of its events."""

    rule: Rule
    clause: Clause
    calendar: Calendar
    after: Moment
    due: Moment | None
    now: Moment
    zone: tzinfo | None

    @property
    def count(self) -> Count:
        """What it counts in."""
        return Count(self.rule.unit)

    @property
    def number(self) -> int:
        """How many may pass."""
        return int(self.clause.within or 0)


def judge(
    rule: Rule,
    calendar: Calendar,
    after: Moment | None,
    due: Moment | None,
    now: Moment,
    *,
    zone: tzinfo | None = None,
    circumstances: Circumstances = frozenset(),
) -> Verdict:
    """Return how a deadline stands.

    Parameters
    ----------
    rule, calendar
        The deadline, and the calendar that its days are counted on.
    after, due
        The event that starts the clock, and the one that is due; None where none is on record.
    now
        The moment of the question: a clock is never asked.
    zone
        The district's time zone, in which the dates of moments are read; None takes each moment's own.
    circumstances
        What is true in the case, by name.

    Returns
    -------
    Verdict
        By the clause that stood on the date of the first event. Waiting while nothing is on record and the
        last moment is still ahead; once it has passed unverified, for what is not on record may have
        happened. Unverified too where the calendar, or a date without its time, does not decide it.
        The inputs hold `last`: a date, any hour of which is in time, or a moment.

    Raises
    ------
    ValueError
        If a moment has a time and no time zone.
    """
    if after is None:
        said = f"{rule.title}: it is not known when there was {EVENTS[rule.after].noun}."
        return Verdict(Found.UNVERIFIED, said, rule, rule.on(day_of(now, zone)), {rule.after: None})
    day = day_of(after, zone)
    clause = standing(rule, day, circumstances)
    if isinstance(clause, Verdict):
        return clause
    case = _Case(rule, clause, calendar, after, due, now, zone)
    last = _last(case)
    found, said = _missing(case, last) if due is None else _happened(case, due)
    return Verdict(found, f"{rule.title}: {said} ({clause.cite}).", rule, clause, _inputs(case, last))


def _happened(case: _Case, due: Moment) -> tuple[Found, str]:
    names = EVENTS[case.rule.due].noun, EVENTS[case.rule.after].noun
    if _earlier(case, due):
        said = f"{names[0]} of {_tell(due)} came before {names[1]} of {_tell(case.after)}"
        return Found.UNVERIFIED, f"{said}; give the one that came after it"
    found = _in_time(case, due)
    within = f"{tell_count(case.number, case.rule.unit)} of {names[1]} of {_tell(case.after)}"
    match found:
        case Found.MET:
            return found, f"{names[0]} of {_tell(due)} was within {within}"
        case Found.BROKEN:
            return found, f"{names[0]} of {_tell(due)} was not within {within}"
    return found, f"it cannot be said whether {names[0]} of {_tell(due)} was within {within}{_why(case)}"


def _missing(case: _Case, last: Moment | None) -> tuple[Found, str]:
    found = _in_time(case, case.now)
    noun = EVENTS[case.rule.due].noun
    until = f"the last {'date' if _is_date(last) else 'moment'} in time is {_tell(last)}" if last else ""
    if found is Found.MET:
        return Found.WAITING, f"{noun} is still due; {until or 'the calendar ends before the last date'}"
    said = f"{noun} is not on record, and {until or 'the calendar does not reach the last date'}"
    return Found.UNVERIFIED, f"{said}; record it, or it is late"


def _last(case: _Case) -> Moment | None:
    """Return the last moment in time; None where it cannot be named."""
    if case.count is Count.HOURS and _is_date(case.after):
        return None
    try:
        return add(case.calendar, case.after, case.number, case.count, case.zone)
    except OutsideCalendar:
        return None


def _in_time(case: _Case, moment: Moment) -> Found:
    """Return whether a moment is in time: met, broken, or unverified."""
    if case.count is Count.HOURS:
        return _hours_in_time(case, moment)
    last = _last(case)
    if last is not None:
        return Found.MET if day_of(moment, case.zone) <= day_of(last) else Found.BROKEN
    return _short_of_the_end(case, moment)


def _short_of_the_end(case: _Case, moment: Moment) -> Found:
    """Return met where the calendar ends before the last date, and the moment lies within the calendar."""
    try:
        between(case.calendar, case.after, moment, case.count, case.zone)
    except OutsideCalendar:
        return Found.UNVERIFIED
    return Found.MET


def _hours_in_time(case: _Case, moment: Moment) -> Found:
    zone = case.zone or moment_zone(case.after) or moment_zone(moment)
    if zone is None:
        return Found.UNVERIFIED
    (start, begun), (first, end) = _around(case.after, zone), _around(moment, zone)
    allowed = timedelta(hours=case.number)
    if end - start <= allowed:
        return Found.MET
    # A date ends with the moment before midnight, so that a whole number of hours is then already too long.
    late = first - begun >= allowed if _is_date(case.after) else first - begun > allowed
    return Found.BROKEN if late else Found.UNVERIFIED


def _around(moment: Moment, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the earliest and the latest that a moment can be; a date alone can be any time of it."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC), moment.astimezone(UTC)
    midnights = (datetime.combine(day, time(), zone) for day in (moment, moment + timedelta(days=1)))
    first, last = (midnight.astimezone(UTC) for midnight in midnights)
    return first, last


def _earlier(case: _Case, due: Moment) -> bool:
    """Whether the event that is due came before the one that starts the clock, for certain."""
    if isinstance(due, datetime) and isinstance(case.after, datetime):
        return due.astimezone(UTC) < case.after.astimezone(
            UTC
        )  # one zone's own times are compared by the wall
    return day_of(due, case.zone) < day_of(case.after, case.zone)


def _why(case: _Case) -> str:
    if case.count is Count.HOURS:
        return ": hours are counted from a moment with its time and zone"
    return f": the calendar runs from {case.calendar.first} to {case.calendar.last}"


def _is_date(moment: Moment | None) -> bool:
    return isinstance(moment, date) and not isinstance(moment, datetime)


def _tell(moment: Moment) -> str:
    return moment.isoformat(" ", "minutes") if isinstance(moment, datetime) else moment.isoformat()


def _inputs(case: _Case, last: Moment | None) -> Mapping[str, object]:
    return {
        case.rule.after: case.after,
        case.rule.due: case.due,
        "now": case.now,
        "within": case.number,
        "unit": case.rule.unit,
        "last": last,
    }
