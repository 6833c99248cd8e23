"""The weekly engagement record of 2020-21: what distance learning each pupil was given and took part in.

Education Code 43504 asked it for each pupil and week, and 43501 how long a day was; the numbers and their
dates are in ``rules/law/ca/distance_2020.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from schoolday.calendar.row import Minutes
from schoolday.ledger.day_record import DayRecord, Took, day_records, owes_nothing
from schoolday.ledger.figure import Figure
from schoolday.ledger.week import Expected, Week
from schoolday.measures.bounds import judge
from schoolday.measures.verdict import Circumstances, Verdict
from schoolday.rules import Rulebook

RECORD = "ca.distance.engagement_record"
TOTAL = "ca.distance.total_minutes"
CERTIFIED = "ca.distance.certified_time"
PARTICIPATION = "ca.distance.participation"
LIVE = "ca.distance.live_interaction"
RULES = (RECORD, TOTAL, CERTIFIED, PARTICIPATION, LIVE)
"""The rules that the record is made by, by id."""


@dataclass(frozen=True, slots=True)
class EngagementDay:
    """One day of the record, and how its minutes stand to those owed.

    `whole` is met for a whole day, broken for a partial one, and unverified where the record holds only part
    of the pupil's plan or leaves minutes unknown. `owed` is the number with its clause. Where the pupil was
    not enrolled nothing is owed, and neither verdict binds.
    """

    record: DayRecord
    owed: Figure
    whole: Verdict
    live: Verdict

    @property
    def participation(self) -> Figure:
        """1 where the pupil took part, 0 where a certifier said absent, None where nobody can say or need."""
        value = {Took.PART: 1, Took.ABSENT: 0, Took.EXCUSED: 0}.get(self.record.took)
        return Figure(value, self.record.evidence, (PARTICIPATION,))


@dataclass(frozen=True, slots=True)
class Engagement:
    """One pupil's engagement in one week, with the clauses that it was made by."""

    pupil: Expected
    days: tuple[EngagementDay, ...]
    clauses: tuple[str, ...]

    @property
    def unverified(self) -> int:
        """The days on which nobody can say whether the pupil took part."""
        return sum(day.record.took is Took.UNVERIFIED for day in self.days)


def engagement(
    week: Week, rulebook: Rulebook, circumstances: Mapping[str, Circumstances] | None = None
) -> tuple[Engagement, ...]:
    """Return the engagement record of every pupil of a week.

    Parameters
    ----------
    week
        The week, its entries and its plan.
    rulebook
        The rules; each day is judged by those of its date.
    circumstances
        What is true of a pupil and frees from a clause, such as ``continuation``.

    Returns
    -------
    tuple of Engagement
        In the order of the week's pupils.

    Raises
    ------
    NotInForce
        If the week lies outside the dates of the law: it is never judged by another year's.
    """
    clauses = _clauses(week, rulebook)
    free = circumstances or {}
    of: dict[str, list[EngagementDay]] = {one.pupil: [] for one in week.pupils}
    for record in day_records(week):
        of[record.pupil.pupil].append(_day(record, rulebook, free.get(record.pupil.pupil, frozenset())))
    return tuple(Engagement(one, tuple(of[one.pupil]), clauses) for one in week.pupils)


def _clauses(week: Week, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the clauses of the week; the record's own is that of the week's last day."""
    found = [rulebook.clause(RECORD, week.days[-1]).id] if week.days else []
    found += [rulebook.clause(rule, day).id for rule in RULES[1:] for day in week.days]
    return tuple(dict.fromkeys(found))


def _day(record: DayRecord, rulebook: Rulebook, free: Circumstances) -> EngagementDay:
    grade, day = record.pupil.grade, record.day
    clause = rulebook.clause(TOTAL, day)
    if record.took is Took.NOT_ENROLLED:
        whole, live = (owes_nothing(record, rulebook.rule(rule)) for rule in (TOTAL, LIVE))
        return EngagementDay(record, Figure(None, clauses=(clause.id,)), whole, live)
    owed = clause.at_least.for_(grade) if clause.at_least else None
    needed = Figure(None if owed is None else int(owed), clauses=(clause.id,))
    whole = judge(rulebook.rule(TOTAL), day, [_judged(record, needed.value)], grade=grade, circumstances=free)
    # One live meeting is enough for the day; that none is recorded does not say that none was held.
    met = len(record.minutes[Minutes.LIVE].entries) or None
    live = judge(rulebook.rule(LIVE), day, [met], grade=grade, circumstances=free)
    work = record.minutes[Minutes.INDEPENDENT]
    certified = replace(work, clauses=(rulebook.clause(CERTIFIED, day).id,))
    sealed = replace(record, minutes={**record.minutes, Minutes.INDEPENDENT: certified})
    return EngagementDay(sealed, needed, whole, live)


def _judged(record: DayRecord, owed: int | None) -> int | None:
    """Return the day's minutes where they can be judged: all known of a whole plan, or enough anyhow."""
    total = record.total
    if total.value is None or owed is None:
        return None
    whole_plan = sum(record.planned.values()) >= owed
    return total.value if total.value >= owed or (whole_plan and not total.unknown) else None
