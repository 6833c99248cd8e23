"""The binding as data: the columns of each file in OneRoster 1.1 and 1.2, their formats and references.

Written in a short notation, a line to a file: ``name:format!`` where ``!`` means always required and
``~`` that the column is filled in a delta and blank in a bulk file. A format is a word of `FORMATS` or an
enumeration of `ENUMS`; ``>orgs`` is a reference to orgs.csv, ``>>orgs`` a list of them. No format is text.

Source: 1EdTech OneRoster CSV binding 1.2, and the 1.1 tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

FORMATS = frozenset(
    word
    for line in (
        "text id list date datetime year boolean integer float grades",
        "clock days language link timezone",
    )
    for word in line.split()
)
"""Every format that is no enumeration; the last five are those of schoolday's side files."""

_ROLES_11 = "administrator aide guardian parent proctor relative student teacher"
_ROLES_12 = (
    "aide counselor districtAdministrator guardian parent principal proctor relative siteAdministrator "
    "student systemAdministrator teacher"
)

ENUMS: Mapping[str, frozenset[str]] = {
    name: frozenset(words.replace("_", " ") for words in text.split())
    for name, text in {
        "status": "active tobedeleted",
        "sessionType": "gradingPeriod semester schoolYear term",
        "orgType": "department school district local state national",
        "classType": "homeroom scheduled",
        "enrolRole": "administrator proctor student teacher",
        "role11": _ROLES_11,
        "role12": _ROLES_12,
        "roleType": "primary secondary",
        "sex11": "male female",
        "sex12": "male female other unspecified",
        "importance": "primary secondary",
        "scoreStatus": "exempt fully_graded not_submitted partially_graded submitted",
        "source": "case unknown",
        "connection": "broadband hotspot none",
        "dayKind": "holiday preparation",
    }.items()
}
"""The words that a column of an enumeration may hold."""

EXTENSIBLE = frozenset({"orgType", "sessionType", "classType", "enrolRole", "role12", "scoreStatus", "sex12"})
"""Enumerations that may also hold a word of one's own, written ``ext:word`` (1.2 only)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its format, whether required, and the file that it refers to."""

    name: str
    format: str = "text"
    required: bool = False
    blank_in_bulk: bool = False
    target: str = ""
    many: bool = False


_COLUMN = re.compile(r"(?P<name>[\w.]+)(?::(?P<format>\w+))?(?P<many>>?)(?:>(?P<target>\w+))?(?P<mark>[!~]?)")


def columns(text: str) -> tuple[Column, ...]:
    """Return the columns written in the short notation."""
    return tuple(_column(word) for word in text.split())


def _column(word: str) -> Column:
    found = _COLUMN.fullmatch(word)
    if not found:
        raise ValueError(f"{word!r} is not a column")
    form = found["format"] or "text"
    if form not in FORMATS and form not in ENUMS:
        raise ValueError(f"{word!r} has no known format")
    mark, target = found["mark"], found["target"] or ""
    return Column(found["name"], form, mark == "!", mark == "~", target, bool(found["many"]))


_HEAD = "sourcedId:id! status:status~ dateLastModified:datetime~ "

_BOTH = {
    "academicSessions": "title! type:sessionType! startDate:date! endDate:date! "
    "parentSourcedId>academicSessions schoolYear:year!",
    "orgs": "name! type:orgType! identifier parentSourcedId>orgs",
    "courses": "schoolYearSourcedId>academicSessions title! courseCode grades:grades orgSourcedId>orgs! "
    "subjects:list subjectCodes:list",
    "classes": "title! grades:grades courseSourcedId>courses! classCode classType:classType! location "
    "schoolSourcedId>orgs! termSourcedIds>>academicSessions! subjects:list subjectCodes:list periods:list",
    "enrollments": "classSourcedId>classes! schoolSourcedId>orgs! userSourcedId>users! role:enrolRole! "
    "primary:boolean beginDate:date endDate:date",
    "classResources": "title classSourcedId>classes! resourceSourcedId>resources!",
    "courseResources": "title courseSourcedId>courses! resourceSourcedId>resources!",
    "resources": "vendorResourceId! title roles:list importance:importance vendorId applicationId",
}
_DEMOGRAPHICS = (
    "birthDate:date sex:{sex} americanIndianOrAlaskaNative:boolean asian:boolean "
    "blackOrAfricanAmerican:boolean nativeHawaiianOrOtherPacificIslander:boolean white:boolean "
    "demographicRaceTwoOrMoreRaces:boolean hispanicOrLatinoEthnicity:boolean countryOfBirthCode "
    "stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus"
)
_USER = (
    "username! userIds:list givenName! familyName! middleName identifier email sms phone "
    "agentSourcedIds>>users grades:grades password"
)
_LINE_ITEM = "title! description assignDate:date! dueDate:date! classSourcedId>classes! "
_RESULT = (
    "lineItemSourcedId>lineItems! studentSourcedId>users! scoreStatus:scoreStatus! score:float "
    "scoreDate:date! comment"
)
_ONE = {
    **_BOTH,
    "categories": "title!",
    "demographics": _DEMOGRAPHICS.format(sex="sex11"),
    "lineItems": _LINE_ITEM + "categorySourcedId>categories! gradingPeriodSourcedId>academicSessions! "
    "resultValueMin:float resultValueMax:float",
    "results": _RESULT,
    "users": f"enabledUser:boolean! orgSourcedIds>>orgs! role:role11! {_USER}",
}
_TWO = {
    **_BOTH,
    "categories": "title! weight:integer",
    "demographics": _DEMOGRAPHICS.format(sex="sex12"),
    "lineItemLearningObjectiveIds": "lineItemSourcedId>lineItems! source:source! learningObjectiveId!",
    "lineItems": _LINE_ITEM + "categorySourcedId>categories! academicSessionSourcedId>academicSessions! "
    "resultValueMin:float resultValueMax:float schoolSourcedId>orgs!",
    "lineItemScoreScales": "title lineItemSourcedId>lineItems! scoreScaleSourcedId>scoreScales!",
    "resultLearningObjectiveIds": "resultSourcedId>results! source:source! learningObjectiveId! score:float "
    "textScore",
    "results": _RESULT + " textScore classSourcedId>classes inProgress:boolean incomplete:boolean "
    "late:boolean missing:boolean",
    "resultScoreScales": "title resultSourcedId>results! scoreScaleSourcedId>scoreScales!",
    "roles": "userSourcedId>users! roleType:roleType! role:role12! beginDate:date endDate:date "
    "orgSourcedId>orgs! userProfileSourcedId>userProfiles",
    "scoreScales": "title! type! orgSourcedId>orgs! courseSourcedId>courses! classSourcedId>classes! "
    "scoreScaleValue:list!",
    "userProfiles": "userSourcedId>users! profileType! vendorId! applicationId description credentialType! "
    "username! password",
    "userResources": "userSourcedId>users! orgSourcedId>orgs classSourcedId>classes "
    "resourceSourcedId>resources!",
    "users": f"enabledUser:boolean! {_USER} userMasterIdentifier resourceSourcedIds>>resources "
    "preferredGivenName preferredMiddleName preferredFamilyName primaryOrgSourcedId>orgs pronouns",
}


def _binding(files: Mapping[str, str]) -> dict[str, tuple[Column, ...]]:
    made = {name: columns(_HEAD + files[name]) for name in sorted(files)}
    # A demographics row is about a user and bears the user's own id.
    made["demographics"] = (Column("sourcedId", "id", True, target="users"), *made["demographics"][1:])
    return made


BINDING: Mapping[str, Mapping[str, tuple[Column, ...]]] = {"1.1": _binding(_ONE), "1.2": _binding(_TWO)}
"""The columns of each data file, by version and by the file's name without ``.csv``."""

SECRET_FILES = frozenset({"users.csv", "userProfiles.csv"})
"""Files that may hold passwords: no finding ever repeats what stands in one of their cells."""

MISSPELLED = {"courseResourses": "courseResources"}
"""File names that the standard's own table misprints, with the names that are meant."""

PRESENCE = ("absent", "bulk", "delta")
"""What a manifest may say of a file."""
