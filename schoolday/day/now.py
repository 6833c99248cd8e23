"""What each child of a household does at a minute of the day, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from schoolday.day.values import Block, BlockKind, HouseholdDay

PAUSES = frozenset({BlockKind.BREAK})
"""Kinds never announced as what comes next."""


@dataclass(frozen=True, slots=True)
class NowNext:
    """One child's present blocks and the next one; `number` is the child's place on the page, from 1."""

    number: int
    given: str
    now: tuple[Block, ...]
    next: Block | None


def now_next(view: HouseholdDay, minute: int) -> tuple[NowNext, ...]:
    """Return for each child what is on at a minute of the day and what starts next, breaks left out.

    A child whose day has ended has neither.
    """
    return tuple(
        NowNext(
            number,
            pupil.given,
            tuple(block for block in pupil.blocks if block.start <= minute < block.end),
            next(
                (block for block in pupil.blocks if block.start > minute and block.kind not in PAUSES), None
            ),
        )
        for number, pupil in enumerate(view.pupils, 1)
    )
