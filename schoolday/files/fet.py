"""Write a problem as a data file of FET, a free timetabling program, and read its timetable back.

What is written, and how (each as a hard constraint, weight 100 %):

=============================  =====================================================================
ours                           theirs
=============================  =====================================================================
grid                           days and hours, an hour for each slot
teacher                        teacher
pupils of one set of limits    a year; each activity's pupils are a group in it; pupils who share all
                               their activities and limits are one subgroup (so clashes are the same)
activity, `times` a week       a split activity of `times` parts of `length` hours, at least one day
                               between the starts of any two parts (never two on a day)
`days`, `starts`               preferred starting times of each part
window, day not worked         not-available times of the teacher, or of the year
`most_live`                    most hours daily, where every meeting fills its slots alike
`longest_live`                 most hours continuously, on the same condition
rooms of a kind                so many rooms, and preferred rooms of each part
=============================  =====================================================================

FET has no objective, so siblings, gaps and equal starts are not written. Lunch and preparation have no
exact counterpart for every person, and meetings that fill their slots unevenly no hours that mean
minutes: what is left out for such reasons is returned in words, so that nobody takes the two questions
for the same when they are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml

from schoolday.calendar.days import WEEK
from schoolday.ground.errors import SchooldayError
from schoolday.timetable.problem import Activity, Limits, TimetableProblem
from schoolday.timetable.timetable import Placement, Timetable

VERSION = "6.8.5"
"""The version of FET whose format is written; later versions read it too."""


class FetRefused(SchooldayError):
    """A file of FET's cannot be read as the answer to the problem given."""


@dataclass(frozen=True, slots=True)
class _People:
    """People held by the same daily limits all week: one teacher, or a year of pupils."""

    kind: str
    name: str
    week: tuple[Limits, ...]
    activities: tuple[Activity, ...]


def write_fet(problem: TimetableProblem, path: Path) -> tuple[str, ...]:
    """Write a problem as FET's data file; return in words what could not be said in it.

    Parameters
    ----------
    problem
        The question to write.
    path
        The file to write; FET wants its name to end in ``.fet``.
    """
    root = Xml.Element("fet", version=VERSION)
    _leaf(root, "Institution_Name", problem.school)
    _leaf(root, "Comments", "Written by schoolday")
    _times(root, problem)
    years = _years(problem)
    _lists(root, problem, years)
    parts = _activities(root, problem)
    _rooms(root, problem)
    time = Xml.SubElement(root, "Time_Constraints_List")
    _close(_constraint(time, "BasicCompulsoryTime"))
    left_out: list[str] = []
    for activity in problem.activities:
        _spread(time, problem, activity, parts[activity.id])
    for people in [*_teachers(problem), *years]:
        left_out += _daily(time, problem, people)
    _space(Xml.SubElement(root, "Space_Constraints_List"), problem, parts)
    Xml.indent(root)
    Xml.ElementTree(root).write(path, encoding="UTF-8", xml_declaration=True)
    return tuple(sorted(set(left_out)))


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
    owner = {number: activity.id for number, activity, _ in _parts(problem)}
    days = {_day(number): number for number in range(problem.grid.days)}
    hours = {_hour(slot): slot for slot in range(problem.grid.slots)}
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


def _day(number: int) -> str:
    return WEEK[number] if number < len(WEEK) else f"Day {number + 1}"


def _hour(slot: int) -> str:
    return f"H{slot:02d}"


def _parts(problem: TimetableProblem) -> Iterator[tuple[int, Activity, int]]:
    """Yield each weekly part's number from 1, its activity, and the number of the activity's first part."""
    number = 1
    for activity in problem.activities:
        first = number
        for _ in range(activity.times):
            yield number, activity, first
            number += 1


def _leaf(parent: Xml.Element, tag: str, text: object) -> None:
    Xml.SubElement(parent, tag).text = str(text)


def _named(parent: Xml.Element, tag: str, **fields: object) -> Xml.Element:
    element = Xml.SubElement(parent, tag)
    for name, text in fields.items():
        _leaf(element, name, text)
    return element


def _constraint(parent: Xml.Element, name: str) -> Xml.Element:
    return _named(parent, f"Constraint{name}", Weight_Percentage=100)


def _close(element: Xml.Element) -> None:
    _leaf(element, "Active", "true")
    _leaf(element, "Comments", "")


def _times(root: Xml.Element, problem: TimetableProblem) -> None:
    days = _named(root, "Days_List", Number_of_Days=problem.grid.days)
    for number in range(problem.grid.days):
        _named(days, "Day", Name=_day(number))
    hours = _named(root, "Hours_List", Number_of_Hours=problem.grid.slots)
    for slot in range(problem.grid.slots):
        _named(hours, "Hour", Name=_hour(slot))


def _lists(root: Xml.Element, problem: TimetableProblem, years: list[_People]) -> None:
    subjects = Xml.SubElement(root, "Subjects_List")
    for source in sorted({activity.source for activity in problem.activities}):
        _named(subjects, "Subject", Name=source, Comments="")
    Xml.SubElement(root, "Activity_Tags_List")
    teachers = Xml.SubElement(root, "Teachers_List")
    for name in sorted({teacher for activity in problem.activities for teacher in activity.teachers}):
        element = _named(teachers, "Teacher", Name=name, Target_Number_of_Hours=0)
        Xml.SubElement(element, "Qualified_Subjects")
        _leaf(element, "Comments", "")
    pupils = Xml.SubElement(root, "Students_List")
    subgroups = _subgroups(problem)
    for year in years:
        element = _named(pupils, "Year", Name=year.name, Number_of_Students=0, Comments="")
        for activity in year.activities:
            name = f"{year.name}|{activity.id}"
            group = _named(element, "Group", Name=name, Number_of_Students=0, Comments="")
            for subgroup, size in subgroups[year.name, activity.id].items():
                _named(group, "Subgroup", Name=subgroup, Number_of_Students=size, Comments="")


def _subgroups(problem: TimetableProblem) -> dict[tuple[str, str], dict[str, int]]:
    """For each year and activity, its subgroups by name with how many pupils each has."""
    mine: dict[str, list[str]] = defaultdict(list)
    for activity in problem.activities:
        for pupil in activity.pupils:
            mine[pupil].append(activity.id)
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for pupil in sorted(mine):
        alike[problem.pupil_limits[pupil], tuple(mine[pupil])].append(pupil)
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (year, activities), pupils in alike.items():
        for activity_id in activities:
            found[year, activity_id][f"{year}/{pupils[0]}"] = len(pupils)
    return found


def _years(problem: TimetableProblem) -> list[_People]:
    found: dict[str, list[Activity]] = defaultdict(list)
    for activity in problem.activities:
        for year in sorted({problem.pupil_limits[pupil] for pupil in activity.pupils}):
            found[year].append(activity)
    days = problem.grid.days
    return [
        _People("StudentsSet", year, (problem.limits[year],) * days, tuple(mine))
        for year, mine in sorted(found.items())
    ]


def _teachers(problem: TimetableProblem) -> list[_People]:
    found: dict[str, list[Activity]] = defaultdict(list)
    for activity in problem.activities:
        for teacher in activity.teachers:
            found[teacher].append(activity)
    return [
        _People(
            "Teacher", name, tuple(problem.limits[one] for one in problem.staff_limits[name]), tuple(mine)
        )
        for name, mine in sorted(found.items())
    ]


def _activities(root: Xml.Element, problem: TimetableProblem) -> dict[str, list[int]]:
    """Write the activities; return the numbers of each one's parts."""
    parts: dict[str, list[int]] = defaultdict(list)
    parent = Xml.SubElement(root, "Activities_List")
    for number, activity, first in _parts(problem):
        parts[activity.id].append(number)
        element = Xml.SubElement(parent, "Activity")
        for teacher in activity.teachers:
            _leaf(element, "Teacher", teacher)
        _leaf(element, "Subject", activity.source)
        for year in sorted({problem.pupil_limits[pupil] for pupil in activity.pupils}):
            _leaf(element, "Students", f"{year}|{activity.id}")
        _leaf(element, "Duration", activity.length)
        _leaf(element, "Total_Duration", activity.length * activity.times)
        _leaf(element, "Id", number)
        _leaf(element, "Activity_Group_Id", first if activity.times > 1 else 0)
        _close(element)
    return parts


def _room_names(problem: TimetableProblem, place: str) -> list[str]:
    return [f"{place} {number + 1}" for number in range(problem.rooms.get(place, 0))]


def _rooms(root: Xml.Element, problem: TimetableProblem) -> None:
    Xml.SubElement(root, "Buildings_List")
    rooms = Xml.SubElement(root, "Rooms_List")
    for place in sorted(problem.rooms):
        for name in _room_names(problem, place):
            _named(rooms, "Room", Name=name, Building="", Capacity=30000, Virtual="false", Comments="")


def _spread(time: Xml.Element, problem: TimetableProblem, activity: Activity, parts: list[int]) -> None:
    """Write that the parts lie on different days, and where each may start."""
    if len(parts) > 1:
        element = _constraint(time, "MinDaysBetweenActivities")
        _leaf(element, "Consecutive_If_Same_Day", "false")
        _leaf(element, "Number_of_Activities", len(parts))
        for number in parts:
            _leaf(element, "Activity_Id", number)
        _leaf(element, "MinDays", 1)
        _close(element)
    slots = [s for s in range(problem.grid.slots) if activity.starts < 0 or activity.starts >> s & 1]
    if len(slots) == problem.grid.slots and set(activity.days) == set(range(problem.grid.days)):
        return
    for number in parts:
        element = _constraint(time, "ActivityPreferredStartingTimes")
        _leaf(element, "Activity_Id", number)
        _leaf(element, "Number_of_Preferred_Starting_Times", len(slots) * len(activity.days))
        for day in activity.days:
            for slot in slots:
                fields = {"Preferred_Starting_Day": _day(day), "Preferred_Starting_Hour": _hour(slot)}
                _named(element, "Preferred_Starting_Time", **fields)
        _close(element)


def _daily(time: Xml.Element, problem: TimetableProblem, people: _People) -> list[str]:
    """Write one person's or year's daily limits; return those that cannot be written."""
    _not_available(time, problem, people)
    worked = [limits for limits in people.week if limits.window is not None]
    left_out = [
        f"{people.kind} {people.name}: {name}"
        for limits in worked
        for name, needed in (
            ("lunch", limits.lunch is not None and limits.lunch_minutes > 0),
            ("preparation", limits.preparation is not None),
        )
        if needed
    ]
    for field, tag in (("most_live", "Daily"), ("longest_live", "Continuously")):
        numbers = {getattr(limits, field) for limits in worked}
        if numbers <= {None}:
            continue
        if len(numbers) > 1 or not _fills(problem, people, field, worked):
            left_out.append(f"{people.kind} {people.name}: {field}")
            continue
        hours = numbers.pop() // problem.grid.pitch
        if hours < problem.grid.slots:
            _hours(time, people, tag, hours)
    return left_out


def _fills(problem: TimetableProblem, people: _People, field: str, worked: list[Limits]) -> bool:
    """Whether hours mean minutes: each meeting fills its slots, and one slot free is a break."""
    full = all(one.minutes == one.length * problem.grid.pitch for one in people.activities)
    return full and (field == "most_live" or all(one.least_break <= problem.grid.pitch for one in worked))


def _hours(time: Xml.Element, people: _People, tag: str, hours: int) -> None:
    element = _constraint(time, f"{people.kind}MaxHours{tag}")
    if people.kind == "Teacher":
        _leaf(element, "Teacher_Name", people.name)
    _leaf(element, f"Maximum_Hours_{tag}", hours)
    if people.kind != "Teacher":
        _leaf(element, "Students", people.name)
    _close(element)


def _not_available(time: Xml.Element, problem: TimetableProblem, people: _People) -> None:
    grid = problem.grid
    closed = []
    for day, limits in enumerate(people.week):
        for slot in range(grid.slots):
            window = limits.window
            if window is None or grid.start(slot) < window.start or grid.start(slot + 1) > window.end:
                closed.append({"Day": _day(day), "Hour": _hour(slot)})
    if closed:
        element = _constraint(time, f"{people.kind}NotAvailableTimes")
        _leaf(element, "Teacher" if people.kind == "Teacher" else "Students", people.name)
        _leaf(element, "Number_of_Not_Available_Times", len(closed))
        for fields in closed:
            _named(element, "Not_Available_Time", **fields)
        _close(element)


def _space(space: Xml.Element, problem: TimetableProblem, parts: dict[str, list[int]]) -> None:
    _close(_constraint(space, "BasicCompulsorySpace"))
    for activity in problem.activities:
        names = _room_names(problem, activity.place) if activity.place != "home" else []
        for number in parts[activity.id] if names else []:
            element = _constraint(space, "ActivityPreferredRooms")
            _leaf(element, "Activity_Id", number)
            _leaf(element, "Number_of_Preferred_Rooms", len(names))
            for name in names:
                _leaf(element, "Preferred_Room", name)
            _close(element)
