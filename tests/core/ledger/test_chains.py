"""An entry and what corrects it are one chain, which ends in what counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from ledger_cases import entry

from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.standing import chains, standing


@st.composite
def corrected(draw: st.DrawFn) -> list[Entry]:
    """Entries of one pupil of which later ones may correct any earlier one, or withdraw it."""
    made: list[Entry] = []
    for number in range(draw(st.integers(0, 12))):
        named = draw(st.sampled_from(["", *(one.id for one in made)]))
        code = draw(st.sampled_from(["completed", WITHDRAWN])) if named else "completed"
        one = entry(f"e{number}", EntryKind.ASSESSED, code=code, corrects=named)
        made.append(replace(one, at=one.at + timedelta(minutes=number)))
    return made


@given(corrected())
def test_what_stands_is_the_last_of_a_chain_that_is_not_withdrawn(some: list[Entry]) -> None:
    ends = {one[-1].id for one in chains(some) if one[-1].code != WITHDRAWN}
    # Of two corrections of one entry the later counts; what corrected the other one counts for nothing.
    lost = {one.id for one in standing(some)} - ends
    assert ends <= {one.id for one in standing(some)}
    assert all(one.corrects for one in some if one.id in lost)


@given(corrected())
def test_each_entry_lies_in_one_chain_at_most_and_each_first_one_in_its_own(some: list[Entry]) -> None:
    found = chains(some)
    ids = [one.id for chain in found for one in chain]
    assert len(ids) == len(set(ids))
    assert [chain[0].id for chain in found] == [one.id for one in some if not one.corrects]
    assert all(after.corrects == one.id for chain in found for one, after in pairwise(chain))
