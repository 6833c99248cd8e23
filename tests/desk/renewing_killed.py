"""Run by a test in a process of its own: weeks are certified anew, and the nightly renewal is killed.

After each kill the measures are renewed as on the next night, and held against measures made afresh.
"""

# ruff: noqa: PLC0415 - Django is set up first

from __future__ import annotations

import shutil
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from tests.killing import Dying, forked

WORKED_IN = ("schooldesk/measures/", "files/engines/", "files/ledger/", "measures/dense/")


def prepare() -> None:
    """Take maple in, and certify two teachers' week."""
    from django.core.management import call_command

    from schoolday.sample.maple import maple
    from schooldesk import taking

    call_command("migrate", verbosity=0)
    taking.take(maple(), None, who="test")


def weeks() -> list[tuple[str, str]]:
    """Return teachers with a week, and their school."""
    from schooldesk import scope
    from schooldesk.ledger import weeks as of
    from schooldesk.roster import reads
    from tests.desk.ledgers import MONDAY, home_of

    with scope.district("maple"):
        home = home_of()
        every = [
            (who, school.id)
            for school in reads.schools(home)
            for who in of.teachers_of(home, school.id, MONDAY)
            if of.week_of(home, school.id, who, MONDAY)
        ]
    return sorted(every)[:3]


def certify(number: int) -> None:
    """Enter that some pupils of a teacher joined or were away, and certify the week, later each time."""
    from datetime import datetime

    from schoolday.ledger.entry import Entry, EntryKind
    from schooldesk import clock, scope
    from schooldesk.ledger import sealing, sentences
    from schooldesk.ledger.reads import zone_of
    from schooldesk.ledger.weeks import week_of
    from schooldesk.ledger.writes import By, enter
    from tests.desk.ledgers import FRIDAY_EVENING, MONDAY, home_of

    chance = np.random.default_rng(number)
    who, school = weeks()[int(chance.integers(3))]
    with scope.district("maple"):
        home = home_of()
        zone = zone_of(home)
        week = week_of(home, school, who, MONDAY)
        assert week is not None
        at = datetime.fromisoformat(FRIDAY_EVENING).replace(tzinfo=zone) + timedelta(hours=number)
        days = [MONDAY + timedelta(days=int(one)) for one in chance.integers(1, 5, 3)]
        codes = chance.choice(["absent", "excused"], 3)
        some = [
            Entry(
                f"e{number}-{one.pupil}", EntryKind.ATTENDANCE, one.pupil, day, school, "", None, None, None,
                str(code), "", who, at, "", "desk",
            )
            for one, day, code in zip(week.pupils, days, codes, strict=False)
        ]  # fmt: skip
        with clock.at(at):
            by = By("maple", "teacher", who, zone)
            enter(by, some, f"step-{number}")
            sealing.certify_week(by, home, school, who, MONDAY, sentences.WORDS)


def night(number: int, at: int, calls: Path) -> None:
    """Certify a week and renew the measures, and be killed on the way."""
    from schooldesk.ledger import sealing
    from schooldesk.measures.renewing import renew

    if number >= 0:
        certify(number)
        sealing.seal_what_waits("maple")
    with Dying(WORKED_IN, at) as dying:
        renew("maple", "test")
    calls.write_text(str(dying.calls))


def compare(at: int) -> None:
    """Renew as on the next night, and hold what there is against measures made afresh."""
    from django.conf import settings

    from schooldesk import scope
    from schooldesk.measures.models import Measured
    from schooldesk.measures.renewing import renew

    renew("maple", "test")
    kept = figures()
    with scope.district("maple"):
        Measured.objects.all().delete()
    shutil.rmtree(Path(settings.VAR) / "measures")
    for pack in (Path(settings.VAR) / "days" / "maple").glob("????-??-??.*"):
        pack.unlink()
    renew("maple", "test")
    assert kept == figures(), at


def figures() -> dict[str, Any]:
    """Return all that is told of the year as it is measured."""
    from schooldesk import scope
    from schooldesk.measures.models import Found, Measured

    with scope.district("maple"):
        (row,) = Measured.objects.all()
        assert not Found.objects.exclude(measured=row).exists()
        found = sorted(Found.objects.values_list("code", "school", "pupil", "status", "value", "said"))
        return {
            "board": row.board, "days": row.days, "of": row.of, "clauses": row.clauses, "found": found,
        }  # fmt: skip


def main(times: int, seed: int) -> None:
    """Kill as often as asked."""
    import django

    django.setup()
    from django.conf import settings

    chance, killed, calls = np.random.default_rng(seed), 0, Path(settings.VAR) / "calls"
    forked(prepare)
    forked(lambda: night(0, 0, calls))
    for number in range(1, times + 1):
        # As many calls as the night before makes when nobody kills it.
        at = int(chance.integers(1, int(calls.read_text())))
        killed += forked(lambda number=number, at=at: night(number, at, calls)) == signal.SIGKILL
        forked(lambda at=at: compare(at))
    print(f"killed {killed} of {times} times; each time the renewed measures were those made afresh")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
