"""The reasons for a day's minutes as the terminal shows them: the very ones that the day's page tells."""

from __future__ import annotations

from schoolday.day import Reason
from schoolday.ground.spans import clock
from schoolday.rules.measures import MEASURES

_CLOCK = "minute_of_day"

_MET = {"day_start": "first meeting begins", "day_end": "last meeting ends"}
"""What a page tells of the school day: its meetings, since independent work may be done at any time."""


def reason_line(reason: Reason) -> str:
    """Return a measure's value beside its limits, with the clauses that set them."""
    measure = MEASURES[reason.measure]
    if measure.unit == _CLOCK:
        said = f"{_MET.get(reason.measure, measure.noun)} at {clock(reason.value)}"
    else:
        said = f"{reason.value} {measure.noun}"
    cited = f" [{', '.join(reason.clauses)}]" if reason.clauses else ""
    return "; ".join([said, *_limits(reason)]) + cited


def _limits(reason: Reason) -> list[str]:
    """Return the limits in words; what counts as a break is its own limit."""
    if reason.measure == "least_break":
        return []
    of_clock = MEASURES[reason.measure].unit == _CLOCK
    words = ("not before", "by") if of_clock else ("at least", "at most")
    return [
        f"{word} {clock(int(limit)) if of_clock else f'{limit:g}'}"
        for word, limit in zip(words, (reason.low, reason.high), strict=True)
        if limit is not None
    ]


def reason_json(reason: Reason) -> dict[str, object]:
    """Return a reason as plain values."""
    return {
        "measure": reason.measure,
        "value": reason.value,
        "at_least": reason.low,
        "at_most": reason.high,
        "unit": MEASURES[reason.measure].unit,
        "clauses": reason.clauses,
    }
