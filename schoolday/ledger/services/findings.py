"""The findings of an account: what is to make up, what nobody recorded, and entries that do not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from schoolday.ground.finding import Finding, Status
from schoolday.ledger.entry import Entry
from schoolday.ledger.services.account import Account, Ground, names_rightly, once
from schoolday.ledger.services.recorded import (
    MAKE_UP,
    OF_THE_PUPIL,
    REASONS,
    delivered,
    makes_up,
    of_services,
    standing_of,
)
from schoolday.ledger.services.terms import Mode, Terms
from schoolday.measures import bounds
from schoolday.measures.verdict import Found
from schoolday.rules import Rulebook

RULE = "ca.special_education.minutes"


def check_accounts(made: Iterable[Account], rulebook: Rulebook, as_of: date, year_end: date) -> list[Finding]:
    """Return what is unaccounted for, and how each pupil's services stand by the rule of the year.

    What is to be made up is advice while the year lasts and decided by the rule at its end. What nobody
    recorded in a period that is over is unverified at any time.
    """
    by_service: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for one in made:
        by_service[one.terms.pupil, one.terms.service].append(one)
    found = []
    for some in by_service.values():
        found += [finding for one in some for finding in _of_period(one)]
        if as_of >= year_end:
            found += _of_year(some, rulebook, year_end)
    return found


def _where(terms: Terms, *more: str) -> tuple[str, ...]:
    return (terms.school, f"pupil {terms.pupil}", terms.service, *more)


def _of_period(one: Account) -> Iterator[Finding]:
    terms, week = one.terms, one.owed.period.name
    where = _where(terms, week)
    if one.ended and one.unrecorded:
        said = f"of {one.owed.minutes} minutes of {terms.kind} owed to pupil {terms.pupil} in the {week} "
        said += f"nothing is recorded of {one.unrecorded}"
        mend = f"ask {terms.provider} to record what was given, or why not"
        yield Finding(
            "services.unrecorded", said, Status.UNVERIFIED, where, one.unrecorded, 0, "minutes", mend=mend
        )
    if one.to_make_up:
        reasons = ", ".join(REASONS[code] for code in sorted(one.reasons))
        said = f"pupil {terms.pupil} was not given {one.to_make_up} minutes of {terms.kind} in the {week} "
        said += f"({reasons}) and they are not made up"
        mend = "make them up and name the meeting; whether more is owed is for the IEP team"
        yield Finding(
            "services.to_make_up", said, Status.ADVICE, where, one.to_make_up, 0, "minutes", mend=mend
        )


def _of_year(some: Sequence[Account], rulebook: Rulebook, year_end: date) -> Iterator[Finding]:
    terms, rule = some[0].terms, rulebook.rule(RULE)
    known, unknown = sum(one.to_make_up for one in some), sum(one.unrecorded for one in some)
    value = None if unknown and not known else float(known)
    verdict = bounds.judge(rule, year_end, [value])
    status = {Found.MET: Status.MET, Found.BROKEN: Status.BROKEN}.get(verdict.found, Status.UNVERIFIED)
    if status is not Status.MET and verdict.clause:
        said = f"pupil {terms.pupil}, {terms.kind}: {verdict.said}"
        yield Finding(
            "services.year", said, status, _where(terms), value, 0, "minutes", clauses=(verdict.clause.id,),
            mend="put it to the IEP team, who decide what is owed for it",
        )  # fmt: skip


def check_entries(entries: Sequence[Entry], terms: Iterable[Terms], ground: Ground) -> list[Finding]:
    """Return the entries that do not fit: recorded twice, owed to nobody, making up what was held."""
    standing = of_services(entries)
    by_id = {entry.id: entry for entry in standing}
    by_service: dict[tuple[str, str], list[Terms]] = defaultdict(list)
    for one in terms:
        by_service[one.pupil, one.service].append(one)
    by_id |= {old: by_id[new] for old, new in standing_of(entries).items() if new in by_id}
    single = {entry.id for entry in once(standing)}
    found: list[Finding] = []
    for entry in standing:
        of = [one for one in by_service[entry.pupil, entry.activity] if one.stands(entry.day)]
        found += _of_entry(entry, of, by_id, single, ground)
    return [*found, *_over(standing, by_id, by_service)]


def _of_entry(
    entry: Entry, of: Sequence[Terms], by_id: Mapping[str, Entry], single: set[str], ground: Ground
) -> Iterator[Finding]:
    if entry.id not in single:
        yield _said(
            entry, "services.twice", "records a meeting that another entry records", "correct one of the two"
        )
    if not of and entry.code != MAKE_UP:
        mend = "correct the service or the date, or add the terms that promise it"
        yield _said(
            entry, "services.not_owed", "tells of a service that nobody owes that day", mend, Status.ADVICE
        )
    if entry.code == MAKE_UP and not names_rightly(entry, by_id.get(makes_up(entry))):
        mend = "name the entry of the pupil's meeting that was not held; nothing is made up until then"
        yield _said(entry, "services.makes_up", "makes up no meeting that was not held", mend)
    if entry.code not in REASONS and delivered(entry) is None:
        mend = "correct it with the minutes; until then they are not known"
        yield _said(
            entry, "services.no_minutes", "does not say how many minutes were given", mend, Status.UNVERIFIED
        )
    if entry.code == "no_school" and of and not ground.no_school(of[0].school, entry.day):
        mend = "correct the reason, or record the closure; until then it explains nothing"
        yield _said(
            entry, "services.no_closure", "says there was no school, and the calendar has school", mend
        )
    if entry.code in OF_THE_PUPIL and any(one.mode is Mode.CONSULT for one in of):
        mend = "give the reason why the adults did not meet"
        yield _said(entry, "services.consult", "explains a consult by the pupil, who need not be there", mend)


def _over(
    standing: Iterable[Entry], by_id: Mapping[str, Entry], by_service: Mapping[tuple[str, str], list[Terms]]
) -> Iterator[Finding]:
    """Yield the meetings for which more was made up than was missed."""
    given: dict[str, int] = defaultdict(int)
    for entry in standing:
        if entry.code == MAKE_UP:
            named = by_id.get(makes_up(entry))
            given[named.id if named else ""] += delivered(entry) or 0
    for name, minutes in given.items():
        missed_one = by_id.get(name)
        if missed_one is None:
            continue
        of = by_service[missed_one.pupil, missed_one.activity]
        most = max((one.minutes for one in of if one.stands(missed_one.day)), default=0)
        if most and minutes > most:
            mend = "name another meeting, or leave the rest as given beyond what is owed"
            what = "is made up by more than was missed"
            yield _said(missed_one, "services.made_up_over", what, mend, Status.ADVICE)


def _said(entry: Entry, code: str, what: str, mend: str, status: Status = Status.BROKEN) -> Finding:
    said = f"entry {entry.id} of {entry.by}, {entry.day}, pupil {entry.pupil}, {what}"
    where = (entry.school, f"pupil {entry.pupil}", entry.activity, entry.day.isoformat())
    return Finding(code, said, status, where, mend=mend)
