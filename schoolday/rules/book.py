"""Rulebook: all the rules, and the question which of them stand on a date in a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from schoolday.ground.errors import NotInForce
from schoolday.rules.rule import BINDING, Clause, Layer, Rule
from schoolday.rules.standing import Standing

Place = frozenset[str]
"""The places a school lies in, from state to district: ``frozenset({"CA", "ca-scusd"})``."""


@dataclass(frozen=True)
class Rulebook:
    """An immutable set of rules; a what-if is an overlay on it, never a copy of its files."""

    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """Return a rule by id; KeyError in words if there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(f"no rule is called {rule_id!r}; `schoolday rules list` shows those there are")

    def clause(self, rule_id: str, day: date) -> Clause:
        """Return the clause of a rule that stands on a date.

        Raises
        ------
        NotInForce
            If none does: an earlier or later wording is never used in its place.
        """
        rule = self.rule(rule_id)
        found = rule.on(day)
        if found is None:
            raise NotInForce(rule_id, day, _when(rule, day))
        return found

    def on(self, day: date, place: Place, layers: frozenset[Layer] = BINDING) -> Standing:
        """Return the rules standing on a date in a place, in the layers asked for."""
        there = (rule for rule in self.rules if rule.place in place and rule.layer in layers)
        pairs = ((rule, rule.on(day)) for rule in there)
        return Standing(day, tuple((rule, clause) for rule, clause in pairs if clause is not None))

    def adopt(self, book: str) -> Rulebook:
        """Return a what-if in which a proposed book binds and other policies on its measures don't.

        Law, orders and agreements stay as they are: a proposal cannot override them.

        Raises
        ------
        KeyError
            If there is no such book.
        ValueError
            If the book is not a proposal.
        """
        taken = [replace(rule, layer=Layer.AGREEMENT) for rule in self.rules if rule.book == book]
        if not taken:
            raise KeyError(f"no book is called {book!r}")
        if any(rule.layer is not Layer.PROPOSAL for rule in self.rules if rule.book == book):
            raise ValueError(f"{book} is no proposal; only a proposal can be adopted")
        measures = {(rule.measure, rule.place) for rule in taken}
        kept = [
            rule
            for rule in self.rules
            if rule.book != book
            and not (rule.layer is Layer.POLICY and (rule.measure, rule.place) in measures)
        ]
        return Rulebook((*kept, *taken))

    def with_(self, overlay: Iterable[Rule]) -> Rulebook:
        """Return a what-if in which the overlay's rules stand instead of those of the same id."""
        new = {rule.id: rule for rule in overlay}
        return Rulebook((*(rule for rule in self.rules if rule.id not in new), *new.values()))

    def without(self, clauses: frozenset[str]) -> Rulebook:
        """Return a what-if in which the named clauses do not exist."""
        return Rulebook(
            tuple(
                replace(rule, clauses=tuple(clause for clause in rule.clauses if clause.id not in clauses))
                for rule in self.rules
            )
        )


def _when(rule: Rule, day: date) -> str:
    for silence in rule.silences:
        if silence.first <= day and (silence.last is None or day <= silence.last):
            return f"on that date it says nothing: {silence.reason}"
    spans = [
        f"from {clause.first.isoformat()}" + (f" to {clause.last.isoformat()}" if clause.last else " on")
        for clause in rule.clauses
    ]
    return f"it is in force {' and '.join(spans) or 'never'}; another date is judged by other rules"
