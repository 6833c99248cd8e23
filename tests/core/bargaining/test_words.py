"""Changes of text, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from table_cases import maple, rulebook, table

from schoolday.bargaining.words import Edit, Piece, changes, compare, texts

TEXTS = st.lists(st.sampled_from(["live", "Live", "180", "minutes", "a", "day", "day."]), max_size=12).map(
    " ".join
)


def _words(pieces: tuple[Piece, ...], *edits: Edit) -> list[str]:
    return [word for piece in pieces if piece.edit in edits for word in piece.words]


def test_a_changed_word_is_removed_and_added_and_the_rest_stays() -> None:
    pieces = compare("At least 252 minutes a day", "At least 180 minutes a day")
    assert [(piece.edit, piece.text) for piece in pieces] == [
        (Edit.SAME, "At least"),
        (Edit.REMOVED, "252"),
        (Edit.ADDED, "180"),
        (Edit.SAME, "minutes a day"),
    ]


def test_articles_are_compared_by_their_key_in_the_order_of_the_newer_version() -> None:
    found = changes(maple().version("offer/1"), maple().version("offer/2"), rulebook())
    assert [one.key for one in found] == ["1", "3", "2"]
    first, new, gone = found
    assert _words(first.pieces, Edit.REMOVED) == ["three"]
    assert {piece.edit for piece in new.pieces} == {Edit.ADDED}
    assert {piece.edit for piece in gone.pieces} == {Edit.REMOVED}


def test_where_a_version_has_no_text_its_clauses_stand_for_it_grade_by_grade() -> None:
    found = changes(table().version("district/1"), table().version("district-plan/1"), rulebook())
    totals = [one for one in found if one.key.startswith("total_minutes")]
    assert all(one.told for one in found)
    assert [_words(one.pieces, Edit.REMOVED)[0] for one in totals] == ["252", "252", "272", "278", "295"]
    assert [_words(one.pieces, Edit.ADDED)[0] for one in totals] == ["180", "230", "240", "240", "240"]
    assert texts(table().version("district/2"), rulebook()) == {}


@given(TEXTS, TEXTS)
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert _words(pieces, Edit.SAME, Edit.REMOVED) == old.split()
    assert _words(pieces, Edit.SAME, Edit.ADDED) == new.split()
    assert all(piece.words for piece in pieces)


@given(TEXTS)
def test_a_text_compared_with_itself_has_no_change(text: str) -> None:
    assert all(piece.edit is Edit.SAME for piece in compare(text, f" {text}\n"))


def test_a_version_that_nobody_has_read_removes_no_words() -> None:
    for before, after in (("district/1", "district/2"), ("district/2", "district-plan/1")):
        assert changes(table().version(before), table().version(after), rulebook()) == ()
