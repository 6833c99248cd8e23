"""What is known in the cases of what is allowed: the county of the seeds, and a campus of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from schoolday.conditions.allowed import Allowed, Openers, Outlook
from schoolday.conditions.effects import Opening
from schoolday.conditions.known import Known
from schoolday.conditions.readings import Assigned, Reading
from schoolday.conditions.sites import Happening, SchoolEvent, Site
from schoolday.files.rulebooks import load

OPENERS = Openers(load(), {"CA", "ca-scusd", "ca-scusd-demo"})
COUNTY = "county"
SITE = Site("elm", ("elm", COUNTY))
PURPLE = Assigned(COUNTY, "purple", date(2020, 8, 31), "state")
RED = Assigned(COUNTY, "red", date(2020, 9, 29), "state")
BACK = Assigned(COUNTY, "purple", date(2020, 11, 10), "state", date(2020, 11, 13))
STEPS = (PURPLE, RED, BACK)


def happened(what: Happening, day: date, *grades: str) -> SchoolEvent:
    """Return something that happened at the school."""
    return SchoolEvent("elm", what, day, "the school", grades)


def reading(
    measure: str, value: float | None, day: date, place: str = "elm", last: date | None = None
) -> Reading:
    """Return a reading of one day, or of some days, told on the first."""
    return Reading(place, measure, value, day, last or day, day, "made up")


def asked(
    day: date,
    grade: str = "3",
    *,
    steps: Sequence[Assigned] = STEPS,
    readings: Sequence[Reading] = (),
    events: Sequence[SchoolEvent] = (),
    by: date | None = None,
) -> Allowed:
    """Return what is allowed at the school on a date, with what was known by it."""
    return Outlook(OPENERS, Known(readings, steps, events, by=by or day)).allowed(SITE, grade, day)


def in_person(*args: object, **known: object) -> str:
    """Return whether classes in person are allowed."""
    return asked(*args, **known).states[Opening.IN_PERSON].value  # type: ignore[arg-type]
