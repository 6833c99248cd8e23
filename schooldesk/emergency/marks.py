"""What became of an emergency's rows: none is rewritten, a mark says that it was undone, sent or returned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schooldesk.emergency import models as tables

LISTED = ("contact", "offer", "batch")
"""What the clocks go by; agreements and wishes are judged apart."""


@dataclass
class State:
    """What became of a row: undone, sent to the family, returned, over, its schools closed from when."""

    undone: bool = False
    sent: bool = False
    returned: date | None = None
    over: bool = False
    shut: date | None = None
    again: date | None = None


_EFFECTS: Mapping[str, tuple[str, object]] = {
    "undone": ("undone", True),
    "restored": ("undone", False),
    "sent": ("sent", True),
    "unreturned": ("returned", None),
    "over": ("over", True),
    "opened": ("over", False),
}
_DATED = {"returned": "returned", "shut": "shut", "again": "again"}
"""Marks that tell a date, by what of a state they set; without a date they take it back."""
_AS_IT_WAS = State()


@dataclass
class States:
    """The states of an emergency's rows by kind and number."""

    found: dict[tuple[str, int], State] = field(default_factory=dict)

    def of(self, kind: str, row: int) -> State:
        """Return the state of a row."""
        return self.found.get((kind, row), _AS_IT_WAS)

    def stands(self, kind: str, row: Any) -> bool:  # noqa: ANN401 - a row of any of the tables
        """Whether neither a row nor the batch it came in was undone."""
        batch = getattr(row, "batch_id", None)
        return not self.of(kind, row.pk).undone and not (batch and self.of("batch", batch).undone)


def states(emergencies: Collection[int], kinds: Collection[str] | None = None) -> States:
    """Return what became of the rows of some emergencies: of every kind, or of those that are named."""
    found = States()
    marks = tables.Mark.objects.filter(emergency__in=list(emergencies)).order_by("pk")
    if kinds is not None:
        marks = marks.filter(kind__in=kinds)
    for kind, row, what, day in marks.values_list("kind", "row", "what", "day").iterator(chunk_size=2000):
        state = found.found.setdefault((kind, row), State())
        if what in _DATED:
            setattr(state, _DATED[what], day)
        else:
            name, value = _EFFECTS[what]
            setattr(state, name, value)
    return found


@dataclass(frozen=True)
class Line:
    """One row of a list as a page shows it: the row, whether it stands, and what became of it."""

    row: Any
    stands: bool
    state: State


def lines(kind: str, rows: Iterable[Any], known: States) -> list[Line]:
    """Return rows as a page shows them, undone ones too."""
    return [Line(row, known.stands(kind, row), known.of(kind, row.pk)) for row in rows]
