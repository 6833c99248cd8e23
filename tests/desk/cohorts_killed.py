"""Run by tests in a process of its own: make maple's cohorts, and be killed on the way."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import os
import signal
import sys
from typing import Any


def main(dies_at: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from schoolday.sample.maple import maple
    from schooldesk import taking
    from schooldesk.bargaining.outcomes.work import keep_working
    from schooldesk.cohorts.making import work
    from schooldesk.roster import reads as roster
    from tests.desk.cohorts import all_come, ask, open_round, seats_csv, send

    call_command("migrate", verbosity=0)
    if roster.district("maple") is None:
        taking.take(maple(), None, who="test")
        row = open_round("maple")
        all_come(row)
        send(row, "seats", seats_csv("maple", 16))
        ask(row)
    calls, made = 0, 0
    whole = work.assign

    def counted(*args: Any, **more: Any) -> Any:
        nonlocal made
        made += 1
        return whole(*args, **more)

    def ended() -> bool:
        """Be killed after so many looks: one before the work, and one before each step."""
        nonlocal calls
        calls += 1
        if calls == dies_at:
            os.killpg(0, signal.SIGKILL)
        return False

    work.assign = counted
    keep_working(once=True, ended=ended, number=1, also=(work.make_what_waits,))
    print(made)


if __name__ == "__main__":
    main(int(sys.argv[1]))
