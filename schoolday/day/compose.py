"""Compose a household's Day from what is laid for its children: the same from a district or a few rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from schoolday.calendar.days import DayKind
from schoolday.calendar.row import Minutes
from schoolday.day.index import NOTHING, Laid
from schoolday.day.measured import measured
from schoolday.day.reasons import Reason, Reasons
from schoolday.day.values import Block, BlockKind, Clash, HouseholdDay, Names, Promised, PupilDay
from schoolday.ground.spans import Span
from schoolday.roster import Household, Pupil, Service
from schoolday.rules import Standing, Way
from schoolday.timetable.meeting import Meeting, Work

LEAST_BREAK = 5
"""Minutes: a shorter gap between two blocks is no break worth a line of its own."""

KINDS = {
    Minutes.LIVE: BlockKind.LIVE,
    Minutes.INDEPENDENT: BlockKind.INDEPENDENT,
    Minutes.IN_PERSON: BlockKind.IN_PERSON,
}


def household_day(
    household: Household,
    pupils: Iterable[Pupil],
    laid: Mapping[str, Laid],
    *,
    day: date,
    kind: DayKind,
    reason: str = "",
    names: Names,
    standing: Standing,
) -> HouseholdDay:
    """Return one household's Day.

    Parameters
    ----------
    household, pupils
        The household, and those of its pupils to show, in any order: the page keeps the household's.
    laid
        What is laid for each pupil that date; a pupil left out has an empty day.
    day, kind, reason
        The date, what the calendar says it is, and why where it is no school day.
    names
        What teachers and schools are called.
    standing
        The rules in force that date in the pupils' place.
    """
    return Composer(day, kind, reason, names, standing).household(household, pupils, laid)


class Composer:
    """Composes many households of one date; blocks of classmates are made once and shared."""

    def __init__(
        self,
        day: date,
        kind: DayKind,
        reason: str,
        names: Names,
        standing: Standing,
        services: Iterable[Service] = (),
    ) -> None:
        self.day, self.kind, self.reason = day, kind, reason
        self._services: dict[str, list[Service]] = {}
        for service in services:
            if (service.first or day) <= day <= (service.last or day):
                self._services.setdefault(service.pupil, []).append(service)
        self.names, self.standing = names, standing
        # Keyed by identity, with the value kept so that no id is used again while we live.
        self._of_meeting: dict[int, tuple[Meeting, Block]] = {}
        self._of_work: dict[tuple[str, int, int, str, str], Block] = {}
        self._of_laid: dict[tuple[object, ...], tuple[Laid, tuple[Block, ...], tuple[int, int, int]]] = {}
        self._marked: dict[int, tuple[Block, Block]] = {}
        self._reasons = Reasons(standing)
        self._whys: dict[tuple[int, str, Way, int], tuple[Reason, ...]] = {}
        self._pauses: dict[tuple[str, Way], int] = {}

    def household(
        self, household: Household, pupils: Iterable[Pupil], laid: Mapping[str, Laid]
    ) -> HouseholdDay:
        """Return the Day of one household; without school the children have no blocks."""
        known = {pupil.id: pupil for pupil in pupils}
        ordered = [known[pupil] for pupil in household.pupils if pupil in known]
        days = tuple(self.pupil(pupil, laid.get(pupil.id, NOTHING)) for pupil in ordered)
        found = clashes(days, household.devices)
        if found:
            days = tuple(self._with_shared(day, found) for day in days)
        return HouseholdDay(household.id, self.day, self.kind, self.reason, days, household.devices, found)

    def pupil(self, pupil: Pupil, laid: Laid) -> PupilDay:
        """Return the Day of one pupil."""
        school = self.names.schools.get(pupil.school, "")
        if self.kind is not DayKind.SCHOOL:
            return PupilDay(pupil.id, pupil.given, pupil.grade, school, (), 0, 0)
        blocks, (live, alone, there) = self._blocks(laid)
        alone += laid.unlaid
        plan = laid.plan(pupil.grade)
        way = plan.way if plan else Way.DISTANCE
        why = self._why(blocks, pupil.grade, way, live + alone + there, live)
        return PupilDay(
            pupil.id,
            pupil.given,
            pupil.grade,
            school,
            blocks,
            live,
            alone,
            there,
            laid.unlaid,
            why,
            self._promised(pupil.id, blocks),
        )

    def _promised(self, pupil: str, blocks: tuple[Block, ...]) -> tuple[Promised, ...]:
        """Return what is promised to a pupil; a group's meeting bears the name of its group."""
        return tuple(
            Promised(
                one.kind,
                one.minutes,
                one.times,
                sum(block.minutes for block in blocks if block.source in (one.id, one.group or one.id)),
            )
            for one in self._services.get(pupil, ())
        )

    def block(self, meeting: Meeting) -> Block:
        """Return the block of a meeting, the same object for everybody who is in it."""
        found = self._of_meeting.get(id(meeting))
        if found is None:
            found = (meeting, meeting_block(meeting, self.names))
            self._of_meeting[id(meeting)] = found
        return found[1]

    def _work(self, work: Work) -> Block:
        """Return the block of independent work, the same object for all who have it at that time."""
        key = (work.activity, work.span.start, work.span.end, work.title, work.subject)
        found = self._of_work.get(key)
        if found is None:
            found = self._of_work[key] = Block(
                work.span.start,
                work.span.end,
                BlockKind.INDEPENDENT,
                work.title,
                work.subject,
                source=work.source,
                uid=work.activity,
            )
        return found

    def _blocks(self, laid: Laid) -> tuple[tuple[Block, ...], tuple[int, int, int]]:
        key = (id(laid.work), laid.lunch, *map(id, laid.meetings))
        found = self._of_laid.get(key)
        if found is None:
            blocks = [self.block(meeting) for meeting in laid.meetings]
            blocks += [self._work(work) for work in laid.work]
            if laid.lunch:
                blocks.append(pause(laid.lunch.start, laid.lunch.end, BlockKind.LUNCH))
            whole = with_breaks(blocks)
            found = self._of_laid[key] = (laid, whole, _sums(whole))
        return found[1], found[2]

    def _with_shared(self, day: PupilDay, found: tuple[Clash, ...]) -> PupilDay:
        """Mark the live blocks of a child that lie in a clash."""
        spans = [Span(clash.start, clash.end) for clash in found if day.pupil in clash.pupils]
        if not spans:
            return day
        blocks = tuple(
            [
                self._shared(block)
                if block.kind is BlockKind.LIVE and any(_meets(block, span) for span in spans)
                else block
                for block in day.blocks
            ]
        )
        return replace(day, blocks=blocks)

    def _shared(self, block: Block) -> Block:
        found = self._marked.get(id(block))
        if found is None:
            found = self._marked[id(block)] = (block, replace(block, shared=True))
        return found[1]

    def _why(
        self, blocks: tuple[Block, ...], grade: str, way: Way, total: int, live: int
    ) -> tuple[Reason, ...]:
        # The blocks live as long as we do: `_of_laid` keeps them.
        key = (id(blocks), grade, way, total)
        if key not in self._whys:
            values = measured(blocks, total=total, live=live, least_break=self._pause(grade, way))
            self._whys[key] = self._reasons.of(values, grade, way)
        return self._whys[key]

    def _pause(self, grade: str, way: Way) -> int:
        """Return how many minutes count as a break for a grade in its own way of schooling."""
        if (grade, way) not in self._pauses:
            limit = self.standing.limit("least_break", grade=grade or None, way=way)
            self._pauses[grade, way] = int(limit.low or 1)
        return self._pauses[grade, way]


def meeting_block(meeting: Meeting, names: Names) -> Block:
    """Return the block of a meeting."""
    return Block(
        meeting.span.start,
        meeting.span.end,
        KINDS[meeting.kind],
        meeting.title,
        meeting.subject,
        meeting.place,
        names.teachers.get(meeting.teachers[0], "") if meeting.teachers else "",
        meeting.source,
        meeting.uid,
    )


@lru_cache(maxsize=4096)
def pause(start: int, end: int, kind: BlockKind) -> Block:
    """Return a lunch or a break, the same object each time: a district has few different ones."""
    return Block(start, end, kind)


def with_breaks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks in order of time, with a break wherever `LEAST_BREAK` minutes or more lie free."""
    whole: list[Block] = []
    until: int | None = None
    for block in sorted(blocks, key=_when):
        if until is not None and block.start - until >= LEAST_BREAK:
            whole.append(pause(until, block.start, BlockKind.BREAK))
        whole.append(block)
        until = block.end if until is None else max(until, block.end)
    return tuple(whole)


def _when(block: Block) -> tuple[int, int, str]:
    return (block.start, block.end, block.uid)


def _sums(blocks: tuple[Block, ...]) -> tuple[int, int, int]:
    live = sum(block.end - block.start for block in blocks if block.kind is BlockKind.LIVE)
    alone = sum(block.end - block.start for block in blocks if block.kind is BlockKind.INDEPENDENT)
    there = sum(block.end - block.start for block in blocks if block.kind is BlockKind.IN_PERSON)
    return live, alone, there


def clashes(days: tuple[PupilDay, ...], devices: int | None) -> tuple[Clash, ...]:
    """Return the stretches in which more children are live than there are devices, in order.

    A stretch ends where somebody joins or leaves. None devices means that nobody has asked.
    """
    if devices is None or len(days) <= devices:
        return ()
    live = [
        (block.start, block.end, number)
        for number, day in enumerate(days)
        for block in day.blocks
        if block.kind is BlockKind.LIVE
    ]
    edges = sorted({start for start, _, _ in live} | {end for _, end, _ in live})
    found = []
    for start, end in pairwise(edges):
        who = sorted({number for first, last, number in live if first < end and start < last})
        if len(who) > devices:
            ids = tuple(days[number].pupil for number in who)
            names = tuple(days[number].given for number in who)
            found.append(Clash(start, end, ids, names, devices))
    return _joined(found)


def _joined(found: list[Clash]) -> tuple[Clash, ...]:
    """Join stretches that touch and concern the same children."""
    whole: list[Clash] = []
    for clash in found:
        if whole and whole[-1].end == clash.start and whole[-1].pupils == clash.pupils:
            whole[-1] = replace(whole[-1], end=clash.end)
        else:
            whole.append(clash)
    return tuple(whole)


def _meets(block: Block, span: Span) -> bool:
    return block.start < span.end and span.start < block.end
