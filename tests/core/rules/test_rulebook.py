"""The rulebook: what stands on a date, what is refused, and what a what-if changes and cannot change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_cases import clause, rule

from schoolday.ground.errors import NotInForce
from schoolday.rules import BINDING, Kind, Layer, Period, Rulebook, Way

DAY = date(2020, 9, 8)
CA = frozenset({"CA"})
HERE = frozenset({"CA", "ca-scusd"})

LAW = rule("law.live", clause("law.live", at_least=60))
POLICY = rule(
    "board.live",
    clause("board.live", at_least=180),
    layer=Layer.POLICY,
    place="ca-scusd",
    book="board",
)
OFFER = rule(
    "offer.live",
    clause("offer.live", at_least=120),
    layer=Layer.PROPOSAL,
    place="ca-scusd",
    book="offer",
)
ADVICE = rule("advice.live", clause("advice.live", at_most=30), layer=Layer.GUIDANCE)
BOOK = Rulebook((LAW, POLICY, OFFER, ADVICE))


def test_a_rule_asked_for_outside_its_dates_is_refused_in_words() -> None:
    with pytest.raises(NotInForce) as caught:
        BOOK.clause("law.live", date(2026, 9, 8))
    said = str(caught.value)
    assert "law.live is not in force on 2026-09-08" in said
    assert "from 2020-07-01 to 2021-06-30" in said
    assert "judged by other rules" in said


@given(st.dates(date(2019, 1, 1), date(2023, 1, 1)))
@settings(deadline=None)
def test_a_clause_answers_exactly_within_its_dates(day: date) -> None:
    inside = date(2020, 7, 1) <= day <= date(2021, 6, 30)
    assert (LAW.on(day) is not None) == inside
    assert bool(Rulebook((LAW,)).on(day, CA).pairs) == inside


def test_the_first_and_the_last_date_are_both_in_force() -> None:
    assert LAW.on(date(2020, 7, 1)) is LAW.on(date(2021, 6, 30)) is LAW.clauses[0]
    assert LAW.on(date(2020, 6, 30)) is LAW.on(date(2021, 7, 1)) is None


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(KeyError, match=r"law\.lives"):
        BOOK.rule("law.lives")


def test_only_rules_of_the_place_stand() -> None:
    assert [pair[0].id for pair in BOOK.on(DAY, CA).pairs] == ["law.live"]
    assert [pair[0].id for pair in BOOK.on(DAY, HERE).pairs] == ["law.live", "board.live"]
    assert BOOK.on(DAY, frozenset({"ca-sanjuan"})).pairs == ()


def test_a_proposal_never_stands_unless_it_is_adopted() -> None:
    assert Layer.PROPOSAL not in BINDING
    assert BOOK.on(DAY, HERE).limit("live_minutes").low == 180
    assert BOOK.adopt("offer").on(DAY, HERE).limit("live_minutes").low == 120


def test_guidance_never_binds_even_where_it_is_asked_for() -> None:
    standing = BOOK.on(DAY, HERE, BINDING | {Layer.GUIDANCE})
    assert "advice.live" in {pair[0].id for pair in standing.pairs}
    limit = standing.limit("live_minutes")
    assert limit.high is None
    assert "advice.live@2020-07-01" not in limit.clauses


def test_the_law_stays_when_a_proposal_below_it_is_adopted() -> None:
    low = rule("cheap", clause("cheap", at_least=10), layer=Layer.PROPOSAL, place="ca-scusd", book="cheap")
    adopted = Rulebook((LAW, POLICY, low)).adopt("cheap")
    limit = adopted.on(DAY, HERE).limit("live_minutes")
    assert limit.low == 60
    assert limit.low_bound is not None
    assert limit.low_bound.rule.layer is Layer.LAW


def test_adopting_takes_the_place_of_policy_on_the_same_measure_and_place_only() -> None:
    lunch = rule(
        "board.lunch",
        clause("board.lunch", at_least=30),
        measure="lunch_minutes",
        layer=Layer.POLICY,
        place="ca-scusd",
    )
    elsewhere = rule("other", clause("other", at_least=99), layer=Layer.POLICY, place="ca-sanjuan")
    agreed = rule("agreed", clause("agreed", at_most=200), layer=Layer.AGREEMENT, place="ca-scusd")
    ids = {one.id for one in Rulebook((*BOOK.rules, lunch, elsewhere, agreed)).adopt("offer").rules}
    assert ids == {"law.live", "advice.live", "offer.live", "board.lunch", "other", "agreed"}


def test_only_a_proposal_can_be_adopted() -> None:
    with pytest.raises(ValueError, match="no proposal"):
        BOOK.adopt("board")
    with pytest.raises(KeyError, match="nothing"):
        BOOK.adopt("nothing")


def test_a_what_if_leaves_the_book_it_came_from_as_it_was() -> None:
    before = BOOK.rules
    BOOK.adopt("offer")
    BOOK.with_([rule("law.live", clause("law.live", at_least=1))])
    BOOK.without(frozenset({"law.live@2020-07-01"}))
    assert BOOK.rules == before


def test_an_overlay_stands_instead_of_the_rule_of_the_same_id() -> None:
    more = rule("law.live", clause("law.live", at_least=200))
    assert BOOK.with_([more]).on(DAY, HERE).limit("live_minutes").low == 200
    assert len(BOOK.with_([more]).rules) == len(BOOK.rules)


def test_a_clause_taken_out_no_longer_binds_and_is_refused() -> None:
    book = BOOK.without(frozenset({"board.live@2020-07-01"}))
    assert book.on(DAY, HERE).limit("live_minutes").low == 60
    with pytest.raises(NotInForce, match="never"):
        book.clause("board.live", DAY)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=6))
@settings(deadline=None)
def test_the_limit_is_the_tightest_of_all_and_names_everyone_who_speaks(pairs: list[tuple[int, int]]) -> None:
    rules = [
        rule(f"r{number}", clause(f"r{number}", at_least=low, at_most=high))
        for number, (low, high) in enumerate(pairs)
    ]
    limit = Rulebook(tuple(rules)).on(DAY, CA).limit("live_minutes")
    assert (limit.low, limit.high) == (max(low for low, _ in pairs), min(high for _, high in pairs))
    assert len(limit.clauses) == len(pairs)
    assert limit.possible == (limit.low <= limit.high)


def test_a_grade_that_a_clause_is_silent_on_has_no_limit() -> None:
    book = Rulebook((rule("k", clause("k", at_least={"K": 90})),))
    assert book.on(DAY, CA).limit("live_minutes", grade="K").low == 90
    assert book.on(DAY, CA).limit("live_minutes", grade="1").low is None
    assert book.on(DAY, CA).limit("live_minutes").low is None


def test_a_rule_binds_its_own_ways_and_period_only() -> None:
    weekly = rule("w", clause("w", at_least=5), period=Period.WEEK, ways=frozenset({Way.DISTANCE}))
    standing = Rulebook((weekly,)).on(DAY, CA)
    assert standing.limit("live_minutes", period=Period.WEEK).low == 5
    assert standing.limit("live_minutes").low is None
    assert standing.limit("live_minutes", way=Way.IN_PERSON, period=Period.WEEK).low is None


def test_a_rule_of_day_kind_says_what_the_date_is_and_no_other_date() -> None:
    free = rule(
        "free", clause("free", DAY, DAY, day_kind="preparation"), kind=Kind.DAY_KIND, measure="", unit=""
    )
    book = Rulebook((LAW, free))
    found = book.on(DAY, CA).day_kind()
    assert found is not None
    assert found[1].day_kind == "preparation"
    assert book.on(DAY + timedelta(days=1), CA).day_kind() is None
