"""The shape of a book: which keys there are, which must be there, and words for what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationError
from pydantic_core import ErrorDetails

from schoolday.files.rulebook.yaml_tree import Loc
from schoolday.rules.rule import Confidence, Kind, Layer, Period, Way

_ID = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*")
_PLACE = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def _id(value: object) -> object:
    if isinstance(value, str) and not _ID.fullmatch(value):
        raise ValueError(f"`{value}` is no id; use small letters, digits, _ and dots: ca.distance.total")
    return value


def _place(value: object) -> object:
    if isinstance(value, str) and not _PLACE.fullmatch(value):
        raise ValueError(f"`{value}` is no place; use a short name such as CA or ca-scusd")
    return value


def _date(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("it must be a date such as 2020-07-01")
    try:
        day = date.fromisoformat(value) if _DATE.fullmatch(value) else None
    except ValueError:
        raise ValueError(f"{value} is not in the calendar") from None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"`{value}` is no date; write year-month-day, such as 2020-07-01")
    return day


def _yes(value: object) -> object:
    if value != "true":
        raise ValueError("write `nothing: true`, or take the line out")
    return True


def _list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _raw(value: object) -> str | dict[str, str]:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and value and all(isinstance(one, str) for one in value.values()):
        return value
    raise ValueError("it must be a number, or a number for each span of grades: {K: 180, 1-3: 230}")


Id = Annotated[str, BeforeValidator(_id)]
Day = Annotated[date, BeforeValidator(_date)]
Names = Annotated[list[str], BeforeValidator(_list), Field(min_length=1)]
RawAmount = Annotated[str | dict[str, str], PlainValidator(_raw)]


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CiteBlock(_Block):
    """Where a clause is written."""

    source: str
    href: str = ""
    quote: str = ""


class LimbBlock(_Block):
    """One condition of a trigger."""

    measure: str
    period: Period
    over: str | None = None
    reaches: str | None = None


class SenseBlock(_Block):
    """One way to read a trigger: the numbers of the limbs that count, from 1."""

    name: Id
    limbs: Names
    note: str = ""


class ClauseBlock(_Block):
    """One clause as it stands in the file; its meaning is judged later."""

    first: Day = Field(alias="from")
    until: Day | None = None
    at_least: RawAmount | None = None
    at_most: RawAmount | None = None
    average_over: str | None = None
    no_day_under: RawAmount | None = None
    within: str | None = None
    when: Annotated[list[LimbBlock], Field(min_length=1)] | None = None
    senses: Annotated[list[SenseBlock], Field(min_length=1)] | None = None
    then: Names | None = None
    unless: Names | None = None
    day_kind: str | None = None
    cite: CiteBlock | None = None
    confidence: Confidence | None = None
    checked: Day | None = None
    note: str = ""
    nothing: Annotated[bool, BeforeValidator(_yes)] = False


class RuleBlock(_Block):
    """One rule as it stands in the file."""

    rule: Id
    title: str
    kind: Kind = Kind.BOUND
    measure: str = ""
    unit: str = ""
    period: Period = Period.DAY
    after: str = ""
    due: str = ""
    ways: Annotated[list[Way], BeforeValidator(_list), Field(min_length=1)] = list(Way)
    clauses: list[ClauseBlock] = Field(min_length=1)


class BookBlock(_Block):
    """One book: one file."""

    book: Id
    title: str
    layer: Layer
    place: Annotated[str, BeforeValidator(_place)]
    party: str = ""
    rules: list[RuleBlock] = Field(min_length=1)


_NEED: Mapping[str, str] = {
    "book": "give the book an id that no other book has",
    "rule": "give the rule a dotted id that no other rule has",
    "title": "say in plain words what it is about",
    "layer": f"say who says so: {', '.join(Layer)}",
    "place": "say where it holds: CA, or a district such as ca-scusd",
    "rules": "a book holds at least one rule",
    "clauses": "a rule holds at least one clause",
    "from": "write the first date in force",
    "source": "name where it is written",
    "measure": "name what the limb is about",
    "period": f"say over what the limb is counted: {', '.join(Period)}",
    "name": "give the sense a name, by which a district chooses it",
    "limbs": "name the limbs that count by their numbers, such as [1, 2]",
    "when": "a trigger has at least one limb",
}

_ENUMS: Mapping[str, type[StrEnum]] = {
    "layer": Layer,
    "kind": Kind,
    "period": Period,
    "ways": Way,
    "confidence": Confidence,
}


def nearest(word: str, words: Iterable[str]) -> str:
    """Return `` (did you mean x?)`` for the word most like it, or an empty string."""
    found = get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f" (did you mean `{found[0]}`?)" if found else ""


def unknown(word: str, what: str, words: Iterable[str]) -> str:
    """Return the words for a name that is not among those there are."""
    known = list(words)
    return f"`{word}` is no {what}{nearest(word, known)}; there are {', '.join(known)}"


def faults(error: ValidationError) -> Iterator[tuple[Loc, str]]:
    """Yield where and what, in words, for everything that the shape does not allow."""
    for fault in error.errors(include_url=False):
        loc = fault["loc"]
        yield loc, _said(fault["type"], loc, fault.get("input"), fault)


def _said(kind: str, loc: Loc, given: object, fault: ErrorDetails) -> str:
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), "the book")
    match kind:
        case "missing":
            return f"`{key}` is missing; {_NEED[key]}"
        case "extra_forbidden":
            keys = _keys(loc)
            return f"`{key}` is no key here{nearest(key, keys)}; the keys here are {', '.join(keys)}"
        case "enum":
            return unknown(str(given), {"ways": "way"}.get(key, key), _ENUMS[key])
        case "string_type":
            return f"`{key}` must be text"
        case "list_type":
            return f"`{key}` must be a list: begin each entry below it with a dash"
        case "too_short":
            return f"`{key}` is an empty list; {_NEED.get(key, 'name at least one, or leave it out')}"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"{_called(loc)} must be a block of keys such as `{_keys((*loc, 'x'))[0]}:`"
        case "value_error":
            return f"`{key}`: {fault['ctx']['error']}"
        case _:
            return f"`{key}`: {fault['msg']}"


def _called(loc: Loc) -> str:
    if not loc:
        return "the book"
    return f"`{loc[-1]}`" if isinstance(loc[-1], str) else f"each of `{loc[-2]}`"


def _keys(loc: Loc) -> list[str]:
    """Return the keys that are allowed beside the last step of a place."""
    above = loc[:-1]
    block: type[BaseModel] = BookBlock
    if "cite" in above:
        block = CiteBlock
    elif "when" in above:
        block = LimbBlock
    elif "senses" in above:
        block = SenseBlock
    elif "clauses" in above:
        block = ClauseBlock
    elif "rules" in above:
        block = RuleBlock
    return [field.alias or name for name, field in block.model_fields.items()]
