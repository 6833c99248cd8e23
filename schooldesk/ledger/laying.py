"""Many steps at once, as a demonstration or a benchmark lays them: the rows and events of `writes.enter`.

What `writes.enter` asks the database for each step is asked once for all: that no id is there already. The
core judges each step as it does there. Plain SQL, since the ORM's bulk way costs several times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from schoolday.ground.finding import broken
from schoolday.ground.ids import stable_id
from schoolday.ledger.entry import Entry
from schoolday.ledger.standing import take
from schooldesk import clock, rows
from schooldesk.ledger import models as tables
from schooldesk.ledger import reads
from schooldesk.ledger.services.locked import locked
from schooldesk.ledger.writes import By, EntryRefused
from schooldesk.people.models import Event
from schooldesk.roster.writes import in_turn

PORTION = 20_000
"""Entries a transaction, about: nobody else writes while a demonstration is laid."""
_COLUMNS = (
    "district", "entry", "kind", "pupil", "day", "school", "activity", "first", "last", "minutes", "code",
    "detail", "by", "at", "corrects", "origin", "step", "who", "received",
)  # fmt: skip
_EVENT = ("district", "at", "who", "what", "about")


@dataclass(frozen=True)
class Step:
    """Entries that belong together, as one press of a button enters them, and whose they are."""

    by: By
    entries: Sequence[Entry]

    @property
    def name(self) -> str:
        """The step's name, the same whenever the same is laid."""
        return f"laid-{stable_id(*(one.id for one in self.entries), size=26)}"


def lay(steps: Iterable[Step]) -> int:
    """Store the entries of many steps and an event for each; return how many entries.

    Raises
    ------
    EntryRefused
        If the core finds a step at fault, or one of its entries is there already; what came before in
        other transactions is kept.
    """
    done, some, many = 0, list[Step](), 0
    for step in steps:
        some.append(step)
        many += len(step.entries)
        if many >= PORTION:
            done += _store(some)
            some, many = [], 0
    return done + (_store(some) if some else 0)


def _store(steps: Sequence[Step]) -> int:
    first, every = steps[0].by, [one for step in steps for one in step.entries]
    with transaction.atomic():
        in_turn(first.district)
        taken = take(reads.around(first.zone, every), every)
        faults = [*broken(taken.findings), *locked(first.zone, taken.new)]
        if faults:
            raise EntryRefused(faults)
        new = {one.id for one in taken.new}
        fresh = [(step, [one for one in step.entries if one.id in new]) for step in steps]
        _insert([(step, some) for step, some in fresh if some])
    return len(new)


def _insert(fresh: Sequence[tuple[Step, list[Entry]]]) -> None:
    now = connection.ops.adapt_datetimefield_value(clock.now())
    named = [(step, step.name, some) for step, some in fresh]
    with connection.cursor() as cursor:
        cursor.executemany(
            rows.insert_sql(tables.Entry, _COLUMNS),
            [_row(step.by, one, name, now) for step, name, some in named for one in some],
        )
        cursor.executemany(
            rows.insert_sql(Event, _EVENT), [_event(step, name, some, now) for step, name, some in named]
        )


def _row(by: By, one: Entry, step: str, now: object) -> tuple[object, ...]:
    at, day = connection.ops.adapt_datetimefield_value(one.at), connection.ops.adapt_datefield_value(one.day)
    return (
        by.district, one.id, one.kind.value, one.pupil, day, one.school, one.activity, one.first, one.last,
        one.minutes, one.code, one.detail, one.by, at, one.corrects, one.origin, step, by.who, now,
    )  # fmt: skip


def _event(step: Step, name: str, some: Sequence[Entry], now: object) -> tuple[object, ...]:
    first = some[0]
    about = {
        "rows": len(some), "day": first.day.isoformat(), "activity": first.activity, "step": name,
        "first": first.id,
    }  # fmt: skip
    field = Event._meta.get_field("about")
    return step.by.district, now, step.by.who, "ledger.entered", field.get_db_prep_save(about, connection)
