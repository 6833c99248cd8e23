"""The work list: what is to do next for whom, by whom and by when; and the findings of re-engagement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.ground.finding import Finding, Status
from schoolday.ledger.entry import Entry
from schoolday.ledger.reengage.cases import Case, Step
from schoolday.ledger.reengage.known import Known, of_attendance
from schoolday.ledger.reengage.notices import Notice
from schoolday.ledger.reengage.watch import Watch
from schoolday.rules.events import STEPS

DECIDE = "decide"
"""What is to do in a case whose rule and plan name no step: somebody decides what."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do.

    Parameters
    ----------
    pupil, school
        For whom, at which school.
    what
        The step's name, ``notice`` or ``decide``.
    owner, due
        Who does it, and the last date in time; empty and None where the plan does not say.
    tries
        How often it was tried.
    case
        The id of the case; empty for a notice.
    about
        The date of the absence that a notice tells of; None for anything else.
    """

    pupil: str
    school: str
    what: str
    owner: str
    due: date | None
    tries: int
    case: str = ""
    about: date | None = None


def work_list(cases: Sequence[Case], notices: Iterable[Notice], teller: str = "") -> list[Task]:
    """Return what is to do, soonest due first; what has no date comes last.

    Parameters
    ----------
    cases, notices
        What was found.
    teller
        Who tells families of absences, by the written plan.
    """
    found = [_task(case, step) for case in cases for step in case.to_do]
    found += [
        Task(case.pupil, case.school, DECIDE, "", None, 0, case.id)
        for case in cases
        if case.open and not case.steps
    ]
    found += [
        Task(one.pupil, one.school, "notice", teller, one.last, 0, about=one.day)
        for one in notices
        if one.sent is None or one.other_language
    ]
    return sorted(found, key=lambda one: (one.due or date.max, one.school, one.pupil, one.what))


def _task(case: Case, step: Step) -> Task:
    return Task(case.pupil, case.school, step.name, step.owner, step.due, len(step.tries), case.id)


def check_cases(cases: Iterable[Case], as_of: date) -> list[Finding]:
    """Return what is late, what nobody owns, and what was given another word after a case was open."""
    found = []
    for case in cases:
        where = (case.school, f"pupil {case.pupil}", case.id)
        for step in case.to_do:
            found += _of_step(case, step, where, as_of)
        if case.open and not case.steps:
            said = f"pupil {case.pupil} has a case ({case.rule.title}), and neither the rule nor the written "
            said += "plan names a step"
            mend = f"add steps for {case.rule.id} to tiers.csv; until then the case stays open"
            found.append(
                Finding(
                    "reengage.no_steps", said, Status.UNVERIFIED, where, clauses=(case.clause,), mend=mend
                )
            )
        if case.recoded:
            found.append(_recoded(case, where))
    return found


def _of_step(case: Case, step: Step, where: tuple[str, ...], as_of: date) -> list[Finding]:
    noun = STEPS[step.name].noun
    if not step.owner or step.due is None:
        said = f"nobody is named to {noun} for pupil {case.pupil}, or no date by which"
        mend = f"add the step to tiers.csv for {case.rule.id}: its tier, owner and days"
        return [
            Finding("reengage.no_plan", said, Status.UNVERIFIED, where, clauses=(case.clause,), mend=mend)
        ]
    if not step.late(as_of):
        return []
    times = len(step.tries)
    tried = f"tried {'once' if times == 1 else f'{times} times'}" if times else "not tried"
    said = f"{step.owner} was to {noun} for pupil {case.pupil} by {step.due}; {tried}"
    mend = "do it and record it; no change of an older entry does it"
    return [Finding("reengage.late", said, Status.BROKEN, where, clauses=(case.clause,), mend=mend)]


def _recoded(case: Case, where: tuple[str, ...]) -> Finding:
    number = len(case.recoded)
    times = "once" if number == 1 else f"{number} times"
    last = case.recoded[-1]
    said = f"attendance of pupil {case.pupil} was given another code {times} after the case was opened on "
    said += f"{case.opened}, last by {last.by} for {last.day}; the case stands as it was"
    mend = "close the case by its steps, or by weeks in which the pupil takes part"
    return Finding("reengage.recoded", said, Status.ADVICE, where, number, unit="entries", mend=mend)


def uncertified(
    entries: Iterable[Entry], pupils: Iterable[str], watch: Watch, as_of: date
) -> dict[str, list[date]]:
    """Return for each pupil the school days so far that nobody has certified; they are no absences."""
    mine, found = of_attendance(entries), dict[str, list[date]]()
    for pupil in pupils:
        known = Known()
        for entry in mine.get(pupil, ()):
            known.tell(entry)
        days = watch.taught(pupil, watch.calendar.first, as_of)
        found[pupil] = [day for day in days if day not in known.codes]
    return {pupil: days for pupil, days in found.items() if days}


def check_certified(open_: Mapping[str, Sequence[date]], school_of: Mapping[str, str]) -> list[Finding]:
    """Return for each school how many days of its pupils nobody has certified, which decide no trigger."""
    by_school: dict[str, list[Sequence[date]]] = defaultdict(list)
    for pupil, days in open_.items():
        by_school[school_of[pupil]].append(days)
    found = []
    for school, some in by_school.items():
        number, first = sum(map(len, some)), min(days[0] for days in some)
        said = f"at {school} {number} school days of {len(some)} pupils are certified by nobody, the first "
        said += f"{first}; they are no absences"
        where, mend = (school,), "have the days certified"
        found.append(
            Finding("reengage.uncertified", said, Status.UNVERIFIED, where, number, 0, "days", mend=mend)
        )
    return found


def counted(cases: Iterable[Case]) -> Counter[str]:
    """Return how many cases are open, closed by their steps, or closed because the pupil is back."""
    return Counter("open" if case.open else case.why for case in cases)
