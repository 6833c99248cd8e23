"""Make the moves that were asked for, school by school, and publish the days that an adopted one changes."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from datetime import date, timedelta

from schoolday.cli.working import workers
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import broken
from schoolday.timetable.change import Changed, change_all, compared, touched
from schoolday.timetable.check.verdict import findings
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import Effort
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import TimetableProblem
from schooldesk import clock, scope
from schooldesk.alone import alone
from schooldesk.day.publish import MOST_DATES, publish
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rows import Report, quiet
from schooldesk.timetable import reads as plans
from schooldesk.timetable import writes as keeping
from schooldesk.timetable.models import Move
from schooldesk.timetable.moves import reads, writes

log = logging.getLogger(__name__)


def make_what_waits(report: Report = quiet, *, number: int = 0) -> None:
    """Make each move that was asked for, and publish what adopted ones change, the first asked first.

    `report` is called before each school; a worker whose master is gone raises in it and so goes, too.
    """
    with scope.district(scope.EVERY):
        waiting = reads.waiting()
    for row in waiting:
        with alone("moves", row.pk) as mine:
            if mine:
                _work(row, report, number)


def _work(row: Move, report: Report, number: int) -> None:
    with scope.district(row.district_id):
        row.refresh_from_db()
        try:
            if row.finished is None and not row.failed:
                make(row, report, number)
            if not row.published:
                _publish(row)
        except SchooldayError as error:
            writes.fail(row, str(error))
        except Exception:  # whatever it is, the next has its turn
            log.exception("the move asked for as %s broke off", row.pk)
            writes.fail(row, "the work broke off, and the desk's log says why; ask again")


def make(row: Move, report: Report = quiet, number: int = 0) -> None:
    """Make a move's weeks, those that a killed run left over, and judge its first week.

    Raises
    ------
    SchooldayError
        If the roster was replaced since, or a school has no lawful week.
    """
    home = roster.district(row.district_id)
    if home is None or home.roster_id != row.after.roster_id:
        raise SchooldayError("the roster was replaced since this was asked for; ask anew")
    report(row.done)
    there = roster.whole(home)
    at = plans.planned(home.pk, row.after_id).dates(there)
    old, new = plans.weeks(row.before_id), plans.weeks(row.after_id)
    if row.done < row.due:
        due = [one for one in at.questions(row.first) if one.school not in new]
        with workers(number) as pool:
            new |= _changed(row, old, due, pool, report)
    made = Plan(home.pk, row.first, 1, new, at.way, at.cohorts)
    writes.finish(row, _figures(old, new), _broken(at, made, row.first))


def _changed(
    row: Move, old: Mapping[str, SchoolWeek], due: Sequence[TimetableProblem], pool: Executor, report: Report
) -> dict[str, SchoolWeek]:
    stuck: list[str] = []

    def keep(school: str, one: Changed) -> None:
        report(1)
        if one.week is None:
            stuck.append(school)
            return
        keeping.keep_week(row.after_id, one.week)
        writes.step(row)

    effort = Effort(row.steps)
    found = change_all(old, due, pool, effort=effort, seed=1, report=keep, clock=time.perf_counter)
    if stuck:
        raise SchooldayError(
            f"no lawful week was found for {', '.join(sorted(stuck))}; "
            "`schoolday plan` at the terminal names the clauses in conflict"
        )
    return {school: one.week for school, one in found.items() if one.week}


def _broken(at: Dates, made: Plan, first: date) -> int:
    """Return how many hard findings the new plan has in its first week, Friday included."""
    last = min(first + timedelta(4 - first.weekday()), at.calendar.last)
    return len(broken(list(findings(at, made, first, last))))


def _figures(old: Mapping[str, SchoolWeek], new: Mapping[str, SchoolWeek]) -> dict[str, dict[str, int]]:
    found = {}
    for school, week in new.items():
        before = old.get(school)
        if before is not None:
            one = compared(before, week)
            people = touched(before, one)
            found[school] = {
                "moved": one.moved, "kept": one.kept, "must": one.must,
                "pupils": len(people.pupils), "teachers": len(people.teachers),
            }  # fmt: skip
    return found


def _publish(row: Move) -> None:
    """Publish again what was published of the days that a move changes, or tells of."""
    home = roster.district(row.district_id)
    assert home is not None
    since = max(clock.today(home.timezone), row.first - reads.TOLD_BEFORE)
    _each_stretch(home, reads.dates_told(home, since), row.adopted_by)
    writes.told(row)


def _each_stretch(home: District, days: list[date], who: str) -> None:
    while days:
        some = [day for day in days if day - days[0] < timedelta(MOST_DATES)]
        publish(home.pk, some[0], some[-1], who=who)
        days = days[len(some) :]
