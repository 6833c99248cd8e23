"""Run by the browser tests in a process of its own: providers, a clerk, and a pupil away for a week."""

# ruff: noqa: PLC0415 - Django must be set up first

from __future__ import annotations

import sys


def main(password: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from schoolday.sample.maple import maple
    from schooldesk import scope, taking
    from schooldesk.day.writes import give_link
    from schooldesk.people.writes import add_staff
    from schooldesk.roster import reads
    from tests.desk.care import ABSENT_WEEK, PROVIDER, certify, written_plan
    from tests.desk.conftest import plan_of

    roster = maple()
    call_command("migrate", verbosity=0)
    taking.take(roster, plan_of(roster), who="test")
    add_staff("maple", "provider", password, "provider", sourced=PROVIDER)
    add_staff("maple", "clerk", password, "clerk", schools=("maple-elementary",))
    add_staff("maple", "planner", password, "planner")
    written_plan()
    # Each screen has a pupil of its own: the server is one for both.
    certify("maple-p01", ABSENT_WEEK)
    certify("maple-p26", ABSENT_WEEK)
    with scope.district("maple"):
        home = reads.district("maple")
        assert home is not None
        number = reads.numbers(home)["maple-h01"]
    print(give_link("maple", number, "test"), "maple-elementary", PROVIDER)


if __name__ == "__main__":
    main(sys.argv[1])
