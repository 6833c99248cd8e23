"""From users.csv and roles.csv to pupils and staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from schoolday.files.oneroster.core import Core, Extras
from schoolday.files.oneroster.dates import last_of
from schoolday.files.oneroster.read import Export
from schoolday.files.sheets.checks import BEYOND, LOOSE, grade_of, items, well_written
from schoolday.files.sheets.columns import Column
from schoolday.files.sheets.faults import Faults
from schoolday.ground.finding import Status
from schoolday.roster import Pupil, Staff

_FAMILY = frozenset({"guardian", "parent", "relative"})


@dataclass(frozen=True, slots=True)
class Role:
    """One role of a user at one organization."""

    role: str
    org: str
    primary: bool


def roles_of(export: Export, day: date) -> tuple[dict[str, list[Role]], set[str]]:
    """Return the roles of each user that have not ended, primary ones first; and users whose roles have."""
    found: dict[str, list[Role]] = defaultdict(list)
    ended: set[str] = set()
    for user, role, until in _role_rows(export):
        last = last_of(until)
        if last is not None and last < day:
            ended.add(user)
        else:
            found[user].append(role)
    for roles in found.values():
        roles.sort(key=lambda role: not role.primary)
    return found, ended - set(found)


def _role_rows(export: Export) -> Iterator[tuple[str, Role, str]]:
    if export.version == "1.1":
        users = export.table("users")
        for user, role, orgs in zip(users["sourcedId"], users["role"], users["orgSourcedIds"], strict=True):
            for place, org in enumerate(items(orgs)):
                yield user, Role(role, org, place == 0), ""
        return
    table = export.table("roles")
    names = ("userSourcedId", "roleType", "role", "orgSourcedId", "endDate")
    for user, kind, role, org, until in zip(*(table[name] for name in names), strict=True):
        yield user, Role(role, org, kind == "primary"), until


def take_people(
    export: Export, core: Core, orgs: Mapping[str, str], roles: Mapping[str, list[Role]], ended: set[str],
    extras: Extras, faults: Faults,
) -> None:  # fmt: skip
    """Take the pupils and the staff; say of each user what part the user has."""
    users = export.table("users")
    blank = ("",) * len(users)
    main = users["primaryOrgSourcedId"] if export.version == "1.2" else blank
    columns = (users["sourcedId"], users["givenName"], users["familyName"], users["grades"], main)
    astray = not roles.keys() <= set(users["sourcedId"])
    for row, user, given, family, grades, org in zip(users.rows, *columns, strict=True):
        mine = roles.get(user, [])
        role = next((held.role for held in mine if held.role not in _FAMILY), "")
        core.parts[user] = "student" if role == "student" else "teacher" if role else "family" if mine else ""
        if not mine:
            _say_no_role(core, user in ended, row, export, faults)
        if (astray and not mine) or not all(_well_said(held.role, export) for held in mine):
            _any_part(core, user)
        elif role == "student":
            school = _pupils_school(mine, org, orgs, row, faults)
            grade = _pupils_grade(core, user, grades, row, faults)
            if grade and school:
                birth, groups = extras.births.get(user), extras.groups.get(user, frozenset())
                core.pupils[user] = Pupil(user, given, family, grade, school, birth, groups)
            else:
                core.faulty["pupils"].add(user)
        elif role:
            held, credential = role.removeprefix("ext:"), extras.credentials.get(user, "")
            core.staff[user] = Staff(user, given, family, held, _serves(core, mine), credential)
        elif mine:
            core.left_out["guardians and relatives"] += 1


def _any_part(core: Core, user: str) -> None:
    """Take it that a user may have any part: a role is no word for one, or names a user who is not there."""
    core.parts[user] = ""
    core.faulty["pupils"].add(user)
    core.faulty["staff"].add(user)


def _well_said(role: str, export: Export) -> bool:
    extensible = export.version == "1.2"
    return well_written(Column("role", "role12" if extensible else "role11"), role, extensible)


def _serves(core: Core, roles: list[Role]) -> tuple[str, ...]:
    at = (role.org for role in roles if role.role not in _FAMILY and role.role != "student")
    return tuple(dict.fromkeys(org for org in at if org in core.schools))


def _say_no_role(core: Core, ended: bool, row: int, export: Export, faults: Faults) -> None:
    core.left_out["people without a role"] += 1
    if not ended and export.table("roles" if export.version == "1.2" else "users").whole:
        said, mend = "this person has no role and was left out", "add a row for the person to roles.csv"
        faults.add("no_role", said, "users.csv", row, "sourcedId", mend=mend, status=Status.UNVERIFIED)


def _pupils_school(roles: list[Role], main: str, orgs: Mapping[str, str], row: int, faults: Faults) -> str:
    at = [role.org for role in roles if role.role == "student" and orgs.get(role.org) == "school"]
    if main in at:
        return main
    if at:
        return at[0]
    # An organization that is unknown, or of an unknown type, is a finding of its own.
    if all(orgs.get(role.org) for role in roles):
        said = "this pupil is at no school: the role names an organization of another type"
        mend = "give the pupil a role at an org of type school"
        faults.add("pupil_school", said, "users.csv", row, "sourcedId", mend=mend)
    return ""


def _pupils_grade(core: Core, user: str, grades: str, row: int, faults: Faults) -> str:
    codes = items(grades)
    if len(codes) == 1 and (grade := grade_of(codes[0])):
        if codes[0] in LOOSE:
            core.left_out["grades written loosely"] += 1
        return grade
    if len(codes) == 1 and codes[0] in BEYOND:
        core.beyond.add(user)
    elif len(codes) == 1:
        pass  # No grade code at all: the check of the column says so.
    else:
        said = "this pupil has no grade" if not codes else "this pupil has more than one grade"
        mend = "give each pupil one CEDS grade code: TK, KG or 01 to 12"
        faults.add("grade", said, "users.csv", row, "grades", mend=mend)
    return ""
