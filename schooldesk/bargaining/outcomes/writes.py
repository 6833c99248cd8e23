"""Ask for what is to be worked out, and keep what comes of it as it comes."""

from __future__ import annotations

from django.db import transaction

from schoolday.bargaining.ground import Package
from schoolday.bargaining.inquiry import Reached
from schooldesk import clock, scope
from schooldesk.bargaining.models import Outcome, Step
from schooldesk.bargaining.outcomes import codec
from schooldesk.bargaining.outcomes.asked import Asked, mark
from schooldesk.people.writes import record
from schooldesk.roster.models import District
from schooldesk.rules.reads import fingerprint


def ask(home: District, table: str, asked: Asked, who: str, due: int = 0) -> Outcome:
    """Keep a question and the event that says so; one asked before has its row already.

    One that failed is open again. What was found is not looked for twice. One asked again after another is
    the newest: the terms that a table speaks of are those that somebody put to it last.
    """
    assert home.roster_id is not None
    marked = mark(asked, home.roster_id, fingerprint())
    first = {
        "asked": codec.plain_asked(asked),
        "roster": home.roster_id,
        "who": who,
        "started": clock.now(),
        "due": due,
    }
    with scope.district(home.pk), transaction.atomic():
        row: Outcome
        row, fresh = Outcome.objects.get_or_create(
            district_id=home.pk, table=table, kind=asked.kind, mark=marked, defaults=first
        )
        newest = Outcome.objects.filter(table=table, kind=asked.kind).order_by("-started", "-pk").first()
        if not fresh and not row.failed and newest == row:
            return row
        Outcome.objects.filter(pk=row.pk).update(failed="", started=clock.now(), who=who)
        record(home.pk, who, "table.asked", table=table, outcome=row.pk, kind=asked.kind)
        row.refresh_from_db()
    return row


def begin(row: Outcome, due: int, done: int) -> None:
    """Keep how many steps there are, and how many of them an earlier run left."""
    Outcome.objects.filter(pk=row.pk).update(due=due, done=done, failed="")


def keep(row: Outcome, name: str, result: Reached | Package, done: int) -> None:
    """Keep one result, and how far the run came with it."""
    with transaction.atomic():
        Step.objects.update_or_create(
            district_id=row.district_id, outcome=row, name=name, defaults={"body": codec.pack(result)}
        )
        Outcome.objects.filter(pk=row.pk).update(done=done)


def finish(row: Outcome, result: codec.Found | list[Package]) -> None:
    """Keep what was found; the steps, in which children's weeks stand, are not needed any more."""
    with transaction.atomic():
        row.finished, row.body = clock.now(), codec.pack(result)
        Outcome.objects.filter(pk=row.pk).update(finished=row.finished, body=row.body)
        Step.objects.filter(outcome=row).delete()


def fail(row: Outcome, said: str) -> None:
    """Keep why it cannot be worked out; what was reached stays, for whoever asks again."""
    row.failed = said
    Outcome.objects.filter(pk=row.pk).update(failed=said)
