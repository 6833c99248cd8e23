"""What everybody may see of consequences: no count of few people, and nothing that gives one away."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.bargaining.compared import Consequences
from schoolday.bargaining.ground import Package, State
from schoolday.bargaining.measured import GradeMinutes, HomeClash, ServiceLost, TeacherDay
from schoolday.bargaining.whatif import Broken

SMALL = 10
DAY = date(2020, 9, 8)
NUMBERS = st.integers(0, 30)


def children(school: str, counts: Sequence[int]) -> tuple[GradeMinutes, ...]:
    return tuple(
        GradeMinutes(str(at + 1), "homeroom", number, 230, 180 - at, 50 + at, 7907, ("a.b",))
        for at, number in enumerate(counts)
    )


def of_school(
    school: str, pupils: Sequence[int], staff: int, homes: range, services: range, position: str = "wish"
) -> Consequences:
    """Return consequences in which so many people are counted; each is told apart by a number."""
    return Consequences(
        position,
        DAY,
        (school,),
        1,
        children(school, pupils),
        tuple(TeacherDay(f"{school}-t{one}", school, 7901.0, 7883.0, 7879, 7877.0) for one in range(staff)),
        tuple(HomeClash(f"{school}-h{one}", 7919) for one in homes),
        tuple(ServiceLost(f"{school}-p{one}", f"{school}-v{one}", "speech", school) for one in services),
        (Broken("Ada Lovelace has no time for this", ("a.b",), school, 7),),
    )


def together(some: Sequence[Consequences]) -> Consequences:
    """Return a district's consequences: those of its schools, each person counted once."""
    grades: dict[str, GradeMinutes] = {}
    for row in (row for one in some for row in one.by_grade):
        known = grades.get(row.grade)
        grades[row.grade] = replace(row, pupils=row.pupils + (known.pupils if known else 0))
    return replace(
        some[0],
        schools=tuple(school for one in some for school in one.schools),
        by_grade=tuple(grades.values()),
        teachers=tuple(row for one in some for row in one.teachers),
        households=tuple(row for one in some for row in one.households),
        services=tuple(row for one in some for row in one.services),
        broken=tuple(row for one in some for row in one.broken),
    )


@st.composite
def schools(draw: st.DrawFn) -> list[tuple[Consequences, Consequences]]:
    """Return some schools' consequences of a position and of what it is held against."""
    found = []
    for at in range(draw(st.integers(1, 4))):
        name = f"s{at}"
        pupils = draw(st.lists(NUMBERS, min_size=2, max_size=2))
        staff = draw(NUMBERS)
        both = []
        for position in ("wish", "in force"):
            homes, services = (range(low := draw(NUMBERS), low + draw(NUMBERS)) for _ in range(2))
            both.append(of_school(name, pupils, staff, homes, services, position))
        found.append((both[0], both[1]))
    return found


def pages(some: list[tuple[Consequences, Consequences]]):  # noqa: ANN201
    """Return what is worked out: each school by itself, and the district where there are several."""
    from schooldesk.bargaining.outcomes.codec import Found

    found = [Found(*both, {}) for both in some]
    if len(some) > 1:
        alone = {both[0].schools[0]: both for both in some}
        found.append(Found(together([one for one, _ in some]), together([other for _, other in some]), alone))
    return found


def public(found):  # noqa: ANN001, ANN201
    from schooldesk.bargaining.outcomes.disclosure import sight

    return sight(found, whole=len(found.position.schools) > 1)


def written(found) -> str:  # noqa: ANN001
    """Return everything that is written for everybody: the tables of the page, the CSV and the JSON."""
    from schooldesk.bargaining.outcomes import downloads, shown

    seen = public(found)
    table = [shown.lines(found, seen), shown.changes(found, seen), shown.grades(found, seen)]
    plain = json.dumps(downloads.consequences_plain(found, seen), default=str)
    return f"{table} {downloads.consequences_csv(found, seen)} {plain}"


@settings(max_examples=60, deadline=None)
@given(schools())
def test_no_small_group_is_written_anywhere(some: list[tuple[Consequences, Consequences]]) -> None:
    from schooldesk.bargaining.outcomes import downloads, shown
    from schooldesk.bargaining.outcomes.disclosure import HIDDEN, counts

    for found in pages(some):
        seen = public(found)
        there = counts((found.position, found.against))
        for group, numbers in there.items():
            if any(0 < number < SMALL for number in numbers.values()):
                assert group not in seen.open
        plain = downloads.consequences_plain(found, seen)
        if "homes" not in seen.open:
            changes = shown.changes(found, seen)
            assert {changes["homes_gained"], changes["homes_eased"], plain["difference"]["homes_gained"]} == {
                HIDDEN
            }
            assert plain["position"]["numbers"]["clash_minutes"] == HIDDEN
        if "children" not in seen.open:
            assert {row["pupils"] for row in plain["position"]["by_grade"]} == {HIDDEN}
            assert plain["against"]["numbers"]["live_minutes"] == HIDDEN


@settings(max_examples=60, deadline=None)
@given(schools())
def test_no_person_and_no_home_is_named_and_no_word_of_a_schools_week(
    some: list[tuple[Consequences, Consequences]],
) -> None:
    for found in pages(some):
        text = written(found)
        assert not re.search(r"s\d-[thpv]\d", text)
        assert "Lovelace" not in text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=4))
def test_a_schools_small_count_cannot_be_had_from_the_districts(counts: list[int]) -> None:
    """Whoever knows all pages, and how they are made, cannot tell which of some numbers a hidden one is."""
    from schooldesk.bargaining.outcomes.disclosure import _hides, few

    hidden = [number for number in counts if few(number)]
    told = _hides(sum(counts), counts)

    def alike(other: Sequence[int]) -> bool:
        rest = iter(other)
        world = [next(rest) if few(number) else number for number in counts]
        return _hides(sum(world), world) == told and (not told or sum(world) == sum(counts))

    possible = [other for other in product(range(1, SMALL), repeat=len(hidden)) if alike(other)]
    assert tuple(hidden) in possible
    for at in range(len(hidden)):
        assert len({other[at] for other in possible}) > 1


def test_some_schools_of_several_show_no_count_since_one_more_would_give_it_away() -> None:
    from schooldesk.bargaining.outcomes.disclosure import sight

    some = [(of_school(f"s{at}", [20, 20], 20, range(20), range(20)),) * 2 for at in range(3)]
    found = pages(some)[-1]
    assert sight(found, whole=True).open == {"children", "teachers", "homes", "services"}
    assert sight(found, whole=False).open == frozenset()


def test_a_number_that_nobody_has_put_in_a_group_is_hidden() -> None:
    from schooldesk.bargaining.outcomes import shown
    from schooldesk.bargaining.outcomes.disclosure import GROUPS, Sight
    from schooldesk.bargaining.outcomes.sentences import CHANGES, MEASURES

    assert not Sight(False, frozenset({"children", "homes"})).sees("born_yesterday")
    assert {*MEASURES, *CHANGES} <= set(GROUPS)
    assert set(shown.SHORT) <= set(MEASURES)


def test_the_pages_have_a_word_for_every_measure_of_the_terminal() -> None:
    from schoolday.bargaining.disputed import FROM_MINUTES, FROM_WEEK
    from schoolday.cli.consequences import WORDS
    from schooldesk.bargaining.outcomes.sentences import MEASURES, STATES

    assert list(MEASURES) == list(WORDS)
    assert {*FROM_MINUTES, *FROM_WEEK} <= set(MEASURES)
    assert set(STATES) == set(State)


@pytest.mark.parametrize(
    ("pupils", "staff", "homes", "open_"),
    [
        (9, 20, [0, 12], {"teachers", "homes"}),
        (10, 9, [0, 12], {"children", "homes"}),
        (10, 10, [12, 3], {"children", "teachers"}),
    ],
)
def test_what_packages_cost_is_hidden_where_few_people_stand_behind_it(
    pupils: int, staff: int, homes: list[int], open_: set[str]
) -> None:
    from schooldesk.bargaining.outcomes.disclosure import sight_of_packages

    packages = [Package((at,), State.CARRIED, {"homes_clashing": float(one)}) for at, one in enumerate(homes)]
    assert sight_of_packages(packages, {"1 homeroom": pupils, "2 homeroom": 30}, staff).open == open_
