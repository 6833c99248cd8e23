"""The small questions that every move asks: is a place open, does a day hold, who must leave.

No rule is known here: the tables know them. The innermost loops of the kernel (`weigh`, `settle`, `moves`)
take their arrays one by one, since handing the whole state to a function costs more than what it does there.
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
