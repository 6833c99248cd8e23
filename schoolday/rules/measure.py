"""Measure: a named quantity that rules limit, and the units that it may be counted in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

UNITS: Mapping[str, str] = {
    "minutes": "Whole or broken minutes, counted over the rule's period.",
    "days": "Whole or broken days, counted over the rule's period.",
    "years": "Whole or broken years.",
    "weeks": "Whole weeks.",
    "percent": "Hundredths of the whole.",
    "meetings": "How many meetings, counted over the rule's period.",
    "count": "How many of what the measure counts.",
    "per_100000": "How many for every hundred thousand people.",
    "minute_of_day": 'A time of day, local time, written as "08:30" or as minutes since midnight.',
}
"""Every unit that a rule may use, with what it means."""

MOST: Mapping[str, float] = {
    "minutes": 100_000,
    "days": 400,
    "years": 100,
    "weeks": 60,
    "percent": 100,
    "meetings": 200,
    "count": 100_000,
    "per_100000": 100_000,
    "minute_of_day": 1440,
}
"""The largest number of each unit that can be meant; a year of school has some 65,000 minutes."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A named quantity with one definition.

    Parameters
    ----------
    name, unit
        Its name in rulebooks, and its unit (a key of `UNITS`).
    noun
        What the number counts, as it follows the number in a sentence: ``minutes of live teaching``.
    said
        The definition, in one sentence.
    per_period
        Whether a sentence about it ends in "a day" or "a week".
    planned
        Whether a plan of the day is held against it; the others are counted from records alone.
    holds
        Whether a reading of it stands until another is told: an order, until it is lifted.
    """

    name: str
    unit: str
    noun: str
    said: str
    per_period: bool = True
    planned: bool = True
    holds: bool = False
