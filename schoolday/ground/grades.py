"""Grades and spans of grades, from transitional kindergarten to grade 12."""

from __future__ import annotations

from functools import lru_cache

GRADES = ("TK", "K", *(str(number) for number in range(1, 13)))
"""Every grade in order."""


@lru_cache(maxsize=256)
def span(text: str) -> tuple[str, ...]:
    """Return the grades of a span such as ``"K"``, ``"1-3"`` or ``"TK-2"``.

    Raises
    ------
    ValueError
        If an end is no grade or the ends stand the wrong way round.
    """
    first, _, last = text.partition("-")
    ends = (first.strip(), (last or first).strip())
    for end in ends:
        if end not in GRADES:
            raise ValueError(f"{end!r} is not a grade; grades are {', '.join(GRADES)}")
    low, high = (GRADES.index(end) for end in ends)
    if low > high:
        raise ValueError(f"{text!r} runs backwards")
    return GRADES[low : high + 1]


def order(grade: str) -> int:
    """Return a grade's place in the order of grades (TK is 0)."""
    return GRADES.index(grade)
