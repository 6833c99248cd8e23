"""The account: every minute owed was given, made up, explained, is to make up, or nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from schoolday.calendar.days import Calendar, DayKind
from schoolday.ledger.entry import Entry
from schoolday.ledger.services.emergency import Closure
from schoolday.ledger.services.owed import Owed
from schoolday.ledger.services.recorded import (
    DELIVERED,
    MAKE_UP,
    REASONS,
    Reasons,
    clash,
    delivered,
    makes_up,
    missed,
    of_services,
    standing_of,
)
from schoolday.ledger.services.terms import Terms

NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Account:
    """One service of one pupil in one week or school month, in minutes.

    Parameters
    ----------
    owed
        What was promised.
    delivered, made_up, explained
        Given in the period; given later (or earlier) for a meeting of it; not given for a reason that
        explains. Together never more than is owed.
    to_make_up
        Not given for a reason that does not explain, and not made up so far.
    unrecorded
        Owed, and nobody has recorded anything of it. It is not known, and not zero.
    extra
        Given beyond what was owed; it pays for no other period.
    reasons
        The minutes not given by reason, made up or not.
    clauses
        The clauses by which reasons explained.
    ended
        Whether the period was over at the moment of the question.
    """

    owed: Owed
    delivered: int
    made_up: int
    explained: int
    to_make_up: int
    unrecorded: int
    extra: int
    reasons: Mapping[str, int]
    clauses: tuple[str, ...]
    ended: bool

    @property
    def terms(self) -> Terms:
        """The terms by which it is owed."""
        return self.owed.terms

    @property
    def provided(self) -> int:
        """Minutes delivered and made up."""
        return self.delivered + self.made_up

    @property
    def unaccounted(self) -> int:
        """Owed, less provided, less explained."""
        return self.owed.minutes - self.provided - self.explained


@dataclass
class Ground:
    """What an account is made on: which reasons explain, the calendar, the closures, the question's date."""

    reasons: Reasons
    calendar: Calendar
    as_of: date
    closures: Sequence[Closure] = ()

    def no_school(self, school: str, day: date) -> bool:
        """Whether the calendar or a closure confirms that there was no school on a date."""
        if self.calendar.kind(day) is not DayKind.SCHOOL or day in self.calendar.short:
            return True
        return any(one.school == school and one.holds(day) for one in self.closures)

    def explains(self, entry: Entry, terms: Terms) -> bool:
        """Whether an entry's reason explains the minutes; no school does only where somebody confirms it."""
        if entry.code == "no_school" and not self.no_school(terms.school, entry.day):
            return False
        return self.reasons.explain(entry.code, entry.day, terms.mode)


@dataclass
class _Sums:
    """The minutes of one period as they add up."""

    delivered: int = 0
    made_up: int = 0
    explained: int = 0
    open: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    clauses: set[str] = field(default_factory=set)


def accounts(promised: Iterable[Owed], entries: Iterable[Entry], ground: Ground) -> list[Account]:
    """Return the account of every service in every period.

    Parameters
    ----------
    promised
        What was owed, in whole periods.
    entries
        The ledger's entries; corrected ones and those of other kinds are left out, and those after the
        date of the question too.
    ground
        Which reasons explain, the calendar, the closures, the date of the question.

    Returns
    -------
    list of Account
        In each, owed = delivered + made up + explained + to make up + unrecorded. A make-up counts for the
        period of the meeting that it names, and for no more than that meeting's minutes.
    """
    entries = list(entries)
    known = [entry for entry in of_services(entries) if entry.day <= ground.as_of]
    by_key: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in once(known):
        by_key[entry.pupil, entry.activity].append(entry)
    made = made_up(known, standing_of(entries))
    return [
        _account(one, by_key[one.terms.pupil, one.terms.service], made, ground)
        for one in promised
        if one.period.first <= ground.as_of
    ]


def once(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries without those that tell again of a time that another tells of.

    Make-ups of several meetings may share a time that is long enough for all of them.
    """
    booked: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    found = []
    for entry in entries:
        own = booked[entry.pupil, entry.activity, entry.day]
        beside = [other for other in own if clash(entry, other)]
        if not beside or _share(entry, beside):
            found.append(entry)
            own.append(entry)
    return found


def _share(entry: Entry, beside: Sequence[Entry]) -> bool:
    """Whether make-ups of different meetings have room beside each other in the time that they span."""
    every = [entry, *beside]
    if any(one.first is None or one.last is None for one in every):
        return False
    if any(not makes_up(one) for one in every) or len({makes_up(one) for one in every}) < len(every):
        return False
    room = max(one.last or 0 for one in every) - min(one.first or 0 for one in every)
    return sum(delivered(one) or 0 for one in every) <= room


def made_up(entries: Iterable[Entry], stands: Mapping[str, str] = NOBODY) -> Mapping[str, int]:
    """Return the minutes that make-ups give for each entry that they name, of the same pupil and service.

    `stands` says which entry stands in the place of one that was corrected: a make-up goes on making up a
    meeting whose reason was put right after it was named.
    """
    every = list(entries)
    by_id = {entry.id: entry for entry in every}
    found: dict[str, int] = defaultdict(int)
    for entry in once(every):
        name = stands.get(makes_up(entry), makes_up(entry))
        if names_rightly(entry, by_id.get(name)):
            found[name] += delivered(entry) or 0
    return found


def names_rightly(make_up: Entry, named: Entry | None) -> bool:
    """Whether what a make-up names is a meeting of the same pupil and service that was not held."""
    return (
        named is not None
        and named.code in REASONS
        and (named.pupil, named.activity) == (make_up.pupil, make_up.activity)
    )


def _account(one: Owed, entries: Iterable[Entry], made: Mapping[str, int], ground: Ground) -> Account:
    sums = _Sums()
    for entry in entries:
        if _in_the_period(one, entry):
            _add(sums, entry, one.terms, made, ground)
    left = one.minutes
    given = min(sums.delivered, left)
    made_up = min(sums.made_up, left - given)
    explained = min(sums.explained, left - given - made_up)
    to_make_up = min(sums.open, left - given - made_up - explained)
    return Account(
        one, given, made_up, explained, to_make_up,
        unrecorded=left - given - made_up - explained - to_make_up,
        extra=sums.delivered - given,
        reasons=sums.reasons, clauses=tuple(sorted(sums.clauses)), ended=one.period.last <= ground.as_of,
    )  # fmt: skip


def _in_the_period(one: Owed, entry: Entry) -> bool:
    """Whether an entry belongs to a period; its last weekend does too."""
    weekend = timedelta(days=2)
    return one.period.first <= entry.day <= one.period.last + weekend and one.terms.stands(entry.day)


def _add(sums: _Sums, entry: Entry, terms: Terms, made: Mapping[str, int], ground: Ground) -> None:
    if entry.code == DELIVERED:
        sums.delivered += delivered(entry) or 0
    if entry.code == MAKE_UP or entry.code not in REASONS:
        return
    minutes = missed(entry, terms.minutes)
    again = min(made.get(entry.id, 0), minutes)
    sums.made_up += again
    sums.reasons[entry.code] = sums.reasons.get(entry.code, 0) + minutes
    if ground.explains(entry, terms):
        sums.explained += minutes - again
        sums.clauses.update(ground.reasons.clauses(entry.code, entry.day))
    else:
        sums.open += minutes - again
