"""No public count of pupils is of few, and nothing that is left out can be had as a rest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schoolday.conditions.preview import Group
from schoolday.conditions.sites import Site
from schooldesk.conditions.disclosure import told

SIZES = st.lists(st.integers(0, 40), min_size=1, max_size=12)


def groups(sizes: list[int]) -> tuple[Group, ...]:
    return tuple(
        Group(Site("oak", ("oak",)), str(number + 1), size, frozenset()) for number, size in enumerate(sizes)
    )


@given(SIZES)
def test_a_count_is_of_none_or_of_ten_and_more_and_so_is_what_is_left_out(sizes: list[int]) -> None:
    every = groups(sizes)
    seen = told(every, everything=False)
    assert all(one.pupils == 0 or one.pupils >= 10 for one in seen)
    rest = [one.pupils for one in every if one not in seen]
    assert seen == () or sum(rest) == 0 or sum(rest) >= 10


@given(SIZES)
def test_a_rest_can_be_made_up_in_more_than_one_way(sizes: list[int]) -> None:
    """Of grades of one to nine, so many ones or nines would tell each."""
    every = groups(sizes)
    seen = told(every, everything=False)
    out = [one.pupils for one in every if one not in seen]
    if seen and out and all(number < 10 for number in out):
        assert sum(out) not in (len(out), 9 * len(out))


def test_planners_see_all() -> None:
    every = groups([3, 12])
    assert told(every, everything=True) == every
