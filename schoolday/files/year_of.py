"""A year of conditions as CSV: a row for each week, school, grade and way."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from schoolday.conditions.preview import Group
from schoolday.conditions.year import SHOWN, WeekOf, share

HEAD = ("monday", "school", "grade", "pupils", "way", "days", "by_other_rules")


def write_weeks(file: Path, one: Sequence[WeekOf], other: Sequence[WeekOf], groups: Sequence[Group]) -> None:
    """Write the weeks, with what a second set of rules would allow where there is one."""
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(HEAD)
        for number, week in enumerate(one):
            for group in groups:
                key = (group.site.school, group.grade)
                beside = other[number].days[key] if other else ()
                for place, way in enumerate(SHOWN):
                    mine = share(week.days[key][place]).value
                    theirs = share(beside[place]).value if beside else ""
                    writer.writerow((week.monday, *key, group.pupils, way.value, mine, theirs))
