"""Laws of the loader: whatever comes in, rules come out or a refusal in words; never a traceback."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.files.rulebooks import examine, parse, problems, shelf
from schoolday.ground.errors import RulebookError
from schoolday.rules import Rulebook
from schoolday.rules.tell import tell

GOOD = (Path(__file__).parent / "good.yaml").read_text()
LINES = GOOD.splitlines(keepends=True)
SCRAPS = st.sampled_from(
    ["", "-", "{", "]", ": ", "'", '"', "&a ", "*a", "!!set", "|", ">-", "? ", "%YAML 9", "---", "\t", "#",
     "null", "~", "2020-13-01", "9" * 400, "1e9", "-1", "K-TK", "\u2028", "\x85", "\ufeff", "\ud800", "{K: }"]
)  # fmt: skip


def _answers(text: str) -> None:
    rules, errors = examine(text, "any.yaml")
    assert bool(rules) != bool(errors)
    for error in errors:
        assert error.said
        assert 0 <= error.line <= len(text.splitlines()) + 1
        str(error).encode()
    for rule in rules:
        for clause in rule.clauses:
            assert clause.cite.source
            assert tell(rule, clause)


@given(st.text(max_size=300))
@settings(deadline=None)
def test_any_text_gives_rules_or_a_refusal(text: str) -> None:
    _answers(text)


@given(st.text(alphabet="abc:-{}[],&*!|>'\"%@`? #\n\t\\x0U~", max_size=120))
@settings(deadline=None)
def test_any_text_of_yaml_signs_gives_rules_or_a_refusal(text: str) -> None:
    _answers(text)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_good_book_with_a_scrap_put_anywhere_gives_rules_or_a_refusal(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(GOOD)))
    cut = data.draw(st.integers(0, 30))
    _answers(GOOD[:place] + data.draw(SCRAPS) + GOOD[place + cut :])


@given(st.lists(st.sampled_from(LINES), max_size=30))
@settings(deadline=None)
def test_the_lines_of_a_good_book_in_any_order_give_rules_or_a_refusal(lines: list[str]) -> None:
    _answers("".join(lines))


@given(st.sampled_from(range(len(LINES))))
@settings(deadline=None)
def test_a_line_taken_out_is_missed_or_was_free_to_leave_out(number: int) -> None:
    text = "".join(LINES[:number] + LINES[number + 1 :])
    rules, _ = examine(text, "short.yaml")
    free = LINES[number].strip().startswith(("ways:",))
    assert bool(rules) == free


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(-1, 12)),
        min_size=1,
        max_size=5,
        unique_by=lambda row: row[0],
    )
)
@settings(max_examples=300, deadline=None)
def test_dates_are_taken_exactly_where_each_clause_begins_the_day_after_the_last_ends(
    rows: list[tuple[int, int]],
) -> None:
    zero = date(2020, 7, 1)
    dated = [(zero + timedelta(days=first), zero + timedelta(days=first + length)) for first, length in rows]
    text = GOOD[: GOOD.index("      - from")] + "".join(
        f"      - {{from: {first}, until: {last}, at_least: 1, cite: {{source: a}}, "
        "confidence: memory, checked: 2026-11-21}\n"
        for first, last in dated
    )
    ordered = sorted(dated)
    whole = all(first <= last for first, last in ordered) and all(
        before[1] + timedelta(days=1) == after[0] for before, after in pairwise(ordered)
    )
    rules, _ = examine(text, "dates.yaml")
    assert bool(rules) == whole


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_bytes_in_a_file_give_rules_or_a_refusal(given_bytes: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any.yaml"
        path.write_bytes(given_bytes)
        assert problems([path])


def test_the_order_of_rules_does_not_change_what_stands() -> None:
    text = (shelf() / "policy" / "ca-scusd-demo" / "day.yaml").read_text()
    head, *rules = text.split("  - rule:")
    before = Rulebook(parse(text, "a.yaml"))
    rules.reverse()
    after = Rulebook(parse(head + "".join("  - rule:" + rule for rule in rules), "b.yaml"))
    day, place = before.rules[0].clauses[0].first, frozenset({"ca-scusd-demo"})
    limits = [
        [book.on(day, place).limit(rule.measure, grade="K") for rule in before.rules]
        for book in (before, after)
    ]
    assert [(one.low, one.high) for one in limits[0]] == [(one.low, one.high) for one in limits[1]]


def test_a_refusal_is_a_refusal_and_nothing_else() -> None:
    with pytest.raises(RulebookError):
        parse("{" * 100_000, "deep.yaml")
