"""The commands of a bargaining table, as a person reads them.

The golden files end where the sources begin, which change with every note in the books. To write them anew:
``.venv/bin/python tests/core/cli/test_cli_table.py``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

from conftest import Ran, ran

Run = Callable[..., Ran]

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SACRAMENTO = ROOT / "examples" / "sacramento" / "table"
TABLES = HERE.parent / "bargaining" / "tables"
MAPLE = TABLES / "maple"
MAPLE_RULES = ("--rules", ROOT / "rules", "--rules", TABLES / "maple_positions.yaml")

POSITIONS = ("law", "district/1", "district-plan", "union", "san-juan")
OF = tuple(word for name in POSITIONS for word in ("--of", name))

GOLDEN: dict[str, tuple[object, ...]] = {
    "show": ("show", SACRAMENTO, "--on", "2020-09-01"),
    "in_force_temporary": ("in-force", SACRAMENTO, "--on", "2020-09-03"),
    "in_force_nothing": ("in-force", SACRAMENTO, "--on", "2020-09-05"),
    "in_force_imposed": ("in-force", SACRAMENTO, "--on", "2020-09-08"),
    "sides": ("sides", SACRAMENTO, "--on", "2020-09-08", *OF),
    "record": ("record", SACRAMENTO, "--on", "2020-10-31"),
    "clocks": ("clocks", SACRAMENTO, "--on", "2020-09-01"),
    "words": ("words", SACRAMENTO, "district/1", "district-plan/1"),
    "maple_sides": ("sides", MAPLE, "--on", "2020-09-08", *MAPLE_RULES),
    "maple_words": ("words", MAPLE, "offer/1", "offer/2", *MAPLE_RULES),
    "maple_clocks": ("clocks", MAPLE, "--on", "2020-10-01", *MAPLE_RULES),
}

CODES = {"maple_sides": 1, "maple_clocks": 1}
"""The commands that end with findings; the others end well."""


def _above_sources(text: str) -> str:
    """Return what is shown, without the sources."""
    return text.partition("\nSources\n")[0].rstrip() + "\n"


def _file(name: str) -> Path:
    return HERE / "golden" / f"table_{name}.txt"


@pytest.mark.parametrize("name", GOLDEN)
def test_a_table_reads_as_it_did(name: str, run: Run) -> None:
    done = run("table", *GOLDEN[name])
    assert done.code == CODES.get(name, 0), done.err
    assert _above_sources(done.out) == _file(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GOLDEN)
def test_every_mark_has_its_source_and_every_source_its_mark(name: str, run: Run) -> None:
    above, _, below = run("table", *GOLDEN[name]).out.partition("\nSources\n")
    assert set(re.findall(r"\[(\d+)\]", above)) == set(re.findall(r"^    \[(\d+)\]", below, re.MULTILINE))


@pytest.mark.parametrize("name", GOLDEN)
def test_json_holds_the_same_for_scripts(name: str, run: Run) -> None:
    done = run("table", *GOLDEN[name], "--json")
    assert done.code == CODES.get(name, 0)
    assert json.loads(done.out)


def test_json_of_the_record_has_the_days_between(run: Run) -> None:
    found = json.loads(run("table", "record", SACRAMENTO, "--on", "2020-09-08", "--json").out)
    days = {one["passed"]: one["days"] for one in found["exchanges"]}
    assert (days["district/1"], days["district/2"]) == (21, 11)


def test_the_next_deadline_has_its_citation(run: Run) -> None:
    found = json.loads(run("table", "clocks", SACRAMENTO, "--on", "2020-09-01", "--json").out)
    assert found["next"]["last"] == "2020-09-08"
    assert "3548" in found["next"]["clause"]["source"]


def test_left_out_names_are_the_law_and_each_documents_last_version_that_is_known(run: Run) -> None:
    found = json.loads(run("table", "sides", SACRAMENTO, "--on", "2020-09-08", "--json").out)
    known = ["law", "district/1", "union/2", "start-of-year/1", "district-plan/1", "san-juan/1"]
    assert found["columns"] == known


def test_a_name_that_is_not_there_is_told_in_words(run: Run) -> None:
    for words in (
        ("sides", SACRAMENTO, "--on", "2020-09-08", "--of", "teachers"),
        ("sides", SACRAMENTO, "--on", "2020-09-08", "--of", "union/7"),
        ("words", SACRAMENTO, "district/1", "district"),
        ("show", SACRAMENTO, "--on", "tomorrow"),
        ("clocks", SACRAMENTO, "--on", "2020-09-01", "--circumstance", "sunny"),
    ):
        done = run("table", *words)
        assert done.code == 2
        assert "Traceback" not in done.err
        assert done.err.strip()


def test_faults_of_the_files_are_named_and_the_command_ends_with_2(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "table.yaml"
    text = (MAPLE / "table.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("by: maple, topic", "by: oak, topic").replace("seat: union", "seat: guild"))
    done = run("table", "show", file, "--on", "2020-09-01", *MAPLE_RULES)
    assert done.code == 2
    assert f"{file}:11: `guild` is no seat" in done.err
    assert "`oak` is no party" in done.err
    assert "2 faults are named above" in done.err


def test_a_table_whose_books_are_not_there_is_refused(run: Run) -> None:
    done = run("table", "show", MAPLE, "--on", "2020-09-01")
    assert done.code == 2
    assert "`maple.teachers` is no book" in done.err


def test_one_table_says_nothing_of_another(run: Run) -> None:
    shown = run("table", "record", MAPLE, "--on", "2020-12-31", *MAPLE_RULES).out
    assert "Sacramento" not in shown
    assert "Maple" not in run("table", "record", SACRAMENTO, "--on", "2020-12-31").out


if __name__ == "__main__":
    for one, words_ in GOLDEN.items():
        _file(one).write_text(_above_sources(ran("table", *words_).out), encoding="utf-8")


def test_a_version_that_nobody_has_read_is_said_to_be_unread_and_not_to_have_lost_its_words(run: Run) -> None:
    done = run("table", "words", SACRAMENTO, "district/1", "district/2")
    assert "Nobody here has read what district/2 says, so no words can be compared." in done.out
    assert "[-" not in done.out
