"""What a side's members and the mediator change; each write stores who did it in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from schoolday.bargaining.front import USUAL_QUESTIONS, common
from schoolday.bargaining.front import Limit as Bound
from schooldesk import clock
from schooldesk.bargaining.limits import reads
from schooldesk.bargaining.limits.asking import CommonGround, Hindered, hindered, others_hinder
from schooldesk.bargaining.models import Asking, Limit, Question, SideEvent
from schooldesk.people.models import Staff


def keep(staff: Staff, table: str, bound: Bound, meant: str) -> None:
    """Keep a limit of a member's own side in the place of one on the same measure."""
    values = {"at_least": bound.at_least, "at_most": bound.at_most, "meant": meant, "removed": None}
    with _alone(staff, table):
        key = {"district_id": staff.district_id, "table": table, "side": staff.side}
        values |= {"who": _name(staff), "at": clock.now()}
        Limit.objects.update_or_create(**key, measure=bound.measure, defaults=values)
        _note(staff, table, "limit.set")


def remove(staff: Staff, table: str, measure: str) -> None:
    """Take a limit of one's own side out; it can be put back."""
    _move(staff, table, measure, clock.now(), "limit.removed")


def restore(staff: Staff, table: str, measure: str) -> None:
    """Put a limit back that one's own side had removed."""
    _move(staff, table, measure, None, "limit.restored")


def forget(staff: Staff, table: str, measure: str) -> None:
    """Delete a limit that one's own side had removed; its numbers are gone then."""
    with _alone(staff, table):
        rows = Limit.objects.filter(table=table, side=staff.side, measure=measure)
        if rows.exclude(removed=None).delete()[0]:
            _note(staff, table, "limit.forgotten")


def ask(staff: Staff, table: str, ground: CommonGround | None, after: int) -> Hindered | None:
    """Count and answer a side's question, or return what hinders it; then nothing is counted.

    `after` is how many its side had asked when the page was made: the same page sent twice asks once.
    """
    with _alone(staff, table):
        questions = reads.questions(table)
        if questions.counts.get(staff.side, 0) != after:
            return Hindered.MEANWHILE
        found = hindered(staff.side, questions, ground, reads.own(table, staff.side))
        if found or ground is None:
            return found
        return _answered(staff, table, ground)


def set_questions(staff: Staff, table: str, most: int) -> None:
    """Set how many questions each side may ask in all."""
    with _alone(staff, table) as asking:
        asking.most = most
        asking.save()
        _note(staff, table, "questions.set")


def stop_questions(staff: Staff, table: str, stopped: bool) -> None:
    """Answer no more questions, or answer them again."""
    with _alone(staff, table) as asking:
        asking.stopped = stopped
        asking.save()
        _note(staff, table, "questions.stopped" if stopped else "questions.opened")


def _answered(staff: Staff, table: str, ground: CommonGround) -> Hindered | None:
    every = reads.every_limit(table)
    if others_hinder(ground.disputed, every):
        return Hindered.OTHERS
    there = {side.name for side in ground.disputed.sides}
    yes = common(ground.packages, [one.bound for one in every if one.bound.side in there])
    key = {"district_id": staff.district_id, "table": table, "side": staff.side}
    Question(**key, who=_name(staff), at=clock.now(), answer=yes).save()
    _note(staff, table, "question.asked")
    return None


def _move(staff: Staff, table: str, measure: str, removed: datetime | None, what: str) -> None:
    with _alone(staff, table):
        row = Limit.objects.filter(table=table, side=staff.side, measure=measure).first()
        if row is not None and (row.removed is None) != (removed is None):
            row.removed = removed
            row.save()
            _note(staff, table, what)


@contextmanager
def _alone(staff: Staff, table: str) -> Iterator[Asking]:
    """Hold a table's row of questions until the write is stored: two writes of a table follow each other.

    Else two questions at once could both be the last, and a second limit on one measure would be refused by
    the database, which writes such a refusal with the row's words into its log.
    """
    with transaction.atomic():
        Asking.objects.get_or_create(
            district_id=staff.district_id, table=table, defaults={"most": USUAL_QUESTIONS}
        )
        yield Asking.objects.select_for_update().get(table=table)


def _note(staff: Staff, table: str, what: str) -> None:
    key = {"district_id": staff.district_id, "table": table, "side": staff.side}
    SideEvent(**key, who=_name(staff), what=what, at=clock.now()).save()


def _name(staff: Staff) -> str:
    return staff.user.get_username()
