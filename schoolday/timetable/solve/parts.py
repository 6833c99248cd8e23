"""The small questions that every move asks: is a place open, does a day hold, who must leave.

No rule is known here: the tables know them. The innermost loops of the kernel (`weigh`, `settle`, `moves`)
take their arrays one by one, since handing the whole state to a function costs more than what it does there.
"""

from __future__ import annotations

from schoolday.timetable.solve.arrays import Ints
from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.pack import Pack
from schoolday.timetable.solve.state import MOST_OUT, State


@compiled
def open_to(k: Pack, m: int, c: int) -> bool:
    """Whether place c lies in the domain of meeting m."""
    if k.daily[m]:
        return bool(c < k.slots and k.domain[m, k.day[k.day_at[m]]] >> c & 1)
    return bool(k.domain[m, c // k.slots] >> (c % k.slots) & 1)


@compiled
def push(out: Ints, out_many: Ints, c: int, other: int) -> None:
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
def leaves(out: Ints, out_many: Ints, c: int, other: int) -> bool:
    """Whether a meeting is among those that place c pushes out."""
    for i in range(min(out_many[c], MOST_OUT)):  # noqa: SIM110 - numba cannot compile any()
        if out[c, i] == other:
            return True
    return False


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
