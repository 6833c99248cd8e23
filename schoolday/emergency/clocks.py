"""After an emergency two clocks run for every pupil: contact with the family, and instruction again.

The numbers of days are the books' (Education Code 32282 and 46393); what is counted here is who was reached,
how, by whom and when, and who was not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from typing import TypeVar

from schoolday.calendar.counting import Count, Moment, between, day_of
from schoolday.calendar.days import Calendar, OutsideCalendar
from schoolday.measures import deadlines
from schoolday.measures.verdict import Circumstances, Found, Verdict
from schoolday.roster import Pupil
from schoolday.rules import Kind, Rule, Rulebook

CAUSES: Mapping[str, str] = {
    "fire": "a fire",
    "flood": "a flood",
    "roads": "impassable roads",
    "epidemic": "an epidemic",
    "earthquake": "an earthquake",
    "hazard": "the imminence of a major safety hazard, as the local law enforcement agency found",
    "transport_strike": "a strike of a transportation service that is not the school's",
    "order": "an order under Education Code 41422",
    "snow": "a snowstorm",
}
"""The causes of Education Code 46392(a), as compiled; smoke counts where it comes with one of them."""

WAYS = ("phone", "video", "visit", "in_person", "text", "email", "letter")
"""How a family was tried; whether it answered is told apart."""

STARTS = ("emergency", "closure")
"""The events that start the clocks: the old law counted from the first day of the closure."""
DUE = ("contact", "instruction")
"""What is due to each pupil after an emergency, in the order in which it is due."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """An event that closed schools or kept pupils away.

    Parameters
    ----------
    id, cause
        Its short name, and a key of `CAUSES`.
    began
        When the emergency began; a date where only that is known.
    closed
        The first day of the closure, or of the fallen attendance, where it is another than `began`.
    schools
        The schools it concerns; none named means every school of the district.
    source
        Who says so: the order's number, the board's minutes.
    """

    id: str
    cause: str
    began: Moment
    source: str
    closed: date | None = None
    schools: tuple[str, ...] = ()

    def concerns(self, pupil: Pupil) -> bool:
        """Whether it concerns a pupil."""
        return not self.schools or pupil.school in self.schools


@dataclass(frozen=True, slots=True)
class Contact:
    """One try to reach a pupil's family: when, how, by whom, and whether it was answered (two-way)."""

    pupil: str
    at: Moment
    how: str
    by: str
    answered: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Instruction that was offered to a pupil: from which date, in which way, by whom."""

    pupil: str
    day: date
    way: str
    by: str


@dataclass(frozen=True, slots=True)
class Followed:
    """One pupil after an emergency.

    Parameters
    ----------
    pupil
        Who.
    verdicts
        How each deadline stands, in the order in which they are due.
    tries
        How many tries to reach the family are on record.
    reached
        The first that was answered, or None.
    offered
        The first instruction offered, or None.
    """

    pupil: Pupil
    verdicts: tuple[Verdict, ...]
    tries: int
    reached: Contact | None
    offered: Offer | None

    @property
    def open(self) -> tuple[Verdict, ...]:
        """What is still to be done: the deadlines whose event is not on record."""
        return tuple(one for one in self.verdicts if one.inputs.get(one.rule.due) is None)

    @property
    def last(self) -> date | None:
        """The last date in time of what is due next; None where nothing is, or nobody can say."""
        lasts = [one.inputs.get("last") for one in self.open]
        return min((day_of(last) for last in lasts if isinstance(last, date)), default=None)


def clocks(book: Rulebook, places: Iterable[str], emergency: Emergency, zone: tzinfo | None) -> list[Rule]:
    """Return the deadlines that an emergency starts in some places, contact before instruction.

    Each is judged by the clause of the date on which its first event was, so a rule that does not stand then
    is left out.
    """
    there = frozenset(places)
    found = [
        rule
        for rule in book.rules
        if rule.kind is Kind.DEADLINE and rule.after in STARTS and rule.due in DUE and rule.place in there
    ]
    stands = [rule for rule in found if rule.on(day_of(_after(rule, emergency), zone)) is not None]
    return sorted(stands, key=lambda rule: DUE.index(rule.due))


def _after(rule: Rule, emergency: Emergency) -> Moment:
    if rule.after == "closure":
        return emergency.closed or emergency.began
    return emergency.began


def follow(
    emergency: Emergency,
    pupils: Iterable[Pupil],
    contacts: Iterable[Contact],
    offers: Iterable[Offer],
    *,
    rules: Sequence[Rule],
    calendar: Calendar,
    now: Moment,
    zone: tzinfo | None = None,
    circumstances: Circumstances = frozenset(),
) -> tuple[Followed, ...]:
    """Return how each pupil of an emergency stands, those to whom something is due soonest first.

    Parameters
    ----------
    emergency, pupils
        The emergency, and the district's pupils; those whom it does not concern are left out.
    contacts, offers
        What is on record. A try that nobody answered is counted as a try; one from before the emergency, or
        from after the question, is none. Of several answered the first counts.
    rules
        The deadlines (`clocks`).
    calendar, zone
        On which days are counted, and in which zone moments are read.
    now
        The moment of the question.
    circumstances
        What is true of the district, by name: ``extenuating``.

    Returns
    -------
    tuple of Followed
        What is not on record is waiting or unverified, never broken: it may have happened.
    """
    tried = _by_pupil(one for one in contacts if _between(emergency.began, one.at, now, zone))
    offered = _by_pupil(one for one in offers if _between(emergency.began, one.day, now, zone))

    @cache
    def judged(rule: Rule, due: Moment | None) -> Verdict:
        # Most pupils stand alike: nobody was reached yet, or all were offered instruction on one day.
        return deadlines.judge(
            rule, calendar, _after(rule, emergency), due, now, zone=zone, circumstances=circumstances
        )

    def followed(pupil: Pupil) -> Followed:
        tries = tried.get(pupil.id, [])
        reached, first = _first_answered(tries, zone), _first_offered(offered.get(pupil.id, []))
        done = {"contact": reached.at if reached else None, "instruction": first.day if first else None}
        verdicts = tuple(judged(rule, done[rule.due]) for rule in rules)
        return Followed(pupil, verdicts, len(tries), reached, first)

    return tuple(sorted((followed(one) for one in pupils if emergency.concerns(one)), key=_soonest))


_Kept = TypeVar("_Kept", Contact, Offer)


def _by_pupil(some: Iterable[_Kept]) -> dict[str, list[_Kept]]:
    found: dict[str, list[_Kept]] = {}
    for one in some:
        found.setdefault(one.pupil, []).append(one)
    return found


def _first_answered(tries: Iterable[Contact], zone: tzinfo | None) -> Contact | None:
    return min((one for one in tries if one.answered), key=lambda one: _order(one.at, zone), default=None)


def _first_offered(offers: Iterable[Offer]) -> Offer | None:
    return min(offers, key=lambda one: one.day, default=None)


def _order(at: Moment, zone: tzinfo | None) -> tuple[date, str]:
    """Order moments by their date, and those of one date by their time; a date alone comes first."""
    return (day_of(at, zone), at.isoformat() if isinstance(at, datetime) else "")


def _between(began: Moment, at: Moment, now: Moment, zone: tzinfo | None) -> bool:
    """Whether something is of the emergency's time, up to the question; a date alone is its whole day."""
    if not day_of(began, zone) <= day_of(at, zone) <= day_of(now, zone):
        return False
    return not (isinstance(at, datetime) and isinstance(now, datetime)) or at <= now


def _soonest(one: Followed) -> tuple[date, str, str]:
    return (one.last or date.max, one.pupil.school, one.pupil.id)


def counted(followed: Iterable[Followed]) -> dict[str, Counter[Found]]:
    """Return for each deadline, by its rule's id, how many pupils stand in each way."""
    found: dict[str, Counter[Found]] = {}
    for one in followed:
        for verdict in one.verdicts:
            found.setdefault(verdict.rule.id, Counter())[verdict.found] += 1
    return found


def days_left(verdict: Verdict, calendar: Calendar, now: Moment, zone: tzinfo | None = None) -> int | None:
    """Return how many of the days that a deadline counts in are left after today; negative once past.

    None where it counts hours, has no last date, or the calendar does not reach so far.
    """
    last, unit = verdict.inputs.get("last"), Count(verdict.rule.unit)
    if not isinstance(last, date) or unit is Count.HOURS:
        return None
    try:
        return int(between(calendar, day_of(now, zone), day_of(last), unit))
    except OutsideCalendar:
        return None
