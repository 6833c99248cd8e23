"""Services at the terminal: owed, without a place, accounted for, signed, exported."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from conftest import District, Run

MAPLE = Path(__file__).parents[3] / "examples" / "maple"
ROSTER, LOG = MAPLE / "roster", MAPLE / "services"
GOLDEN = Path(__file__).parent / "golden" / "services_account.txt"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Maple's log, for a test to change."""
    return Path(shutil.copytree(LOG, tmp_path / "log"))


def add(folder: Path, name: str, *lines: str) -> Path:
    file = folder / name
    with file.open("a", encoding="utf-8", newline="") as text:
        text.write("".join(f"{line}\r\n" for line in lines))
    return folder


TERMS = "serviceId,minutes,times,per,mode,beginDate,endDate,emergency"


def test_an_account_reads_as_it_did(run: Run) -> None:
    done = run("services", "account", ROSTER, LOG, "--as-of", "2020-10-02", "--pupil", "maple-p11")
    assert done.code == 0
    assert done.out == GOLDEN.read_text(encoding="utf-8")


def test_json_has_every_minute_and_they_make_up_what_is_owed(run: Run, maple: District) -> None:
    done = run("services", "account", ROSTER, LOG, "--as-of", "2020-10-02", "--json", "--plan", maple.plan)
    told = json.loads(done.out)
    parts = ("delivered", "made_up", "explained", "to_make_up", "unrecorded")
    assert len(told["accounts"]) == 35
    for one in told["accounts"]:
        assert sum(one[name] for name in parts) == one["owed"]
    assert {one["code"] for one in told["findings"]} == {"services.to_make_up", "services.unrecorded"}


def test_what_is_owed_is_told_by_week(run: Run) -> None:
    done = run("services", "owed", ROSTER, "--from", "2020-09-08", "--until", "2020-09-15")
    assert done.code == 0
    assert "week of 2020-09-07: 450 minutes" in done.out
    assert "Lucía Alvarado (maple-p01), speech (maple-v00001): 2 × 30 min, group" in done.out


def test_before_the_week_begins_what_has_no_place_is_named(run: Run, maple: District, tmp_path: Path) -> None:
    words = ("services", "unplaced", maple.roster, maple.plan, "--on", "2020-09-14")
    assert run(*words).code == 0
    folder = tmp_path / "log"
    folder.mkdir()
    add(
        folder,
        "terms.csv",
        TERMS,
        "maple-v00007,45,2,week,individual,,,",
        "maple-v00006,30,4,school_month,consult,,,",
    )
    done = run(*words, "--log", folder)
    assert done.code == 1
    assert (
        "pupil maple-p05 is owed 90 minutes of counseling in the week of 2020-09-14; 30 have a place"
        in done.out
    )
    assert "advice" not in done.out  # four meetings of the month are planned, one a week


def test_the_emergency_part_is_owed_after_ten_days_of_closure_and_missing_parts_are_named(
    run: Run, log: Path
) -> None:
    add(log, "closures.csv", "schoolId,first,last,source", "maple-elementary,2020-09-08,,Order 1 (made up)")
    add(log, "terms.csv", TERMS, "maple-v00006,20,1,week,individual,,,yes")
    words = ("services", "owed", ROSTER, "--from", "2020-09-21", "--until", "2020-09-28", "--log", log)
    done = run(*words)
    assert "occupational therapy (maple-v00006): 1 × 20 min, individual, by the emergency part" in done.out
    account = run("services", "account", ROSTER, log, "--as-of", "2020-10-02")
    assert "the emergency part of pupil maple-p01's IEP should stand, and none is on record" in account.out
    assert "maple-p05's IEP" not in account.out  # another school
    assert (
        "California Education Code § 56345(a)(9)"
        in run("rules", "list", "--on", "2020-10-02", "--place", "CA").out
    )


def test_a_signature_locks_and_a_correction_names_what_was_signed(run: Run, log: Path) -> None:
    (log / "signed.csv").unlink()
    words = (
        "services",
        "sign",
        ROSTER,
        log,
        "--provider",
        "maple-t0014",
        "--from",
        "2020-09-14",
        "--until",
        "2020-09-18",
    )
    early = run(*words, "--at", "2020-09-17T16:00", "--words", "Yes.")
    assert (early.code, "sign once the period is over" in early.err) == (2, True)
    done = run(*words, "--at", "2020-09-18T16:00", "--words", "I gave these services as recorded.")
    assert (done.code, "maple-t0014 signed 1 entries" in done.out) == (0, True)
    account = ("services", "account", ROSTER, log, "--as-of", "2020-10-02")
    assert run(*account).code == 0
    rows = (log / "entries.csv").read_text(encoding="utf-8")
    name = next(line.split(",")[0] for line in rows.splitlines() if "maple-t0014,2020-09-17" in line)
    fix = (
        "fix-1,maple-p05,maple-v00007,2020-09-17,14:00,14:30,,provider_absent,,,maple-t0014,2020-09-21T09:00,"
    )
    fix += name
    add(log, "entries.csv", fix)
    corrected = run(*account)
    assert (corrected.code, "services.corrected" in corrected.out) == (0, True)
    (log / "entries.csv").write_text(rows + fix.removesuffix(name) + "\r\n", encoding="utf-8")
    other = run(*account)
    assert (other.code, f"record it as a correction of {name}" in other.out) == (1, True)
    (log / "entries.csv").write_text(
        rows.replace(
            f"{name},maple-p05,maple-v00007,2020-09-17,14:00",
            f"{name},maple-p05,maple-v00007,2020-09-17,13:45",
        ),
        encoding="utf-8",
    )
    changed = run(*account)
    assert (changed.code, "services.changed" in changed.out) == (1, True)
    nobody = run(*words[:5], "nobody", *words[6:], "--at", "2020-09-18T16:00", "--words", "Yes.")
    assert (nobody.code, "nobody has recorded nothing" in nobody.err) == (2, True)


def test_exports_have_a_file_for_each_pupil_and_provider_and_are_never_written_over(
    run: Run, tmp_path: Path
) -> None:
    words = ("services", "export", ROSTER, LOG, "--as-of", "2020-10-02", "--out", tmp_path / "out")
    done = run(*words)
    assert (done.code, "7 pupils, 4 providers" in done.out) == (0, True)
    with (tmp_path / "out" / "pupils" / "maple-p11.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert [row["owed"] for row in rows] == ["60", "90", "90", "90", "90"]
    with (tmp_path / "out" / "providers" / "maple-t0012.csv").open(encoding="utf-8", newline="") as text:
        held = list(csv.DictReader(text))
    assert all(row["signed"] for row in held if row["date"] < "2020-09-28")
    assert not {"price", "claim", "code"} & set(held[0])
    assert (run(*words).code, "holds something already" in run(*words).err) == (2, True)


def test_the_same_seed_makes_the_same_log(run: Run, maple: District, tmp_path: Path) -> None:
    for name in ("one", "two"):
        words = (
            "services",
            "sample",
            maple.roster,
            maple.plan,
            "--from",
            "2020-09-08",
            "--until",
            "2020-09-25",
        )
        assert run(*words, "--out", tmp_path / name, "--seed", 5).code == 0
    one, two = ((tmp_path / name / "entries.csv").read_bytes() for name in ("one", "two"))
    assert one == two


TWICE = "maple-v00007,45,2,week,group,,,\r\nmaple-v00007,4,2,week,group,2020-10-01,,"
CLOSED = "schoolId,first,last,source\r\n"
ROW = "x1,maple-p05,maple-v00007,2020-09-22,14:00,14:30,30,delivered,,,maple-t0014,2020-09-22T15:40,"


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("entries.csv", ROW.replace("maple-p05", "nobody"), "[pupilId]"),
        ("entries.csv", ROW.replace("maple-v00007", "maple-v00001"), "[serviceId]: service maple-v00001"),
        ("entries.csv", ROW.replace("delivered", "done"), "[outcome]"),
        ("entries.csv", ROW.replace("14:30", "13:30"), "[end]"),
        ("entries.csv", ROW.replace(",30,", ",0,"), "[minutes]: 0 minutes are none"),
        ("entries.csv", ROW.replace("delivered", "technical"), "[minutes]: nothing was given"),
        ("entries.csv", ROW.replace("delivered", "make_up"), "[makesUp]"),
        ("entries.csv", ROW.replace("delivered,", "delivered,x"), "[makesUp]: only a make-up"),
        ("entries.csv", ROW.replace("T15:40", ""), "[at]"),
        ("entries.csv", ROW.replace(",30,delivered", ",,withdrawn"), "[corrects]: a withdrawal"),
        ("entries.csv", ROW + "gone", "[corrects]"),
        ("entries.csv", ROW + "x1", "[corrects]: an entry cannot correct itself"),
        ("terms.csv", f"{TERMS}\r\nmaple-v00007,45,2,year,individual,,,", "[per]"),
        ("terms.csv", f"{TERMS}\r\nmaple-v00007,45,2,week,alone,,,", "[mode]"),
        ("terms.csv", f"{TERMS}\r\n{TWICE}", "3 [beginDate]"),
        ("closures.csv", CLOSED + "nowhere,2020-09-08,,Order", "[schoolId]"),
        ("closures.csv", CLOSED + "maple-secondary,2020-09-08,2020-09-01,Order", "[last]"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_file_row_and_column(
    run: Run, log: Path, name: str, line: str, said: str
) -> None:
    add(log, name, line)
    done = run("services", "account", ROSTER, log, "--as-of", "2020-10-02")
    assert (done.code, done.out) == (2, "")
    assert f"{name}:" in done.err
    assert said in done.err


def test_another_districts_log_is_refused_row_by_row(run: Run, cedar: Path) -> None:
    done = run("services", "account", cedar, LOG, "--as-of", "2020-10-02")
    assert (done.code, done.out) == (2, "")
    assert "entries.csv:2 [pupilId]" in done.err
    stranger = run("services", "account", ROSTER, LOG, "--as-of", "2020-10-02", "--pupil", "cedar-p01")
    assert (stranger.code, "no pupil has the id 'cedar-p01'" in stranger.err) == (2, True)
