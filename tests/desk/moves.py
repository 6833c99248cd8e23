"""A move of Maple to hybrid: asked for, made by the worker, adopted and taken back."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from datetime import date
from typing import Any

from schoolday.cohorts import TWO_AND_TWO, Cohorts
from schoolday.rules import Way
from schooldesk import scope

MONDAY = date(2020, 9, 21)
WHY = "County order of 15 September (made up)"


def home() -> Any:
    from schooldesk.roster import reads as roster

    found = roster.district("maple")
    assert found is not None
    return found


def asked(way: Way = Way.HYBRID, steps: int = 20, at_home: tuple[str, ...] = (), first: date = MONDAY) -> Any:
    """Ask for a move; in hybrid every second pupil is in cohort A, the others in B, but those at home."""
    from schooldesk.roster import reads as roster
    from schooldesk.timetable.moves import writes

    with scope.district("maple"):
        pupils = roster.whole(home()).pupils
        of = {pupil: "AB"[number % 2] for number, pupil in enumerate(pupils) if pupil not in at_home}
        cohorts = Cohorts(TWO_AND_TWO, of) if way is Way.HYBRID else None
        return writes.ask(home(), first, way, cohorts, WHY, steps, "planner")


def made(way: Way = Way.HYBRID, at_home: tuple[str, ...] = (), first: date = MONDAY) -> Any:
    """Ask for a move and have it made."""
    from schooldesk.timetable.moves import reads, work

    row = asked(way, at_home=at_home, first=first)
    work.make_what_waits(number=1)
    with scope.district("maple"):
        found = reads.one(row.pk)
    assert found is not None
    assert found.failed == ""
    return found


def adopted(move: Any) -> None:
    from schooldesk.timetable.moves import work, writes

    with scope.district("maple"):
        writes.adopt(home(), move, "planner")
    work.make_what_waits(number=1)


def withdrawn(move: Any) -> None:
    from schooldesk.timetable.moves import work, writes

    with scope.district("maple"):
        move.refresh_from_db()
        writes.withdraw(home(), move, "planner")
    work.make_what_waits(number=1)
