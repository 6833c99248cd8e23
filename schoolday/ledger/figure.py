"""Figure: a number of the record that opens to the entries and clauses it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schoolday.ledger.entry import Entry


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with where it comes from.

    Parameters
    ----------
    value
        The number; None where nothing is recorded, which is unverified and not zero.
    entries
        The ids of the entries that it is made from.
    clauses
        The ids of the clauses that it follows from.
    unknown
        The ids of those entries that would add to it and whose number nobody has said.
    """

    value: int | None
    entries: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def summed(entries: Iterable[Entry], minutes: Mapping[str, int | None]) -> Figure:
    """Return the minutes of some entries together."""
    ids = tuple(entry.id for entry in entries)
    known = [value for name in ids if (value := minutes.get(name)) is not None]
    unknown = tuple(name for name in ids if minutes.get(name) is None)
    return Figure(sum(known) if known else None, ids, unknown=unknown)


def together(*figures: Figure) -> Figure:
    """Return the sum of figures, with everything that they come from."""
    known = [one.value for one in figures if one.value is not None]
    return Figure(
        sum(known) if known else None,
        tuple(name for one in figures for name in one.entries),
        tuple(dict.fromkeys(name for one in figures for name in one.clauses)),
        tuple(name for one in figures for name in one.unknown),
    )
