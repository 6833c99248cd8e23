"""A table's files: every fault a finding with file and line, all in one pass, and never a traceback."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolday.bargaining.record import Table
from schoolday.files.rulebooks import load, shelf
from schoolday.files.tables import TableReading, parse_table, read_table
from schoolday.ground.finding import Status
from schoolday.rules import Rulebook

CORE = Path(__file__).parents[1]
SACRAMENTO = CORE.parents[1] / "examples" / "sacramento" / "table"
TABLES = CORE / "bargaining" / "tables"
TEXT = (TABLES / "maple" / "table.yaml").read_text(encoding="utf-8")

Case = tuple[str, str, str, str]

ZOO: list[Case] = [
    # old text, new text, then the code and words of the fault
    (
        "party: teachers, name",
        "party: maple, name",
        "table.twice",
        "the party `maple` stands here a second time",
    ),
    ("seat: union}", "seat: guild}", "table.shape", "`guild` is no seat"),
    ("seat: union}", "seat: neighbour}", "table.shape", "fewer than two parties"),
    ("places: [CA, ca-scusd-demo]", "places: [CA, ca-maple]", "table.unknown_name", "`ca-maple` is no place"),
    ("places: [CA, ca-scusd-demo]\n", "", "table.shape", "`places` is missing"),
    ("table: maple-2020\n", "", "table.shape", "no file names the table"),
    ("table: maple-2020", "table: Maple 2020", "table.shape", "no short name"),
    ("until: 2020-12-31", "until: 2020-06-30", "table.dates", "lies before"),
    ("2020-11-11: Veterans Day", "2020-11-14: A Saturday", "table.dates", "is a Saturday"),
    ("2020-11-11: Veterans Day", "2021-11-11: Later", "table.dates", "outside the calendar"),
    ("confidence: made_up,", "confidence: sure,", "table.shape", "`sure` is no confidence"),
    ("dated: September 2020, ", "", "table.shape", "`dated` is missing"),
    ("document: reply", "document: offer", "table.twice", "the document `offer` stands here a second"),
    ("party: maple\n", "party: birch\n", "table.unknown_name", "`birch` is no party"),
    (
        "version: 2\n        day",
        "version: 1\n        day",
        "table.twice",
        "version `offer/1` stands here a second",
    ),
    ("version: 2\n        day", "version: two\n        day", "table.shape", "`version`"),
    ("day: 2020-08-20\n        paper", "day: 2020-07-20\n        paper", "table.dates", "is older than"),
    (
        "day: 2020-08-20\n        paper",
        "day: 2020-02-30\n        paper",
        "table.shape",
        "not in the calendar",
    ),
    ("answers: reply/1", "answers: reply/2", "table.unknown_name", "`reply/2` is no version"),
    ("answers: reply/1", "answers: offer/1", "table.dates", "not itself"),
    ("day: 2020-08-11, answers", "day: 2020-07-11, answers", "table.dates", "after this version"),
    ("[maple.teachers]", "[maple.teacher]", "table.unknown_name", "did you mean `maple.teachers`"),
    ('article: "2"', 'article: "1"', "table.twice", "the article `1` stands here a second"),
    ("state: withdrawn", "state: withdrew", "table.shape", "did you mean `withdrawn`"),
    ("state: withdrawn, by", "state: temporary, by", "table.dates", "not said from when"),
    ("state: withdrawn, by", "state: imposed, by", "table.dates", "not said from when"),
    ("state: withdrawn, by", "state: withdrawn, from: 2020-09-01, by", "table.dates", "not in force"),
    ("from: 2020-10-12, until: 2021", "from: 2020-10-12, until: 2020", "table.dates", "lies before"),
    (
        "tentatively_agreed, version: 2",
        "tentatively_agreed, version: 3",
        "table.unknown_name",
        "is no version",
    ),
    ("day: 2020-09-28, state", "day: 2020-08-10, state", "table.dates", "was not there"),
    ("offered: 2020-08-03", "offered: 2020-09-03", "table.dates", "offered on 2020-09-03"),
    ("answered: 2020-08-04", "answered: 2020-08-01", "table.dates", "before it was offered"),
    ("state: accepted, day: 2020-08-20", "state: held", "table.dates", "not said when"),
    ("event: mediator", "event: emergency", "table.unknown_name", "`emergency` is no event of a table"),
    ("2020-08-10T09:00-07:00", "2020-08-10T09:00", "table.shape", "has no time zone"),
    ("2020-08-10T09:00-07:00", "the tenth", "table.shape", "no date or moment"),
    ("by: maple, topic", "after: 2020-08-01, by: maple, topic", "table.dates", "a day and an `after`"),
    ("by: maple, topic", "by: oak, topic", "table.unknown_name", "`oak` is no party"),
    ("figures: {pupils: 60}", "figures: {pupils: many}", "table.shape", "`pupils`"),
    ("figures: {pupils: 60}", "figures: {pupils: .inf}", "table.shape", "`pupils`"),
    (
        "topic: Pupils, said: There are 60 pupils.",
        "said: There are 60 pupils.",
        "table.shape",
        "`topic` is missing",
    ),
    ("event: impasse", "limit: 60, event: impasse", "table.shape", "`limit` is no key here"),
    (
        "by: maple, paper: minutes}\n  - {at: 2020-09-10",
        "paper: mail}\n  - {at: 2020-09-10",
        "table.unknown_name",
        "no paper",
    ),
    ("title: The teachers' reply", "title: ", "table.shape", "`title` is empty"),
    ("title: The teachers' reply", "title: 'The reply", "table.unreadable", "not YAML"),
    ("assertions:\n", "claims:\n", "table.shape", "`claims` is no key here"),
]

SAYS = "    changes:\n      - {day: 2020-08-18"
STANCES: list[tuple[str, str, str]] = [
    ("{term: recording, value: required, paper: minutes}", "table.unknown_name", "did you mean `recordings`"),
    ("{term: recordings, value: perhaps, paper: minutes}", "table.unknown_name", "no choice of recordings"),
    ("{term: live_per_course, value: 601, paper: minutes}", "table.value", "no number of minutes"),
    ("{term: live_per_course, value: nan, paper: minutes}", "table.value", "no number of minutes"),
    ("{term: recordings, value: required, grades: 1-13, paper: minutes}", "table.value", "is not a grade"),
    ("{term: recordings, value: required, paper: mail}", "table.unknown_name", "`mail` is no paper"),
]


@cache
def rulebook() -> Rulebook:
    return load([shelf(), TABLES / "maple_positions.yaml"])


def _read(folder: Path, text: str) -> TableReading:
    file = folder / "table.yaml"
    file.write_text(text, encoding="utf-8")
    return read_table(file, rulebook())


def _table(path: Path) -> Table:
    reading = read_table(path, rulebook())
    assert reading.findings == ()
    assert reading.table is not None
    return reading.table


def test_a_folder_of_files_makes_one_table() -> None:
    found = _table(SACRAMENTO)
    assert found.id == "sacramento-2020"
    assert len(found.proposals) == 7
    source = found.assertions[0].source
    assert source.file.endswith("record.yaml")
    assert source.line > 1


def test_two_tables_share_nothing() -> None:
    maple, sacramento = _table(TABLES / "maple"), _table(SACRAMENTO)
    assert not {one.id for one in maple.proposals} & {one.id for one in sacramento.proposals}


def test_the_record_stands_in_the_order_of_dates_and_undated_claims_come_last() -> None:
    for path in (SACRAMENTO, TABLES / "maple"):
        found = _table(path)
        for rows in ([one.dated for one in found.sittings], [one.day for one in found.events]):
            assert rows == sorted(rows)
        days = [one.earliest for one in found.assertions]
        assert days == sorted(days)


@pytest.mark.parametrize(("old", "new", "code", "words"), ZOO)
def test_a_fault_is_named_with_its_line(old: str, new: str, code: str, words: str, tmp_path: Path) -> None:
    assert old in TEXT
    reading = _read(tmp_path, TEXT.replace(old, new, 1))
    assert reading.table is None
    found = [one for one in reading.findings if one.code == code and words in one.said + one.mend]
    assert found, [(one.code, one.said) for one in reading.findings]
    spot = found[0].spot
    assert spot is not None
    assert spot.file == str(tmp_path / "table.yaml")
    changed = TEXT[: TEXT.index(old)].count("\n") + 1
    assert abs(spot.row - changed) <= 3 or spot.row in (0, 2, 20)
    assert found[0].mend


@pytest.mark.parametrize(("stance", "code", "words"), STANCES)
def test_a_fault_in_what_a_version_says_is_named(stance: str, code: str, words: str, tmp_path: Path) -> None:
    old = "books: [maple.teachers]"
    reading = _read(tmp_path, TEXT.replace(old, f"{old}, says: [{stance}]"))
    assert [one.code for one in reading.findings] == [code]
    assert words in reading.findings[0].said


def test_two_words_on_one_term_and_grade_are_refused(tmp_path: Path) -> None:
    stance = "{{term: recordings, value: required, grades: {}, paper: minutes}}"
    both = f"{stance.format('1-3')}, {stance.format('3-5')}"
    old = "books: [maple.teachers]"
    reading = _read(tmp_path, TEXT.replace(old, f"{old}, says: [{both}]"))
    assert [one.code for one in reading.findings] == ["table.twice"]


def test_all_faults_are_named_in_one_pass_in_the_order_of_lines(tmp_path: Path) -> None:
    text = TEXT
    for old, new in (
        ("seat: union}", "seat: guild}"),
        ("state: withdrawn", "state: withdrew"),
        ("day: 2020-08-20\n        paper", "day: 2020-02-30\n        paper"),
        ("by: maple, topic", "by: maple, subject"),
    ):
        text = text.replace(old, new, 1)
    rows = [one.spot.row for one in _read(tmp_path, text).findings if one.spot]
    assert rows == sorted(rows)
    assert len(set(rows)) == 4


def test_all_names_that_nothing_has_are_told_in_one_pass_too(tmp_path: Path) -> None:
    text = TEXT.replace("by: maple", "by: oak").replace("event: mediator", "event: emergency")
    found = _read(tmp_path, text).findings
    assert {one.code for one in found} == {"table.unknown_name"}
    assert len(found) == text.count("by: oak") + 1


def test_faults_of_shape_and_of_names_are_told_in_the_same_pass(tmp_path: Path) -> None:
    text = TEXT.replace("seat: union}", "seat: guild}").replace("by: maple, topic", "by: oak, topic")
    told = [one.said for one in _read(tmp_path, text.replace("version: 2\n", "version: two\n", 1)).findings]
    assert len(told) == 3, told
    assert told[0].startswith("`guild` is no seat")
    assert told[2].startswith("`oak` is no party")


def test_a_fault_of_one_file_does_not_blame_another_that_names_it(tmp_path: Path) -> None:
    for file in SACRAMENTO.glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("seat: employer", "seat: boss")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    reading = read_table(tmp_path, rulebook())
    assert [one.code for one in reading.findings] == ["table.shape"]


def test_two_files_may_not_both_name_the_table(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("table: other\n", encoding="utf-8")
    assert [one.code for one in read_table(tmp_path, rulebook()).findings] == ["table.twice"]


def test_what_is_no_table_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("title: Ñ".encode("latin-1"))
    told = [
        read_table(tmp_path / "latin.yaml", rulebook()),
        read_table(tmp_path / "missing.yaml", rulebook()),
        _read(tmp_path / "..", ""),
        _read(tmp_path, "- a list\n"),
    ]
    assert all(one.table is None and one.findings[0].status is Status.BROKEN for one in told)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert read_table(empty, rulebook()).findings[0].code == "table.unreadable"


LINES = TEXT.splitlines()


@given(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(["drop", "twice", "cut", "indent", "list", "word"]),
    st.integers(0, len(LINES) - 1),
)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_to_a_file_ever_raises(tmp_path: Path, at: int, how: str, other: int) -> None:
    lines = list(LINES)
    line = lines[at]
    lines[at] = {"cut": line[: len(line) // 2], "indent": f"  {line}", "list": f"- {line}", "word": "x"}.get(
        how, line
    )
    if how == "drop":
        del lines[at]
    if how == "twice":
        lines.insert(other, line)
    reading = _read(tmp_path, "\n".join(lines))
    assert (reading.table is None) == bool(reading.findings)
    assert all(one.spot and one.said and one.mend for one in reading.findings)


def test_files_given_by_name_are_read_like_those_of_a_folder() -> None:
    folder = Path(__file__).parents[3] / "examples" / "sacramento" / "table"
    files = {str(file): file.read_bytes() for file in sorted(folder.rglob("*.yaml"))}
    assert parse_table(files, load()) == read_table(folder, load())
    name = next(iter(files))
    broken = parse_table({**files, name: b"table: ["}, load())
    assert broken.table is None
    assert [one.spot.file for one in broken.findings if one.spot] == [name]
