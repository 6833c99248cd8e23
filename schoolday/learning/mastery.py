"""Mastery: what is known of how well a child has learned a standard, and how surely.

Each question on a standard is taken as one trial of the child's chance to answer rightly. The chance is a
beta variable with the prior of Jeffreys (1/2, 1/2); its middle interval is the one that Brown, Cai and
DasGupta recommend for few trials ("Interval Estimation for a Binomial Proportion", Statistical Science
16(2), 2001, 101-133). A child is said to need help only where the chance lies below the bar with the
certainty that a rule asks for, on as many questions as it asks for. Little evidence is uncertain, and none
is unknown: never failing.

Where only the score of a whole exam is known, and it asks about several standards, what is said must hold
however the right answers were divided among them; the interval reaches from the least that could have been
right to the most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolday.learning import beta
from schoolday.learning.exams import Evidence
from schoolday.rules import Standing, Way

PRIOR = 0.5
"""Both parameters of the prior of Jeffreys."""


Shape = tuple[float, float]
"""The two parameters of a beta variable."""


def _shape(right: float, trials: float) -> Shape:
    return PRIOR + right, PRIOR + max(trials - right, 0.0)


class Level(StrEnum):
    """What may be said of a child and a standard."""

    SECURE = "secure"
    NEEDS = "needs"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Bars:
    """What counts as secure: the share of questions, how sure one must be, on how many questions at least."""

    share: float
    certainty: float
    trials: float
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mastery:
    """What is known of one pupil and one standard.

    Parameters
    ----------
    trials, right
        Questions asked, and how many were answered rightly; both may be broken numbers.
    least, most
        How many can have been answered rightly at the least and at the most.
    mean, low, high
        The chance to answer rightly: its mean, and the interval that holds it with the asked certainty.
    secure
        The probability that the chance reaches the bar.
    level
        What may be said.
    exams, last
        The exams that it rests on, and the date of the last.
    """

    pupil: str
    standard: str
    trials: float
    right: float
    least: float
    most: float
    mean: float
    low: float
    high: float
    secure: float
    level: Level
    exams: tuple[str, ...] = ()
    last: date | None = None

    @property
    def shape(self) -> Shape:
        """The two parameters of the beta variable."""
        return _shape(self.right, self.trials)

    @property
    def worst(self) -> Shape:
        """The same, if as few answers as can be were right."""
        return _shape(self.least, self.trials)

    @property
    def best(self) -> Shape:
        """The same, if as many answers as can be were right."""
        return _shape(self.most, self.trials)


_MEASURES = ("mastery_share", "mastery_certainty", "mastery_trials")


def bars_of(standing: Standing, grade: str, way: Way = Way.DISTANCE) -> Bars | None:
    """Return what counts as secure in a grade by the rules in force, or None where nobody says it all."""
    limits = [standing.limit(name, grade=grade, way=way) for name in _MEASURES]
    lows = [limit.low for limit in limits if limit.low is not None]
    if len(lows) < len(_MEASURES):
        return None
    clauses = tuple(limit.low_bound.clause.id for limit in limits if limit.low_bound)
    return Bars(lows[0] / 100, lows[1] / 100, lows[2], clauses)


def mastery(pupil: str, standard: str, some: Sequence[Evidence], bars: Bars) -> Mastery:
    """Return what evidence on one pupil and one standard shows."""
    trials = sum(one.trials for one in some)
    right, least, most = (
        sum(share * one.trials for share, one in zip(shares, some, strict=True))
        for shares in ([one.share for one in some], [one.least for one in some], [one.most for one in some])
    )
    shape, worst, best = (_shape(number, trials) for number in (right, least, most))
    tail = (1.0 - bars.certainty) / 2
    return Mastery(
        pupil,
        standard,
        trials,
        right,
        least,
        most,
        beta.mean(*shape),
        beta.quantile(tail, *worst),
        beta.quantile(1.0 - tail, *best),
        1.0 - beta.below(bars.share, *shape),
        _level(trials, worst, best, bars),
        tuple(dict.fromkeys(one.exam for one in some)),
        max((one.day for one in some), default=None),
    )


def _level(trials: float, worst: Shape, best: Shape, bars: Bars) -> Level:
    if not trials:
        return Level.UNKNOWN
    if trials < bars.trials:
        return Level.UNCERTAIN
    if 1.0 - beta.below(bars.share, *worst) >= bars.certainty:
        return Level.SECURE
    return Level.NEEDS if beta.below(bars.share, *best) >= bars.certainty else Level.UNCERTAIN


def masteries(some: Iterable[Evidence], asked: Iterable[tuple[str, str]], bars: Bars) -> Iterator[Mastery]:
    """Yield what is known of each pupil and standard asked for, those without evidence included."""
    by: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for one in some:
        by[one.pupil, one.standard].append(one)
    for pupil, standard in asked:
        yield mastery(pupil, standard, by.get((pupil, standard), ()), bars)
