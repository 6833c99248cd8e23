"""The seeds' own arithmetic, as one table that a person can read."""

from __future__ import annotations

import pytest
from program_cases import DAILY, IMPOSED, LAW, OFFER, SAN_JUAN, TEMPORARY, UNION, UNION_WORK, standing

from schoolday.program import build
from schoolday.rules import Rule

BANDS = {
    "K": ("K", "homeroom"),
    "1-3": ("2", "homeroom"),
    "4-6": ("5", "homeroom"),
    "7-8": ("7", "scheduled"),
    "9-12": ("9", "scheduled"),
}
BOOKS: dict[str, tuple[Rule, ...]] = {
    "law alone": (LAW, DAILY),
    "imposed plan": (LAW, DAILY, IMPOSED),
    "union position": (LAW, DAILY, UNION),
    "union's work": (LAW, DAILY, UNION_WORK),
    "3-4 September": (LAW, DAILY, TEMPORARY),
    "first offer": (LAW, DAILY, IMPOSED, OFFER),
    "San Juan": (LAW, DAILY, SAN_JUAN),
}

# Live + independent = total minutes of one pupil, and how long the day's live meetings are.
GOLDEN = """
book            grades  live  indep  total  meetings
law alone       K         90     90    180  30 30 30
law alone       1-3      180     50    230  30 30 30 30 30 30
law alone       4-6      180     60    240  30 30 30 30 30 30
law alone       7-8      180     60    240  30 x 6
law alone       9-12     180     60    240  30 x 6
imposed plan    K         90     90    180  30 30 30
imposed plan    1-3      180     50    230  30 30 30 30 30 30
imposed plan    4-6      180     60    240  30 30 30 30 30 30
imposed plan    7-8      180     60    240  30 x 6
imposed plan    9-12     180     60    240  30 x 6
union position  K         90     90    180  30 30 30
union position  1-3      110    120    230  20 20 20 20 15 15
union position  4-6      120    120    240  20 20 20 20 20 20
union position  7-8      120    120    240  20 x 6
union position  9-12     120    120    240  20 x 6
union's work    K         90     90    180  30 30 30
union's work    1-3      110    120    230  20 20 20 20 15 15
union's work    4-6      120    120    240  20 20 20 20 20 20
union's work    7-8      120    120    240  20 x 6
union's work    9-12     120    120    240  20 x 6
3-4 September   K         75    105    180  25 25 25
3-4 September   1-3       90    140    230  15 15 15 15 15 15
3-4 September   4-6       90    150    240  15 15 15 15 15 15
3-4 September   7-8       90    150    240  15 x 6
3-4 September   9-12      90    150    240  15 x 6
first offer     K         90    162    252  30 30 30
first offer     1-3      180     72    252  30 30 30 30 30 30
first offer     4-6      180     92    272  30 30 30 30 30 30
first offer     7-8      180     98    278  30 x 6
first offer     9-12     180    115    295  30 x 6
San Juan        K         45    135    180  15 15 15
San Juan        1-3       55    175    230  20 20 15
San Juan        4-6       65    175    240  20 15 15 15
San Juan        7-8       90    150    240  15 x 6
San Juan        9-12      90    150    240  15 x 6
"""


def _row(book: str, band: str) -> str:
    grade, kind = BANDS[band]
    plan = build(standing(*BOOKS[book]), grade=grade, kind=kind)
    lengths = [line.live for line in plan.lines if line.live]
    meetings = f"{lengths[0]} x 6" if kind == "scheduled" else " ".join(map(str, lengths))
    return f"{book:<15} {band:<6} {plan.live:>5} {plan.independent:>6} {plan.total:>6}  {meetings}"


@pytest.mark.parametrize("row", GOLDEN.strip().splitlines()[1:])
def test_the_minutes_of_the_founding_documents_come_out(row: str) -> None:
    book, band = next(
        (book, band) for book in BOOKS for band in BANDS if row[:22].split() == [*book.split(), band]
    )
    assert _row(book, band) == row
