"""The 25 rules of California: the table in the rulebooks' README names rules for each and omits none."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest

from schoolday.files.rulebooks import load, shelf
from schoolday.rules import Layer

ROW = re.compile(r"^\| (R\d\d) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
TABLE = {
    number: re.findall(r"`([^`]+)`", ids)
    for number, _, ids, _ in ROW.findall((shelf() / "README.md").read_text())
}
RULES = {rule.id: rule for rule in load().rules}


def test_the_table_has_the_25_numbers() -> None:
    assert list(TABLE) == [f"R{number:02}" for number in range(1, 26)]


@pytest.mark.parametrize("number", TABLE)
def test_each_number_has_a_rule_and_names_none_that_is_not_there(number: str) -> None:
    assert TABLE[number]
    for pattern in TABLE[number]:
        assert any(fnmatchcase(rule_id, pattern) for rule_id in RULES), pattern


def test_every_rule_of_law_or_order_stands_under_one_number() -> None:
    for rule_id, rule in RULES.items():
        if rule.layer in (Layer.LAW, Layer.ORDER):
            found = [
                number for number, names in TABLE.items() if any(fnmatchcase(rule_id, name) for name in names)
            ]
            assert len(found) == 1, (rule_id, found)
