"""The moves: what a place would cost a meeting and whom it would push out; put in, take out.

Plain Python over arrays, compiled by numba; run uncompiled (NUMBA_DISABLE_JIT=1) it gives the same
timetable, only slowly. No rule is known here: the tables know them.
"""

from __future__ import annotations

from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.pack import Pack
from schoolday.timetable.solve.state import MOST_OUT, State


@compiled
def open_to(k: Pack, m: int, c: int) -> bool:
    """Whether place c lies in the domain of meeting m."""
    if k.daily[m]:
        return c < k.slots and k.domain[m, k.day[k.day_at[m]]] >> c & 1 == 1
    return k.domain[m, c // k.slots] >> (c % k.slots) & 1 == 1


@compiled
def weigh(k: Pack, s: State, m: int, soft: bool) -> None:
    """For every place of meeting m, note its soft cost and the meetings in its way.

    A place where a daily rule or a full room may be in the way as well is only marked (`trouble`);
    `settle` looks closely where it matters.
    """
    a = k.act[m]
    for c in range(k.days * k.slots):
        s.value[c], s.out_many[c], s.trouble[c] = 0.0, 0, 0
    for at in range(k.day_at[m], k.day_at[m + 1]):
        d = k.day[at]
        shift = 0 if k.daily[m] else d * k.slots
        if s.on_day[a, d] >= 0:
            for slot in range(k.slots):
                push(s, shift + slot, s.on_day[a, d])
        if soft and s.distinct[a] > 0:
            for slot in range(k.slots):
                if s.starts[a, slot] == 0:
                    s.value[shift + slot] += k.costs[2] / (k.day_at[m + 1] - k.day_at[m] if k.daily[m] else 1)
        for r in range(k.roster_at[a], k.roster_at[a + 1]):
            _weigh_person(k, s, m, k.roster[r], d, shift, soft)
        if k.room[a] >= 0:
            _weigh_rooms(k, s, m, d, shift)


@compiled
def push(s: State, c: int, other: int) -> None:
    """Note that place c pushes out a meeting."""
    many = s.out_many[c]
    if many > MOST_OUT:
        return
    for i in range(many):
        if s.out[c, i] == other:
            return
    s.out[c, many] = other
    s.out_many[c] = many + 1


@compiled
def _weigh_person(k: Pack, s: State, m: int, p: int, d: int, shift: int, soft: bool) -> None:
    a = k.act[m]
    base, domain = (1 << k.length[a]) - 1, k.domain[m, d]
    mask, row, even = s.mask[p, d], k.row[p, d], k.even[p]
    worth = k.costs[1] * k.weight[p]
    siblings = k.pair_at[p + 1] > k.pair_at[p] or k.away[p, d] != 0
    for slot in range(k.slots):
        c = shift + slot
        if domain >> slot & 1 == 0 or s.out_many[c] > MOST_OUT:
            continue
        bits = base << slot
        new = mask | bits
        if mask & bits:
            for t in range(slot, slot + k.length[a]):
                if s.occupant[p, d * k.slots + t] >= 0:
                    push(s, c, s.occupant[p, d * k.slots + t])
        if not k.ok[row, new] or not (even or holds(k, s, m, p, d, new, bits)):
            s.trouble[c] = 1
        if soft and k.weight[p] > 0:
            s.value[c] += worth * (k.gap[new] - k.gap[mask])
            if siblings:
                s.value[c] += clashes(k, s, p, d, bits)
            if k.roams[p]:
                s.value[c] += roaming(k, s, p, d, bits, k.place[a]) - roaming(k, s, p, d, 0, 0)


@compiled
def holds(k: Pack, s: State, m: int, p: int, d: int, new: int, bits: int) -> bool:
    """Whether an uneven person's day holds with meeting m in `bits` beside all it has now."""
    row = k.row[p, d]
    a = k.act[m]
    joined = (s.tight[p, d] | tight_bits(k, a, row, bits)) & (new >> 1)
    return k.run[row, joined] != 0 and s.live[p, d] + k.minutes[a] <= k.most[row]


@compiled
def tight_bits(k: Pack, a: int, row: int, bits: int) -> int:
    """Return the slots of a meeting after which no break follows."""
    if k.length[a] * k.pitch - k.minutes[a] < k.least_break[row]:
        return bits
    return bits & (bits >> 1)


@compiled
def clashes(k: Pack, s: State, p: int, d: int, bits: int) -> int:
    """Return what it costs that siblings are live in these slots too."""
    cost = k.costs[0] * k.weight[p] * k.ones[bits & k.away[p, d]]
    for i in range(k.pair_at[p], k.pair_at[p + 1]):
        cost += k.costs[0] * k.pair_weight[i] * k.ones[bits & s.mask[k.pair[i], d]]
    return cost


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
            changes += last >= 0 and here != last
            last = here
    return k.costs[3] * k.weight[p] * changes


@compiled
def _weigh_rooms(k: Pack, s: State, m: int, d: int, shift: int) -> None:
    a = k.act[m]
    kind = k.room[a]
    for slot in range(k.slots - k.length[a] + 1):
        for t in range(slot, slot + k.length[a]):
            if s.in_room_many[kind, d * k.slots + t] >= k.rooms[kind]:
                s.trouble[shift + slot] = 1


@compiled
def settle(k: Pack, s: State, m: int, c: int) -> bool:
    """Complete the list of meetings that must leave for m to lie at c; False if that cannot be."""
    a = k.act[m]
    for at in range(k.day_at[m], k.day_at[m + 1]):
        d = k.day[at]
        if not k.daily[m] and d != c // k.slots:
            continue
        slot = c if k.daily[m] else c % k.slots
        if k.room[a] >= 0 and not _settle_rooms(k, s, m, c, d, slot):
            return False
        for r in range(k.roster_at[a], k.roster_at[a + 1]):
            p, bits = k.roster[r], ((1 << k.length[a]) - 1) << slot
            new = s.mask[p, d] | bits
            if k.ok[k.row[p, d], new] and (k.even[p] or holds(k, s, m, p, d, new, bits)):
                continue
            if not _settle_person(k, s, m, c, p, d, bits):
                return False
    return s.out_many[c] <= MOST_OUT


@compiled
def leaves(s: State, c: int, other: int) -> bool:
    """Whether a meeting is among those that place c pushes out."""
    for i in range(min(s.out_many[c], MOST_OUT)):
        if s.out[c, i] == other:
            return True
    return False


@compiled
def _settle_rooms(k: Pack, s: State, m: int, c: int, d: int, slot: int) -> bool:
    a = k.act[m]
    kind = k.room[a]
    for t in range(d * k.slots + slot, d * k.slots + slot + k.length[a]):
        stay, cheapest = 0, -1
        for i in range(s.in_room_many[kind, t]):
            other = s.in_room[kind, t, i]
            if not leaves(s, c, other):
                stay += 1
                if cheapest < 0 or s.price[other] < s.price[cheapest]:
                    cheapest = other
        if stay >= k.rooms[kind]:
            push(s, c, cheapest)
    return s.out_many[c] <= MOST_OUT


@compiled
def _settle_person(k: Pack, s: State, m: int, c: int, p: int, d: int, bits: int) -> bool:
    """Push out the cheapest meetings of a person until the day with `bits` is lawful."""
    while not _lawful_without(k, s, m, c, p, d, bits, -1):
        cheapest, mends = -1, False
        last = -1
        for t in range(d * k.slots, d * k.slots + k.slots):
            other = s.occupant[p, t]
            if other < 0 or other == last or leaves(s, c, other):
                continue
            last = other
            dear = cheapest >= 0 and s.price[other] >= s.price[cheapest]
            if mends and dear:
                continue
            mend = _lawful_without(k, s, m, c, p, d, bits, other)
            if (mend and not mends) or (mend == mends and not dear):
                cheapest, mends = other, mend
        if cheapest < 0:
            return False
        push(s, c, cheapest)
        if s.out_many[c] > MOST_OUT:
            return False
    return True


@compiled
def _lawful_without(k: Pack, s: State, m: int, c: int, p: int, d: int, bits: int, without: int) -> bool:
    """Whether a person's day holds with m in `bits`, without those leaving and one more."""
    row, a = k.row[p, d], k.act[m]
    mask, tight, live, last = bits, tight_bits(k, a, row, bits), k.minutes[a], -1
    for slot in range(k.slots):
        other = s.occupant[p, d * k.slots + slot]
        if other >= 0 and other != without and not leaves(s, c, other):
            mask |= 1 << slot
            tight |= s.tight[p, d] & (1 << slot)
            if other != last:
                live += k.minutes[k.act[other]]
            last = other
    if not k.ok[row, mask]:
        return False
    return k.even[p] != 0 or (k.run[row, tight & (mask >> 1)] != 0 and live <= k.most[row])


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
    cost = 0
    for r in range(k.roster_at[a], k.roster_at[a + 1]):
        p = k.roster[r]
        if k.weight[p] == 0:
            continue
        mask = s.mask[p, d]
        cost += k.costs[1] * k.weight[p] * (k.gap[mask | bits] - k.gap[mask])
        if k.pair_at[p + 1] > k.pair_at[p] or k.away[p, d] != 0:
            cost += clashes(k, s, p, d, bits)
        if k.roams[p]:
            cost += roaming(k, s, p, d, bits, k.place[a]) - roaming(k, s, p, d, 0, 0)
    return cost


@compiled
def _mark(k: Pack, s: State, m: int, d: int, slot: int, bits: int, who: int) -> None:
    """Write a meeting into (or out of, where `who` is -1) everybody's day."""
    a = k.act[m]
    sign = 1 if who >= 0 else -1
    for r in range(k.roster_at[a], k.roster_at[a + 1]):
        p = k.roster[r]
        s.mask[p, d] ^= bits
        for t in range(d * k.slots + slot, d * k.slots + slot + k.length[a]):
            s.occupant[p, t] = who
        if not k.even[p]:
            s.tight[p, d] ^= tight_bits(k, a, k.row[p, d], bits)
            s.live[p, d] += sign * k.minutes[a]
    s.on_day[a, d] = who
    if k.room[a] >= 0:
        for t in range(d * k.slots + slot, d * k.slots + slot + k.length[a]):
            _mark_room(s, k.room[a], t, m, who)


@compiled
def _mark_room(s: State, kind: int, t: int, m: int, who: int) -> None:
    many = s.in_room_many[kind, t]
    if who >= 0:
        s.in_room[kind, t, many] = m
        s.in_room_many[kind, t] = many + 1
        return
    for i in range(many):
        if s.in_room[kind, t, i] == m:
            s.in_room[kind, t, i] = s.in_room[kind, t, many - 1]
    s.in_room_many[kind, t] = many - 1
