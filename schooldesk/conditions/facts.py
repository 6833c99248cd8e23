"""Facts from outside between the files, the core's values and the desk's rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from schoolday.conditions import Assigned, Reading
from schoolday.conditions.sites import Happening, SchoolEvent, Site
from schoolday.files.readings import Outside
from schoolday.ground.grades import span
from schooldesk.conditions.models import Fact, Kind

KEYS = {
    Kind.READING: ("subject", "name", "first", "last", "told"),
    Kind.STEP: ("subject", "told"),
    Kind.EVENT: ("subject", "name", "told"),
    Kind.SITE: ("subject",),
    Kind.PLACE: ("subject",),
}
"""What tells two facts of a kind apart; a fact with the same key as a standing one corrects it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact before it is entered, or as it stands; the fields are those of `models.Fact`."""

    kind: str
    subject: str
    name: str = ""
    value: float | None = None
    first: date | None = None
    last: date | None = None
    told: date | None = None
    effective: date | None = None
    words: str = ""
    source: str = ""

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells it from other facts."""
        return (self.kind, *(getattr(self, name) for name in KEYS[Kind(self.kind)]))

    @property
    def values(self) -> dict[str, Any]:
        """Its fields by name."""
        return asdict(self)


FIELDS = tuple(Draft.__dataclass_fields__)


def draft_of(row: Fact) -> Draft:
    """Return what a row says."""
    return Draft(**{name: getattr(row, name) for name in FIELDS})


def drafts(outside: Outside) -> Iterator[Draft]:
    """Yield what files say, a fact a row."""
    for one in outside.readings:
        yield Draft(
            Kind.READING, one.place, one.measure, one.value, one.first, one.last, one.told, source=one.source
        )
    for step in outside.assigned:
        yield Draft(
            Kind.STEP, step.place, step.step, told=step.told, effective=step.effective, source=step.source
        )
    for event in outside.events:
        grades = _span(event.grades)
        yield Draft(
            Kind.EVENT, event.school, event.what.value, told=event.day, words=grades, source=event.source
        )
    for site in outside.sites.values():
        yield Draft(Kind.SITE, site.school, words=" ".join(site.places[1:]))
    for place, true in outside.circumstances.items():
        yield Draft(Kind.PLACE, place, words=" ".join(sorted(true)))


def _span(grades: tuple[str, ...]) -> str:
    """Return grades in a row as they are written in a file."""
    if not grades:
        return ""
    return grades[0] if len(grades) == 1 else f"{grades[0]}-{grades[-1]}"


def outside_of(facts: Iterable[Draft]) -> Outside:
    """Return standing facts as the core's value."""
    by_kind: dict[str, list[Draft]] = {kind: [] for kind in Kind.values}
    for one in facts:
        by_kind[one.kind].append(one)
    return Outside(
        tuple(map(_reading, by_kind[Kind.READING])),
        tuple(map(_step, by_kind[Kind.STEP])),
        {one.subject: frozenset(one.words.split()) for one in by_kind[Kind.PLACE]},
        {one.subject: Site(one.subject, (one.subject, *one.words.split())) for one in by_kind[Kind.SITE]},
        tuple(map(_event, by_kind[Kind.EVENT])),
    )


def _reading(one: Draft) -> Reading:
    return Reading(
        one.subject, one.name, one.value, _day(one.first), _day(one.last), _day(one.told), one.source
    )


def _step(one: Draft) -> Assigned:
    return Assigned(one.subject, one.name, _day(one.told), one.source, one.effective)


def _event(one: Draft) -> SchoolEvent:
    grades = span(one.words) if one.words else ()
    return SchoolEvent(one.subject, Happening(one.name), _day(one.told), one.source, grades)


def _day(value: date | None) -> date:
    assert value is not None, "a fact of this kind is never kept without its dates"
    return value


def sites(outside: Outside, schools: Collection[str]) -> tuple[Site, ...]:
    """Return the site of each school: as it was entered, else its campus and every place that is no school.

    The desk knows its schools, so that what is known of one campus alone is never another's.
    """
    around = tuple(place for place in outside.places if place not in schools)
    return tuple(outside.sites.get(name) or Site(name, (name, *around)) for name in schools)
