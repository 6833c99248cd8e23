"""Proposals: documents of clauses, every version kept by party and date, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schoolday.ground.grades import GRADES
from schoolday.rules import Citation, Confidence


class State(StrEnum):
    """What became of a proposal."""

    PROPOSED = "proposed"
    COUNTERED = "countered"
    WITHDRAWN = "withdrawn"
    TENTATIVELY_AGREED = "tentatively_agreed"
    AGREED = "agreed"
    RATIFIED = "ratified"
    IMPOSED = "imposed"
    TEMPORARY = "temporary"


HOLDING = (State.RATIFIED, State.AGREED, State.TEMPORARY, State.IMPOSED)
"""The states that put a document in force from a date; of two that begin together, the first here wins."""


class Seat(StrEnum):
    """Where a party sits. A neighbour sits at another table and is only looked at."""

    EMPLOYER = "employer"
    UNION = "union"
    NEIGHBOUR = "neighbour"


@dataclass(frozen=True, slots=True)
class Party:
    """Who sits at the table, or a neighbour with an agreement of its own.

    Parameters
    ----------
    id, name, seat
        A short name for files, the name that people know, and where it sits.
    places
        The places whose law judges its documents, from state to district.
    """

    id: str
    name: str
    seat: Seat
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry was read, how sure we are of it, and when somebody last looked.

    `paper` is the short name of the document; `note` a doubt, or how the words were read.
    """

    cite: Citation
    confidence: Confidence
    checked: date
    paper: str = ""
    note: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered piece of a document's own text; `key` is its number or name there."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Stance:
    """What a document says of something that is not counted in a day's minutes.

    Parameters
    ----------
    term
        Which term: a key of `schoolday.bargaining.terms.TERMS`.
    value
        One of the term's choices, or a number in its unit.
    grades
        The grades that it holds for.
    source
        Where it was read.
    """

    term: str
    value: str | float
    source: Source
    grades: tuple[str, ...] = GRADES


@dataclass(frozen=True, slots=True)
class Version:
    """One dated wording of a document.

    Parameters
    ----------
    proposal, number, day
        Its document, its place in the order of versions from 1, and the date on which it was passed.
    source
        Where we know it from.
    books
        Ids of the rulebook's books that hold its clauses.
    stances, articles
        What it says besides, and its own text. A version of which nothing is known has neither.
    answers
        The id of the version that it answers, or an empty string.
    """

    proposal: str
    number: int
    day: date
    source: Source
    books: tuple[str, ...] = ()
    stances: tuple[Stance, ...] = ()
    articles: tuple[Article, ...] = ()
    answers: str = ""

    @property
    def id(self) -> str:
        """The version's id: its document and its number."""
        return f"{self.proposal}/{self.number}"

    @property
    def known(self) -> bool:
        """Whether anything of what it says is known."""
        return bool(self.books or self.stances or self.articles)


@dataclass(frozen=True, slots=True)
class Change:
    """A dated change of a document's state.

    Parameters
    ----------
    day, state, version
        When it came about, what the document became, and which version of it.
    by
        The id of the party that did it, or an empty string where both did.
    source
        Where we know it from.
    first, last
        For a state that puts it in force: the first and the last date, `last` None while it stands.
    """

    day: date
    state: State
    version: int
    by: str
    source: Source
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it puts the document in force on a date."""
        return self.first is not None and self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document of one party, or of both (`party` is then empty): its versions, and what became of it."""

    id: str
    title: str
    party: str
    versions: tuple[Version, ...]
    changes: tuple[Change, ...] = field(default=())

    def version(self, number: int) -> Version:
        """Return a version by its number; KeyError in words if there is none."""
        for version in self.versions:
            if version.number == number:
                return version
        there = ", ".join(str(version.number) for version in self.versions)
        raise KeyError(f"{self.id} has no version {number}; there are {there}")

    def latest(self, day: date) -> Version | None:
        """Return the version that was on the table last on a date, or None before the first."""
        return max((one for one in self.versions if one.day <= day), key=lambda one: one.number, default=None)
