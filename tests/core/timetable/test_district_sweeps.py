"""A whole district in sweeps: siblings at two schools see each other's hours."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from schoolday.files.rulebooks import load
from schoolday.sample import maple
from schoolday.timetable.check import check
from schoolday.timetable.check.cost import cost
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import Effort, better, facing, lawful
from schoolday.timetable.meeting import SchoolWeek


def test_a_sweep_stays_lawful_and_costs_less_with_siblings_elsewhere_counted_the_same_way() -> None:
    roster = maple()
    questions = list(Dates(roster, load()).questions(date(2020, 9, 8)))
    with ThreadPoolExecutor(1) as pool:
        found = lawful(questions, pool, seed=1, report=lambda done: None, clock=lambda: 0.0)
        first = facing(
            {q.school: SchoolWeek(q, table) for q in questions if (table := found[q.school].timetable)},
            roster,
        )
        second = better(first, roster, pool, effort=Effort(30), seed=1, report=lambda done: None)
    assert any(week.problem.away for week in first.values())
    assert facing(second, roster) == second
    assert not [one for week in second.values() for one in check(week.problem, week.timetable)]
    before, after = (
        sum(cost(week.problem, week.timetable).total for week in weeks.values()) for weeks in (first, second)
    )
    assert after < before
