"""A teacher's Day: meetings, lunch and preparation within the contract's hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from schoolday.calendar.days import DayKind
from schoolday.day.compose import meeting_block, with_breaks
from schoolday.day.reasons import OF_TEACHER, Reason, Reasons
from schoolday.day.values import Block, BlockKind, Names
from schoolday.ground.spans import Span
from schoolday.rules import Standing, Way
from schoolday.timetable.meeting import Meeting


@dataclass(frozen=True, slots=True)
class TeacherDay:
    """What one teacher or provider does on one date.

    `window` is the contract day, None where the teacher does not work that day; `live` counts live
    minutes taught; `pupils` how many different pupils are met.
    """

    staff: str
    name: str
    day: date
    kind: DayKind
    reason: str
    window: Span | None
    blocks: tuple[Block, ...]
    live: int
    preparation: int
    pupils: int
    reasons: tuple[Reason, ...] = ()


def teacher_day(
    staff: str,
    meetings: Iterable[Meeting],
    *,
    day: date,
    kind: DayKind,
    reason: str = "",
    window: Span | None,
    names: Names,
    lunch_minutes: int = 30,
    lunch: Span | None = None,
    preparation: int = 0,
    standing: Standing | None = None,
    way: Way = Way.DISTANCE,
) -> TeacherDay:
    """Return one teacher's Day.

    Parameters
    ----------
    staff, meetings
        The teacher's id, and the teacher's meetings of that date.
    day, kind, reason, names
        The date, what the calendar says it is and why, and what ids are called.
    window
        The contract day, or None.
    lunch_minutes, lunch
        How long lunch lasts, and the span within which it is laid at its earliest free time.
    preparation
        Minutes of unbroken preparation owed; laid in the earliest free stretch that is long enough.
        Where none is, none is shown: the check says so, not the page.
    standing, way
        The rules in force that date where the teacher works, and the way taught in, for the reasons.
    """
    met = sorted(meetings, key=lambda meeting: (meeting.span.start, meeting.span.end, meeting.uid))
    works = window if kind is DayKind.SCHOOL else None
    owed = _owed(works, lunch or works, lunch_minutes, preparation)
    whole = with_breaks(_laid(_taught(met, names), owed))
    sums = {kind: sum(block.minutes for block in whole if block.kind is kind) for kind in BlockKind}
    pupils = {pupil for meeting in met for pupil in meeting.pupils}
    why = _reasons(standing, sums, way) if works and standing else ()
    return TeacherDay(
        staff, names.teachers.get(staff, ""), day, kind, reason, window, whole, sums[BlockKind.LIVE],
        sums[BlockKind.PREPARATION], len(pupils), why,
    )  # fmt: skip


def _owed(
    works: Span | None, lunch: Span | None, lunch_minutes: int, preparation: int
) -> Iterator[tuple[BlockKind, Span, int]]:
    """Yield what a day's work owes a teacher besides meetings, and within which span; lunch goes first."""
    if works and lunch:
        yield BlockKind.LUNCH, lunch, lunch_minutes
        yield BlockKind.PREPARATION, works, preparation


def _taught(met: Iterable[Meeting], names: Names) -> list[Block]:
    """Return a block for each meeting; a teacher need not read her own name beside it."""
    return [replace(meeting_block(meeting, names), teacher="", pupils=len(meeting.pupils)) for meeting in met]


def _laid(blocks: Iterable[Block], owed: Iterable[tuple[BlockKind, Span, int]]) -> list[Block]:
    """Return the blocks, with what is owed laid in the earliest free stretch of its span if there is one."""
    found = list(blocks)
    for kind, within, minutes in owed:
        free = _first_free(found, within, minutes) if minutes else None
        if free:
            found.append(Block(free.start, free.end, kind))
    return found


def _reasons(standing: Standing, sums: Mapping[BlockKind, int], way: Way) -> tuple[Reason, ...]:
    values = {
        "teacher_live": sums[BlockKind.LIVE],
        "teacher_preparation": sums[BlockKind.PREPARATION],
        "teacher_lunch": sums[BlockKind.LUNCH],
    }
    return Reasons(standing).of(values, way=way, measures=OF_TEACHER)


def _first_free(blocks: list[Block], within: Span, minutes: int) -> Span | None:
    """Return the earliest free stretch of so many minutes, or None."""
    start = within.start
    for block in sorted(blocks, key=lambda block: (block.start, block.end)):
        if block.end <= start:
            continue
        if block.start - start >= minutes:
            break
        start = block.end
    return Span(start, start + minutes) if start + minutes <= within.end else None
