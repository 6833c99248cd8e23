"""The loader of rulebooks: what it takes, and a zoo of what it refuses, with the words of each refusal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from schoolday.files.rulebooks import examine, load, parse, problems
from schoolday.ground.errors import NotInForce, RulebookError
from schoolday.rules import Confidence, Kind, Layer, Limb, Period, Rulebook, Way

HERE = Path(__file__).parent
GOOD = (HERE / "good.yaml").read_text()

ZOO: dict[str, tuple[int, str, tuple[str, ...]]] = {
    # file: line, clause, words that the refusal must hold
    "a_list": (1, "", ("block of keys", "`book:`")),
    "alias_bomb": (1, "", ("anchors", "write the words out")),
    "anchor": (14, "", ("anchors", "write the words out")),
    "average_of_one": (21, "test.total@2021-07-01", ("`1`", "2 or more")),
    "backward_span": (14, "test.total@2020-07-01", ("3-1", "backwards", "1-3")),
    "bad_id": (6, "Test total", ("`Test total` is no id", "ca.distance.total")),
    "bad_place": (4, "", ("`Sacramento, California` is no place", "ca-scusd")),
    "cite_without_source": (15, "test.total@2020-07-01", ("`source` is missing", "where it is written")),
    "comment_only": (0, "", ("empty", "`book:`")),
    "date_with_slashes": (12, "test.total@7/1/2020", ("`7/1/2020` is no date", "2020-07-01")),
    "day_kind_in_a_bound": (20, "test.total@2021-07-01", ("only a rule with `kind: day_kind`",)),
    "day_kind_unknown": (13, "test.total@2020-07-01", ("`snow`", "preparation")),
    "day_kind_with_measure": (9, "test.total", ("only a rule with `kind: bound` has `measure`",)),
    "duplicate_grade": (14, "test.total@2020-07-01", ("grade 3", "twice")),
    "duplicate_key": (10, "test.total", ("`unit`", "second time", "line 9")),
    "empty": (0, "", ("empty", "`book:`")),
    "empty_cite": (15, "test.total@2020-07-01", ("`cite` is empty",)),
    "far_date": (12, "test.total@0001-07-01", ("no date",)),
    "floor_above_least": (22, "test.total@2021-07-01", ("`no_day_under`", "more than `at_least`", "260")),
    "floor_without_average": (21, "test.total@2021-07-01", ("`average_over`",)),
    "gap": (19, "test.total@2021-07-01", ("2021-06-01 to 2021-06-30", "`nothing: true`", "reason")),
    "gap_without_reason": (19, "test.total@2021-06-01", ("needs a `note` with the reason",)),
    "half_a_character": (2, "", ("half a character",)),
    "impossible_escape": (0, "", ("escape",)),
    "key_is_a_list": (3, "", ("a key must be a word",)),
    "least_above_most": (21, "test.total@2021-07-01", ("more than `at_most`", "grade 1", "250 and 240")),
    "missing_checked": (12, "test.total@2020-07-01", ("`checked` is missing", "last read the source")),
    "missing_cite": (12, "test.total@2020-07-01", ("`cite` is missing", "does not load")),
    "missing_confidence": (12, "test.total@2020-07-01", ("`confidence` is missing", "secondary")),
    "missing_from": (12, "test.total, clause number 1", ("`from` is missing", "first date")),
    "negative_number": (14, "test.total@2020-07-01", ("`-180` is no number",)),
    "no_limit": (19, "test.total@2021-07-01", ("limits nothing", "`at_least`")),
    "no_rules": (5, "", ("`rules` is an empty list", "at least one rule")),
    "no_such_grade": (14, "test.total@2020-07-01", ("'13' is not a grade",)),
    "no_title": (1, "", ("`title` is missing", "plain words")),
    "no_ways": (10, "test.total", ("`ways` is an empty list",)),
    "not_a_number": (14, "test.total@2020-07-01", ("`lots` is no number of minutes", "230")),
    "not_utf8": (2, "", ("not UTF-8", "save the file as UTF-8")),
    "not_yaml": (7, "", ("not YAML", "quote")),
    "nothing_with_a_bound": (19, "test.total@2021-07-01", ("`note` with the reason",)),
    "only_nothing": (6, "test.total", ("take the rule out",)),
    "only_text": (1, "", ("block of keys", "`book:`")),
    "overlap": (19, "test.total@2021-07-01", ("overlaps", "2020-07-01", "until 2021-07-31", "end before")),
    "overlap_by_a_day": (19, "test.total@2021-07-01", ("overlaps", "until 2021-07-01")),
    "overlap_open": (18, "test.total@2021-07-01", ("overlaps", "open end")),
    "proposal_without_party": (3, "", ("`party`", "whose it is")),
    "rule_is_text": (6, "rule number 1", ("each of `rules`", "`rule:`")),
    "rule_twice": (25, "test.total", ("this id", "line 6", "rename")),
    "rules_are_text": (5, "", ("`rules` must be a list", "dash")),
    "tab": (8, "", ("tab", "use spaces")),
    "tag": (3, "", ("tags",)),
    "title_is_a_list": (2, "", ("`title` must be text",)),
    "too_deep": (1, "", ("levels deep",)),
    "too_large": (14, "test.total@2020-07-01", ("99999", "7200")),
    "two_documents": (5, "", ("second document", "one file holds one book")),
    "unknown_confidence": (17, "test.total@2020-07-01", ("`sure` is no confidence", "made_up")),
    "unknown_key": (8, "test.total", ("`mesure`", "did you mean `measure`?")),
    "unknown_key_in_clause": (17, "test.total@2020-07-01", ("`confidense`", "did you mean `confidence`?")),
    "unknown_kind": (8, "test.total", ("`limit` is no kind", "day_kind")),
    "unknown_layer": (3, "", ("`polcy` is no layer", "did you mean `policy`?")),
    "unknown_measure": (8, "test.total", ("`total_minute` is no measure", "did you mean `total_minutes`?")),
    "unknown_period": (8, "test.total", ("`fortnight` is no period", "four_weeks")),
    "unknown_unit": (9, "test.total", ("`hours` is no unit", "write `unit: minutes`")),
    "unknown_way": (10, "test.total", ("`distanse` is no way", "did you mean `distance`?")),
    "until_before_from": (13, "test.total@2020-07-01", ("`until` 2019-06-30 is before `from` 2020-07-01",)),
    "wrong_date": (12, "test.total@2020-06-31", ("2020-06-31 is not in the calendar",)),
    "wrong_unit": (9, "test.total", ("counted in minutes", "write `unit: minutes`")),
    "zero_byte": (2, "", ("cannot be printed", "UTF-8")),
}


@pytest.mark.parametrize("name", sorted(ZOO))
def test_a_broken_book_is_refused_in_words_with_its_line_and_clause(name: str) -> None:
    line, clause, words = ZOO[name]
    with pytest.raises(RulebookError) as caught:
        load([HERE / "bad" / f"{name}.yaml"])
    error = caught.value
    assert (error.line, error.clause) == (line, clause)
    assert [word for word in words if word not in error.said] == []
    assert Path(error.file).name == f"{name}.yaml"


def test_every_beast_of_the_zoo_has_its_words() -> None:
    assert {path.stem for path in (HERE / "bad").iterdir()} == set(ZOO)


def test_all_broken_books_are_named_in_one_pass() -> None:
    assert {Path(error.file).stem for error in problems([HERE / "bad"])} == set(ZOO)


def test_one_book_with_several_mistakes_tells_them_all_in_the_order_of_lines() -> None:
    text = GOOD.replace("layer: policy", "layer: polcy").replace("confidence: secondary", "confidence: sure")
    text = text.replace("    title: Minutes a day\n", "")
    _, found = examine(text, "several.yaml")
    assert [error.line for error in found] == sorted(error.line for error in found)
    assert [error.said.split(" is ")[0] for error in found] == ["`polcy`", "`title`", "`sure`"]


def test_a_book_comes_in_whole() -> None:
    (rule,) = parse(GOOD, "good.yaml")
    assert (rule.id, rule.layer, rule.place, rule.kind, rule.book) == (
        "test.total",
        Layer.POLICY,
        "CA",
        Kind.BOUND,
        "test.day",
    )
    assert rule.ways == frozenset({Way.DISTANCE})
    first, second = rule.clauses
    assert (first.first, first.last, second.last) == (date(2020, 7, 1), date(2021, 6, 30), None)
    assert first.at_least is not None
    assert [first.at_least.for_(grade) for grade in ("TK", "K", "3", "12")] == [None, 180, 230, 240]
    assert first.cite.source == "A source, section 1"
    assert (first.confidence, first.checked) == (Confidence.VERIFIED, date(2026, 11, 21))
    assert (first.file, first.line, second.line) == ("good.yaml", 12, 19)
    assert first.id == "test.total@2020-07-01"


def test_clauses_may_stand_in_any_order_in_the_file() -> None:
    first = GOOD.index("      - from: 2020")
    second = GOOD.index("      - from: 2021")
    turned = GOOD[:first] + GOOD[second:] + GOOD[first:second]
    (rule,) = parse(turned, "turned.yaml")
    assert [clause.first.year for clause in rule.clauses] == [2020, 2021]


def test_a_gap_that_is_said_with_its_reason_is_kept_and_told_when_asked() -> None:
    text = GOOD.replace("until: 2021-06-30", "until: 2021-05-31").replace(
        "      - from: 2021-07-01",
        "      - {from: 2021-06-01, until: 2021-06-30, nothing: true, note: schools were closed}\n"
        "      - from: 2021-07-01",
    )
    (rule,) = parse(text, "gap.yaml")
    assert [silence.reason for silence in rule.silences] == ["schools were closed"]
    assert rule.on(date(2021, 6, 15)) is None
    with pytest.raises(NotInForce, match="schools were closed"):
        Rulebook((rule,)).clause("test.total", date(2021, 6, 15))


def test_times_of_day_are_written_as_a_clock_or_as_minutes() -> None:
    text = (
        GOOD.replace("total_minutes", "day_start")
        .replace("unit: minutes", "unit: minute_of_day")
        .replace("{K: 180, 1-3: 230, 4-12: 240}", '"08:30"')
        .replace("{K: 200, 1-12: 250}", "510")
    )
    (rule,) = parse(text, "clock.yaml")
    assert [clause.at_least.flat for clause in rule.clauses if clause.at_least] == [510, 510]


def test_a_clock_is_no_number_of_minutes() -> None:
    with pytest.raises(RulebookError, match="no number of minutes"):
        parse(GOOD.replace("K: 180", 'K: "03:00"'), "clock.yaml")


def test_guidance_may_advise_without_a_number_where_a_note_says_what() -> None:
    silent = GOOD.replace("        at_least: {K: 200, 1-12: 250}\n", "        note: Keep it short.\n")
    (rule,) = parse(silent.replace("layer: policy", "layer: guidance"), "guidance.yaml")
    assert rule.clauses[1].at_least is None
    with pytest.raises(RulebookError, match="limits nothing"):
        parse(silent, "policy.yaml")


def test_the_same_rule_in_two_files_is_refused_and_both_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text(GOOD.replace("book: test.day", "book: test.other"))
    with pytest.raises(RulebookError) as caught:
        load([tmp_path])
    assert caught.value.file.endswith("b.yaml")
    assert caught.value.clause == "test.total"
    assert str(tmp_path / "a.yaml") in caught.value.said


def test_the_same_book_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text(GOOD.replace("rule: test.total", "rule: test.other"))
    (error,) = problems([tmp_path])
    assert "test.day" in error.said


def test_a_path_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="check the path"):
        load([tmp_path / "nowhere.yaml"])


def test_a_folder_without_books_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="no rulebook"):
        load([tmp_path])


def test_a_book_with_the_wrong_ending_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(GOOD)
    with pytest.raises(RulebookError, match="rename it"):
        load([tmp_path])


def test_a_book_longer_than_any_book_is_refused() -> None:
    with pytest.raises(RulebookError, match="split it"):
        parse(GOOD + "#" * 1_000_001, "long.yaml")


KINDS = (HERE / "good_kinds.yaml").read_text()


def test_a_deadline_comes_in_with_its_two_events_its_count_and_its_time() -> None:
    rule, _ = parse(KINDS, "kinds.yaml")
    assert (rule.kind, rule.unit, rule.after, rule.due) == (
        Kind.DEADLINE,
        "calendar_days",
        "emergency",
        "contact",
    )
    (clause,) = rule.clauses
    assert (clause.within, clause.unless) == (5, ("short_study", "rural"))


def test_a_trigger_comes_in_with_its_limbs_its_senses_and_its_steps() -> None:
    _, rule = parse(KINDS, "kinds.yaml")
    first, second = rule.clauses
    assert first.limbs == (
        Limb("live_meetings", Period.WEEK, over=3),
        Limb("live_share", Period.WEEK, reaches=60),
    )
    assert [(sense.name, sense.limbs) for sense in first.senses] == [
        ("either", (0, 1)),
        ("meetings_alone", (0,)),
    ]
    assert first.then == ("verify_contacts", "notify_parent", "outreach")
    assert (second.limbs[0].period, second.senses) == (Period.MONTH, ())


def test_a_bound_may_not_bind_in_named_circumstances() -> None:
    text = GOOD.replace("at_least: {K: 200", "unless: double_session\n        at_least: {K: 200")
    (rule,) = parse(text, "unless.yaml")
    assert [clause.unless for clause in rule.clauses] == [(), ("double_session",)]
