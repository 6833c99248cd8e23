"""The loader of rulebooks: what it takes, what it refuses; its zoo of broken books is in test_rule_zoo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from schoolday.files.rulebooks import examine, load, parse, problems
from schoolday.ground.errors import NotInForce, RulebookError
from schoolday.rules import Confidence, Kind, Layer, Limb, Period, Rulebook, Way

HERE = Path(__file__).parent
GOOD = (HERE / "good.yaml").read_text()
KINDS = (HERE / "good_kinds.yaml").read_text()


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
