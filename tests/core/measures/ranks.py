"""The rank of exact numbers, by which tests say what can be had from what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def rank_of(rows: Sequence[Sequence[Fraction]]) -> int:
    """Exact elimination: another way than the one under test."""
    left, rank = [list(row) for row in rows], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[rank:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(rank, pivot)
        for place in range(rank + 1, len(left)):
            factor = left[place][column] / pivot[column]
            left[place] = [one - factor * other for one, other in zip(left[place], pivot, strict=True)]
        rank += 1
    return rank
