"""The cheapest place for a meeting while a lawful table is sought: a free one, else with few in its way.

Nothing soft counts here. A place is looked at only until it is dearer than the cheapest so far.
"""

from __future__ import annotations

from schoolday.timetable.solve.arrays import Bytes, Ints, Reals, Shorts, Small
from schoolday.timetable.solve.compiled import compiled
from schoolday.timetable.solve.pack import Pack
from schoolday.timetable.solve.parts import holds
from schoolday.timetable.solve.settle import settle
from schoolday.timetable.solve.state import MOST_OUT, State, below, wide

DEAR = 1e9
LIVE = 0.003
"""How much dearer a day is for each slot in which its people are live already."""


@compiled
def cheapest(k: Pack, s: State, m: int, now: int) -> int:
    """Return the place where those pushed out cost least by their learnt prices, or -1; `s.out` lists them.

    Of equally cheap places it is one on a day on which its people have little yet, and then one by chance;
    on that day a free place is the earliest, so that people who share meetings are busy at the same times.
    """
    places = k.slots if k.daily[m] else k.days * k.slots
    turn = below(s.chance, places)
    s.trouble[:] = 0
    s.out_many[:] = 0
    s.value[:] = 0.0 if k.daily[m] else DEAR
    if not k.daily[m]:
        c = _free(k, s, m, now, turn)
        if c >= 0:
            return c
    _reckon(k, s, m, now, turn)
    return _least(k, s, m, places, turn)


@compiled
def _free(k: Pack, s: State, m: int, now: int, turn: int) -> int:
    """Return a place where nobody is in the way, or -1; note in `s.value` how full each day is."""
    a, best, least = k.act[m], wide(-1), DEAR
    plain = k.length[a] == 1 and not k.uneven[a] and k.room[a] < 0
    crowd = k.roster[k.roster_at[a] : k.roster_at[a + 1]]
    days = k.day_at[m + 1] - k.day_at[m]
    for i in range(days):
        d = k.day[k.day_at[m] + (i + turn // k.slots) % days]
        live, bits = _survey(crowd, d, k.domain[m, d], s.mask, k.row, k.more, k.ones)
        s.value[d * k.slots : d * k.slots + k.slots] = LIVE * live
        if plain and bits and s.on_day[a, d] < 0 and LIVE * live < least:
            for slot in range(k.slots):
                if bits >> slot & 1 and s.tabu[m, d * k.slots + slot] <= now:
                    best, least = d * k.slots + slot, LIVE * live
                    break
    return best


@compiled
def _survey(
    crowd: Small, d: int, bits: int, masks: Small, rows: Small, more: Small, ones: Small
) -> tuple[int, int]:
    """Return in how many slots people are live on a day, and where all of them may have one more."""
    live = 0
    for p in crowd:
        mask = masks[p, d]
        live += ones[mask]
        bits &= more[rows[p, d], mask] & ~mask
    return live, bits


@compiled
def _reckon(k: Pack, s: State, m: int, now: int, turn: int) -> None:
    """Note what every place costs, as far as it may be the cheapest, and list who is in its way.

    Where a daily rule or a full room may be in the way as well, the place is marked (`s.trouble`).
    """
    a, least = k.act[m], DEAR
    crowd = k.roster[k.roster_at[a] : k.roster_at[a + 1]]
    days = k.day_at[m + 1] - k.day_at[m]
    for i in range(days):
        d = k.day[k.day_at[m] + (i + turn // k.slots) % days]
        shift = 0 if k.daily[m] else d * k.slots
        starts = _open(k.domain[m, d], s.tabu, m, now, shift, k.slots)
        if k.uneven[a] or k.room[a] >= 0:
            _mark_trouble(k, s, a, crowd, d, shift, starts)
        least = _reckon_day(
            crowd, d, shift, starts, k.slots, k.length[a], turn, bool(k.daily[m]), wide(s.on_day[a, d]),
            least, s.mask, s.occupant, k.row, k.ok, s.price, s.value, s.out, s.out_many, s.trouble,
        )  # fmt: skip


@compiled
def _open(bits: int, tabu: Ints, m: int, now: int, shift: int, slots: int) -> int:
    """Return those of some slots in which a meeting may start now."""
    for slot in range(slots):
        if tabu[m, shift + slot] > now:
            bits &= ~(1 << slot)
    return bits


@compiled
def _reckon_day(
    crowd: Small, d: int, shift: int, starts: int, slots: int, length: int, turn: int, daily: bool, same: int,
    least: float, masks: Small, occupant: Shorts, rows: Small, ok: Bytes, price: Ints,
    value: Reals, out: Ints, out_many: Ints, trouble: Bytes,
) -> float:  # fmt: skip
    """Add what each place of a day costs; return the least that a whole place costs so far."""
    for i in range(slots):
        slot = (i + turn) % slots
        c, left = shift + slot, least - value[shift + slot]
        if starts >> slot & 1 == 0 or left <= 0:
            value[c] = DEAR
            continue
        if same >= 0:
            left -= _list(out, out_many, c, same, price)
        bits, first, last = ((1 << length) - 1) << slot, d * slots + slot, wide(-1)
        for p in crowd:
            mask = masks[p, d]
            if mask & bits:
                for t in range(first, first + length):
                    other = wide(occupant[p, t])
                    if other >= 0 and other != last:
                        last = other
                        left -= _list(out, out_many, c, other, price)
                if left <= 0:
                    break
            if not ok[rows[p, d], mask | bits]:
                trouble[c] = 1
        value[c] = least - left if left > 0 else DEAR
        if value[c] < least and not daily and not trouble[c]:
            least = value[c]
    return least


@compiled
def _list(out: Ints, out_many: Ints, c: int, other: int, price: Ints) -> float:
    """List a meeting in the way of a place; return its price, or 0 where it is listed already."""
    many = out_many[c]
    for i in range(many):
        if out[c, i] == other:
            return 0.0
    if many >= MOST_OUT:
        return DEAR
    out[c, many] = other
    out_many[c] = many + 1
    return float(price[other])


@compiled
def _mark_trouble(k: Pack, s: State, a: int, crowd: Small, d: int, shift: int, starts: int) -> None:
    """Mark the places where somebody's uneven day does not hold, or all rooms of the kind are taken."""
    for slot in range(k.slots):
        if starts >> slot & 1:
            bits = ((1 << k.length[a]) - 1) << slot
            for p in crowd:
                if not k.even[p] and not holds(k, s, a, p, d, bits):
                    s.trouble[shift + slot] = 1
            if k.room[a] >= 0:
                for t in range(d * k.slots + slot, d * k.slots + slot + k.length[a]):
                    if s.in_room_many[k.room[a], t] >= k.rooms[k.room[a]]:
                        s.trouble[shift + slot] = 1


@compiled
def _least(k: Pack, s: State, m: int, places: int, turn: int) -> int:
    """Return the cheapest place by what was reckoned; troubled ones get a close look where they may be."""
    best, least = wide(-1), DEAR
    for c in range(places):
        if s.value[c] < least and not s.trouble[c]:
            best, least = c, s.value[c]
    for i in range(places):
        c = (i + turn) % places
        if s.trouble[c] and s.value[c] < least:
            left = settle(k, s, m, c, 0.0, least - s.value[c])
            if left > 0:
                best, least = c, least - left
    return best
