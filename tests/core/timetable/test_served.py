"""A service is called by its kind, and a group by its size too; both are told apart again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schoolday.timetable.served import service_parts, service_title


def test_one_pupils_service_is_called_by_its_kind_and_a_group_by_its_size_too() -> None:
    assert service_title("speech", 1) == "speech"
    assert service_title("speech", 2) == "speech, group of 2"


@given(st.text(min_size=1), st.integers(2, 9999))
def test_kind_and_size_come_back_as_they_went(kind: str, pupils: int) -> None:
    assert service_parts(service_title(kind, pupils)) == (kind, pupils)


def test_a_title_that_names_no_size_is_a_kind() -> None:
    for title in ("speech", "group of 2", "speech, group of two", ""):
        assert service_parts(title) == (title, 1)
