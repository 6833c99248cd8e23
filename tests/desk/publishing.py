"""Run by tests in a process of its own: take maple in with a plan, publish, and be killed on the way."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from pathlib import Path


def main(plan: str, dies_after: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from schoolday.files.plans import read_plan
    from schoolday.sample.maple import maple
    from schooldesk import rows, taking
    from schooldesk.day.publish import publish

    call_command("migrate", verbosity=0)
    if plan:
        taking.take(maple(), read_plan(Path(plan)), who="test")
    rows.CHUNK = 8
    done = 0

    def report(count: int) -> None:
        nonlocal done
        done += count
        if dies_after and done >= dies_after:
            os.kill(os.getpid(), signal.SIGKILL)

    print(publish("maple", date(2020, 9, 8), date(2020, 9, 8), who="test", report=report).resumed)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
