"""Compose what one person or household does on one date, in order."""

from schoolday.day.changes import Change, Changed, ChangeKind, Comparer, changes
from schoolday.day.compose import Composer, household_day
from schoolday.day.index import Laid, PeopleIndex, people_index
from schoolday.day.kept import Keeper, from_json, to_json
from schoolday.day.now import NowNext, now_next
from schoolday.day.reasons import Cited, Reason, reasons
from schoolday.day.teacher import TeacherDay, teacher_day
from schoolday.day.values import Block, BlockKind, Clash, HouseholdDay, Names, Promised, PupilDay
from schoolday.day.week import Cell, SchoolWeekView, WeekRow, school_week

__all__ = [
    "Block",
    "BlockKind",
    "Cell",
    "Change",
    "ChangeKind",
    "Changed",
    "Cited",
    "Clash",
    "Comparer",
    "Composer",
    "HouseholdDay",
    "Keeper",
    "Laid",
    "Names",
    "NowNext",
    "PeopleIndex",
    "Promised",
    "PupilDay",
    "Reason",
    "SchoolWeekView",
    "TeacherDay",
    "WeekRow",
    "changes",
    "from_json",
    "household_day",
    "now_next",
    "people_index",
    "reasons",
    "school_week",
    "teacher_day",
    "to_json",
]
