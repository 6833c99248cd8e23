"""choices.csv held to a round: what is not offered, or was not said within it, is a fault of its cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from schoolday.files.cohorts import Terms, read_asked
from schoolday.sample.maple import maple

ROSTER = maple()
FIRST, SECOND = list(ROSTER.pupils)[:2]
TERMS = Terms(("on_site",), date(2020, 9, 1), date(2020, 9, 8))


def spots(folder: Path, rows: str, terms: Terms | None) -> list[str]:
    (folder / "choices.csv").write_text("pupilId,program,date,by,wish,beside\n" + rows)
    reading = read_asked(folder, ROSTER, terms=terms)
    assert (reading.asked is None) is bool(reading.findings)
    return [str(one.spot) for one in reading.findings]


def test_both_ends_of_the_time_belong_to_it(tmp_path: Path) -> None:
    rows = f"{FIRST},on_site,2020-09-01,Ana,,\n{FIRST},on_site,2020-09-08,Ana,,\n"
    assert spots(tmp_path, rows, TERMS) == []


def test_every_cell_that_does_not_fit_is_named(tmp_path: Path) -> None:
    rows = (
        f"{FIRST},on_site,2020-08-31,Ana,,\n"
        f"{FIRST},on_site,2020-09-09,Ana,,\n"
        f"{SECOND},distance,2020-09-02,Ana,,\n"
        f"{SECOND},on_site,2020-02-30,Ana,,\n"
    )
    found = sorted(spots(tmp_path, rows, TERMS))
    assert found == [
        "choices.csv:2 [date]", "choices.csv:3 [date]", "choices.csv:4 [program]", "choices.csv:5 [date]",
    ]  # fmt: skip


def test_without_terms_any_program_on_any_date_will_do(tmp_path: Path) -> None:
    assert spots(tmp_path, f"{FIRST},distance,2021-01-31,Ana,,\n", None) == []
