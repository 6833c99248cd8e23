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
    """The kinds of rule.

    A bound limits a measure; after one event a deadline wants another within so many days; a trigger is a
    state that has consequences; a day kind says what a date is.
    """

    BOUND = "bound"
    DEADLINE = "deadline"
    TRIGGER = "trigger"
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
    """Over what a bound or a trigger is counted; weeks and months are those of the school calendar.

    Four weeks run on from day to day; an attendance period ends with P-1, P-2 or the year.
    """

    DAY = "day"
    WEEK = "week"
    FOUR_WEEKS = "four_weeks"
    MONTH = "school_month"
    ATTENDANCE = "attendance_period"
    YEAR = "year"


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
class Limb:
    """One condition of a trigger: a measure over a period is more than a number, or reaches it.

    Exactly one of `over` and `reaches` is set, in the measure's unit.
    """

    measure: str
    period: Period
    over: float | None = None
    reaches: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a value fulfils it."""
        return value > self.over if self.over is not None else value >= (self.reaches or 0.0)


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to read a trigger whose limbs contradict each other: the limbs that count, and why.

    A district chooses one by its name; the first is taken where it has not chosen.
    """

    name: str
    limbs: tuple[int, ...]
    note: str


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
    within
        For a deadline: how many of the rule's unit may pass after the first event.
    limbs, senses, then
        For a trigger: the conditions, of which one is enough; the ways to read them where they contradict
        each other; and the steps that follow, by name (`schoolday.rules.events`).
    unless
        Circumstances in which the clause does not bind, by name (`schoolday.rules.events`).
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
    within: float | None = None
    limbs: tuple[Limb, ...] = ()
    senses: tuple[Sense, ...] = ()
    then: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
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

    def sense(self, name: str = "") -> Sense:
        """Return the way its limbs are read: the one of a name, or the first; all limbs where there is one.

        Raises
        ------
        KeyError
            If a name is given and the clause has no sense of it.
        """
        if not self.senses:
            return Sense("", tuple(range(len(self.limbs))), "")
        if not name:
            return self.senses[0]
        for one in self.senses:
            if one.name == name:
                return one
        raise KeyError(f"{self.id} is not read as {name!r}; there are {[one.name for one in self.senses]}")


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
        What kind of rule; the measure it limits, its unit, and over what it is counted. A deadline's unit is
        what it counts in (`schoolday.calendar.counting.Count`).
    after, due
        For a deadline: the event that starts the clock, and the one that is due (`schoolday.rules.events`).
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
    after: str = ""
    due: str = ""

    def on(self, day: date) -> Clause | None:
        """Return the clause that stands on a date, or None."""
        return next((clause for clause in self.clauses if clause.stands(day)), None)
