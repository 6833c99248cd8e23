"""Faults: the findings of one reading, gathered as they are met and told briefly where they are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from schoolday.ground.finding import Finding, Spot, Status

MOST_ALIKE = 200
"""Faults of one kind in one column that are named one by one; the rest are counted."""


class Faults:
    """The findings of one reading, in the order in which they are met; `kind` begins each one's code."""

    def __init__(self, kind: str = "roster") -> None:
        self.kind = kind
        self._found: list[Finding] = []
        self._alike: Counter[tuple[str, str, str]] = Counter()
        self._unused: frozenset[str] = frozenset()

    def unused(self, files: Iterable[str]) -> None:
        """Name the files that schoolday doesn't need: their faults are advice and refuse nothing."""
        self._unused = frozenset(files)

    def add(
        self,
        code: str,
        said: str,
        file: str,
        row: int = 0,
        column: str = "",
        *,
        mend: str = "",
        status: Status = Status.BROKEN,
    ) -> None:
        """Add a finding at a place in a file; a long column of the same fault is cut and counted."""
        key = (code, file, column)
        self._alike[key] += 1
        if self._alike[key] > MOST_ALIKE:
            return
        if file in self._unused and status is Status.BROKEN:
            status = Status.ADVICE
        spot = Spot(file, row, column)
        self._found.append(Finding(f"{self.kind}.{code}", said, status, spot=spot, mend=mend))

    def all(self) -> tuple[Finding, ...]:
        """Return every finding, and for each kind that was cut how many more there are."""
        return (*self._found, *self._more())

    def _more(self) -> Iterable[Finding]:
        kinds = {(f.code, f.spot.file, f.spot.column): f for f in self._found if f.spot is not None}
        for (code, file, column), number in self._alike.items():
            if number <= MOST_ALIKE:
                continue
            first = kinds[f"{self.kind}.{code}", file, column]
            said = f"{number - MOST_ALIKE:,} more faults of the same kind are not listed"
            spot = Spot(file, 0, column)
            more = float(number - MOST_ALIKE)
            yield Finding(
                first.code, said, first.status, value=more, unit="faults", spot=spot, mend=first.mend
            )
