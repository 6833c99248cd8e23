"""The arithmetic of one day, against the slowest way of counting: minute by minute."""

from hypothesis import given
from hypothesis import strategies as st

from schoolday.ground.spans import Span
from schoolday.timetable.check.person import longest_free, longest_unbroken, preparation_left

DAY = Span(0, 60)


def _apart(cuts: list[int]) -> list[Span]:
    ends = sorted(set(cuts))
    return [Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]


SPANS = st.lists(st.integers(0, 60), max_size=10).map(_apart)


@given(SPANS, st.integers(1, 12))
def test_the_longest_unbroken_stretch_is_the_one_counted_minute_by_minute(
    spans: list[Span], least: int
) -> None:
    best, silent = 0, 99
    start = 0
    for at in range(61):
        if any(span.start <= at < span.end for span in spans):
            start, silent = (at if silent >= least else start), 0
            best = max(best, at + 1 - start)
        else:
            silent += 1
    assert longest_unbroken(spans, least)[0] == best


@given(SPANS, st.integers(1, 30), st.integers(0, 30), st.integers(1, 30))
def test_preparation_left_is_the_best_over_every_place_of_lunch(
    spans: list[Span], minutes: int, start: int, length: int
) -> None:
    lunch = Span(start, start + length)
    places = [
        Span(at, at + minutes)
        for at in range(lunch.start, lunch.end - minutes + 1)
        if not any(span.meets(Span(at, at + minutes)) for span in spans)
    ]
    best = max((longest_free([*spans, place], DAY) for place in places), default=longest_free(spans, DAY))
    assert preparation_left(spans, DAY, lunch, minutes) == best


@given(SPANS)
def test_the_longest_free_stretch_is_the_one_counted_minute_by_minute(spans: list[Span]) -> None:
    best = run = 0
    for at in range(60):
        run = 0 if any(span.start <= at < span.end for span in spans) else run + 1
        best = max(best, run)
    assert longest_free(spans, DAY) == best
