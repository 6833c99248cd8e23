"""Keep the packages of a table as they are judged, and the questions that the sides ask of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from schoolday.bargaining.disputed import TERM, Disputed
from schoolday.bargaining.front import USUAL_QUESTIONS, Questions
from schoolday.bargaining.ground import Package, State
from schoolday.files.kept import closed_folder, keep, kept, lines, mend

PACKAGES = "packages.jsonl"
QUESTIONS = "questions.jsonl"
MEDIATOR = "mediator"
"""The folder, within a table's, that holds both files and that nobody but the mediator can open."""


def mediator_folder(out: Path) -> Path:
    """Make the mediator's folder where there is none, closed to everybody else on the machine."""
    return closed_folder(out / MEDIATOR)


def append(file: BinaryIO, package: Package, mark: str, district: str) -> None:
    """Write one package as one line, at once."""
    values = {
        "choice": package.choice,
        "state": package.state.value,
        "values": package.values,
        "said": package.said,
        "clauses": package.clauses,
        "question": package.question,
    }
    keep(file, mark, district, values)


def read_packages(file: Path, mark: str, district: str, disputed: Disputed) -> list[Package]:
    """Return the whole lines of this stamp, each package once.

    Raises
    ------
    SchooldayError
        If the file is another district's: nothing of it is mixed with ours.
    """
    found: dict[tuple[int, ...], Package] = {}
    for line in kept(file, mark, district):
        package = _package(line)
        if package is not None and _fits(package, disputed):
            found.setdefault(package.choice, package)
    return list(found.values())


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
    noted = list(lines(folder / QUESTIONS))
    asked = tuple(str(line["asked"]) for line in noted if "asked" in line)
    most = [int(line["most"]) for line in noted if "most" in line]
    return Questions(asked, most[-1] if most else USUAL_QUESTIONS, any("stopped" in line for line in noted))


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
