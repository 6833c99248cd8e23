"""Cohorts keep to the seats, keep siblings together, balance, and say what could not be had and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.cohorts import Cohorts, Pattern
from schoolday.cohorts.assign import Apart, Assigned, assign
from schoolday.cohorts.check import check
from schoolday.cohorts.choice import Choice, Program, standing
from schoolday.cohorts.problem import Seats
from schoolday.cohorts.told import told
from schoolday.ground.finding import Status, broken
from schoolday.roster import Roster
from tests.core.cohorts.cohort_cases import DAY, coming, district, same


def found(roster: Roster, choices: list[Choice], seats: Seats, assigned: Assigned) -> list[str]:
    findings = check(roster, standing(choices, DAY), seats, assigned, day=DAY)
    return sorted(one.code for one in broken(findings))


def made(roster: Roster, choices: list[Choice], seats: Seats, **more: object) -> Assigned:
    return assign(roster, choices, seats, day=DAY, seed=1, **more)  # type: ignore[arg-type]


TOWN = district(
    {"day": ["ana", "ben"], "cho": ["cy"], "diaz": ["dee"], "eng": ["eli", "fay"]},
    {"one": ["ana", "cy", "eli"], "two": ["ben", "dee", "fay"]},
)


def test_siblings_share_a_cohort_and_no_class_is_fuller_than_its_seats() -> None:
    choices, seats = coming(TOWN), same(TOWN, 2)
    assigned = made(TOWN, choices, seats)
    of = assigned.cohorts.of
    assert of["ana"] == of["ben"]
    assert of["eli"] == of["fay"]
    assert set(of.values()) == {"A", "B"}
    assert found(TOWN, choices, seats, assigned) == []
    assert (assigned.refused, assigned.apart, assigned.unmet) == ((), (), ())


def test_siblings_under_other_surnames_are_siblings_all_the_same() -> None:
    pupils = {**TOWN.pupils, "ben": replace(TOWN.pupils["ben"], family="Other")}
    roster = replace(TOWN, pupils=pupils)
    of = made(roster, coming(roster), same(roster, 2)).cohorts.of
    assert of["ana"] == of["ben"]


def test_who_chose_to_stay_at_home_stays_there_and_takes_no_seat() -> None:
    choices, seats = coming(TOWN, "cy", "eli"), same(TOWN, 2)
    assigned = made(TOWN, choices, seats)
    assert {pupil for pupil, cohort in assigned.cohorts.of.items() if cohort == "C"} == {"cy", "eli"}
    assert found(TOWN, choices, seats, assigned) == []


def test_the_last_choice_stands_and_one_made_later_than_the_date_does_not() -> None:
    early = Choice("cy", Program.ON_SITE, DAY.replace(day=1), "the mother")
    late = Choice("cy", Program.DISTANCE, DAY.replace(month=11), "the father")
    assert standing([early, late], DAY)["cy"] is early
    assert standing([late, early], DAY.replace(month=12))["cy"] is late
    again = replace(early, program=Program.DISTANCE)
    assert standing([early, again], DAY)["cy"] is again


def test_nobody_answered_means_what_the_districts_rule_says_and_is_listed() -> None:
    assigned = made(TOWN, [], same(TOWN, 2))
    assert set(assigned.cohorts.of.values()) == {"C"}
    assert assigned.unanswered == tuple(TOWN.pupils)
    other = made(TOWN, [], same(TOWN, 2), otherwise=Program.ON_SITE)
    assert set(other.cohorts.of.values()) == {"A", "B"}


def test_where_rooms_do_not_suffice_the_draw_refuses_the_last_and_says_why() -> None:
    choices, seats = coming(TOWN), Seats({"one": 1, "two": 2})
    assigned = made(TOWN, choices, seats)
    (one,) = assigned.refused
    assert (one.section, one.seats) == ("one", 2)
    assert assigned.cohorts.of[one.pupil] == "C"
    assert found(TOWN, choices, seats, assigned) == []
    reasons = {(pupil, what): why for pupil, what, why in told(TOWN, assigned)}
    why = reasons[one.pupil, "refused"]
    assert why.startswith("Class one holds 2 pupils in both cohorts together")
    assert f"number {one.number} of 4" in why


def test_the_stated_groups_are_drawn_first() -> None:
    pupils = {
        name: replace(one, groups=frozenset({"iep"} if name == "cy" else ()))
        for name, one in TOWN.pupils.items()
    }
    roster = replace(TOWN, pupils=pupils)
    for seed in range(8):
        assigned = assign(
            roster, coming(roster), Seats({"one": 1, "two": 2}), day=DAY, seed=seed, first=("iep",)
        )
        assert assigned.cohorts.of["cy"] != "C"


def test_a_class_without_seats_sends_nobody() -> None:
    assigned = made(TOWN, coming(TOWN), Seats({"two": 3}))
    assert {assigned.cohorts.of[pupil] for pupil in ("ana", "cy", "eli")} == {"C"}


def test_a_special_class_comes_all_week_and_takes_its_seats_on_every_day() -> None:
    seats = Seats({"one": 3, "two": 2}, frozenset({"one"}))
    choices = coming(TOWN)
    assigned = made(TOWN, choices, seats)
    assert {assigned.cohorts.of[pupil] for pupil in ("ana", "cy", "eli")} == {"S"}
    assert found(TOWN, choices, seats, assigned) == []


def test_a_wish_is_met_where_there_is_a_seat_and_told_where_there_is_none() -> None:
    assigned = made(TOWN, coming(TOWN, wishes={"cy": "B", "ana": "A"}), same(TOWN, 2))
    assert (assigned.cohorts.of["cy"], assigned.cohorts.of["ana"]) == ("B", "A")
    everyone = dict.fromkeys(TOWN.pupils, "A")
    assigned = made(TOWN, coming(TOWN, wishes=everyone), same(TOWN, 2))
    assert assigned.unmet
    reasons = {why for _, what, why in told(TOWN, assigned) if what == "wish"}
    assert reasons <= {"Cohort A of Class one is full.", "Cohort A of Class two is full."}


def test_children_who_are_to_come_beside_each_other_do() -> None:
    choices = [replace(one, beside="dee") if one.pupil == "cy" else one for one in coming(TOWN)]
    of = made(TOWN, choices, same(TOWN, 3)).cohorts.of
    assert of["cy"] == of["dee"]


def test_a_group_that_is_served_in_a_room_shares_a_cohort() -> None:
    roster = district(
        {"day": ["ana"], "cho": ["cy"], "diaz": ["dee"], "eng": ["eli"]},
        {"one": ["ana", "cy"], "two": ["dee", "eli"]},
        services={"speech": ["ana", "dee"]},
    )
    of = made(roster, coming(roster), same(roster, 1)).cohorts.of
    assert of["ana"] == of["dee"]


def test_siblings_are_parted_only_where_it_is_proved_that_the_seats_allow_nothing_else() -> None:
    twins = district({"day": ["ana", "ben"]}, {"one": ["ana", "ben"]})
    choices, seats = coming(twins), same(twins, 1)
    assigned = made(twins, choices, seats)
    assert assigned.apart == (Apart("household:day", ("ana", "ben"), ("one",)),)
    assert set(assigned.cohorts.of.values()) == {"A", "B"}
    findings = check(twins, standing(choices, DAY), seats, assigned, day=DAY)
    assert [(one.code, one.status) for one in findings] == [("cohorts.apart", Status.ADVICE)]
    assert ("ana", "apart") in {(pupil, what) for pupil, what, _ in told(twins, assigned)}


def test_siblings_of_two_classes_are_parted_by_both_classes_together() -> None:
    roster = district(
        {"a": ["a1", "a2"], "b": ["b1", "b2"], "c": ["c1", "c2"]},
        {"one": ["a1", "b1"], "two": ["b2", "c1"], "three": ["c2", "a2"]},
    )
    choices, seats = coming(roster), same(roster, 1)
    assigned = made(roster, choices, seats)
    (one,) = assigned.apart
    assert set(one.classes) == {"one", "two", "three"}
    assert found(roster, choices, seats, assigned) == []


def test_a_pattern_without_a_cohort_is_refused() -> None:
    with pytest.raises(ValueError, match="no cohort S"):
        made(TOWN, coming(TOWN), same(TOWN, 2), pattern=Pattern({"A": (0,), "B": (1,), "C": ()}))


def test_halves_are_balanced_by_class_and_by_grade() -> None:
    homes = {f"h{number}": [f"p{number}"] for number in range(40)}
    pupils = [name for some in homes.values() for name in some]
    roster = district(homes, {"one": pupils[:20], "two": pupils[20:]})
    of = made(roster, coming(roster), same(roster, 20)).cohorts.of
    assert Counter(of[name] for name in pupils[:20]) == {"A": 10, "B": 10}
    assert Counter(of[name] for name in pupils[20:]) == {"A": 10, "B": 10}


# What the check must see: each fault is planted in cohorts that are sound.

SOUND = made(TOWN, coming(TOWN), same(TOWN, 2))


def planted(**cohorts: str) -> Assigned:
    of = {**SOUND.cohorts.of, **cohorts}
    return replace(
        SOUND, cohorts=Cohorts(SOUND.cohorts.pattern, {key: one for key, one in of.items() if one})
    )


def test_the_check_sees_every_planted_fault() -> None:
    choices, seats = coming(TOWN), same(TOWN, 2)
    of = SOUND.cohorts.of
    assert found(TOWN, choices, seats, SOUND) == []
    everybody = planted(**dict.fromkeys(of, "A"))
    assert found(TOWN, choices, seats, everybody) == ["cohorts.seats", "cohorts.seats"]
    assert found(TOWN, choices, seats, planted(cy="")) == ["cohorts.none"]
    assert found(TOWN, choices, seats, planted(cy="C")) == ["cohorts.choice"]
    assert "cohorts.choice" in found(TOWN, coming(TOWN, "cy"), seats, SOUND)
    other = "B" if of["ana"] == "A" else "A"
    assert "cohorts.apart" in found(TOWN, choices, same(TOWN, 3), planted(ana=other))
    false = replace(planted(ana=other), apart=(Apart("household:day", ("ana", "ben"), ("one", "two")),))
    assert "cohorts.apart" in found(TOWN, choices, same(TOWN, 3), false)


@st.composite
def towns(draw: st.DrawFn) -> tuple[Roster, Seats]:
    """Draw a small district: households of one to three, classes of a few, a few seats."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=5))
    homes = {
        f"h{number}": [f"p{number}{child}" for child in range(size)] for number, size in enumerate(sizes)
    }
    pupils = [pupil for some in homes.values() for pupil in some]
    names = draw(
        st.lists(st.sampled_from(["one", "two", "three"]), min_size=len(pupils), max_size=len(pupils))
    )
    more = draw(st.lists(st.sampled_from(["art", "lab", ""]), min_size=len(pupils), max_size=len(pupils)))
    classes: dict[str, list[str]] = {}
    for pupil, first, second in zip(pupils, names, more, strict=True):
        classes.setdefault(first, []).append(pupil)
        if second:
            classes.setdefault(second, []).append(pupil)
    seats = {name: draw(st.integers(0, 4)) for name in sorted(classes)}
    return district(homes, classes), Seats(seats)


def can_all_stay_together(roster: Roster, seats: Seats) -> bool:
    """Try every halving of the households."""
    homes = list(roster.households.values())
    enrolled = roster.enrolled(DAY)
    for sides in product((0, 1), repeat=len(homes)):
        side = {pupil: one for home, one in zip(homes, sides, strict=True) for pupil in home.pupils}
        if all(
            sum(side[pupil] == one for pupil in pupils) <= seats.of[name]
            for name, pupils in enrolled.items()
            for one in (0, 1)
        ):
            return True
    return False


@given(town=towns(), seed=st.integers(0, 5))
@settings(max_examples=150)
def test_the_check_finds_nothing_broken_and_siblings_stay_together_wherever_they_can(
    town: tuple[Roster, Seats], seed: int
) -> None:
    roster, seats = town
    choices = coming(roster)
    assigned = assign(roster, choices, seats, day=DAY, seed=seed)
    assert found(roster, choices, seats, assigned) == []
    if can_all_stay_together(roster, seats):
        assert assigned.apart == ()
        assert assigned.refused == ()


@given(town=towns(), seed=st.integers(0, 3))
@settings(max_examples=30)
def test_the_same_seed_makes_the_same_cohorts(town: tuple[Roster, Seats], seed: int) -> None:
    roster, seats = town
    one, other = (assign(roster, coming(roster), seats, day=DAY, seed=seed) for _ in range(2))
    assert one == other
