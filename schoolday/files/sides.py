"""schoolday's own side files: small CSV files for what OneRoster cannot carry.

``docs/reference/side-files.md`` describes each; the columns here are in the notation of the binding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from schoolday.calendar.days import WEEK, Calendar
from schoolday.files.oneroster.core import Core, Extras
from schoolday.files.oneroster.dates import day_of
from schoolday.files.sheets.bundle import SIDE_FOLDER, Bundle
from schoolday.files.sheets.checks import FITS, check_table, check_unique
from schoolday.files.sheets.columns import Column, columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table, read_table
from schoolday.ground.finding import Status
from schoolday.ground.spans import minute
from schoolday.roster import Bells, Contract, Household
from schoolday.timetable.problem import MOST_SLOTS


@dataclass(frozen=True)
class Side:
    """One side file: its columns, the columns no two rows share, and what can't be done without it.

    One that is only `sometimes` needed is missed only where the roster uses what it would say.
    """

    columns: tuple[Column, ...]
    unique: tuple[str, ...]
    without: str
    sometimes: bool = False


SIDES: Mapping[str, Side] = {
    "district": Side(
        columns("id:id! name! places! timezone:timezone!"),
        ("id",),
        "where the district lies is not known, so no rule can be applied, and times are shown in UTC",
    ),
    "households": Side(
        columns("householdId:id! language:language devices:integer connection:connection"),
        ("householdId",),
        "each pupil is a household of its own, with unknown devices and language",
    ),
    "household_pupils": Side(
        columns("householdId:id>households! pupilId:id>pupils!"),
        ("pupilId",),
        "each pupil is a household of its own; brothers and sisters are not known",
    ),
    "contracts": Side(
        columns("staffId:id>staff! start:clock! end:clock! days:days!"),
        ("staffId",),
        "no teacher's contract day is known, so no timetable can be held to it",
    ),
    "services": Side(
        columns(
            "serviceId:id! pupilId:id>pupils! kind! minutes:integer! times:integer! providerId:id>staff! "
            "group beginDate:date endDate:date place"
        ),
        ("serviceId",),
        "no service of an IEP is known, so none can be planned",
    ),
    "bells": Side(
        columns("schoolId:id>schools! first:clock! pitch:integer! slots:integer!"),
        ("schoolId",),
        "no school's bells are known",
    ),
    "rooms": Side(
        columns("schoolId:id>schools! kind! count:integer!"),
        ("schoolId", "kind"),
        "nobody says how many rooms the schools have, and some meetings need one",
        sometimes=True,
    ),
    "links": Side(
        columns("sectionId:id>classes! link:link place"),
        ("sectionId",),
        "no section has a link to meet by",
    ),
    "groups": Side(
        columns("pupilId:id>pupils! group!"),
        ("pupilId", "group"),
        "no reporting group (el, foster, homeless, iep) is known",
    ),
    "credentials": Side(
        columns("staffId:id>staff! credential!"), ("staffId",), "no credential of a teacher is known"
    ),
    "calendar": Side(
        columns("date:date! kind:dayKind! name"),
        ("date", "kind"),
        "no holiday or preparation day is known: every weekday counts as a school day",
    ),
}
"""Every side file by its name without ``.csv``."""

_DESCRIBED = "docs/reference/side-files.md describes it"
_WEEKDAY = {name: number for number, name in enumerate(WEEK)}


@dataclass
class Sides:
    """The side files as tables; a file that is not there has no rows."""

    tables: dict[str, Table] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    core: Core | None = None

    def rows(self, name: str) -> Iterator[tuple[str, ...]]:
        """Yield the cells of each row of a side file, in the order of its columns."""
        table = self.tables[name]
        return zip(*(table[column.name] for column in SIDES[name].columns), strict=True)

    def numbered(self, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the number of each row and its cells."""
        return zip(self.tables[name].rows, self.rows(name), strict=True)


def side_names() -> frozenset[str]:
    """Return the name of every side file."""
    return frozenset(f"{name}.csv" for name in SIDES)


def read_sides(bundle: Bundle, folder: str, faults: Faults) -> Sides:
    """Return the side files of a bundle, which lie in `folder` (``schoolday/``, or nothing at the root)."""
    sides = Sides(given=frozenset(name for name in SIDES if f"{folder}{name}.csv" in bundle.names))
    for name, side in SIDES.items():
        file = f"{folder}{name}.csv"
        if name not in sides.given and not side.sometimes:
            say_missing(name, faults)
        data = bundle.read(file) if name in sides.given else None
        if data is None:
            blank: list[str] = []
            cells = {column.name: blank for column in side.columns}
            sides.tables[name] = Table(file, cells=dict(cells), whole=name not in sides.given)
        else:
            sides.tables[name] = read_table(file, data, side.columns, faults)
    return sides


def say_missing(name: str, faults: Faults) -> None:
    """Add the finding that a side file is not there, with what can't be done without it."""
    file = f"{SIDE_FOLDER}{name}.csv"
    said, mend = f"{name}.csv is not there: {SIDES[name].without}", f"add {file}; {_DESCRIBED}"
    faults.add("side_missing", said, file, mend=mend, status=Status.UNVERIFIED)


def extras_of(sides: Sides, births: Mapping[str, date]) -> Extras:
    """Return what the side files add to people and sections."""
    groups: dict[str, set[str]] = defaultdict(set)
    for pupil, group in sides.rows("groups"):
        groups[pupil].add(group)
    return Extras(
        births,
        {pupil: frozenset(words) for pupil, words in groups.items()},
        dict(sides.rows("credentials")),  # type: ignore[arg-type]
        {section: (link, place) for section, link, place in sides.rows("links")},
    )


def check_sides(sides: Sides, core: Core, whole: Mapping[str, bool], faults: Faults) -> None:
    """Check every cell of the side files, and that whomever they name is in the roster."""
    houses = sides.tables["households"]
    known = {
        "pupils": {*core.pupils, *core.beyond, *core.faulty["pupils"]} if whole["users"] else None,
        "staff": {*core.staff, *core.faulty["staff"]} if whole["users"] else None,
        "schools": {*core.schools, *core.faulty["schools"]} if whole["orgs"] else None,
        "classes": {*core.sections, *core.other_sections, *core.faulty["classes"]}
        if whole["classes"]
        else None,
        "households": frozenset(houses["householdId"])
        if houses.whole and "households" in sides.given
        else None,
    }
    for name, side in SIDES.items():
        table = sides.tables[name]
        check_table(table, side.columns, known, faults, bulk=False, extensible=False)
        check_unique(table, side.unique, faults)
    if len(sides.tables["district"]) > 1:
        said, mend = "district.csv describes one district, on one row", "keep one row"
        faults.add("value", said, sides.tables["district"].file, 3, "id", mend=mend)


def district_of(sides: Sides, core: Core) -> tuple[str, str, tuple[str, ...], str]:
    """Return the district's id, name, places and time zone."""
    for district, name, places, zone in sides.rows("district"):
        return district, name, tuple(places.split()), zone
    district, name = core.district
    return district or "district", name or "District", (), "UTC"


def households_of(sides: Sides, core: Core, faults: Faults) -> dict[str, Household]:
    """Return the households; a pupil whom none of them names is a household of its own."""
    members: dict[str, list[str]] = defaultdict(list)
    for house, pupil in sides.rows("household_pupils"):
        if pupil in core.pupils:
            members[house].append(pupil)
    found, silent = dict[str, Household](), 0
    for house, language, devices, connection in sides.rows("households"):
        silent += not language
        count = int(devices) if FITS["integer"](devices) else None
        found[house] = Household(house, tuple(members[house]), language or "en", count, connection)
    file = sides.tables["households"].file
    unasked = sum(house.devices is None and len(house.pupils) > 1 for house in found.values())
    if unasked:
        said = f"{unasked:,} households of several pupils have no number of devices; enough is assumed"
        mend = "ask them, and fill it in"
        faults.add("devices", said, file, column="devices", mend=mend, status=Status.UNVERIFIED)
    if silent:
        said, mend = f"{silent:,} households have no language; English is used", "ask them, and fill it in"
        faults.add("language", said, file, column="language", mend=mend, status=Status.UNVERIFIED)
    return found | _alone(sides, core, found, faults)


def _alone(sides: Sides, core: Core, found: Mapping[str, Household], faults: Faults) -> dict[str, Household]:
    housed = {pupil for house in found.values() for pupil in house.pupils}
    rest = [pupil for pupil in core.pupils if pupil not in housed]
    if rest and "households" in sides.given:
        said = f"{len(rest):,} pupils are in no household, {rest[0]!r} among them; each is now one of its own"
        file, mend = sides.tables["household_pupils"].file, "add a row for each to household_pupils.csv"
        faults.add("no_household", said, file, column="pupilId", mend=mend, status=Status.UNVERIFIED)
    return {f"household-of-{pupil}": Household(f"household-of-{pupil}", (pupil,)) for pupil in rest}


def contracts_of(sides: Sides, core: Core, faults: Faults) -> dict[str, Contract]:
    """Return each teacher's contract day."""
    found = {}
    for row, (staff, start, end, days) in sides.numbered("contracts"):
        if (
            not (FITS["clock"](start) and FITS["clock"](end) and FITS["days"](days))
            or staff not in core.staff
        ):
            continue
        if minute(start) >= minute(end):
            said = f"the contract day ends at {end}, not after its start at {start}"
            faults.add("dates", said, sides.tables["contracts"].file, row, "end", mend="correct the times")
            continue
        worked = tuple(sorted(_WEEKDAY[day] for day in days.split()))
        found[staff] = Contract(staff, minute(start), minute(end), worked)
    return found


def bells_of(sides: Sides, faults: Faults) -> dict[str, Bells]:
    """Return each school's grid of times."""
    found = {}
    for row, (school, first, pitch, slots) in sides.numbered("bells"):
        if not (FITS["clock"](first) and FITS["integer"](pitch) and FITS["integer"](slots)):
            continue
        start, step, number = minute(first), int(pitch), int(slots)
        if not (0 < number <= MOST_SLOTS and step > 0 and start + step * number <= 1440):
            said = f"{number} slots of {step} minutes from {first} are no school day"
            mend = f"take 1 to {MOST_SLOTS} slots that end by midnight"
            faults.add("value", said, sides.tables["bells"].file, row, "slots", mend=mend)
            continue
        found[school] = Bells(school, start, step, number)
    return found


def calendar_of(sides: Sides, core: Core, faults: Faults) -> Calendar:
    """Return the school year with its holidays and preparation days."""
    holidays, preparation = dict[date, str](), dict[date, str]()
    for row, (text, kind, name) in sides.numbered("calendar"):
        day = day_of(text)
        if day is None:
            continue
        if not core.first <= day <= core.last:
            said = f"{text} lies outside the school year, {core.first} to {core.last}"
            file, mend = sides.tables["calendar"].file, "nothing, if it belongs to another year"
            faults.add("outside_year", said, file, row, "date", mend=mend, status=Status.ADVICE)
        (holidays if kind == "holiday" else preparation)[day] = name
    return Calendar(core.first, core.last, holidays, preparation)
