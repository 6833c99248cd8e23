"""Run by the browser tests in a process of its own: the small district with one class of 35 to be taken."""

# ruff: noqa: PLC0415 - Django must be set up first

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from typing import Any

SECTION = "maple-elementary-003"


def class_of_35() -> Any:
    """Return maple with pupils added to one class until it has 35."""
    from schoolday.roster import Enrollment
    from schoolday.sample.maple import maple

    roster = maple()
    there = roster.enrolled(date(2020, 9, 8))[SECTION]
    model = roster.pupils[there[0]]
    extra = {
        f"extra-{number:02}": replace(
            model, id=f"extra-{number:02}", given=f"Robin {number}", groups=frozenset()
        )
        for number in range(35 - len(there))
    }
    rows = tuple(Enrollment(SECTION, name, None, None) for name in extra)
    return replace(roster, pupils={**roster.pupils, **extra}, enrollments=(*roster.enrollments, *rows))


def main(password: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from schooldesk import scope, taking
    from schooldesk.day.writes import give_link
    from schooldesk.people.writes import add_staff
    from schooldesk.roster import reads
    from tests.desk.conftest import _house, plan_of

    roster = class_of_35()
    house = _house(roster)
    call_command("migrate", verbosity=0)
    taking.take(roster, plan_of(roster), who="test")
    with scope.district("maple"):
        home = reads.district("maple")
        assert home is not None
        number = reads.numbers(home)[house.id]
    teacher = next(row.staff for row in roster.teaching if row.section == SECTION)
    school = roster.sections[SECTION].school
    add_staff("maple", "teacher", password, "teacher", sourced=teacher)
    add_staff("maple", "principal", password, "principal", schools=(school,))
    add_staff("maple", "planner", password, "planner")
    print(give_link("maple", number, "test"), school, teacher)


if __name__ == "__main__":
    main(sys.argv[1])
