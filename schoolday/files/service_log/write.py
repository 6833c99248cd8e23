"""Write services as CSV: the log as it is read, and the exports for a pupil's file and a provider's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from schoolday.files.kept import closed_folder
from schoolday.files.service_log.read import CLOSURES, ENTRIES, FILES, SIGNED, TERMS, ServiceLog
from schoolday.files.sheets.write import file_name, write_csv
from schoolday.ground.errors import SchooldayError
from schoolday.ground.spans import clock
from schoolday.ledger.entry import Entry
from schoolday.ledger.services.account import Account
from schoolday.ledger.services.recorded import CODES, REASONS, makes_up, of_services
from schoolday.ledger.services.signed import Attestation
from schoolday.roster import Roster

ACCOUNT = (
    "pupilId", "name", "serviceId", "kind", "providerId", "mode", "period", "first", "last", "owed",
    "delivered", "made_up", "explained", "to_make_up", "unrecorded", "unaccounted", "extra", "reasons",
    "clauses",
)  # fmt: skip
MEETING = (
    "entryId", "pupilId", "name", "serviceId", "kind", "date", "start", "end", "minutes", "outcome", "said",
    "makesUp", "note", "recorded", "corrects", "signed",
)  # fmt: skip


def write_log(folder: Path, log: ServiceLog) -> None:
    """Write a log as `schoolday.files.service_log.read.read_services` takes it."""
    closed_folder(folder)
    _write(folder, ENTRIES, (_row(entry) for entry in log.entries))
    _write(
        folder, TERMS,
        (
            (
                one.service, one.minutes, one.times, one.per.value, one.mode.value, one.first or "",
                one.last or "", "yes" if one.emergency else "",
            )
            for one in log.stated
        ),
    )  # fmt: skip
    closed = ((one.school, one.first, one.last or "", one.source) for one in log.closures)
    _write(folder, CLOSURES, closed)
    write_signed(folder, log.signed)


def write_signed(folder: Path, signed: Iterable[Attestation]) -> None:
    """Write the signatures of a log."""
    rows = (
        (one.id, one.provider, one.first, one.last, one.at.isoformat(), one.words, one.number, one.digest)
        for one in signed
    )
    _write(folder, SIGNED, rows)


def _write(folder: Path, name: str, rows: Iterable[Sequence[object]]) -> None:
    some = list(rows)
    if some:
        write_csv(folder / name, [column.name for column in FILES[name]], some)


def _row(entry: Entry) -> tuple[object, ...]:
    named = makes_up(entry)
    note = entry.detail.partition(": ")[2] if named else entry.detail
    return (
        entry.id, entry.pupil, entry.activity, entry.day, _clock(entry.first), _clock(entry.last),
        "" if entry.minutes is None else entry.minutes, entry.code, named, note, entry.by,
        entry.at.isoformat(), entry.corrects,
    )  # fmt: skip


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else clock(minutes)


def write_exports(
    out: Path,
    made: Sequence[Account],
    entries: Iterable[Entry],
    signed: Sequence[Attestation],
    roster: Roster,
) -> tuple[int, int]:
    """Write a file for each pupil and each provider into a new folder, and return how many of each.

    No codes of procedures, no prices and no claims: it is a record to look at, and bills nobody.

    Raises
    ------
    SchooldayError
        If the folder holds something already: an export is never written over.
    """
    if out.exists() and any(out.iterdir()):
        raise SchooldayError(f"{out} holds something already; name a new folder")
    accounts, meetings = defaultdict[str, list[Account]](list), defaultdict[str, list[Entry]](list)
    for one in made:
        accounts[one.terms.pupil].append(one)
    for entry in of_services(entries):
        meetings[entry.by].append(entry)
    closed_folder(out)
    for pupil, some in accounts.items():
        rows = (_account(one, roster) for one in some)
        write_csv(closed_folder(out / "pupils") / f"{file_name(pupil)}.csv", ACCOUNT, rows)
    for provider, held in meetings.items():
        write_csv(
            closed_folder(out / "providers") / f"{file_name(provider)}.csv",
            MEETING,
            _meetings(held, signed, roster),
        )
    return len(accounts), len(meetings)


def _account(one: Account, roster: Roster) -> tuple[object, ...]:
    terms, period = one.terms, one.owed.period
    who = roster.pupils[terms.pupil]
    reasons = "; ".join(f"{REASONS[code]}: {minutes}" for code, minutes in sorted(one.reasons.items()))
    return (
        terms.pupil, who.name, terms.service, terms.kind, terms.provider, terms.mode.value,
        period.name, period.first, period.last, one.owed.minutes, one.delivered, one.made_up, one.explained,
        one.to_make_up, one.unrecorded, one.unaccounted, one.extra, reasons, " ".join(one.clauses),
    )  # fmt: skip


def _meetings(
    held: Iterable[Entry], signed: Sequence[Attestation], roster: Roster
) -> Iterator[tuple[object, ...]]:
    for entry in held:
        who = roster.pupils[entry.pupil]
        service = roster.services.get(entry.activity)
        names = [one.id for one in signed if one.covers(entry) and entry.at <= one.at]
        row = _row(entry)
        yield (
            entry.id, entry.pupil, who.name, entry.activity,
            service.kind if service else "", *row[3:8], CODES[entry.code], row[8], row[9],
            entry.at.isoformat(), entry.corrects, " ".join(names),
        )  # fmt: skip
