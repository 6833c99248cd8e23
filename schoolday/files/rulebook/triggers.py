"""Triggers in a book: the limbs, the ways to read them, and the steps that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from schoolday.files.rulebook.numbers import number, whole
from schoolday.files.rulebook.schema import ClauseBlock, LimbBlock, RuleBlock, SenseBlock, unknown
from schoolday.files.rulebook.yaml_tree import Loc, Say
from schoolday.rules.events import STEPS
from schoolday.rules.measures import MEASURES
from schoolday.rules.rule import Clause, Layer, Limb, Sense


def fill_trigger(
    made: Clause, loc: Loc, clause: ClauseBlock, block: RuleBlock, layer: Layer, say: Say
) -> Clause:
    """Return a clause with its limbs, its senses and its steps."""
    if clause.when is None:
        say(loc, "`when` is missing; a trigger has at least one limb: {measure, period, over or reaches}")
    if clause.then is None:
        say(loc, f"`then` is missing; name the steps that follow: {', '.join(STEPS)}")
    limbs = [_limb((*loc, "when", place), limb, say) for place, limb in enumerate(clause.when or ())]
    check_names((*loc, "then"), clause.then or (), "step", STEPS, say)
    senses = _senses((*loc, "senses"), clause.senses or [], len(limbs), say)
    return replace(made, limbs=tuple(limbs), senses=senses, then=tuple(clause.then or ()))


def check_names(loc: Loc, names: Iterable[str], what: str, known: Mapping[str, object], say: Say) -> None:
    """Say which names of a list are unknown or stand in it twice."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name not in known:
            say((*loc, place), unknown(name, what, known))
        elif name in seen:
            say((*loc, place), f"`{name}` stands here twice; keep one of them")
        seen.add(name)


def _limb(loc: Loc, limb: LimbBlock, say: Say) -> Limb:
    if (limb.over is None) == (limb.reaches is None):
        both = "it has both `over` and `reaches`; keep one"
        none = "it has no number; write `over` (more than it) or `reaches` (it or more)"
        say(loc, none if limb.over is None else both)
    if limb.measure not in MEASURES:
        say((*loc, "measure"), unknown(limb.measure, "measure", MEASURES))
        return Limb(limb.measure, limb.period, over=0.0)
    unit = MEASURES[limb.measure].unit
    over = None if limb.over is None else number((*loc, "over"), limb.over, unit, say)
    reaches = None if limb.reaches is None else number((*loc, "reaches"), limb.reaches, unit, say)
    if limb.reaches is not None and reaches == 0:
        say((*loc, "reaches"), "everything reaches 0; write a larger number, or `over: 0`")
    return Limb(limb.measure, limb.period, over, reaches)


def _senses(loc: Loc, blocks: list[SenseBlock], limbs: int, say: Say) -> tuple[Sense, ...]:
    if blocks and limbs == 1:
        say(loc, "one limb can be read in one way only; take `senses` out, or write the other limbs")
        return ()
    if len(blocks) == 1:
        say(loc, "one sense leaves nothing to choose; write a second, or take `senses` out")
    found = [_sense((*loc, place), block, limbs, say) for place, block in enumerate(blocks)]
    for place, sense in enumerate(found):
        for other in found[:place]:
            _check_apart((*loc, place), sense, other, say)
    return tuple(found)


def _check_apart(loc: Loc, sense: Sense, other: Sense, say: Say) -> None:
    if sense.name == other.name:
        say((*loc, "name"), f"a sense is called `{sense.name}` already; rename one")
    elif sense.limbs and set(sense.limbs) == set(other.limbs):
        say((*loc, "limbs"), f"`{sense.name}` counts the same limbs as `{other.name}`; change or remove one")


def _sense(loc: Loc, block: SenseBlock, limbs: int, say: Say) -> Sense:
    if not block.note:
        say(loc, f"the sense `{block.name}` needs a `note` that says why one may read it so")
    places: list[int] = []
    for place, text in enumerate(block.limbs):
        which = whole(text, 1, limbs)
        if which is None:
            say((*loc, "limbs", place), f"there is no limb {text}; they are numbered from 1 to {limbs}")
        elif which - 1 in places:
            say((*loc, "limbs", place), f"limb {text} stands here twice; keep one of them")
        else:
            places.append(which - 1)
    # Where a limb is wrong the sense is not compared with the others: one mistake is told once.
    return Sense(block.name, tuple(places) if len(places) == len(block.limbs) else (), block.note)
