"""Make the small groups that were asked for, one after another; what fails is said in words."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from schoolday.cli.options import school_days
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.learning.check import check_date, check_grouping
from schoolday.learning.exact import grouped
from schoolday.learning.free import free_pupils, free_teachers
from schoolday.learning.groups import Question, Sizes, SmallGroup, ask_first, needs_of, sizes_of
from schoolday.roster import Pupil, Roster
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schooldesk import scope
from schooldesk.alone import alone
from schooldesk.learning import reads as learning
from schooldesk.learning.groups import reads, writes
from schooldesk.learning.groups.result import Result
from schooldesk.learning.models import Grouping
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rows import Report, quiet
from schooldesk.timetable import reads as plans

log = logging.getLogger(__name__)


def make_what_waits(report: Report = quiet) -> None:
    """Make what was asked for and is not made, the first asked first.

    `report` is called before each; a worker whose master is gone raises in it and so goes, too.
    """
    with scope.district(scope.EVERY):
        waiting = reads.waiting()
    for row in waiting:
        with alone("groups", row.pk) as mine:
            if mine:
                report(0)
                make(row)


def make(row: Grouping) -> None:
    """Make groups, if nobody has meanwhile; where they cannot be made, keep why in words."""
    with scope.district(row.district_id):
        row.refresh_from_db(fields=["finished", "failed"])
        if not reads.is_open(row):
            return
        try:
            writes.finish(row, _made(row))
        except SchooldayError as error:
            writes.fail(row, str(error))
        except Exception:  # whatever it is, the next has its turn
            log.exception("the small groups asked for as %s broke off", row.pk)
            writes.fail(row, "the work broke off, and the desk's log says why; ask again")


def _made(row: Grouping) -> Result:
    home = roster.district(row.district_id)
    if home is None or home.roster_id != row.roster:
        raise SchooldayError("the roster was replaced since this was asked for; ask anew")
    there = roster.of_schools(home, [row.school])
    week = _week(home, row)
    question, unclear = _question(home, row, there, week)
    found = grouped(question)
    faults = (*check_grouping(question, found), *_dated(home, row, there, found.groups))
    return Result(
        found.groups, dict(found.alone), len(question.needs), found.helped, found.bound,
        sum(len(one.pupils) for one in found.groups), sum(map(len, question.needs.values())),
        question.most_needs, found.proved, unclear, question.sizes.clauses, faults,
    )  # fmt: skip


def _week(home: District, row: Grouping) -> SchoolWeek:
    planned = plans.plan_on(home, row.first)
    week = plans.week(planned.version, row.school) if planned else None
    if week is None:
        raise SchooldayError(f"no week of {row.school} is planned on {row.first}; plan it first")
    return week


def _sizes(home: District, day: date) -> Sizes:
    sizes = sizes_of(learning.standing(home, day), learning.way(home, day))
    if sizes is None:
        raise SchooldayError(
            f"no rule in force on {day} says how large a small group is; add a policy with "
            "intervention_pupils and intervention_times"
        )
    return sizes


def _question(home: District, row: Grouping, there: Roster, week: SchoolWeek) -> tuple[Question, int]:
    """Return who needs what and is free when, and of how many nothing can be said yet."""
    sizes = _sizes(home, row.first)
    known = learning.known(home, _pupils(home, row, there), row.day, row.subject)
    if not known.clauses:
        raise SchooldayError(f"no rule in force on {row.day} says what counts as learned")
    needs: dict[str, tuple[str, ...]] = {}
    for one in needs_of(known.all):
        needs[one.pupil] = (*needs.get(one.pupil, ()), one.standard)
    free = free_teachers(week, _teachers(row, there), row.minutes)
    own = {pupil: _own(there, pupil) for pupil in needs}
    asked = Question(needs, free_pupils(week, needs, row.minutes), free, sizes, row.load, own)
    return asked, len(ask_first(known.all))


def _pupils(home: District, row: Grouping, there: Roster) -> Collection[Pupil]:
    if not row.taught:
        return list(there.pupils.values())
    return [one for one in learning.taught_pupils(home, row.taught, row.day) if one.school == row.school]


def _teachers(row: Grouping, there: Roster) -> Sequence[str]:
    if row.taught:
        return [row.taught]
    taught = [one.id for one in there.sections_at[row.school]]
    return list(dict.fromkeys(who for section in taught for who in there.teachers_of.get(section, ())))


def _own(there: Roster, pupil: str) -> frozenset[str]:
    rows = there.enrollments_of.get(pupil, ())
    return frozenset(who for row in rows for who in there.teachers_of.get(row.section, ()))


def _dated(home: District, row: Grouping, there: Roster, groups: Sequence[SmallGroup]) -> Iterator[Finding]:
    """Yield what lies in the way on any school day of the stretch, by the plan that stands on it."""
    for day in school_days(there.calendar, row.first.isoformat(), row.last.isoformat()):
        planned = plans.plan_on(home, day)
        weekly = plans.week(planned.version, row.school) if planned else None
        if planned is None or weekly is None:
            continue
        plan = Plan(home.pk, day, 1, {row.school: weekly}, planned.way, planned.cohorts)
        for one in planned.dates(there).school_days(plan, day):
            yield from check_date(groups, one)
