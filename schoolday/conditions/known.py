"""What is known from outside by a date: a measure's value at a place, its step, what happened at a school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.conditions.ladder import Ladder
from schoolday.conditions.opening import kept
from schoolday.conditions.readings import Assigned, Reading
from schoolday.conditions.sites import Happening, SchoolEvent, Site
from schoolday.measures.verdict import Circumstances
from schoolday.rules import Rulebook
from schoolday.rules.measures import MEASURES


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a place is on its ladder on a date.

    Parameters
    ----------
    step, since
        The step whose rules are kept, and the date on which it was assigned.
    loose_since
        The date on which the strictest step was left, where the place has not been back; None while in it.
    entered
        The date from which the last stay above the strictest step was kept, over or not; None without one.
    source
        Who says so.
    """

    step: str
    since: date
    loose_since: date | None
    entered: date | None
    source: str


class Known:
    """What had been told by a date, ready to be asked.

    Parameters
    ----------
    readings, assigned, events
        Of any places and schools; what was told, or happened, after `by` is left out.
    by
        The date of the question: nothing told later is used, so that the past can be judged as it was.
    circumstances
        What is true of places.
    """

    def __init__(
        self,
        readings: Iterable[Reading],
        assigned: Iterable[Assigned],
        events: Iterable[SchoolEvent] = (),
        *,
        by: date,
        circumstances: Mapping[str, Circumstances] | None = None,
    ) -> None:
        self.by = by
        self.circumstances = circumstances or {}
        self._readings: dict[tuple[str, str], list[Reading]] = {}
        self._assigned: dict[str, list[Assigned]] = {}
        self._events: dict[str, list[SchoolEvent]] = {}
        for reading in sorted((one for one in readings if one.told <= by), key=lambda one: one.told):
            self._readings.setdefault((reading.place, reading.measure), []).append(reading)
        for given in sorted((one for one in assigned if one.told <= by), key=lambda one: one.told):
            self._assigned.setdefault(given.place, []).append(given)
        for event in sorted((one for one in events if one.day <= by), key=lambda one: one.day):
            self._events.setdefault(event.school, []).append(event)
        self._told = {place for place, _ in self._readings} | self._assigned.keys()

    def reading(self, places: Sequence[str], measure: str, day: date) -> Reading | None:
        """Return the reading of a measure that counts on a date, at the nearest place that has one.

        One that holds until another is told counts from its first day on; any other on its own days alone.
        """
        holds = MEASURES[measure].holds
        for place in places:
            there = self._readings.get((place, measure), ())
            some = [one for one in there if one.first <= day and (holds or day <= one.last)]
            if some:
                return max(some, key=lambda one: (one.first if holds else one.told, one.told))
        return None

    def latest(self, places: Sequence[str], measure: str, day: date) -> Reading | None:
        """Return the newest reading that had been told by a date, whichever days it is of."""
        for place in places:
            some = [one for one in self._readings.get((place, measure), ()) if one.told <= day]
            if some:
                return max(some, key=lambda one: (one.last, one.told))
        return None

    def stay(self, ladder: Ladder, book: Rulebook, places: Sequence[str], day: date) -> Stay | None:
        """Return where the nearest place with assigned steps is on its ladder on a date; None without one.

        A step counts from the day on which it is kept, and the days in it from the one it was assigned on.
        """
        place = next((place for place in places if place in self._assigned), None)
        if place is None:
            return None
        found: Stay | None = None
        for number, one in enumerate(self._assigned[place]):
            start = kept(ladder, book, one) or one.told
            # The first step on record is kept already when the record begins.
            if number and start > day:
                continue
            if one.told <= day:
                found = _next(ladder, found, one, start)
        return found

    def likeness(self, site: Site) -> tuple[object, ...]:
        """Return what tells two sites apart: places of which something is known, and events of the school."""
        return (
            tuple(place for place in site.places if place in self._told),
            tuple(self._events.get(site.school, ())),
        )

    def days_open(self, school: str, grade: str, day: date) -> int:
        """Return how many days ago a school opened in person for a grade; 0 where it is not open."""
        opened: date | None = None
        for one in self._events.get(school, ()):
            if one.day <= day and one.concerns(grade):
                if one.what is Happening.OPENED:
                    opened = opened or one.day
                elif one.what is Happening.CLOSED:
                    opened = None
        return (day - opened).days if opened else 0

    def event(self, what: Happening, school: str, grade: str, day: date) -> SchoolEvent | None:
        """Return the last event of a kind at a school by a date that is about a grade."""
        some = [
            one
            for one in self._events.get(school, ())
            if one.what is what and one.day <= day and one.concerns(grade)
        ]
        return some[-1] if some else None


def _next(ladder: Ladder, before: Stay | None, one: Assigned, start: date) -> Stay:
    """Return where a place is after one more step."""
    if ladder.place(one.step) == 0:
        return Stay(one.step, one.told, None, before.entered if before else None, one.source)
    if before is None or before.loose_since is None:
        return Stay(one.step, one.told, one.told, start, one.source)
    return Stay(one.step, one.told, before.loose_since, before.entered, one.source)
