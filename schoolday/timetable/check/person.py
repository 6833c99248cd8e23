"""One person's day in minutes: what overlaps, how long is unbroken, whether lunch and preparation fit.

Plain arithmetic over spans for the checks of weeks and of dates. Nothing here is shared with the solver.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schoolday.ground.spans import Span

MIDNIGHT = 24 * 60


def overlaps(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the places in `spans` of each two that share a minute."""
    order = sorted(range(len(spans)), key=lambda i: (spans[i].start, spans[i].end, i))
    for at, i in enumerate(order):
        for j in order[at + 1 :]:
            if spans[j].start >= spans[i].end:
                break
            yield i, j


def longest_unbroken(spans: Sequence[Span], least_break: int) -> tuple[int, Span | None]:
    """Return the minutes of the longest unbroken stretch, and when it lasts.

    Two meetings are unbroken where less than `least_break` minutes lie between them; a pause too
    short to be a break is part of the stretch.
    """
    best: Span | None = None
    start, end = 0, -MIDNIGHT
    for span in sorted(spans):
        if span.start - end >= max(least_break, 1):
            start = span.start
        end = max(end, span.end) if end > start else span.end
        if best is None or end - start > best.minutes:
            best = Span(start, end)
    return (best.minutes, best) if best else (0, None)


def free(busy: Sequence[Span], within: Span) -> list[Span]:
    """Return the stretches of `within` in which nothing lies, in order."""
    found, at = [], within.start
    for span in sorted(busy):
        if min(span.start, within.end) > at:
            found.append(Span(at, min(span.start, within.end)))
        at = max(at, span.end)
    if at < within.end:
        found.append(Span(at, within.end))
    return found


def longest_free(busy: Sequence[Span], within: Span | None) -> int:
    """Return how many minutes the longest free stretch of `within` has."""
    return max((span.minutes for span in free(busy, within)), default=0) if within else 0


def lunches(busy: Sequence[Span], within: Span, minutes: int) -> Iterator[Span]:
    """Yield the places for a lunch that leave the most room beside it: each free stretch's two ends."""
    for span in free(busy, within):
        if span.minutes >= minutes:
            yield Span(span.start, span.start + minutes)
            if span.minutes > minutes:
                yield Span(span.end - minutes, span.end)


def preparation_left(busy: Sequence[Span], window: Span, lunch: Span | None, lunch_minutes: int) -> int:
    """Return the longest free stretch of the window, once lunch is laid where it harms least.

    Where no lunch is asked for, or none fits (which is a fault of its own), nothing is set aside.
    """
    places = list(lunches(busy, lunch, lunch_minutes)) if lunch and lunch_minutes else []
    if not places:
        return longest_free(busy, window)
    return max(longest_free([*busy, place], window) for place in places)
