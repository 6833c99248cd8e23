"""A family's choice of program for a child: asked, kept with who said it, and replaced by a later one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Program(StrEnum):
    """What a family may choose for a child: to come to school on its cohort's days, or to stay at home."""

    ON_SITE = "on_site"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a family chose for a child.

    Parameters
    ----------
    pupil, program
        For whom, and what.
    day, by
        When it was said, and who said it.
    wish
        The cohort that the family would like, or empty.
    beside
        Another pupil whom the child is to share its cohort with, or empty.
    """

    pupil: str
    program: Program
    day: date
    by: str
    wish: str = ""
    beside: str = ""


def standing(choices: Iterable[Choice], on: date) -> dict[str, Choice]:
    """Return the choice of each pupil that stands on a date: the last said by then.

    Of two of one date the later in order stands.
    """
    found: dict[str, Choice] = {}
    for one in choices:
        if one.day <= on and (one.pupil not in found or found[one.pupil].day <= one.day):
            found[one.pupil] = one
    return found


def staying_home(
    choices: Iterable[Choice], pupils: Iterable[str], on: date, otherwise: Program = Program.ON_SITE
) -> frozenset[str]:
    """Return which of some pupils stay at home on a date, by the choice that stands.

    Parameters
    ----------
    choices, on
        What families chose, and the date.
    pupils
        Whom it is asked of.
    otherwise
        The program of a pupil for whom nobody chose.
    """
    found = standing(choices, on)
    programs = {pupil: found[pupil].program if pupil in found else otherwise for pupil in pupils}
    return frozenset(pupil for pupil, program in programs.items() if program is Program.DISTANCE)
