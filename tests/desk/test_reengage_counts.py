"""The counts of schools are kept, and a school is counted anew when something was entered there."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.desk.care import ABSENT_WEEK, certify, written_plan
from tests.desk.conftest import Cast
from tests.desk.ledgers import home_of

pytestmark = pytest.mark.django_db
FRIDAY = date(2020, 9, 11)
SCHOOLS = ["maple-elementary", "maple-secondary"]


@pytest.fixture(autouse=True)
def _fresh(db: None, cast: Cast, settings: Any, tmp_path: Any) -> Iterator[None]:
    from schooldesk.ledger.reengage import reads

    settings.VAR = tmp_path
    reads.forget()
    yield
    reads.forget()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the schools that were counted anew, in their order."""
    from schooldesk.ledger.reengage import reads

    found, own = list[str](), reads.schools

    def told(home: Any, names: Any, day: date) -> Any:
        found.extend(names)
        return own(home, names, day)

    monkeypatch.setattr(reads, "schools", told)
    return found


def counts(day: date = FRIDAY) -> list[Any]:
    from schooldesk import scope
    from schooldesk.ledger.reengage import counting

    with scope.district("maple"):
        return counting.counts(home_of(), SCHOOLS, day)


def alone() -> list[Any]:
    from schooldesk import scope
    from schooldesk.ledger.reengage import reads

    with scope.district("maple"):
        return [reads.count(home_of(), one, FRIDAY) for one in SCHOOLS]


def test_schools_read_at_once_have_the_counts_of_each_alone() -> None:
    written_plan()
    certify("maple-p01", ABSENT_WEEK)
    assert counts() == alone()
    assert counts() == alone()


def test_an_entry_counts_its_own_school_anew_and_no_other(read: list[str]) -> None:
    written_plan()
    counts()
    assert sorted(read) == SCHOOLS
    read.clear()
    counts()
    assert read == []
    certify("maple-p01", ABSENT_WEEK)
    assert counts()[0].open > 0
    assert read == ["maple-elementary"]
    assert counts() == alone()


def test_another_day_and_another_sheet_count_all_anew(read: list[str]) -> None:
    counts()
    read.clear()
    counts(date(2020, 9, 14))
    assert sorted(read) == SCHOOLS
    read.clear()
    written_plan()
    counts(date(2020, 9, 14))
    assert sorted(read) == SCHOOLS


def test_what_cannot_be_read_is_counted_anew(settings: Any) -> None:
    before = counts()
    kept = settings.VAR / "reengage" / "maple.json"
    kept.write_text("{not json")
    assert counts() == before


def test_the_background_worker_counts_before_anybody_asks_and_one_district_never_the_other(
    settings: Any,
) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from schooldesk import clock
    from schooldesk.ledger.reengage import counting

    certify("maple-p01", ABSENT_WEEK)
    with clock.at(datetime(2020, 9, 11, 6, tzinfo=ZoneInfo("America/Los_Angeles"))):
        counting.count_what_waits()
    assert (settings.VAR / "reengage" / "maple.json").exists()
    assert not (settings.VAR / "reengage" / "cedar.json").exists()
