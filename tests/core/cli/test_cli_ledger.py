"""The ledger at the terminal: from a platform's file to a sealed week, its record, its form and its packs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from schoolday.files.ledger.entries import entries_bytes, read_entries
from schoolday.files.ledger.read import read_week
from schoolday.files.ledger.seal import Seals
from schoolday.files.rosters import read_roster
from schoolday.files.rulebooks import load
from schoolday.ledger.certify import certify
from schoolday.roster import Roster
from tests.core.cli.conftest import District, Run

DAY = "2020-09-08"


@pytest.fixture(scope="module")
def roster(maple: District) -> Roster:
    found = read_roster(maple.roster, day=date(2020, 9, 8)).roster
    assert found is not None
    return found


@pytest.fixture
def section(roster: Roster) -> str:
    return next(iter(roster.sections))


@pytest.fixture
def joined(run: Run, maple: District, roster: Roster, section: str, tmp_path: Path) -> Path:
    """The first two pupils of a class joined, by Zoom's file, in entries.csv."""
    pupils = roster.enrolled(date(2020, 9, 8))[section][:2]
    accounts, file = tmp_path / "accounts.csv", tmp_path / "zoom.csv"
    accounts.write_text("pupilId,email\n" + "".join(f"{one},{one}@x.example\n" for one in pupils))
    lines = "".join(f"N,{one}@x.example,09/08/2020 08:30:00 AM,09/08/2020 09:00:00 AM,30\n" for one in pupils)
    file.write_text("Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n" + lines)
    out, teacher = tmp_path / "entries.csv", roster.teachers_of[section][0]
    done = run("ledger", "import", maple.roster, file, "--platform", "zoom", "--activity", section,
               "--on", DAY, "--by", teacher, "--accounts", accounts, "--out", out)  # fmt: skip
    assert (done.code, done.out) == (0, f"2 entries are in {out}.\n"), done.err
    return out


def sealed(run: Run, maple: District, roster: Roster, section: str, entries: Path, folder: Path, at: str):  # noqa: ANN201
    teacher, school = roster.teachers_of[section][0], roster.sections[section].school
    return run("ledger", "seal", maple.roster, entries, folder, "--school", school, "--teacher", teacher,
               "--week", DAY, "--by", teacher, "--at", at, "--plan", maple.plan)  # fmt: skip


def test_a_week_goes_from_a_platforms_file_to_a_seal_a_form_and_day_packs(
    run: Run, maple: District, roster: Roster, section: str, joined: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "seals"
    done = sealed(run, maple, roster, section, joined, folder, "2020-09-11T15:30")
    assert done.code == 0, done.err
    assert "Version 1 of the week is sealed" in done.out
    assert "not verified; they are no absences" in done.out
    digest = done.out.split()[done.out.split().index("rows:") + 1]
    again = sealed(run, maple, roster, section, joined, folder, "2020-09-11T15:30")
    assert digest in again.out

    entries = read_entries("e", joined.read_bytes()).entries or ()
    joined.write_bytes(entries_bytes(entries[:1]))
    assert "nothing was sealed" in sealed(run, maple, roster, section, joined, folder, "2020-09-14T08:00").err
    late = replace(entries[1], id="late", corrects=entries[1].id, code="withdrawn")
    joined.write_bytes(entries_bytes([*entries, late]))
    assert "Version 2" in sealed(run, maple, roster, section, joined, folder, "2020-09-14T08:00").out

    assert run("ledger", "verify", folder, "--known", digest).code == 0
    shown = run("ledger", "record", folder, "--week", DAY, "--pupil", entries[0].pupil, "--json")
    days = json.loads(shown.out)
    assert [day["day"] for day in days] == ["2020-09-08", "2020-09-09", "2020-09-10", "2020-09-11"]
    assert (days[0]["live"]["value"], days[0]["live"]["entries"]) == (30, [entries[0].id])
    assert days[0]["owed"]["clauses"] == ["ca.distance.total_minutes@2020-07-01"]
    assert (days[0]["took"], days[1]["took"]) == ("took_part", "unverified")
    assert "took part; live 30" in run("ledger", "record", folder, "--week", DAY).out

    form = tmp_path / "form.pdf"
    assert run("ledger", "print", folder, "--week", DAY, "--roster", maple.roster, "--out", form).code == 0
    assert form.read_bytes().startswith(b"%PDF")
    assert run("ledger", "print", folder, "--week", DAY, "--out", form).code == 2
    words = ["ledger", "print", folder, "--week", DAY, "--out", tmp_path / "class.pdf", "--class"]
    assert "nothing was printed" in run(*words, "none").err
    assert "1 sheet." in run(*words, section).out
    assert "4 day packs" in run("ledger", "days", folder, tmp_path / "days").out
    assert "0 day packs" in run("ledger", "days", folder, tmp_path / "days").out
    # With a roster reasons explain by its services' terms, so the packs are other ones.
    explained = ("ledger", "days", folder, tmp_path / "days", "--roster", maple.roster)
    assert "4 day packs" in run(*explained).out
    assert "0 day packs" in run(*explained).out

    next(folder.glob("*/*.v1.parquet")).write_bytes(b"changed")
    broken = run("ledger", "verify", folder)
    assert broken.code == 1
    assert "ledger.entries_changed" in broken.out


def test_a_file_that_fits_nobody_is_refused_by_row_and_column_and_nothing_is_written(
    run: Run, maple: District, section: str, tmp_path: Path
) -> None:
    file, out = tmp_path / "zoom.csv", tmp_path / "out.csv"
    file.write_text("Name (Original Name),User Email,Join Time,Leave Time\nKim,kim@x.example,08:30,09:00\n")
    words = [
        "ledger",
        "import",
        maple.roster,
        file,
        "--activity",
        section,
        "--on",
        DAY,
        "--by",
        "t",
        "--out",
        out,
    ]
    done = run(*words, "--platform", "zoom")
    assert done.code == 1
    assert "zoom.csv:2 [User Email]" in done.out
    assert "Nothing was taken." in done.out
    assert not out.exists()
    assert run(*words, "--platform", "zoom", "--leave-out", "kim@x.example").out == "Nothing was taken.\n"
    assert not out.exists()
    assert "zoom, meet, csv" in run(*words, "--platform", "teams").err
    words[5] = "nothing"
    assert "no section or service" in run(*words, "--platform", "zoom").err


def test_a_contradictory_week_is_not_sealed(
    run: Run, maple: District, roster: Roster, section: str, joined: Path, tmp_path: Path
) -> None:
    text = joined.read_text()
    one = text.splitlines()[1].split(",")
    absent = [*one]
    absent[0], absent[1], absent[6], absent[7], absent[8], absent[9] = "x", "attendance", "", "", "", "absent"
    joined.write_text(text + ",".join(absent) + "\n")
    done = sealed(run, maple, roster, section, joined, tmp_path / "seals", "2020-09-11T15:30")
    assert done.code == 1
    assert "ledger.contradiction" in done.out
    assert not (tmp_path / "seals").exists()
    early = sealed(run, maple, roster, section, joined, tmp_path / "seals", "2020-09-10T15:30")
    assert "ledger.too_early" in early.out


def test_what_is_not_there_is_said_in_words(run: Run, tmp_path: Path) -> None:
    assert "no folder of sealed weeks" in run("ledger", "verify", tmp_path / "none").err
    assert "holds no seal" in run("ledger", "verify", tmp_path).err
    assert "is sealed in" in run("ledger", "record", tmp_path, "--week", DAY).err
    done = run("ledger", "print", tmp_path, "--week", DAY, "--language", "fr", "--out", tmp_path / "x.pdf")
    assert "the form is not in 'fr'" in done.err


def test_the_record_of_a_seal_says_not_enrolled_where_nothing_was_owed(
    run: Run, maple: District, roster: Roster, section: str, joined: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "seals"
    assert sealed(run, maple, roster, section, joined, folder, "2020-09-11T15:30").code == 0
    seals = Seals(tmp_path / "left", roster.district)
    (one,) = Seals(folder, roster.district).all()
    whole, who = read_week(one), read_week(one).pupils[-1].pupil
    left = frozenset(row for row in whole.enrolled or () if row.pupil != who or row.day < whole.days[2])
    seals.seal(certify(replace(whole, enrolled=left), load(None), by="tess", at=one.head.certified_at))
    said = run("ledger", "record", seals.folder, "--week", DAY, "--pupil", who)
    assert [line.partition("; ")[0].partition(": ")[2] for line in said.out.splitlines()] == [
        "unverified" if day < whole.days[2] else "not enrolled" for day in whole.days
    ]
    told = json.loads(run("ledger", "record", seals.folder, "--week", DAY, "--pupil", who, "--json").out)
    assert [(day["took"], day["found"], day["owed"]["value"]) for day in told[2:]] == [
        ("not_enrolled", "not bound", None)
    ] * 2
