"""The two searches: guided ejection for a lawful table, ejection chains with annealing for a good one.

Guided ejection follows Nagata and Braysy (2009): the hardest meeting is laid where those it pushes out are
easiest to place again, as learnt from how often each failed. The annealer takes a few related meetings
out, lays each where it costs least, pushes others out if it must, and keeps the whole chain or none of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.moves import put, take
from schoolday.timetable.solve.pack import Pack
from schoolday.timetable.solve.parts import holds, open_to
from schoolday.timetable.solve.settle import fare, settle
from schoolday.timetable.solve.state import MOST_OUT, State, below, unit, wide
from schoolday.timetable.solve.weigh import weigh

LOGS: NDArray[np.float64] = -np.log((np.arange(4096) + 0.5) / 4096)
"""-log(u) for evenly spread u: the annealer's dice, the same on every machine."""
FAR = 1e300
MOST_CHAIN = 4
"""How many meetings one of a chain may push out."""


@compiled
def choose(k: Pack, s: State, m: int, price: float, most: int, now: int) -> int:
    """Return the cheapest place of a weighed meeting, or -1; equal ones by chance.

    With `price` 0 a meeting pushed out costs its own learnt price; else `price`, times chance. Places
    where no daily rule is in the way go first, so that few of the others need a close look.
    """
    best, least = -1, FAR
    places = k.slots if k.daily[m] else k.days * k.slots
    offset = below(s.chance, places)
    for troubled in range(2):
        for i in range(places):
            c = i + offset if i + offset < places else i + offset - places
            if s.trouble[c] != troubled or s.out_many[c] > most or not open_to(k, m, c):
                continue
            if s.tabu[m, c] > now:
                continue
            factor = price * (0.5 + unit(s.chance)) if price > 0 else 0.0
            value = s.value[c]
            for n in range(s.out_many[c]):
                value += fare(k, s, s.out[c, n], factor)
            if value < least and troubled:
                left = settle(k, s, m, c, factor, least - value)
                value = least - left if left >= 0 and s.out_many[c] <= most else FAR
            if value < least:
                best, least = c, value
    return best


@compiled
def seek(k: Pack, s: State, steps: int, stir: int) -> int:
    """Work on the meetings that lie nowhere for some steps; return how many are left.

    Every step takes the last from the stack, lays it at its cheapest place and puts those pushed out on
    the stack; of equally cheap places it takes a day on which its people have little yet. Then `stir`
    random meetings may wander to places where they disturb nobody. The table with the fewest left over
    is kept in `s.best`.
    """
    for _ in range(steps):
        if s.top[0] < s.top[3]:
            s.top[3] = s.top[0]
            s.best[:] = s.at
        if s.top[0] == 0:
            break
        s.top[1] += 1
        s.top[0] -= 1
        m = s.stack[s.top[0]]
        weigh(k, s, m, bool(wide(0)), wide(MOST_OUT))
        if not k.daily[m]:
            _prefer_empty_days(k, s, m)
        c = choose(k, s, m, 0.0, wide(MOST_OUT), s.top[1])
        if c < 0:
            s.price[m] += 1
            _push_under(s, m)
            continue
        many = s.out_many[c]
        if many:
            s.price[m] += 1
        for i in range(many):
            other = s.out[c, i]
            s.tabu[other, s.at[other]] = s.top[1] + 10 + below(s.chance, wide(30))
            take(k, s, other)
            s.stack[s.top[0]] = other
            s.top[0] += 1
        put(k, s, m, c)
        if many:
            for _ in range(stir):
                _wander(k, s)
    return int(s.top[0])


@compiled
def _prefer_empty_days(k: Pack, s: State, m: int) -> None:
    """Raise each place a little for every slot in which its people are live on that day already."""
    a = k.act[m]
    for at in range(k.day_at[m], k.day_at[m + 1]):
        d, live = k.day[at], 0
        for r in range(k.roster_at[a], k.roster_at[a + 1]):
            live += k.ones[s.mask[k.roster[r], d]]
        for c in range(d * k.slots, d * k.slots + k.slots):
            s.value[c] += 0.003 * live


@compiled
def _push_under(s: State, m: int) -> None:
    """Put a meeting that has no place at all now at the bottom of the stack."""
    for i in range(s.top[0], 0, -1):
        s.stack[i] = s.stack[i - 1]
    s.stack[0] = m
    s.top[0] += 1


@compiled
def _wander(k: Pack, s: State) -> None:
    m = below(s.chance, len(k.act))
    if s.at[m] < 0:
        return
    c = below(s.chance, k.slots if k.daily[m] else k.days * k.slots)
    if c == s.at[m] or not open_to(k, m, c):
        return
    old = s.at[m]
    take(k, s, m)
    put(k, s, m, c if is_free(k, s, m, c) else old)


@compiled
def is_free(k: Pack, s: State, m: int, c: int) -> bool:
    """Whether a meeting that lies nowhere may lie at c and nobody has to move."""
    a = k.act[m]
    slot = c if k.daily[m] else c % k.slots
    bits = ((1 << k.length[a]) - 1) << slot
    for at in range(k.day_at[m], k.day_at[m + 1]):
        d = k.day[at]
        if not k.daily[m] and d != c // k.slots:
            continue
        if s.on_day[a, d] >= 0:
            return False
        if k.room[a] >= 0:
            for t in range(d * k.slots + slot, d * k.slots + slot + k.length[a]):
                if s.in_room_many[k.room[a], t] >= k.rooms[k.room[a]]:
                    return False
        for r in range(k.roster_at[a], k.roster_at[a + 1]):
            p = k.roster[r]
            new = s.mask[p, d] | bits
            if s.mask[p, d] & bits or not k.ok[k.row[p, d], new]:
                return False
            if not k.even[p] and not holds(k, s, a, p, d, bits):
                return False
    return True


@compiled
def anneal(
    k: Pack, s: State, logs: NDArray[np.float64], chains: int, hot: float, cold: float, price: float
) -> int:
    """Run some chains from one temperature to another; return how many were kept.

    The state stays lawful; the best table is in `s.best`, its cost in `s.total[1]`.
    """
    kept = 0
    heat, cool = hot, (cold / hot) ** (1.0 / max(chains, 1))
    for _ in range(chains):
        before = s.total[0]
        whole = _chain(k, s, price)
        bound = heat * logs[below(s.chance, wide(4096))]
        if whole and s.total[0] - before <= bound:
            kept += 1
            if s.total[0] < s.total[1]:
                s.total[1] = s.total[0]
                s.best[:] = s.at
        else:
            _undo(k, s)
        heat *= cool
    return kept


@compiled
def _chain(k: Pack, s: State, price: float) -> bool:
    """Take related meetings out and lay them anew; False where some were left over."""
    s.top[0], s.top[2] = 0, 0
    first = below(s.chance, len(k.act))
    old = s.at[first]
    _out(k, s, first)
    for _ in range(below(s.chance, wide(4))):
        other = _related(k, s, first, old)
        if other >= 0:
            _out(k, s, other)
    s.tabu[first, old] = s.top[1] + 1
    whole = _lay_all(k, s, price)
    s.tabu[first, old] = 0
    return whole


@compiled
def _lay_all(k: Pack, s: State, price: float) -> bool:
    for step in range(25):
        if s.top[0] == 0:
            return True
        pick = below(s.chance, s.top[0]) if step < 4 else s.top[0] - 1
        m = s.stack[pick]
        s.top[0] -= 1
        s.stack[pick] = s.stack[s.top[0]]
        weigh(k, s, m, bool(wide(1)), wide(MOST_CHAIN))
        c = choose(k, s, m, price, wide(MOST_CHAIN), s.top[1])
        if c < 0 or s.top[0] + s.out_many[c] > 12:
            return False
        for i in range(s.out_many[c]):
            _out(k, s, s.out[c, i])
        put(k, s, m, c)
        _note(s, m, c, wide(1))
    return bool(s.top[0] == 0)


@compiled
def _out(k: Pack, s: State, m: int) -> None:
    _note(s, m, s.at[m], wide(0))
    take(k, s, m)
    s.stack[s.top[0]] = m
    s.top[0] += 1


@compiled
def _note(s: State, m: int, c: int, into: int) -> None:
    n = s.top[2]
    s.log[n, 0], s.log[n, 1], s.log[n, 2] = m, c, into
    s.top[2] = n + 1


@compiled
def _undo(k: Pack, s: State) -> None:
    for n in range(s.top[2] - 1, -1, -1):
        if s.log[n, 2]:
            take(k, s, s.log[n, 0])
        else:
            put(k, s, s.log[n, 0], s.log[n, 1])


@compiled
def _related(k: Pack, s: State, m: int, old: int) -> int:
    """Return a meeting that lies somewhere and shares a person or the activity with m, or -1."""
    a = k.act[m]
    if below(s.chance, wide(4)) == 0:
        other = s.on_day[a, below(s.chance, k.days)]
        if other >= 0:
            return int(other)
    if k.roster_at[a + 1] == k.roster_at[a]:
        return -1
    r = k.roster_at[a] + below(s.chance, k.roster_at[a + 1] - k.roster_at[a])
    p = k.roster[r]
    day = below(s.chance, k.days) if k.daily[m] else old // k.slots
    return int(s.occupant[p, day * k.slots + below(s.chance, k.slots)])
