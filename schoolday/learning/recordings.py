"""Recordings of lessons: who may see one, whose consent it needs, how long it is kept, what is listed first.

A recording is shown to the pupils and the teachers of its section, and to nobody while a consent is missing
or taken back, or once its time is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Protocol

from schoolday.ground.finding import Finding, Status
from schoolday.roster import Roster
from schoolday.rules import Period, Standing


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording of one lesson.

    Parameters
    ----------
    id, section, day, title, link
        Its id, whose lesson of which date, and where it is.
    minutes
        How long it is; None where nobody says.
    standards
        Ids of the standards that it is about.
    posted_by, posted
        Who posted it, and when.
    keep_until
        The last date on which it is kept; None where nobody says, which is a fault.
    recorded
        The pupils who are seen or heard in it; empty where nobody but the staff is.
    captions
        The languages of its captions.
    """

    id: str
    section: str
    day: date
    title: str
    link: str
    minutes: int | None
    standards: tuple[str, ...]
    posted_by: str
    posted: date
    keep_until: date | None
    recorded: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """A person's word, or a parent's for a pupil, on being recorded: in one section, or in all of them."""

    person: str
    section: str
    given: bool
    by: str
    day: date


class Presence(IntEnum):
    """Whether a pupil was at a lesson, in the order in which its recording is listed."""

    MISSED = 0
    UNKNOWN = 1
    THERE = 2


class Entered(Protocol):
    """What is read of an entry of the ledger; `schoolday.ledger` has the whole of it."""

    @property
    def id(self) -> str: ...  # noqa: D102 - as the ledger names it
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def pupil(self) -> str: ...  # noqa: D102
    @property
    def day(self) -> date: ...  # noqa: D102
    @property
    def activity(self) -> str: ...  # noqa: D102
    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def corrects(self) -> str: ...  # noqa: D102


_THERE, _MISSED = ("joined", "in_person"), ("failure",)
_ATTENDANCE, _WITHDRAWN = "attendance", "withdrawn"
_ABSENT = dict.fromkeys(("absent", "excused"), Presence.MISSED)
_PRESENT = dict.fromkeys(("present", "late_30"), Presence.THERE)

Key = tuple[str, date, str]
"""A pupil, a date and a section; no section means the whole day."""


def presences(entries: Iterable[Entered]) -> dict[Key, Presence]:
    """Return what the entries that stand say of each pupil, date and section.

    A technical failure is no absence, and whoever it kept out still missed the lesson. An entry of joining
    outweighs it: the pupil came back. A certifier's word outweighs both. Its absence is of the whole day, so
    it holds for the day's other lessons as well, unless something is said of them.
    """
    some = list(entries)
    gone = {one.corrects for one in some if one.corrects}
    found: dict[Key, tuple[int, Presence]] = {}
    for one in some:
        said = None if one.id in gone else _said(one)
        if said is not None:
            key = (one.pupil, one.day, one.activity)
            found[key] = max(found.get(key, said), said, key=lambda pair: pair[0])
        if said is not None and one.kind == _ATTENDANCE and said[1] is Presence.MISSED:
            found.setdefault((one.pupil, one.day, ""), said)
    return {key: presence for key, (_, presence) in found.items()}


def _said(one: Entered) -> tuple[int, Presence] | None:
    """Return what an entry says and how much it weighs; who was present on a day may have missed a lesson."""
    if one.kind == _ATTENDANCE:
        said = _ABSENT | (_PRESENT if one.activity else {})
        return (3, said[one.code]) if one.code in said else None
    if one.code == _WITHDRAWN:
        return None
    if one.kind in _THERE:
        return 2, Presence.THERE
    return (1, Presence.MISSED) if one.kind in _MISSED else None


def presence(pupil: str, day: date, section: str, known: Mapping[Key, Presence]) -> Presence:
    """Return whether a pupil was at a lesson, by what is said of it or else of the whole day."""
    return known.get((pupil, day, section), known.get((pupil, day, ""), Presence.UNKNOWN))


@dataclass(frozen=True, slots=True)
class Listed:
    """A recording on a pupil's list, and whether the pupil was at the lesson."""

    recording: Recording
    presence: Presence


def shelf(
    pupil: str, recordings: Sequence[Recording], consents: Sequence[Consent], roster: Roster,
    known: Mapping[Key, Presence], day: date,
) -> tuple[Listed, ...]:  # fmt: skip
    """Return the recordings that a pupil may see on a date: lessons missed first, then the newest."""
    mine = [one for one in recordings if may_see(pupil, one, consents, roster, day)]
    listed = [Listed(one, presence(pupil, one.day, one.section, known)) for one in mine]
    return tuple(
        sorted(listed, key=lambda one: (one.presence, -one.recording.day.toordinal(), one.recording.id))
    )


def may_see(who: str, recording: Recording, consents: Sequence[Consent], roster: Roster, day: date) -> bool:
    """Whether somebody may see a recording on a date: pupils of the section then or now, and its teachers."""
    if recording.keep_until is None or day > recording.keep_until or day < recording.posted:
        return False
    if any(not given for _, given in consents_of(recording, consents, roster, day)):
        return False
    if who in roster.teachers_of.get(recording.section, ()):
        return True
    return any(
        one.section == recording.section and _enrolled(one.first, one.last, (recording.day, day))
        for one in roster.enrollments_of.get(who, ())
    )


def _enrolled(first: date | None, last: date | None, days: Iterable[date]) -> bool:
    return any((first is None or first <= day) and (last is None or day <= last) for day in days)


def consents_of(
    recording: Recording, consents: Sequence[Consent], roster: Roster, day: date
) -> Iterator[tuple[str, bool | None]]:
    """Yield everybody whose consent a recording needs, with the last word by a date, None without one.

    Of two words of one day a refusal stands: nobody is shown for want of an order.
    """
    school = roster.sections[recording.section].school if recording.section in roster.sections else ""
    principals = [
        one.id for one in roster.staff.values() if one.role == "principal" and school in one.schools
    ]
    people = (*roster.teachers_of.get(recording.section, ()), *principals, *recording.recorded)
    for person in dict.fromkeys(people):
        words = [
            one
            for one in consents
            if one.person == person and one.section in ("", recording.section) and one.day <= day
        ]
        last = max((one.day for one in words), default=None)
        # Of two words of one day a refusal stands, in whichever order they were written down.
        yield person, all(one.given for one in words if one.day == last) if words else None


def check_recordings(
    recordings: Iterable[Recording], consents: Sequence[Consent], roster: Roster, standing: Standing
) -> list[Finding]:
    """Return what stands against each recording on a date: consent, an end, and an end that is past."""
    found: list[Finding] = []
    consent = standing.limit("unconsented_recordings", period=Period.YEAR).clauses
    kept = standing.limit("unlimited_records", period=Period.YEAR).clauses
    for one in recordings:
        for person, given in consents_of(one, consents, roster, standing.day):
            if not given:
                found.append(_no_consent(one, person, given, consent))
        found += _kept(one, standing.day, kept)
        if not one.captions:
            said = f"recording {one.id} has no captions"
            found.append(
                Finding(
                    "learning.recording_captions",
                    said,
                    Status.ADVICE,
                    (f"recording {one.id}",),
                    mend="add captions",
                )
            )
    return found


def _no_consent(one: Recording, person: str, given: bool | None, clauses: tuple[str, ...]) -> Finding:
    how = "nobody has asked" if given is None else "the answer was no"
    said = f"recording {one.id} needs the consent of {person}: {how}; nobody is shown it"
    mend = (
        "ask, and enter the answer in consents.csv" if given is None else "cut the person out, or delete it"
    )
    return Finding(
        "learning.recording_consent", said, where=(f"recording {one.id}", person), clauses=clauses, mend=mend
    )


def _kept(one: Recording, day: date, clauses: tuple[str, ...]) -> Iterator[Finding]:
    where = (f"recording {one.id}",)
    if one.keep_until is None:
        said = f"nobody says how long recording {one.id} is kept; nobody is shown it"
        yield Finding("learning.recording_end", said, where=where, clauses=clauses, mend="fill in keepUntil")
    elif day > one.keep_until:
        said = f"recording {one.id} was to be kept until {one.keep_until} and is still listed"
        yield Finding(
            "learning.recording_over", said, where=where, clauses=clauses,
            value=float((day - one.keep_until).days), limit=0.0, unit="days",
            mend="delete it where it is stored",
        )  # fmt: skip


def check_posted(
    lessons: Iterable[tuple[str, date]], recordings: Iterable[Recording], standing: Standing
) -> list[Finding]:
    """Hold live lessons, by section and date, against a rule that each be posted, if there is one."""
    limit = standing.limit("unposted_lessons", period=Period.DAY)
    posted = {(one.section, one.day) for one in recordings}
    missing = sorted(set(lessons) - posted)
    if limit.high is None:
        said = "no rule in force asks for recordings of live lessons: the teacher decides"
        return [
            Finding("learning.lessons_free", said, Status.ADVICE, value=float(len(missing)), unit="lessons")
        ]
    return [
        Finding(
            "learning.lesson_unposted", f"the lesson of {section} on {day} has no recording",
            where=(section, day.isoformat()), value=1.0, limit=limit.high, unit="lessons",
            clauses=limit.clauses,
            mend="post it, or enter why there is none",
        )
        for section, day in missing
    ]  # fmt: skip
