"""The side file of rooms: how many of each kind a school has, and which kinds are used and not counted."""

from __future__ import annotations

from collections.abc import Iterator

from schoolday.files.oneroster.core import Core
from schoolday.files.sheets.checks import FITS
from schoolday.files.sheets.faults import Faults
from schoolday.files.sides import Sides, say_missing
from schoolday.ground.finding import Status

HOME = "home"
"""The place that is no room: whoever meets there meets from home."""

MOST_ROOMS = 1000
"""More rooms of one kind than any school has."""

Rooms = dict[str, dict[str, int]]


def rooms_of(sides: Sides, core: Core, faults: Faults) -> Rooms:
    """Return how many rooms of each kind each school has, and say which are used and not counted."""
    found: Rooms = {}
    file = sides.tables["rooms"].file
    for row, (school, kind, count) in sides.numbered("rooms"):
        if kind == HOME:
            said = f"{HOME!r} is where pupils learn from home, and no room at a school"
            faults.add("value", said, file, row, "kind", mend="leave the row out")
        if not FITS["integer"](count):
            continue
        if not 1 <= int(count) <= MOST_ROOMS:
            said = f"a school has 1 to {MOST_ROOMS} rooms of a kind that it has, not {count}"
            faults.add("value", said, file, row, "count", mend="count the rooms, or leave the row out")
            continue
        found.setdefault(school, {})[kind] = int(count)
    if sides.tables["rooms"].whole:
        _say_uncounted(sides, core, faults)
    return found


def _say_uncounted(sides: Sides, core: Core, faults: Faults) -> None:
    """Say once of each kind of room at a school that it is used, and that nobody says how many there are.

    Where a row of rooms.csv was at fault its own finding speaks, and this one must not blame it again.
    """
    rows = {(school, kind) for school, kind, _ in sides.rows("rooms")}
    told: set[tuple[str, str]] = set()
    for school, kind, who, file, row in _used(sides, core):
        if kind in ("", HOME) or (school, kind) in told | rows:
            continue
        if not told and "rooms" not in sides.given:
            say_missing("rooms", faults)
        told.add((school, kind))
        said = (
            f"{who} meets in a {kind} at school {school}, and rooms.csv does not count them there: "
            "whether two meetings need the same one at once can't be checked"
        )
        mend = f"count them in rooms.csv: {school},{kind},1"
        faults.add("room", said, file, row, "place", mend=mend, status=Status.UNVERIFIED)


def _used(sides: Sides, core: Core) -> Iterator[tuple[str, str, str, str, int]]:
    """Yield the school and place of each section and service: who meets there, and the file and row."""
    file = sides.tables["links"].file
    for row, (section, _, place) in sides.numbered("links"):
        if section in core.sections:
            yield core.sections[section].school, place, f"section {section}", file, row
    file = sides.tables["services"].file
    for row, (service, pupil, *_, place) in sides.numbered("services"):
        if pupil in core.pupils:
            yield core.pupils[pupil].school, place, f"service {service}", file, row
