"""Why something is open or closed at a school: a rule's verdict, and the place and source it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schoolday.conditions.effects import Opening
from schoolday.measures.verdict import Verdict


class Effect(StrEnum):
    """What one rule does: opens, closes, only advises to close, waits for something, or nobody can say."""

    OPENS = "opens"
    CLOSES = "closes"
    ADVISES = "advises"
    WAITS = "waits"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Why:
    """What one rule does to some ways of being at a school.

    Parameters
    ----------
    effect, ways
        What it does, and to which ways.
    verdict
        The rule, its clause and the sentence.
    place, source
        The place whose reading it hangs on, and who says so; empty where it hangs on none.
    """

    effect: Effect
    ways: frozenset[Opening]
    verdict: Verdict
    place: str = ""
    source: str = ""
