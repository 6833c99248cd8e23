"""Run by tests in a process of its own: work out maple's table, and be killed on the way."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import os
import signal
import sys
from datetime import date


def main(kind: str, dies_at: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from schoolday.files.disputed import read_terms
    from schoolday.sample.maple import maple
    from schooldesk import taking
    from schooldesk.bargaining.outcomes import asking, work
    from schooldesk.bargaining.outcomes.asked import AskedPackages, AskedPosition
    from schooldesk.bargaining.record.commands import load_table
    from schooldesk.roster import reads as roster
    from tests.desk.outcomes import TERMS, UNION
    from tests.desk.tables import write_table

    call_command("migrate", verbosity=0)
    if roster.district("maple") is None:
        taking.take(maple(), None, who="test")
        load_table("maple", write_table(settings.VAR / "table", "maple"), "test")
    home, day = roster.district("maple"), date(2020, 9, 8)
    assert home is not None
    if kind == "consequences":
        asking.ask(home, "maple-2020", AskedPosition(UNION, "", (), day), "test")
    else:
        asking.ask(home, "maple-2020", AskedPackages(read_terms(TERMS), "maple-secondary", day), "test")
    calls = 0

    def ended() -> bool:
        """Be killed after so many looks: one before the work, one for what was left, one for each step."""
        nonlocal calls
        calls += 1
        if calls == dies_at:
            os.killpg(0, signal.SIGKILL)
        return False

    work.keep_working(once=True, ended=ended, number=1)
    print(calls - 2)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
