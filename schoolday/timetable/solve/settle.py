"""Who else must leave, so that the rules of everybody's day hold with a meeting at one place."""

from __future__ import annotations

from schoolday.timetable.solve.arrays import Bytes, Ints, Shorts, Small
from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.pack import Pack
from schoolday.timetable.solve.parts import holds, leaves, push, tight_bits
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
        left = _settle_people(k, s, crowd, a, c, d, bits, factor, left)
        if left < 0:
            return left
    return left


@compiled
def fare(k: Pack, s: State, other: int, factor: float) -> float:
    """Return what pushing out a meeting costs: its learnt price, or where `factor` is set, that."""
    return _fare(s.price, k.daily, k.day_at, other, factor)


@compiled
def _fare(price: Ints, daily: Bytes, day_at: Ints, other: int, factor: float) -> float:
    if factor > 0:
        return factor * (day_at[other + 1] - day_at[other] if daily[other] else 1)
    return float(price[other])


@compiled
def _settle_people(
    k: Pack, s: State, crowd: Small, a: int, c: int, d: int, bits: int, factor: float, left: float
) -> float:
    if not k.uneven[a]:
        return _settle_even(
            crowd, d, bits, c, k.slots, factor, left, s.mask, s.occupant, k.row, k.ok, s.price,
            k.daily, k.day_at, s.out, s.out_many,
        )  # fmt: skip
    for p in crowd:
        if k.ok[k.row[p, d], s.mask[p, d] | bits] and (k.even[p] or holds(k, s, a, p, d, bits)):
            continue
        left = _settle_person(k, s, a, c, p, d, bits, factor, left)
        if left < 0:
            break
    return left


@compiled
def _settle_even(
    crowd: Small, d: int, bits: int, c: int, slots: int, factor: float, left: float,
    masks: Small, occupant: Shorts, rows: Small, ok: Bytes, price: Ints, daily: Bytes, day_at: Ints,
    out: Ints, out_many: Ints,
) -> float:  # fmt: skip
    """Push out the cheapest meetings of people who fill their slots evenly, until all their days hold."""
    for p in crowd:
        row = rows[p, d]
        if ok[row, masks[p, d] | bits]:
            continue
        stay = _staying(occupant, out, out_many, c, p, d * slots, slots, wide(-1))
        while not ok[row, stay | bits]:
            own = _easiest(occupant[p, d * slots : d * slots + slots], stay, bits, ok[row], price)
            if own == 0 or out_many[c] >= MOST_OUT:
                return -1.0
            other = wide(occupant[p, d * slots + _lowest(own)])
            push(out, out_many, c, other)
            left -= _fare(price, daily, day_at, other, factor)
            if left < 0:
                return left
            stay &= ~own
    return left


@compiled
def _easiest(day: Shorts, stay: int, bits: int, ok: Bytes, price: Ints) -> int:
    """Return the slots of the cheapest meeting of a day; one without which the day holds goes first."""
    best, cheapest, mends, slot = 0, wide(-1), False, 0
    while slot < len(day):
        other, own = wide(day[slot]), 1 << slot
        slot += 1
        if not stay & own:
            continue
        while slot < len(day) and day[slot] == other:
            own |= 1 << slot
            slot += 1
        mend = ok[(stay & ~own) | bits] != 0
        if best == 0 or (mend and not mends) or (mend == mends and price[other] < price[cheapest]):
            best, cheapest, mends = own, other, mend
    return best


@compiled
def _lowest(bits: int) -> int:
    slot = 0
    while bits >> slot & 1 == 0:
        slot += 1
    return slot


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
    occupant: Shorts, out: Ints, out_many: Ints, c: int, p: int, at: int, slots: int, without: int
) -> int:
    mask = 0
    for slot in range(slots):
        other = wide(occupant[p, at + slot])
        if other >= 0 and other != without and not leaves(out, out_many, c, other):
            mask |= 1 << slot
    return mask
