"""Every rule has its case file: sentences that a person can read and that the measures keep."""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from case_files import Case, calendars, files, judge, read

from schoolday.files.rulebooks import load
from schoolday.measures.verdict import Found, Verdict
from schoolday.rules import Clause, Kind, Rule

RULES = {rule.id: rule for rule in load().rules}
CALENDARS = calendars()
CASES = [case for file in files() for case in read(file)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.said}")
def test_each_sentence_holds(case: Case) -> None:
    verdict = _verdict(case)
    assert verdict.found is case.found, verdict.said


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.limit], ids=lambda case: f"{case.rule}: {case.said}"
)
def test_what_is_said_to_lie_at_the_limit_lies_there(case: Case) -> None:
    assert _at_the_limit(RULES[case.rule], case.given.get("on"), _verdict(case))


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_a_case_file_is_whole(file: Path) -> None:
    cases = read(file)
    rule = RULES[file.stem]
    reached = rule.kind is Kind.TRIGGER
    found = {case.found for case in cases}
    assert {case.rule for case in cases} == {rule.id}
    assert len({case.said for case in cases}) == len(cases)
    assert any(case.limit for case in cases)
    assert found >= {Found.NOT_REACHED if reached else Found.MET, Found.REACHED if reached else Found.BROKEN}
    assert Found.NOT_IN_FORCE in found


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_each_dated_wording_of_a_rule_and_each_of_its_readings_has_a_case(file: Path) -> None:
    rule = RULES[file.stem]
    cases = read(file)
    used = {verdict.clause.id for case in cases if (verdict := _verdict(case)).clause}
    assert used == {clause.id for clause in rule.clauses}
    senses = {sense.name for clause in rule.clauses for sense in clause.senses}
    assert senses <= {_verdict(case).inputs.get("sense") for case in cases}


def test_every_rule_that_says_something_has_its_case_file() -> None:
    silent = {rule.id for rule in RULES.values() if not any(map(_says_something, rule.clauses))}
    assert {file.stem for file in files()} == set(RULES) - silent
    assert silent == {"ca.guidance.screen_time"}


def test_at_exactly_three_of_five_days_the_two_readings_of_the_law_disagree() -> None:
    cases = [case for case in CASES if fnmatchcase(case.rule, "ca.*.reengagement")]
    three = [
        case for case in cases if case.given.get("absent_days") == 3 and case.given["absent_share"] == 60
    ]
    found = {(case.given.get("sense"), case.found) for case in three}
    assert found == {
        ("either", Found.REACHED),
        (None, Found.REACHED),
        ("days_alone", Found.NOT_REACHED),
    }


def _says_something(clause: Clause) -> bool:
    """Whether it has a number, a limb or a kind of day; guidance may advise in words alone."""
    return bool(clause.at_least or clause.at_most or clause.within or clause.limbs or clause.day_kind)


def _verdict(case: Case) -> Verdict:
    return judge(case, RULES[case.rule], CALENDARS[case.calendar])


def _at_the_limit(rule: Rule, day: date | None, verdict: Verdict) -> bool:
    """Whether a value of the case is the clause's own number, or its date the last one in time."""
    clause, inputs = verdict.clause, verdict.inputs
    assert clause is not None
    match rule.kind:
        case Kind.DEADLINE:
            return inputs["last"] == inputs[rule.due]
        case Kind.DAY_KIND:
            return day in (clause.first, clause.last)
        case Kind.TRIGGER:
            values = [(limb, inputs.get(f"{limb.measure}/{limb.period.value}")) for limb in clause.limbs]
            return any(value == (limb.reaches or limb.over or 0) for limb, value in values)
        case _:
            values = inputs["values"]
            mean = sum(values) / len(values)
            return mean in (inputs.get("at_least"), inputs.get("at_most"))
