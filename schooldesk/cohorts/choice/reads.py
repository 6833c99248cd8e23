"""A household's children and what was chosen for each, of the district in scope."""

from __future__ import annotations

from dataclasses import dataclass

from schooldesk.cohorts.models import Answer, Round
from schooldesk.roster import reads as roster
from schooldesk.roster import models as tables
from schooldesk.roster.models import District


@dataclass(frozen=True)
class Child:
    """One child of a household, as its family's pages name it."""

    id: str
    given: str
    family: str
    grade: str
    school: str
    groups: frozenset[str]


def children(home: District, household: int) -> list[Child]:
    """Return a household's children on the roster that stands, in the household's order."""
    house = roster.household_id(home, household)
    if house is None:
        return []
    names = {one.id: one.name for one in roster.schools(home)}
    found = tables.Pupil.objects.filter(version=home.roster_id, home=house).order_by("place", "pk")
    rows = found.values_list("sourced", "given", "family", "grade", "school", "groups")
    return [
        Child(id, given, family, grade, names.get(school, school), frozenset(groups))
        for id, given, family, grade, school, groups in rows
    ]


def answers(row: Round, household: int) -> list[Answer]:
    """Return every answer of a household in a round, the first first."""
    return list(Answer.objects.filter(round=row, household=household).order_by("pk"))


def standing(row: Round, household: int) -> dict[str, Answer]:
    """Return the answer that stands for each child of a household: the last one."""
    return {one.pupil: one for one in answers(row, household)}
