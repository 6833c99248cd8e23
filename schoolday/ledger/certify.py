"""Certify a week: a teacher's word that its record is true, refused while anything of it is contradictory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.ledger.daily_study import RULES as STUDY
from schoolday.ledger.day_record import Took, contradictions, day_records, unexpected
from schoolday.ledger.engagement import RECORD
from schoolday.ledger.engagement import RULES as ENGAGEMENT
from schoolday.ledger.standing import faults
from schoolday.ledger.week import Week
from schoolday.rules import Rulebook
from schoolday.rules.rule import Way

WORDS = (
    "I certify that this is the record of the instruction that I gave these pupils in this week, that I "
    "judged the time value of their work, and that what is not recorded here is not known to me."
)
"""What a teacher signs where the district has no words of its own."""


class CertificationRefused(SchooldayError):
    """A week was not certified; `findings` says why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        faults_are = "one fault is" if len(findings) == 1 else f"{len(findings)} faults are"
        super().__init__(f"the week was not certified; {faults_are} named: {findings[0].said}")


@dataclass(frozen=True)
class Certificate:
    """A week as its teacher certified it: whose word, when, in which words, and by which clauses.

    `unverified` counts the pupils' days of which nobody can say whether the pupil took part: they are sealed
    as what they are, and never as absences.
    """

    week: Week
    by: str
    at: datetime
    words: str
    clauses: tuple[str, ...]
    unverified: int


def certify(week: Week, rulebook: Rulebook, *, by: str, at: datetime, words: str = WORDS) -> Certificate:
    """Return a week's certificate.

    Parameters
    ----------
    week
        The week with all its entries.
    rulebook
        The rules, of which the certificate names the clauses that it was made by.
    by, at
        Who certifies, and the moment, with its zone.
    words
        What is signed.

    Raises
    ------
    CertificationRefused
        If entries are at fault, contradict each other, or are of nobody expected, or it is not yet the last
        day of the week: nobody can know what has not been.
    NotInForce
        If the week's law does not stand on its dates.
    """
    found = (*faults(week.entries), *unexpected(week), *contradictions(week), *_too_early(week, at))
    if found:
        raise CertificationRefused(found)
    unverified = sum(record.took is Took.UNVERIFIED for record in day_records(week))
    return Certificate(week, by, at, words, clauses_of(week, rulebook), unverified)


def clauses_of(week: Week, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the ids of the clauses that a week's record is made by, by its way of schooling.

    A week in person has no law of its record here, and names none.
    """
    rules = {Way.DISTANCE: ENGAGEMENT, Way.HYBRID: ENGAGEMENT, Way.INDEPENDENT_STUDY: STUDY}
    asked = rules.get(week.way, ())
    found = [
        rulebook.clause(rule, day).id
        for rule in asked
        for day in (week.days[-1:] if rule == RECORD else week.days)
    ]
    return tuple(sorted(set(found)))


def _too_early(week: Week, at: datetime) -> list[Finding]:
    last = max(week.days, default=week.monday + timedelta(days=4))
    if at.date() >= last:
        return []
    said = f"The week ends on {last} and it is only {at.date()}."
    return [Finding("ledger.too_early", said, mend=f"certify it on {last} or later")]
