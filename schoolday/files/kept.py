"""Keep results as they come: JSON lines, one a result, so that a killed run goes on.

Each line carries a stamp made from all that the run was asked. A line with another stamp is not ours; a line
cut in two, where a run was killed, is passed over and its result is looked for again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from schoolday.ground.errors import SchooldayError

FORMAT = 1
"""Raise it whenever the same question would get another answer, so that no old answer is mixed in."""


def closed_folder(folder: Path) -> Path:
    """Make a folder where there is none, closed to everybody else on the machine."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def stamp(paths: Iterable[Path], *words: object) -> str:
    """Return what tells a run from others: the bytes of its files, its words, and the format."""
    digest = hashlib.sha256(repr((FORMAT, *map(str, words))).encode())
    for path in paths:
        for file in sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]:
            name = file.relative_to(path).as_posix() if path.is_dir() else ""
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"{name}\x1f{content}\x1e".encode())
        digest.update(b"\x1d")
    return digest.hexdigest()[:32]


def keep(file: BinaryIO, mark: str, district: str, values: Mapping[str, object]) -> None:
    """Write one result as one line, at once."""
    line = {"stamp": mark, "district": district, **values}
    file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    file.flush()


def kept(file: Path, mark: str, district: str) -> Iterator[dict[str, Any]]:
    """Yield the whole lines of this stamp.

    Raises
    ------
    SchooldayError
        If the file is another district's: nothing of it is mixed with ours.
    """
    for line in lines(file):
        if line.get("district", district) != district:
            raise SchooldayError(
                f"{file} holds results of the district {line['district']!r}, and the roster is of "
                f"{district!r}; choose another --out"
            )
        if line.get("stamp") == mark:
            yield line


def lines(file: Path) -> Iterator[dict[str, Any]]:
    """Yield every line that is whole; none where there is no file."""
    if not file.exists():
        return
    for line in file.read_bytes().split(b"\n"):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found


def mend(file: Path) -> None:
    """End a last line that was cut in two, so that the next one begins on its own."""
    if file.exists() and (content := file.read_bytes()) and not content.endswith(b"\n"):
        with file.open("ab") as opened:
            opened.write(b"\n")
