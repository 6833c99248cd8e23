"""After an emergency at the terminal: who is due next, the counts, and the evidence file."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
from conftest import Run

ROSTER = Path(__file__).parents[3] / "examples" / "maple" / "roster"
EVENT = "id,cause,began,closed,schools,source\nflood-2026,flood,2026-09-04,,,Board minutes (made up)\n"
CONTACTS = (
    "pupilId,at,how,by,answered,note\n"
    "maple-p01,2026-09-05T10:15,phone,t01,no,\n"
    "maple-p01,2026-09-09T17:20,phone,t01,yes,needs a hotspot\n"
    "maple-p02,2026-09-10,visit,counselor,yes,\n"
)
OFFERS = "pupilId,date,way,by\nmaple-p01,2026-09-14,distance,t01\n"


@pytest.fixture
def maple(tmp_path: Path) -> Path:
    """Write Maple's roster as it might be six years later."""
    for file in ROSTER.rglob("*.csv"):
        later = tmp_path / "roster" / file.relative_to(ROSTER)
        later.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        later.write_text(text.replace("2021", "2027").replace("2020", "2026"), encoding="utf-8")
    return tmp_path / "roster"


def flood(folder: Path, event: str = EVENT, contacts: str = CONTACTS, offers: str = OFFERS) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in (("emergency.csv", event), ("contacts.csv", contacts), ("offers.csv", offers)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_status_says_who_is_due_next_and_where_it_is_written(
    run: Run, maple: Path, tmp_path: Path
) -> None:
    done = run("emergency", "status", maple, flood(tmp_path / "f"), "--as-of", "2026-09-09T18:00")
    assert done.code == 0
    assert "Two-way contact after an emergency: 1 met, 59 waiting" in done.out
    assert "by 2026-09-09: Noor Haddad (maple-p03, Maple Elementary): contact and instruction" in done.out
    assert "California Education Code § 32282(a)(3)" in done.out
    later = run("emergency", "status", maple, tmp_path / "f", "--as-of", "2026-09-11")
    assert later.code == 1
    assert "Two-way contact after an emergency: 1 met, 1 broken, 58 unverified" in later.out
    assert "was due by 2026-09-09: Noor Haddad" in later.out


def test_json_has_every_pupil(run: Run, maple: Path, tmp_path: Path) -> None:
    done = run("emergency", "status", maple, flood(tmp_path / "f"), "--as-of", "2026-09-11", "--json")
    told = json.loads(done.out)
    assert told["counts"]["ca.continuity.contact"] == {"met": 1, "broken": 1, "unverified": 58}
    assert len(told["pupils"]) == 60
    lucia = next(one for one in told["pupils"] if one["pupil"] == "maple-p01")
    assert (lucia["tries"], lucia["how"], lucia["instruction"]) == (2, "phone", None)


def test_the_evidence_has_a_row_for_each_pupil_and_a_statement_that_can_be_checked(
    run: Run, maple: Path, tmp_path: Path
) -> None:
    folder, out = flood(tmp_path / "f"), tmp_path / "evidence"
    words = ("emergency", "evidence", maple, folder, "--as-of", "2026-09-11", "--out", out)
    assert run(*words).code == 0
    with (out / "pupils.csv").open(encoding="utf-8", newline="") as text:
        rows = {row["pupilId"]: row for row in csv.DictReader(text)}
    assert len(rows) == 60
    assert rows["maple-p01"]["ca.continuity.contact"] == "met"
    assert rows["maple-p02"]["ca.continuity.contact"] == "broken"
    statement = (out / "statement.md").read_text(encoding="utf-8")
    for file in (folder / "contacts.csv", out / "pupils.csv"):
        assert hashlib.sha256(file.read_bytes()).hexdigest() in statement
    assert "§§ 46393(e)" in statement
    again = run(*words)
    assert (again.code, "holds something already" in again.err) == (2, True)


@pytest.mark.parametrize(
    ("part", "text", "said"),
    [
        ("event", EVENT.replace("flood,2026", "smoke,2026"), "emergency.csv:2 [cause]"),
        ("event", EVENT.replace("2026-09-04", "4 Sep"), "emergency.csv:2 [began]"),
        ("event", EVENT.replace(",,,Board", ",,nowhere,Board"), "emergency.csv:2 [schools]"),
        ("event", EVENT + EVENT.splitlines()[1] + "\n", "emergency.csv:3 [id]"),
        ("event", EVENT.splitlines()[0] + "\n", "emergency.csv"),
        ("contacts", CONTACTS + "nobody,2026-09-05,phone,t,yes,\n", "contacts.csv:5 [pupilId]"),
        ("contacts", CONTACTS + "maple-p03,2026-09-05,pigeon,t,yes,\n", "contacts.csv:5 [how]"),
        ("contacts", CONTACTS + "maple-p03,2026-09-05T9:00,phone,t,yes,\n", "contacts.csv:5 [at]"),
        ("contacts", CONTACTS + "maple-p03,2026-09-05,phone,t,perhaps,\n", "contacts.csv:5 [answered]"),
        ("offers", OFFERS + "maple-p03,2026-09-14,teleport,t\n", "offers.csv:3 [way]"),
    ],
)
def test_a_fault_is_named_by_file_row_and_column(
    run: Run, maple: Path, tmp_path: Path, part: str, text: str, said: str
) -> None:
    done = run("emergency", "status", maple, flood(tmp_path / "f", **{part: text}), "--as-of", "2026-09-11")
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_an_emergency_before_the_law_and_an_unknown_circumstance_are_refused_in_words(
    run: Run, maple: Path, tmp_path: Path
) -> None:
    folder = flood(tmp_path / "f", event=EVENT.replace("2026-09-04", "2020-09-04"))
    done = run("emergency", "status", maple, folder, "--as-of", "2026-09-11")
    assert (done.code, "no clock of the rules begins on 2020-09-04" in done.err) == (2, True)
    words = ("emergency", "status", maple, flood(tmp_path / "f"), "--as-of", "2026-09-11")
    assert "no circumstance is called 'tired'" in run(*words, "--unless", "tired").err


def test_agreements_and_returns_are_counted_told_when_late_and_in_the_evidence(
    run: Run, maple: Path, tmp_path: Path
) -> None:
    folder, text = flood(tmp_path / "f"), hashlib.sha256(b"what was agreed\n").hexdigest()
    (folder / "agreements.csv").write_text(
        f"id,pupilId,first,last,sha256\na1,maple-p01,2026-09-10,2026-10-30,{text}\n", encoding="utf-8"
    )
    (folder / "signatures.csv").write_text(
        f"agreementId,signer,name,at,sha256\na1,pupil,Lucía,2026-09-09T08:00,{text}\n", encoding="utf-8"
    )
    (folder / "returns.csv").write_text(
        "pupilId,asked,by,returned\nmaple-p01,2026-09-11,family,2026-09-21\n", encoding="utf-8"
    )
    done = run("emergency", "status", maple, folder, "--as-of", "2026-09-30")
    assert done.code == 1
    assert "Agreements on independent study: 0 of 1 signed by all" in done.out
    assert "Wishes to return to class: 1 of 1 back" in done.out
    assert "A study of more than 15 school days begins with all signatures" in done.out
    assert "was not within 5 instructional days" in done.out
    whole = json.loads(run("emergency", "status", maple, folder, "--as-of", "2026-09-30", "--json").out)
    assert whole["agreements"][0]["missing"] == ["guardian", "teacher", "case_manager"]
    assert whole["returns"][0]["last"] == "2026-09-18"
    assert (
        run("emergency", "evidence", maple, folder, "--as-of", "2026-09-30", "--out", tmp_path / "e").code
        == 0
    )
    assert {path.name for path in (tmp_path / "e").iterdir()} == {
        "pupils.csv", "studies.csv", "ways_back.csv", "statement.md",
    }  # fmt: skip
    with (tmp_path / "e" / "studies.csv").open(encoding="utf-8") as rows:
        (row,) = csv.DictReader(rows)
    assert (row["pupil"], row["missing"], row["short"]) == ("Lucía", "guardian teacher case_manager", "no")
    assert "## Late, or in doubt" in (tmp_path / "e" / "statement.md").read_text(encoding="utf-8")
