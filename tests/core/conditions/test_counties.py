"""What is read out of the files in which newspapers collected the counties' numbers and tiers."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.tiers import compared, happened, left_out, tellings, weeks

HEAD = "date,county,fips,percapita_case_rate,adjusted_case_rate,positivity_rate,equity_index\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two made-up counties: one whose numbers change each week, one that has no case in any."""
    numbers = [("2020-09-08", 5, 6), ("2020-09-15", 5.2, 6), ("2020-09-23", 5.4, 6), ("2020-11-17", 5.6, 6.2),
               ("2020-11-24", 6, 6.9), ("2020-11-28", 14.06, 7)]  # fmt: skip
    rows = [f"{day},Busy,001,{raw},{rate},0.05,\n{day},Quiet,003,0,0,0," for day, raw, rate in numbers]
    _written(tmp_path, "metrics", HEAD + "\n".join(rows) + "\n2020-09-08,Alone,005,1,1,0,\n")
    tiers = [
        "2020-08-31,Busy,001,2",
        "2020-08-31,Quiet,003,4",
        "2020-11-28,Busy,001,1",
        "2020-09-08,Lone,007,1",
    ]
    _written(tmp_path, "tiers", "date,county,fips,tier\n" + "\n".join(tiers) + "\n")
    return tmp_path


def _written(folder: Path, what: str, text: str) -> None:
    (folder / f"cdph-reopening-{what}.csv").write_text(text, encoding="utf-8")


def test_numbers_that_stay_the_same_are_told_anew_where_another_countys_change(folder: Path) -> None:
    quiet = {week.told: week.values["county_case_rate"] for week in weeks(folder)["Quiet"]}
    assert quiet[date(2020, 9, 15)] == quiet[date(2020, 11, 24)] == 0


def test_a_tuesday_on_which_nothing_was_told_is_unknown(folder: Path) -> None:
    quiet = {week.told: week.values["county_case_rate"] for week in weeks(folder)["Quiet"]}
    assert quiet[date(2020, 10, 6)] is None


def test_a_late_collection_is_of_the_tuesday_before(folder: Path) -> None:
    assert tellings(folder)(date(2020, 9, 23)) == date(2020, 9, 22)


def test_under_the_emergency_brake_a_saturday_may_tell_after_a_tuesday_that_told(folder: Path) -> None:
    assert tellings(folder)(date(2020, 11, 29)) == date(2020, 11, 28)
    assert happened(folder)["Busy"][-1].told == date(2020, 11, 28)


def test_a_number_on_a_limit_as_published_is_named_as_the_reason(folder: Path) -> None:
    last = [one for one in compared(folder) if one.one.week.place == "Busy"][-1]
    assert (last.really, last.one.after) == ("purple", "red")
    assert last.why.startswith("a number lies on a limit")


def test_a_county_without_both_files_is_named(folder: Path) -> None:
    assert left_out(folder) == {"Alone", "Lone"}
