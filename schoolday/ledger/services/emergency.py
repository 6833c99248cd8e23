"""When a school is closed for long: from which date the emergency part of each IEP is what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schoolday.calendar.days import Calendar
from schoolday.emergency.clocks import Emergency
from schoolday.ground.finding import Finding, Status
from schoolday.ledger.services.terms import Ruled, Terms
from schoolday.measures import triggers
from schoolday.measures.verdict import Found
from schoolday.rules import Rulebook
from schoolday.rules.rule import Period

RULE, STEP = "ca.special_education.emergency", "emergency_iep"
PART = "ca.special_education.emergency_part"


@dataclass(frozen=True, slots=True)
class Closure:
    """A school at which instruction or services could not be given in person, for one emergency.

    `last` is None while it lasts; days of two emergencies are two closures and are not added.
    """

    school: str
    first: date
    last: date | None
    source: str

    def holds(self, day: date) -> bool:
        """Whether the school was closed on a date."""
        return self.first <= day and (self.last is None or day <= self.last)

    def meets(self, other: Closure) -> bool:
        """Whether two closures of one school have a date in common."""
        begins, ends = max(self.first, other.first), min(self.last or date.max, other.last or date.max)
        return self.school == other.school and begins <= ends


def closed_by(event: Emergency, first: date, again: date | None, schools: Iterable[str]) -> list[Closure]:
    """Return the closures of an emergency's schools.

    Parameters
    ----------
    event
        The emergency; no school named means all of the district's.
    first, again
        The first day of the closure, and the first on which school was open again; None while it lasts.
    schools
        The district's.
    """
    last = again - timedelta(days=1) if again else None
    source = f"emergency {event.id}: {event.source}"
    return [Closure(school, first, last, source) for school in event.schools or sorted(schools)]


def together(listed: Iterable[Closure], recorded: Iterable[Closure]) -> tuple[Closure, ...]:
    """Return the closures of a list, and of those recorded with emergencies what no listed one meets.

    The list is the more exact: who writes a school's closure there says how long that school was closed.
    """
    kept = tuple(listed)
    return (*kept, *(one for one in recorded if not any(one.meets(other) for other in kept)))


def ruled(
    closures: Iterable[Closure], calendar: Calendar, rulebook: Rulebook, as_of: date
) -> Iterator[Ruled]:
    """Yield for each closure long enough the dates on which the emergency parts of IEPs stand.

    Parameters
    ----------
    closures
        The closures, each of one emergency.
    calendar
        On whose school days a closure is counted.
    rulebook
        Has the rule that says how long is long (Education Code 56345(a)(9)).
    as_of
        Later dates are not looked at: a closure that lasts may end tomorrow.
    """
    rule = rulebook.rule(RULE)
    for closure in closures:
        last = min(closure.last or as_of, as_of, calendar.last)
        for count, day in enumerate(calendar.school_days(closure.first, last), 1):
            verdict = triggers.judge(rule, day, {("closed_days", Period.YEAR): float(count)})
            if verdict.found is Found.REACHED and STEP in verdict.steps and verdict.clause:
                yield Ruled(closure.school, day, closure.last, verdict.clause.id)
                break


def without_part(terms: Iterable[Terms], spans: Iterable[Ruled], rulebook: Rulebook) -> list[Finding]:
    """Return the services whose emergency part should stand and is not on record.

    It is unverified, not broken: the IEP may have the part, and an older IEP not yet due for revision need
    not have it.
    """
    everything, found = list(terms), []
    with_part = {one.service for one in everything if one.emergency}
    for span in spans:
        clause = rulebook.rule(PART).on(span.first)
        for one in everything:
            if one.school != span.school or one.service in with_part or not one.stands(span.first):
                continue
            said = f"since {span.first} the emergency part of pupil {one.pupil}'s IEP should stand, and none "
            said += f"is on record for {one.kind}; the plain minutes stay owed"
            mend = f"add the IEP's emergency part of {one.service} to terms.csv, or ask the IEP team for it"
            where = (one.school, f"pupil {one.pupil}", one.service)
            clauses = (span.clause, *((clause.id,) if clause else ()))
            found.append(
                Finding("services.no_part", said, Status.UNVERIFIED, where, clauses=clauses, mend=mend)
            )
    return found
