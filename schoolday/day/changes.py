"""What changed in a household's Day since the family last looked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

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
    """One thing that changed for one child; a change of kind ``day`` concerns the whole household.

    `before` and `after` are spans for meetings and lunch, None where there is none. For work on one's
    own `was` and `now` count minutes: its suggested times may move without being called a change.
    """

    kind: ChangeKind
    pupil: str = ""
    given: str = ""
    block: BlockKind = BlockKind.LIVE
    title: str = ""
    subject: str = ""
    before: Span | None = None
    after: Span | None = None
    was: int = 0
    now: int = 0


TIMED = (BlockKind.LIVE, BlockKind.IN_PERSON, BlockKind.LUNCH)


def changes(old: HouseholdDay, new: HouseholdDay) -> tuple[Change, ...]:
    """Return what changed from one composition of a household's date to a later one.

    In the order of the children on the new page, then of time; a child who is only on the old page
    comes last. Breaks and suggested times of independent work are left out: they bind nobody.
    """
    if old.kind is not new.kind:
        return (Change(ChangeKind.DAY),)
    before = {pupil.pupil: pupil for pupil in old.pupils}
    after = {pupil.pupil: pupil for pupil in new.pupils}
    found: list[Change] = []
    for name in dict.fromkeys((*after, *before)):
        then, now = before.get(name), after.get(name)
        blocks = (then.blocks if then else (), now.blocks if now else ())
        if blocks[0] is not blocks[1]:
            given = (now or then or _NOBODY).given
            found += _of_pupil(name, given, *blocks)
        found += _unlaid(then, now)
    return tuple(found)


_NOBODY = PupilDay("", "", "", "", (), 0, 0)


def _of_pupil(pupil: str, given: str, old: tuple[Block, ...], new: tuple[Block, ...]) -> list[Change]:
    before, after = _timed(old), _timed(new)
    found: list[tuple[int, str, Change]] = []
    for key in dict.fromkeys((*before, *after)):
        change = _timed_change(pupil, given, before.get(key), after.get(key))
        if change:
            span = change.after or change.before
            found.append((span.start if span else 0, key, change))
    alone, later = _alone(old), _alone(new)
    for key in dict.fromkeys((*alone, *later)):
        was, now = alone.get(key), later.get(key)
        change = _alone_change(pupil, given, was, now)
        if change:
            found.append((24 * 60, key, change))
    return [change for _, _, change in sorted(found, key=lambda row: row[:2])]


def _timed(blocks: tuple[Block, ...]) -> dict[str, Block]:
    """Return blocks at set times by what they are; the same uid twice is counted up."""
    found: dict[str, Block] = {}
    for block in blocks:
        if block.kind in TIMED:
            key, number = f"{block.kind}\x1f{block.uid}", 0
            while f"{key}\x1f{number}" in found:
                number += 1
            found[f"{key}\x1f{number}"] = block
    return found


def _timed_change(pupil: str, given: str, old: Block | None, new: Block | None) -> Change | None:
    block = new or old
    if block is None:
        return None
    before = Span(old.start, old.end) if old else None
    after = Span(new.start, new.end) if new else None
    if old is None or new is None:
        kind = ChangeKind.NEW if old is None else ChangeKind.CANCELLED
    elif old.start != new.start:
        kind = ChangeKind.MOVED
    elif old.end != new.end:
        kind = ChangeKind.MINUTES
    elif old.place != new.place:
        kind = ChangeKind.PLACE
    else:
        return None
    was, now = (before.minutes if before else 0), (after.minutes if after else 0)
    return Change(kind, pupil, given, block.kind, block.title, block.subject, before, after, was, now)


def _alone(blocks: tuple[Block, ...]) -> dict[str, tuple[Block, int]]:
    """Return work on one's own by activity: a block of it, and its minutes in all."""
    found: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.kind is BlockKind.INDEPENDENT:
            found[block.uid].append(block)
    return {uid: (rows[0], sum(row.minutes for row in rows)) for uid, rows in found.items()}


def _alone_change(
    pupil: str, given: str, old: tuple[Block, int] | None, new: tuple[Block, int] | None
) -> Change | None:
    was, now = (old[1] if old else 0), (new[1] if new else 0)
    some = new or old
    if was == now or some is None:
        return None
    kind = ChangeKind.NEW if old is None else ChangeKind.CANCELLED if new is None else ChangeKind.MINUTES
    block = some[0]
    return Change(kind, pupil, given, block.kind, block.title, block.subject, None, None, was, now)


def _unlaid(old: PupilDay | None, new: PupilDay | None) -> list[Change]:
    was, now = (old.unlaid if old else 0), (new.unlaid if new else 0)
    if was == now or new is None:
        return []
    alone = BlockKind.INDEPENDENT
    return [Change(ChangeKind.MINUTES, new.pupil, new.given, alone, was=was, now=now)]
