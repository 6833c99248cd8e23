"""An assessment goes into an entry's words and comes out again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schoolday.ledger.assessed import Assessed, of_detail

WORDS = (
    st.text("ab ;:,1/20é\n", min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
)


@given(WORDS, st.one_of(st.just(""), WORDS), st.one_of(st.just(""), WORDS))
def test_what_was_written_is_read_again_but_for_semicolons(title: str, result: str, giver: str) -> None:
    told = of_detail(Assessed(title, result, giver).detail)
    assert told == Assessed(*(text.replace(";", ",") for text in (title, result, giver)))


def test_words_of_another_make_are_a_title() -> None:
    assert of_detail("iReady, winter") == Assessed("iReady, winter")
