"""A pupil's day of independent study judged as far as it is certified, with every rule that speaks of it.

A day of one pupil may lie in the weeks of several teachers, of which some have certified and others not. What
is certified can earn the day by itself; that it falls short is known only once all of it is certified.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from schoolday.calendar.row import Minutes, Row
from schoolday.ledger.codes import MISSING
from schoolday.ledger.daily_study import CERTIFIED, EVIDENCE, StudyDay, study_days
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.standing import standing
from schoolday.ledger.week import Expected, Week
from schoolday.measures.bounds import judge
from schoolday.measures.verdict import Circumstances, Found, Verdict
from schoolday.rules import Rule, Rulebook
from schoolday.rules.rule import Period, Way

_SILENT = (Found.NOT_BOUND, Found.NOT_IN_FORCE)
_LIVE = (EntryKind.JOINED, EntryKind.IN_PERSON)


@dataclass(frozen=True, slots=True)
class Sure:
    """What is certified of one pupil: the ids of those entries, and whether all that there is to be is."""

    entries: frozenset[str] = frozenset()
    whole: bool = False


@dataclass(frozen=True)
class Judged:
    """One pupil's day of independent study.

    Parameters
    ----------
    day
        All that is recorded, and whether it earns the day as far as it is certified.
    live, works
        The entries of the live instruction, and of the work, that stand.
    verdicts
        How each rule that speaks of this day and this pupil stands, the day's minutes first.
    short
        Minutes that the recorded ones lack of the day; None where that cannot be said.
    unplanned
        Kinds of minutes that were planned and of which nothing is recorded.
    certified
        Whether everything recorded is certified.
    """

    day: StudyDay
    live: tuple[Entry, ...]
    works: tuple[Entry, ...]
    verdicts: tuple[Verdict, ...]
    short: int | None
    unplanned: tuple[Minutes, ...]
    certified: bool

    @property
    def unjudged(self) -> tuple[Entry, ...]:
        """Work handed in whose time value nobody has judged."""
        return tuple(one for one in self.works if one.code != MISSING and one.minutes is None)

    @property
    def broken(self) -> tuple[Verdict, ...]:
        """The rules that are broken."""
        return tuple(one for one in self.verdicts if one.found is Found.BROKEN)


def judged(
    week: Week,
    day: date,
    rulebook: Rulebook,
    sure: Mapping[str, Sure],
    circumstances: Mapping[str, Circumstances] | None = None,
) -> tuple[Judged, ...]:
    """Return each pupil's day of independent study, one of the dates of a week.

    Parameters
    ----------
    week
        The pupils and all of their entries and plan in the week, of whichever teacher; its rules of a week
        are judged on what of it lies before or on the day.
    day
        The date.
    rulebook
        The rules.
    sure
        What is certified of each pupil; of who is not there nothing is.
    circumstances
        What is true of each pupil and frees from a clause.

    Raises
    ------
    NotInForce
        If no clause says how long a day of independent study is on that date.
    """
    stands = standing(week.entries)
    of: dict[str, list[Entry]] = {one.pupil: [] for one in week.pupils}
    for entry in stands:
        if entry.pupil in of and entry.day <= day:
            of[entry.pupil].append(entry)
    plan: dict[str, list[Row]] = {one.pupil: [] for one in week.pupils}
    for row in week.plan:
        if row.pupil in plan:
            plan[row.pupil].append(row)
    free = circumstances or {}
    return tuple(
        _judged(
            one,
            replace(
                week, pupils=(one,), entries=tuple(of[one.pupil]), plan=tuple(plan[one.pupil]), days=(day,)
            ),
            rulebook,
            sure.get(one.pupil, Sure()),
            free.get(one.pupil, frozenset()),
        )
        for one in week.pupils
    )


def credited(week: Week, rulebook: Rulebook, sure: Mapping[str, Sure]) -> int:
    """Return the days that certified entries earn in a week, of all pupils together."""
    return sum(credited_by_grade(week, rulebook, sure).values())


def credited_by_grade(week: Week, rulebook: Rulebook, sure: Mapping[str, Sure]) -> dict[str, int]:
    """Return the days that certified entries earn in a week, by the grade of the pupils who earn any.

    Only pupils with entries are looked at: no day is earned without any.
    """
    stands = [one for one in standing(week.entries) if one.id in sure.get(one.pupil, Sure()).entries]
    there = {one.pupil for one in stands}
    pupils = tuple(one for one in week.pupils if one.pupil in there)
    found = study_days(replace(week, pupils=pupils, entries=tuple(stands)), rulebook, certified=True)
    earned: Counter[str] = Counter()
    for one in found:
        earned[one.record.pupil.grade] += one.credited or 0
    return dict(+earned)


def _judged(pupil: Expected, week: Week, rulebook: Rulebook, sure: Sure, free: Circumstances) -> Judged:
    (day,) = week.days
    mine = [one for one in week.entries if one.day == day]
    whole = sure.whole and all(one.id in sure.entries for one in mine)
    here = replace(week, entries=tuple(mine))
    (found,) = study_days(here, rulebook, certified=whole, circumstances=free)
    if found.verdict.found is Found.UNVERIFIED:
        part = replace(week, entries=tuple(one for one in mine if one.id in sure.entries))
        (certified,) = study_days(part, rulebook, certified=True, circumstances=free)
        if certified.verdict.found is Found.MET:
            found = replace(found, verdict=certified.verdict)
    live = tuple(one for one in mine if one.kind in _LIVE)
    works = tuple(one for one in mine if one.kind is EntryKind.WORK)
    verdicts = (found.verdict, *_others(pupil, week, mine, rulebook, sure, free))
    return Judged(
        found,
        live,
        works,
        tuple(one for one in verdicts if one.found not in _SILENT),
        _short(found),
        tuple(kind for kind in found.record.planned if not found.record.minutes[kind].entries),
        whole,
    )


def _short(found: StudyDay) -> int | None:
    owed, total = found.owed.value, found.total
    if owed is None or total.unknown:
        return None
    return max(0, owed - (total.value or 0))


def _others(
    pupil: Expected,
    week: Week,
    mine: list[Entry],
    rulebook: Rulebook,
    sure: Sure,
    free: Circumstances,
) -> Iterator[Verdict]:
    """Yield how the other rules of the day stand: judged work, evidence, and live times of day and week."""
    (day,) = week.days
    work = [one for one in mine if one.kind is EntryKind.WORK and one.code != MISSING]
    if work:
        share = _percent(sum(one.minutes is not None for one in work), len(work))
        yield judge(rulebook.rule(CERTIFIED), day, [share], circumstances=free)
    live = [one for one in mine if one.kind in _LIVE]
    if live:
        seen = 100.0 if all(one.id in sure.entries for one in live) else None
        yield judge(rulebook.rule(EVIDENCE), day, [seen], circumstances=free)
    for rule in _live_rules(rulebook):
        some = week.entries if rule.period is Period.WEEK else mine
        number = _live_times(week, some, rule.period is Period.WEEK)
        yield judge(rule, day, [number], grade=pupil.grade, circumstances=free)


def _live_rules(rulebook: Rulebook) -> list[Rule]:
    return [
        one
        for one in rulebook.rules
        if one.measure == "live_meetings"
        and Way.INDEPENDENT_STUDY in one.ways
        and one.id.startswith("ca.independent_study.")
    ]


def _live_times(week: Week, entries: Collection[Entry], whole_week: bool) -> float | None:
    """Return how many live times were offered: those planned, or those joined where these are more.

    None where there are none of either: nobody says that none were offered.
    """
    (day,) = week.days
    joined = sum(one.kind in _LIVE for one in entries)
    kinds = (Minutes.LIVE, Minutes.IN_PERSON)
    planned = sum(
        row.kind in kinds and (row.day == day or (whole_week and row.day <= day)) for row in week.plan
    )
    return float(max(joined, planned)) or None


def _percent(part: int, whole: int) -> float:
    return float(Fraction(100 * part, whole))
