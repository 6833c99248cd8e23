"""Keep the packages of a table as they are judged: JSON lines, one a package, so that a killed run goes on.

Each line carries a stamp made from the roster, the rules, the terms and how hard the search was. A line with
another stamp is not ours; a line cut in two, where a run was killed, is passed over and judged again.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from schoolday.bargaining.disputed import TERM, Disputed
from schoolday.bargaining.front import USUAL_QUESTIONS, Questions
from schoolday.bargaining.ground import Package, State
from schoolday.ground.errors import SchooldayError

FORMAT = 1
"""Raise it whenever the same question would get another answer, so that no old answer is mixed in."""
PACKAGES = "packages.jsonl"
QUESTIONS = "questions.jsonl"
MEDIATOR = "mediator"
"""The folder, within a table's, that holds both files and that nobody but the mediator can open."""


def mediator_folder(out: Path) -> Path:
    """Make the mediator's folder where there is none, closed to everybody else on the machine."""
    folder = out / MEDIATOR
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


def append(file: BinaryIO, package: Package, mark: str, district: str) -> None:
    """Write one package as one line, at once."""
    line = {
        "stamp": mark,
        "district": district,
        "choice": package.choice,
        "state": package.state.value,
        "values": package.values,
        "said": package.said,
        "clauses": package.clauses,
        "question": package.question,
    }
    file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    file.flush()


def read_packages(file: Path, mark: str, district: str, disputed: Disputed) -> list[Package]:
    """Return the whole lines of this stamp, each package once.

    Raises
    ------
    SchooldayError
        If the file is another district's: nothing of it is mixed with ours.
    """
    found: dict[tuple[int, ...], Package] = {}
    for line in _lines(file):
        if line.get("district", district) != district:
            raise SchooldayError(
                f"{file} holds packages of the district {line['district']!r}, and the roster is of "
                f"{district!r}; choose another --out"
            )
        package = _package(line) if line.get("stamp") == mark else None
        if package is not None and _fits(package, disputed):
            found.setdefault(package.choice, package)
    return list(found.values())


def mend(file: Path) -> None:
    """End a last line that was cut in two, so that the next one begins on its own."""
    if file.exists() and (content := file.read_bytes()) and not content.endswith(b"\n"):
        with file.open("ab") as opened:
            opened.write(b"\n")


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    if not file.exists():
        return
    for line in file.read_bytes().split(b"\n"):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found


def _package(line: dict[str, Any]) -> Package | None:
    try:
        choice, clauses = tuple(map(int, line["choice"])), tuple(map(str, line["clauses"]))
        values = {str(k): None if v is None else float(v) for k, v in line["values"].items()}
        return Package(choice, State(line["state"]), values, line["said"], clauses, line["question"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _fits(package: Package, disputed: Disputed) -> bool:
    sizes = [len(term.values) for term in disputed.terms]
    choice = package.choice
    return len(choice) == len(sizes) and all(0 <= at < n for at, n in zip(choice, sizes, strict=True))


def read_questions(folder: Path) -> Questions:
    """Return the record of questions asked; none where there is no file."""
    lines = list(_lines(folder / QUESTIONS))
    asked = tuple(str(line["asked"]) for line in lines if "asked" in line)
    most = [int(line["most"]) for line in lines if "most" in line]
    return Questions(asked, most[-1] if most else USUAL_QUESTIONS, any("stopped" in line for line in lines))


def note_question(folder: Path, **line: object) -> None:
    """Add a line to the record of questions: ``asked="union"``, ``most=5`` or ``stopped=True``."""
    mend(folder / QUESTIONS)
    with (folder / QUESTIONS).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def package_json(one: Package, disputed: Disputed) -> dict[str, Any]:
    """Return a package as plain values: each term's value, and each measure."""
    pairs = zip(disputed.terms, one.choice, strict=True)
    return {"terms": {term.name: term.values[at] for term, at in pairs}, "measures": one.values}


def write_front(best: Iterable[Package], disputed: Disputed, out: Path) -> None:
    """Write the front for both sides, as JSON and as CSV. No private limit has any part in it."""
    rows = [package_json(one, disputed) for one in best]
    (out / "front.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    names = [name for name in disputed.measures if not name.startswith(TERM)]
    with (out / "front.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*(term.name for term in disputed.terms), *names])
        for row in rows:
            writer.writerow([*row["terms"].values(), *(row["measures"][name] for name in names)])
