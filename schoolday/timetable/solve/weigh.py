"""What each place would cost a meeting, and which meetings lie in its way."""

from __future__ import annotations

from schoolday.timetable.solve.arrays import Bytes, Ints, Reals, Shorts, Small
from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.pack import Pack
from schoolday.timetable.solve.parts import holds, push, roaming
from schoolday.timetable.solve.state import State, wide


@compiled
def weigh(k: Pack, s: State, m: int, most: int) -> None:
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
                push(s.out, s.out_many, shift + slot, wide(s.on_day[a, d]))
        if s.distinct[a] > 0:
            for slot in range(k.slots):
                if s.starts[a, slot] == 0:
                    s.value[shift + slot] += k.costs[2]
        if k.knows[a]:
            for slot in range(k.slots):
                if k.before[a, d] != slot:
                    s.value[shift + slot] += k.costs[4]
        if k.length[a] == 1:
            _look_single(
                crowd, d, shift, k.slots, k.domain[m, d], most,
                s.mask, s.occupant, k.row, k.more, s.out, s.out_many, s.trouble,
            )  # fmt: skip
            _look_waits(crowd, d, shift, k.slots, s.mask, k.low, k.high, k.wait, s.value)
        else:
            _look(
                crowd, d, shift, k.slots, k.length[a], k.domain[m, d], most,
                s.mask, s.occupant, k.row, k.ok, k.gap, k.wait, s.out, s.out_many, s.value, s.trouble,
            )  # fmt: skip
        if k.uneven[a]:
            _look_uneven(k, s, a, crowd, d, shift)
        if k.kin[a]:
            _look_kin(k, s, a, crowd, d, shift)
        if k.roam[a]:
            _look_roam(k, s, a, crowd, d, shift)
        if k.room[a] >= 0:
            _look_rooms(k, s, a, d, shift)


@compiled
def _look_single(
    crowd: Small, d: int, shift: int, slots: int, domain: int, most: int,
    masks: Small, occupant: Shorts, rows: Small, more: Small,
    out: Ints, out_many: Ints, trouble: Bytes,
) -> None:  # fmt: skip
    """Note the meetings and rules in the way of a meeting of one slot: most people are in no one's way."""
    for p in crowd:
        mask = masks[p, d]
        shut = domain & ~(more[rows[p, d], mask] & ~mask)
        slot = 0
        while shut:
            if shut & 1:
                c = shift + slot
                if mask >> slot & 1 == 0:
                    trouble[c] = 1
                elif out_many[c] <= most:
                    push(out, out_many, c, wide(occupant[p, d * slots + slot]))
            shut >>= 1
            slot += 1


@compiled
def _look_waits(
    crowd: Small, d: int, shift: int, slots: int, masks: Small, low: Small, high: Small, wait: Ints,
    value: Reals,
) -> None:  # fmt: skip
    """Add what each slot beside, between or before the people's other meetings makes them wait."""
    for p in crowd:
        mask, worth = masks[p, d], wait[p]
        if mask == 0 or worth == 0:
            continue
        first, last = low[mask], high[mask]
        for slot in range(first - 1):
            value[shift + slot] += worth * (first - 1 - slot)
        for slot in range(first, last):
            if mask >> slot & 1 == 0:
                value[shift + slot] -= worth
        for slot in range(last + 2, slots):
            value[shift + slot] += worth * (slot - last - 1)


@compiled
def _look(
    crowd: Small, d: int, shift: int, slots: int, length: int, domain: int, most: int,
    masks: Small, occupant: Shorts, rows: Small, ok: Bytes, gap: Small, wait: Ints,
    out: Ints, out_many: Ints, value: Reals, trouble: Bytes,
) -> None:  # fmt: skip
    base = (1 << length) - 1
    for p in crowd:
        mask, row = masks[p, d], rows[p, d]
        worth, now = wait[p], gap[mask]
        for slot in range(slots - length + 1):
            c = shift + slot
            if domain >> slot & 1 == 0 or out_many[c] > most:
                continue
            bits = base << slot
            if mask & bits:
                for t in range(d * slots + slot, d * slots + slot + length):
                    if occupant[p, t] >= 0:
                        push(out, out_many, c, wide(occupant[p, t]))
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
            now = roaming(k, s, p, d, wide(0), wide(0))
            for slot in range(k.slots - k.length[a] + 1):
                s.value[shift + slot] += roaming(k, s, p, d, base << slot, k.place[a]) - now


@compiled
def _look_rooms(k: Pack, s: State, a: int, d: int, shift: int) -> None:
    kind = k.room[a]
    for slot in range(k.slots - k.length[a] + 1):
        for t in range(slot, slot + k.length[a]):
            if s.in_room_many[kind, d * k.slots + t] >= k.rooms[kind]:
                s.trouble[shift + slot] = 1
