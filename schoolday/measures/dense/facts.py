"""One day's rows into sums for each pupil, two passes over packed numbers.

Each row adds its minutes to one field and ones to several. Fields that are summed together are packed into
one number, side by side in its 53 exact bits, so that one count sums them all; where a day is too full for
that they are summed one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from schoolday.measures.given import ATTENDANCE, KINDS, ORIGINS, PLAN, TIMED

Ints: TypeAlias = npt.NDArray[np.integer]

OTHER = "other"
CODE_ORIGINS, CODE_KINDS, CODE_PARTS = (OTHER, *ORIGINS), (OTHER, *KINDS), (0, 1, None)
_KEYS = tuple(product(CODE_ORIGINS, CODE_KINDS, CODE_PARTS, (False, True)))
CODES = {
    key: CODE_ORIGINS.index(key[0]) << 5
    | CODE_KINDS.index(key[1]) << 3
    | CODE_PARTS.index(key[2]) << 1
    | int(key[3])
    for key in _KEYS
}
"""A row's code by its origin, its kind, whether the pupil took part, and whether its minutes are known."""


def code_of(origin: Ints, kind: Ints, part: Ints, minutes: Ints) -> Ints:
    """Return the rows' codes from the places in `CODE_ORIGINS` and so on; minutes unknown are -1."""
    found: Ints = (origin << 5) | (kind << 3) | (part << 1) | (minutes >= 0)
    return found


MINUTES = ("live", "independent", "in_person")
FIELDS = (
    *(f"planned_{kind}" for kind in MINUTES), "planned_rows", "live_due",
    *MINUTES, "recorded", "untimed", "evidence", "said_absent", "said_present", "live_met", "live_missed",
    "rows",
)  # fmt: skip
"""What is kept of each pupil's day, in order."""
PLACE = {name: place for place, name in enumerate(FIELDS)}
_PLANNED, _GIVEN = ("planned_rows", "live_due"), FIELDS[PLACE["recorded"] : PLACE["rows"]]
_WIDE, _NARROW = 14, 7
"""Bits of a packed sum of minutes, and of a packed count."""


class DayOfFacts(NamedTuple):
    """One day: `facts` (fields, pupils), and of each promise (owed, provided, explained, untimed)."""

    facts: npt.NDArray[np.int16]
    services: npt.NDArray[np.int16]


def tally(pupil: Ints, code: Ints, minutes: Ints, pupils: int) -> npt.NDArray[np.int16]:
    """Return one day's fields for each pupil.

    Parameters
    ----------
    pupil, code, minutes
        Of each row: the pupil's number, its number in `CODES`, and its minutes, below 0 where unknown.
    pupils
        How many pupils there are.

    Raises
    ------
    ValueError
        If a pupil's number is none of theirs, or a sum of one day is beyond what a day can hold.
    """
    if len(pupil) and not 0 <= int(pupil.min()) <= int(pupil.max()) < pupils:
        raise ValueError(f"a row is of pupil {int(pupil.max())}, and there are {pupils}")
    # Plan and record fall into two halves of one count.
    key = pupil + (_HALF * pupils)[code]
    rows = np.bincount(key, minlength=2 * pupils)
    most = int(rows.max(initial=0))
    fits = most < 2**_NARROW and most * int(minutes.max(initial=0)) < 2**_WIDE
    found = np.empty((len(FIELDS), pupils), np.int16 if fits else np.int64)
    (_packed if fits else _one_by_one)(found, key, code, minutes, pupils)
    found[PLACE["rows"]] = rows[:pupils] + rows[pupils:]
    if not fits and found.max(initial=0) > np.iinfo(np.int16).max:
        raise ValueError("the rows of one pupil's day add up to more than a day can hold")
    return found.astype(np.int16, copy=False)


def _packed(found: Ints, key: Ints, code: Ints, minutes: Ints, pupils: int) -> None:
    sums = np.bincount(key, minutes * _SHIFT[code], 2 * pupils).astype(np.int64)
    counts = np.bincount(key, _ONES[code], 2 * pupils).astype(np.int64)
    for place, kind in enumerate(MINUTES):
        part = sums >> (_WIDE * place) & (2**_WIDE - 1)
        found[PLACE[f"planned_{kind}"]], found[PLACE[kind]] = part[:pupils], part[pupils:]
    for half, names in ((counts[:pupils], _PLANNED), (counts[pupils:], _GIVEN)):
        for place, name in enumerate(names):
            found[PLACE[name]] = half >> (_NARROW * place) & (2**_NARROW - 1)


def _one_by_one(found: Ints, key: Ints, code: Ints, minutes: Ints, pupils: int) -> None:
    for place, kind in enumerate(MINUTES):
        part = np.bincount(key, minutes * (_SHIFT[code] == 2.0 ** (_WIDE * place)), 2 * pupils)
        found[PLACE[f"planned_{kind}"]], found[PLACE[kind]] = part[:pupils], part[pupils:]
    for start, names in ((0, _PLANNED), (pupils, _GIVEN)):
        for place, name in enumerate(names):
            one = _ONES[code].astype(np.int64) >> (_NARROW * place) & 1
            found[PLACE[name]] = np.bincount(key, one, 2 * pupils)[start : start + pupils]


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


def _bits(names: Iterable[str]) -> int:
    return sum(
        1 << (_NARROW * (_PLANNED.index(name) if name in _PLANNED else _GIVEN.index(name))) for name in names
    )


def _shift(origin: str, kind: str, part: int | None, known: bool) -> float:
    """Return by what a row's minutes are multiplied: the place of their field, or 0 where none takes them."""
    counts = known and kind in MINUTES and (origin == PLAN or (part == 1 and origin != ATTENDANCE))
    return 2.0 ** (_WIDE * MINUTES.index(kind)) if counts else 0.0


def _by_code(values: Mapping[tuple[str, str, int | None, bool], float]) -> npt.NDArray[np.float64]:
    found = np.zeros(256)
    for key, value in values.items():
        found[CODES[key]] = value
    return found


_HALF = _by_code({key: float(key[0] != PLAN) for key in _KEYS}).astype(np.int64)
_ONES = _by_code({key: float(_bits(_ones(*key))) for key in _KEYS})
_SHIFT = _by_code({key: _shift(*key) for key in _KEYS})


def services_of(promise: Ints, code: Ints, minutes: Ints, promises: int) -> npt.NDArray[np.int16]:
    """Return one day's owed, provided, explained and untimed of each promise, from the rows of promises.

    Parameters
    ----------
    promise, code, minutes
        Of each row: the number of its promise, its code and its minutes.
    promises
        How many promises there are.
    """
    known = np.maximum(minutes, 0)
    found = [np.bincount(promise, known * flag[code], promises) for flag in _SERVICE[:3]]
    found.append(np.bincount(promise, _SERVICE[3][code], promises))
    return np.array(found, np.int16)


def _service(origin: str, part: int | None, known: bool) -> tuple[bool, bool, bool, bool]:
    own = origin == "service"
    untimed = own and (part is None or (part == 1 and not known))
    return origin == PLAN, own and part == 1, own and part == 0, untimed


_SERVICE = [_by_code({key: _service(key[0], key[2], key[3])[place] for key in _KEYS}) for place in range(4)]
