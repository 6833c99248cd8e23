"""Read the terms in dispute, and a side's private limits, from YAML; every fault with its line."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schoolday.bargaining.disputed import Aim, Disputed, Side, Term
from schoolday.bargaining.front import Limit, known_limits
from schoolday.files.rulebook.yaml_tree import Loc, Node, read
from schoolday.ground.errors import SchooldayError
from schoolday.ground.grades import span
from schoolday.ground.spans import minute
from schoolday.rules.measures import MEASURES, MOST

Block = TypeVar("Block", bound=BaseModel)
Number = Annotated[float, Field(allow_inf_nan=False)]
Named = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Term(_Shape):
    term: Named
    title: str
    values: Annotated[list[str], Field(min_length=1)]
    measure: str = ""
    bound: Literal["at_least", "at_most", "exactly", ""] = ""
    grades: str = ""


class _Aim(_Shape):
    measure: str
    better: Literal["more", "less"]


class _Side(_Shape):
    side: Named
    title: str
    measures: Annotated[list[_Aim], Field(min_length=1)]


class _Terms(_Shape):
    table: str
    place: str
    terms: Annotated[list[_Term], Field(min_length=1)]
    sides: Annotated[list[_Side], Field(min_length=2)]


class _Limit(_Shape):
    measure: str
    at_least: Number | None = None
    at_most: Number | None = None


class _Limits(_Shape):
    side: str
    limits: Annotated[list[_Limit], Field(min_length=1)]


def read_terms(path: Path) -> Disputed:
    """Return the terms in dispute.

    Raises
    ------
    SchooldayError
        For the first fault, with file and line, and what to do.
    """
    return parse_terms(_text(path), path)


def parse_terms(text: str, path: Path) -> Disputed:
    """Return the terms of a file's text, as `read_terms` does; `path` is what an error calls the file."""
    tree, block = _parse(text, path, _Terms)
    terms = [_term(path, tree, at, one) for at, one in enumerate(block.terms)]
    sides = [
        Side(one.side, one.title, tuple(Aim(aim.measure, aim.better == "more") for aim in one.measures))
        for one in block.sides
    ]
    try:
        return Disputed(block.table, block.place, tuple(terms), tuple(sides))
    except SchooldayError as error:
        raise SchooldayError(f"{path}: {error}") from None


def read_limits(path: Path, disputed: Disputed) -> tuple[Limit, ...]:
    """Return one side's private limits; SchooldayError with the file and what to do."""
    _closed(path)
    tree, block = _parse(_text(path), path, _Limits)
    found = []
    for at, one in enumerate(block.limits):
        if one.at_least is None and one.at_most is None:
            raise _fault(path, tree, ("limits", at), "say at_least or at_most, with a number")
        if one.at_least is not None and one.at_most is not None and one.at_least > one.at_most:
            raise _fault(path, tree, ("limits", at), "no number is at_least this and at_most that; turn them")
        found.append(Limit(block.side, one.measure, one.at_least, one.at_most))
    try:
        known_limits(found, disputed)
    except SchooldayError as error:
        raise SchooldayError(f"{path}: {error}") from None
    return tuple(found)


def read_all_limits(paths: Iterable[Path], disputed: Disputed) -> tuple[Limit, ...]:
    """Return all sides' limits, for the mediator; SchooldayError with the file and what to do."""
    return tuple(limit for path in paths for limit in read_limits(path, disputed))


def read_private(paths: Iterable[Path], disputed: Disputed) -> tuple[Limit, ...]:
    """Return all sides' limits; where one cannot be read, an error that says nothing of whose or why.

    For an answer to a side: only the mediator may learn what is wrong with another's file.
    """
    try:
        return read_all_limits(paths, disputed)
    except (SchooldayError, OSError):
        pass  # Raised below, so that the error does not carry the one that names the file and its words.
    said = "some side's limits cannot be read; the mediator sees why with the same command without --asked-by"
    raise SchooldayError(said)


def _closed(path: Path) -> None:
    """Refuse limits that everybody on the machine can read."""
    if os.name == "posix" and path.stat().st_mode & 0o007:
        said = "everybody on this machine can read these limits; close the file first (chmod o-rwx)"
        raise SchooldayError(f"{path}: {said}")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise SchooldayError(f"{path}: this is not UTF-8; save the file as UTF-8") from None


def _parse(text: str, path: Path, kind: type[Block]) -> tuple[Node, Block]:
    tree, refused = read(text, str(path))
    if refused:
        raise SchooldayError(f"{path}:{refused[0].line}: {refused[0].said}")
    try:
        return tree, kind.model_validate(tree.plain())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _fault(path, tree, first["loc"], _said(first["type"], first["loc"], first["msg"])) from None


def _said(kind: str, loc: Loc, message: str) -> str:
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), "the file")
    words = {
        "missing": f"`{key}` is missing; write it",
        "extra_forbidden": f"`{key}` is no key here; take it out, or look at docs/common-ground.md",
        "too_short": f"`{key}` holds too few; a table has two sides or more, and no list is empty",
        "string_pattern_mismatch": f"`{key}` is a short name of small letters, digits and _",
    }
    return words.get(kind, f"`{key}`: {message[:1].lower()}{message[1:]}")


def _fault(path: Path, tree: Node, loc: Loc, said: str) -> SchooldayError:
    return SchooldayError(f"{path}:{tree.at(loc)}: {said}")


def _term(path: Path, tree: Node, at: int, block: _Term) -> Term:
    try:
        if bool(block.measure) != bool(block.bound):
            raise ValueError(
                "name both its `measure` and its `bound` (at_least, at_most, exactly), or neither"
            )
        if block.measure and block.measure not in MEASURES:
            raise ValueError(f"`{block.measure}` is no measure; there are {', '.join(MEASURES)}")
        values = tuple(_value(text, block.measure) for text in block.values)
        if len(set(values)) < len(values):
            raise ValueError("a value stands twice; take one of them out")
        grades = span(block.grades) if block.grades else ()
        return Term(block.term, block.title, values, block.measure, block.bound, grades)
    except ValueError as error:
        raise _fault(path, tree, ("terms", at), f"{block.term}: {error}") from None


def _value(text: str, measure: str) -> float | str:
    unit = MEASURES[measure].unit if measure else ""
    if unit == "minute_of_day" and ":" in text:
        return float(minute(text))
    try:
        number = float(text)
    except ValueError:
        if not measure:
            return text
        raise ValueError(f"`{text}` is no number of {unit}") from None
    if unit and not 0 <= number <= MOST.get(unit, number):
        raise ValueError(f"{text} is more or less than {unit.replace('_', ' ')} can be")
    if number != number or abs(number) == float("inf"):
        raise ValueError(f"`{text}` is no number")
    return number
