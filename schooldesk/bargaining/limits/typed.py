"""What a member typed into a limit's fields, read as the core's limit; a fault keeps what was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from schoolday.bargaining.disputed import TERM, Disputed, Term
from schoolday.bargaining.front import Limit as Bound
from schoolday.ground.spans import minute
from schoolday.rules.measures import MEASURES

_NUMBER = re.compile(r"[0-9]{1,6}([.,][0-9]{1,2})?")


class Wrong(StrEnum):
    """What is wrong with a limit as it was typed."""

    MEASURE = "measure"
    NUMBER = "number"
    EMPTY = "empty"
    TURNED = "turned"


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of one measure, as they were filled in; it prints without them."""

    measure: str = field(repr=False)
    low: str = field(default="", repr=False)
    high: str = field(default="", repr=False)
    wrong: Wrong | None = None


def term(disputed: Disputed, measure: str) -> Term | None:
    """Return the term whose own value a measure is, or None."""
    return next((one for one in disputed.terms if TERM + one.name == measure), None)


def of_words(one: Term | None) -> bool:
    """Whether a limit of it is chosen from its values, since some of them are words."""
    return one is not None and any(isinstance(value, str) for value in one.values)


def read(disputed: Disputed, side: str, typed: Typed) -> Bound | Wrong:
    """Return the limit that was typed, or what is wrong with it."""
    if typed.measure not in disputed.measures:
        return Wrong.MEASURE
    about = term(disputed, typed.measure)
    try:
        low, high = _number(typed.low, about), _number(typed.high, about)
    except ValueError:
        return Wrong.NUMBER
    if low is None and high is None:
        return Wrong.EMPTY
    if low is not None and high is not None and low > high:
        return Wrong.TURNED
    return Bound(side, typed.measure, low, high)


def written(value: float | None) -> str:
    """Return a number as a field takes it back."""
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _number(text: str, about: Term | None) -> float | None:
    """Return a field's number, None where it is empty; a ValueError without its text where it is none."""
    text = text.strip()
    if not text:
        return None
    if of_time(about) and ":" in text:
        return float(minute(text))
    if not _NUMBER.fullmatch(text):
        raise ValueError("no number")
    number = float(text.replace(",", "."))
    if (
        about is not None
        and of_words(about)
        and number not in {about.worth(at) for at in range(len(about.values))}
    ):
        raise ValueError("none of the values")
    return number


def of_time(about: Term | None) -> bool:
    """Whether it is a time of day."""
    return about is not None and bool(about.measure) and MEASURES[about.measure].unit == "minute_of_day"
