"""DayRecord: one pupil's day as the record has it, each figure with the entries that it is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolday.calendar.row import Minutes
from schoolday.ground.finding import Finding
from schoolday.ledger.codes import ABSENT, MISSING, PRESENT, is_evidence
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.figure import Figure, summed, together
from schoolday.ledger.rows import KINDS, counted, gives_minutes
from schoolday.ledger.standing import standing
from schoolday.ledger.week import Expected, Week
from schoolday.measures.verdict import Found, Verdict
from schoolday.rules.rule import Rule


class Took(StrEnum):
    """Whether a pupil took part: by evidence, or by a certifier's word; else nobody can say.

    Of a pupil who was not enrolled on the day nothing was owed, so nothing is missing: that is no doubt.
    """

    PART = "took_part"
    ABSENT = "absent"
    EXCUSED = "excused"
    UNVERIFIED = "unverified"
    NOT_ENROLLED = "not_enrolled"


@dataclass(frozen=True, slots=True)
class DayRecord:
    """One pupil's day.

    Parameters
    ----------
    pupil, day
        Whose, and when.
    minutes
        For each kind of minutes what is recorded: live ones are synchronous, independent ones asynchronous.
    planned
        For each kind the minutes that were planned; a kind that was not planned is not there, and none is
        where the pupil was not enrolled.
    took, evidence
        Whether the pupil took part, and the entries that say so.
    done, missing
        Assignments handed in, and due but not handed in.
    failures
        The entries of technical failures: what to ask about, and no absence.
    """

    pupil: Expected
    day: date
    minutes: Mapping[Minutes, Figure]
    planned: Mapping[Minutes, int]
    took: Took
    evidence: tuple[str, ...]
    done: Figure
    missing: Figure
    failures: tuple[str, ...]

    @property
    def total(self) -> Figure:
        """All recorded minutes together."""
        return together(*self.minutes.values())

    @property
    def kinds(self) -> tuple[Minutes, ...]:
        """The kinds of instruction of the day: those planned or recorded."""
        return tuple(kind for kind in Minutes if kind in self.planned or self.minutes[kind].entries)


def day_records(week: Week) -> tuple[DayRecord, ...]:
    """Return the record of every pupil of a week on each of its school days, entries or none.

    What is recorded of a day counts even where the roster has the pupil enrolled on other days only.
    """
    entries = standing(week.entries)
    minutes = counted(entries)
    of: dict[tuple[str, date], list[Entry]] = defaultdict(list)
    for entry in entries:
        of[entry.pupil, entry.day].append(entry)
    planned: dict[tuple[str, date], dict[Minutes, int]] = defaultdict(dict)
    for row in week.plan:
        kinds = planned[row.pupil, row.day]
        kinds[row.kind] = kinds.get(row.kind, 0) + row.minutes
    here = None if week.enrolled is None else {(one.pupil, one.day) for one in week.enrolled}
    return tuple(
        _record(
            pupil,
            day,
            of[pupil.pupil, day],
            minutes,
            planned[pupil.pupil, day],
            here is None or (pupil.pupil, day) in here,
        )
        for pupil in week.pupils
        for day in week.days
    )


def owes_nothing(record: DayRecord, rule: Rule) -> Verdict:
    """Return the verdict of a rule on a day on which the pupil was not enrolled."""
    said = f"{rule.title}: it does not bind on {record.day}, when the pupil was not enrolled."
    return Verdict(Found.NOT_BOUND, said, rule, rule.on(record.day))


def unexpected(week: Week) -> Iterator[Finding]:
    """Yield the entries of nobody expected or of no school day: they would be left out of the record."""
    pupils = {one.pupil for one in week.pupils}
    for entry in standing(week.entries):
        where = (f"pupil {entry.pupil}", entry.day.isoformat(), f"entry {entry.id}")
        if entry.pupil not in pupils:
            said = f"Entry {entry.id} is of pupil {entry.pupil}, who is in none of the week's classes."
            mend = "correct the roster, or withdraw the entry"
            yield Finding("ledger.not_expected", said, where=where, mend=mend)
        elif entry.day not in week.days:
            said = f"Entry {entry.id} is dated {entry.day}, which is no school day of the week."
            yield Finding("ledger.no_school_day", said, where=where, mend="correct its date, or withdraw it")


def contradictions(week: Week) -> Iterator[Finding]:
    """Yield the days on which a pupil is called absent beside evidence, or both present and absent."""
    of: dict[tuple[str, date], list[Entry]] = defaultdict(list)
    for entry in standing(week.entries):
        of[entry.pupil, entry.day].append(entry)
    for (pupil, day), entries in of.items():
        absent = [one for one in entries if _says_absent(one)]
        there = [one for one in entries if is_evidence(one) or _says_present(one)]
        if absent and there:
            said = f"Pupil {pupil} is called {absent[0].code} on {day} by entry {absent[0].id}, "
            said += f"and entry {there[0].id} says that the pupil took part."
            mend = "correct one of the two entries"
            where = (f"pupil {pupil}", day.isoformat())
            yield Finding("ledger.contradiction", said, where=where, mend=mend)


def _record(
    pupil: Expected,
    day: date,
    entries: Sequence[Entry],
    minutes: Mapping[str, int | None],
    planned: Mapping[Minutes, int],
    enrolled: bool,
) -> DayRecord:
    took, evidence = _took(entries, enrolled)
    work = [one for one in entries if one.kind is EntryKind.WORK]
    return DayRecord(
        pupil,
        day,
        {kind: summed(_giving(entries, kind), minutes) for kind in Minutes},
        {} if took is Took.NOT_ENROLLED else dict(planned),
        took,
        evidence,
        _count([one for one in work if one.code != MISSING]),
        _count([one for one in work if one.code == MISSING]),
        tuple(one.id for one in entries if one.kind is EntryKind.FAILURE),
    )


def _giving(entries: Iterable[Entry], kind: Minutes) -> list[Entry]:
    return [one for one in entries if gives_minutes(one) and KINDS[one.kind] is kind]


def _took(entries: Sequence[Entry], enrolled: bool) -> tuple[Took, tuple[str, ...]]:
    there = tuple(one.id for one in entries if is_evidence(one) or _says_present(one))
    absent = [one for one in entries if _says_absent(one)]
    if there and absent:
        return Took.UNVERIFIED, (*there, *(one.id for one in absent))
    if there:
        return Took.PART, there
    if absent:
        took = Took.EXCUSED if any(one.code == "excused" for one in absent) else Took.ABSENT
        return took, tuple(one.id for one in absent)
    return Took.UNVERIFIED if enrolled else Took.NOT_ENROLLED, ()


def _says_present(entry: Entry) -> bool:
    return entry.kind is EntryKind.ATTENDANCE and entry.code in PRESENT


def _says_absent(entry: Entry) -> bool:
    return entry.kind is EntryKind.ATTENDANCE and entry.code in ABSENT


def _count(entries: Sequence[Entry]) -> Figure:
    """Count assignments: none recorded is not known, for nobody says that none were due."""
    return Figure(len(entries) if entries else None, tuple(one.id for one in entries))
