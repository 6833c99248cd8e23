"""The door for rosters: read one from OneRoster files and side files, write one, compare two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schoolday.files import sides as side_files
from schoolday.files.oneroster.build import build
from schoolday.files.oneroster.core import Core
from schoolday.files.oneroster.dates import day_of
from schoolday.files.oneroster.read import Export, known_names, read_export
from schoolday.files.rooms import rooms_of
from schoolday.files.roster_out import write_roster
from schoolday.files.services import services_of
from schoolday.files.sheets.bundle import SIDE_FOLDER, Bundle, say_strangers
from schoolday.files.sheets.faults import Faults
from schoolday.files.sides import Sides
from schoolday.ground.finding import Finding, Spot, Status, broken
from schoolday.roster import Roster

__all__ = ["MOST_LOST", "RosterReading", "compare", "read_roster", "write_roster"]

MOST_LOST = 30.0
"""Percent of the pupils, sections and so on that a new roster may lack before it is refused."""


@dataclass(frozen=True)
class RosterReading:
    """What came of reading a roster.

    Parameters
    ----------
    roster
        The roster, or None if any finding is broken: then nothing is taken in.
    findings
        Every fault found in one pass, with file, row, column and what to do.
    version
        The OneRoster version whose columns the files have: ``1.1`` or ``1.2``.
    counts
        How many of each thing were read, and how many were left out.
    """

    roster: Roster | None
    findings: tuple[Finding, ...]
    version: str
    counts: Mapping[str, int]


def read_roster(path: Path, *, day: date, sides: Path | None = None) -> RosterReading:
    """Read a roster from a folder or zip of OneRoster CSV files, 1.1 or 1.2, and schoolday's side files.

    Parameters
    ----------
    path
        A folder or a zip with the files at its root, and the side files in its folder ``schoolday``.
    day
        The date for which it is read: it says which school year is meant and which roles have ended.
    sides
        A folder or zip that holds the side files instead, at its root or in a folder ``schoolday``.

    Returns
    -------
    RosterReading
        Whatever the bytes are, a reading and no exception. Passwords are dropped as they are read and
        stand in no value and in no finding.

    Notes
    -----
    Source of the format: 1EdTech OneRoster 1.2 CSV binding, and the 1.1 CSV tables.
    """
    faults = Faults()
    with ExitStack() as stack:
        bundle = stack.enter_context(Bundle(path, faults))
        beside = stack.enter_context(Bundle(sides, faults)) if sides is not None else bundle
        if not (bundle.readable and beside.readable):
            return RosterReading(None, faults.all(), "", {})
        export = read_export(bundle, faults)
        tables = side_files.read_sides(beside, _side_folder(beside, apart=sides is not None), faults)
        _say_strangers(bundle, beside, faults)
    return _taken(export, tables, day, faults)


def _taken(export: Export, sides: Sides, day: date, faults: Faults) -> RosterReading:
    core = build(export, side_files.extras_of(sides, _births(export)), day, faults)
    whole = {name: export.table(name).whole for name in ("users", "orgs", "classes")}
    if export.version == "1.2":
        whole["users"] &= export.table("roles").whole
    side_files.check_sides(sides, core, whole, faults)
    roster = _roster(core, sides, faults)
    findings = faults.all()
    return RosterReading(
        None if broken(findings) else roster, findings, export.version, _counts(roster, core)
    )


def _side_folder(bundle: Bundle, *, apart: bool) -> str:
    inside = any(name.startswith(SIDE_FOLDER) for name in bundle.names)
    return "" if apart and not inside else SIDE_FOLDER


def _say_strangers(bundle: Bundle, beside: Bundle, faults: Faults) -> None:
    names = side_files.side_names()
    known = known_names() | {SIDE_FOLDER + name for name in names}
    say_strangers(bundle, known, faults)
    if beside is not bundle:
        say_strangers(beside, known | names, faults)


def _births(export: Export) -> dict[str, date]:
    table = export.table("demographics")
    pairs = zip(table["sourcedId"], table["birthDate"], strict=True)
    return {user: day for user, text in pairs if (day := day_of(text)) is not None}


def _roster(core: Core, sides: Sides, faults: Faults) -> Roster:
    district, name, places, timezone = side_files.district_of(sides, core)
    return Roster(
        district=district,
        name=name,
        places=places,
        timezone=timezone,
        schools=core.schools,
        pupils=core.pupils,
        staff=core.staff,
        sections=core.sections,
        enrollments=tuple(core.enrollments),
        teaching=tuple(core.teaching),
        households=side_files.households_of(sides, core, faults),
        services=services_of(sides, core, faults),
        contracts=side_files.contracts_of(sides, core, faults),
        bells=side_files.bells_of(sides, faults),
        calendar=side_files.calendar_of(sides, core, faults),
        rooms=rooms_of(sides, core, faults),
    )


def _counts(roster: Roster, core: Core) -> dict[str, int]:
    counts = {name: len(measure(roster)) for name, measure in _PARTS.items()}
    left_out = {f"left out: {name}": number for name, number in sorted(core.left_out.items()) if number}
    return counts | left_out


_PARTS: Mapping[str, Callable[[Roster], Sequence[object] | Mapping[str, object]]] = {
    "schools": lambda roster: roster.schools,
    "pupils": lambda roster: roster.pupils,
    "staff": lambda roster: roster.staff,
    "sections": lambda roster: roster.sections,
    "enrollments": lambda roster: roster.enrollments,
    "households": lambda roster: roster.households,
    "services": lambda roster: roster.services,
    "contracts": lambda roster: roster.contracts,
}


_PEOPLE = frozenset({"schools", "pupils", "staff"})


def compare(old: Roster, new: Roster, *, most_lost: float = MOST_LOST, forced: bool = False) -> list[Finding]:
    """Return what a new roster has lost against the one that stands: a file may have come cut short.

    Parameters
    ----------
    old, new
        The roster that stands and the one that would take its place.
    most_lost
        Percent of the pupils, sections and so on that may be missing.
    forced
        Whether a person has looked and wants it so: then the findings are advice.
    """
    status = Status.ADVICE if forced else Status.BROKEN
    findings = []
    for name, measure in _PARTS.items():
        before, after = measure(old), measure(new)
        # People keep their ids from year to year; sections and services need not.
        kept = sum(key in after for key in before) if name in _PEOPLE else len(after)
        if before and (lost := 100 * (1 - kept / len(before))) > most_lost:
            said = f"{max(len(before) - kept, 0):,} of {len(before):,} {name} are missing from the new roster"
            findings.append(_lost(said, name, lost, most_lost, status))
    for school, pupils in old.pupils_at.items():
        if pupils and not new.pupils_at.get(school):
            said = f"{old.schools[school].name} has none of its {len(pupils):,} pupils in the new roster"
            findings.append(_lost(said, f"school {school}", 100.0, most_lost, status))
    return findings


def _lost(said: str, where: str, lost: float, limit: float, status: Status) -> Finding:
    mend = (
        "the export may be cut short: look at it; if it is right, take it in again and say that you mean it"
    )
    return Finding(
        "roster.lost",
        said,
        status,
        (where,),
        round(lost, 1),
        limit,
        "percent",
        spot=Spot("roster"),
        mend=mend,
    )
