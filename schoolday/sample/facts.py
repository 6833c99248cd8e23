"""SchoolFacts: what is publicly known of each school, and the real file of Sacramento City Unified."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from schoolday.ground.errors import SchooldayError
from schoolday.ground.grades import GRADES, span

_HERE = Path(__file__).resolve()
_PLACES = (
    _HERE.parents[2] / "examples" / "sacramento" / "schools.csv",
    _HERE.parents[1] / "examples" / "sacramento" / "schools.csv",
)
_SPECIAL = "Special Education School"


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """One school as the state counts it.

    Parameters
    ----------
    id, code
        The state's 7-digit school code, and the 14 digits of county, district and school.
    name, option
        The school's name and its educational option (``Traditional``, ``Continuation School``).
    low, high
        The lowest and highest grade served; see `grades` for what is assumed where the file has none.
    enrolled, foster, homeless, english_learners
        Numbers of pupils.
    """

    id: str
    code: str
    name: str
    option: str
    low: str
    high: str
    enrolled: int
    foster: int
    homeless: int
    english_learners: int

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades served; K and 12 are assumed where the file has none, 12 for ``Adult``."""
        low = self.low if self.low in GRADES else "K"
        high = self.high if self.high in GRADES else "12"
        return span(f"{low}-{high}")

    @property
    def all_special(self) -> bool:
        """Whether every pupil is assumed to have an IEP: a special education or nonpublic school."""
        return self.option == _SPECIAL or self.name.startswith("Nonpublic")


def read_facts(path: Path) -> tuple[SchoolFacts, ...]:
    """Read a file of school facts (see ``examples/sacramento/README.md`` for its columns)."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            SchoolFacts(
                id=row["school_code"],
                code=row["county_code"] + row["district_code"] + row["school_code"],
                name=row["name"],
                option=row["option"],
                low=row["low_grade"],
                high=row["high_grade"],
                enrolled=int(row["enrolled"]),
                foster=int(row["foster"]),
                homeless=int(row["homeless"]),
                english_learners=int(row["english_learners"]),
            )
            for row in csv.DictReader(file)
        )


def sacramento_facts() -> tuple[SchoolFacts, ...]:
    """Return the 70 non-charter schools of Sacramento City Unified, as counted in fall 2019."""
    for place in _PLACES:
        if place.is_file():
            return read_facts(place)
    raise SchooldayError(f"The file of Sacramento's schools is missing; put it at {_PLACES[0]}.")
