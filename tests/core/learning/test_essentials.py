"""Standards and essential standards: found by any of their names, marked by district, grade and date."""

from __future__ import annotations

from datetime import date

import pytest
from learning_cases import DAY, framework, uuid

from schoolday.files.standards import NOTICE, common_core
from schoolday.ground.finding import Status
from schoolday.learning.standards import (
    Essential,
    Framework,
    Standard,
    check_essentials,
    essential_on,
    together,
)

BOTH = framework("M.1", "M.1a", "M.2", parents={"M.1a": "M.1"})


def _mark(
    standard: str, district: str = "maple", first: date = DAY, last: date | None = None, grade: str = "3"
) -> Essential:
    return Essential(district, standard, grade, first, last, "board", "minutes of the board")


def test_the_common_core_is_whole_and_carries_its_notice() -> None:
    core = common_core()
    assert len(core.standards) == 1844
    assert core.notice == NOTICE
    assert NOTICE.startswith("© Copyright 2010. National Governors Association Center for Best Practices")
    assert all(one.grades and one.id and one.uri for one in core.standards.values())
    assert sum(not one.statement for one in core.standards.values()) == 162


@pytest.mark.parametrize(
    "name",
    ["CCSS.Math.Content.3.OA.A.1", "ccss.math.content.3.oa.a.1", "3.OA.A.1",
     "1f72443d-6ac4-49c7-b959-047522ed087b", "1F72443D6AC449C7B959047522ED087B", "http://corestandards.org/Math/Content/3/OA/A/1"],
)  # fmt: skip
def test_a_standard_is_found_by_each_of_its_names(name: str) -> None:
    one = common_core().find(name)
    assert one is not None
    assert (one.code, one.grades, one.subject) == ("CCSS.Math.Content.3.OA.A.1", ("3",), "math")


def test_what_is_no_standard_is_not_found() -> None:
    assert common_core().find("3.OA.Z.9") is None
    assert common_core().find("") is None


def test_a_part_leads_to_what_it_is_a_part_of_and_back() -> None:
    core = common_core()
    part = core.find("CCSS.Math.Content.3.NF.A.3a")
    assert part is not None
    above = [core.standards[one].code for one in core.above(part.id)]
    assert above[:3] == [
        "CCSS.Math.Content.3.NF.A.3a",
        "CCSS.Math.Content.3.NF.A.3",
        "CCSS.Math.Content.3.NF.A",
    ]
    assert part.id in core.within(core.standards[part.parent].id)


def test_a_code_that_two_standards_share_names_neither_and_their_ids_still_do() -> None:
    twice = Framework("t", "Twice", {uuid(n): Standard(uuid(n), "X.1", "words") for n in (1, 2)})
    assert twice.find("X.1") is None
    assert twice.find(uuid(2)) is not None


def test_frameworks_put_together_are_searched_as_one_and_keep_both_notices() -> None:
    both = together([common_core(), BOTH])
    assert both.find("M.1") is not None
    assert both.find("3.OA.A.1") is not None
    assert both.notice == f"{NOTICE}\n\nA notice"


def test_a_ring_of_parents_ends() -> None:
    ring = Framework(
        "r",
        "Ring",
        {uuid(1): Standard(uuid(1), "A", parent=uuid(2)), uuid(2): Standard(uuid(2), "B", parent=uuid(1))},
    )
    assert list(ring.above(uuid(1))) == [uuid(1), uuid(2)]
    assert set(ring.within(uuid(1))) == {uuid(1), uuid(2)}


def test_a_mark_holds_on_its_dates_in_its_grade_and_in_its_own_district_only() -> None:
    marks = [_mark(uuid(1), last=date(2020, 12, 31)), _mark(uuid(3), "cedar")]

    def on(day: date, district: str = "maple", grade: str = "3") -> list[str]:
        return [one.code for one in essential_on(marks, BOTH, day, district=district, grade=grade)]

    assert on(DAY) == ["M.1"]
    assert on(date(2020, 9, 30)) == []
    assert on(date(2021, 1, 1)) == []
    assert on(DAY, grade="4") == []
    assert on(DAY, "cedar") == ["M.2"]
    assert [one.code for one in essential_on(marks, BOTH, DAY, district="maple", subject="MATH")] == ["M.1"]
    assert essential_on(marks, BOTH, DAY, district="maple", subject="ela") == ()


def test_a_mark_twice_or_in_another_grade_is_said() -> None:
    found = check_essentials(
        [_mark(uuid(1)), _mark(uuid(1)), _mark(uuid(2), grade="5"), _mark(uuid(1), "cedar")], BOTH
    )
    assert [(one.code, one.status) for one in found] == [
        ("learning.essential_twice", Status.BROKEN),
        ("learning.essential_grade", Status.ADVICE),
    ]


def test_a_mark_of_a_standard_that_is_out_of_use_is_broken() -> None:
    old = Framework("o", "Old", {uuid(1): Standard(uuid(1), "A", grades=("3",), last=date(2019, 1, 1))})
    assert [one.code for one in check_essentials([_mark(uuid(1))], old)] == ["learning.essential_unused"]
