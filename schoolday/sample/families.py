"""Which children live together: siblings across grades and schools near each other.

The neighbourhoods are made up, roughly after the map: each comprehensive high school with the schools
around it. They are not the district's attendance areas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from schoolday.sample.facts import SchoolFacts
from schoolday.sample.people import Chance, Child

CITYWIDE = "citywide"

_NEIGHBOURHOODS = {
    "east": """0101972 6059273 6034250 6097083 6096150 6034177 6034011 6033831 6034284 6107239""",
    "johnson": """3434636 6059364 6033906 6034136 6033823 6034219 6033930 6034185 0133777 6099808""",
    "south": """3431012 6059307 6059299 6033948 6033955 6034169 6034193 6033997 6034334 6034201 6034045
        6034060 6119440 6033914 6110662""",
    "pocket": """3434768 6059356 6059323 6059315 6096168 6111389 6034235 6034052 6071336 6034029 6033765""",
    "land park": """3435419 6059281 6066690 6033815 6033880 6034292 6034227 6034243 6034326 6034037 6034276
        6033807 6034003 6034078""",
}
_NEAR = {school: area for area, schools in _NEIGHBOURHOODS.items() for school in schools.split()}

_MORE = (
    (0.36, 0.39, 0.18, 0.055, 0.015),
    (0.44, 0.38, 0.14, 0.035, 0.005),
    (0.56, 0.33, 0.09, 0.02, 0.0),
)
"""How many older siblings a youngest child has: for kindergarten to 2, grades 3 to 6, and 7 up (assumed)."""

_GAPS = (0.03, 0.17, 0.30, 0.25, 0.15, 0.10)
"""Grades between one sibling and the next older; nought for twins (assumed)."""


def neighbourhood(facts: SchoolFacts) -> str:
    """Return the made-up neighbourhood of a school, or ``citywide``."""
    return _NEAR.get(facts.id, CITYWIDE)


class _Town:
    """Children not yet in a family, by school and grade."""

    def __init__(self, schools: Sequence[SchoolFacts], children: Sequence[Child], rng: Chance) -> None:
        self.rng = rng
        self.area = {facts.id: neighbourhood(facts) for facts in schools}
        self.waiting: dict[tuple[str, str], list[Child]] = defaultdict(list)
        for index in rng.permutation(len(children)):
            child = children[int(index)]
            self.waiting[child.school, child.grade].append(child)
        self.serving: dict[tuple[str, int], list[str]] = defaultdict(list)
        for facts in schools:
            for child in {c.grade: c for c in children if c.school == facts.id}.values():
                self.serving[self.area[facts.id], child.level].append(facts.id)

    def older(self, family: list[Child]) -> Child | None:
        """Take an older sibling (or a twin) for a family, at a school that fits, if there is one."""
        level = family[-1].level + int(self.rng.choice(len(_GAPS), p=_GAPS))
        for school in self._schools(family, level):
            grade = _grade(level)
            if self.waiting.get((school, grade)):
                return self.waiting[school, grade].pop()
        return None

    def _schools(self, family: list[Child], level: int) -> list[str]:
        """List the schools to try: the family's own first, then near ones, now and then a citywide one."""
        own = [
            child.school
            for child in reversed(family)
            if self.area[child.school] != CITYWIDE or self.rng.random() < 0.2
        ]
        area = self.area[family[0].school]
        if area == CITYWIDE:
            area = sorted(_NEIGHBOURHOODS)[int(self.rng.integers(len(_NEIGHBOURHOODS)))]
        near = self._shuffled(self.serving.get((area, level), []), level)
        wide = self._shuffled(self.serving.get((CITYWIDE, level), []), level)
        return own + (wide + near if self.rng.random() < 0.12 else near)

    def _shuffled(self, schools: list[str], level: int) -> list[str]:
        """Order schools by chance, those with more children waiting sooner."""
        grade = _grade(level)
        keys = {s: self.rng.random() ** (1 / (1 + len(self.waiting.get((s, grade), [])))) for s in schools}
        return sorted(schools, key=lambda school: (-keys[school], school))


def _grade(level: int) -> str:
    return "K" if level <= 1 else str(level - 1)


def families(schools: Sequence[SchoolFacts], children: Sequence[Child], rng: Chance) -> list[list[Child]]:
    """Group children into families, the youngest first in each; every child is in exactly one."""
    town = _Town(schools, children, rng)
    made: list[list[Child]] = []
    for school, grade in sorted(town.waiting, key=lambda key: (_level(key[1]), key[0])):
        queue = town.waiting[school, grade]
        while queue:
            family = [queue.pop()]
            for _ in range(_more(family[0], rng)):
                sibling = town.older(family)
                if sibling is not None:
                    family.append(sibling)
            made.append(family)
    return made


def _level(grade: str) -> int:
    return 1 if grade in ("TK", "K") else int(grade) + 1


def _more(youngest: Child, rng: Chance) -> int:
    row = _MORE[0 if youngest.level < 4 else 1 if youngest.level < 8 else 2]
    return int(rng.choice(len(row), p=row))
