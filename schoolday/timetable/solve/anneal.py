"""Ejection chains with annealing, for a good table.

A few related meetings are taken out; each is laid where it costs least and pushes others out if it must;
the whole chain is kept, or none of it.
"""

from __future__ import annotations

import numpy as np

from schoolday.timetable.solve.arrays import Reals
from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.moves import put, take
from schoolday.timetable.solve.pack import Pack
from schoolday.timetable.solve.parts import open_to
from schoolday.timetable.solve.settle import fare, settle
from schoolday.timetable.solve.state import State, below, unit, wide
from schoolday.timetable.solve.weigh import weigh

LOGS: Reals = -np.log((np.arange(4096) + 0.5) / 4096)
"""-log(u) for evenly spread u: the annealer's dice, the same on every machine."""
FAR = 1e300
MOST_CHAIN = 4
"""How many meetings one of a chain may push out."""


@compiled
def anneal(k: Pack, s: State, logs: Reals, chains: int, hot: float, cold: float, price: float) -> int:
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
        weigh(k, s, m, wide(MOST_CHAIN))
        c = _choose(k, s, m, price)
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


@compiled
def _choose(k: Pack, s: State, m: int, price: float) -> int:
    """Return the cheapest place of a weighed meeting, or -1; equal ones by chance.

    A meeting pushed out costs `price`, times chance. Places where no daily rule is in the way go first,
    so that few of the others need a close look.
    """
    best, least = -1, FAR
    places = k.slots if k.daily[m] else k.days * k.slots
    offset = below(s.chance, places)
    for troubled in range(2):
        for i in range(places):
            c = i + offset if i + offset < places else i + offset - places
            if s.trouble[c] != troubled or s.out_many[c] > MOST_CHAIN or not open_to(k, m, c):
                continue
            if s.tabu[m, c] > s.top[1]:
                continue
            factor = price * (0.5 + unit(s.chance))
            value = s.value[c]
            for n in range(s.out_many[c]):
                value += fare(k, s, s.out[c, n], factor)
            if value < least and troubled:
                left = settle(k, s, m, c, factor, least - value)
                value = least - left if left >= 0 and s.out_many[c] <= MOST_CHAIN else FAR
            if value < least:
                best, least = c, value
    return best
