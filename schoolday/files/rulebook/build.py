"""From a book of the right shape to rules: what the dates, sources and kinds in it mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from schoolday.calendar.days import DayKind
from schoolday.files.rulebook.bounds import check_bound, fill_bound
from schoolday.files.rulebook.deadlines import check_deadline, fill_deadline
from schoolday.files.rulebook.schema import BookBlock, ClauseBlock, RuleBlock, unknown
from schoolday.files.rulebook.triggers import check_names, fill_trigger
from schoolday.files.rulebook.yaml_tree import Loc, Say
from schoolday.rules.events import CIRCUMSTANCES
from schoolday.rules.rule import Citation, Clause, Confidence, Kind, Layer, Rule, Silence

_RULE_KEYS: Mapping[str, tuple[Kind, ...]] = {
    "measure": (Kind.BOUND,),
    "unit": (Kind.BOUND, Kind.DEADLINE),
    "period": (Kind.BOUND,),
    "after": (Kind.DEADLINE,),
    "due": (Kind.DEADLINE,),
}
"""The keys of a rule that only some kinds have."""

_CLAUSE_KEYS: Mapping[str, tuple[Kind, ...]] = {
    "at_least": (Kind.BOUND,),
    "at_most": (Kind.BOUND,),
    "average_over": (Kind.BOUND,),
    "no_day_under": (Kind.BOUND,),
    "within": (Kind.DEADLINE,),
    "when": (Kind.TRIGGER,),
    "senses": (Kind.TRIGGER,),
    "then": (Kind.TRIGGER,),
    "day_kind": (Kind.DAY_KIND,),
}
"""The keys of a clause that only some kinds have."""

_DAY_KINDS = (DayKind.SCHOOL, DayKind.PREPARATION, DayKind.HOLIDAY)
_NO_DATE = date(1900, 1, 1)


@dataclass(frozen=True)
class Builder:
    """Builds the rules of one book; `say` takes every fault, `line` finds the line of a place."""

    book: BookBlock
    file: str
    say: Say
    line: Callable[[Loc], int]

    def rules(self) -> tuple[Rule, ...]:
        """Return the book's rules; worthless if a fault was said."""
        if self.book.layer is Layer.PROPOSAL and not self.book.party:
            self.say(("layer",), "a proposal needs a `party`: say whose it is")
        seen: dict[str, int] = {}
        for place, block in enumerate(self.book.rules):
            loc: Loc = ("rules", place, "rule")
            if block.rule in seen:
                self.say(loc, f"a rule of this id stands on line {seen[block.rule]} already; rename one")
            seen.setdefault(block.rule, self.line(loc))
        return tuple(self.rule(("rules", place), block) for place, block in enumerate(self.book.rules))

    def rule(self, loc: Loc, block: RuleBlock) -> Rule:
        """Return one rule."""
        self.check_keys(loc, block.model_fields_set, block.kind, _RULE_KEYS)
        if block.kind in _CHECK:
            _CHECK[block.kind](loc, block, self.say)
        self.check_dates(loc, block)
        places = [((*loc, "clauses", place), clause) for place, clause in enumerate(block.clauses)]
        clauses = [self.clause(here, clause, block) for here, clause in places if not clause.nothing]
        silences = [self.silence(here, clause) for here, clause in places if clause.nothing]
        if not clauses:
            self.say(loc, "every clause of it says nothing; take the rule out")
        return Rule(
            id=block.rule,
            title=block.title,
            layer=self.book.layer,
            place=self.book.place,
            kind=block.kind,
            measure=block.measure,
            unit=block.unit,
            clauses=tuple(sorted(clauses, key=lambda clause: clause.first)),
            period=block.period,
            ways=frozenset(block.ways),
            party=self.book.party,
            book=self.book.book,
            silences=tuple(sorted(silences, key=lambda silence: silence.first)),
            after=block.after,
            due=block.due,
        )

    def check_keys(
        self, loc: Loc, given: set[str], kind: Kind, owners: Mapping[str, tuple[Kind, ...]]
    ) -> None:
        """Say which keys belong to rules of another kind."""
        for key in owners:
            if key in given and kind not in owners[key]:
                kinds = " or ".join(f"`kind: {one}`" for one in owners[key])
                said = f"only a rule with {kinds} has `{key}`, and the kind of this one is {kind}"
                self.say((*loc, key), f"{said}; take the line out or mend the kind")

    def check_dates(self, loc: Loc, block: RuleBlock) -> None:
        """Say where clauses end before they begin, overlap, or leave dates that nobody mentions."""
        rows = sorted(enumerate(block.clauses), key=lambda row: row[1].first)
        for place, clause in rows:
            if clause.until is not None and clause.until < clause.first:
                said = f"`until` {clause.until} is before `from` {clause.first}; swap or mend them"
                self.say((*loc, "clauses", place, "until"), said)
        for (_, before), (place, after) in pairwise(rows):
            said = _between(before, after)
            if said:
                self.say((*loc, "clauses", place, "from"), said)

    def silence(self, loc: Loc, clause: ClauseBlock) -> Silence:
        """Return the dates on which a rule says nothing, with the reason."""
        for key in (*_CLAUSE_KEYS, "unless", "cite", "confidence", "checked"):
            if getattr(clause, key) is not None:
                self.say((*loc, key), f"a clause with `nothing: true` has no `{key}`, only dates and a note")
        if not clause.note:
            self.say(loc, "`nothing: true` needs a `note` with the reason")
        return Silence(clause.first, clause.until, clause.note)

    def clause(self, loc: Loc, clause: ClauseBlock, block: RuleBlock) -> Clause:
        """Return one clause."""
        self.check_source(loc, clause)
        self.check_keys(loc, clause.model_fields_set, block.kind, _CLAUSE_KEYS)
        check_names((*loc, "unless"), clause.unless or (), "circumstance", CIRCUMSTANCES, self.say)
        cite = clause.cite
        made = Clause(
            rule=block.rule,
            first=clause.first,
            last=clause.until,
            cite=Citation(cite.source, cite.href, cite.quote) if cite else Citation(""),
            confidence=clause.confidence or Confidence.MEMORY,
            checked=clause.checked or _NO_DATE,
            unless=tuple(clause.unless or ()),
            note=clause.note,
            file=self.file,
            line=self.line(loc),
        )
        return _FILL[block.kind](made, loc, clause, block, self.book.layer, self.say)

    def check_source(self, loc: Loc, clause: ClauseBlock) -> None:
        """Say where a clause does not name its source, how sure it is, or when it was read."""
        if clause.cite is None:
            self.say(loc, "`cite` is missing; a clause without a source does not load")
        if clause.confidence is None:
            self.say(loc, f"`confidence` is missing; say how sure it is: {', '.join(Confidence)}")
        if clause.checked is None:
            self.say(loc, "`checked` is missing; write the date on which somebody last read the source")


def _fill_day_kind(
    made: Clause, loc: Loc, clause: ClauseBlock, block: RuleBlock, layer: Layer, say: Say
) -> Clause:
    if clause.day_kind not in _DAY_KINDS:
        said = unknown(clause.day_kind or "", "day_kind", _DAY_KINDS)
        say((*loc, "day_kind"), said if clause.day_kind else "`day_kind` is missing")
    if clause.until is None:
        say(loc, "`until` is missing; a kind of day holds for named dates")
    return replace(made, day_kind=clause.day_kind or "")


_CHECK: Mapping[Kind, Callable[[Loc, RuleBlock, Say], None]] = {
    Kind.BOUND: check_bound,
    Kind.DEADLINE: check_deadline,
}
"""What checks a rule as a whole; all that the other kinds mean stands in their clauses."""

_FILL: Mapping[Kind, Callable[[Clause, Loc, ClauseBlock, RuleBlock, Layer, Say], Clause]] = {
    Kind.BOUND: fill_bound,
    Kind.DEADLINE: fill_deadline,
    Kind.TRIGGER: fill_trigger,
    Kind.DAY_KIND: _fill_day_kind,
}


def _between(before: ClauseBlock, after: ClauseBlock) -> str:
    if before.until is None or before.until >= after.first:
        end = before.until or "an open end"
        return (
            f"it overlaps the clause from {before.first} until {end}; "
            f"let that one end before {after.first}, or begin this one later"
        )
    gap = before.until + timedelta(days=1)
    if gap < after.first:
        last = after.first - timedelta(days=1)
        return (
            f"nothing is said from {gap} to {last}; if that is meant, write a clause with those dates, "
            "`nothing: true` and a `note` with the reason"
        )
    return ""
