"""What changed in a household's Day since the family last looked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from schoolday.day.values import Block, BlockKind, HouseholdDay, PupilDay
from schoolday.ground.spans import Span


class ChangeKind(StrEnum):
    """How something changed."""

    DAY = "day"
    MOVED = "moved"
    CANCELLED = "cancelled"
    NEW = "new"
    MINUTES = "minutes"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed in a child's day, the same for classmates; ``day`` is the household's own.

    `before` and `after` are spans for meetings and lunch, None where there is none. For work on one's
    own `was` and `now` count minutes: its suggested times may move without being called a change.
    """

    kind: ChangeKind
    block: BlockKind = BlockKind.LIVE
    title: str = ""
    subject: str = ""
    before: Span | None = None
    after: Span | None = None
    was: int = 0
    now: int = 0


class Changed(NamedTuple):
    """What changed, and the given name of the child for whom it did; no name for the whole household."""

    given: str
    change: Change


TIMED = (BlockKind.LIVE, BlockKind.IN_PERSON, BlockKind.LUNCH)
LAST = 24 * 60
"""Minutes: what has no time of its own comes after the day's last minute."""

_NOBODY = PupilDay("", "", "", "", (), 0, 0)
_DAY = Changed("", Change(ChangeKind.DAY))


def changes(old: HouseholdDay, new: HouseholdDay) -> tuple[Changed, ...]:
    """Return what changed from one composition of a household's date to a later one.

    In the order of the children on the new page, then of time; a child who is only on the old page
    comes last. Breaks and suggested times of independent work are left out: they bind nobody.
    """
    return Comparer().changes(old, new)


class Comparer:
    """Compares the Days of many households; what changed for classmates is found once.

    Everything is kept by identity, with the blocks kept so that no id is used again while we live.
    """

    def __init__(self) -> None:
        self._keys: dict[int, tuple[Block, str]] = {}
        self._pairs: dict[tuple[int, int], tuple[Block, Block, Change | None]] = {}
        self._days: dict[tuple[int, int], tuple[tuple[Block, ...], tuple[Block, ...], list[Change]]] = {}

    def changes(self, old: HouseholdDay, new: HouseholdDay) -> tuple[Changed, ...]:
        """Return what changed from one composition of a household's date to a later one."""
        if old.kind is not new.kind:
            return (_DAY,)
        before = {pupil.pupil: pupil for pupil in old.pupils}
        after = {pupil.pupil: pupil for pupil in new.pupils}
        found: list[Changed] = []
        for name in dict.fromkeys((*after, *before)):
            then, now = before.get(name, _NOBODY), after.get(name, _NOBODY)
            given = now.given or then.given
            found += [Changed(given, one) for one in self._of_day(then.blocks, now.blocks)]
            if then.unlaid != now.unlaid and name in after:
                found.append(Changed(given, _unlaid(then.unlaid, now.unlaid)))
        return tuple(found)

    def _of_day(self, old: tuple[Block, ...], new: tuple[Block, ...]) -> list[Change]:
        if old is new:
            return []
        near = self._days.get((id(old), id(new)))
        if near is None:
            rows = sorted((*self._of_timed(old, new), *_of_alone(old, new)), key=_when)
            near = self._days[id(old), id(new)] = (old, new, [change for _, _, change in rows])
        return near[2]

    def _of_timed(self, old: tuple[Block, ...], new: tuple[Block, ...]) -> Iterator[_Row]:
        before, after = self._timed(old), self._timed(new)
        for key in dict.fromkeys((*before, *after)):
            change = self._pair(before.get(key), after.get(key))
            if change:
                span = change.after or change.before
                yield span.start if span else 0, key, change

    def _timed(self, blocks: tuple[Block, ...]) -> dict[str, Block]:
        """Return blocks at set times by what they are; the same uid twice is counted up."""
        found: dict[str, Block] = {}
        for block in blocks:
            if block.kind in TIMED:
                key = self._key(block)
                while key in found:
                    key += "\x1f"
                found[key] = block
        return found

    def _key(self, block: Block) -> str:
        near = self._keys.get(id(block))
        if near is None:
            near = self._keys[id(block)] = (block, f"{block.kind.value}\x1f{block.uid}")
        return near[1]

    def _pair(self, old: Block | None, new: Block | None) -> Change | None:
        if old is None or new is None:
            return _timed(old, new)
        near = self._pairs.get((id(old), id(new)))
        if near is None:
            near = self._pairs[id(old), id(new)] = (old, new, _timed(old, new))
        return near[2]


_Row = tuple[int, str, Change]


def _when(row: _Row) -> tuple[int, str]:
    return row[:2]


def _timed(old: Block | None, new: Block | None) -> Change | None:
    block = new or old
    kind = _how(old, new)
    if block is None or kind is None:
        return None
    before = Span(old.start, old.end) if old else None
    after = Span(new.start, new.end) if new else None
    was, now = (before.minutes if before else 0), (after.minutes if after else 0)
    return Change(kind, block.kind, block.title, block.subject, before, after, was, now)


def _how(old: Block | None, new: Block | None) -> ChangeKind | None:
    if old is None or new is None:
        return ChangeKind.NEW if old is None else ChangeKind.CANCELLED
    if old.start != new.start:
        return ChangeKind.MOVED
    if old.end != new.end:
        return ChangeKind.MINUTES
    return ChangeKind.PLACE if old.place != new.place else None


def _of_alone(old: tuple[Block, ...], new: tuple[Block, ...]) -> Iterator[_Row]:
    """Yield what changed of work on one's own, whose minutes alone are owed."""
    before, after = _alone(old), _alone(new)
    for key in dict.fromkeys((*before, *after)):
        (was, then), (now, later) = before.get(key, _NONE), after.get(key, _NONE)
        block = later or then
        if was != now and block is not None:
            kind = ChangeKind.NEW if not then else ChangeKind.CANCELLED if not later else ChangeKind.MINUTES
            yield LAST, key, Change(kind, block.kind, block.title, block.subject, was=was, now=now)


def _alone(blocks: tuple[Block, ...]) -> dict[str, tuple[int, Block | None]]:
    """Return work on one's own by activity: its minutes in all, and its first block."""
    found: dict[str, tuple[int, Block | None]] = {}
    for block in blocks:
        if block.kind is BlockKind.INDEPENDENT:
            minutes, first = found.get(block.uid, _NONE)
            found[block.uid] = (minutes + block.end - block.start, first or block)
    return found


_NONE: tuple[int, Block | None] = (0, None)


def _unlaid(was: int, now: int) -> Change:
    return Change(ChangeKind.MINUTES, BlockKind.INDEPENDENT, was=was, now=now)
