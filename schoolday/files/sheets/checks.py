"""Checks of one table's cells: what is required, formats, words of enumerations, ids and references."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import isfinite
from zoneinfo import ZoneInfo

from schoolday.files.sheets.columns import ENUMS, EXTENSIBLE, SECRET_FILES, Column
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table
from schoolday.ground.spans import minute

CEDS = {"TK": "TK", "KG": "K", **{f"{number:02d}": str(number) for number in range(1, 13)}}
"""The grades of the CEDS entry grade levels that schoolday plans."""

LOOSE = {"K": "K", **{str(number): str(number) for number in range(1, 10)}}
"""Grades that many systems write instead of the CEDS codes, read as what they plainly mean."""

BEYOND = frozenset({"IT", "PR", "PK", "13", "PS", "UG", "AE", "AS", "AB", "Other"})
"""CEDS codes of people whose day schoolday does not plan."""

LONGEST_ID = 255
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
_DATE = re.compile(r"(19|2[01])\d\d-\d\d-\d\d", re.ASCII)
_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:?\d\d)", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LINK = re.compile(r"https?://[^\s\"<>]+")
_SPACE = re.compile(r"\s")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def check_table(
    table: Table, columns: tuple[Column, ...], known: Mapping[str, Collection[str] | None], faults: Faults, *,
    bulk: bool, extensible: bool,
) -> None:  # fmt: skip
    """Check every cell of a table against its columns; what is wrong is added to the faults.

    Parameters
    ----------
    table, columns, faults
        What is checked, against what, and where the findings go.
    known
        The ids of each file that columns refer to; None where they can't be known.
    bulk
        Whether `status` and `dateLastModified` must be blank.
    extensible
        Whether enumerations may be extended by ``ext:`` (from 1.2 on).
    """
    for column in columns:
        cells = table[column.name]
        distinct = set(cells)
        if column.required:
            _say_blank(table, column, distinct, faults)
        distinct.discard("")
        if column.blank_in_bulk and bulk:
            _say_filled(table, column, distinct, faults)
        elif column.target:
            _say_unknown(table, column, distinct, known, faults)
        else:
            _say_badly_written(table, column, distinct, faults, extensible)


def check_unique(table: Table, keys: tuple[str, ...], faults: Faults) -> None:
    """Add a fault for each row whose key stands in an earlier row too."""
    cells = list(zip(*(table[key] for key in keys), strict=True))
    if len(set(cells)) == len(cells):
        return
    first: dict[tuple[str, ...], int] = {}
    for row, key in zip(table.rows, cells, strict=True):
        if all(key) and key in first:
            named = " and ".join(keys)
            said = f"{_shown(table, ', '.join(key))} stands in row {first[key]} too: {named} must be unique"
            faults.add("duplicate_id", said, table.file, row, keys[0], mend="keep one of the two rows")
        first.setdefault(key, row)


def rows_with(table: Table, column: str, bad: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield the row and the value of each cell whose value is one of `bad`."""
    for row, value in zip(table.rows, table[column], strict=True):
        if value in bad:
            yield row, value


def check_words(table: Table, column: str, known: Collection[str], mend: str, faults: Faults) -> None:
    """Add a fault for each cell of a column that holds none of the known words; blank ones are left out."""
    wrong = {word for word in table[column] if word and word not in known}
    for row, word in rows_with(table, column, wrong):
        faults.add("value", f"{word[:40]!r} is no {column}", table.file, row, column, mend=mend)


def one_of(words: Iterable[str]) -> str:
    """Return what to do where a cell holds none of some words."""
    return f"write one of {', '.join(words)}"


def rows_of(table: Table | None, columns: tuple[Column, ...]) -> list[tuple[str, ...]]:
    """Return the rows of a checked table, in the order of its columns; none where there is no table."""
    return list(zip(*(table[column.name] for column in columns), strict=True)) if table else []


def grade_of(code: str) -> str:
    """Return schoolday's grade for a grade code, or an empty string."""
    return CEDS.get(code) or LOOSE.get(code, "")


@lru_cache(maxsize=1024)
def items(text: str) -> tuple[str, ...]:
    """Return the items of a list within a cell: commas part them, quotes hold an item with a comma."""
    if '"' not in text:
        return tuple(part for item in text.split(",") if (part := item.strip()))
    with_quotes: list[str] = next(csv.reader([text], skipinitialspace=True), [])
    return tuple(item for item in with_quotes if item)


def in_list(words: Iterable[str]) -> str:
    """Return a cell that `items` reads back as these words."""
    return ",".join('"' + word.replace('"', '""') + '"' if _quoted(word) else word for word in words)


def _quoted(word: str) -> bool:
    return "," in word or '"' in word or word != word.strip()


def _say_blank(table: Table, column: Column, distinct: Collection[str], faults: Faults) -> None:
    for row, _ in rows_with(table, column.name, {value for value in distinct if not value.strip()}):
        said = f"{column.name} is blank; it is required"
        faults.add("required", said, table.file, row, column.name, mend=f"fill in {column.name}")


def _say_filled(table: Table, column: Column, distinct: Collection[str], faults: Faults) -> None:
    for row, _ in rows_with(table, column.name, distinct):
        said = f"{column.name} is filled in; in a bulk file it must be blank"
        mend = f"export {column.name} blank; rows that no longer hold are left out of a bulk file"
        faults.add("not_blank", said, table.file, row, column.name, mend=mend)


def _say_unknown(
    table: Table, column: Column, distinct: Collection[str], known: Mapping[str, Collection[str] | None],
    faults: Faults,
) -> None:  # fmt: skip
    ids = known.get(column.target)
    if ids is None:
        return
    holder = _HOLDERS.get(column.target, f"{column.target}.csv")
    if column.many:
        bad = {value for value in distinct if any(item not in ids for item in items(value))}
    else:
        bad = {value for value in distinct if value not in ids}
    for row, value in rows_with(table, column.name, bad) if bad else ():
        names = [item for item in items(value) if item not in ids] if column.many else [value]
        said = f"{column.name} names {_shown(table, ', '.join(names))}, which {holder} does not have"
        mend = f"add it to {holder}, or correct the id (upper and lower case count)"
        faults.add("unknown_id", said, table.file, row, column.name, mend=mend)


def _say_badly_written(
    table: Table, column: Column, distinct: Collection[str], faults: Faults, extensible: bool
) -> None:
    bad = {value for value in distinct if not well_written(column, value, extensible)}
    for row, value in rows_with(table, column.name, bad) if bad else ():
        said = f"{_shown(table, value)} in {column.name} is not {_wanted(column, extensible)}"
        faults.add("value", said, table.file, row, column.name, mend=_mend(table, column, value))


def well_written(column: Column, value: str, extensible: bool) -> bool:
    """Whether a value that is not blank fits the column's format."""
    words = ENUMS.get(column.format)
    if words is not None:
        own = extensible and column.format in EXTENSIBLE and value.startswith("ext:") and len(value) > 4
        return value in words or own
    return FITS[column.format](value)


def _is_date(value: str) -> bool:
    return bool(_DATE.fullmatch(value)) and _parses(date.fromisoformat, value)


def _is_id(value: str) -> bool:
    return len(value) <= LONGEST_ID and not _SPACE.search(value) and not CONTROL.search(value)


def _is_text(value: str) -> bool:
    return not CONTROL.search(value)


def _is_grades(value: str) -> bool:
    return all(item in CEDS or item in LOOSE or item in BEYOND for item in items(value))


def _is_days(value: str) -> bool:
    days = value.split()
    return len(days) == len(set(days)) and all(day in _WEEKDAYS for day in days)


def _number(value: str) -> float:
    found = float(value)
    if not isfinite(found):
        raise ValueError(value)
    return found


def _parses(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except (ValueError, OverflowError, OSError, KeyError):
        return False
    return True


def _is_zone(value: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9_+/-]{1,60}", value)) and _parses(ZoneInfo, value)


def _is_whole(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 9


FITS: Mapping[str, Callable[[str], bool]] = {
    "text": _is_text,
    "id": _is_id,
    "list": _is_text,
    "date": _is_date,
    "datetime": lambda value: bool(_DATETIME.fullmatch(value)) and _is_date(value[:10]),
    "year": lambda value: _is_whole(value) and len(value) == 4,
    "boolean": lambda value: value in ("true", "false"),
    "integer": _is_whole,
    "float": lambda value: _parses(_number, value),
    "grades": _is_grades,
    "clock": lambda value: len(value) == 5 and value.isascii() and _parses(minute, value),
    "days": _is_days,
    "language": lambda value: bool(_LANGUAGE.fullmatch(value)),
    "link": lambda value: bool(_LINK.fullmatch(value)),
    "timezone": _is_zone,
}
"""For each format that is no enumeration, whether a value fits it."""

_HOLDERS = {
    "pupils": "users.csv (as a pupil)",
    "staff": "users.csv (as staff)",
    "schools": "orgs.csv (as a school)",
    "households": "households.csv",
}

_WANTED = {
    "text": "plain text without control characters",
    "id": f"an id: at most {LONGEST_ID} characters, none of them a space",
    "list": "plain text without control characters",
    "date": "a date such as 2020-09-08",
    "datetime": "a date and time such as 2020-09-08T08:00:00.000Z",
    "year": "a year such as 2021",
    "boolean": "true or false, in small letters",
    "integer": "a whole number",
    "float": "a number",
    "grades": "a CEDS grade code (TK, KG, 01 to 12) or a list of them",
    "clock": "a time of day such as 08:30",
    "days": "days such as Mon Tue Wed",
    "language": "a language tag such as en, es or hmn",
    "link": "a web address that starts with https://",
    "timezone": "a time zone such as America/Los_Angeles",
}


def _wanted(column: Column, extensible: bool) -> str:
    if column.format not in ENUMS:
        return _WANTED[column.format]
    words = ", ".join(sorted(ENUMS[column.format]))
    own = ", or one of your own with ext: before it" if extensible and column.format in EXTENSIBLE else ""
    return f"one of {words}{own}"


def _mend(table: Table, column: Column, value: str) -> str:
    if table.file not in SECRET_FILES:
        for word in sorted(ENUMS.get(column.format, ())) or ["true", "false"]:
            if value.strip().casefold() == word.casefold():
                return f"write {word}: upper and lower case count"
    return f"write {_WANTED.get(column.format, 'one of these words')}"


def _shown(table: Table, value: str) -> str:
    """Return a value fit to be shown; nothing at all of files that may hold passwords."""
    if table.file in SECRET_FILES:
        return "what stands here"
    return repr(value) if len(value) <= 60 else f"{value[:40]!r}…"


def ids_of(tables: Mapping[str, Table]) -> dict[str, Sequence[str] | frozenset[str] | None]:
    """Return the ids of each table; None where the table could not be read whole."""
    return {name: frozenset(table["sourcedId"]) if table.whole else None for name, table in tables.items()}
