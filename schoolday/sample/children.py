"""Every school's real number of pupils, spread over its grades."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from schoolday.sample.facts import SchoolFacts
from schoolday.sample.people import Chance, Child, chance

_CONTINUATION = {"9": 0.15, "10": 0.5, "11": 1.1, "12": 1.6}
_INDEPENDENT = dict.fromkeys(("9", "10", "11", "12"), 3.0) | {"7": 1.5, "8": 1.5}
_USUAL = {"K": 1.03, "12": 0.93}


def children(schools: Sequence[SchoolFacts], seed: int) -> list[Child]:
    """Return every pupil with a school and a grade; each school's number is the real one."""
    made: list[Child] = []
    for facts in schools:
        for grade, count in spread(facts, chance(seed, "grades", facts.id)).items():
            made += [Child(f"p{len(made) + number:05d}", facts.id, grade) for number in range(1, count + 1)]
    return made


def spread(facts: SchoolFacts, rng: Chance) -> dict[str, int]:
    """Spread a school's pupils over its grades: nearly even, older in continuation and independent study."""
    grades = facts.grades
    usual = _weights(facts)
    share = np.array([usual.get(grade, 1.0) for grade in grades]) * rng.normal(1.0, 0.06, len(grades))
    exact = share / share.sum() * facts.enrolled
    counts = np.floor(exact).astype(int)
    for index in np.argsort(counts - exact, kind="stable")[: facts.enrolled - counts.sum()]:
        counts[index] += 1
    return {grade: int(count) for grade, count in zip(grades, counts, strict=True)}


def _weights(facts: SchoolFacts) -> dict[str, float]:
    if facts.option.startswith("Continuation"):
        return _CONTINUATION
    return _INDEPENDENT if "Independent Study" in facts.name else _USUAL
