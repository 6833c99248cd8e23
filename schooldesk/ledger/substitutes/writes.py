"""Name a substitute, end it early, take it back, undo that; make a substitute's account."""

from __future__ import annotations

import secrets
from datetime import date

from django.contrib.auth import get_user_model
from django.db import transaction

from schooldesk import clock
from schooldesk.ledger.substitutes import reads
from schooldesk.ledger.substitutes.models import Change, Substitution
from schooldesk.ledger.substitutes.reads import Stand
from schooldesk.ledger.substitutes.typed import Asked, Person
from schooldesk.ledger.writes import By
from schooldesk.pages import Wrong
from schooldesk.people.models import Role
from schooldesk.people.writes import add_staff, record
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.roster.writes import in_turn


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


def name(by: By, home: District, asked: Asked) -> int:
    """Store that somebody stands in for a teacher; return its number. Sent twice it is named once."""
    with transaction.atomic():
        in_turn(by.district)
        there = _same(home, asked)
        if there is not None:
            return there.number
        row = Substitution(
            district_id=by.district, substitute=asked.substitute, school=asked.school, teacher=asked.teacher,
            sections=list(asked.sections), first=asked.first, last=asked.last, why=asked.why,
            may_certify=asked.may_certify, who=by.who, made=clock.now(),
        )  # fmt: skip
        row.save()
        record(
            by.district, by.who, "substitute.named", row=row.pk, substitute=asked.substitute.user.username,
            school=asked.school, teacher=asked.teacher, sections=list(asked.sections),
            first=asked.first.isoformat(), last=asked.last.isoformat(), may_certify=asked.may_certify,
        )  # fmt: skip
    return int(row.pk)


def _same(home: District, asked: Asked) -> Stand | None:
    """Return what stands already of the same person, classes, days and leave to certify."""
    wanted = (asked.substitute.pk, asked.teacher, asked.sections, asked.first, asked.last, asked.may_certify)
    for one in reads.of_school(home, asked.school, asked.first, asked.last):
        if (one.substitute, one.teacher, one.sections, one.first, one.last, one.may_certify) == wanted:
            return one
    return None


def end(by: By, home: District, seen: Stand, last: date) -> None:
    """Let a substitution end on an earlier day."""
    _change(by, home, seen, last, "substitute.ended")


def take_back(by: By, home: District, seen: Stand) -> None:
    """Take a substitution back whole, as if nobody had been named; what was entered stays."""
    _change(by, home, seen, None, "substitute.back")


def undo(by: By, home: District, seen: Stand) -> None:
    """Let what stood before the newest change stand again."""
    _change(by, home, seen, seen.before, "substitute.undone")


def _change(by: By, home: District, seen: Stand, last: date | None, what: str) -> None:
    """Add a change, unless somebody changed it since it was seen, as by pressing the button twice."""
    with transaction.atomic():
        in_turn(by.district)
        now = reads.one(home, seen.school, seen.number)
        if now is None or now.change != seen.change or now.last == last:
            return
        Change(district_id=by.district, of_id=now.number, last=last, who=by.who, made=clock.now()).save()
        record(by.district, by.who, what, row=now.number, last=last.isoformat() if last else None)


def account(by: By, home: District, person: Person) -> str:
    """Make the account of a substitute who is not on the roster; return the first password, kept nowhere.

    It sees nothing until somebody names it for a teacher's classes.

    Raises
    ------
    Wrong
        If the name to sign in with is taken, or is somebody's id on the roster.
    """
    users = get_user_model()
    taken = users.objects.filter(username=person.username).exists()
    if taken or roster.staff_member(home, person.username) is not None:
        raise Wrong("username", _("This name is taken; choose another."))
    password = secrets.token_urlsafe(12)
    called = (person.given, person.family)
    add_staff(home.pk, person.username, password, Role.SUBSTITUTE, called=called, who=by.who)
    return password
