"""The codes of each kind of entry, and what an entry by itself may not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schoolday.ground.finding import Finding
from schoolday.ledger.entry import Entry, EntryKind

WITHDRAWN = "withdrawn"
"""The code of a correction that takes an entry back and puts nothing in its place."""

ABSENT = frozenset({"absent", "excused"})
"""The codes by which a certifier says that a pupil was absent; the excused are counted apart."""

PRESENT = frozenset({"present", "late_30"})
"""The codes by which a certifier says that a pupil was there, more than 30 minutes late among them."""

REENGAGEMENT = frozenset(
    [
        "contacts_verified",
        "contacts_wrong",
        "notice_sent",
        "notice_returned",
        "reached",
        "tried",
        "referred",
        "meeting_held",
        "meeting_missed",
        "back_in_class",
        "return_not_feasible",
        "truancy_told",
        "evaluated",
    ]
)
"""The codes of contacts about absences: steps of re-engagement, and no evidence that the pupil took part."""

DELIVERED = frozenset({"delivered", "make_up"})
"""The codes of a service that was given."""

MISSING = "missing"
"""The code of an assignment that was due and not handed in."""

KEPT = ("kept_english", "kept_mathematics", "kept_history", "kept_science", "kept_other")
"""The codes of submitted work of which a sample is kept, by subject."""

CODES: Mapping[EntryKind, frozenset[str]] = {
    EntryKind.JOINED: frozenset({"", "video", "phone", "platform"}),
    EntryKind.WORK: frozenset({"", "submitted", MISSING, *KEPT}),
    EntryKind.CONTACT: frozenset(
        {"reached_pupil", "reached_parent", "message_left", "no_answer", "wrong_number", *REENGAGEMENT}
    ),
    EntryKind.ASSESSED: frozenset({"", "completed", "partial"}),
    EntryKind.IN_PERSON: frozenset({"", "whole", "part"}),
    EntryKind.SERVICE: DELIVERED
    | frozenset(
        [
            "pupil_absent",
            "pupil_excused",
            "declined",
            "provider_absent",
            "no_school",
            "school_activity",
            "technical",
            "other",
        ]
    ),
    EntryKind.FAILURE: frozenset({"dropped", "no_connection", "no_device", "platform_down", "other"}),
    EntryKind.ATTENDANCE: PRESENT | ABSENT,
}
"""The codes that an entry of each kind may have, besides `WITHDRAWN` for a correction."""

EVIDENCE: Mapping[EntryKind, frozenset[str]] = {
    EntryKind.JOINED: CODES[EntryKind.JOINED],
    EntryKind.WORK: CODES[EntryKind.WORK] - {MISSING},
    EntryKind.CONTACT: frozenset({"reached_pupil", "reached_parent"}),
    EntryKind.ASSESSED: CODES[EntryKind.ASSESSED],
    EntryKind.IN_PERSON: CODES[EntryKind.IN_PERSON],
    EntryKind.SERVICE: DELIVERED,
}
"""The codes by which an entry is evidence that the pupil took part (Education Code 43504(d)(2))."""

_DAY = 24 * 60


def is_evidence(entry: Entry) -> bool:
    """Whether an entry is evidence that the pupil took part that day."""
    return entry.code in EVIDENCE.get(entry.kind, ())


def faults(entry: Entry) -> Iterator[Finding]:
    """Yield what an entry by itself may not say, each with what to do."""
    if entry.code == WITHDRAWN:
        if not entry.corrects:
            said = "a withdrawal names no entry that it withdraws"
            yield _fault("ledger.code", entry, said, "name the entry that it takes back")
    elif entry.code not in CODES[entry.kind]:
        known = ", ".join(sorted(CODES[entry.kind] - {""}))
        said = f"{entry.code!r} is no code of an entry of the kind {entry.kind}"
        yield _fault("ledger.code", entry, said, f"use one of {known}")
    yield from _times(entry)
    if entry.at.tzinfo is None:
        said = "the moment of entering has no time zone"
        yield _fault("ledger.moment", entry, said, "give the moment with its zone")


def _times(entry: Entry) -> Iterator[Finding]:
    first, last = entry.first, entry.last
    if any(not 0 <= minute <= _DAY for minute in (first, last) if minute is not None):
        yield _fault("ledger.times", entry, "a time lies outside the day", "use minutes from 0 to 1440")
    elif first is not None and last is not None and last < first:
        yield _fault("ledger.times", entry, "it ends before it begins", "correct one of the two times")
    elif entry.minutes is not None and not 0 <= entry.minutes <= _DAY:
        said = f"{entry.minutes} are no minutes of a day"
        yield _fault("ledger.minutes", entry, said, "correct the minutes, or leave them unknown")
    elif None not in (first, last, entry.minutes) and entry.kind is not EntryKind.WORK:
        length = (last or 0) - (first or 0)
        if entry.minutes != length:
            said = f"it lasts {length} minutes by its times and says {entry.minutes}"
            yield _fault("ledger.minutes", entry, said, "correct the times, or leave out one of the two")


def _fault(code: str, entry: Entry, said: str, mend: str) -> Finding:
    where = (f"pupil {entry.pupil}", entry.day.isoformat(), f"entry {entry.id}")
    return Finding(code, f"Entry {entry.id}: {said}.", where=where, mend=mend)
