"""The shape of a table's files: which keys there are, and words for what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from schoolday.bargaining.proposals import Seat, State
from schoolday.bargaining.record import SittingState
from schoolday.files.rulebook.schema import Day, nearest, unknown
from schoolday.files.rulebook.yaml_tree import Loc
from schoolday.rules import Confidence


def _moment(value: object) -> object:
    """Return a date, or a moment with its time zone."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise ValueError(
            f"`{value}` is no date or moment; write 2020-08-31 or 2020-08-31T17:00-07:00"
        ) from None
    if moment.tzinfo is None:
        raise ValueError(f"`{value}` has no time zone; write it after the time: 2020-08-31T17:00-07:00")
    if not date(1900, 1, 2) <= moment.astimezone(UTC).date() <= date(2199, 12, 30):
        raise ValueError(f"`{value}` lies too far away; mend the year")
    return moment


Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
At = Annotated[date | datetime, BeforeValidator(_moment)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, le=999)]


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourcedBlock(_Block):
    """What every entry says of its source: the paper, its words, and a doubt."""

    paper: str
    quote: str = ""
    note: str = ""
    confidence: Confidence | None = None


class PaperBlock(_Block):
    """A document that entries are read from, with its date."""

    paper: Name
    source: str
    dated: str
    confidence: Confidence
    checked: Day
    href: str = ""


class PartyBlock(_Block):
    """A party; a neighbour has places of its own."""

    party: Name
    name: str
    seat: Seat
    places: list[str] = []


class CalendarBlock(_Block):
    """The dates that clocks count on."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="until")
    days_off: dict[Day, str] = {}


class StanceBlock(SourcedBlock):
    """What a version says of a term."""

    term: str
    value: str
    grades: str = "TK-12"


class ArticleBlock(_Block):
    """A piece of a version's own text."""

    article: str
    title: str = ""
    text: str


class VersionBlock(SourcedBlock):
    """One dated wording."""

    version: Count
    day: Day
    answers: str = ""
    books: list[str] = []
    says: list[StanceBlock] = []
    articles: list[ArticleBlock] = []


class ChangeBlock(SourcedBlock):
    """A dated change of state."""

    day: Day
    state: State
    version: Count = 1
    by: str = ""
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="until")


class DocumentBlock(_Block):
    """A document with its versions; one of both sides has no party."""

    document: Name
    title: str
    party: str = ""
    versions: Annotated[list[VersionBlock], Field(min_length=1)]
    changes: list[ChangeBlock] = []


class SittingBlock(SourcedBlock):
    """A meeting of the table."""

    state: SittingState
    subject: str
    by: str = ""
    day: Day | None = None
    offered: Day | None = None
    answered: Day | None = None


class EventBlock(SourcedBlock):
    """Something that starts or stops a clock."""

    at: At
    event: str
    by: str = ""


class AssertionBlock(SourcedBlock):
    """A claim by a party."""

    day: Day | None = None
    after: Day | None = None
    by: str
    topic: str
    said: str
    figures: dict[str, Number] = {}


class FileBlock(_Block):
    """One file; those of one folder make the table together."""

    table: Name | None = None
    title: str = ""
    places: list[str] = []
    calendar: CalendarBlock | None = None
    papers: list[PaperBlock] = []
    parties: list[PartyBlock] = []
    documents: list[DocumentBlock] = []
    sittings: list[SittingBlock] = []
    events: list[EventBlock] = []
    assertions: list[AssertionBlock] = []


_BLOCKS: Mapping[str, type[BaseModel]] = {
    "calendar": CalendarBlock,
    "papers": PaperBlock,
    "parties": PartyBlock,
    "documents": DocumentBlock,
    "versions": VersionBlock,
    "says": StanceBlock,
    "articles": ArticleBlock,
    "changes": ChangeBlock,
    "sittings": SittingBlock,
    "events": EventBlock,
    "assertions": AssertionBlock,
}

_ENUMS: Mapping[str, type[StrEnum]] = {"seat": Seat, "confidence": Confidence}

_NEED: Mapping[str, str] = {
    "paper": "name the paper that it was read from",
    "dated": "write the paper's date, or in words what is known of it",
    "source": "say what the paper is",
    "confidence": f"say how sure we are: {', '.join(Confidence)}",
    "checked": "write when somebody last read it",
    "versions": "a document has at least one version",
    "seat": f"say where the party sits: {', '.join(Seat)}",
}


def faults(error: ValidationError) -> Iterator[tuple[Loc, str, str]]:
    """Yield for everything that the shape does not allow: where, what is wrong, and what to do."""
    for fault in error.errors(include_url=False):
        loc = tuple(step for step in fault["loc"] if step != "[key]")
        said = str(fault.get("ctx", {}).get("error") or fault["msg"])
        yield (loc, *_said(fault["type"], loc, fault.get("input"), said))


def _said(kind: str, loc: Loc, given: object, said: str) -> tuple[str, str]:
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), "the file")
    keys = _keys(loc)
    match kind:
        case "missing":
            return f"`{key}` is missing", _NEED.get(key, "write it")
        case "extra_forbidden":
            return f"`{key}` is no key here{nearest(key, keys)}", f"the keys here are {', '.join(keys)}"
        case "enum":
            states = SittingState if "sittings" in loc else State
            return _cut(unknown(str(given), key, _ENUMS.get(key, states)))
        case "list_type":
            return f"`{key}` is no list", "begin each entry below it with a dash"
        case "too_short":
            return f"`{key}` is an empty list", _NEED.get(key, "name at least one, or leave it out")
        case "string_type":
            return f"`{key}` is no text", "write one text, not a list or a block"
        case "string_pattern_mismatch":
            return f"`{given}` is no short name", "use small letters, digits, - and _, such as district-2"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"`{key}` is no block of keys", f"write keys such as {', '.join(keys[:3])}"
        case "value_error":
            return _cut(f"`{key}`: {said}")
    return f"`{key}`: {said[:1].lower()}{said[1:]}", "mend the value"


def _cut(said: str) -> tuple[str, str]:
    what, _, mend = said.partition("; ")
    return what, mend or "mend the value"


def _keys(loc: Loc) -> list[str]:
    """Return the keys that are allowed beside the last step of a place."""
    above = [step for step in loc[:-1] if isinstance(step, str) and step in _BLOCKS]
    if len(loc) == 1 and loc[0] in _BLOCKS:
        above = [str(loc[0])]
    block = _BLOCKS[above[-1]] if above else FileBlock
    return [field.alias or name for name, field in block.model_fields.items()]
