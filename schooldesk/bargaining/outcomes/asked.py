"""What can be asked of a table: the questions as values, and what tells one from others."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from schoolday.bargaining.alike import plain
from schoolday.bargaining.disputed import Disputed
from schoolday.files.kept import FORMAT
from schoolday.rules import Way

SEED = 1
STEPS = 20
"""What the terminal's commands take where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class AskedPosition:
    """What a proposed book would do to the days of some schools, against another book or what is in force.

    Parameters
    ----------
    position, against
        The two books; an empty `against` is what is in force.
    schools
        The schools' ids; none is every school of the district.
    day, way, seed, steps
        As `schoolday consequences` takes them.
    """

    position: str
    against: str
    schools: tuple[str, ...]
    day: date
    way: Way = Way.DISTANCE
    seed: int = SEED
    steps: int = STEPS

    @property
    def kind(self) -> str:
        """What is worked out."""
        return "consequences"


@dataclass(frozen=True, slots=True)
class AskedPackages:
    """Which packages of the disputed terms a school's week can carry, and which of them are worth signing."""

    disputed: Disputed
    school: str
    day: date
    way: Way = Way.DISTANCE
    seed: int = SEED
    steps: int = STEPS

    @property
    def kind(self) -> str:
        """What is worked out."""
        return "packages"


Asked = AskedPosition | AskedPackages


def mark(asked: Asked, roster: int, rules: str) -> str:
    """Return what tells a question from others: what is asked, of which roster, by which rules."""
    said = (FORMAT, asked.kind, plain(asked), roster, rules)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]
