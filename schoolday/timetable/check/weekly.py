"""Hold a pupil's school week against the bounds that are counted over a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from schoolday.calendar.row import Minutes
from schoolday.ground.finding import Finding, Status
from schoolday.roster import Roster
from schoolday.rules import Bound, Kind, Period, Standing, Way
from schoolday.rules.measures import planned
from schoolday.timetable.check.bounds import judge
from schoolday.timetable.check.dates import classes
from schoolday.timetable.check.services import FULL_WEEK
from schoolday.timetable.meeting import SchoolDay

MEASURES = ("total_minutes", "live_minutes", "independent_minutes", "live_meetings")


def check_weekly(
    roster: Roster, standing: Standing, days: Sequence[SchoolDay], *, met: bool = False
) -> list[Finding]:
    """Return the weekly bounds that one week of one school, or of several, does not hold.

    Minutes and meetings are those of the program, services apart. In a week of fewer than five dates a
    minimum that is not reached is unverified: whether it binds a short week is a question for people.

    Parameters
    ----------
    roster, standing
        The district's people, and the rules that stand on the week's first date.
    days
        The dates of one week.
    met
        Whether to return the bounds that are met as well.
    """
    found = list(_unmeasured(standing))
    if not days or not _weekly(standing):
        return found
    first = min(day.day for day in days)
    short = len({day.day for day in days}) < FULL_WEEK
    weeks, ways = _weeks(roster, days), {at_home: _ways(days, at_home) for at_home in (False, True)}
    staying = {pupil for day in days for pupil in day.staying.pupils}
    kinds = classes(roster, roster.enrolled(first))
    bounds: dict[tuple[str, Way], tuple[Bound, ...]] = {}
    for school in sorted({day.school for day in days}):
        for pupil in roster.pupils_at.get(school, ()):
            way = ways[pupil.id in staying].get((school, pupil.grade, kinds.get(pupil.id, "")))
            if way is None:
                continue
            if (pupil.grade, way) not in bounds:
                bounds[pupil.grade, way] = _bounds(standing, pupil.grade, way)
            who = (school, f"pupil {pupil.id}", f"the week of {first.isoformat()}")
            for verdict in judge(bounds[pupil.grade, way], weeks[pupil.id], met=met):
                finding = verdict.finding(who)
                found.append(_unsure(finding) if short and finding.status is Status.BROKEN else finding)
    return found


def _weekly(standing: Standing) -> bool:
    return any(rule.kind is Kind.BOUND and rule.period is Period.WEEK for rule, _ in standing.pairs)


def _bounds(standing: Standing, grade: str, way: Way) -> tuple[Bound, ...]:
    return tuple(
        bound
        for measure in MEASURES
        for bound in standing.bounds(measure, grade=grade, way=way, period=Period.WEEK)
    )


def _ways(days: Sequence[SchoolDay], at_home: bool) -> dict[tuple[str, str, str], Way]:
    plans = ((day.school, day.staying.plans if at_home else day.plans) for day in days)
    return {(school, *band): plan.way for school, some in plans for band, plan in some.items()}


def _weeks(roster: Roster, days: Sequence[SchoolDay]) -> Mapping[str, dict[str, float]]:
    """Return each pupil's sums over the week."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(MEASURES, 0.0))
    for day in days:
        for one in day.meetings:
            live = one.kind is Minutes.LIVE
            for pupil in one.pupils if one.source in roster.sections else ():
                week = found[pupil]
                week["total_minutes"] += one.span.minutes
                week["live_minutes"] += one.span.minutes if live else 0
                week["live_meetings"] += live
        for pupil, work in day.work.items():
            minutes = sum(part.span.minutes for part in work)
            found[pupil]["independent_minutes"] += minutes
            found[pupil]["total_minutes"] += minutes
    return found


def _unmeasured(standing: Standing) -> list[Finding]:
    return [
        Finding(
            "day.unmeasured",
            f"{rule.title}: nothing here measures {rule.measure} over a week, so it was not checked",
            Status.UNVERIFIED,
            (rule.id,),
            clauses=(clause.id,),
        )
        for rule, clause in standing.pairs
        if rule.kind is Kind.BOUND
        and rule.period is Period.WEEK
        and rule.measure not in MEASURES
        and planned(rule.measure)
    ]


def _unsure(finding: Finding) -> Finding:
    return Finding(
        finding.code,
        f"{finding.said}; fewer than five dates count",
        Status.UNVERIFIED,
        finding.where,
        finding.value,
        finding.limit,
        finding.unit,
        finding.clauses,
    )
