"""The daily rules as tables, against the checker's plain arithmetic over spans of minutes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.ground.spans import Span
from schoolday.timetable.check.person import free, longest_free, longest_unbroken, lunches
from schoolday.timetable.problem import Grid, Limits
from schoolday.timetable.solve.tables import build, row

FIRST = 480


def spans(min_minutes: int = 30) -> st.SearchStrategy[Span]:
    starts = st.integers(460, 760).map(lambda n: n // 10 * 10)
    return st.builds(lambda a, n: Span(a, a + n), starts, st.integers(min_minutes, 400))


LIMITS = st.builds(
    Limits,
    id=st.just("x"),
    window=st.none() | spans(120),
    most_live=st.none() | st.integers(0, 300),
    longest_live=st.none() | st.integers(10, 200),
    least_break=st.sampled_from([0, 5, 10, 15, 30, 45]),
    lunch=st.none() | spans(),
    lunch_minutes=st.sampled_from([20, 30, 45]),
    preparation=st.none() | st.sampled_from([30, 45, 60]),
)


def meetings(mask: int, grid: Grid, minutes: int) -> list[Span]:
    starts = [grid.start(slot) for slot in range(grid.slots) if mask >> slot & 1]
    return [Span(start, start + minutes) for start in starts]


def plainly_lawful(limits: Limits, live: list[Span]) -> bool:
    window = limits.window
    if window is None:
        return not live
    inside = all(window.start <= one.start and one.end <= window.end for one in live)
    little = limits.most_live is None or sum(one.minutes for one in live) <= limits.most_live
    longest = longest_unbroken(live, limits.least_break)[0]
    short = limits.longest_live is None or longest <= limits.longest_live
    return inside and little and short and rests(limits, window, live)


def rests(limits: Limits, window: Span, live: list[Span]) -> bool:
    need = limits.preparation or 0
    if limits.lunch is None:
        return longest_free(live, window) >= need
    places = lunches(live, limits.lunch, limits.lunch_minutes)
    return any(need == 0 or longest_free([*live, lunch], window) >= need for lunch in places)


@settings(deadline=None, max_examples=150)
@given(LIMITS, st.integers(1, 7), st.sampled_from([15, 20, 30]), st.data())
def test_a_table_says_what_the_checkers_arithmetic_says(
    limits: Limits, slots: int, pitch: int, data: st.DataObject
) -> None:
    minutes = data.draw(st.integers(5, pitch))
    grid = Grid(FIRST, pitch, slots)
    tables = build(grid, [row(limits, minutes, True, minutes)])
    for mask in range(1 << slots):
        assert bool(tables.ok[0, mask]) == plainly_lawful(limits, meetings(mask, grid, minutes)), bin(mask)


@settings(deadline=None, max_examples=100)
@given(LIMITS, st.integers(1, 8))
def test_a_part_of_a_lawful_day_is_lawful(limits: Limits, slots: int) -> None:
    tables = build(Grid(FIRST, 30, slots), [row(limits, 30, True, 30)])
    for mask in range(1, 1 << slots):
        for slot in range(slots):
            if mask >> slot & 1 and tables.ok[0, mask]:
                assert tables.ok[0, mask ^ (1 << slot)]


@given(st.integers(0, 255))
def test_a_gap_is_a_free_slot_between_the_first_and_the_last(mask: int) -> None:
    tables = build(Grid(FIRST, 30, 8), [row(Limits("x", Span(480, 720)), 30, True, 30)])
    live = [Span(480 + 30 * slot, 510 + 30 * slot) for slot in range(8) if mask >> slot & 1]
    whole = [Span(live[0].start, live[-1].end)] if live else []
    assert tables.gap[mask] == sum(one.minutes for span in whole for one in free(live, span)) // 30
    assert tables.ones[mask] == len(live)


def test_a_preparation_is_not_laid_over_lunch() -> None:
    limits = Limits("t", Span(480, 660), lunch=Span(480, 660), lunch_minutes=30, preparation=60)
    tables = build(Grid(480, 30, 6), [row(limits, 30, True, 30)])
    assert tables.ok[0, 0b000111]
    assert not tables.ok[0, 0b001111]
    assert not tables.ok[0, 0b010101]
