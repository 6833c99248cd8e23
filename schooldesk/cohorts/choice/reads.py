"""A household's children and what was chosen for each, of the district in scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from schoolday.roster import Pupil
from schooldesk.cohorts.models import Answer, Round
from schooldesk.cohorts.rounds.reads import counting, day_said
from schooldesk.roster import models as tables
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District


@dataclass(frozen=True)
class Child:
    """One child of a household, with the name of its school."""

    pupil: Pupil
    school: str

    @property
    def id(self) -> str:
        """The child's id in the roster."""
        return self.pupil.id

    @property
    def given(self) -> str:
        """What its family calls it."""
        return self.pupil.given


def children(home: District, household: int) -> list[Child]:
    """Return a household's children on the roster that stands, in the household's order."""
    house = roster.household_id(home, household)
    if house is None:
        return []
    names = {one.id: one.name for one in roster.schools(home)}
    found = tables.Pupil.objects.filter(version=home.roster_id, home=house).order_by("place", "pk")
    rows = found.values_list("sourced", "given", "family", "grade", "school", "groups")
    pupils = [Pupil(*row[:5], None, frozenset(row[5])) for row in rows]
    return [Child(one, names.get(one.school, one.school)) for one in pupils]


def answers(row: Round, household: int) -> list[Answer]:
    """Return every answer of a household in a round, the first first; those taken back too."""
    mine = Answer.objects.filter(round=row, household=household).select_related("file").defer("file__text")
    return list(mine.order_by("pk"))


def standing(row: Round, household: int) -> dict[str, Answer]:
    """Return the answer that stands for each child of a household: the last one said."""
    zone, mine = ZoneInfo(row.district.timezone), counting(row).filter(household=household)
    by_day = sorted(mine.select_related("file").defer("file__text"), key=lambda one: _day(one, zone))
    return {one.pupil: one for one in by_day}


def _day(one: Answer, zone: ZoneInfo) -> date:
    return day_said(one.said, one.at, zone)
