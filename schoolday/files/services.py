"""The side file of services owed: each row a service, those of one group agreed with one another."""

from __future__ import annotations

from collections.abc import Callable

from schoolday.calendar.days import WEEK
from schoolday.files.oneroster.core import Core
from schoolday.files.oneroster.dates import day_of, last_of
from schoolday.files.sheets.checks import FITS
from schoolday.files.sheets.faults import Faults
from schoolday.files.sides import Sides
from schoolday.roster import Service

_MOST_MINUTES = 480


def services_of(sides: Sides, core: Core, faults: Faults) -> dict[str, Service]:
    """Return the services owed; those that meet together must agree on the provider and the minutes."""
    found, groups = dict[str, Service](), dict[str, Service]()
    seated: set[tuple[str, str]] = set()
    file = sides.tables["services"].file
    for row, cells in sides.numbered("services"):
        service = _service(cells, core)
        if service is None:
            continue
        if service.first and service.last and service.last < service.first:
            said, mend = "endDate is not after beginDate", "correct the dates; endDate is the first day after"
            faults.add("dates", said, file, row, "endDate", mend=mend)
        _say_impossible(service, file, row, faults)
        other = groups.setdefault(service.group, service) if service.group else service
        _say_disagreement(service, other, file, row, faults)
        if service.group and (service.pupil, service.group) in seated:
            said = f"pupil {service.pupil!r} is in group {service.group!r} twice; one seat holds one service"
            faults.add("group", said, file, row, "group", mend="give one of the two another group, or none")
        seated.add((service.pupil, service.group))
        found[service.id] = service
    return found


def _service(cells: tuple[str, ...], core: Core) -> Service | None:
    service, pupil, kind, minutes, times, provider, group, begin, end, place = cells
    if pupil not in core.pupils or not (FITS["integer"](minutes) and FITS["integer"](times)):
        return None
    first, last = day_of(begin), last_of(end)
    many, often = int(minutes), int(times)
    return Service(service, pupil, kind, many, often, provider, group, first, last, place or "home")


def _say_impossible(service: Service, file: str, row: int, faults: Faults) -> None:
    bounds: list[tuple[str, int, int, Callable[[int], str]]] = [
        ("times", service.times, len(WEEK), lambda most: f"a service meets 1 to {most} times a week"),
        ("minutes", service.minutes, _MOST_MINUTES, lambda most: f"a meeting lasts 1 to {most} minutes"),
    ]
    for column, value, most, say in bounds:
        if not 1 <= value <= most:
            faults.add("value", f"{say(most)}, not {value}", file, row, column, mend=f"correct {column}")


def _say_disagreement(service: Service, other: Service, file: str, row: int, faults: Faults) -> None:
    for column, mine, theirs in (
        ("providerId", service.provider, other.provider),
        ("minutes", service.minutes, other.minutes),
        ("times", service.times, other.times),
        ("place", service.place, other.place),
    ):
        if mine != theirs:
            said = f"group {service.group!r} meets together, but {column} here is {mine} and {theirs} before"
            mend = "give the group one provider, length, place and number of times, or part it in two"
            faults.add("group", said, file, row, column, mend=mend)
