"""Write people's daily limits for FET, and say in words those that it has no words for."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from schoolday.files.fet.elements import close, constraint, leaf, named
from schoolday.files.fet.names import day_name, hour_name
from schoolday.timetable.problem import Activity, Limits, TimetableProblem


@dataclass(frozen=True, slots=True)
class People:
    """People held by the same daily limits all week: one teacher, or a year of pupils."""

    kind: str
    name: str
    week: tuple[Limits, ...]
    activities: tuple[Activity, ...]


def daily(time: Xml.Element, problem: TimetableProblem, people: People) -> list[str]:
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


def _fills(problem: TimetableProblem, people: People, field: str, worked: list[Limits]) -> bool:
    """Whether hours mean minutes: each meeting fills its slots, and one slot free is a break."""
    full = all(one.minutes == one.length * problem.grid.pitch for one in people.activities)
    return full and (field == "most_live" or all(one.least_break <= problem.grid.pitch for one in worked))


def _hours(time: Xml.Element, people: People, tag: str, hours: int) -> None:
    element = constraint(time, f"{people.kind}MaxHours{tag}")
    if people.kind == "Teacher":
        leaf(element, "Teacher_Name", people.name)
    leaf(element, f"Maximum_Hours_{tag}", hours)
    if people.kind != "Teacher":
        leaf(element, "Students", people.name)
    close(element)


def _not_available(time: Xml.Element, problem: TimetableProblem, people: People) -> None:
    grid = problem.grid
    closed = []
    for day, limits in enumerate(people.week):
        for slot in range(grid.slots):
            window = limits.window
            if window is None or grid.start(slot) < window.start or grid.start(slot + 1) > window.end:
                closed.append({"Day": day_name(day), "Hour": hour_name(slot)})
    if closed:
        element = constraint(time, f"{people.kind}NotAvailableTimes")
        leaf(element, "Teacher" if people.kind == "Teacher" else "Students", people.name)
        leaf(element, "Number_of_Not_Available_Times", len(closed))
        for fields in closed:
            named(element, "Not_Available_Time", **fields)
        close(element)
