"""Read the timetable that FET found."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as Xml

from schoolday.files.fet.names import day_name, hour_name, weekly_parts
from schoolday.ground.errors import SchooldayError
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.timetable import Placement, Timetable


class FetRefused(SchooldayError):
    """A file of FET's cannot be read as the answer to the problem given."""


def read_fet(path: Path, problem: TimetableProblem) -> Timetable:
    """Read the timetable that FET found: the locked starting times in ``X_data_and_timetable.fet``.

    Raises
    ------
    FetRefused
        If the file is no FET file, or places what the problem does not know.
    """
    try:
        root = Xml.parse(path).getroot()
    except (Xml.ParseError, OSError) as error:
        raise FetRefused(f"{path}: {error}; give the file that FET wrote beside its timetables") from error
    owner = {number: activity.id for number, activity, _ in weekly_parts(problem)}
    days = {day_name(number): number for number in range(problem.grid.days)}
    hours = {hour_name(slot): slot for slot in range(problem.grid.slots)}
    placements = []
    for row in root.iter("ConstraintActivityPreferredStartingTime"):
        number, day, hour = (
            row.findtext(tag, "") for tag in ("Activity_Id", "Preferred_Day", "Preferred_Hour")
        )
        if not number.isdigit() or int(number) not in owner or day not in days or hour not in hours:
            raise FetRefused(
                f"{path}: activity {number} on {day} at {hour} is not of school {problem.school}"
            )
        placements.append(Placement(owner[int(number)], days[day], hours[hour]))
    return Timetable(problem.school, tuple(sorted(placements)))
