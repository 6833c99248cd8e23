"""Write a problem as FET's data file."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree as Xml

from schoolday.files.fet.elements import close, constraint, leaf, named
from schoolday.files.fet.limits import People, daily
from schoolday.files.fet.names import day_name, hour_name, weekly_parts
from schoolday.timetable.problem import Activity, TimetableProblem

VERSION = "6.8.5"
"""The version of FET whose format is written; later versions read it too."""


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
    leaf(root, "Institution_Name", problem.school)
    leaf(root, "Comments", "Written by schoolday")
    _times(root, problem)
    years = _years(problem)
    _lists(root, problem, years)
    parts = _activities(root, problem)
    _rooms(root, problem)
    time = Xml.SubElement(root, "Time_Constraints_List")
    close(constraint(time, "BasicCompulsoryTime"))
    left_out: list[str] = []
    for activity in problem.activities:
        _spread(time, problem, activity, parts[activity.id])
    for people in [*_teachers(problem), *years]:
        left_out += daily(time, problem, people)
    _space(Xml.SubElement(root, "Space_Constraints_List"), problem, parts)
    Xml.indent(root)
    Xml.ElementTree(root).write(path, encoding="UTF-8", xml_declaration=True)
    return tuple(sorted(set(left_out)))


def _times(root: Xml.Element, problem: TimetableProblem) -> None:
    days = named(root, "Days_List", Number_of_Days=problem.grid.days)
    for number in range(problem.grid.days):
        named(days, "Day", Name=day_name(number))
    hours = named(root, "Hours_List", Number_of_Hours=problem.grid.slots)
    for slot in range(problem.grid.slots):
        named(hours, "Hour", Name=hour_name(slot))


def _lists(root: Xml.Element, problem: TimetableProblem, years: list[People]) -> None:
    subjects = Xml.SubElement(root, "Subjects_List")
    for source in sorted({activity.source for activity in problem.activities}):
        named(subjects, "Subject", Name=source, Comments="")
    Xml.SubElement(root, "Activity_Tags_List")
    teachers = Xml.SubElement(root, "Teachers_List")
    for name in sorted({teacher for activity in problem.activities for teacher in activity.teachers}):
        element = named(teachers, "Teacher", Name=name, Target_Number_of_Hours=0)
        Xml.SubElement(element, "Qualified_Subjects")
        leaf(element, "Comments", "")
    pupils = Xml.SubElement(root, "Students_List")
    subgroups = _subgroups(problem)
    for year in years:
        element = named(pupils, "Year", Name=year.name, Number_of_Students=0, Comments="")
        for activity in year.activities:
            name = f"{year.name}|{activity.id}"
            group = named(element, "Group", Name=name, Number_of_Students=0, Comments="")
            for subgroup, size in subgroups[year.name, activity.id].items():
                named(group, "Subgroup", Name=subgroup, Number_of_Students=size, Comments="")


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


def _years(problem: TimetableProblem) -> list[People]:
    found: dict[str, list[Activity]] = defaultdict(list)
    for activity in problem.activities:
        for year in sorted({problem.pupil_limits[pupil] for pupil in activity.pupils}):
            found[year].append(activity)
    days = problem.grid.days
    return [
        People("StudentsSet", year, (problem.limits[year],) * days, tuple(mine))
        for year, mine in sorted(found.items())
    ]


def _teachers(problem: TimetableProblem) -> list[People]:
    found: dict[str, list[Activity]] = defaultdict(list)
    for activity in problem.activities:
        for teacher in activity.teachers:
            found[teacher].append(activity)
    return [
        People("Teacher", name, tuple(problem.limits[one] for one in problem.staff_limits[name]), tuple(mine))
        for name, mine in sorted(found.items())
    ]


def _activities(root: Xml.Element, problem: TimetableProblem) -> dict[str, list[int]]:
    """Write the activities; return the numbers of each one's parts."""
    parts: dict[str, list[int]] = defaultdict(list)
    parent = Xml.SubElement(root, "Activities_List")
    for number, activity, first in weekly_parts(problem):
        parts[activity.id].append(number)
        element = Xml.SubElement(parent, "Activity")
        for teacher in activity.teachers:
            leaf(element, "Teacher", teacher)
        leaf(element, "Subject", activity.source)
        for year in sorted({problem.pupil_limits[pupil] for pupil in activity.pupils}):
            leaf(element, "Students", f"{year}|{activity.id}")
        leaf(element, "Duration", activity.length)
        leaf(element, "Total_Duration", activity.length * activity.times)
        leaf(element, "Id", number)
        leaf(element, "Activity_Group_Id", first if activity.times > 1 else 0)
        close(element)
    return parts


def _room_names(problem: TimetableProblem, place: str) -> list[str]:
    return [f"{place} {number + 1}" for number in range(problem.rooms.get(place, 0))]


def _rooms(root: Xml.Element, problem: TimetableProblem) -> None:
    Xml.SubElement(root, "Buildings_List")
    rooms = Xml.SubElement(root, "Rooms_List")
    for place in sorted(problem.rooms):
        for name in _room_names(problem, place):
            named(rooms, "Room", Name=name, Building="", Capacity=30000, Virtual="false", Comments="")


def _spread(time: Xml.Element, problem: TimetableProblem, activity: Activity, parts: list[int]) -> None:
    """Write that the parts lie on different days, and where each may start."""
    if len(parts) > 1:
        element = constraint(time, "MinDaysBetweenActivities")
        leaf(element, "Consecutive_If_Same_Day", "false")
        leaf(element, "Number_of_Activities", len(parts))
        for number in parts:
            leaf(element, "Activity_Id", number)
        leaf(element, "MinDays", 1)
        close(element)
    slots = [s for s in range(problem.grid.slots) if activity.starts < 0 or activity.starts >> s & 1]
    if len(slots) == problem.grid.slots and set(activity.days) == set(range(problem.grid.days)):
        return
    for number in parts:
        element = constraint(time, "ActivityPreferredStartingTimes")
        leaf(element, "Activity_Id", number)
        leaf(element, "Number_of_Preferred_Starting_Times", len(slots) * len(activity.days))
        for day in activity.days:
            for slot in slots:
                fields = {"Preferred_Starting_Day": day_name(day), "Preferred_Starting_Hour": hour_name(slot)}
                named(element, "Preferred_Starting_Time", **fields)
        close(element)


def _space(space: Xml.Element, problem: TimetableProblem, parts: dict[str, list[int]]) -> None:
    close(constraint(space, "BasicCompulsorySpace"))
    for activity in problem.activities:
        names = _room_names(problem, activity.place) if activity.place != "home" else []
        for number in parts[activity.id] if names else []:
            element = constraint(space, "ActivityPreferredRooms")
            leaf(element, "Activity_Id", number)
            leaf(element, "Number_of_Preferred_Rooms", len(names))
            for name in names:
                leaf(element, "Preferred_Room", name)
            close(element)
