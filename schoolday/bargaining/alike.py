"""When two questions of a week are one and the same, and when one asks for all that another does."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from schoolday.ground.spans import Span
from schoolday.timetable.problem import Limits, TimetableProblem


def tighter(one: TimetableProblem, other: TimetableProblem) -> bool:
    """Whether every week that answers `one` would answer `other` too.

    This is what pruning rests on. Both place the very same meetings with the same people, days, starts,
    rooms and grid; and each person's limits in `one` are nowhere looser: a narrower window, fewer live
    minutes, shorter stretches, longer breaks, lunch and preparation. A week that holds to the tighter limits
    then holds to the looser ones, so that where `other` is proved impossible, `one` is. It is *not* said of
    terms: more live minutes make other meetings, and then nothing is known.
    """
    same = ("school", "grid", "activities", "rooms")
    if any(getattr(one, name) != getattr(other, name) for name in same):
        return False
    if (
        one.pupil_limits.keys() != other.pupil_limits.keys()
        or one.staff_limits.keys() != other.staff_limits.keys()
    ):
        return False
    pairs = {(one.pupil_limits[pupil], other.pupil_limits[pupil]) for pupil in one.pupil_limits}
    for staff, week in one.staff_limits.items():
        pairs.update(zip(week, other.staff_limits[staff], strict=True))
    return all(_within(one.limits[mine], other.limits[theirs]) for mine, theirs in pairs)


def _within(mine: Limits, theirs: Limits) -> bool:
    """Whether a day that holds to the first limits holds to the second."""
    if mine.window is None or theirs.window is None:
        return mine.window is None
    # A lunch moves what is left for preparation, so both must ask for one, in the same hours.
    lunch = mine.lunch == theirs.lunch and mine.lunch_minutes >= theirs.lunch_minutes
    return (
        _inside(mine.window, theirs.window)
        and _under(mine.most_live, theirs.most_live)
        and _under(mine.longest_live, theirs.longest_live)
        and mine.least_break >= theirs.least_break
        and lunch
        and (mine.preparation or 0) >= (theirs.preparation or 0)
    )


def _inside(mine: Span, theirs: Span) -> bool:
    return theirs.start <= mine.start and mine.end <= theirs.end


def _under(mine: int | None, theirs: int | None) -> bool:
    return theirs is None or (mine is not None and mine <= theirs)


def fingerprint(problem: TimetableProblem, *more: object) -> str:
    """Return what tells a question from others, whichever clauses its numbers come from.

    The names of clauses do not change a week, so two packages that differ only in them are one question.
    `more` is what else decides the answer.
    """
    bare = plain((problem, *more), leave_out=frozenset({"clauses", "clause", "said"}))
    return hashlib.sha256(repr(bare).encode()).hexdigest()[:24]


def plain(value: object, leave_out: frozenset[str] = frozenset()) -> object:
    """Return a value as nested tuples that are the same in every process."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        kept = (one.name for one in fields(value) if one.name not in leave_out)
        return tuple((name, plain(getattr(value, name), leave_out)) for name in kept)
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), plain(one, leave_out)) for key, one in value.items()))
    if isinstance(value, tuple | list):
        return tuple(plain(one, leave_out) for one in value)
    if isinstance(value, frozenset | set):
        return tuple(sorted(map(str, value)))
    return value
