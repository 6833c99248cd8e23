"""Agreements on independent study after an emergency: who has to sign, and by when.

Which number of school days makes a study short, and what short studies are spared, is the books' (Education
Code 51747); what is counted here are the days planned in all agreements of a pupil in the school year.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from enum import StrEnum
from functools import cache

from schoolday.calendar.counting import Moment, day_of
from schoolday.calendar.days import Calendar
from schoolday.measures import bounds
from schoolday.measures.verdict import Found, Verdict
from schoolday.roster import Pupil
from schoolday.rules import Kind, Layer, Rule, Rulebook

PARTS = (
    "submission", "objectives", "resources", "assignments", "dates", "credits", "supports", "optional",
    "signatures",
)  # fmt: skip
"""The nine parts of a written agreement, as the note of the rule `agreement_parts` counts them."""
OF_AGE = 18
"""From this age on a pupil signs without a parent (51747(g)(9))."""


class Signer(StrEnum):
    """Who signs an agreement."""

    PUPIL = "pupil"
    GUARDIAN = "guardian"
    TEACHER = "teacher"
    CASE_MANAGER = "case_manager"


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's signature: in which office, by which name, when, and the SHA-256 of the text signed."""

    signer: Signer
    name: str
    at: Moment
    sha256: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A written agreement on one pupil's independent study, from its first to its last date.

    `sha256` is the hash of its exact text (`digest`): a signature of any other text is none.
    """

    id: str
    pupil: str
    first: date
    last: date
    sha256: str
    signatures: tuple[Signature, ...] = ()

    def signed(self, signer: Signer) -> Signature | None:
        """Return the first signature of this text in an office, or None."""
        return next(
            (one for one in self.signatures if one.signer is signer and one.sha256 == self.sha256), None
        )


@dataclass(frozen=True)
class StudyRules:
    """The rules of a place about agreements; each empty or None where it has none.

    `bounds` judge signatures: no study day unsigned, none missing, and the advice on a parent's permission.
    `long` says from which school day on a study is no short one, `back` is the deadline of the return.
    """

    bounds: tuple[Rule, ...]
    long: Rule | None
    back: Rule | None


@dataclass(frozen=True, slots=True)
class Study:
    """How one agreement stands.

    Parameters
    ----------
    agreement, pupil
        What, and whose.
    days
        School days in all of the pupil's agreements of the school year, each date counted once.
    short
        Whether those are too few for the full duties, so that it may be signed later in the year.
    needed, missing
        Who has to sign, and who of them has not.
    due
        The last date for signatures: of a short study the year's last; of any other its own first date,
        before which all must have signed.
    verdicts
        How each rule stands.
    """

    agreement: Agreement
    pupil: Pupil
    days: int
    short: bool
    needed: tuple[Signer, ...]
    missing: tuple[Signer, ...]
    due: date
    verdicts: tuple[Verdict, ...]


def digest(text: str) -> str:
    """Return the SHA-256 of a text as it is signed: composed letters, plain line ends, UTF-8."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(plain.encode()).hexdigest()


def study_rules(book: Rulebook, places: Iterable[str]) -> StudyRules:
    """Return the rules of some places about agreements and the return."""
    there = frozenset(places)
    # A proposal is in force nowhere until somebody takes it as agreed.
    found = [rule for rule in book.rules if rule.place in there and rule.layer is not Layer.PROPOSAL]
    return StudyRules(
        tuple(rule for rule in found if rule.measure in _MEASURED),
        next((r for r in found if r.kind is Kind.TRIGGER and _full_duties(r)), None),
        next((r for r in found if r.kind is Kind.DEADLINE and r.after == "return_asked"), None),
    )


def _full_duties(rule: Rule) -> bool:
    return any("full_duties" in clause.then for clause in rule.clauses)


def short_limit(rules: StudyRules, day: date) -> int:
    """Return how many school days of a year a study may have and still be short, by the clause of a date.

    0 where no clause stands: then every agreement is signed first.
    """
    clause = rules.long.on(day) if rules.long else None
    reaches = [limb.reaches for limb in clause.limbs if limb.reaches is not None] if clause else []
    return int(min(reaches)) - 1 if reaches else 0


def signers(pupil: Pupil, day: date) -> tuple[Signer, ...]:
    """Return who has to sign for a pupil on a date: a parent unless the pupil is known to be of age.

    The case manager signs for whoever has an individualized education program.
    """
    found = [Signer.PUPIL, Signer.TEACHER]
    if not _of_age(pupil, day):
        found.insert(1, Signer.GUARDIAN)
    if "iep" in pupil.groups:
        found.append(Signer.CASE_MANAGER)
    return tuple(found)


def _of_age(pupil: Pupil, day: date) -> bool:
    born = pupil.birth
    return born is not None and (day.year - born.year, day.month, day.day) >= (OF_AGE, born.month, born.day)


def days_of(agreements: Iterable[Agreement], calendar: Calendar) -> dict[str, int]:
    """Return for each pupil the school days in all of its agreements, each date counted once."""
    found: dict[str, set[date]] = {}
    # A whole school's agreements have the same dates.
    taught = cache(lambda first, last: frozenset(calendar.school_days(first, last)))
    for one in agreements:
        found.setdefault(one.pupil, set()).update(taught(one.first, one.last))
    return {pupil: len(days) for pupil, days in found.items()}


def studies(
    agreements: Sequence[Agreement],
    pupils: Mapping[str, Pupil],
    *,
    rules: StudyRules,
    calendar: Calendar,
    now: Moment,
    zone: tzinfo | None = None,
) -> tuple[Study, ...]:
    """Return how each agreement stands, those with signatures due soonest first.

    Parameters
    ----------
    agreements
        All standing agreements of the school year, for its days make a study short or long; each lies
        within the calendar.
    pupils
        The district's pupils by id; an agreement of anybody else is left out.
    rules, calendar, zone, now
        As `follow` takes them; a signature from after the question is not on record yet.

    Returns
    -------
    tuple of Study
        A signature that is missing is waiting while it may still be given in time, and broken after that:
        unlike a call, a signature exists only where it is on record.
    """
    days = days_of(agreements, calendar)
    there = [one for one in agreements if one.pupil in pupils]
    found = [_study(one, pupils[one.pupil], days[one.pupil], rules, calendar, now, zone) for one in there]
    return tuple(sorted(found, key=lambda one: (not one.missing, one.due, one.agreement.id)))


def _study(
    agreement: Agreement, pupil: Pupil, days: int, rules: StudyRules, calendar: Calendar, now: Moment,
    zone: tzinfo | None,
) -> Study:  # fmt: skip
    today = day_of(now, zone)
    kept = tuple(one for one in agreement.signatures if day_of(one.at, zone) <= min(today, calendar.last))
    agreement = replace(agreement, signatures=kept)
    short = days <= short_limit(rules, agreement.first)
    needed = signers(pupil, agreement.first)
    missing = tuple(one for one in needed if agreement.signed(one) is None)
    due = calendar.last if short else agreement.first
    study = Study(agreement, pupil, days, short, needed, missing, due, ())
    return replace(
        study, verdicts=tuple(_judged(rule, study, calendar, today, zone) for rule in rules.bounds)
    )


def _judged(rule: Rule, study: Study, calendar: Calendar, today: date, zone: tzinfo | None) -> Verdict:
    """Judge one rule of signatures; what is still to be given in time waits."""
    waits, value = _MEASURED[rule.measure](study, calendar, today, zone)
    circumstances = frozenset({"short_study"} if study.short else ())
    verdict = bounds.judge(rule, study.agreement.first, [value], circumstances=circumstances)
    if not waits or verdict.found in (Found.NOT_BOUND, Found.NOT_IN_FORCE) or verdict.clause is None:
        return verdict
    said = f"{rule.title}: {len(study.missing)} signatures are still due ({verdict.clause.cite})."
    return replace(verdict, found=Found.WAITING, said=said)


def _unsigned(
    study: Study, calendar: Calendar, today: date, zone: tzinfo | None
) -> tuple[bool, float | None]:
    return _before(study, study.needed, calendar, today, zone)


def _unpermitted(
    study: Study, calendar: Calendar, today: date, zone: tzinfo | None
) -> tuple[bool, float | None]:
    return _before(study, [one for one in study.needed if one is Signer.GUARDIAN], calendar, today, zone)


def _before(
    study: Study, needed: Sequence[Signer], calendar: Calendar, today: date, zone: tzinfo | None
) -> tuple[bool, float | None]:
    """Return whether signatures wait, and the school days of study that passed before the last of them.

    None where the last came on the first day of study itself: nobody can say whether it came before it.
    """
    agreement = study.agreement
    there = [day_of(one.at, zone) for signer in needed if (one := agreement.signed(signer)) is not None]
    if len(there) < len(needed):
        passed = list(calendar.school_days(agreement.first, min(agreement.last, today)))
        return not passed, float(len(passed))
    until = max(there, default=date.min)
    began = next(calendar.school_days(agreement.first, agreement.last), None)
    if until == began:
        return False, None
    passed = [day for day in calendar.school_days(agreement.first, agreement.last) if day < until]
    return False, float(len(passed))


def _missing(
    study: Study, calendar: Calendar, today: date, _zone: tzinfo | None
) -> tuple[bool, float | None]:
    waits = bool(study.missing) and today <= calendar.last
    return waits, float(len(study.missing))


_MEASURED = {
    "unsigned_study_days": _unsigned,
    "missing_signatures": _missing,
    "unpermitted_study_days": _unpermitted,
}
