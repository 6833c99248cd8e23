"""Independent study as it is today: each day's time value against the minimum day, work kept, the ratio.

Education Code 51747.5: the time value of a pupil's work and the synchronous minutes that a certificated
employee verified are added; a sum that reaches the minimum day earns one day's attendance. The numbers and
dates are in ``rules/law/ca/independent_study.yaml`` and ``independent_study_records.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from schoolday.calendar.days import Calendar
from schoolday.calendar.periods import Stretch, attendance_parts
from schoolday.calendar.row import Minutes
from schoolday.ledger.codes import KEPT
from schoolday.ledger.day_record import DayRecord, Took, day_records, owes_nothing
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.figure import Figure, together
from schoolday.ledger.standing import standing
from schoolday.ledger.week import Week
from schoolday.measures.bounds import judge
from schoolday.measures.verdict import Circumstances, Found, Verdict
from schoolday.rules import Rulebook

TOTAL = "ca.independent_study.total_minutes"
CERTIFIED = "ca.independent_study.certified_time"
EVIDENCE = "ca.independent_study.live_evidence"
PRODUCTS = "ca.independent_study.work_products"
RATIO = "ca.independent_study.ratio_fixed"
RULES = (TOTAL, CERTIFIED, EVIDENCE)
"""The rules of a day, by id."""


@dataclass(frozen=True, slots=True)
class StudyDay:
    """One pupil's day of independent study.

    `work` is the time value of work products, `synchronous` the live minutes with evidence, `total` both.
    The verdict is met where a whole day is earned, broken where certified minutes fall short, and unverified
    while nobody has certified the week or a time value is unknown. It does not bind where the pupil was not
    enrolled, and nothing is owed then.
    """

    record: DayRecord
    work: Figure
    synchronous: Figure
    total: Figure
    owed: Figure
    verdict: Verdict

    @property
    def credited(self) -> int | None:
        """Days of attendance earned: 1, 0, or None while unverified or not bound; no date earns two."""
        return {Found.MET: 1, Found.BROKEN: 0}.get(self.verdict.found)


@dataclass(frozen=True, slots=True)
class Products:
    """The work products of one pupil that are kept of one attendance period."""

    period: Stretch
    kept: Figure
    subjects: tuple[str, ...]
    verdict: Verdict


def study_days(
    week: Week, rulebook: Rulebook, *, certified: bool, circumstances: Circumstances = frozenset()
) -> tuple[StudyDay, ...]:
    """Return every pupil's days of independent study in a week.

    Parameters
    ----------
    week
        The week and its entries.
    rulebook
        The rules; each day is judged by those of its date.
    certified
        Whether a certificated employee has certified the week; before that nothing is earned.
    circumstances
        What is true in the case and frees from a clause.

    Raises
    ------
    NotInForce
        If no clause says how long a day of independent study is on a date of the week.
    """
    return tuple(_study(record, rulebook, certified, circumstances) for record in day_records(week))


def work_products(
    entries: Iterable[Entry], calendar: Calendar, rulebook: Rulebook, *, since: date, as_of: date
) -> tuple[Products, ...]:
    """Return the work products kept of one pupil in each attendance period that the study has touched.

    Parameters
    ----------
    entries
        The pupil's entries of the year.
    calendar
        The school year, whose periods they are.
    rulebook
        The rules.
    since, as_of
        When the study began, and the date of the question. A period that has not ended is unverified where
        too little is kept so far; one before the study began owes nothing and is left out.
    """
    samples = [one for one in standing(entries) if one.kind is EntryKind.WORK and one.code in KEPT]
    found = []
    for period in attendance_parts(calendar):
        if period.last < since or period.first > as_of:
            continue
        kept = [one for one in samples if period.first <= one.day <= min(period.last, as_of)]
        found.append(_products(period, kept, rulebook, as_of))
    return tuple(found)


def ratio(
    credited_days: int, taught_days: int, full_time_teachers: Fraction, rulebook: Rulebook, day: date
) -> tuple[Fraction, Verdict]:
    """Return the average daily attendance for each full-time teacher, and how it stands to the fixed ratio.

    Parameters
    ----------
    credited_days, taught_days
        Days of attendance earned by all pupils together, and the days of instruction that they lay in.
    full_time_teachers
        Full-time equivalents of the certificated employees who taught them.
    rulebook, day
        The rules, and the date by whose clause it is judged.
    """
    attendance = Fraction(credited_days, taught_days)
    found = attendance / full_time_teachers
    return found, judge(rulebook.rule(RATIO), day, [float(found)])


def _study(record: DayRecord, rulebook: Rulebook, certified: bool, free: Circumstances) -> StudyDay:
    grade, day = record.pupil.grade, record.day
    clauses = {rule: rulebook.clause(rule, day).id for rule in RULES}
    limit = rulebook.clause(TOTAL, day).at_least
    owed = limit.for_(grade) if limit else None
    work = _cited(record.minutes[Minutes.INDEPENDENT], clauses[CERTIFIED])
    live = together(record.minutes[Minutes.LIVE], record.minutes[Minutes.IN_PERSON])
    synchronous = _cited(live, clauses[EVIDENCE])
    total = together(work, synchronous)
    if record.took is Took.NOT_ENROLLED:
        nothing = Figure(None, clauses=(clauses[TOTAL],))
        return StudyDay(record, work, synchronous, total, nothing, owes_nothing(record, rulebook.rule(TOTAL)))
    needed = Figure(None if owed is None else int(owed), clauses=(clauses[TOTAL],))
    value = total.value if certified and _is_settled(total, needed) else None
    verdict = judge(rulebook.rule(TOTAL), day, [value], grade=grade, circumstances=free)
    return StudyDay(record, work, synchronous, total, needed, verdict)


def _is_settled(total: Figure, owed: Figure) -> bool:
    """Whether the minutes decide it: all of them known, or enough of them."""
    enough = total.value is not None and owed.value is not None and total.value >= owed.value
    return enough or not total.unknown


def _cited(figure: Figure, clause: str) -> Figure:
    return Figure(figure.value, figure.entries, (*figure.clauses, clause), figure.unknown)


def _products(period: Stretch, kept: list[Entry], rulebook: Rulebook, as_of: date) -> Products:
    rule = rulebook.rule(PRODUCTS)
    subjects = tuple(sorted({one.code.removeprefix("kept_") for one in kept} - {"other"}))
    number = len(subjects) + sum(one.code == "kept_other" for one in kept)
    clause = rule.on(min(period.last, as_of))
    cited = (clause.id,) if clause else ()
    verdict = judge(rule, min(period.last, as_of), [number])
    if verdict.found is Found.BROKEN and as_of < period.last:
        verdict = judge(rule, as_of, [None])
    return Products(period, Figure(number, tuple(one.id for one in kept), cited), subjects, verdict)
