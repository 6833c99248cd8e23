"""Verdicts by the million: numbers for them, their counts, and the first cases to be explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

import numpy as np
import numpy.typing as npt

from schoolday.measures.verdict import Found, Verdict, standing
from schoolday.measures.year.columns import Columns
from schoolday.rules.rule import Clause, Rule

CODES = tuple(Found)
"""A verdict by its number, in which columns keep it."""
NUMBER = {found: number for number, found in enumerate(CODES)}
MET, BROKEN, REACHED = NUMBER[Found.MET], NUMBER[Found.BROKEN], NUMBER[Found.REACHED]
NOT_REACHED, UNVERIFIED = NUMBER[Found.NOT_REACHED], NUMBER[Found.UNVERIFIED]
NOT_BOUND = NUMBER[Found.NOT_BOUND]
TOLD = (Found.BROKEN, Found.REACHED)
"""Verdicts of which the first cases are named."""
AT_ONCE = 4096
"""Rows worked out together: few enough to stay in the processor's cache, many enough for numpy."""
CASES = 5

Verdicts = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Case:
    """One verdict of the audit, to be explained."""

    table: str
    subject: str
    day: date
    found: Found


@dataclass
class Tally:
    """Counts verdicts and keeps the first cases."""

    counts: Counter[Found] = field(default_factory=Counter)
    cases: list[Case] = field(default_factory=list)

    def add(self, table: Columns, codes: Verdicts, first_row: int, days: Sequence[date]) -> None:
        """Count the verdicts of some rows, (rows, days), and keep the first that are told."""
        numbers = np.bincount(codes.ravel(), minlength=len(CODES))
        self.counts.update({CODES[code]: int(number) for code, number in enumerate(numbers) if number})
        if len(self.cases) < CASES:
            for row, place in np.argwhere((codes == BROKEN) | (codes == REACHED))[:CASES]:
                found = CODES[codes[row, place]]
                self.one(Case(table.name, table.subjects[first_row + row], days[place], found))

    def one(self, case: Case) -> None:
        """Keep a case, if it is among the first."""
        if len(self.cases) < CASES:
            self.cases.append(case)


def stretches(rule: Rule, days: Sequence[date]) -> Iterator[tuple[Clause | Found, slice]]:
    """Yield the clause that stands over some days in a row, or why none does, with the days' places."""

    def of(place: int) -> Clause | Found:
        found = standing(rule, days[place], frozenset())
        return found.found if isinstance(found, Verdict) else found

    for stands, places in groupby(range(len(days)), of):
        some = list(places)
        yield stands, slice(some[0], some[-1] + 1)
