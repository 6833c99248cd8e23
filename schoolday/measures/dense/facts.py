"""What is kept of a pupil's day, and what a row adds to it by its code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from schoolday.measures.given import ATTENDANCE, KINDS, ORIGINS, PLAN, TIMED

Ints: TypeAlias = npt.NDArray[np.integer]

OTHER = "other"
CODE_ORIGINS, CODE_KINDS, CODE_PARTS = (OTHER, *ORIGINS), (OTHER, *KINDS), (0, 1, None)
Key: TypeAlias = tuple[str, str, int | None, bool]
_KEYS = tuple(product(CODE_ORIGINS, CODE_KINDS, CODE_PARTS, (False, True)))
_ORIGIN, _KIND, _PART = 5, 3, 1
CODES = {
    key: CODE_ORIGINS.index(key[0]) << _ORIGIN
    | CODE_KINDS.index(key[1]) << _KIND
    | CODE_PARTS.index(key[2]) << _PART
    | int(key[3])
    for key in _KEYS
}
"""A row's code by its origin, its kind, whether the pupil took part, and whether its minutes are known."""


def origin_codes(words: Iterable[str | None]) -> npt.NDArray[np.uint32]:
    """Return what each word adds to the code of a row whose origin it is."""
    return _codes(words, CODE_ORIGINS, _ORIGIN)


def kind_codes(words: Iterable[str | None]) -> npt.NDArray[np.uint32]:
    """Return what each word adds to the code of a row whose kind it is."""
    return _codes(words, CODE_KINDS, _KIND)


def _codes(words: Iterable[str | None], known: tuple[str, ...], bits: int) -> npt.NDArray[np.uint32]:
    place = {word: number << bits for number, word in enumerate(known)}
    return np.array([place.get(word or OTHER, 0) for word in words], np.uint32)


MINUTES = ("live", "independent", "in_person")
FIELDS = (
    *(f"planned_{kind}" for kind in MINUTES), "planned_rows", "live_due",
    *MINUTES, "recorded", "untimed", "evidence", "said_absent", "said_present", "live_met", "live_missed",
    "rows",
)  # fmt: skip
"""What is kept of each pupil's day, in order."""
PLACE = {name: place for place, name in enumerate(FIELDS)}
TIMES = (*(f"planned_{kind}" for kind in MINUTES), *MINUTES)
"""The fields that are minutes; all others are counts."""
COUNTS = tuple(name for name in FIELDS if name not in TIMES)
MOST = 32_767
"""The most minutes that one field of a day can hold."""
LANE, LANES = 12, 5
"""Counts are added five at once: so many bits of a whole number for each."""
MOST_ROWS, ROWS_LANE = 2**LANE - 1, LANE * (LANES - 1)
"""The most rows that a pupil's day can have, and where they are counted in the second number: on top."""


class DayOfFacts(NamedTuple):
    """One day: `facts` (fields, pupils), and of each promise (owed, provided, explained, untimed)."""

    facts: npt.NDArray[np.int16]
    services: npt.NDArray[np.int16]


def _ones(origin: str, kind: str, part: int | None, known: bool) -> Iterable[str]:
    """Yield the fields that a row adds one to."""
    live = kind == "live"
    yield "rows"
    if origin == PLAN:
        yield from ("planned_rows", *(("live_due",) if live else ()))
    elif origin == ATTENDANCE:
        yield from (("said_absent",) if part == 0 else ("said_present",) if part == 1 else ())
    else:
        if origin in TIMED:
            yield from ("recorded", *(("untimed",) if part is None or (part == 1 and not known) else ()))
        yield from (("evidence",) if part == 1 else ())
        if live and origin in ("joined", "service") and part is not None:
            yield "live_met" if part == 1 else "live_missed"


def _packed(key: Key, half: int) -> int:
    """Return what a row adds to the first or the second five counts, side by side in one number."""
    names = set(_ones(*key))
    own = COUNTS[half * LANES : (half + 1) * LANES]
    return sum(1 << LANE * place for place, name in enumerate(own) if name in names)


def unpacked(numbers: npt.NDArray[np.int64], place: int) -> npt.NDArray[np.int64]:
    """Return one of five counts that lie side by side in each pupil's number."""
    return numbers >> LANE * place & MOST_ROWS


def _field(key: Key) -> int:
    """Return the place in `TIMES` of the field that takes a row's minutes, one further where none does."""
    origin, kind, part, known = key
    counts = known and kind in MINUTES and (origin == PLAN or (part == 1 and origin != ATTENDANCE))
    return TIMES.index(f"planned_{kind}" if origin == PLAN else kind) if counts else len(TIMES)


def _owed(key: Key) -> int:
    """Return which minutes of a promise a row's are: owed, provided, explained, or 4 for none of them."""
    if key[0] == PLAN:
        return 0
    return {1: 1, 0: 2, None: 4}[key[2]] if key[0] == "service" else 4


def _untimed(key: Key) -> int:
    """Return 1 where a row of a promise ought to say more than it does."""
    return int(key[0] == "service" and (key[2] is None or (key[2] == 1 and not key[3])))


def _by_code(value: Callable[[Key], int]) -> npt.NDArray[np.int64]:
    found = np.zeros(256, np.int64)
    for key in _KEYS:
        found[CODES[key]] = value(key)
    return found


ONES = _by_code(lambda key: _packed(key, 0)), _by_code(lambda key: _packed(key, 1))
FIELD = _by_code(_field).astype(np.uint32)
OWED = _by_code(_owed).astype(np.uint32)
UNTIMED = _by_code(_untimed)
"""What a row adds to, by its code."""
