"""Run by the browser tests in a process of its own: the small district in 2026, a flood, and an agreement."""

# ruff: noqa: PLC0415 - Django must be set up first

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date


def main(password: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from schoolday.calendar.days import Calendar
    from schoolday.sample.maple import maple
    from schooldesk import scope, taking
    from schooldesk.day.writes import give_link
    from schooldesk.people.writes import add_staff
    from schooldesk.roster import reads
    from tests.desk.conftest import _house, _teacher
    from tests.desk.emergencies import agreement, flood

    year = Calendar(date(2026, 8, 13), date(2027, 6, 4), {date(2026, 9, 7): "Labor Day"})
    roster = replace(maple(), calendar=year)
    house = _house(roster)
    call_command("migrate", verbosity=0)
    taking.take(roster, None, who="test")
    with scope.district("maple"):
        home = reads.district("maple")
        assert home is not None
        number = reads.numbers(home)[house.id]
    teacher = _teacher(roster, house.pupils)
    add_staff("maple", "teacher", password, "teacher", sourced=teacher)
    add_staff("maple", "planner", password, "planner")
    row = flood()
    agreement(row, house.pupils[0], teacher, (date(2026, 9, 10), date(2026, 10, 30)))
    made = agreement(row, house.pupils[1], teacher, (date(2026, 9, 10), date(2026, 9, 16)))
    print(give_link("maple", number, "test"), row.pk, made.pk)


if __name__ == "__main__":
    main(sys.argv[1])
