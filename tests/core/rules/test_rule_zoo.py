"""A zoo of broken books: one mistake a file, with the line, the clause and the words of each refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolday.files.rulebooks import load, problems
from schoolday.ground.errors import RulebookError

HERE = Path(__file__).parent

ZOO: dict[str, tuple[int, str, tuple[str, ...]]] = {
    # file: line, clause, words that the refusal must hold
    "a_list": (1, "", ("block of keys", "`book:`")),
    "after_in_a_bound": (
        10,
        "test.total",
        ("only a rule with `kind: deadline` has `after`", "mend the kind"),
    ),
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
    "deadline_after_itself": (11, "test.contact", ("`emergency` starts the clock", "name two events")),
    "deadline_unknown_due": (11, "test.contact", ("`contacts` is no event", "did you mean `contact`?")),
    "deadline_unknown_event": (10, "test.contact", ("`emergancy` is no event", "did you mean `emergency`?")),
    "deadline_unknown_unit": (
        9,
        "test.contact",
        ("`calender_days` is no unit of a deadline", "did you mean `calendar_days`?"),
    ),
    "deadline_with_a_bound": (
        15,
        "test.contact@2025-07-01",
        ("only a rule with `kind: bound` has `at_most`",),
    ),
    "deadline_with_a_measure": (
        10,
        "test.contact",
        ("only a rule with `kind: bound` has `measure`", "deadline"),
    ),
    "deadline_with_a_period": (10, "test.contact", ("only a rule with `kind: bound` has `period`",)),
    "deadline_with_then": (15, "test.contact@2025-07-01", ("only a rule with `kind: trigger` has `then`",)),
    "deadline_without_after": (6, "test.contact", ("`after` is missing", "starts the clock", "emergency")),
    "deadline_without_due": (6, "test.contact", ("`due` is missing", "contact")),
    "deadline_without_unit": (6, "test.contact", ("`unit` is missing", "calendar_days", "hours")),
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
    "limb_not_a_number": (27, "test.reach@2020-07-01", ("`three` is no number of meetings",)),
    "limb_reaches_nothing": (28, "test.reach@2020-07-01", ("everything reaches 0", "`over: 0`")),
    "limb_too_large": (28, "test.reach@2020-07-01", ("160 is more than 100",)),
    "limb_unknown_key": (
        27,
        "test.reach@2020-07-01",
        ("`above` is no key here", "did you mean `over`?", "reaches"),
    ),
    "limb_unknown_measure": (
        27,
        "test.reach@2020-07-01",
        ("`live_meeting` is no measure", "did you mean `live_meetings`?"),
    ),
    "limb_unknown_period": (27, "test.reach@2020-07-01", ("`weak` is no period", "did you mean `week`?")),
    "limb_with_both": (27, "test.reach@2020-07-01", ("both `over` and `reaches`", "keep one")),
    "limb_with_none": (27, "test.reach@2020-07-01", ("no number", "`over`", "`reaches`")),
    "limb_without_measure": (27, "test.reach@2020-07-01", ("`measure` is missing",)),
    "limb_without_period": (27, "test.reach@2020-07-01", ("`period` is missing", "school_month")),
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
    "sense_bad_name": (30, "test.reach@2020-07-01", ("`Either of them` is no id",)),
    "sense_limb_twice": (30, "test.reach@2020-07-01", ("limb 1 stands here twice",)),
    "sense_named_twice": (31, "test.reach@2020-07-01", ("called `either` already", "rename")),
    "sense_of_limb_zero": (30, "test.reach@2020-07-01", ("no limb 0", "from 1 to 2")),
    "sense_of_no_limb": (30, "test.reach@2020-07-01", ("no limb 3", "from 1 to 2")),
    "sense_of_no_number": (30, "test.reach@2020-07-01", ("no limb first", "from 1 to 2")),
    "sense_unknown_key": (30, "test.reach@2020-07-01", ("`why` is no key here", "note")),
    "sense_without_limbs": (30, "test.reach@2020-07-01", ("`limbs` is missing", "[1, 2]")),
    "sense_without_name": (30, "test.reach@2020-07-01", ("`name` is missing", "district chooses")),
    "sense_without_note": (30, "test.reach@2020-07-01", ("`either` needs a `note`",)),
    "senses_alike": (31, "test.reach@2020-07-01", ("same limbs as `either`", "change or remove")),
    "senses_with_one_limb": (28, "test.reach@2020-07-01", ("one limb", "take `senses` out")),
    "senses_with_one_sense": (29, "test.reach@2020-07-01", ("nothing to choose", "write a second")),
    "tab": (8, "", ("tab", "use spaces")),
    "tag": (3, "", ("tags",)),
    "title_is_a_list": (2, "", ("`title` must be text",)),
    "too_deep": (1, "", ("levels deep",)),
    "too_large": (14, "test.total@2020-07-01", ("999999", "100000")),
    "trigger_step_twice": (32, "test.reach@2020-07-01", ("`outreach` stands here twice",)),
    "trigger_unknown_step": (
        32,
        "test.reach@2020-07-01",
        ("`verify_contact` is no step", "did you mean `verify_contacts`?"),
    ),
    "trigger_when_is_text": (26, "test.reach@2020-07-01", ("`when` must be a list", "dash")),
    "trigger_with_a_measure": (22, "test.reach", ("only a rule with `kind: bound` has `measure`", "trigger")),
    "trigger_with_a_unit": (22, "test.reach", ("`unit`", "the kind of this one is trigger")),
    "trigger_with_no_limb": (26, "test.reach@2020-07-01", ("`when` is an empty list", "at least one limb")),
    "trigger_with_within": (26, "test.reach@2020-07-01", ("only a rule with `kind: deadline` has `within`",)),
    "trigger_without_limbs": (24, "test.reach@2020-07-01", ("`when` is missing", "at least one limb")),
    "trigger_without_steps": (24, "test.reach@2020-07-01", ("`then` is missing", "verify_contacts")),
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
    "unless_empty": (15, "test.contact@2025-07-01", ("`unless` is an empty list", "leave it out")),
    "unless_in_nothing": (19, "test.contact@2026-01-01", ("no `unless`", "dates and a note")),
    "unless_twice": (15, "test.contact@2025-07-01", ("`rural` stands here twice",)),
    "unless_unknown": (
        15,
        "test.contact@2025-07-01",
        ("`rurel` is no circumstance", "did you mean `rural`?"),
    ),
    "until_before_from": (13, "test.total@2020-07-01", ("`until` 2019-06-30 is before `from` 2020-07-01",)),
    "when_in_a_bound": (20, "test.total@2021-07-01", ("only a rule with `kind: trigger` has `when`",)),
    "within_half": (14, "test.contact@2025-07-01", ("`2.5` must be a whole number of calendar_days",)),
    "within_in_a_bound": (20, "test.total@2021-07-01", ("only a rule with `kind: deadline` has `within`",)),
    "within_missing": (13, "test.contact@2025-07-01", ("`within` is missing", "calendar_days")),
    "within_negative": (14, "test.contact@2025-07-01", ("`-5` must be a whole number", "1 or more")),
    "within_too_long": (14, "test.contact@2025-07-01", ("`1001`", "1000 at most")),
    "within_words": (14, "test.contact@2025-07-01", ("`five` must be a whole number",)),
    "within_zero": (14, "test.contact@2025-07-01", ("`0` must be a whole number", "1 or more")),
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
