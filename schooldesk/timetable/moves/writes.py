"""Ask for a move, keep what is made of it, adopt it and take it back; each with its event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from schoolday.calendar.days import DayKind
from schoolday.cohorts import Cohorts
from schoolday.ground.errors import SchooldayError
from schoolday.rules import Way
from schoolday.timetable.plan import Plan
from schooldesk import clock
from schooldesk.people.writes import record
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.timetable import reads, writes
from schooldesk.timetable.models import Move, PlanVersion
from schooldesk.timetable.moves import coming
from schooldesk.timetable.reads import Planned

WAYS = (Way.DISTANCE, Way.HYBRID, Way.IN_PERSON)
"""The ways of schooling that a move can be asked for on the page."""


def ask(
    home: District, first: date, way: Way, cohorts: Cohorts | None, why: str, steps: int, who: str
) -> Move:
    """Ask for a move from a date on; the worker makes it school by school.

    Raises
    ------
    SchooldayError
        If there is no plan to move from, the date has passed or has no pupils, no reason is given, or in
        person a class has fewer seats than pupils who come.
    """
    if way is Way.HYBRID and cohorts is None:
        raise SchooldayError(
            "families were told no cohorts yet; make and publish them, then ask for the move"
        )
    before = _may_begin(home, first, why)
    if way is Way.IN_PERSON:
        cohorts = cohorts or coming.whole(home)
        coming.held_to_seats(home, cohorts, first)
    due = len(roster.peopled(home))
    plan = Plan(home.pk, first, 1, {}, way, cohorts)
    with transaction.atomic():
        after = writes.begin(plan, home.roster_id or 0)
        return _keep(home, before, after, first, why, who, steps=steps, due=due)


def take(home: District, plan: Plan, first: date, why: str, who: str) -> Move:
    """Take in a plan that was changed at the terminal as a move from a date on; the worker measures it."""
    before = _may_begin(home, first, why)
    if plan.way is Way.IN_PERSON and plan.cohorts:
        coming.held_to_seats(home, plan.cohorts, first)
    after = writes.load(plan, home.roster_id or 0)
    with transaction.atomic():
        size = len(plan.weeks)
        return _keep(home, before, after, first, why, who, due=size, done=size)


def _may_begin(home: District, first: date, why: str) -> Planned:
    """Return the plan to move from, or refuse in words."""
    before = reads.plan_on(home, first)
    if before is None:
        raise SchooldayError("no plan stands that could be changed; load one first: schooldesk load")
    if first < clock.today(home.timezone):
        raise SchooldayError(
            f"{first} has passed; a move begins today or later, and what was stays as it was"
        )
    days = before.dates(roster.without_pupils(home)).calendar
    if days.kind(first) is not DayKind.SCHOOL:
        raise SchooldayError(f"{first} has no pupils at school ({days.reason(first) or 'no school day'})")
    if not why.strip():
        raise SchooldayError(
            "say why the day moves: the order, reading or agreement that families are told of"
        )
    return before


def _keep(home: District, before: Planned, after: int, first: date, why: str, who: str, **more: int) -> Move:
    row = Move(
        district=home, before_id=before.version, after_id=after, first=first, why=why.strip(), who=who,
        at=clock.now(), **more,
    )  # fmt: skip
    row.save()
    record(home.pk, who, "move.asked", move=row.pk, first=first.isoformat())
    return row


def step(row: Move) -> None:
    """Count one more school as made."""
    row.done += 1
    Move.objects.filter(pk=row.pk).update(done=row.done)


def finish(row: Move, figures: Mapping[str, Mapping[str, int]], broken: int) -> None:
    """Keep what came of a move; it can be adopted from now on."""
    with transaction.atomic():
        PlanVersion.objects.filter(pk=row.after_id).update(whole=True)
        Move.objects.filter(pk=row.pk).update(
            finished=clock.now(), figures=dict(figures), broken=broken, done=row.due
        )
        record(row.district_id, row.who, "move.made", move=row.pk, broken=broken)


def fail(row: Move, why: str) -> None:
    """Keep why a move could not be made."""
    with transaction.atomic():
        Move.objects.filter(pk=row.pk).update(failed=why)
        record(row.district_id, row.who, "move.failed", move=row.pk)


def adopt(home: District, row: Move, who: str) -> None:
    """Let a move take effect from its first date on; the worker publishes the days it changes.

    Raises
    ------
    SchooldayError
        If it is not made, breaks a rule, was begun from another plan than the one that stands, is late, or
        brings everybody to school on a date on which conditions do not allow it.
    """
    with transaction.atomic():
        row.refresh_from_db()
        _may_be_adopted(home, row)
        Move.objects.filter(pk=row.pk).update(
            adopted=clock.now(), adopted_by=who, withdrawn=None, published=False
        )
        record(home.pk, who, "move.adopted", move=row.pk, first=row.first.isoformat())


def _may_be_adopted(home: District, row: Move) -> None:
    standing = reads.plan_on(home, row.first)
    if row.finished is None:
        raise SchooldayError("the move is not made yet; wait for it")
    if row.broken:
        raise SchooldayError(f"the new week breaks rules ({row.broken} hard findings); make another move")
    if row.first < clock.today(home.timezone):
        raise SchooldayError(f"{row.first} has passed; ask for a move from a later date")
    if standing is None or standing.version != row.before_id:
        raise SchooldayError("the plan that this move was made from no longer stands then; ask for it anew")
    coming.may_open(home, reads.planned(home.pk, row.after_id), row.first)


def withdraw(home: District, row: Move, who: str) -> None:
    """Take a move back before it begins; the days it had changed are published as they were.

    Raises
    ------
    SchooldayError
        If it has begun: what was is not rewritten, another move leads back.
    """
    if row.adopted is None or row.withdrawn is not None:
        raise SchooldayError("this move is not in force, so there is nothing to take back")
    if row.first <= clock.today(home.timezone):
        raise SchooldayError(f"the move began on {row.first}; ask for another move that leads back")
    with transaction.atomic():
        Move.objects.filter(pk=row.pk).update(withdrawn=clock.now(), published=False)
        record(home.pk, who, "move.withdrawn", move=row.pk)


def told(row: Move) -> None:
    """Keep that the days that a move changes were published."""
    Move.objects.filter(pk=row.pk).update(published=True)
