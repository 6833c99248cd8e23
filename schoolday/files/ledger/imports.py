"""Read participation from the files of video and learning platforms; what fits nobody is a finding.

With any fault nothing is taken: half a meeting would be read as the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from uuid import UUID, uuid5

from schoolday.files.ledger.platform_lines import Line, lines_of_platform
from schoolday.files.ledger.platforms import Platform, clock_of, minutes_of, moment_of
from schoolday.files.sheets.faults import Faults
from schoolday.ground.finding import Finding, Status, broken
from schoolday.ledger.entry import Entry, EntryKind

_OURS = UUID("6c1a8f0e-3d5b-5c55-9d0e-5c5f6d1c2b7a")
"""The space of ids of imported entries: the same line of the same meeting has the same id everywhere."""

_DAY = 24 * 60
_YES = frozenset({"yes", "sí", "true"})
_LOOSE = 2
"""Minutes by which a platform's own count may differ from its times: it rounds, and leaves out waiting."""


@dataclass(frozen=True)
class Wanted:
    """What an import is told besides the file.

    Parameters
    ----------
    platform
        Whose file it is.
    school, activity
        The school and the section or service that met; a plain file may name its own activities.
    by
        The staff member who brings the file.
    zone
        The district's time zone, in which times without one are written.
    pupils
        The pupils who may be in it, by id: those of the activity.
    accounts
        The pupil of each e-mail address, in small letters.
    on
        The date, for a file whose times have none.
    left_out
        E-mail addresses and names, in small letters, that are no pupils: staff, helpers.
    only, activities
        The one date, and the activities, that a row may be of; None and nothing where any will do.
    """

    platform: Platform
    school: str
    activity: str
    by: str
    zone: tzinfo
    pupils: Collection[str]
    accounts: Mapping[str, str]
    on: date | None = None
    left_out: frozenset[str] = field(default_factory=frozenset)
    only: date | None = None
    activities: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Imported:
    """What came of an import: the entries, or None if any finding is broken; and the findings."""

    entries: tuple[Entry, ...] | None
    findings: tuple[Finding, ...]


def read_participation(file: str, data: bytes, wanted: Wanted) -> Imported:
    """Return who joined by a platform's file, and every fault of it by row and column.

    Parameters
    ----------
    file, data
        The file's name for the findings, and its bytes.
    wanted
        The platform, the meeting and who may be in it.
    """
    faults = Faults("ledger")
    rows = list(lines_of_platform(file, data, wanted.platform, faults))
    entries = [entry for row in rows if (entry := _entry(row, file, wanted, faults)) is not None]
    if not rows and not broken(faults.all()):
        faults.add("no_rows", f"{file} names nobody who joined", file, mend="export it after the meeting")
    found = faults.all()
    return Imported(None if broken(found) else tuple(_apart(entries)), found)


def _entry(row: Line, file: str, wanted: Wanted, faults: Faults) -> Entry | None:
    if _is_left_out(row, wanted) or _waited(row, file, faults):
        return None
    pupil = _pupil(row, file, wanted, faults)
    times = _times(row, file, wanted, faults)
    activity = row["activity"] or wanted.activity
    if not activity:
        mend = "fill in activity, or name the section that met"
        faults.add("activity", "nobody says which class met", file, row.number, "activity", mend=mend)
    elif wanted.activities and activity not in wanted.activities:
        said = f"the row is of {activity[:60]}, and the file was brought for {wanted.activity}"
        _of_another(said, file, row, "activity", faults)
    if pupil is None or times is None:
        return None
    if wanted.only and times[0] != wanted.only:
        said = f"the row is of {times[0]}, and the file was brought for the meeting of {wanted.only}"
        _of_another(said, file, row, row.first_of("joined", "left", "date"), faults)
    day, first, last, minutes, at = times
    return Entry(
        "", EntryKind.JOINED, pupil, day, wanted.school, activity, first, last, minutes, "platform", "",
        wanted.by, at, "", wanted.platform.name,
    )  # fmt: skip


def _of_another(said: str, file: str, row: Line, column: str, faults: Faults) -> None:
    mend = "take the row out, or send the file from the page of its own meeting"
    faults.add("other_meeting", said, file, row.number, row.headings.get(column, column), mend=mend)


def _waited(row: Line, file: str, faults: Faults) -> bool:
    """Whether a row is of the waiting room: who was never let in took part in nothing."""
    if row["waiting"].casefold() not in _YES:
        return False
    said = "the row is of the waiting room, so it is no time in the meeting and was passed over"
    mend = "enter a technical failure where the pupil was kept out"
    column = row.headings["waiting"]
    faults.add("waiting_room", said, file, row.number, column, mend=mend, status=Status.ADVICE)
    return True


def _is_left_out(row: Line, wanted: Wanted) -> bool:
    names = {row["email"].casefold(), row["name"].casefold(), f"{row['given']} {row['family']}".casefold()}
    return bool((names - {"", " "}) & wanted.left_out)


def _pupil(row: Line, file: str, wanted: Wanted, faults: Faults) -> str | None:
    given, mail = row["pupil"], row["email"].casefold()
    pupil = given or wanted.accounts.get(mail, "")
    if pupil in wanted.pupils:
        return pupil
    column = "pupil" if given else "email"
    heading = row.headings.get(column, column)
    mend = "add the address to the accounts or the pupil to the class, or say that it is to be left out"
    if pupil:
        said = f"pupil {pupil[:60]} is not in the class that met"
        faults.add("not_in_class", said, file, row.number, heading, mend=mend)
    else:
        # The row's name is not repeated: findings travel further than the file does.
        who = f"{mail[:60]!r} is no pupil's address" if mail else "the row has no address to know a pupil by"
        faults.add("unmatched", who, file, row.number, heading, mend=mend)
    return None


_Times = tuple[date, int | None, int | None, int | None, datetime]


def _times(row: Line, file: str, wanted: Wanted, faults: Faults) -> _Times | None:
    """Return the day, from when to when, the minutes and the moment of leaving; None after a fault."""
    on = _date(row, file, wanted, faults)
    joined, left = (_moment(row, name, on, file, wanted, faults) for name in ("joined", "left"))
    counted = _minutes(row, file, faults)
    _same_date(row, on, joined or left, file, faults)
    if joined is None or left is None:
        ends = joined or left
        day = ends.date() if ends else on
        if day is None or (ends is None and counted is None):
            if not (row["joined"] or row["left"] or row["minutes"]):
                said, mend = "the row has no times and no minutes", "take it out, or fill in the times"
                faults.add("required", said, file, row.number, mend=mend)
            elif day is None and not (row["joined"] or row["left"] or row["date"]):
                mend = "give the date of the meeting"
                faults.add("date", "nobody says on which date it was", file, row.number, mend=mend)
            return None
        at = ends or datetime.combine(day, datetime.min.time(), wanted.zone)
        return day, (joined.hour * 60 + joined.minute if joined else None), None, counted, at
    return _span(row, joined, left, counted, file, faults)


def _same_date(row: Line, on: date | None, moment: datetime | None, file: str, faults: Faults) -> None:
    if row["date"] and on and moment and moment.date() != on:
        said = f"the row's date is {on} and its times are of {moment.date()}"
        faults.add("date", said, file, row.number, row.headings["date"], mend="correct one of the two")


def _span(
    row: Line, joined: datetime, left: datetime, counted: int | None, file: str, faults: Faults
) -> _Times | None:
    heading = row.headings["left"]
    if left < joined or left.date() != joined.date():
        said = f"{row['left'][:40]!r} is not after {row['joined'][:40]!r} on the same day"
        faults.add(
            "times",
            said,
            file,
            row.number,
            heading,
            mend="correct the times; what goes on past midnight is two rows",
        )
        return None
    first, last = (one.hour * 60 + one.minute for one in (joined, left))
    if counted is not None and abs(counted - (last - first)) > _LOOSE:
        said = f"the platform counts {counted} minutes, and its times {last - first}; the times are taken"
        column = row.headings["minutes"]
        mend = "correct the entry if the count is right"
        faults.add("count", said, file, row.number, column, mend=mend, status=Status.ADVICE)
    return joined.date(), first, last, last - first, left


def _date(row: Line, file: str, wanted: Wanted, faults: Faults) -> date | None:
    if not row["date"]:
        return wanted.on
    try:
        return date.fromisoformat(row["date"])
    except ValueError:
        said = f"{row['date'][:40]!r} is no date"
        faults.add("value", said, file, row.number, "date", mend="write it as 2020-09-08")
        return None


def _moment(
    row: Line, name: str, on: date | None, file: str, wanted: Wanted, faults: Faults
) -> datetime | None:
    cell = row[name]
    if not cell:
        return None
    found = moment_of(cell, on, wanted.zone)
    if found is None and clock_of(cell) and on is None:
        said = f"{cell[:40]!r} has no date, and nobody says on which date it was"
        faults.add("date", said, file, row.number, row.headings[name], mend="give the date of the meeting")
    elif found is None:
        said = f"{cell[:40]!r} is no time that {wanted.platform.name} files have"
        mend = "write it as 09/08/2020 08:30:00 AM or 2020-09-08 08:30"
        faults.add("value", said, file, row.number, row.headings[name], mend=mend)
    return found


def _minutes(row: Line, file: str, faults: Faults) -> int | None:
    cell = row["minutes"]
    found = minutes_of(cell) if cell else None
    if cell and found is None:
        said = f"{cell[:40]!r} is no number of minutes"
        column = row.headings["minutes"]
        faults.add("value", said, file, row.number, column, mend="write whole minutes")
    elif found is not None and found > _DAY:
        said = f"{cell[:40]!r} is more than the {_DAY} minutes of a day"
        column = row.headings["minutes"]
        faults.add("value", said, file, row.number, column, mend="correct it, or leave it blank")
    return found


def _apart(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries with their ids; lines that say the same to the minute are one entry.

    Who dropped out and came back within a minute has two such lines, and was there for that minute once.
    """
    seen = set[str]()
    for entry in entries:
        parts = (entry.origin, entry.school, entry.activity, entry.pupil, entry.day, entry.first, entry.last)
        name = str(uuid5(_OURS, "\x1f".join(map(str, (*parts, entry.minutes)))))
        if name not in seen:
            seen.add(name)
            yield replace(entry, id=name)
