"""Readings: dated facts from outside, with their source; a correction is a later one of the same week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody measured of a place over some days, and when it was told.

    Parameters
    ----------
    place, measure
        Where (``ca-sacramento``, ``zip-95824``), and the measure (`schoolday.rules.measures`).
    value
        In the measure's unit, as it was published; None where it was told that nobody knows.
    first, last
        The days that the data are of: the data week.
    told
        The date on which it was told. A reading of the same place, measure and days that was told later
        corrects the earlier one, which is kept.
    source
        Who says so.
    """

    place: str
    measure: str
    value: float | None
    first: date
    last: date
    told: date
    source: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """A step that a place was moved to: when it was told, and when it took effect where that is known."""

    place: str
    step: str
    told: date
    source: str
    effective: date | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """All that was told of a place at once: the measures of one data week."""

    place: str
    told: date
    last: date
    values: Mapping[str, float | None] = field(default_factory=dict)


def weeks(readings: Iterable[Reading], place: str, *, on: date | None = None) -> tuple[Week, ...]:
    """Return the weeks of a place in the order in which they were told.

    Parameters
    ----------
    readings, place
        Readings of any places, and the place.
    on
        None takes each week as it was first told, as whoever decided then saw it. A date takes each value
        as it had been corrected by then, and leaves out what was told later.
    """
    found: dict[tuple[date, date], dict[str, list[Reading]]] = {}
    for one in sorted(readings, key=_when):
        if one.place == place and (on is None or one.told <= on):
            found.setdefault((one.first, one.last), {}).setdefault(one.measure, []).append(one)
    made = [_week(place, days[1], by_measure, on is not None) for days, by_measure in found.items()]
    return tuple(sorted(made, key=lambda week: (week.told, week.last)))


def _when(one: Reading) -> tuple[date, date, str]:
    return (one.told, one.last, one.measure)


def _week(place: str, last: date, by_measure: Mapping[str, list[Reading]], corrected: bool) -> Week:
    told = min(some[0].told for some in by_measure.values())
    place_in = -1 if corrected else 0
    return Week(place, told, last, {name: some[place_in].value for name, some in by_measure.items()})


def everywhere(name: str, places: Iterable[Iterable[Week]]) -> tuple[Week, ...]:
    """Return weeks that meet a limit only where every one of some places does: the worst of each measure.

    For a rule that asks it of every zip code. A week in which some place's value is not known, or that is
    told of some places only, has an unknown value.

    Parameters
    ----------
    name
        What the places together are called.
    places
        The weeks of each place. The worst value is the highest: no measure of which more is better.
    """
    each = [{week.last: week for week in some} for some in places]
    lasts = sorted({last for some in each for last in some})
    return tuple(_worst(name, last, [some.get(last) for some in each]) for last in lasts)


def _worst(name: str, last: date, some: list[Week | None]) -> Week:
    known = [week for week in some if week is not None]
    measures = sorted({measure for week in known for measure in week.values})
    values: dict[str, float | None] = {}
    for measure in measures:
        each = [week.values.get(measure) if week else None for week in some]
        there = [value for value in each if value is not None]
        values[measure] = max(there) if len(there) == len(each) else None
    return Week(name, max(week.told for week in known), last, values)
