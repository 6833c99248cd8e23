"""A state's folder: a year's folder for each district, and every pack is read once before it is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

import duckdb

from schoolday.files.engines.year import CALENDAR, DAYS, read_year
from schoolday.files.sheets.faults import Faults
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, Spot, broken
from schoolday.measures.given import MeasuredYear
from schoolday.measures.limits import Limits
from schoolday.measures.portable import PACK_COLUMNS, Engine
from schoolday.measures.state import District

Packs = Mapping[str, Sequence[Path]]


class StateEngine(Engine, Protocol):
    """An engine that takes the packs of several districts, and writes answers as files."""

    @property
    def version(self) -> str:
        """What works it out, by name and number."""

    def look_together(self, parts: Sequence[tuple[int, Sequence[Path]]]) -> None:
        """Take the packs of several districts as the rows."""

    def export(self, select: str, file: Path) -> None:
        """Write a query's answer as Parquet."""

    def close(self) -> None:
        """Let go of what it holds."""


class StateReading(NamedTuple):
    """What came of reading a state's folder: its districts and their packs, or nothing if any is broken."""

    districts: Sequence[District]
    packs: Packs
    findings: Sequence[Finding]


def district_folders(state: Path) -> list[Path]:
    """Return the folders of a state's districts, by name.

    Raises
    ------
    SchooldayError
        If there is none.
    """
    found = sorted(one for one in state.iterdir() if one.is_dir() and not one.name.startswith("."))
    if not found:
        raise SchooldayError(
            f"{state}: no district's folder is in it; docs/measures.md says how a state's folder is made"
        )
    return found


def read_state(
    folders: Sequence[Path], limits_of: Callable[[MeasuredYear], Limits], step: Callable[[int], None]
) -> StateReading:
    """Read each district's folder and every one of its packs; all faults of all districts are told."""
    districts: list[District] = []
    packs: dict[str, Sequence[Path]] = {}
    found: list[Finding] = []
    for folder in folders:
        faults = list(_read(folder, limits_of, districts, packs))
        found += [_of(folder.name, one) for one in faults]
        step(1)
    if broken(found):
        return StateReading((), {}, found)
    return StateReading(districts, packs, found)


def _read(
    folder: Path,
    limits_of: Callable[[MeasuredYear], Limits],
    districts: list[District],
    packs: dict[str, Sequence[Path]],
) -> Iterator[Finding]:
    try:
        reading = read_year(folder)
    except SchooldayError as error:
        yield Finding("measures.unreadable", str(error), spot=Spot(CALENDAR), mend="correct the file")
        return
    yield from reading.findings
    faults = Faults("measures")
    if reading.year is not None and not reading.packs:
        faults.add("missing_file", "there is no pack of any day", DAYS, mend="make the packs first")
    pupils = len(reading.year.pupils) if reading.year else None
    for pack in reading.packs.values():
        _check_pack(pack, pupils, faults)
    yield from faults.all()
    if reading.year is not None and not faults.all():
        districts.append(District(folder.name, reading.year, limits_of(reading.year)))
        packs[folder.name] = list(reading.packs.values())


def _of(district: str, finding: Finding) -> Finding:
    """Return a finding whose file is named with its district's folder."""
    spot = finding.spot or Spot("")
    return replace(finding, spot=Spot(f"{district}/{spot.file}", spot.row, spot.column))


def _check_pack(pack: Path, pupils: int | None, faults: Faults) -> None:
    """Read a whole pack; one that is cut short, changed or of other columns is named, not guessed at."""
    named, columns = str(pack).replace("'", "''"), ", ".join(f"COUNT({one})" for one in PACK_COLUMNS)
    file = f"{DAYS}/{pack.name}"
    try:
        # Sums make DuckDB unpack every column; a count alone is answered from the file's foot.
        sums = "SUM(pupil), SUM(activity), SUM(minutes), SUM(participated), MAX(kind), MAX(origin), MAX(day)"
        text = f"SELECT MAX(pupil), MIN(pupil), {columns}, {sums} FROM read_parquet('{named}')"
        with duckdb.connect() as link:
            most, least, *_others = link.execute(text).fetchall()[0]
    except duckdb.Error as error:
        said = f"this pack cannot be read: {str(error).splitlines()[0][:160]}"
        faults.add("unreadable", said, file, mend="make the pack anew from its seals, or copy it again")
        return
    if pupils is not None and most is not None and (most >= pupils or least < 0):
        said = (
            f"it has rows of pupil {most if most >= pupils else least}, and days/pupils.parquet ends before"
        )
        faults.add("unknown_id", said, file, mend="copy the pack and the numbering of one and the same day")


def digest_of(packs: Sequence[Path]) -> str:
    """Return one digest of some packs, in their order: which version a figure was made from."""
    whole = sha256()
    for pack in packs:
        whole.update(sha256(pack.read_bytes()).digest())
    return whole.hexdigest()
