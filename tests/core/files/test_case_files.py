"""CASE files: 1.0 and 1.1 are taken in, every fault is named by item and key, and bad bytes raise nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolday.files.standards import CaseReading, read_case, read_frameworks
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Status, broken


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def package(version: str = "1.0") -> dict[str, Any]:
    """Return a small sound package: two standards, one of them a part of the other."""
    head = {"identifier": uuid(9), "title": "State standards", "creator": "A state", "subject": ["Math"],
            "licenseURI": {"identifier": uuid(8), "title": "CC BY", "uri": "x"}}  # fmt: skip
    if version == "1.1":
        head |= {"caseVersion": "1.1", "frameworkType": "standards"}
    items = [
        {"identifier": uuid(1), "uri": "https://case.example/1", "fullStatement": "Count",
         "humanCodingScheme": "M.1", "educationLevel": ["KG", "01"], "statusStartDate": "2020-07-01"},
        {"identifier": uuid(2), "fullStatement": "Count\n to ten", "humanCodingScheme": "M.1.a",
         "educationLevel": ["KG"], "statusEndDate": "2024-06-30"},
    ]  # fmt: skip
    links = [
        {"identifier": uuid(3), "associationType": "isChildOf", "originNodeURI": {"identifier": uuid(2)},
         "destinationNodeURI": {"identifier": uuid(1)}},
        {"identifier": uuid(4), "associationType": "isChildOf", "originNodeURI": {"identifier": uuid(1)},
         "destinationNodeURI": {"identifier": uuid(9)}},
        {"identifier": uuid(5), "associationType": "isRelatedTo", "originNodeURI": {"identifier": uuid(1)},
         "destinationNodeURI": {"identifier": uuid(7)}},
    ]  # fmt: skip
    licenses = [{"identifier": uuid(8), "title": "CC BY", "licenseText": "Use it and name us."}]
    return {
        "CFDocument": head,
        "CFItems": items,
        "CFAssociations": links,
        "CFDefinitions": {"CFLicenses": licenses},
    }


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Any], CaseReading]:
    def reading(tree: Any) -> CaseReading:
        file = tmp_path / "state.json"
        file.write_bytes(tree if isinstance(tree, bytes) else json.dumps(tree).encode())
        return read_case(file)

    return reading


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_sound_package_is_taken_in(read: Any, version: str) -> None:
    reading = read(package(version))
    assert reading.findings == ()
    made = reading.framework
    part = made.find("M.1.a")
    assert (made.title, made.notice) == ("State standards", "State standards. A state. Use it and name us")
    assert (part.statement, part.grades, part.subject, part.parent) == (
        "Count to ten",
        ("K",),
        "Math",
        uuid(1),
    )
    assert part.last == date(2024, 6, 30)
    assert made.find("M.1").grades == ("K", "1")


def test_a_package_in_one_more_key_and_with_a_byte_order_mark_is_taken_in(read: Any) -> None:
    data = b"\xef\xbb\xbf" + json.dumps({"CFPackage": package()}).encode()
    assert read(data).framework is not None


def _spoil(key: str, value: object, item: int = 0) -> Callable[[dict[str, Any]], None]:
    return lambda tree: tree["CFItems"][item].update({key: value})


@pytest.mark.parametrize(
    ("spoil", "code", "row", "column"),
    [
        (_spoil("identifier", "no uuid"), "standards.value", 1, "identifier"),
        (_spoil("identifier", uuid(1), 1), "standards.duplicate_id", 2, "identifier"),
        (_spoil("fullStatement", " "), "standards.required", 1, "fullStatement"),
        (_spoil("statusStartDate", "July"), "standards.value", 1, "statusStartDate"),
        (_spoil("statusEndDate", "2019-01-01"), "standards.dates", 1, "statusEndDate"),
        (lambda tree: tree["CFItems"].append(7), "standards.item", 3, "CFItems"),
        (lambda tree: tree["CFAssociations"].append(7), "standards.item", 4, "CFAssociations"),
        (lambda tree: tree.update(CFAssociations=7), "standards.item", 0, "CFAssociations"),
        (lambda tree: tree.pop("CFDocument"), "standards.no_document", 0, ""),
        (lambda tree: tree["CFDocument"].pop("title"), "standards.required", 0, "CFDocument"),
        (lambda tree: tree.pop("CFItems"), "standards.no_items", 0, ""),
        (lambda tree: tree["CFItems"].clear() or tree["CFAssociations"].clear(), "standards.no_items", 0, ""),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_item_and_key_and_nothing_is_taken_in(
    read: Any, spoil: Any, code: str, row: int, column: str
) -> None:
    tree = package()
    spoil(tree)
    reading = read(tree)
    assert reading.framework is None
    spots = [(one.code, one.spot.row, one.spot.column) for one in broken(reading.findings)]
    assert (code, row, column) in spots
    assert all(one.mend for one in reading.findings)


def test_two_faults_are_both_named(read: Any) -> None:
    tree = package()
    _spoil("fullStatement", "")(tree)
    _spoil("statusEndDate", "x", 1)(tree)
    assert len(broken(read(tree).findings)) == 2


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_spoil("humanCodingScheme", "m.1", 1), "standards.code_twice"),
        (_spoil("educationLevel", ["kindergarten"]), "standards.grade"),
        (
            lambda tree: tree["CFAssociations"][0]["originNodeURI"].update(identifier=uuid(77)),
            "standards.unknown_id",
        ),
    ],
)  # fmt: skip
def test_what_can_be_passed_over_is_advice(read: Any, spoil: Any, code: str) -> None:
    tree = package()
    spoil(tree)
    reading = read(tree)
    assert reading.framework is not None
    assert [(one.code, one.status) for one in reading.findings] == [(code, Status.ADVICE)]


def test_a_ring_of_parents_is_a_fault(read: Any) -> None:
    tree = package()
    tree["CFAssociations"][1]["destinationNodeURI"]["identifier"] = uuid(2)
    assert [one.code for one in broken(read(tree).findings)] == ["standards.ring"]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"7", b"\xff\xfe", b"null", b"[" * 100_000, b'{"CFItems": 3}']
)
def test_bytes_that_are_no_package_are_refused_in_words(read: Any, data: bytes) -> None:
    reading = read(data)
    assert reading.framework is None
    assert reading.findings[0].code in ("standards.unreadable", "standards.no_items")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(["CFDocument", "CFItems", "CFAssociations", "CFDefinitions"]), JSON, st.booleans())
def test_whatever_stands_at_a_key_a_reading_comes_and_no_exception(
    read: Any, key: str, value: Any, within: bool
) -> None:
    tree = package()
    if within and isinstance(tree[key], list):
        tree[key][0] = dict.fromkeys(tree[key][0], value)
    else:
        tree[key] = value
    assert isinstance(read(tree), CaseReading)


def test_a_case_file_stands_beside_the_common_core_and_a_bad_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text(json.dumps(package()))
    both, found = read_frameworks([file])
    assert found == ()
    assert both.find("M.1") is not None
    assert both.find("3.OA.A.1") is not None
    file.write_text("{")
    with pytest.raises(SchooldayError, match=r"state\.json: not taken in: state\.json is no whole JSON file"):
        read_frameworks([file])
