"""Deadlines in a book: which event starts the clock, which is due, and within how much time."""

from __future__ import annotations

from dataclasses import replace

from schoolday.calendar.counting import Count
from schoolday.files.rulebook.numbers import whole
from schoolday.files.rulebook.schema import ClauseBlock, RuleBlock, unknown
from schoolday.files.rulebook.yaml_tree import Loc, Say
from schoolday.rules.events import EVENTS
from schoolday.rules.rule import Clause, Layer

_LONGEST = 1000


def check_deadline(loc: Loc, block: RuleBlock, say: Say) -> None:
    """Say what is wrong with the events of a deadline, and with what it counts in."""
    units = list(Count)
    if not block.unit:
        say((*loc, "unit"), f"`unit` is missing; say what is counted: {', '.join(units)}")
    elif block.unit not in units:
        say((*loc, "unit"), unknown(block.unit, "unit of a deadline", units))
    _check_event((*loc, "after"), block.after, "name the event that starts the clock", say)
    _check_event((*loc, "due"), block.due, "name the event that is due", say)
    if block.after and block.after == block.due:
        said = f"`{block.due}` starts the clock and cannot also be what is due; name two events"
        say((*loc, "due"), said)


def fill_deadline(
    made: Clause, loc: Loc, clause: ClauseBlock, block: RuleBlock, layer: Layer, say: Say
) -> Clause:
    """Return a clause with the time that may pass."""
    if clause.within is None:
        say(loc, f"`within` is missing; write how many {block.unit or 'days'} may pass, such as 5")
        return made
    days = whole(clause.within, 1, _LONGEST)
    if days is None:
        said = f"`{clause.within}` must be a whole number of {block.unit or 'days'}"
        say((*loc, "within"), f"{said}, 1 or more and {_LONGEST} at most")
    return replace(made, within=float(days or 0))


def _check_event(loc: Loc, name: str, need: str, say: Say) -> None:
    if not name:
        say(loc, f"`{loc[-1]}` is missing; {need}: {', '.join(EVENTS)}")
    elif name not in EVENTS:
        say(loc, unknown(name, "event", EVENTS))
