"""Read a CASE package (1EdTech Competencies and Academic Standards Exchange, 1.0 and 1.1) from a JSON file.

A place in it is told as the item's number, counted from 1, and the key: ``CFItems 3 [fullStatement]``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from schoolday.files.sheets.checks import BEYOND, FITS, grade_of
from schoolday.files.sheets.faults import Faults
from schoolday.ground.finding import Finding, Status, broken
from schoolday.ground.grades import order
from schoolday.learning.standards import Framework, Standard, uuid_of

MOST = 64 * 2**20
"""Bytes of a file at the most; the largest state's standards are a tenth of it."""

_CHILD = "isChildOf"


@dataclass(frozen=True)
class CaseReading:
    """What came of reading a CASE file: its standards, or None if any finding is broken; and the findings."""

    framework: Framework | None
    findings: tuple[Finding, ...]


def read_case(path: Path) -> CaseReading:
    """Read the standards of a CASE file; whatever the bytes are, a reading and no exception.

    Source of the format: 1EdTech CASE 1.0 and 1.1, the CFPackage of their REST/JSON binding.
    """
    faults = Faults("standards")
    tree = _tree(path, faults)
    framework = None if tree is None else _framework(tree, path.name, faults)
    found = faults.all()
    return CaseReading(None if broken(found) else framework, found)


def _tree(path: Path, faults: Faults) -> Mapping[str, Any] | None:
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
        tree = json.loads(data.decode("utf-8-sig")) if len(data) <= MOST else None
    except (OSError, ValueError, RecursionError):
        faults.add("unreadable", f"{path.name} is no whole JSON file", path.name, mend="export it anew")
        return None
    if len(data) > MOST:
        faults.add("too_large", f"{path.name} has more than {MOST >> 20} MB", path.name, mend="export less")
        return None
    # Some services wrap the package in one more key.
    if isinstance(tree, dict) and "CFItems" not in tree and isinstance(tree.get("CFPackage"), dict):
        tree = tree["CFPackage"]
    if not isinstance(tree, dict) or not isinstance(tree.get("CFItems"), list):
        said = f"{path.name} is no CASE package: it has no list CFItems"
        faults.add("no_items", said, path.name, mend="export the whole package (CFPackages), not one item")
        return None
    return tree


def _framework(tree: Mapping[str, Any], file: str, faults: Faults) -> Framework:
    document = tree.get("CFDocument")
    head: Mapping[str, Any] = document if isinstance(document, dict) else {}
    if not head:
        faults.add("no_document", "the package has no CFDocument", file, mend="export the whole package")
    title, known = _text(head, "title"), uuid_of(_text(head, "identifier"))
    if head and not (title and known):
        said = "CFDocument lacks a title or its identifier is no UUID"
        faults.add("required", said, file, 0, "CFDocument", mend="fill both in")
    items = _items(tree, file, known, _subject(head), faults)
    parents = _parents(tree, file, items, faults)
    standards = {one.id: _under(one, parents.get(one.id, "")) for one in items.values()}
    if not standards and not faults.all():
        faults.add("no_items", "the package has no standards", file, mend="export the whole package")
    return Framework(known, title, standards, _license(tree, head))


def _items(
    tree: Mapping[str, Any], file: str, framework: str, subject: str, faults: Faults
) -> dict[str, Standard]:
    found: dict[str, Standard] = {}
    codes: dict[str, int] = {}
    for row, item in enumerate(tree["CFItems"], 1):
        if not isinstance(item, dict):
            faults.add("item", f"item {row} is no object", file, row, "CFItems", mend="export it anew")
            continue
        one = _standard(item, file, row, framework, subject, faults)
        if one is None:
            continue
        if one.id in found:
            faults.add(
                "duplicate_id",
                f"item {row} has the identifier of another",
                file,
                row,
                "identifier",
                mend="keep one of the two",
            )
        if one.code and codes.setdefault(one.code.casefold(), row) != row:
            said = f"the code {one.code[:60]!r} is that of item {codes[one.code.casefold()]} too"
            mend = "name these two by their identifiers"
            faults.add("code_twice", said, file, row, "humanCodingScheme", mend=mend, status=Status.ADVICE)
        found[one.id] = one
    return found


def _standard(
    item: Mapping[str, Any], file: str, row: int, framework: str, subject: str, faults: Faults
) -> Standard | None:
    known, statement = uuid_of(_text(item, "identifier")), _text(item, "fullStatement")
    if not known:
        said = f"{_text(item, 'identifier')[:60]!r} is no UUID"
        faults.add("value", said, file, row, "identifier", mend="CASE names every item by a UUID")
    if not statement:
        faults.add("required", "fullStatement is missing", file, row, "fullStatement", mend="fill it in")
    first, last = (_day(item, key, file, row, faults) for key in ("statusStartDate", "statusEndDate"))
    if first and last and last < first:
        said = "statusEndDate lies before statusStartDate"
        faults.add("dates", said, file, row, "statusEndDate", mend="correct the dates")
    if not known or not statement:
        return None
    code = _text(item, "humanCodingScheme")
    grades = _grades(item, file, row, faults)
    return Standard(
        known,
        code,
        statement,
        _subject(item) or subject,
        grades,
        "",
        _text(item, "uri"),
        framework,
        first,
        last,
    )


def _grades(item: Mapping[str, Any], file: str, row: int, faults: Faults) -> tuple[str, ...]:
    levels = item.get("educationLevel") or []
    words = [str(one) for one in levels] if isinstance(levels, list) else [str(levels)]
    found = {grade_of(word) for word in words}
    strange = [word for word in words if not grade_of(word) and word not in BEYOND]
    if strange:
        said = f"{strange[0][:40]!r} is no CEDS grade; it was left out"
        faults.add(
            "grade", said, file, row, "educationLevel", mend="write KG, 01 to 12", status=Status.ADVICE
        )
    return tuple(sorted(found - {""}, key=order))


def _day(item: Mapping[str, Any], key: str, file: str, row: int, faults: Faults) -> date | None:
    text = _text(item, key)[:10]
    if not text:
        return None
    if not FITS["date"](text):
        faults.add("value", f"{text!r} is not a date", file, row, key, mend="write it as 2020-09-08")
        return None
    return date.fromisoformat(text)


def _parents(
    tree: Mapping[str, Any], file: str, items: Mapping[str, Standard], faults: Faults
) -> dict[str, str]:
    """Return the parent of each item; one that names an item that is not there is said."""
    found: dict[str, str] = {}
    top = uuid_of(_text(_part(tree, "CFDocument"), "identifier"))
    for row, link in _links(tree, file, faults):
        if _text(link, "associationType") != _CHILD:
            continue
        child, parent = (
            uuid_of(_text(_part(link, key), "identifier")) for key in ("originNodeURI", "destinationNodeURI")
        )
        if child not in items or (parent not in items and parent != top):
            column = "originNodeURI" if child not in items else "destinationNodeURI"
            said = "the association names an item that the package does not have"
            mend = "it was passed over; export the whole package if the item belongs to it"
            faults.add("unknown_id", said, file, row, column, mend=mend, status=Status.ADVICE)
        elif parent != top:
            found.setdefault(child, parent)
    return _without_rings(found, file, faults)


def _links(tree: Mapping[str, Any], file: str, faults: Faults) -> Iterator[tuple[int, Mapping[str, Any]]]:
    links = tree.get("CFAssociations") or []
    if not isinstance(links, list):
        faults.add("item", "CFAssociations is no list", file, 0, "CFAssociations", mend="export it anew")
        return
    for row, link in enumerate(links, 1):
        if isinstance(link, dict):
            yield row, link
        else:
            faults.add(
                "item", f"association {row} is no object", file, row, "CFAssociations", mend="export it anew"
            )


def _without_rings(parents: dict[str, str], file: str, faults: Faults) -> dict[str, str]:
    for child in list(parents):
        seen, at = {child}, parents.get(child, "")
        while at and at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at == child:
            said = f"{child} is a part of itself by its parents"
            faults.add("ring", said, file, 0, "CFAssociations", mend="take one of the associations out")
            del parents[child]
    return parents


def _under(one: Standard, parent: str) -> Standard:
    return replace(one, parent=parent)


def _license(tree: Mapping[str, Any], head: Mapping[str, Any]) -> str:
    """Return whose standards they are, and the words of the license that the document names."""
    named = uuid_of(_text(_part(head, "licenseURI"), "identifier"))
    given = _part(tree, "CFDefinitions").get("CFLicenses")
    licenses = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    words = [
        _text(one, "licenseText") or _text(one, "title")
        for one in licenses
        if not named or uuid_of(_text(one, "identifier")) == named
    ]
    parts = (_text(head, "title"), _text(head, "creator"), *words)
    return ". ".join(part.rstrip(".") for part in parts if part)


def _subject(item: Mapping[str, Any]) -> str:
    subject = item.get("subject")
    some = subject if isinstance(subject, list) else [subject]
    return next((one for one in some if isinstance(one, str)), "")


def _part(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = item.get(key)
    return part if isinstance(part, dict) else {}


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""
