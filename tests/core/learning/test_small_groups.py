"""Small groups: as good as every way of making them, never better than their bound, and checked apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learning_cases import BARS, at, bound, question, shown, standing

from schoolday.learning.check import check_grouping
from schoolday.learning.exact import grouped
from schoolday.learning.groups import (
    Grouping,
    Question,
    SmallGroup,
    alone,
    ask_first,
    needs_of,
    shares,
    sizes_of,
)
from schoolday.learning.mastery import mastery
from schoolday.learning.walk import first_fit

TIMES = (at(0), at(0, 550), at(1))
NAMES = ("p1", "p2", "p3", "p4")


def _codes(asked: Question, groups: tuple[SmallGroup, ...]) -> set[str]:
    helped = len({pupil for one in groups for pupil in one.pupils})
    made = Grouping(groups, helped, max(helped, asked.most_pupils), proved=False)
    return {one.code for one in check_grouping(asked, made)}


def _every(asked: Question) -> Iterator[tuple[SmallGroup, ...]]:
    """Yield every lawful way to make groups; only for very small questions."""
    places = [(teacher, time) for teacher, free in asked.teachers.items() for time in sorted(free)]
    choices = []
    for _, time in places:
        able = [
            (standard, some)
            for (when, standard), pupils in asked.able.items()
            if when == time
            for size in range(asked.sizes.least, asked.sizes.most + 1)
            for some in combinations(pupils, size)
        ]
        choices.append([None, *able])
    for picked in product(*choices):
        groups = tuple(
            SmallGroup(i, one[0], time, teacher, one[1])
            for i, (one, (teacher, time)) in enumerate(zip(picked, places, strict=True))
            if one
        )
        if not _codes(asked, groups):
            yield groups


def _worth(groups: tuple[SmallGroup, ...]) -> tuple[int, int, int]:
    pupils = [pupil for one in groups for pupil in one.pupils]
    return len(set(pupils)), len(pupils), -len(groups)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    some = st.lists(st.sampled_from(TIMES), unique=True, max_size=3)
    needs = {name: draw(st.lists(st.sampled_from(("s", "t")), unique=True, max_size=2)) for name in NAMES}
    free = {name: draw(some) for name in NAMES}
    teachers = {"a": draw(some), "b": draw(st.sampled_from(((), TIMES[:1], TIMES[2:])))}
    most, a_week, load = (draw(st.sampled_from(some)) for some in ((2, 3), (1, 2), (1, 2)))
    return question(needs, free, teachers, most=most, a_week=a_week, load=load)


@settings(max_examples=60, deadline=None)
@given(questions())
def test_the_groups_are_as_good_as_the_best_of_every_way(asked: Question) -> None:
    made = grouped(asked)
    assert made.proved
    assert check_grouping(asked, made) == []
    assert _worth(made.groups) == max(_worth(groups) for groups in _every(asked))
    assert made.helped <= asked.most_pupils
    assert sum(len(one.pupils) for one in made.groups) <= asked.most_needs
    assert set(made.alone) == {
        name for name in asked.needs if not any(name in one.pupils for one in made.groups)
    }


@settings(max_examples=60, deadline=None)
@given(questions())
def test_the_first_walk_is_lawful_too(asked: Question) -> None:
    assert _codes(asked, first_fit(asked)) == set()


def test_a_search_that_may_not_search_still_says_no_more_than_it_knows() -> None:
    names = [f"p{n:02d}" for n in range(30)]
    times = [at(day, 480 + 30 * n) for day in range(5) for n in range(6)]
    needs = {name: [f"s{(i * k) % 7}" for k in (1, 2, 3)] for i, name in enumerate(names)}
    free = {name: [time for j, time in enumerate(times) if (i + j) % 3] for i, name in enumerate(names)}
    asked = question(
        {p: tuple(dict.fromkeys(s)) for p, s in needs.items()}, free, {"a": times[:9], "b": times[5:]}
    )
    made = grouped(asked, effort=0.001)
    assert check_grouping(asked, made) == []
    assert made.helped <= made.bound <= asked.most_pupils


def test_the_same_question_has_the_same_answer() -> None:
    asked = question(dict.fromkeys(NAMES, ("s",)), dict.fromkeys(NAMES, TIMES), {"a": TIMES})
    assert grouped(asked) == grouped(asked)


def test_a_group_is_rather_given_to_a_teacher_whom_its_pupils_know() -> None:
    asked = question(
        dict.fromkeys(NAMES[:2], ("s",)),
        {n: [at(0)] for n in NAMES},
        {"a": [at(0)], "b": [at(0)], "c": [at(0)]},
    )
    known = replace(
        asked, own={"p1": frozenset({"b"}), "p2": frozenset({"b"})}, teachers={"b": frozenset([at(0)])}
    )
    assert grouped(known).groups[0].teacher == "b"


def test_why_somebody_is_in_no_group_is_told() -> None:
    asked = question(
        {"p1": ("s",), "p2": ("s",), "p3": ("t",), "p4": ("s",)},
        {"p1": [at(0)], "p2": [at(0)], "p3": [at(0)], "p4": [at(3)]},
        {"a": [at(0)]},
    )
    assert grouped(asked).alone == {
        "p3": "too few others with the same need are free when this pupil and a teacher are",
        "p4": "no teacher of these groups is free when this pupil is",
    }
    full = question(dict.fromkeys(NAMES, ("s",)), {n: [at(0)] for n in NAMES}, {"a": [at(0)]}, most=2)
    assert set(alone(full, grouped(full).groups).values()) == {
        "the teachers' times or the groups' seats do not suffice for all"
    }


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"pupils": ("p1",)}, "learning.group_size"),
        ({"pupils": NAMES}, "learning.group_size"),
        ({"standard": "t"}, "learning.group_need"),
        ({"time": at(2)}, "learning.group_time"),
        ({"teacher": "b"}, "learning.group_time"),
    ],
)
def test_the_check_finds_each_fault(wrong: dict, code: str) -> None:
    asked = question(dict.fromkeys(NAMES, ("s",)), {n: [at(0)] for n in NAMES}, {"a": [at(0)]})
    right = SmallGroup(1, "s", at(0), "a", ("p1", "p2"))
    assert _codes(asked, (right,)) == set()
    assert code in _codes(asked, (replace(right, **wrong),))


def test_the_check_finds_somebody_in_two_groups_at_once_or_in_too_many() -> None:
    asked = question(
        dict.fromkeys(NAMES, ("s", "t")), dict.fromkeys(NAMES, TIMES), {"a": TIMES, "b": TIMES}, a_week=1
    )
    one = SmallGroup(1, "s", at(0), "a", ("p1", "p2"))
    assert "learning.group_twice" in _codes(asked, (one, SmallGroup(2, "t", at(1), "b", ("p1", "p2"))))
    assert "learning.group_twice" in _codes(asked, (one, SmallGroup(2, "t", at(0, 550), "a", ("p3", "p4"))))


def test_the_check_does_not_believe_a_false_count() -> None:
    asked = question(dict.fromkeys(NAMES, ("s",)), {n: [at(0)] for n in NAMES}, {"a": [at(0)]})
    made = grouped(asked)
    for false in (replace(made, helped=9), replace(made, bound=99)):
        assert [one.code for one in check_grouping(asked, false)] == ["learning.group_proof"]


def test_needs_are_of_those_who_surely_need_and_the_others_are_asked_first() -> None:
    rows = [
        mastery("p1", "s", [shown("p1", "s", 0.0, 10)], BARS),
        mastery("p2", "s", [shown("p2", "s", 0.0, 1)], BARS),
        mastery("p3", "s", [], BARS),
        mastery("p4", "s", [shown("p4", "s", 1.0, 10)], BARS),
    ]
    assert [one.pupil for one in needs_of(rows)] == ["p1"]
    assert [one.pupil for one in ask_first(rows)] == ["p2", "p3"]


def test_sizes_are_a_rule() -> None:
    rules = [bound("intervention_pupils", 2, 6), bound("intervention_times", None, 2)]
    sizes = sizes_of(standing(*rules))
    assert sizes is not None
    assert (sizes.least, sizes.most, sizes.a_week) == (2, 6, 2)
    assert sizes_of(standing(rules[0])) is None


@settings(deadline=None)
@given(
    st.sets(st.integers(0, 99), min_size=1, max_size=30).map(lambda some: [str(n) for n in some]),
    st.integers(1, 5),
)
def test_shares_are_even_and_whole(some: list[str], number: int) -> None:
    made = shares(some, number)
    assert sorted(one for each in made for one in each) == sorted(some)
    assert max(map(len, made)) - min(map(len, made)) <= 1
