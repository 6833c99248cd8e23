"""The minutes that reasons explain, meeting by meeting: what the account sums, for whoever sums elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from schoolday.calendar.days import Calendar
from schoolday.ground.ids import stable_id
from schoolday.ledger.entry import Entry
from schoolday.ledger.services.account import Ground, made_up, once
from schoolday.ledger.services.emergency import Closure, ruled
from schoolday.ledger.services.recorded import REASONS, Reasons, missed, of_services, standing_of
from schoolday.ledger.services.terms import Mode, Stated, Terms, in_force, terms_of
from schoolday.roster import Roster
from schoolday.rules import Rulebook

Planned = Mapping[tuple[str, str, date], int]
"""Minutes planned, by pupil, activity and date."""


@dataclass(frozen=True)
class Explaining:
    """By what reasons explain minutes of services that were not given.

    Parameters
    ----------
    reasons
        Which reasons explain, by the rules.
    calendar, closures
        What confirms that there was no school.
    terms
        The terms of each service by its id; one without terms is served alone, for as long as was planned.
    """

    reasons: Reasons
    calendar: Calendar
    closures: Sequence[Closure] = ()
    terms: Mapping[str, Sequence[Terms]] = field(default_factory=dict)

    def minutes(self, entries: Iterable[Entry], planned: Planned) -> dict[str, int]:
        """Return the minutes that the reason of each entry explains; one whose reason does not is left out.

        Parameters
        ----------
        entries
            Every entry of the services that are asked about; make-ups pay first, for the meeting they name.
        planned
            The minutes of a meeting that has neither a span nor terms.
        """
        ground = Ground(self.reasons, self.calendar, date.max, self.closures)
        every = list(entries)
        known = of_services(every)
        made, found = made_up(known, standing_of(every)), dict[str, int]()
        for one in once(known):
            terms = self._of(one, planned)
            if one.code in REASONS and ground.explains(one, terms):
                whole = missed(one, terms.minutes)
                found[one.id] = whole - min(made.get(one.id, 0), whole)
        return found

    def mark(self, day: date) -> str:
        """Return what tells how reasons explain on a date from how they do after rules or terms change."""
        codes = [(one, self.reasons.clauses(one, day)) for one in REASONS]
        closed = sorted(one.school for one in self.closures if one.holds(day))
        no_school = (self.calendar.kind(day).value, day in self.calendar.short, closed)
        stands = [one for _id, some in sorted(self.terms.items()) for one in some if one.stands(day)]
        return stable_id(
            repr(codes), repr(no_school), repr([(one.service, one.mode, one.minutes) for one in stands])
        )

    def _of(self, entry: Entry, planned: Planned) -> Terms:
        for one in self.terms.get(entry.activity, ()):
            if one.stands(entry.day):
                return one
        minutes = planned.get((entry.pupil, entry.activity, entry.day), 0)
        return Terms(
            entry.activity, entry.pupil, entry.school, entry.by, "", minutes, 1, mode=Mode.INDIVIDUAL
        )


def explaining(
    roster: Roster,
    calendar: Calendar,
    rulebook: Rulebook,
    closures: Sequence[Closure] = (),
    stated: Iterable[Stated] = (),
) -> Explaining:
    """Return by what reasons explain in a district: its places' rules, closures and its services' terms.

    The terms are the account's: as stated, and in a long closure the emergency part where an IEP has one.
    """
    terms: dict[str, list[Terms]] = {}
    spans = ruled(closures, calendar, rulebook, calendar.last)
    for one in in_force(terms_of(roster, stated), spans):
        terms.setdefault(one.service, []).append(one)
    return Explaining(Reasons(rulebook, frozenset(roster.places)), calendar, tuple(closures), terms)
