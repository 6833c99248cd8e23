"""The whole verdict on the small district: lawful as it stands, and each of many planted faults named.

The faults are planted in the plan, in the roster after the week was made, and in the rules; the verdict is
asked for the first three weeks of September 2020, short weeks and days without pupils among them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from verdict_cases import FRIDAY, MONDAY, PLANTS, World, made_of

from schoolday.calendar.days import Calendar
from schoolday.ground.errors import NotInForce, SchooldayError
from schoolday.ground.finding import Finding, Status, broken
from schoolday.roster import Roster
from schoolday.rules import Amount, Rule, Way
from schoolday.timetable.check import check_district
from schoolday.timetable.check.verdict import findings
from schoolday.timetable.dates import Dates
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import FirstLawful


@pytest.fixture(scope="module")
def world() -> World:
    return made_of("maple")


def _judge(world: World, first: date = MONDAY, last: date = FRIDAY) -> list[Finding]:
    roster, book, plan = world
    return list(findings(Dates(roster, book), plan, first, last))


def test_the_small_district_has_no_hard_finding_in_its_first_three_weeks(world: World) -> None:
    found = _judge(world, date(2020, 9, 1))
    assert [finding.said for finding in broken(found)] == []
    assert {(finding.code, finding.status) for finding in found} <= {("day.service", Status.ADVICE)}


def test_the_other_small_district_has_none_either() -> None:
    assert broken(_judge(made_of("cedar"))) == []


@pytest.mark.parametrize("plant", PLANTS)
def test_each_fault_planted_in_a_district_is_named(world: World, plant: str) -> None:
    change, code = PLANTS[plant]
    found = broken(_judge(change(world)))
    assert code in {finding.code for finding in found}, sorted({finding.code for finding in found})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"bells": {}}, "nobody says which bells 2 of 2 schools have"),
        ({"contracts": {}}, "nobody says which hours the contracts of 13 of 13 teachers hold"),
        ({"services": {}}, "no service of an IEP is known"),
        (
            {"calendar": Calendar(date(2020, 9, 1), date(2021, 6, 17))},
            "every weekday is taken for a school day",
        ),
    ],
)
def test_what_nobody_told_is_one_unverified_finding_that_names_the_file_to_bring(
    world: World, fields: dict[str, object], said: str
) -> None:
    roster = replace(world[0], **fields)  # type: ignore[arg-type]
    (found,) = [one for one in _judge((roster, *world[1:])) if one.code == "day.no_evidence"]
    assert said in found.said
    assert found.status is Status.UNVERIFIED
    assert found.where[1].removesuffix(".csv") in fields


def test_one_teacher_without_a_contract_is_counted_among_all(world: World) -> None:
    first, *_ = world[0].contracts
    left = {name: contract for name, contract in world[0].contracts.items() if name != first}
    found = _judge((replace(world[0], contracts=left), *world[1:]))
    assert any("the contracts of 1 of 13 teachers hold" in one.said for one in found)


def test_a_district_that_lies_nowhere_is_refused_and_told_of_district_csv(world: World) -> None:
    nowhere = replace(world[0], places=())
    with pytest.raises(SchooldayError, match=r"lies, so no rule can be applied: add schoolday/district\.csv"):
        list(Dates(nowhere, world[1]).questions(MONDAY))


def test_a_minimum_of_231_is_a_fault_of_days_made_for_230(world: World) -> None:
    roster, book, plan = world
    made = Dates(roster, book)
    days = list(made.school_days(plan, MONDAY))
    law = book.rule("ca.distance.total_minutes")
    more = _raised(law, "1", 231)
    standing = book.with_([more]).on(MONDAY, frozenset(roster.places))
    found = broken(check_district(roster, standing, days))
    first = {pupil.id for pupil in roster.pupils.values() if pupil.grade == "1"}
    assert {finding.where[1].removeprefix("pupil ") for finding in found} == first
    assert {(finding.value, finding.limit) for finding in found} == {(230, 231)}


def _raised(rule: Rule, grade: str, minutes: float) -> Rule:
    (clause,) = rule.clauses
    assert clause.at_least is not None
    amount = Amount(by_grade={**clause.at_least.by_grade, grade: minutes})
    return replace(rule, clauses=(replace(clause, at_least=amount),))


def test_a_range_past_the_end_of_a_law_is_refused_in_words(world: World) -> None:
    roster, book, plan = world
    long = replace(roster, calendar=replace(roster.calendar, last=date(2021, 7, 30)))
    with pytest.raises(NotInForce, match="no rule says how many minutes"):
        list(findings(Dates(long, book), plan, date(2021, 6, 28), date(2021, 7, 2)))


def _present(world: World) -> Roster:
    """Return the district's people in the school year of 2026, under the law of today."""
    roster = world[0]
    return replace(
        roster,
        calendar=Calendar(date(2026, 8, 3), date(2027, 6, 4), {date(2026, 9, 7): "Labor Day"}),
        enrollments=tuple(replace(row, first=None, last=None) for row in roster.enrollments),
        services={},
    )


def test_independent_study_of_today_is_planned_and_judged_by_todays_law(world: World) -> None:
    monday = date(2026, 9, 14)
    at = Dates(_present(world), world[1], Way.INDEPENDENT_STUDY)
    weeks = {}
    for question in at.questions(monday):
        found = solve(question, stop=FirstLawful(), seed=1).timetable
        assert found is not None
        weeks[question.school] = SchoolWeek(question, found)
    plan = Plan(at.roster.district, monday, 1, weeks)
    unserved, *judged = findings(at, plan, monday, date(2026, 9, 18), met=True)
    assert (unserved.code, unserved.where[1]) == ("day.no_evidence", "services.csv")
    assert {finding.status for finding in judged} == {Status.MET}
    clauses = {clause for finding in judged for clause in finding.clauses}
    assert clauses == {
        "ca.independent_study.total_minutes@2022-06-30",
        "ca.independent_study.synchronous_daily@2021-07-09",
        "ca.independent_study.synchronous_daily_kindergarten@2021-07-09",
        "ca.independent_study.live_interaction_daily@2021-07-09",
        "ca.independent_study.synchronous_weekly@2021-07-09",
    }


def test_the_distance_of_2020_is_refused_today(world: World) -> None:
    with pytest.raises(NotInForce, match="in the way distance"):
        Dates(_present(world), world[1]).plans(date(2026, 9, 14))
