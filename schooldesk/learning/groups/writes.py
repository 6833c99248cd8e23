"""Ask for small groups, keep what comes of it, and say whether they meet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import QueryDict

from schoolday.ground.errors import SchooldayError
from schooldesk import clock
from schooldesk.learning import typed
from schooldesk.learning.groups.result import Result, pack
from schooldesk.learning.models import Grouping
from schooldesk.people.writes import record
from schooldesk.roster.models import District

LONGEST = 200
"""The most days from the first to the last meeting: a school year."""


@dataclass(frozen=True)
class Asked:
    """What is asked for: a school, dates, the length of a meeting, groups of a teacher, and a subject."""

    school: str
    taught: str
    first: date
    last: date
    minutes: int
    load: int
    subject: str


def asked(form: QueryDict, schools: Collection[str], taught: str, today: date) -> Asked:
    """Return what somebody asks for.

    Raises
    ------
    SchooldayError
        Where something is missing or will not do.
    """
    school = form.get("school", "")
    if school not in schools:
        raise SchooldayError("choose a school")
    first = typed.a_date(form, "first", "the first date")
    last = typed.a_date(form, "last", "the last date")
    if first < today or last < first or (last - first).days > LONGEST:
        raise SchooldayError(
            f"choose dates from today on, the last after the first and at most {LONGEST} days later"
        )
    subject = form.get("subject", "")
    return Asked(
        school, taught, first, last,
        typed.a_number(form, "minutes", "how long a group meets", least=10, most=120),
        typed.a_number(form, "load", "how many groups a teacher takes", most=25),
        subject if subject in ("math", "ela") else "",
    )  # fmt: skip


def ask(home: District, it: Asked, who: str) -> Grouping:
    """Keep what is asked for the worker; what was asked today of the same roster has its row already."""
    same = {
        "school": it.school, "taught": it.taught, "first": it.first, "last": it.last, "minutes": it.minutes,
        "load": it.load, "subject": it.subject, "roster": home.roster_id,
    }  # fmt: skip
    with transaction.atomic():
        there = Grouping.objects.filter(**same, finished=None, failed="").first()
        if there is not None:
            return there  # type: ignore[no-any-return]
        row = Grouping(
            district=home, who=who, day=clock.today(home.timezone), started=clock.now(), **same
        )  # fmt: skip
        row.save()
        record(home.pk, who, "learning.groups_asked", grouping=row.pk, school=it.school)
    return row


def finish(row: Grouping, result: Result) -> None:
    """Keep all that came of it."""
    Grouping.objects.filter(pk=row.pk).update(finished=clock.now(), body=pack(result))


def fail(row: Grouping, said: str) -> None:
    """Keep why it cannot be done."""
    Grouping.objects.filter(pk=row.pk).update(failed=said)


def use(row: Grouping, who: str, *, end: bool = False) -> None:
    """Say that the groups meet, or that they do not after all; saying it twice is once.

    Raises
    ------
    SchooldayError
        Where they are not finished.
    """
    if row.finished is None:
        raise SchooldayError("these groups are not finished yet")
    there = Grouping.objects.filter(pk=row.pk)
    with transaction.atomic():
        changed = (
            there.exclude(used=None).update(used=None)
            if end
            else there.filter(used=None).update(used=clock.now())
        )
        if changed:
            record(row.district_id, who, f"learning.groups_{'dropped' if end else 'used'}", grouping=row.pk)
