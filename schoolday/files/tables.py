"""Read a table of bargaining from YAML: a file, or a folder of files that make it together.

Faults are findings with file and line, all of them in one pass; docs/table.md has the keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from schoolday.bargaining.record import Table
from schoolday.files.bargaining.build import Builder
from schoolday.files.bargaining.names import Part, fault
from schoolday.files.bargaining.schema import FileBlock, faults
from schoolday.files.rulebook.yaml_tree import Loc, Node, read
from schoolday.ground.errors import RulebookError
from schoolday.ground.finding import Finding
from schoolday.rules import Rulebook


@dataclass(frozen=True)
class TableReading:
    """What came of reading a table: the table, or None where a finding is broken."""

    table: Table | None
    findings: tuple[Finding, ...]


def read_table(path: Path, rulebook: Rulebook) -> TableReading:
    """Return a table and every fault of its files.

    Parameters
    ----------
    path
        A YAML file, or a folder that is searched for files ending in ``.yaml``.
    rulebook
        The rules, by which the books and places that the table names are known.

    Returns
    -------
    TableReading
        With a fault no table: half a record would be read as the whole.
    """
    found: list[Finding] = []
    files = {str(file): data for file in _files(path) if (data := _bytes(file, found)) is not None}
    if not files and not found:
        mend = "name a .yaml file, or a folder that holds one"
        found.append(fault("table.unreadable", "there is no table in it", mend, str(path), 0))
    return _made(files, rulebook, found)


def parse_table(files: Mapping[str, bytes], rulebook: Rulebook) -> TableReading:
    """Return the table that files hold, given by name with their bytes, and every fault of them."""
    return _made(files, rulebook, [])


def _made(files: Mapping[str, bytes], rulebook: Rulebook, found: list[Finding]) -> TableReading:
    parts = [part for name, data in files.items() if (part := _part(name, data, found)) is not None]
    whole = all(one.code != "table.unreadable" for one in found)
    table = Builder(parts, rulebook, found, whole).table()
    found.sort(key=lambda one: (one.spot.file, one.spot.row) if one.spot else ("", 0))
    return TableReading(None if found else table, tuple(found))


def _files(path: Path) -> Sequence[Path]:
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def _bytes(path: Path, found: list[Finding]) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        said, mend = f"it cannot be read ({(error.strerror or 'no file').lower()})", "check the path"
        found.append(fault("table.unreadable", said, mend, str(path), 0))
        return None


def _part(name: str, data: bytes, found: list[Finding]) -> Part | None:
    """Return what of a file is sound, after its faults were noted; None where nothing can be read."""
    tree = _tree(name, data, found)
    if tree is None:
        return None
    told = {one.spot.row for one in found if one.spot and one.spot.file == name}
    try:
        return Part(name, tree, FileBlock.model_validate(tree.plain()))
    except ValidationError as error:
        wrong = list(faults(error))
    for loc, said, mend in wrong:
        line = tree.at(loc)
        if line not in told:  # an empty value has been named already; its shape is no second fault
            found.append(fault("table.shape", said, mend, name, line))
    return _sound(name, tree, [loc for loc, _, _ in wrong])


def _sound(file: str, tree: Node, wrong: Sequence[Loc]) -> Part | None:
    """Return what of a file is sound, so that its other faults are told in the same pass."""
    plain = tree.plain()
    if not isinstance(plain, dict):
        return None
    sound: dict[str, object] = {}
    places: dict[str, list[int]] = {}
    for key, value in plain.items():
        steps = [loc[1] if len(loc) > 1 else None for loc in wrong if loc[:1] == (key,)]
        if not steps:
            sound[key] = value
        elif isinstance(value, list) and None not in steps:
            places[key] = [place for place in range(len(value)) if place not in steps]
            sound[key] = [value[place] for place in places[key]]
    return Part(file, tree, FileBlock.model_validate(sound), places)


def _tree(name: str, data: bytes, found: list[Finding]) -> Node | None:
    try:
        tree, refused = read(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        said, mend = "this is not UTF-8", "save the file as UTF-8"
        found.append(fault("table.unreadable", said, mend, name, line))
        return None
    except RulebookError as error:
        said, _, mend = error.said.partition("; ")
        found.append(fault("table.unreadable", said, mend or "mend the line", name, error.line))
        return None
    for one in refused:
        said, _, mend = one.said.partition("; ")
        found.append(fault("table.shape", said, mend or "mend the line", name, one.line))
    return tree
