"""Columns of CSV files in a short notation: their names, formats and references.

A line to a file: ``name:format!`` where ``!`` means always required and ``~`` that the column is filled in a
delta and blank in a bulk file. A format is a word of `FORMATS` or an enumeration of `ENUMS`; ``>orgs`` is a
reference to orgs.csv, ``>>orgs`` a list of them. No format is text.
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


SECRET_FILES = frozenset({"users.csv", "userProfiles.csv"})
"""Files that may hold passwords: no finding ever repeats what stands in one of their cells."""
