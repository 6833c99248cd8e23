"""The measures of one pupil's day, counted from its blocks as a reader of the page would count them."""

from __future__ import annotations

from collections.abc import Iterable

from schoolday.day.values import Block, BlockKind

SMALL = "small group"
"""What the subject of a small group of a self-contained class is called."""


def measured(blocks: Iterable[Block], *, total: int, live: int, least_break: int) -> dict[str, int]:
    """Return a pupil's measures by name, each in its unit; what the day has none of is left out.

    Parameters
    ----------
    blocks
        The blocks of the day in order of time.
    total, live
        The pupil's minutes of every kind and live; they count what has no set time, too.
    least_break
        How many minutes without a live meeting count as a break.
    """
    whole = tuple(blocks)
    met = [block for block in whole if block.kind is BlockKind.LIVE]
    there = sum(block.minutes for block in whole if block.kind is BlockKind.IN_PERSON)
    found = {"total_minutes": total, "live_minutes": live, "independent_minutes": total - live - there}
    if total:
        found["live_share"] = round(100 * live / total)
    found["live_meetings"] = len(met)
    groups = [block.minutes for block in met if block.subject.lower() == SMALL]
    if groups:
        found["group_minutes"] = sum(groups)
    if met:
        found |= {"unbroken_live": unbroken(met, least_break), "least_break": least_break}
    noon = next((block for block in whole if block.kind is BlockKind.LUNCH), None)
    if noon:
        found |= {"lunch_minutes": noon.minutes, "lunch_from": noon.start, "lunch_until": noon.end}
    if met:
        found |= {"day_start": met[0].start, "day_end": max(block.end for block in met)}
    return found


def unbroken(met: Iterable[Block], least_break: int) -> int:
    """Return the minutes of the longest live stretch; a pause under `least_break` minutes is part of it."""
    longest, start, until = 0, 0, None
    for block in met:
        if until is None or block.start - until >= max(least_break, 1):
            start, until = block.start, block.end
        until = max(until, block.end)
        longest = max(longest, until - start)
    return longest
