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


def origin_codes(words: Iterable[str | None]) -> npt.NDArray[np.uint8]:
    """Return what each word adds to the code of a row whose origin it is."""
    return _codes(words, CODE_ORIGINS, _ORIGIN)


def kind_codes(words: Iterable[str | None]) -> npt.NDArray[np.uint8]:
    """Return what each word adds to the code of a row whose kind it is."""
    return _codes(words, CODE_KINDS, _KIND)


def _codes(words: Iterable[str | None], known: tuple[str, ...], bits: int) -> npt.NDArray[np.uint8]:
    place = {word: number << bits for number, word in enumerate(known)}
    return np.array([place.get(word or OTHER, 0) for word in words], np.uint8)


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
COUNTS = tuple(name for name in FIELDS if name not in (*TIMES, "rows"))
MOST = 32_767
"""The most of anything that a day can hold for one pupil or promise."""


class DayOfFacts(NamedTuple):
    """One day: `facts` (fields, pupils), and of each promise (owed, provided, explained, untimed)."""

    facts: npt.NDArray[np.int16]
    services: npt.NDArray[np.int16]


def _ones(origin: str, kind: str, part: int | None, known: bool) -> Iterable[str]:
    """Yield the fields that a row adds one to."""
    live = kind == "live"
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


def _field(key: Key) -> str:
    """Return the field that takes a row's minutes, nothing where none does."""
    origin, kind, part, known = key
    counts = known and kind in MINUTES and (origin == PLAN or (part == 1 and origin != ATTENDANCE))
    return (f"planned_{kind}" if origin == PLAN else kind) if counts else ""


def _adding(names: Callable[[Key], Iterable[str]], fields: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Return for each code (codes, fields) to which fields a row adds."""
    found = np.zeros((256, len(fields)), np.int64)
    for key in _KEYS:
        found[CODES[key]] = [int(name in names(key)) for name in fields]
    return found


ONES = _adding(lambda key: set(_ones(*key)), COUNTS)
"""To which counts a row of a code adds one."""
TAKEN = _adding(lambda key: {_field(key)}, TIMES)
"""To which minutes a row of a code adds its own."""


def services_of(promise: Ints, code: Ints, minutes: Ints, promises: int) -> npt.NDArray[np.int64]:
    """Return owed, provided, explained and untimed of each promise, from the rows of promises.

    Parameters
    ----------
    promise, code, minutes
        Of each row: the number of its promise, its code and its minutes, 0 where unknown.
    promises
        How many promises there are.
    """
    found = [np.bincount(promise, minutes * flag[code], promises) for flag in _SERVICE.T[:3]]
    found.append(np.bincount(promise, _SERVICE[:, 3][code], promises))
    return np.array(found).astype(np.int64)


_SERVED = ("owed", "provided", "explained", "untimed")


def _served(origin: str, part: int | None, known: bool) -> Iterable[str]:
    if origin == PLAN:
        yield "owed"
    elif origin == "service":
        yield from (("provided",) if part == 1 else ("explained",) if part == 0 else ())
        yield from (("untimed",) if part is None or (part == 1 and not known) else ())


_SERVICE = _adding(lambda key: set(_served(key[0], key[2], key[3])), _SERVED)
