"""Numbers in a book: flat or one for each grade, each in its unit."""

from __future__ import annotations

import re

from schoolday.files.rulebook.yaml_tree import Loc, Say
from schoolday.ground.grades import GRADES, span
from schoolday.ground.spans import minute
from schoolday.rules.measures import MOST
from schoolday.rules.rule import Amount

_NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?")
_WHOLE = re.compile(r"\d{1,6}")


def amount(loc: Loc, raw: str | dict[str, str] | None, unit: str, say: Say) -> Amount | None:
    """Return a number, or a number for each grade; None where nothing is written."""
    if raw is None:
        return None
    if isinstance(raw, str):
        return Amount(flat=number(loc, raw, unit, say))
    by_grade: dict[str, float] = {}
    for key, text in raw.items():
        value = number((*loc, key), text, unit, say)
        for grade in _grades((*loc, key), key, say):
            if grade in by_grade:
                say((*loc, key), f"grade {grade} stands here twice; let the spans not overlap")
            by_grade[grade] = value
    return Amount(by_grade={grade: by_grade[grade] for grade in GRADES if grade in by_grade})


def number(loc: Loc, text: str, unit: str, say: Say) -> float:
    """Return a number in a unit; 0 where it is none, which is said."""
    try:
        value = _parse(text, unit)
    except ValueError as error:
        say(loc, str(error))
        return 0.0
    if value > MOST[unit]:
        say(loc, f"{text} is more than {MOST[unit]:g}, the most that {unit} can be")
    return value


def whole(text: str, least: int, most: int) -> int | None:
    """Return a whole number between two others, both included, or None."""
    value = int(text) if _WHOLE.fullmatch(text) else -1
    return value if least <= value <= most else None


def check_order(loc: Loc, low: Amount | None, high: Amount | None, said: str, say: Say) -> None:
    """Say where the smaller of two amounts is the larger."""
    if low is None or high is None:
        return
    for grade in GRADES:
        least, most = low.for_(grade), high.for_(grade)
        if least is not None and most is not None and least > most:
            say(loc, f"{said} for grade {grade}: {least:g} and {most:g}")
            return


def _grades(loc: Loc, key: str, say: Say) -> tuple[str, ...]:
    try:
        return span(key)
    except ValueError as error:
        say(loc, f"{error}; write a span such as TK-K or 1-3")
        return ()


def _parse(text: str, unit: str) -> float:
    if _NUMBER.fullmatch(text):
        return float(text)
    if unit == "minute_of_day":
        return float(minute(text))
    raise ValueError(f"`{text}` is no number of {unit}; write digits, such as 230")
