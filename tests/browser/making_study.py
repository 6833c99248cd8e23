"""Run by the browser tests in a process of its own: the small district in a week of independent study."""

# ruff: noqa: PLC0415 - Django must be set up first

from __future__ import annotations

import sys
from datetime import date
from uuid import uuid4

DAY = date(2026, 9, 8)


def main(password: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from schoolday.sample.maple import maple
    from schooldesk import scope, taking
    from schooldesk.people.writes import add_staff
    from schooldesk.roster.models import District
    from tests.desk.conftest import _house, _teacher, plan_of
    from tests.desk.emergencies import later

    roster = maple()
    call_command("migrate", verbosity=0)
    taking.take(roster, plan_of(roster), who="test")
    later()
    District.objects.update(plan=None)
    teacher = _teacher(roster, _house(roster).pupils)
    section = next(row.section for row in roster.teaching if row.staff == teacher)
    school = roster.sections[section].school
    add_staff("maple", "teacher", password, "teacher", sourced=teacher)
    add_staff("maple", "clerk", password, "clerk", schools=(school,))
    add_staff("maple", "planner", password, "planner")
    pupils = roster.enrolled(DAY)[section][:2]
    with scope.district("maple"):
        for place, pupil in enumerate(pupils):
            _work(pupil, school, section, teacher, 60 + place)
    print(section, *pupils, school, teacher)


def _work(pupil: str, school: str, section: str, teacher: str, minutes: int) -> None:
    """Enter two works of a pupil on two days."""
    from zoneinfo import ZoneInfo

    from schoolday.ledger.entry import Entry, EntryKind
    from schooldesk import clock
    from schooldesk.ledger.writes import By, enter

    zone = ZoneInfo("America/Los_Angeles")
    for day in (DAY, date(2026, 9, 9)):
        one = Entry(
            str(uuid4()), EntryKind.WORK, pupil, day, school, section, None, None, minutes, "submitted", "",
            teacher, clock.now(), "", "desk",
        )  # fmt: skip
        enter(By("maple", "teacher", teacher, zone), [one], str(uuid4()))


if __name__ == "__main__":
    main(sys.argv[1])
