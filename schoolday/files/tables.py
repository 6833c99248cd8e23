"""Read a table of bargaining from YAML: a file, or a folder of files that make it together.

Faults are findings with file and line, all of them in one pass; docs/table.md has the keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from schoolday.bargaining.record import Table
from schoolday.files.rulebook_yaml import Node, read
from schoolday.files.table_build import Builder
from schoolday.files.table_names import Part, fault
from schoolday.files.table_schema import FileBlock, faults
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
    parts = [part for file in _files(path) if (part := _part(file, found)) is not None]
    if not parts and not found:
        mend = "name a .yaml file, or a folder that holds one"
        found.append(fault("table.unreadable", "there is no table in it", mend, str(path), 0))
    builder = Builder(parts, rulebook, found, whole=not found)
    table = builder.table()
    found.sort(key=lambda one: (one.spot.file, one.spot.row) if one.spot else ("", 0))
    return TableReading(None if found else table, tuple(found))


def _files(path: Path) -> Sequence[Path]:
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def _part(path: Path, found: list[Finding]) -> Part | None:
    """Return one file's block, or None after its faults were noted."""
    tree = _tree(path, found)
    if tree is None:
        return None
    told = {one.spot.row for one in found if one.spot and one.spot.file == str(path)}
    try:
        return Part(str(path), tree, FileBlock.model_validate(tree.plain()))
    except ValidationError as error:
        for loc, said, mend in faults(error):
            line = tree.at(loc)
            if line not in told:  # an empty value has been named already; its shape is no second fault
                found.append(fault("table.shape", said, mend, str(path), line))
    return None


def _tree(path: Path, found: list[Finding]) -> Node | None:
    try:
        tree, refused = read(path.read_bytes().decode("utf-8"), str(path))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        said, mend = "this is not UTF-8", "save the file as UTF-8"
        found.append(fault("table.unreadable", said, mend, str(path), line))
        return None
    except OSError as error:
        said, mend = f"it cannot be read ({(error.strerror or 'no file').lower()})", "check the path"
        found.append(fault("table.unreadable", said, mend, str(path), 0))
        return None
    except RulebookError as error:
        said, _, mend = error.said.partition("; ")
        found.append(fault("table.unreadable", said, mend or "mend the line", str(path), error.line))
        return None
    for one in refused:
        said, _, mend = one.said.partition("; ")
        found.append(fault("table.shape", said, mend or "mend the line", str(path), one.line))
    return tree
