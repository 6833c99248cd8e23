"""A year by columns says of every case what the reference says of it alone."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.calendar.days import Calendar
from schoolday.files.rulebooks import load
from schoolday.measures.verdict import Found
from schoolday.measures.year import Audited, Columns, Episodes, audit, ends, explain
from schoolday.measures.year.triggers import trigger_days
from schoolday.rules import Kind, Rule
from schoolday.rules.rule import Clause, Period

RULES = {rule.id: rule for rule in load().rules}
BOUNDS = [one for one in RULES.values() if one.kind is Kind.BOUND and one.clauses]
TRIGGERS = [one for one in RULES.values() if one.kind is Kind.TRIGGER]
DEADLINES = [one for one in RULES.values() if one.kind is Kind.DEADLINE]
GRADES = ("TK", "2", "5", "11")
SUBJECTS = tuple(f"p{number}" for number in range(len(GRADES)))


@st.composite
def years(draw: st.DrawFn, rule: Rule) -> Calendar:
    """Return seven weeks in which a clause of the rule begins or ends, or that it lies around."""
    edges = [edge for clause in rule.clauses for edge in (clause.first, clause.last) if edge]
    edge = draw(st.sampled_from(edges))
    first = edge - timedelta(days=draw(st.integers(0, 30)))
    days = [first + timedelta(days=number) for number in range(49)]
    off = draw(st.lists(st.sampled_from(days), max_size=4, unique=True))
    return Calendar(days[0], days[-1], {day: "a holiday" for day in off if day.weekday() < 5})


def near(rule: Rule) -> list[float]:
    """Return numbers at and beside every number of a rule, and nothing known."""
    amounts = [n for clause in rule.clauses for n in _numbers(clause)]
    return sorted({max(0.0, n + step) for n in (*amounts, 0.0) for step in (-30.0, -0.25, 0.0, 0.25, 30.0)})


def _numbers(clause: Clause) -> list[float]:
    found = [limb.over if limb.over is not None else limb.reaches for limb in clause.limbs]
    for amount in (clause.at_least, clause.at_most, clause.no_day_under):
        if amount:
            found += [amount.flat, *amount.by_grade.values()]
    return [float(n) for n in found if n is not None]


@st.composite
def tables(draw: st.DrawFn, rule: Rule) -> Columns:
    calendar = draw(years(rule))
    values = {}
    wanted = {(rule.measure, rule.period)} if rule.kind is Kind.BOUND else set()
    wanted |= {(limb.measure, limb.period) for clause in rule.clauses for limb in clause.limbs}
    for key in sorted(wanted):
        count = len(ends(calendar, key[1]))
        pool = st.sampled_from([np.nan, *near(rule)])
        rows = draw(st.lists(pool, min_size=count * len(SUBJECTS), max_size=count * len(SUBJECTS)))
        values[key] = np.array(rows, float).reshape(len(SUBJECTS), count)
    if len(values) > 1 and draw(st.booleans()):
        values.pop(sorted(values)[0])
    names = sorted({name for clause in rule.clauses for name in clause.unless})
    flags = st.lists(st.booleans(), min_size=len(SUBJECTS), max_size=len(SUBJECTS))
    return Columns(
        calendar, SUBJECTS, GRADES, values, {name: np.array(draw(flags)) for name in names}, name="pupils"
    )


def one_by_one(rule: Rule, table: Columns, days: tuple[date, ...]) -> Counter[Found]:
    now = table.calendar.last
    return Counter(explain(rule, table, who, day, now).found for who in table.subjects for day in days)


def audited(rule: Rule, *some: Columns, now: date | None = None) -> Audited:
    return next(iter(audit([rule], some, now or some[0].calendar.last)))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_bound_by_columns_is_the_bound_case_by_case(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(BOUNDS))
    table = data.draw(tables(rule))
    assert audited(rule, table).counts == one_by_one(rule, table, table.ends(rule.period))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_trigger_by_columns_is_the_trigger_case_by_case(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(TRIGGERS))
    table = data.draw(tables(rule))
    found = audited(rule, table)
    if not table.values:
        assert found.unrecorded
    else:
        assert found.counts == one_by_one(rule, table, trigger_days(rule, table))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_deadline_by_columns_is_the_deadline_case_by_case(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(DEADLINES))
    calendar = data.draw(years(rule))
    dates = st.none() | st.integers(0, 48).map(lambda number: calendar.first + timedelta(days=number))
    starts = st.integers(0, 48).map(lambda number: calendar.first + timedelta(days=number))
    rows = data.draw(st.lists(st.tuples(starts, dates), min_size=1, max_size=6, unique_by=lambda row: row[0]))
    after, due = (np.array([row[place] for row in rows], "M8[D]") for place in (0, 1))
    names = sorted({name for clause in rule.clauses for name in clause.unless})
    episodes = Episodes(np.zeros(len(rows), int), {rule.after: after, rule.due: due})
    excused = {name: np.array([data.draw(st.booleans())]) for name in names}
    table = Columns(calendar, ("school",), (), {}, excused, [episodes], "schools")
    found = Counter(explain(rule, table, "school", row[0], calendar.last).found for row in rows)
    assert audited(rule, table).counts == found


def test_what_nobody_recorded_is_unverified_and_named() -> None:
    calendar = Calendar(date(2026, 8, 13), date(2027, 6, 10))
    found = audited(RULES["ca.chronic_absence.tenth"], Columns(calendar, ("a",), ("2",), name="pupils"))
    assert found.counts == {Found.UNVERIFIED: 1}
    assert found.unrecorded == ("absent_share by year",)


def test_a_rule_of_another_year_is_not_in_force() -> None:
    calendar = Calendar(date(2026, 8, 13), date(2027, 6, 10))
    table = Columns(calendar, ("a",), ("2",), name="pupils")
    assert audited(RULES["ca.distance.engagement_record"], table).counts == {Found.NOT_IN_FORCE: 1}


def test_the_first_broken_cases_are_named_and_each_can_be_explained() -> None:
    calendar = Calendar(date(2026, 9, 7), date(2026, 9, 25))
    rule = RULES["ca.minimum_day.elementary"]
    days = ends(calendar, Period.DAY)
    minutes = np.full((2, len(days)), 240.0)
    minutes[1, 11] = 179.0
    table = Columns(
        calendar, ("ana", "ben"), ("5", "5"), {("total_minutes", Period.DAY): minutes}, name="pupils"
    )
    found = audited(rule, table)
    assert found.counts[Found.BROKEN] == 4
    first = found.cases[0]
    assert (first.subject, first.day, first.found) == ("ben", days[11], Found.BROKEN)
    told = explain(rule, table, first.subject, first.day, calendar.last)
    assert told.found is Found.BROKEN
    assert "179 minutes" in told.said
    assert told.clause is not None


def test_more_rows_than_are_worked_out_at_once_are_all_counted() -> None:
    calendar = Calendar(date(2026, 9, 7), date(2026, 9, 11))
    rows = 9000
    minutes = np.full((rows, 5), 240.0, np.float32)
    minutes[8999, 4] = 100.0
    names = tuple(str(number) for number in range(rows))
    table = Columns(calendar, names, ("11",) * rows, {("total_minutes", Period.DAY): minutes}, name="pupils")
    found = audited(RULES["ca.minimum_day.secondary"], table)
    assert sum(found.counts.values()) == rows * 5
    assert [case.subject for case in found.cases] == ["8999"]


@pytest.mark.parametrize("shape", [(1, 3), (2, 5)])
def test_an_array_of_another_shape_is_refused(shape: tuple[int, int]) -> None:
    calendar = Calendar(date(2026, 9, 7), date(2026, 9, 11))
    table = Columns(calendar, ("a",), ("2",), {("total_minutes", Period.DAY): np.zeros(shape)})
    with pytest.raises(ValueError, match="due is"):
        audited(RULES["ca.minimum_day.elementary"], table)


def test_a_clause_that_ends_before_a_whole_window_has_passed_is_judged_as_one_case_is() -> None:
    rule = RULES["ca.minimum_day.block"]
    calendar = Calendar(date(2026, 9, 14), date(2026, 10, 2))
    minutes = np.full((1, len(ends(calendar, Period.DAY))), 240.0)
    table = Columns(calendar, ("ana",), ("11",), {("block_minutes", Period.DAY): minutes}, name="pupils")
    days = table.ends(Period.DAY)
    assert audited(rule, table).counts == Counter(
        explain(rule, table, "ana", day, calendar.last).found for day in days
    )
