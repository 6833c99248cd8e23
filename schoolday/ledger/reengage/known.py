"""What was known of a pupil's attendance at each moment: certified codes, never missing data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from schoolday.ledger.entry import Entry, EntryKind

PRESENT, LATE, EXCUSED, ABSENT = "present", "late_30", "excused", "absent"
CODES: Mapping[str, str] = {
    PRESENT: "took part, the whole day or a part of it",
    LATE: "late or away for more than 30 minutes without an excuse",
    EXCUSED: "absent, with an excuse that the law names",
    ABSENT: "absent without an excuse",
}
"""The codes of attendance, best first: of several for one day the best counts."""
AWAY = frozenset({EXCUSED, ABSENT})
"""Codes of a day absent: the law counts any reason."""
UNEXCUSED = frozenset({LATE, ABSENT})
"""Codes that count towards truancy."""
_RANK = {code: place for place, code in enumerate(CODES)}


@dataclass
class Known:
    """The certified code of each day, as it stands after the entries told so far.

    Tell it entries in the order in which they were recorded. A day of which nobody has certified anything is
    not in `codes`: it is unverified. `off` holds the days of which the code is another than present.
    """

    codes: dict[date, str] = field(default_factory=dict)
    off: set[date] = field(default_factory=set)
    _standing: dict[date, dict[str, str]] = field(default_factory=dict)
    _told: dict[str, Entry] = field(default_factory=dict)
    _correction: dict[str, Entry] = field(default_factory=dict)

    def tell(self, entry: Entry) -> frozenset[date]:
        """Take in an entry and return the dates whose code it may have changed.

        A correction of another school's entry corrects nothing and does not stand. Where two correct one
        entry, the later one stands.
        """
        other = self._told.get(entry.corrects)
        self._told[entry.id] = entry
        if other is None and entry.day not in self._standing:
            # Nearly every entry is the first and only one of its day.
            self._standing[entry.day] = {entry.id: entry.code}
            self._settle(entry.day)
            return frozenset((entry.day,))
        touched = {entry.day}
        if other is not None and other.school != entry.school:
            return frozenset()
        if other is not None:
            for gone in (other, self._correction.get(other.id)):
                if gone is not None:
                    self._standing.get(gone.day, {}).pop(gone.id, None)
                    touched.add(gone.day)
            self._correction[other.id] = entry
        self._standing.setdefault(entry.day, {})[entry.id] = entry.code
        for day in touched:
            self._settle(day)
        return frozenset(touched)

    def _settle(self, day: date) -> None:
        codes = [code for code in self._standing.get(day, {}).values() if code in _RANK]
        self.off.discard(day)
        if not codes:
            self.codes.pop(day, None)
            return
        code = codes[0] if len(codes) == 1 else min(codes, key=_RANK.__getitem__)
        self.codes[day] = code
        if code != PRESENT:
            self.off.add(day)


def of_attendance(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return each pupil's entries of attendance in the order of recording; one sent twice is one."""
    known = {entry.id: entry for entry in entries if entry.kind is EntryKind.ATTENDANCE}
    found: dict[str, list[Entry]] = {}
    for entry in known.values():
        found.setdefault(entry.pupil, []).append(entry)
    # Pupil by pupil: a class has its entries in the order of recording, and all of it the same moment.
    for some in found.values():
        some.sort(key=attrgetter("at", "id"))
    return found
