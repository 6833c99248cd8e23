"""The district taken in, and two weeks of its record laid."""

# ruff: noqa: PLC0415 - Django must be set up first

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

PASSWORD = "correct horse battery"


@dataclass
class Spent:
    """What came of the work inside, which is known only afterwards."""

    number: object = None


class timed:
    """Print the seconds of what happens inside, by the clock and of the processor."""

    def __init__(self, what: str) -> None:
        self.what, self.spent = what, Spent()

    def __enter__(self) -> Spent:
        self.began, self.worked = time.perf_counter(), time.process_time()
        return self.spent

    def __exit__(self, *_: object) -> None:
        spent, work = time.perf_counter() - self.began, time.process_time() - self.worked
        number = f"{self.spent.number:,} " if isinstance(self.spent.number, int) else ""
        print(f"{number}{self.what}: {work:.1f} s of the processor, {spent:.1f} s by the clock", flush=True)


def taken_in() -> Any:  # noqa: ANN401 - the roster's type loads with Django
    from django.core.management import call_command

    from schoolday.cli.working import lawful_weeks, workers
    from schoolday.files.rulebooks import load
    from schoolday.sample import sacramento, sacramento_facts
    from schoolday.timetable.dates import Dates
    from schoolday.timetable.plan import Plan
    from schooldesk import taking
    from schooldesk.demo.dates import DAY, SEED

    roster = sacramento(sacramento_facts())
    at = Dates(roster, load(None))
    with workers() as pool:
        weeks = lawful_weeks(list(at.questions(DAY)), pool, SEED, 60.0, at.rulebook)
    call_command("migrate", verbosity=0)
    with timed(f"take in {len(roster.pupils):,} pupils with their plan"):
        taking.take(roster, Plan(roster.district, DAY, SEED, weeks), who="benchmark")
    return roster


def largest(roster: Any) -> str:  # noqa: ANN401
    return str(max(roster.schools, key=lambda one: len(roster.pupils_at[one])))


def laid(roster: Any, big: str) -> Any:  # noqa: ANN401
    from schooldesk import scope
    from schooldesk.demo import care, learning, ledger, record

    stage = record.stage_of(roster)
    every = {one.id for one in roster.sections_at[big]}
    stage = replace(stage, elsewhere={**stage.elsewhere, big: every})
    with scope.district(roster.district):
        for what, lay in (
            ("entries of classes", ledger.lay), ("entries of services", care.lay_services),
            ("signatures of providers", care.sign), ("absences, notices and calls", care.lay_absences),
            ("weeks certified and sealed", ledger.seal), ("rows of learning", learning.lay),
            ("small groups of a teacher", learning.group),
        ):  # fmt: skip
            with timed(what) as done:
                done.number = lay(stage)
        largest = replace(stage, school=big)
        for what, lay in (
            (f"entries of services of the largest school ({len(roster.pupils_at[big]):,} pupils)",
             care.lay_services),
            ("of its teachers' weeks certified and sealed, one after another", ledger.seal),
            ("the year measured, as every night", learning.measure),
        ):  # fmt: skip
            with timed(what) as done:
                done.number = lay(largest)
    return stage


def prepared() -> Any:  # noqa: ANN401
    """Return the stage of a demonstration that is laid already, with its accounts taken away."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from schooldesk import scope
    from schooldesk.demo import record
    from schooldesk.people.models import Staff
    from schooldesk.roster import reads

    call_command("migrate", verbosity=0)
    Staff.objects.all().delete()
    get_user_model().objects.all().delete()
    home = reads.districts()[0]
    with scope.district(home.pk):
        return record.stage_of(reads.whole(home))


def people(roster: Any, stage: Any, big: str) -> str:  # noqa: ANN401
    """Make accounts at the demonstration's school and at the largest; return a family's link."""
    from schooldesk import scope
    from schooldesk.day.writes import give_link
    from schooldesk.demo.people import a_family, a_provider
    from schooldesk.people.writes import add_staff
    from schooldesk.roster import reads

    busy = _busiest(roster, big, stage.teacher)
    add_staff(roster.district, "teacher", PASSWORD, "teacher", sourced=stage.teacher)
    add_staff(roster.district, "busy", PASSWORD, "teacher", sourced=busy)
    add_staff(roster.district, "provider", PASSWORD, "provider", sourced=a_provider(roster, stage.school))
    add_staff(roster.district, "planner", PASSWORD, "planner")
    for role in ("principal", "clerk", "cases"):
        add_staff(roster.district, role, PASSWORD, role, schools=(big,))
    with scope.district(roster.district):
        house = a_family(roster)
        number = reads.numbers_of(stage.home, [house])[house]
    return give_link(roster.district, number, "benchmark")


def _busiest(roster: Any, school: str, but: str) -> str:  # noqa: ANN401
    """Return who teaches most pupils of a school, but one."""
    there, many = roster.enrolled(date(2020, 9, 14)), Counter[str]()
    for section in roster.sections_at[school]:
        for who in roster.teachers_of.get(section.id, ())[:1]:
            many[who] += len(there.get(section.id, ()))
    return max(sorted(many.keys() - {but}), key=lambda who: many[who])
