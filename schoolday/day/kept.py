"""The small form of a household's Day, kept so that a later one can tell what changed."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from schoolday.calendar.days import DayKind
from schoolday.day.values import Block, BlockKind, HouseholdDay, PupilDay

_KIND = {BlockKind.LIVE: "l", BlockKind.INDEPENDENT: "i", BlockKind.IN_PERSON: "p", BlockKind.LUNCH: "m"}
_LETTER = {letter: kind for kind, letter in _KIND.items()}


class _Read(NamedTuple):
    """A pupil's blocks as they were kept, the same object for classmates, and their minutes by kind."""

    blocks: tuple[Block, ...]
    live: int
    alone: int
    there: int


class Keeper:
    """Writes and reads Days in their small form; a block that classmates share is written and read once."""

    def __init__(self) -> None:
        # Keyed by identity, with the blocks kept so that no id is used again while we live.
        self._rows: dict[int, tuple[Block, str]] = {}
        self._days: dict[int, tuple[tuple[Block, ...], str]] = {}
        self._blocks: dict[tuple[object, ...], Block] = {}
        self._reads: dict[tuple[int, ...], _Read] = {}

    def to_json(self, view: HouseholdDay) -> str:
        """Return the small text of a Day that keeps what `changes` compares, and `now_next` but for breaks.

        Teachers, reasons, breaks and clashes are left out: they follow again from the roster and rules.
        """
        pupils = ",".join([self._pupil(pupil) for pupil in view.pupils])
        head = _text([1, view.household, view.day.isoformat(), view.kind.value, view.reason])
        return f"{head[:-1]},[{pupils}]]"

    def _pupil(self, pupil: PupilDay) -> str:
        near = self._days.get(id(pupil.blocks))
        if near is None:
            rows = ",".join(filter(None, map(self._row, pupil.blocks)))
            near = self._days[id(pupil.blocks)] = (pupil.blocks, rows)
        return f"{_text([pupil.pupil, pupil.given, pupil.unlaid])[:-1]},[{near[1]}]]"

    def _row(self, row: Block) -> str:
        near = self._rows.get(id(row))
        if near is None:
            near = self._rows[id(row)] = (row, _said(row))
        return near[1]

    def from_json(self, text: str) -> HouseholdDay:
        """Return the Day kept by `to_json`.

        Raises
        ------
        ValueError
            If the text was not written by `to_json`; compose the Day anew then, and show no changes.
        """
        try:
            version, household, day, kind, reason, pupils = json.loads(text)
            if version != 1:
                raise ValueError(f"version {version}")
            days = tuple([self._pupil_of(*row) for row in pupils])
            return HouseholdDay(household, date.fromisoformat(day), DayKind(kind), reason, days)
        except (TypeError, KeyError, ValueError) as fault:
            raise ValueError(f"this is no Day that schoolday kept ({fault}); compose it anew") from fault

    def _pupil_of(self, pupil: str, given: str, unlaid: int, rows: list[list[object]]) -> PupilDay:
        blocks = [self._block(tuple(row)) for row in rows]
        key = tuple(map(id, blocks))
        read = self._reads.get(key)
        if read is None:
            read = self._reads[key] = _Read(tuple(blocks), *_minutes(blocks))
        return PupilDay(pupil, given, "", "", read.blocks, read.live, read.alone + unlaid, read.there, unlaid)

    def _block(self, row: tuple[object, ...]) -> Block:
        found = self._blocks.get(row)
        if found is None:
            found = self._blocks[row] = _read(*row)  # type: ignore[arg-type]
        return found


def _minutes(blocks: list[Block]) -> tuple[int, int, int]:
    """Return minutes live, on one's own and in person."""
    kinds = (BlockKind.LIVE, BlockKind.INDEPENDENT, BlockKind.IN_PERSON)
    live, alone, there = (sum(one.minutes for one in blocks if one.kind is kind) for kind in kinds)
    return live, alone, there


def _read(kind: str, start: int, end: int, uid: str, title: str, subject: str, place: str) -> Block:
    return Block(int(start), int(end), _LETTER[kind], title, subject, place, uid=uid)


def _said(row: Block) -> str:
    """Return the text of a block, and nothing for a break."""
    kind = _KIND.get(row.kind)
    if kind is None:
        return ""
    return _text([kind, row.start, row.end, row.uid, row.title, row.subject, row.place])


def _text(values: list[object]) -> str:
    return _JSON.encode(values)


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_json(view: HouseholdDay) -> str:
    """Return the small text of one Day; for many, a `Keeper` is quicker."""
    return Keeper().to_json(view)


def from_json(text: str) -> HouseholdDay:
    """Return the Day kept by `to_json`; a ValueError if the text is none. For many, a `Keeper` is quicker."""
    return Keeper().from_json(text)
