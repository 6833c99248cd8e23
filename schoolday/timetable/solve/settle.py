"""Who else must leave, so that the rules of everybody's day hold with a meeting at one place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.pack import Ints, Pack
from schoolday.timetable.solve.parts import Bytes, Small, holds, leaves, push, tight_bits
from schoolday.timetable.solve.state import MOST_OUT, State, wide


@compiled
def settle(k: Pack, s: State, m: int, c: int, factor: float, left: float) -> float:
    """Complete the list of meetings that must leave for m to lie at c.

    Returns what is left of `left` when each has been paid for (see `fare`), below 0 where that is not enough.
    """
    a = k.act[m]
    crowd = k.roster[k.roster_at[a] : k.roster_at[a + 1]]
    for at in range(k.day_at[m], k.day_at[m + 1]):
        d = k.day[at]
        if not k.daily[m] and d != c // k.slots:
            continue
        slot = c if k.daily[m] else c % k.slots
        bits = ((1 << k.length[a]) - 1) << slot
        if k.room[a] >= 0:
            left = _settle_rooms(k, s, a, c, d, slot, factor, left)
        left = _settle_people(k, s, crowd, s.mask, k.row, k.ok, k.even, a, c, d, bits, factor, left)
        if left < 0:
            return left
    return left


@compiled
def fare(k: Pack, s: State, other: int, factor: float) -> float:
    """Return what pushing out a meeting costs: its learnt price, or where `factor` is set, that."""
    if factor > 0:
        return factor * (k.day_at[other + 1] - k.day_at[other] if k.daily[other] else 1)
    return float(s.price[other])


@compiled
def _settle_people(
    k: Pack, s: State, crowd: Small, masks: Small, rows: Small, ok: Bytes, even: Bytes,
    a: int, c: int, d: int, bits: int, factor: float, left: float,
) -> float:  # fmt: skip
    for p in crowd:
        if ok[rows[p, d], masks[p, d] | bits] and (even[p] or holds(k, s, a, p, d, bits)):
            continue
        left = _settle_person(k, s, a, c, p, d, bits, factor, left)
        if left < 0:
            break
    return left


@compiled
def _settle_rooms(k: Pack, s: State, a: int, c: int, d: int, slot: int, factor: float, left: float) -> float:
    kind = k.room[a]
    for t in range(d * k.slots + slot, d * k.slots + slot + k.length[a]):
        stay, cheapest = 0, wide(-1)
        for i in range(s.in_room_many[kind, t]):
            other = wide(s.in_room[kind, t, i])
            if not leaves(s.out, s.out_many, c, other):
                stay += 1
                if cheapest < 0 or s.price[other] < s.price[cheapest]:
                    cheapest = other
        if stay >= k.rooms[kind]:
            push(s.out, s.out_many, c, cheapest)
            left -= fare(k, s, cheapest, factor)
    return left


@compiled
def _settle_person(
    k: Pack, s: State, a: int, c: int, p: int, d: int, bits: int, factor: float, left: float
) -> float:
    """Push out the cheapest meetings of a person until the day with `bits` is lawful."""
    while not _lawful_without(k, s, a, c, p, d, bits, wide(-1)):
        cheapest, mends, last = wide(-1), False, wide(-1)
        for t in range(d * k.slots, d * k.slots + k.slots):
            other = wide(s.occupant[p, t])
            if other < 0 or other == last or leaves(s.out, s.out_many, c, other):
                continue
            last = other
            dear = cheapest >= 0 and s.price[other] >= s.price[cheapest]
            if mends and dear:
                continue
            mend = _lawful_without(k, s, a, c, p, d, bits, other)
            if (mend and not mends) or (mend == mends and not dear):
                cheapest, mends = other, mend
        if cheapest < 0 or s.out_many[c] >= MOST_OUT:
            return -1.0
        push(s.out, s.out_many, c, cheapest)
        left -= fare(k, s, cheapest, factor)
        if left < 0:
            break
    return left


@compiled
def _lawful_without(k: Pack, s: State, a: int, c: int, p: int, d: int, bits: int, without: int) -> bool:
    """Whether a person's day holds with a in `bits`, without those leaving and one more."""
    mask = _staying(s.occupant, s.out, s.out_many, c, p, d * k.slots, k.slots, without)
    row = k.row[p, d]
    if not k.ok[row, mask | bits]:
        return False
    if k.even[p]:
        return True
    tight = tight_bits(k.length[a] * k.pitch - k.minutes[a], k.least_break[row], bits)
    joined = (s.tight[p, d] & mask | tight) & ((mask | bits) >> 1)
    live, last = k.minutes[a], -1
    for slot in range(k.slots):
        other = wide(s.occupant[p, d * k.slots + slot])
        if mask >> slot & 1 and other != last:
            live += k.minutes[k.act[other]]
            last = other
    return bool(k.run[row, joined] != 0 and live <= k.most[row])


@compiled
def _staying(
    occupant: NDArray[np.int16], out: Ints, out_many: Ints, c: int, p: int, at: int, slots: int, without: int
) -> int:
    mask = 0
    for slot in range(slots):
        other = wide(occupant[p, at + slot])
        if other >= 0 and other != without and not leaves(out, out_many, c, other):
            mask |= 1 << slot
    return mask
