"""Put a meeting in, take it out, and keep everybody's day and the cost true.

Plain Python over arrays, compiled by numba; run uncompiled (NUMBA_DISABLE_JIT=1) it gives the same
timetable, only slowly.
"""

from __future__ import annotations

from schoolday.timetable.solve.arrays import Ints, Shorts, Small
from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.pack import Pack
from schoolday.timetable.solve.parts import roaming, tight_bits
from schoolday.timetable.solve.state import State, wide


@compiled
def put(k: Pack, s: State, m: int, c: int) -> None:
    """Lay a meeting at a free place, and add what that costs."""
    s.total[0] += _cost(k, s, m, c)
    lay(k, s, m, c)


@compiled
def take(k: Pack, s: State, m: int) -> None:
    """Take a meeting out, and take off what it cost."""
    c = s.at[m]
    lift(k, s, m)
    s.total[0] -= _cost(k, s, m, c)


@compiled
def lay(k: Pack, s: State, m: int, c: int) -> None:
    """Lay a meeting at a free place; nobody counts what it costs while a lawful table is sought."""
    a = k.act[m]
    slot = c if k.daily[m] else c % k.slots
    bits = ((1 << k.length[a]) - 1) << slot
    for at in range(k.day_at[m], k.day_at[m + 1]):
        d = k.day[at]
        if k.daily[m] or d == c // k.slots:
            _mark(k, s, m, d, slot, bits, m)
            s.distinct[a] += 1 if s.starts[a, slot] == 0 else 0
            s.starts[a, slot] += 1
    s.at[m] = c


@compiled
def lift(k: Pack, s: State, m: int) -> None:
    """Take a meeting out, and leave the cost as it is."""
    a, c = k.act[m], s.at[m]
    slot = c if k.daily[m] else c % k.slots
    bits = ((1 << k.length[a]) - 1) << slot
    for at in range(k.day_at[m], k.day_at[m + 1]):
        d = k.day[at]
        if k.daily[m] or d == c // k.slots:
            _mark(k, s, m, d, slot, bits, wide(-1))
            s.starts[a, slot] -= 1
            s.distinct[a] -= 1 if s.starts[a, slot] == 0 else 0
    s.at[m] = -1


@compiled
def _cost(k: Pack, s: State, m: int, c: int) -> int:
    """Return what a meeting that lies nowhere would cost at a free place."""
    a = k.act[m]
    slot = c if k.daily[m] else c % k.slots
    bits = ((1 << k.length[a]) - 1) << slot
    cost = k.costs[2] if s.distinct[a] > 0 and s.starts[a, slot] == 0 else wide(0)
    for at in range(k.day_at[m], k.day_at[m + 1]):
        d = k.day[at]
        if k.daily[m] or d == c // k.slots:
            cost += _day_cost(k, s, a, d, bits)
            if k.knows[a] and k.before[a, d] != slot:
                cost += k.costs[4]
    return int(cost)


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
                cost += roaming(k, s, p, d, bits, k.place[a]) - roaming(k, s, p, d, wide(0), wide(0))
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
    crowd: Small, d: int, first: int, end: int, bits: int, who: int, masks: Small, occupant: Shorts
) -> None:
    for p in crowd:
        masks[p, d] ^= bits
        for t in range(first, end):
            occupant[p, t] = who


@compiled
def _mark_room(in_room: Shorts, in_room_many: Small, kind: int, t: int, m: int, who: int) -> None:
    many = in_room_many[kind, t]
    if who >= 0:
        in_room[kind, t, many] = m
        in_room_many[kind, t] = many + 1
        return
    for i in range(many):
        if in_room[kind, t, i] == m:
            in_room[kind, t, i] = in_room[kind, t, many - 1]
    in_room_many[kind, t] = many - 1
