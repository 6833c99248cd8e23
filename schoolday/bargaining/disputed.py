"""The terms in dispute, the sides and what each of them counts: the grid on which packages are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from schoolday.bargaining.whatif import Ask
from schoolday.ground.errors import SchooldayError

MOST = 10_000
"""The largest grid: more packages than these nobody can wait for."""

TERM = "term:"
"""What begins the name of a measure that is a term's own value."""

FROM_MINUTES: Mapping[str, str] = {
    "total_minutes": "minutes of instruction a day of a mean pupil",
    "live_minutes": "live minutes a day of a mean pupil",
    "independent_minutes": "minutes of independent work a day of a mean pupil",
}
"""What follows from the plans of minutes alone."""

FROM_WEEK: Mapping[str, str] = {
    "unbroken_live": "minutes of the longest live stretch of any pupil",
    "teacher_live": "live minutes a day of a mean teacher",
    "teacher_day": "minutes from the first meeting to the last of a mean teacher's day",
    "teacher_preparation": "free minutes of the teacher and day that have the least",
    "over_contract": "minutes a day over the contract of a mean teacher",
    "clash_minutes": "minutes a week in which more children of a home are live than it has devices",
    "homes_clashing": "homes with such minutes",
}
"""What a planned week shows; packages with the very same question of a week share it."""

Choice = tuple[int, ...]
"""A package: for each term in order, which of its values."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing in dispute, and the values that the parties agreed to look at.

    Parameters
    ----------
    name, title
        A short name, and what it is in plain words.
    values
        The values in order. Numbers where `measure` is named; else numbers or words, and nobody's minutes
        depend on them.
    measure, sense, grades
        The measure that it limits, how (``at_least``, ``at_most`` or ``exactly``), and for which grades.
    """

    name: str
    title: str
    values: tuple[float | str, ...]
    measure: str = ""
    sense: str = ""
    grades: tuple[str, ...] = ()

    def ask(self, at: int) -> Ask | None:
        """Return what its value at a place asks of the day; None where no minutes depend on it."""
        if not self.measure:
            return None
        return Ask(self.name, self.title, self.measure, self.sense, float(self.values[at]), self.grades)

    def worth(self, at: int) -> float:
        """Return a value as a number: a word counts as its place in the list, from 0."""
        value = self.values[at]
        return float(at) if isinstance(value, str) else float(value)

    def strictness(self, at: int) -> int:
        """Return how many of its values ask for less than the one at a place; 0 where none can be said to."""
        here = self.worth(at)
        sign = {"at_least": 1, "at_most": -1}.get(self.sense, 0)
        return sum(sign * self.worth(other) < sign * here for other in range(len(self.values)))


@dataclass(frozen=True, slots=True)
class Aim:
    """A measure that a side counts (``live_minutes``, ``term:recordings``); and whether it wants more."""

    measure: str
    more: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the table and what it counts."""

    name: str
    title: str
    aims: tuple[Aim, ...]


@dataclass(frozen=True)
class Disputed:
    """What is in dispute: the terms, the sides, and the place whose district is at the table.

    Raises
    ------
    SchooldayError
        If the grid is too large, a name stands twice, or an aim counts what nobody measures.
    """

    title: str
    place: str
    terms: tuple[Term, ...]
    sides: tuple[Side, ...]

    def __post_init__(self) -> None:
        if self.size > MOST:
            said = f"{self.size:,} packages are more than {MOST:,}"
            raise SchooldayError(f"{said}; leave out terms, or values of terms")
        for what, every in (("term", self.terms), ("side", self.sides)):
            names = [one.name for one in every]
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise SchooldayError(f"two {what}s are called {', '.join(twice)}; give each its own name")
        for side in self.sides:
            for aim in side.aims:
                if aim.measure not in self.measures:
                    said = f"{side.name} counts {aim.measure!r}, which nobody measures"
                    raise SchooldayError(f"{said}; there are {', '.join(self.measures)}")

    @property
    def size(self) -> int:
        """How many packages there are."""
        return prod(len(term.values) for term in self.terms)

    @property
    def measures(self) -> tuple[str, ...]:
        """Everything that a side may count or limit."""
        return (*FROM_MINUTES, *FROM_WEEK, *(f"{TERM}{term.name}" for term in self.terms))

    @property
    def aims(self) -> tuple[Aim, ...]:
        """What any side counts, each once."""
        return tuple(dict.fromkeys(aim for side in self.sides for aim in side.aims))

    @property
    def costs(self) -> tuple[str, ...]:
        """The measures that any side counts and that are not a term's own value, each once."""
        return tuple(dict.fromkeys(aim.measure for aim in self.aims if not aim.measure.startswith(TERM)))

    def packages(self) -> Iterator[Choice]:
        """Yield every package of the grid, in order."""
        yield from product(*(range(len(term.values)) for term in self.terms))

    def asks(self, choice: Choice) -> tuple[Ask, ...]:
        """Return what a package asks of the day."""
        found = (term.ask(at) for term, at in zip(self.terms, choice, strict=True))
        return tuple(ask for ask in found if ask is not None)

    def said(self, choice: Choice) -> str:
        """Return a package in words."""
        pairs = zip(self.terms, choice, strict=True)
        values = ((term, term.values[at]) for term, at in pairs)
        return ", ".join(f"{t.name} {v if isinstance(v, str) else f'{v:g}'}" for t, v in values)

    def level(self, choice: Choice) -> int:
        """Return how strict a package is: packages with a lower number come first."""
        return sum(term.strictness(at) for term, at in zip(self.terms, choice, strict=True))

    def own(self, choice: Choice) -> dict[str, float]:
        """Return the measures that are the package's own values."""
        pairs = zip(self.terms, choice, strict=True)
        return {f"{TERM}{term.name}": term.worth(at) for term, at in pairs}
