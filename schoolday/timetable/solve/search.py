"""Guided ejection, for a lawful table.

It follows Nagata and Braysy (2009): the hardest meeting is laid where those it pushes out are easiest to
place again, as learnt from how often each failed.
"""

from __future__ import annotations

from schoolday.timetable.solve.cheapest import cheapest
from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.moves import lay, lift
from schoolday.timetable.solve.pack import Pack
from schoolday.timetable.solve.parts import is_free, open_to
from schoolday.timetable.solve.state import State, below, wide


@compiled
def seek(k: Pack, s: State, steps: int, stir: int) -> int:
    """Work on the meetings that lie nowhere for some steps; return how many are left.

    Every step takes the last from the stack, lays it at its cheapest place and puts those pushed out on
    the stack. Then `stir` random meetings may wander to places where they disturb nobody. The table with
    the fewest left over is kept in `s.best`.
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
        c = cheapest(k, s, m, s.top[1])
        if c < 0:
            s.price[m] += 1
            _push_under(s, m)
            continue
        many = s.out_many[c]
        _push_out(k, s, c)
        lay(k, s, m, c)
        if many:
            s.price[m] += 1
            for _ in range(stir):
                _wander(k, s)
    return int(s.top[0])


@compiled
def _push_out(k: Pack, s: State, c: int) -> None:
    """Take out the meetings in the way of a place; they may not come back to theirs for a while."""
    for i in range(s.out_many[c]):
        other = s.out[c, i]
        s.tabu[other, s.at[other]] = s.top[1] + 10 + below(s.chance, wide(30))
        lift(k, s, other)
        s.stack[s.top[0]] = other
        s.top[0] += 1


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
    lift(k, s, m)
    lay(k, s, m, c if is_free(k, s, m, c) else old)
