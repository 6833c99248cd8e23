"""Run by the browser tests in a process of its own: take the small district in and publish its days."""

# ruff: noqa: PLC0415 - Django must be set up first

from __future__ import annotations

import sys
from datetime import date


def main(password: str) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from schoolday.sample.maple import maple
    from schooldesk import scope, taking
    from schooldesk.bargaining.record.commands import load_table
    from schooldesk.day.publish import publish
    from schooldesk.day.writes import give_link
    from schooldesk.people.writes import add_staff
    from schooldesk.roster import reads
    from tests.desk.cohorts import told
    from tests.desk.conditions import tell, tell_more
    from tests.desk.conftest import _house, _teacher, plan_of
    from tests.desk.learnings import groups
    from tests.desk.learnings import lay as lay_learning
    from tests.desk.limits import lay
    from tests.desk.outcomes import work_out_both
    from tests.desk.tables import write_table

    roster = maple()
    house = _house(roster)
    call_command("migrate", verbosity=0)
    taking.take(roster, plan_of(roster), who="test")
    publish("maple", date(2020, 9, 3), date(2020, 9, 11), who="test")
    load_table("maple", write_table(settings.VAR / "table", "maple"), "test")
    work_out_both("maple")
    # A class with a seat in either half: some children of it are refused.
    told("maple", **{"maple-elementary-001": 1})
    tell("maple")
    tell_more("maple")
    lay_learning()
    groups("maple", "maple-elementary")
    with scope.district("maple"):
        home = reads.district("maple")
        assert home is not None
        number = reads.numbers(home)[house.id]
    teacher = _teacher(roster, house.pupils)
    add_staff("maple", "teacher", password, "teacher", sourced=teacher)
    add_staff("maple", "planner", password, "planner")
    add_staff("maple", "union", password, "party", side="union")
    add_staff("maple", "employer", password, "party", side="district")
    add_staff("maple", "mediator", password, "mediator")
    lay()
    print(give_link("maple", number, "test"), roster.pupils[house.pupils[0]].school, teacher)


if __name__ == "__main__":
    main(sys.argv[1])
