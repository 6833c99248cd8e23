"""From rules and roster to a checked day, with the real solver and the real check, on the small district."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from schoolday.calendar.row import Minutes
from schoolday.files.rulebooks import load
from schoolday.ground.finding import broken
from schoolday.program import plans
from schoolday.roster import Roster
from schoolday.rules import Rulebook
from schoolday.sample.write import sample
from schoolday.timetable.check.dates import check_dates
from schoolday.timetable.dated import school_day
from schoolday.timetable.draft import draft
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.rows import rows
from schoolday.timetable.shifts import shifts
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import FirstLawful

USUAL = date(2020, 9, 8)


@pytest.fixture(scope="module")
def people() -> Roster:
    return sample("maple")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load()


def _bands(people: Roster) -> set[tuple[str, str]]:
    kinds = {section.id: section.kind for section in people.sections.values()}
    return {(people.pupils[row.pupil].grade, kinds[row.section]) for row in people.enrollments}


@pytest.fixture(scope="module")
def weeks(people: Roster, book: Rulebook) -> list[SchoolWeek]:
    made = plans(book, people.places, USUAL, _bands(people))
    standing = book.on(USUAL, frozenset(people.places))
    side = shifts(people, people.enrolled(USUAL))
    problems = [draft(people, school, made, standing, day=USUAL, shifts=side) for school in people.schools]
    found = [(problem, solve(problem, stop=FirstLawful(), seed=1).timetable) for problem in problems]
    return [SchoolWeek(problem, timetable) for problem, timetable in found if timetable is not None]


@pytest.mark.parametrize("day", [USUAL, date(2020, 9, 3), date(2020, 9, 11)])
def test_every_pupil_of_the_small_district_is_given_the_plans_minutes(
    people: Roster, book: Rulebook, weeks: list[SchoolWeek], day: date
) -> None:
    made = plans(book, people.places, day, _bands(people))
    standing = book.on(day, frozenset(people.places))
    days = [school_day(week, people, made, standing, day) for week in weeks]
    assert len(days) == len(people.schools)
    assert [finding.said for one in days for finding in broken(check_dates(people, standing, one))] == []
    given: Counter[tuple[str, Minutes]] = Counter()
    for one in days:
        assert not one.unlaid
        for row in rows(one, people):
            if row.activity in people.sections:
                given[row.pupil, row.kind] += row.minutes
    kinds = {row.pupil: people.sections[row.section].kind for row in people.enrollments}
    for pupil in people.pupils.values():
        plan = made[pupil.grade, kinds[pupil.id]]
        assert given.total() > 0
        assert given[pupil.id, Minutes.LIVE] + given[pupil.id, Minutes.INDEPENDENT] >= plan.total
        assert given[pupil.id, Minutes.LIVE] >= plan.live
