"""The moves: what a place would cost a meeting and whom it would push out; put in, take out.

Plain Python over arrays, compiled by numba; run uncompiled (NUMBA_DISABLE_JIT=1) it gives the same
timetable, only slowly. No rule is known here: the tables know them. The innermost loops take their arrays
one by one, since handing the whole state to a function costs more than what it does there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.pack import Ints, Pack
from schoolday.timetable.solve.state import MOST_OUT, State

Small = NDArray[np.int32]
Bytes = NDArray[np.uint8]


@compiled
def open_to(k: Pack, m: int, c: int) -> bool:
    """Whether place c lies in the domain of meeting m."""
    if k.daily[m]:
        return bool(c < k.slots and k.domain[m, k.day[k.day_at[m]]] >> c & 1)
    return bool(k.domain[m, c // k.slots] >> (c % k.slots) & 1)


@compiled
def weigh(k: Pack, s: State, m: int, soft: bool, most: int) -> None:
    """For every place of meeting m, note its soft cost and the meetings in its way, up to `most`.

    A place where a daily rule or a full room may be in the way as well is only marked (`trouble`);
    `settle` looks closely where it matters.
    """
    a = k.act[m]
    s.value[:] = 0.0
    s.out_many[:] = 0
    s.trouble[:] = 0
    crowd = k.roster[k.roster_at[a] : k.roster_at[a + 1]]
    for at in range(k.day_at[m], k.day_at[m + 1]):
        d = k.day[at]
        shift = 0 if k.daily[m] else d * k.slots
        if s.on_day[a, d] >= 0:
            for slot in range(k.slots):
                push(s.out, s.out_many, shift + slot, s.on_day[a, d])
        if soft and s.distinct[a] > 0:
            for slot in range(k.slots):
                if s.starts[a, slot] == 0:
                    s.value[shift + slot] += k.costs[2]
        _look(
            crowd, d, shift, k.slots, k.length[a], k.domain[m, d], most, soft,
            s.mask, s.occupant, k.row, k.ok, k.gap, k.wait, s.out, s.out_many, s.value, s.trouble,
        )  # fmt: skip
        if k.uneven[a]:
            _look_uneven(k, s, a, crowd, d, shift)
        if soft and k.kin[a]:
            _look_kin(k, s, a, crowd, d, shift)
        if soft and k.roam[a]:
            _look_roam(k, s, a, crowd, d, shift)
        if k.room[a] >= 0:
            _look_rooms(k, s, a, d, shift)


@compiled
def push(out: Small, out_many: Ints, c: int, other: int) -> None:
    """Note that place c pushes out a meeting."""
    many = out_many[c]
    if many > MOST_OUT:
        return
    for i in range(many):
        if out[c, i] == other:
            return
    out[c, many] = other
    out_many[c] = many + 1


@compiled
def _look(
    crowd: Small, d: int, shift: int, slots: int, length: int, domain: int, most: int, soft: bool,
    masks: Small, occupant: NDArray[np.int16], rows: Small, ok: Bytes, gap: Small, wait: Ints,
    out: Small, out_many: Ints, value: NDArray[np.float64], trouble: Bytes,
) -> None:  # fmt: skip
    base = (1 << length) - 1
    for p in crowd:
        mask, row = masks[p, d], rows[p, d]
        worth = wait[p] if soft else 0
        now = gap[mask]
        for slot in range(slots - length + 1):
            c = shift + slot
            if domain >> slot & 1 == 0 or out_many[c] > most:
                continue
            bits = base << slot
            if mask & bits:
                for t in range(d * slots + slot, d * slots + slot + length):
                    if occupant[p, t] >= 0:
                        push(out, out_many, c, occupant[p, t])
            new = mask | bits
            if not ok[row, new]:
                trouble[c] = 1
            if worth:
                value[c] += worth * (gap[new] - now)


@compiled
def _look_uneven(k: Pack, s: State, a: int, crowd: Small, d: int, shift: int) -> None:
    base = (1 << k.length[a]) - 1
    for p in crowd:
        if not k.even[p]:
            for slot in range(k.slots - k.length[a] + 1):
                if not holds(k, s, a, p, d, base << slot):
                    s.trouble[shift + slot] = 1


@compiled
def _look_kin(k: Pack, s: State, a: int, crowd: Small, d: int, shift: int) -> None:
    base = (1 << k.length[a]) - 1
    for p in crowd:
        away = k.costs[0] * k.weight[p]
        for slot in range(k.slots - k.length[a] + 1):
            s.value[shift + slot] += away * k.ones[base << slot & k.away[p, d]]
        for i in range(k.pair_at[p], k.pair_at[p + 1]):
            other, worth = s.mask[k.pair[i], d], k.costs[0] * k.pair_weight[i]
            for slot in range(k.slots - k.length[a] + 1):
                s.value[shift + slot] += worth * k.ones[base << slot & other]


@compiled
def _look_roam(k: Pack, s: State, a: int, crowd: Small, d: int, shift: int) -> None:
    base = (1 << k.length[a]) - 1
    for p in crowd:
        if k.roams[p] and k.weight[p]:
            now = roaming(k, s, p, d, 0, 0)
            for slot in range(k.slots - k.length[a] + 1):
                s.value[shift + slot] += roaming(k, s, p, d, base << slot, k.place[a]) - now


@compiled
def _look_rooms(k: Pack, s: State, a: int, d: int, shift: int) -> None:
    kind = k.room[a]
    for slot in range(k.slots - k.length[a] + 1):
        for t in range(slot, slot + k.length[a]):
            if s.in_room_many[kind, d * k.slots + t] >= k.rooms[kind]:
                s.trouble[shift + slot] = 1


@compiled
def holds(k: Pack, s: State, a: int, p: int, d: int, bits: int) -> bool:
    """Whether an uneven person's day holds with activity a in `bits` beside all it has now."""
    row = k.row[p, d]
    tight = s.tight[p, d] | tight_bits(k.length[a] * k.pitch - k.minutes[a], k.least_break[row], bits)
    joined = tight & ((s.mask[p, d] | bits) >> 1)
    return bool(k.run[row, joined] != 0 and s.live[p, d] + k.minutes[a] <= k.most[row])


@compiled
def tight_bits(slack: int, least_break: int, bits: int) -> int:
    """Return the slots of a meeting after which no break follows; `slack` is what it leaves of its last."""
    return bits if slack < least_break else bits & (bits >> 1)


@compiled
def roaming(k: Pack, s: State, p: int, d: int, bits: int, place: int) -> int:
    """Return the cost of a bundle's changes of place on a day, with one more meeting in `bits`."""
    last, changes = -1, 0
    for slot in range(k.slots):
        here = -1
        if bits >> slot & 1:
            here = place
        elif s.occupant[p, d * k.slots + slot] >= 0:
            here = k.place[k.act[s.occupant[p, d * k.slots + slot]]]
        if here >= 0:
            changes += 1 if last >= 0 and here != last else 0
            last = here
    return int(k.costs[3] * k.weight[p] * changes)


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
def leaves(out: Small, out_many: Ints, c: int, other: int) -> bool:
    """Whether a meeting is among those that place c pushes out."""
    for i in range(min(out_many[c], MOST_OUT)):  # noqa: SIM110 - numba cannot compile any()
        if out[c, i] == other:
            return True
    return False


@compiled
def _settle_rooms(k: Pack, s: State, a: int, c: int, d: int, slot: int, factor: float, left: float) -> float:
    kind = k.room[a]
    for t in range(d * k.slots + slot, d * k.slots + slot + k.length[a]):
        stay, cheapest = 0, -1
        for i in range(s.in_room_many[kind, t]):
            other = s.in_room[kind, t, i]
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
    while not _lawful_without(k, s, a, c, p, d, bits, -1):
        cheapest, mends, last = -1, False, -1
        for t in range(d * k.slots, d * k.slots + k.slots):
            other = s.occupant[p, t]
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
        other = s.occupant[p, d * k.slots + slot]
        if mask >> slot & 1 and other != last:
            live += k.minutes[k.act[other]]
            last = other
    return bool(k.run[row, joined] != 0 and live <= k.most[row])


@compiled
def _staying(
    occupant: NDArray[np.int16], out: Small, out_many: Ints, c: int, p: int, at: int, slots: int, without: int
) -> int:
    mask = 0
    for slot in range(slots):
        other = occupant[p, at + slot]
        if other >= 0 and other != without and not leaves(out, out_many, c, other):
            mask |= 1 << slot
    return mask


@compiled
def put(k: Pack, s: State, m: int, c: int) -> None:
    """Lay a meeting at a free place, and add what that costs."""
    a = k.act[m]
    slot = c if k.daily[m] else c % k.slots
    bits = ((1 << k.length[a]) - 1) << slot
    for at in range(k.day_at[m], k.day_at[m + 1]):
        d = k.day[at]
        if k.daily[m] or d == c // k.slots:
            s.total[0] += _day_cost(k, s, a, d, bits)
            _mark(k, s, m, d, slot, bits, m)
            if s.starts[a, slot] == 0:
                s.total[0] += k.costs[2] if s.distinct[a] > 0 else 0
                s.distinct[a] += 1
            s.starts[a, slot] += 1
    s.at[m] = c


@compiled
def take(k: Pack, s: State, m: int) -> None:
    """Take a meeting out, and take off what it cost."""
    a, c = k.act[m], s.at[m]
    slot = c if k.daily[m] else c % k.slots
    bits = ((1 << k.length[a]) - 1) << slot
    for at in range(k.day_at[m], k.day_at[m + 1]):
        d = k.day[at]
        if k.daily[m] or d == c // k.slots:
            _mark(k, s, m, d, slot, bits, -1)
            s.total[0] -= _day_cost(k, s, a, d, bits)
            s.starts[a, slot] -= 1
            if s.starts[a, slot] == 0:
                s.distinct[a] -= 1
                s.total[0] -= k.costs[2] if s.distinct[a] > 0 else 0
    s.at[m] = -1


@compiled
def _day_cost(k: Pack, s: State, a: int, d: int, bits: int) -> int:
    """Return what an activity's meeting in free slots of a day adds for its pupils."""
    crowd = k.roster[k.roster_at[a] : k.roster_at[a + 1]]
    cost = _wait_cost(crowd, d, bits, s.mask, k.gap, k.wait)
    if k.kin[a]:
        cost += k.costs[0] * _kin_cost(
            crowd, d, bits, s.mask, k.away, k.weight, k.ones, k.pair_at, k.pair, k.pair_weight
        )
    if k.roam[a]:
        for p in crowd:
            if k.roams[p] and k.weight[p]:
                cost += roaming(k, s, p, d, bits, k.place[a]) - roaming(k, s, p, d, 0, 0)
    return cost


@compiled
def _wait_cost(crowd: Small, d: int, bits: int, masks: Small, gap: Small, wait: Ints) -> int:
    cost = 0
    for p in crowd:
        mask = masks[p, d]
        cost += wait[p] * (gap[mask | bits] - gap[mask])
    return cost


@compiled
def _kin_cost(
    crowd: Small, d: int, bits: int, masks: Small, away: Small, weight: Ints, ones: Small,
    pair_at: Ints, pair: Small, pair_weight: Ints,
) -> int:  # fmt: skip
    cost = 0
    for p in crowd:
        cost += weight[p] * ones[bits & away[p, d]]
        for i in range(pair_at[p], pair_at[p + 1]):
            cost += pair_weight[i] * ones[bits & masks[pair[i], d]]
    return cost


@compiled
def _mark(k: Pack, s: State, m: int, d: int, slot: int, bits: int, who: int) -> None:
    """Write a meeting into (or out of, where `who` is -1) everybody's day."""
    a = k.act[m]
    crowd = k.roster[k.roster_at[a] : k.roster_at[a + 1]]
    first = d * k.slots + slot
    _mark_people(crowd, d, first, first + k.length[a], bits, who, s.mask, s.occupant)
    s.on_day[a, d] = who
    if k.uneven[a]:
        slack, sign = k.length[a] * k.pitch - k.minutes[a], 1 if who >= 0 else -1
        for p in crowd:
            s.tight[p, d] ^= tight_bits(slack, k.least_break[k.row[p, d]], bits)
            s.live[p, d] += sign * k.minutes[a]
    if k.room[a] >= 0:
        for t in range(first, first + k.length[a]):
            _mark_room(s.in_room, s.in_room_many, k.room[a], t, m, who)


@compiled
def _mark_people(
    crowd: Small, d: int, first: int, end: int, bits: int, who: int, masks: Small, occupant: NDArray[np.int16]
) -> None:
    for p in crowd:
        masks[p, d] ^= bits
        for t in range(first, end):
            occupant[p, t] = who


@compiled
def _mark_room(in_room: NDArray[np.int16], in_room_many: Small, kind: int, t: int, m: int, who: int) -> None:
    many = in_room_many[kind, t]
    if who >= 0:
        in_room[kind, t, many] = m
        in_room_many[kind, t] = many + 1
        return
    for i in range(many):
        if in_room[kind, t, i] == m:
            in_room[kind, t, i] = in_room[kind, t, many - 1]
    in_room_many[kind, t] = many - 1
