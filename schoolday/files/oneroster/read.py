"""Read the OneRoster files of a bundle: the manifest, then every file by its version's binding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schoolday.files.oneroster.binding import BINDING, MISSPELLED, PRESENCE
from schoolday.files.sheets.bundle import Bundle
from schoolday.files.sheets.checks import check_table, check_unique, ids_of
from schoolday.files.sheets.columns import Column, columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table, header_of, read_table
from schoolday.ground.finding import Status

MANIFEST = "manifest.csv"
_MANIFEST = columns("propertyName! value")
_NEEDED = ("orgs", "academicSessions", "users", "roles", "classes", "enrollments", "courses", "demographics")
_MUST = ("orgs", "academicSessions", "users", "roles")
_WITHOUT = {
    "classes": "no section is known",
    "enrollments": "nobody is in any section",
    "courses": "the courses that classes name can't be checked",
    "demographics": "no pupil's date of birth is known",
}
_OPTIONAL_PROPERTIES = ("source.systemName", "source.systemCode")


@dataclass
class Export:
    """The files of one export: the version whose columns they have, and a table for each file."""

    version: str
    tables: dict[str, Table] = field(default_factory=dict)

    def table(self, name: str) -> Table:
        """Return a file's table, an empty one where the file is absent."""
        if name in self.tables:
            return self.tables[name]
        blank: list[str] = []
        return Table(f"{name}.csv", cells={column.name: blank for column in BINDING[self.version][name]})


def known_names() -> frozenset[str]:
    """Return the name of every file that an export may hold."""
    return frozenset({MANIFEST, *(f"{name}.csv" for name in (*BINDING["1.2"], *MISSPELLED))})


def read_export(bundle: Bundle, faults: Faults) -> Export:
    """Return every OneRoster file of a bundle, each checked by itself and against the others."""
    faults.unused(f"{name}.csv" for name in BINDING["1.2"] if name not in _NEEDED)
    said = _read_manifest(bundle, faults)
    version = _version(bundle, said, faults)
    presence = _presence(said, version, faults)
    export = Export(version)
    binding = BINDING[version]
    for name in binding:
        table = _read_file(bundle, name, presence, binding[name], faults)
        if table is not None:
            export.tables[name] = table
    _check(export, presence, faults)
    return export


def _check(export: Export, presence: Mapping[str, str], faults: Faults) -> None:
    known = ids_of(export.tables)
    for name, table in export.tables.items():
        bulk = presence.get(name) != "delta"
        layout = BINDING[export.version][name]
        check_table(table, layout, known, faults, bulk=bulk, extensible=export.version == "1.2")
        check_unique(table, ("sourcedId",), faults)


@dataclass(frozen=True)
class Manifest:
    """What the manifest says: the value and the row of each property."""

    values: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)


def _read_manifest(bundle: Bundle, faults: Faults) -> Manifest:
    data = bundle.read(MANIFEST) if MANIFEST in bundle.names else None
    if data is None:
        if MANIFEST not in bundle.names:
            mend = "add manifest.csv; it says the version and which files there are"
            faults.add("no_manifest", "there is no manifest.csv at the root", MANIFEST, mend=mend)
        return Manifest()
    table = read_table(MANIFEST, data, _MANIFEST, faults)
    check_unique(table, ("propertyName",), faults)
    names = [_spelt(name) for name in table["propertyName"]]
    rows = dict(zip(names, table.rows, strict=True))
    return Manifest(dict(zip(names, table["value"], strict=True)), rows)


def _spelt(name: str) -> str:
    file = name.removeprefix("file.")
    return f"file.{MISSPELLED[file]}" if file in MISSPELLED else name


def _version(bundle: Bundle, said: Manifest, faults: Faults) -> str:
    """Return the version whose columns the files have, saying so where the manifest says another."""
    claimed, found = said.values.get("oneroster.version", ""), _version_by_columns(bundle)
    row = said.rows.get("oneroster.version", 0)
    if claimed not in BINDING:
        if said.values:
            what = f"{claimed!r:.40}" if claimed else "nothing"
            mend = "write 1.1 or 1.2, as the columns are"
            text = f"the manifest gives {what} as oneroster.version; schoolday reads 1.1 and 1.2"
            faults.add("version", text, MANIFEST, row, "value", mend=mend)
        return found or "1.2"
    if found and found != claimed:
        text = f"the manifest says OneRoster {claimed}, but users.csv has the columns of {found}"
        mend = f"it was read as {found}; ask whoever made the export to write {found} in the manifest"
        faults.add("version_mismatch", text, MANIFEST, row, "value", mend=mend, status=Status.ADVICE)
    return found or claimed


def _version_by_columns(bundle: Bundle) -> str:
    """Return the version that the header of users.csv plainly has, or an empty string."""
    if "users.csv" not in bundle.names:
        return ""
    header = set(header_of(bundle.peek("users.csv")))
    if {"role", "orgSourcedIds"} <= header and "roles.csv" not in bundle.names:
        return "1.1"
    if not {"role", "orgSourcedIds"} & header and {"userMasterIdentifier", "primaryOrgSourcedId"} <= header:
        return "1.2"
    return ""


def _presence(said: Manifest, version: str, faults: Faults) -> dict[str, str]:
    if not said.values:
        return {}
    _say_properties(said, version, faults)
    found: dict[str, str] = {}
    for name in sorted(BINDING[version]):
        value, row = said.values.get(f"file.{name}", ""), said.rows.get(f"file.{name}", 0)
        if value in PRESENCE:
            found[name] = value
            if value == "delta":
                text = f"{name}.csv is said to be a delta; schoolday takes in whole exports only"
                mend = "ask for a bulk export: a delta can't be told apart from a file with rows missing"
                faults.add("delta", text, MANIFEST, row, "value", mend=mend)
            continue
        text = f"the manifest does not say whether {name}.csv is absent or bulk"
        mend = f"add the row file.{name},absent or file.{name},bulk"
        faults.add("manifest", text, MANIFEST, row, "value", mend=mend)
    return found


def _say_properties(said: Manifest, version: str, faults: Faults) -> None:
    allowed = {"manifest.version", "oneroster.version", *_OPTIONAL_PROPERTIES}
    allowed |= {f"file.{name}" for name in BINDING["1.2"]}
    for name, row in said.rows.items():
        if name not in allowed and not name.startswith("metadata"):
            text = f"the manifest has a property that OneRoster does not know: {name[:60]!r}"
            mend = "check its spelling, or leave it out"
            faults.add("manifest", text, MANIFEST, row, "propertyName", mend=mend)
    if said.values.get("manifest.version") != "1.0":
        text = "manifest.version is not 1.0"
        row = said.rows.get("manifest.version", 0)
        faults.add("manifest", text, MANIFEST, row, "value", mend="write manifest.version,1.0")


def _read_file(
    bundle: Bundle, name: str, presence: Mapping[str, str], layout: tuple[Column, ...], faults: Faults
) -> Table | None:
    file, claim = f"{name}.csv", presence.get(name)
    there = _name_in(bundle, name, faults)
    if there is None:
        _say_missing(name, claim, faults)
        if claim in (None, "absent"):
            return None
        return Table(file, cells={column.name: () for column in layout}, whole=False)
    if claim == "absent":
        mend = f"write file.{name},bulk in the manifest, or take the file out"
        faults.add("unlisted_file", f"the manifest says absent, but {file} is there", file, mend=mend)
    data = bundle.read(there)
    if data is None:
        return Table(file, cells={column.name: () for column in layout}, whole=False)
    return read_table(file, data, layout, faults)


def _name_in(bundle: Bundle, name: str, faults: Faults) -> str | None:
    if f"{name}.csv" in bundle.names:
        return f"{name}.csv"
    for wrong, right in MISSPELLED.items():
        if right == name and f"{wrong}.csv" in bundle.names:
            said = f"{wrong}.csv is how the standard's own table misprints {right}.csv; it was read as that"
            mend = f"call it {right}.csv"
            faults.add("file_name", said, f"{wrong}.csv", mend=mend, status=Status.ADVICE)
            return f"{wrong}.csv"
    return None


def _say_missing(name: str, claim: str | None, faults: Faults) -> None:
    file = f"{name}.csv"
    if claim in ("bulk", "delta"):
        said = f"the manifest says {claim}, but {file} is not there"
        mend = "add the file, or write absent in the manifest"
        faults.add("missing_file", said, file, mend=mend)
    elif name in _MUST:
        mend = f"add {file}; without it there is no roster"
        faults.add("missing_file", f"{file} is not there, and schoolday needs it", file, mend=mend)
    elif name in _WITHOUT:
        said = f"{file} is absent: {_WITHOUT[name]}"
        mend = f"add {file} to the export"
        faults.add("absent_file", said, file, mend=mend, status=Status.UNVERIFIED)
