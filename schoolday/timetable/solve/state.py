"""The kernel's working state of one timetable, and its chance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from schoolday.timetable.solve.arrays import Bytes, Ints, Reals, Shorts, Small
from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.pack import Pack

MOST_OUT = 12
"""A place that would push out more meetings than this is not looked at."""
MOST_LOG = 2000
"""How many moves one chain may hold."""


class State(NamedTuple):
    """Where every meeting lies, and what follows from it.

    `at[m]` is the place of meeting m: day * slots + start, or only the start where m is daily; -1 where
    it lies nowhere. `occupant[p, day * slots + slot]` is the meeting a person is in, or -1. `tight` has
    bit s where no break follows the meeting in slot s. `total` is (cost now, best cost); `top` counts the
    stack, the steps of search, the log, and the fewest meetings ever left over.
    """

    at: Ints
    best: Ints
    occupant: Shorts
    mask: Small
    tight: Small
    live: Small
    on_day: Shorts
    starts: Small
    distinct: Small
    in_room: Shorts
    in_room_many: Small
    price: Ints
    tabu: Ints
    stack: Ints
    top: Ints
    total: Ints
    value: Reals
    out_many: Ints
    trouble: Bytes
    out: Ints
    log: Ints
    chance: Ints


def fresh(k: Pack, seed: int) -> State:
    """Return an empty timetable whose chance follows from the seed alone."""
    meetings, persons, places = len(k.act), len(k.weight), k.days * k.slots
    acts, kinds = len(k.length), len(k.rooms)
    most_rooms = int(k.rooms.max(initial=0))
    words = np.random.SeedSequence(seed).generate_state(4, np.uint32).astype(np.int64)
    return State(
        at=np.full(meetings, -1, dtype=np.int64),
        best=np.full(meetings, -1, dtype=np.int64),
        occupant=np.full((persons, places), -1, dtype=np.int16),
        mask=np.zeros((persons, k.days), dtype=np.int32),
        tight=np.zeros((persons, k.days), dtype=np.int32),
        live=np.zeros((persons, k.days), dtype=np.int32),
        on_day=np.full((acts, k.days), -1, dtype=np.int16),
        starts=np.zeros((acts, k.slots), dtype=np.int32),
        distinct=np.zeros(acts, dtype=np.int32),
        in_room=np.full((kinds, places, most_rooms), -1, dtype=np.int16),
        in_room_many=np.zeros((kinds, places), dtype=np.int32),
        price=np.ones(meetings, dtype=np.int64),
        tabu=np.zeros((meetings, places), dtype=np.int64),
        stack=np.zeros(meetings, dtype=np.int64),
        top=np.zeros(4, dtype=np.int64),
        total=np.zeros(2, dtype=np.int64),
        value=np.zeros(places, dtype=np.float64),
        out_many=np.zeros(places, dtype=np.int64),
        trouble=np.zeros(places, dtype=np.uint8),
        out=np.zeros((places, MOST_OUT + 1), dtype=np.int64),
        log=np.zeros((MOST_LOG, 3), dtype=np.int64),
        chance=words | 1,
    )


@compiled
def wide(number: int) -> int:
    """Return a number as the kernel's one kind of integer.

    The compiler makes a function anew for each kind of number it is called with, constants each apart;
    numbers from narrow arrays and constants go through here, so that it is made once.
    """
    return int(np.int64(number))


@compiled
def word(chance: Ints) -> int:
    """Return the next 32 random bits (xorshift128, Marsaglia 2003), the same in every process."""
    x, w = chance[0], chance[3]
    x ^= (x << 11) & 0xFFFFFFFF
    x ^= x >> 8
    chance[0], chance[1], chance[2] = chance[1], chance[2], w
    w ^= (w >> 19) ^ x
    chance[3] = w
    return int(w)


@compiled
def below(chance: Ints, many: int) -> int:
    """Return a random number from 0 to many - 1."""
    return (word(chance) * many) >> 32


@compiled
def unit(chance: Ints) -> float:
    """Return a random number from 0 up to 1."""
    return word(chance) / 4294967296.0
