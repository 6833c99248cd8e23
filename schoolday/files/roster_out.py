"""Write a roster: OneRoster 1.2 bulk files and the side files, to a folder or a zip."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from schoolday.calendar.days import WEEK
from schoolday.files.oneroster.core import NO_COURSE
from schoolday.files.oneroster.read import MANIFEST, known_names
from schoolday.files.oneroster.write import after, columns_of, manifest_rows, oneroster_rows, written
from schoolday.files.rooms import HOME, MOST_ROOMS
from schoolday.files.sheets.bundle import SIDE_FOLDER
from schoolday.files.sheets.checks import check_table, check_unique
from schoolday.files.sheets.columns import Column
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table
from schoolday.files.sides import SIDES, side_names
from schoolday.ground.errors import RosterRefused
from schoolday.ground.spans import clock
from schoolday.roster import Roster, Service

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
_NOT_STAFF = frozenset({"student", "guardian", "parent", "relative"})
_SHOWN = 5


def write_roster(roster: Roster, path: Path) -> None:
    """Write a roster as OneRoster 1.2 bulk files with schoolday's side files.

    Parameters
    ----------
    roster
        What to write.
    path
        A name that ends in ``.zip`` for a zip, whose bytes depend on the roster alone; any other for a
        folder. In a folder, roster files of an earlier writing that are no longer needed are removed.

    Raises
    ------
    RosterRefused
        If the roster holds something that the files cannot say; nothing is written then.

    Notes
    -----
    Reading it back gives an equal roster. The titles of courses are not part of a roster and are made up.
    """
    tables = _tables(roster)
    _refuse(roster, tables)
    files = {file: _csv(table, columns) for file, (table, columns) in tables.items()}
    names = [file.removesuffix(".csv") for file in tables if not file.startswith(SIDE_FOLDER)]
    files[MANIFEST] = _bytes([("propertyName", "value"), *manifest_rows(names)])
    if path.suffix == ".zip":
        _pack(files, path)
    else:
        _fill(files, path)


Tables = Mapping[str, tuple[Table, tuple[Column, ...]]]


def _tables(roster: Roster) -> Tables:
    found: dict[str, tuple[Table, tuple[Column, ...]]] = {}
    for name, rows in oneroster_rows(roster).items():
        layout = columns_of(name)
        cells = {column.name: [row.get(column.name, "") for row in rows] for column in layout}
        found[f"{name}.csv"] = (Table(f"{name}.csv", list(range(2, len(rows) + 2)), dict(cells)), layout)
    for name, side in SIDES.items():
        lines = list(_side_rows(roster, name))
        if lines:
            across = zip((column.name for column in side.columns), zip(*lines, strict=True), strict=True)
            file = f"{SIDE_FOLDER}{name}.csv"
            found[file] = (Table(file, list(range(2, len(lines) + 2)), dict(across)), side.columns)
    return found


def _side_rows(roster: Roster, name: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of one side file; none where the roster has nothing for it."""
    if name == "district":
        yield roster.district, roster.name, " ".join(roster.places), roster.timezone
    elif name == "households":
        for house in roster.households.values():
            devices = "" if house.devices is None else str(house.devices)
            yield house.id, house.language, devices, house.connection
    elif name == "household_pupils":
        yield from ((house.id, pupil) for house in roster.households.values() for pupil in house.pupils)
    elif name == "contracts":
        for day in roster.contracts.values():
            yield day.staff, clock(day.start), clock(day.end), " ".join(WEEK[number] for number in day.days)
    elif name == "services":
        yield from map(_service, roster.services.values())
    else:
        yield from _smaller_rows(roster, name)


def _smaller_rows(roster: Roster, name: str) -> Iterator[tuple[str, ...]]:
    if name == "bells":
        for bells in roster.bells.values():
            yield bells.school, clock(bells.first), str(bells.pitch), str(bells.slots)
    elif name == "rooms":
        for school, kinds in roster.rooms.items():
            yield from ((school, kind, str(count)) for kind, count in kinds.items())
    elif name == "links":
        for section in roster.sections.values():
            if section.link or section.place != "home":
                yield section.id, section.link, section.place
    elif name == "groups":
        yield from ((pupil.id, group) for pupil in roster.pupils.values() for group in sorted(pupil.groups))
    elif name == "credentials":
        yield from ((staff.id, staff.credential) for staff in roster.staff.values() if staff.credential)
    elif name == "calendar":
        for kind, days in (
            ("holiday", roster.calendar.holidays),
            ("preparation", roster.calendar.preparation),
        ):
            yield from ((day.isoformat(), kind, reason) for day, reason in days.items())


def _service(service: Service) -> tuple[str, ...]:
    numbers = (str(service.minutes), str(service.times))
    dates = (written(service.first), after(service.last))
    head = (service.id, service.pupil, service.kind)
    return (*head, *numbers, service.provider, service.group, *dates, service.place)


def _refuse(roster: Roster, tables: Tables) -> None:
    """Raise if what would be written breaks the binding or would be read back as something else."""
    faults = Faults()
    known: dict[str, Collection[str] | None] = {
        file.removesuffix(".csv"): frozenset(table["sourcedId"])
        for file, (table, _) in tables.items()
        if not file.startswith(SIDE_FOLDER)
    }
    known |= {"pupils": roster.pupils.keys(), "staff": roster.staff.keys()}
    known |= {"schools": roster.schools.keys(), "households": roster.households.keys()}
    for file, (table, layout) in tables.items():
        check_table(table, layout, known, faults, bulk=True, extensible=True)
        side = SIDES.get(file.removeprefix(SIDE_FOLDER).removesuffix(".csv"))
        check_unique(table, side.unique if side and file.startswith(SIDE_FOLDER) else ("sourcedId",), faults)
    said = [f"{finding.spot}: {finding.said}" for finding in faults.all()] + list(_unsayable(roster))
    if said:
        more = f"; and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
        raise RosterRefused(f"the roster can't be written as OneRoster: {'; '.join(said[:_SHOWN])}{more}")


def _unsayable(roster: Roster) -> Iterator[str]:
    for staff in roster.staff.values():
        if staff.role in _NOT_STAFF or staff.role.startswith("ext:") or not staff.role.strip():
            yield f"staff {staff.id} has the role {staff.role!r}, which is no role of staff"
    for section in roster.sections.values():
        if section.kind not in ("homeroom", "scheduled") or section.course == NO_COURSE:
            yield f"section {section.id} must be of kind homeroom or scheduled and not be of {NO_COURSE}"
    for school, kinds in roster.rooms.items():
        for kind, count in kinds.items():
            if kind == HOME or not 1 <= count <= MOST_ROOMS:
                yield f"school {school} has {count} rooms of the kind {kind!r}; leave out what is none"
    for name, held in (("pupil", roster.pupils), ("section", roster.sections), ("staff", roster.staff)):
        yield from (
            f"{name} {key} is kept under another id" for key, value in held.items() if value.id != key
        )


def _csv(table: Table, columns: Sequence[Column]) -> bytes:
    names = [column.name for column in columns]
    return _bytes([names, *zip(*(table[name] for name in names), strict=True)])


def _bytes(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    try:
        return text.getvalue().encode("utf-8")
    except UnicodeEncodeError as error:
        raise RosterRefused(f"a text of the roster can't be written as UTF-8: {error.reason}") from error


def _pack(files: Mapping[str, bytes], path: Path) -> None:
    beside = path.with_name(path.name + ".part")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
            entry.compress_type, entry.external_attr, entry.create_system = (
                zipfile.ZIP_DEFLATED,
                0o644 << 16,
                3,
            )
            packed.writestr(entry, files[name])
    beside.replace(path)


def _fill(files: Mapping[str, bytes], path: Path) -> None:
    (path / SIDE_FOLDER).mkdir(parents=True, exist_ok=True)
    for name in sorted(files):
        (path / name).write_bytes(files[name])
    known = known_names() | {SIDE_FOLDER + name for name in side_names()}
    for name in sorted(known - set(files)):
        (path / name).unlink(missing_ok=True)
