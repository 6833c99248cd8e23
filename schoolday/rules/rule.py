"""Rule, Clause and Citation: one duty or limit, its dated wordings, and where each is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Layer(StrEnum):
    """Who says so. Law is never overridden; guidance only advises; a proposal is not in force."""

    LAW = "law"
    ORDER = "order"
    AGREEMENT = "agreement"
    POLICY = "policy"
    PROPOSAL = "proposal"
    GUIDANCE = "guidance"


BINDING = frozenset({Layer.LAW, Layer.ORDER, Layer.AGREEMENT, Layer.POLICY})
"""The layers that bind a day."""


class Kind(StrEnum):
    """The kinds of rule. A bound limits a measure; a day kind says what a date is."""

    BOUND = "bound"
    DAY_KIND = "day_kind"


class Confidence(StrEnum):
    """How sure the clause is of its source."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    MEMORY = "memory"
    READING = "reading"
    MADE_UP = "made_up"


class Way(StrEnum):
    """The way of schooling a group is in."""

    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    DISTANCE = "distance"
    INDEPENDENT_STUDY = "independent_study"


class Period(StrEnum):
    """Over what a bound is counted."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a clause is written: the source's name, its address, and the words themselves."""

    source: str
    href: str = ""
    quote: str = ""

    def __str__(self) -> str:
        return self.source


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or one number for each grade; a grade left out is one the clause is silent on."""

    flat: float | None = None
    by_grade: Mapping[str, float] = field(default_factory=dict)

    def for_(self, grade: str | None) -> float | None:
        """Return the number for a grade (None asks for the flat number), or None where silent."""
        if self.flat is not None:
            return self.flat
        return self.by_grade.get(grade) if grade else None


@dataclass(frozen=True, slots=True)
class Clause:
    """One dated wording of a rule.

    Parameters
    ----------
    rule
        The id of its rule.
    first, last
        The first and the last date in force, both included; `last` is None while it stands.
    cite
        Where it is written. A clause without one does not exist.
    confidence, checked
        How sure we are, and when somebody last read the source.
    at_least, at_most
        The limits of a bound, in the rule's unit; either may be absent.
    average_over, no_day_under
        Where the law averages: over how many consecutive school days, and the daily floor then.
    day_kind
        For a rule of kind ``day_kind``: what the dates from `first` to `last` are.
    note
        A reading, a conflict of sources, or a doubt, in one sentence.
    """

    rule: str
    first: date
    last: date | None
    cite: Citation
    confidence: Confidence
    checked: date
    at_least: Amount | None = None
    at_most: Amount | None = None
    average_over: int | None = None
    no_day_under: Amount | None = None
    day_kind: str = ""
    note: str = ""
    file: str = ""
    line: int = 0

    @property
    def id(self) -> str:
        """The clause's id: its rule's id and its first date."""
        return f"{self.rule}@{self.first.isoformat()}"

    def stands(self, day: date) -> bool:
        """Whether the clause is in force on a date."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Silence:
    """Dates between two clauses on which a rule says nothing, and why; `last` may be open."""

    first: date
    last: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A duty or limit.

    Parameters
    ----------
    id, title
        A dotted id (``ca.distance.total_minutes``), and a title in plain words.
    layer, place, party
        Who says so, for which place (``CA``, ``ca-scusd``), and the party behind a proposal.
    kind, measure, unit, period
        What kind of rule; the measure it limits, its unit, and over what it is counted.
    ways
        The ways of schooling it binds.
    clauses
        Its dated wordings, in order, none overlapping.
    book
        The id of the book it was read from.
    silences
        The dates on which it says nothing on purpose, each with its reason.
    """

    id: str
    title: str
    layer: Layer
    place: str
    kind: Kind
    measure: str
    unit: str
    clauses: tuple[Clause, ...]
    period: Period = Period.DAY
    ways: frozenset[Way] = frozenset(Way)
    party: str = ""
    book: str = ""
    silences: tuple[Silence, ...] = ()

    def on(self, day: date) -> Clause | None:
        """Return the clause that stands on a date, or None."""
        return next((clause for clause in self.clauses if clause.stands(day)), None)
