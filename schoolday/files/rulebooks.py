"""Read rulebooks: one YAML file is one book; every mistake is told with file, line and clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from schoolday.files.rulebook.build import Builder
from schoolday.files.rulebook.schema import BookBlock, faults
from schoolday.files.rulebook.yaml_tree import Loc, Node, read
from schoolday.ground.errors import RulebookError
from schoolday.rules import Rule, Rulebook

_PACKAGE = Path(__file__).resolve().parents[1]


def shelf() -> Path:
    """Return the folder of the books that come with schoolday."""
    packed = _PACKAGE / "books"
    return packed if packed.is_dir() else _PACKAGE.parent / "rules"


def load(paths: Sequence[Path] | None = None) -> Rulebook:
    """Return all rules of the books at some paths; None means those that come with schoolday.

    Parameters
    ----------
    paths
        Files, or folders that are searched for files ending in ``.yaml``.

    Raises
    ------
    RulebookError
        For the first mistake in the first broken file.
    """
    rules, errors = _examine_all(paths)
    if errors:
        raise errors[0]
    return Rulebook(tuple(rules))


def problems(paths: Sequence[Path] | None = None) -> list[RulebookError]:
    """Return every mistake in the books at some paths, in the order of files and lines."""
    return _examine_all(paths)[1]


def parse(text: str, file: str) -> tuple[Rule, ...]:
    """Return the rules of one book.

    Parameters
    ----------
    text, file
        The book's text, and the name by which errors and clauses call it.

    Raises
    ------
    RulebookError
        For the first mistake in it.
    """
    rules, errors = examine(text, file)
    if errors:
        raise errors[0]
    return rules


def examine(text: str, file: str) -> tuple[tuple[Rule, ...], list[RulebookError]]:
    """Return the rules of one book, or none and every mistake in it in the order of lines."""
    try:
        tree, refused = read(text, file)
    except RulebookError as error:
        return (), [error]
    errors = [
        RulebookError(file, fault.line, _clause(tree, _around(tree, fault.line)), fault.said)
        for fault in refused
    ]
    told = {error.line for error in errors}

    def say(loc: Loc, said: str) -> None:
        line = tree.at(loc)
        if line not in told:  # an empty value has been named already; its shape is no second mistake
            errors.append(RulebookError(file, line, _clause(tree, loc), said))

    rules: tuple[Rule, ...] = ()
    try:
        book = BookBlock.model_validate(tree.plain())
    except ValidationError as error:
        for loc, said in faults(error):
            say(loc, said)
    else:
        rules = Builder(book, file, say, tree.at).rules()
    return (() if errors else rules), sorted(errors, key=lambda error: error.line)


def _clause(tree: Node, loc: Loc) -> str:
    """Return the name of the rule or clause that a place lies in."""
    if loc[:1] != ("rules",) or len(loc) < 2:
        return ""
    name = tree.text(*loc[:2], "rule") or f"rule number {int(loc[1]) + 1}"
    if loc[2:3] != ("clauses",) or len(loc) < 4:
        return name
    first = tree.text(*loc[:4], "from")
    return f"{name}@{first}" if first else f"{name}, clause number {int(loc[3]) + 1}"


def _around(tree: Node, line: int) -> Loc:
    """Return the place of the rule or clause that a line lies in."""
    loc: Loc = ()
    for key in ("rules", "clauses"):
        rows = tree.below(*loc, key)
        before = [place for place, row in enumerate(rows) if row.line <= line]
        if not before:
            break
        loc = (*loc, key, before[-1])
    return loc


def _examine_all(paths: Sequence[Path] | None) -> tuple[list[Rule], list[RulebookError]]:
    rules: list[Rule] = []
    errors: list[RulebookError] = []
    for path, file in _files(paths):
        text, refused = _text(path, file)
        found, wrong = ((), [refused]) if refused else examine(text, file)
        rules += found
        errors += wrong
    errors += _twice(rules)
    if not rules and not errors:
        errors.append(RulebookError(_name(paths), 0, "", "there is no rulebook (*.yaml) in it"))
    return rules, errors


def _files(paths: Sequence[Path] | None) -> Iterator[tuple[Path, str]]:
    """Yield each file with the name that errors call it by; files of the shelf by their place on it."""
    if paths is None:
        root = shelf()
        for path in _inside(root):
            yield path, path.relative_to(root).as_posix()
        return
    for given in paths:
        for path in _inside(given) if given.is_dir() else (given,):
            yield path, str(path)


def _inside(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml"))


def _text(path: Path, file: str) -> tuple[str, RulebookError | None]:
    if path.suffix != ".yaml":
        return "", RulebookError(file, 0, "", "a rulebook's name ends in .yaml; rename it")
    try:
        return path.read_bytes().decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return "", RulebookError(file, line, "", "this is not UTF-8; save the file as UTF-8")
    except OSError as error:
        said = error.strerror or "it is no file"
        return "", RulebookError(file, 0, "", f"it cannot be read ({said}); check the path")


def _twice(rules: Iterable[Rule]) -> Iterator[RulebookError]:
    """Yield an error for each rule or book of which another file has the id already."""
    seen: dict[str, str] = {}
    books: dict[str, str] = {}
    for rule in rules:
        file, line = (rule.clauses[0].file, rule.clauses[0].line) if rule.clauses else ("", 0)
        if rule.id in seen:
            said = f"{seen[rule.id]} has a rule of this id already; rename one of them"
            yield RulebookError(file, line, rule.id, said)
        seen.setdefault(rule.id, file)
        if books.setdefault(rule.book, file) != file:
            said = f"{books[rule.book]} is a book of the id {rule.book} already; rename one of them"
            books[rule.book] = file
            yield RulebookError(file, 1, "", said)


def _name(paths: Sequence[Path] | None) -> str:
    return str(shelf()) if paths is None else ", ".join(str(path) for path in paths) or "(no path)"
