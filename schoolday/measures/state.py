"""Several districts laid together, so that one run of the measures' texts answers for a whole state.

Every number of a district (its pupils, profiles, days, weeks, months, promises) is moved behind those of the
districts before it. So the texts need no word about districts, and each row can be led back to its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from schoolday.ground.errors import SchooldayError
from schoolday.measures.given import GROUPS, MeasuredYear
from schoolday.measures.limits import Limits
from schoolday.measures.portable import PORTABLE, Cells, tables
from schoolday.measures.told import ATTENDED, STATES

_COUNTED = {
    "pupil": "pupils", "profile": "profiles", "number": "days", "first_number": "days", "last_number": "days",
    "week": "weeks", "month": "months", "promise": "promises", "district": "districts",
}  # fmt: skip
"""What each column of the measures' tables numbers; any other column stays as it is."""


@dataclass(frozen=True)
class District:
    """One district of a state: its name, its year, and what the rules say in it."""

    name: str
    year: MeasuredYear
    limits: Limits

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many there are of all that is numbered."""
        year = self.year
        return {
            "pupils": len(year.pupils), "profiles": len(year.profiles), "days": len(year.days),
            "weeks": 1 + max((one.week for one in year.days), default=0),
            "months": 1 + max((one.month for one in year.days), default=0),
            "promises": len(year.promises), "districts": 1,
        }  # fmt: skip


@dataclass(frozen=True)
class State:
    """Several districts, in an order."""

    districts: Sequence[District]

    @cached_property
    def starts(self) -> Mapping[str, Sequence[int]]:
        """What the numbers of each district begin at."""
        sizes = [one.sizes for one in self.districts]
        return {
            name: [0, *accumulate(one[name] for one in sizes)][: len(sizes)]
            for name in set(_COUNTED.values())
        }

    @property
    def pupils(self) -> int:
        """How many pupils there are; who changed the district is counted in both."""
        return sum(one.sizes["pupils"] for one in self.districts)

    def tables(self) -> Iterator[tuple[str, Mapping[str, str], Iterator[Cells]]]:
        """Yield the tables that the texts join, and those that lead a row back to its district.

        Raises
        ------
        SchooldayError
            If districts are held against different limits of service minutes: the texts have one for all.
        """
        _same_amounts(self.districts)
        every = [list(tables(one.year, one.limits)) for one in self.districts]
        for place, (name, columns, _rows) in enumerate(every[0]):
            if name == "limits":
                yield name, columns, iter(self.districts[0].limits.amounts)
            else:
                yield name, columns, self._moved([some[place] for some in every])
        yield "people", {"pupil": "INTEGER", "district": "TEXT", "id": "TEXT"}, self._people()
        yield "promised", {"promise": "INTEGER", "id": "TEXT"}, self._promised()
        yield "first_days", {"week": "INTEGER", "first_day": "TEXT"}, self._first_days()
        months = {"month": "INTEGER", "own": "INTEGER"}
        yield "months", months, self._months()
        yield "classes", {"pupil": "INTEGER", "class": "INTEGER"}, self._classes()

    def _moved(self, every: Sequence[tuple[str, Mapping[str, str], object]]) -> Iterator[Cells]:
        for place, (name, columns, rows) in enumerate(every):
            moves = [self.starts[_COUNTED[one]][place] if one in _COUNTED else None for one in columns]
            for row in rows:  # type: ignore[attr-defined]
                moved = [cell if move is None else cell + move for cell, move in zip(row, moves, strict=True)]
                if name == "pupil_groups":
                    moved[2] = f"{place}:{moved[2]}"  # A school's name is another school in another district.
                yield tuple(moved)

    def _people(self) -> Iterator[Cells]:
        everybody = ((one.name, pupil.id) for one in self.districts for pupil in one.year.pupils)
        return ((number, *who) for number, who in enumerate(everybody))

    def _promised(self) -> Iterator[Cells]:
        return enumerate(promise.id for one in self.districts for promise in one.year.promises)

    def _first_days(self) -> Iterator[Cells]:
        for start, one in zip(self.starts["weeks"], self.districts, strict=True):
            first = {day.week: day.day for day in reversed(one.year.days)}
            yield from ((start + week, str(day)) for week, day in first.items())

    def _months(self) -> Iterator[Cells]:
        for start, one in zip(self.starts["months"], self.districts, strict=True):
            yield from ((start + month, month + 1) for month in range(one.sizes["months"]))

    @cached_property
    def belonging(self) -> Mapping[tuple[int, tuple[str, ...]], int]:
        """The different ways to belong to a district and its groups, each with its number."""
        found: dict[tuple[int, tuple[str, ...]], int] = {}
        for place, one in enumerate(self.districts):
            for pupil in one.year.pupils:
                found.setdefault((place, tuple(map(pupil.group, GROUPS))), len(found))
        return found

    def _classes(self) -> Iterator[Cells]:
        own = (
            (place, tuple(map(pupil.group, GROUPS)))
            for place, one in enumerate(self.districts)
            for pupil in one.year.pupils
        )
        return enumerate(self.belonging[one] for one in own)

    def district_of(self, pupil: int) -> District:
        """Return whose pupil a number is."""
        return self.districts[bisect_right(self.starts["pupils"], pupil) - 1]


def _same_amounts(districts: Sequence[District]) -> None:
    first = districts[0]
    for one in districts:
        if one.limits.amounts != first.limits.amounts:
            raise SchooldayError(
                f"{first.name} and {one.name} end under different limits of service minutes; "
                "measure their years apart"
            )


CLASSES = """
SELECT n.rate, c.class, COUNT(*) AS pupils
FROM by_pupil n JOIN classes c ON c.pupil = n.pupil GROUP BY n.rate, c.class
"""
"""Which ways to belong the pupils of each rate have: what is hidden is judged by them."""


def rows_text(name: str, source: str) -> str:
    """Return SQL for a measure's rows with district, ids, dates and words, as files tell them.

    Parameters
    ----------
    name
        The measure, one of `PORTABLE` whose rows are of pupils.
    source
        Where its rows are: a table's name, or a query in brackets.
    """
    told = [_column(name, column) for column in PORTABLE[name].columns]
    columns = ", ".join(("p.district", *(said for said, _join in told)))
    joins = " ".join(("JOIN people p ON p.pupil = m.pupil", *(join for _said, join in told if join)))
    return f"SELECT {columns} FROM {source} m {joins}"


_OWN = {
    "pupil": ("p.id AS pupil", ""),
    "promise": ("q.id AS promise", "JOIN promised q ON q.promise = m.promise"),
    "week": ("w.first_day AS week", "JOIN first_days w ON w.week = m.week"),
    "month": ("o.own AS month", "JOIN months o ON o.month = m.month"),
    "day": ("m.iso AS day", ""),
    "rate": ("m.rate", ""),
}
"""What a number of the state is in its own district, and the table that says so."""


def _column(name: str, column: str) -> tuple[str, str]:
    """Return how a measure's column is told, and what it joins for that."""
    words = {
        "attended": ATTENDED,
        "planned_state": STATES["minutes_by_day"],
        "state": STATES.get(name, ()),
    }
    if column in words:
        return _case(column, words[column]), ""
    # Engines add up in widths of their own; files have one.
    return _OWN.get(column) or (f"CAST(m.{column} AS BIGINT) AS {column}", "")


def _case(column: str, words: Sequence[str]) -> str:
    said = " ".join(f"WHEN {number} THEN '{word}'" for number, word in enumerate(words))
    return f"CASE m.{column} {said} END AS {column}"
