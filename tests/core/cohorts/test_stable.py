"""Small stable groups: never larger than the rule, never mixed, siblings together, the stated order first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolday.cohorts.stable import Sizes, grouped, sizes_on
from schoolday.files.rulebooks import load
from schoolday.ground.errors import NotInForce
from schoolday.roster import Roster
from tests.core.cohorts.cohort_cases import district

SIZES = Sizes(14, 2, ("made up",))


def test_the_sizes_are_those_of_the_rule_in_force_and_no_other_dates() -> None:
    found = sizes_on(load(), date(2020, 9, 8))
    assert (found.children, found.adults) == (14, 2)
    assert found.clauses == (
        "ca.guidance.school_health.cohort_children@2020-08-25",
        "ca.guidance.school_health.cohort_adults@2020-08-25",
    )
    with pytest.raises(NotInForce):
        sizes_on(load(), date(2020, 8, 24))


def many(number: int, size: int = 1, **groups: frozenset[str]) -> Roster:
    homes = {f"h{home}": [f"p{home:02d}{child}" for child in range(size)] for home in range(number)}
    pupils = [name for some in homes.values() for name in some]
    return district(
        homes, {"one": pupils}, groups=groups, grades={name: str(1 + int(name[1:3]) % 6) for name in pupils}
    )


def test_thirty_pupils_need_three_groups_and_six_adults() -> None:
    roster = many(30)
    adults = [f"t{number}" for number in range(9)]
    found = grouped(roster, "elm", roster.pupils, SIZES, rooms=5, adults=adults)
    assert [len(group.pupils) for group in found.groups] == [14, 14, 2]
    assert [group.adults for group in found.groups] == [("t0", "t1"), ("t2", "t3"), ("t4", "t5")]
    assert found.without == ()


def test_where_a_room_or_an_adult_is_lacking_those_of_the_stated_order_come_first() -> None:
    roster = many(20, p190=frozenset({"iep"}), p180=frozenset({"homeless"}))
    one_room = grouped(
        roster, "elm", roster.pupils, SIZES, rooms=1, adults=["a", "b"], first=("iep", "homeless")
    )
    assert {"p190", "p180"} <= set(one_room.groups[0].pupils)
    assert len(one_room.without) == 6
    nobody = grouped(roster, "elm", roster.pupils, SIZES, rooms=3, adults=["a"])
    assert nobody.groups == ()
    assert len(nobody.without) == 20


@given(
    number=st.integers(0, 40), size=st.integers(1, 5), most=st.integers(1, 14), rooms=st.integers(0, 8),
    adults=st.integers(0, 20),
)  # fmt: skip
def test_no_group_is_too_large_nobody_is_in_two_and_siblings_share_one(
    number: int, size: int, most: int, rooms: int, adults: int
) -> None:
    roster = many(number, size)
    staff = [f"t{one}" for one in range(adults)]
    found = grouped(roster, "elm", roster.pupils, Sizes(most, 2, ()), rooms=rooms, adults=staff)
    seated = [pupil for group in found.groups for pupil in group.pupils]
    leaders = [one for group in found.groups for one in group.adults]
    assert sorted([*seated, *found.without]) == sorted(roster.pupils)
    assert len(leaders) == len(set(leaders)) == 2 * len(found.groups)
    assert len(found.groups) <= rooms
    assert all(0 < len(group.pupils) <= most for group in found.groups)
    if size <= most:
        for home in roster.households.values():
            assert sum(bool(set(home.pupils) & set(group.pupils)) for group in found.groups) <= 1
