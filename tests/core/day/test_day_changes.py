"""What changed since a family last looked, and the small form that is kept to tell."""

from dataclasses import replace

import pytest
from day_sample import DAY, MAPLE, at, family
from hypothesis import given
from hypothesis import strategies as st

from schoolday.calendar.days import DayKind
from schoolday.day import (
    Block,
    BlockKind,
    ChangeKind,
    Comparer,
    HouseholdDay,
    Keeper,
    PupilDay,
    changes,
    from_json,
    to_json,
)

FIRST = MAPLE.meetings[0]


def with_first(**edit: object) -> HouseholdDay:
    return family(replace(MAPLE, meetings=(replace(FIRST, **edit), *MAPLE.meetings[1:])))


def test_nothing_changed_is_no_change() -> None:
    assert changes(family(), family()) == ()


def test_a_moved_meeting_says_from_when_to_when() -> None:
    ((given, change),) = changes(family(), with_first(span=at("08:00-08:30")))
    assert (change.kind, given, change.subject) == (ChangeKind.MOVED, "Ana", "Mathematics")
    assert (str(change.before), str(change.after)) == ("09:00-09:30", "08:00-08:30")


def test_a_shorter_meeting_says_how_long_it_was() -> None:
    ((_, change),) = changes(family(), with_first(span=at("09:00-09:15")))
    assert (change.kind, change.was, change.now) == (ChangeKind.MINUTES, 30, 15)


def test_a_new_link_is_a_change() -> None:
    ((_, change),) = changes(family(), with_first(place="https://meet.example/other"))
    assert change.kind is ChangeKind.PLACE


def test_cancelled_and_new_are_each_others_mirror() -> None:
    less = family(replace(MAPLE, meetings=MAPLE.meetings[1:]))
    ((_, gone),), ((_, back),) = changes(family(), less), changes(less, family())
    assert (gone.kind, str(gone.before), gone.after) == (ChangeKind.CANCELLED, "09:00-09:30", None)
    assert (back.kind, back.before, str(back.after)) == (ChangeKind.NEW, None, "09:00-09:30")


def test_work_on_ones_own_that_only_moves_is_no_change_but_its_minutes_are() -> None:
    work = MAPLE.work["ana"][0]
    moved = {**MAPLE.work, "ana": (replace(work, span=at("13:00-13:20")),)}
    assert changes(family(), family(replace(MAPLE, work=moved))) == ()
    longer = {**MAPLE.work, "ana": (replace(work, span=at("10:00-10:25")),)}
    ((_, change),) = changes(family(), family(replace(MAPLE, work=longer)))
    assert (change.kind, change.was, change.now) == (ChangeKind.MINUTES, 20, 25)


def test_minutes_without_a_time_that_change_are_told_too() -> None:
    ((_, change),) = changes(family(), family(replace(MAPLE, unlaid={"ana": 25})))
    assert (change.kind, change.block, change.was, change.now) == (
        ChangeKind.MINUTES,
        BlockKind.INDEPENDENT,
        15,
        25,
    )


def test_a_day_that_becomes_another_kind_of_day_is_one_change() -> None:
    closed = replace(family(), kind=DayKind.HOLIDAY, pupils=())
    assert [change.kind for _, change in changes(family(), closed)] == [ChangeKind.DAY]


def test_changes_come_in_the_order_of_children_and_of_time() -> None:
    later = (replace(FIRST, span=at("11:00-11:30")), replace(MAPLE.meetings[1], span=at("08:00-08:30")))
    found = changes(family(), family(replace(MAPLE, meetings=later)))
    assert [str(change.after) for _, change in found] == ["08:00-08:30", "11:00-11:30"]


def test_the_kept_form_is_small_and_tells_the_same_changes() -> None:
    moved = with_first(span=at("08:00-08:30"))
    kept = to_json(family())
    assert len(kept) < 1000
    assert changes(from_json(kept), moved) == changes(family(), moved)
    assert to_json(from_json(kept)) == kept


@pytest.mark.parametrize("text", ["", "{}", "[2,1,1,1,1,1]", '[1,"h","x","school","",[]]', "null"])
def test_a_text_that_is_no_kept_day_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="compose it anew"):
        from_json(text)


def _pupil(name: str, rows: list[tuple[BlockKind, int, int, str, str]]) -> PupilDay:
    blocks = tuple(
        Block(start, start + more, kind, uid, uid, uid=uid, place=link)
        for kind, start, more, uid, link in rows
    )
    alone = sum(block.minutes for block in blocks if block.kind is BlockKind.INDEPENDENT)
    return PupilDay(name, name.title(), "3", "x", blocks, 0, alone)


ROWS = st.lists(
    st.tuples(
        st.sampled_from([BlockKind.LIVE, BlockKind.INDEPENDENT, BlockKind.LUNCH]),
        st.integers(480, 900),
        st.integers(1, 60),
        st.sampled_from(["a", "b", "ç;\\"]),
        st.sampled_from(["", "https://x"]),
    ),
    max_size=6,
)
VIEWS = st.dictionaries(st.sampled_from(["ana", "luis"]), ROWS).map(
    lambda rows: HouseholdDay(
        "h", DAY, DayKind.SCHOOL, "", tuple(_pupil(name, own) for name, own in rows.items())
    )
)


@given(a=VIEWS, b=VIEWS)
def test_comparing_with_the_kept_form_is_comparing_with_the_day(a: HouseholdDay, b: HouseholdDay) -> None:
    assert changes(from_json(to_json(a)), b) == changes(a, b)
    assert changes(a, a) == ()


@given(pairs=st.lists(st.tuples(VIEWS, VIEWS), max_size=5))
def test_comparing_many_households_together_is_comparing_each_alone(
    pairs: list[tuple[HouseholdDay, HouseholdDay]],
) -> None:
    keeper, comparer = Keeper(), Comparer()
    for old, new in (*pairs, *pairs):
        kept = keeper.from_json(keeper.to_json(old))
        assert comparer.changes(kept, new) == changes(old, new)
        assert keeper.to_json(kept) == to_json(old)
