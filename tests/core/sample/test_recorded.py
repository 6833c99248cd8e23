"""A made-up year of records."""

from __future__ import annotations

import numpy as np

from schoolday.files.rulebooks import load
from schoolday.measures.verdict import Found
from schoolday.measures.year import audit
from schoolday.rules import Layer
from schoolday.rules.rule import Period
from schoolday.sample.recorded import recorded, school_year_of

RULES = [rule for rule in load().rules if rule.layer in (Layer.LAW, Layer.ORDER)]
KEY = ("total_minutes", Period.DAY)


def test_the_same_seed_makes_the_same_records_and_another_seed_others() -> None:
    calendar = school_year_of(2026)
    one, again, other = (recorded(RULES, calendar, 40, seed).values[KEY] for seed in (1, 1, 2))
    assert np.array_equal(one, again, equal_nan=True)
    assert not np.array_equal(one, other, equal_nan=True)


def test_a_year_has_180_days_and_every_rule_in_force_finds_records() -> None:
    year = recorded(RULES, school_year_of(2026), 30, 1)
    assert len(year.ends(Period.DAY)) == 180
    assert [one.rule.id for one in audit(RULES, [year], year.calendar.last) if one.unrecorded] == []


def test_most_records_keep_the_minimum_day_some_break_it_and_some_are_unknown() -> None:
    year = recorded(RULES, school_year_of(2026), 300, 1)
    (found,) = audit(
        [rule for rule in RULES if rule.id == "ca.minimum_day.elementary"], [year], year.calendar.last
    )
    assert found.counts[Found.MET] > found.counts[Found.BROKEN] > 0
    assert found.counts[Found.UNVERIFIED] > 0
