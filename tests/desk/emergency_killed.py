"""Run by tests in a process of its own: take contacts down, and be killed on the way."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from typing import Any


def main(what: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from schoolday.emergency.clocks import Contact
    from schoolday.sample.maple import maple
    from schooldesk import scope, taking
    from schooldesk.emergency import models, writes
    from schooldesk.roster import reads as roster
    from tests.desk.emergencies import by, flood

    call_command("migrate", verbosity=0)
    if roster.district("maple") is None:
        taking.take(maple(), None, who="test")
        flood()
    with scope.district("maple"):
        row = models.Emergency.objects.get()
        tries = [Contact(who, date(2026, 9, 5), "phone", "clerk", True) for who in maple().pupils]
        if what == "count":
            print(models.Contact.objects.count(), models.Batch.objects.count())
            return

        def killed(*_: Any, **__: Any) -> None:
            """Stand in for the event, the last row of the write: all others are sent by then."""
            assert models.Contact.objects.count() == len(tries)
            os.kill(os.getpid(), signal.SIGKILL)

        if what == "kill":
            writes.record = killed
            writes.add_many(by(), row, "all.csv", tries, ())
        else:
            writes.add_many(by(), row, "first.csv", tries[:2], ())


if __name__ == "__main__":
    main(sys.argv[1])
