"""Where both sides can meet: the packages that no other betters for both, and each side's private limits.

Two functions look at private limits. `common` answers a party, and says yes or no and nothing else;
`mediated` is for the mediator, and says everything. docs/common-ground.md says what can be learned from a
row of yes and no, and why questions are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import ge

from schoolday.bargaining.disputed import Aim, Disputed
from schoolday.bargaining.ground import Package, State
from schoolday.ground.errors import SchooldayError


@dataclass(frozen=True, slots=True)
class Limit:
    """One side's private bound on a measure or a term (``term:recordings``); the mediator sees it too.

    Its numbers are not in its repr, so that no log or error of a programmer shows them.
    """

    side: str
    measure: str = field(repr=False)
    at_least: float | None = field(default=None, repr=False)
    at_most: float | None = field(default=None, repr=False)

    def holds(self, package: Package) -> bool:
        """Whether a package keeps within it; one whose measure nobody can say does not."""
        value = package.values.get(self.measure)
        if value is None:
            return False
        return (self.at_least is None or value >= self.at_least) and (
            self.at_most is None or value <= self.at_most
        )


def carried(packages: Iterable[Package]) -> tuple[Package, ...]:
    """Return the packages that are lawful and that a week was found for."""
    return tuple(one for one in packages if one.state is State.CARRIED)


def front(packages: Iterable[Package], disputed: Disputed) -> tuple[Package, ...]:
    """Return the packages that no other betters: as good on every measure of both sides, and better on one.

    Exact on the grid: no carried package is left out of the comparison. Packages of the same worth stand or
    fall together.

    Raises
    ------
    SchooldayError
        If a measure that a side counts is unknown: missing evidence is never taken for zero.
    """
    some = carried(packages)
    worth = [_worth(one, disputed.aims) for one in some]
    best: list[tuple[float, ...]] = []
    # Whatever betters a package comes before it in this order, or is itself bettered by what does. No two
    # in the set are the same, so that as good on every measure is better on one.
    for one in sorted(set(worth), reverse=True):
        if not any(all(map(ge, other, one)) for other in best):
            best.append(one)
    kept = set(best)
    return tuple(one for one, mine in zip(some, worth, strict=True) if mine in kept)


def at_one_cost(some: Iterable[Package], disputed: Disputed) -> list[list[Package]]:
    """Return packages in lists of those that cost both sides the same, in the grid's order."""

    def worth(one: Package) -> tuple[float, ...]:
        return tuple(one.values[aim.measure] or 0.0 for aim in disputed.aims)

    alike = [list(ones) for _, ones in groupby(sorted(some, key=worth), worth)]
    return sorted(alike, key=lambda ones: ones[0].choice)


def _worth(package: Package, aims: Sequence[Aim]) -> tuple[float, ...]:
    """Return what a package is worth on each measure, so that more is better on all."""
    found = []
    for aim in aims:
        value = package.values.get(aim.measure)
        if value is None:
            raise SchooldayError(
                f"nobody can say {aim.measure} here, since the roster lacks what it is counted from; leave "
                "it out of what the sides count, or bring the side file (docs/reference/side-files.md)"
            )
        found.append(value if aim.more else -value)
    return tuple(found)


def common(packages: Iterable[Package], limits: Sequence[Limit]) -> bool:
    """Say to a party whether some carried package keeps within every side's limits. Nothing else is said.

    Every limit is held against every package, so that yes takes as long as no.
    """
    answers = [[limit.holds(one) for limit in limits] for one in carried(packages)]
    return sum(map(all, answers)) > 0


@dataclass(frozen=True)
class Mediated:
    """What the mediator sees, and nobody else.

    Parameters
    ----------
    front
        The packages that no other betters for both sides.
    within
        The carried packages within every side's limits.
    best
        Those of `within` that no other of them betters for both sides.
    alone
        For each side, how many carried packages its own limits leave.
    binding
        Limits without which there would be a common package, where there is none.
    unknown
        Limits of measures that nobody can say of these packages: no package keeps within them.
    """

    front: tuple[Package, ...]
    within: tuple[Package, ...]
    best: tuple[Package, ...]
    alone: Mapping[str, int]
    binding: tuple[Limit, ...]
    unknown: tuple[Limit, ...]


def mediated(packages: Sequence[Package], disputed: Disputed, limits: Sequence[Limit]) -> Mediated:
    """Return everything that the limits leave. For the mediator alone."""
    some = carried(packages)
    within = tuple(one for one in some if all(limit.holds(one) for limit in limits))
    alone = {
        side.name: sum(all(limit.holds(one) for limit in limits if limit.side == side.name) for one in some)
        for side in disputed.sides
    }
    others = {limit: [one for one in limits if one is not limit] for limit in limits}
    binding = () if within else tuple(limit for limit, rest in others.items() if common(some, rest))
    unknown = tuple(limit for limit in limits if all(one.values.get(limit.measure) is None for one in some))
    return Mediated(
        front(some, disputed), within, front(within, disputed), alone, binding, unknown if some else ()
    )


def known_limits(limits: Iterable[Limit], disputed: Disputed) -> None:
    """Refuse, in words, limits of a side that is not at the table or on what nobody measures."""
    sides = [side.name for side in disputed.sides]
    for limit in limits:
        if limit.side not in sides:
            raise SchooldayError(f"{limit.side!r} is no side of this table; the sides are {', '.join(sides)}")
        if limit.measure not in disputed.measures:
            there = ", ".join(disputed.measures)
            raise SchooldayError(f"{limit.side} limits {limit.measure!r}; what can be limited is {there}")


USUAL_QUESTIONS = 2
"""Questions that each side may ask where the mediator says nothing: too few to tell one of five values."""


@dataclass(frozen=True, slots=True)
class Questions:
    """How often each side has asked whether a common package exists. Both sides see the counts.

    Each answer can halve what is not known of the other's limits, so each side may ask `most` times, and the
    mediator may set another number or stop the questions.
    """

    asked: tuple[str, ...] = ()
    most: int = USUAL_QUESTIONS
    stopped: bool = False

    @property
    def counts(self) -> Mapping[str, int]:
        """How many questions each side has asked."""
        return Counter(self.asked)

    def left(self, side: str) -> int:
        """Return how many more a side may ask; none while the mediator has stopped them."""
        return 0 if self.stopped else max(self.most - self.counts.get(side, 0), 0)

    def ask(self, side: str) -> Questions:
        """Return the record with one more question; SchooldayError in words where no more is answered."""
        if self.stopped:
            raise SchooldayError("the mediator has stopped these questions; ask the mediator")
        if not self.left(side):
            raise SchooldayError(f"{side} has asked all {self.most} questions it may; ask the mediator")
        return replace(self, asked=(*self.asked, side))
