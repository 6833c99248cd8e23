"""Whether a question can be answered; whatever hinders it is said in words, and nothing is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from schoolday.bargaining.disputed import Disputed
from schoolday.bargaining.front import Questions, carried
from schoolday.bargaining.ground import Package
from schooldesk.bargaining.limits.reads import Kept


@dataclass(frozen=True)
class CommonGround:
    """The terms that were put to a school last, and what came of them.

    `packages` are there once every one is judged on the roster that `stands`. `closed` are the measures whose
    numbers tell of so few people that only planners may see them.
    """

    disputed: Disputed
    packages: Sequence[Package]
    stands: bool
    closed: frozenset[str] = frozenset()

    @property
    def hides(self) -> bool:
        """Whether something that a side counts is closed."""
        return not self.closed.isdisjoint(self.disputed.costs)


class Hindered(StrEnum):
    """Why a question is not answered now."""

    STOPPED = "stopped"
    ALL_ASKED = "all asked"
    MEANWHILE = "meanwhile"
    NO_TERMS = "no terms"
    OTHER_ROSTER = "other roster"
    NOT_JUDGED = "not judged"
    NONE_CARRIED = "none carried"
    NONE_OF_OWN = "none of own"
    NONE_LEFT = "none left"
    OWN_OUTGROWN = "own outgrown"
    OTHERS = "others"


def hindered(
    side: str, questions: Questions, ground: CommonGround | None, own: Sequence[Kept]
) -> Hindered | None:
    """Return what hinders a side's question, as far as the side may know it unasked."""
    if questions.stopped:
        return Hindered.STOPPED
    if not questions.left(side):
        return Hindered.ALL_ASKED
    if ground is None:
        return Hindered.NO_TERMS
    # What would be a no whatever the other side's limits are costs nobody a question.
    return unready(ground) or _outgrown(ground.disputed, own) or _none_left(ground, own)


def left(ground: CommonGround, own: Sequence[Kept]) -> int | None:
    """Return how many packages that a week can carry a side's own limits leave.

    None where one is on a closed measure: the count, which costs nothing, would tell its number bit by bit.
    """
    bounds = [one.bound for one in own if one.removed is None]
    if any(bound.measure in ground.closed for bound in bounds):
        return None
    return sum(all(bound.holds(one) for bound in bounds) for one in carried(ground.packages))


def unready(ground: CommonGround) -> Hindered | None:
    """Return what is amiss with the packages themselves, which everybody may know."""
    if not ground.stands:
        return Hindered.OTHER_ROSTER
    if len(ground.packages) < ground.disputed.size:
        return Hindered.NOT_JUDGED
    return None if carried(ground.packages) else Hindered.NONE_CARRIED


def others_hinder(disputed: Disputed, every: Sequence[Kept]) -> bool:
    """Whether a side has no limits, or some that the terms have outgrown; which side is not said."""
    standing = {side.name: [one for one in every if one.bound.side == side.name] for side in disputed.sides}
    # Each side is looked at, so that the time does not tell which.
    found = [_outgrown(disputed, some) for some in standing.values()]
    return any(found)


def _none_left(ground: CommonGround, own: Sequence[Kept]) -> Hindered | None:
    return Hindered.NONE_LEFT if left(ground, own) == 0 else None


def _outgrown(disputed: Disputed, some: Sequence[Kept]) -> Hindered | None:
    standing = [one for one in some if one.removed is None]
    if not standing:
        return Hindered.NONE_OF_OWN
    return None if all(one.fits(disputed) for one in standing) else Hindered.OWN_OUTGROWN
