"""The vocabulary of terms."""

from __future__ import annotations

import pytest
from table_cases import maple, table

from schoolday.bargaining.terms import TERMS, said


def test_every_term_is_a_choice_or_a_number_with_a_unit() -> None:
    for name, term in TERMS.items():
        assert name == term.name
        assert bool(term.choices) != bool(term.unit), name
        assert term.said.endswith("."), name


@pytest.mark.parametrize(
    ("name", "value"), [(one.name, value) for one in TERMS.values() for value in one.choices]
)
def test_every_choice_has_words(name: str, value: str) -> None:
    assert said(name, value) == TERMS[name].choices[value]


def test_a_number_is_told_with_its_unit() -> None:
    assert said("live_per_course", 15.0) == "15 minutes"


def test_documents_say_only_what_the_vocabulary_has() -> None:
    for here in (table(), maple()):
        for stance in (one for row in here.proposals for version in row.versions for one in version.stances):
            assert said(stance.term, stance.value)
