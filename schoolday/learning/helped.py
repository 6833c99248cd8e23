"""Whether it helped: what exams showed of a group's pupils before it met and after, with how sure that is.

It says what changed and never why. Pupils are chosen because they did badly, and who did badly tends to do
better next time with no help at all (regression to the mean: Barnett, van der Pols and Dobson, International
Journal of Epidemiology 34, 2005, 215-220). Only a comparison with pupils who were not helped could say more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolday.learning import beta
from schoolday.learning.exams import Evidence, in_dates
from schoolday.learning.groups import SmallGroup
from schoolday.learning.mastery import Bars, Mastery, mastery

CAVEAT = (
    "This says what changed, not why: pupils chosen for low results tend to rise without help, too "
    "(regression to the mean)."
)
"""The sentence that stands beside every before and after."""

_WIDE = {0.8: 1.2816, 0.9: 1.6449, 0.95: 1.96, 0.99: 2.5758}
"""How many standard deviations to each side hold a normal variable with a certainty."""


class Turned(StrEnum):
    """How a pupil's chance to answer rightly moved, as far as it can be said."""

    HIGHER = "higher"
    LOWER = "lower"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Change:
    """One pupil before and after: the change of the chance, and the probability that it rose.

    `least` and `most` are the change if the right answers of whole exams were divided in the worst and in the
    best way for it.
    """

    pupil: str
    standard: str
    before: Mastery
    after: Mastery
    mean: float
    least: float
    most: float
    rose: float
    turned: Turned


@dataclass(frozen=True, slots=True)
class Followed:
    """One group before and after; the interval is of the mean change of those with evidence of both."""

    group: SmallGroup
    changes: tuple[Change, ...]
    mean: float | None
    low: float | None
    high: float | None

    @property
    def without(self) -> tuple[str, ...]:
        """The pupils of whom nothing can be said, since no exam asked them before, or none after."""
        return tuple(one.pupil for one in self.changes if one.turned is Turned.UNKNOWN)


def followed(
    groups: Iterable[SmallGroup], some: Iterable[Evidence], bars: Mapping[str, Bars], first: date, last: date
) -> tuple[Followed, ...]:
    """Return what changed in each group that met from a first to a last date.

    Parameters
    ----------
    groups, some
        The groups, and all evidence there is; what was asked while they met counts on neither side.
    bars
        What counts as secure for each pupil.
    first, last
        The dates of the first and the last meeting.
    """
    asked = list(some)
    before = [one for one in asked if one.day < first]
    after = [one for one in in_dates(asked, last, None) if one.day > last]
    return tuple(_followed(group, before, after, bars) for group in groups)


def _followed(
    group: SmallGroup, before: Sequence[Evidence], after: Sequence[Evidence], bars: Mapping[str, Bars]
) -> Followed:
    changes = tuple(
        _change(_of(pupil, group, before, bars[pupil]), _of(pupil, group, after, bars[pupil]), bars[pupil])
        for pupil in group.pupils
        if pupil in bars
    )
    known = [one for one in changes if one.turned is not Turned.UNKNOWN]
    if not known:
        return Followed(group, changes, None, None, None)
    mean = sum(one.mean for one in known) / len(known)
    spread = math.sqrt(sum(beta.variance(*half.shape) for one in known for half in (one.before, one.after)))
    certainty = bars[known[0].pupil].certainty
    wide = _WIDE.get(round(certainty, 2), _WIDE[0.95]) * spread / len(known)
    low = sum(one.least for one in known) / len(known) - wide
    high = sum(one.most for one in known) / len(known) + wide
    return Followed(group, changes, mean, max(low, -1.0), min(high, 1.0))


def _of(pupil: str, group: SmallGroup, some: Sequence[Evidence], bars: Bars) -> Mastery:
    mine = [one for one in some if one.pupil == pupil and one.standard == group.standard]
    return mastery(pupil, group.standard, mine, bars)


def _change(before: Mastery, after: Mastery, bars: Bars) -> Change:
    known = bool(before.trials and after.trials)
    return Change(
        before.pupil,
        before.standard,
        before,
        after,
        after.mean - before.mean if known else 0.0,
        beta.mean(*after.worst) - beta.mean(*before.best) if known else -1.0,
        beta.mean(*after.best) - beta.mean(*before.worst) if known else 1.0,
        beta.beats(after.shape, before.shape) if known else 0.5,
        _turned(before, after, bars) if known else Turned.UNKNOWN,
    )


def _turned(before: Mastery, after: Mastery, bars: Bars) -> Turned:
    """Return how the chance moved, if it did so however the right answers were divided."""
    if beta.beats(after.worst, before.best) >= bars.certainty:
        return Turned.HIGHER
    if beta.beats(before.worst, after.best) >= bars.certainty:
        return Turned.LOWER
    return Turned.UNCLEAR
