"""Bounds in a book: the measure and unit of the rule, the limits and averages of its clauses."""

from __future__ import annotations

from dataclasses import replace

from schoolday.files.rulebook.numbers import amount, check_order, whole
from schoolday.files.rulebook.schema import ClauseBlock, RuleBlock, unknown
from schoolday.files.rulebook.yaml_tree import Loc, Say
from schoolday.rules.measures import MEASURES, UNITS
from schoolday.rules.rule import Clause, Layer

_LONGEST_AVERAGE = 366


def check_bound(loc: Loc, block: RuleBlock, say: Say) -> None:
    """Say what is wrong with the measure and the unit of a bound."""
    if block.measure not in MEASURES:
        said = unknown(block.measure, "measure", MEASURES) if block.measure else "`measure` is missing"
        say((*loc, "measure"), said)
    elif block.unit != (unit := MEASURES[block.measure].unit):
        said = f"`{block.measure}` is counted in {unit}; write `unit: {unit}`"
        known = block.unit in UNITS or not block.unit
        say((*loc, "unit"), said if known else f"{unknown(block.unit, 'unit', UNITS)}; {said}")


def fill_bound(
    made: Clause, loc: Loc, clause: ClauseBlock, block: RuleBlock, layer: Layer, say: Say
) -> Clause:
    """Return a clause with its limits."""
    silent = clause.at_least is None and clause.at_most is None
    if silent and not (layer is Layer.GUIDANCE and clause.note):
        say(loc, "it limits nothing; write `at_least` or `at_most` (guidance may have a note alone)")
    unit = MEASURES[block.measure].unit if block.measure in MEASURES else "minutes"
    low = amount((*loc, "at_least"), clause.at_least, unit, say)
    high = amount((*loc, "at_most"), clause.at_most, unit, say)
    floor = amount((*loc, "no_day_under"), clause.no_day_under, unit, say)
    check_order((*loc, "at_most"), low, high, "`at_least` is more than `at_most`", say)
    check_order((*loc, "no_day_under"), floor, low, "`no_day_under` is more than `at_least`", say)
    days = _average(loc, clause, say)
    return replace(made, at_least=low, at_most=high, average_over=days, no_day_under=floor)


def _average(loc: Loc, clause: ClauseBlock, say: Say) -> int | None:
    if clause.average_over is None:
        if clause.no_day_under is not None:
            say((*loc, "no_day_under"), "`no_day_under` needs an `average_over` beside it")
        return None
    if clause.at_least is None:
        say((*loc, "average_over"), "`average_over` needs an `at_least` beside it")
    days = whole(clause.average_over, 2, _LONGEST_AVERAGE)
    if days is None:
        said = f"`{clause.average_over}` must be a whole number of school days, 2 or more"
        say((*loc, "average_over"), f"{said} and {_LONGEST_AVERAGE} at most")
    return days
