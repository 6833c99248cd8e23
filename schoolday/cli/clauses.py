"""Clauses as the terminal shows them: what each says, where it is written, and how sure we are of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schoolday.cli.output import say
from schoolday.rules import Clause, Kind, Limb, Rule, Rulebook
from schoolday.rules.events import STEPS
from schoolday.rules.tell import cited, tell, tell_sense


def clause_json(rule: Rule, clause: Clause) -> dict[str, object]:
    """Return a clause as plain values."""
    return {
        "clause": clause.id,
        "kind": rule.kind.value,
        "layer": rule.layer.value,
        "place": rule.place,
        "title": rule.title,
        "says": tell(rule, clause),
        "source": clause.cite.source,
        "href": clause.cite.href,
        "quote": clause.cite.quote,
        "confidence": clause.confidence.value,
        "checked": clause.checked,
        "from": clause.first,
        "until": clause.last,
        "note": clause.note,
        "unless": list(clause.unless),
        **_kind_json(rule, clause),
    }


def _kind_json(rule: Rule, clause: Clause) -> dict[str, object]:
    """Return what only clauses of some kinds have."""
    if rule.kind is Kind.DEADLINE:
        return {"after": rule.after, "due": rule.due, "within": clause.within, "unit": rule.unit}
    if rule.kind is Kind.TRIGGER:
        return {
            "when": [_limb_json(limb) for limb in clause.limbs],
            "senses": [
                {"name": one.name, "limbs": [place + 1 for place in one.limbs], "note": one.note}
                for one in clause.senses
            ],
            "then": list(clause.then),
        }
    return {}


def _limb_json(limb: Limb) -> dict[str, object]:
    return {
        "measure": limb.measure,
        "period": limb.period.value,
        "over": limb.over,
        "reaches": limb.reaches,
    }


def clause_lines(rule: Rule, clause: Clause) -> Iterator[str]:
    """Yield a clause in lines: what it says, how it may be read, source, words, note, and how sure we are."""
    yield f"{tell(rule, clause)}."
    yield from (f"  sense {tell_sense(clause, sense)}" for sense in clause.senses)
    yield from (f"  step {STEPS[step].noun}: {STEPS[step].said}" for step in clause.then)
    yield f"  {clause.cite.source} {clause.cite.href}".rstrip()
    for label, text in (("quote", clause.cite.quote), ("note", clause.note)):
        if text:
            yield f"  {label}: {text}"
    yield f"  {clause.confidence.value}; checked {clause.checked.isoformat()}; {clause.file}:{clause.line}"


NO_RULE = "from the roster or the school's grid, not from a rule"
"""The source of what limits a week and is no clause: a contract, a bell."""


def say_sources(rulebook: Rulebook, ids: Iterable[str]) -> None:
    """Print the clauses of some ids, each with its source; facts of the roster are said to be such."""
    for name, rule, clause in cited(rulebook, ids):
        if rule is None or clause is None:
            say(f"  {name}: {NO_RULE}")
            continue
        say(f"  {name} ({rule.layer.value}, {rule.place})")
        for line in clause_lines(rule, clause):
            say(f"    {line}")


def sources_json(rulebook: Rulebook, ids: Iterable[str]) -> list[dict[str, object]]:
    """Return the clauses of some ids as plain values."""
    return [
        clause_json(rule, clause)
        if rule is not None and clause is not None
        else {"clause": name, "source": NO_RULE}
        for name, rule, clause in cited(rulebook, ids)
    ]
