"""From a book of the right shape to rules: what the numbers, dates and names in it mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from schoolday.calendar.days import DayKind
from schoolday.files.rulebook_schema import BookBlock, ClauseBlock, RuleBlock, unknown
from schoolday.files.rulebook_yaml import Loc
from schoolday.ground.grades import GRADES, span
from schoolday.ground.spans import minute
from schoolday.rules.measures import MEASURES, MOST, UNITS
from schoolday.rules.rule import Amount, Citation, Clause, Confidence, Kind, Layer, Rule, Silence

_NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?")
_BOUNDS = ("at_least", "at_most", "average_over", "no_day_under")
_DAY_KINDS = (DayKind.SCHOOL, DayKind.PREPARATION, DayKind.HOLIDAY)
_NO_DATE = date(1900, 1, 1)


@dataclass(frozen=True)
class Builder:
    """Builds the rules of one book; `say` takes every fault, `line` finds the line of a place."""

    book: BookBlock
    file: str
    say: Callable[[Loc, str], None]
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
        self.check_measure(loc, block)
        self.check_dates(loc, block)
        places = [((*loc, "clauses", place), clause) for place, clause in enumerate(block.clauses)]
        clauses = [self.clause(here, clause, block) for here, clause in places if not clause.nothing]
        silences = [self.silence(here, clause) for here, clause in places if clause.nothing]
        if not clauses:
            self.say(loc, "every clause of it says nothing; take the rule out")
        return Rule(
            block.rule,
            block.title,
            self.book.layer,
            self.book.place,
            block.kind,
            block.measure,
            block.unit,
            tuple(sorted(clauses, key=lambda clause: clause.first)),
            block.period,
            frozenset(block.ways),
            self.book.party,
            self.book.book,
            tuple(sorted(silences, key=lambda silence: silence.first)),
        )

    def check_measure(self, loc: Loc, block: RuleBlock) -> None:
        """Say what is wrong with a rule's measure and unit."""
        if block.kind is Kind.DAY_KIND:
            if block.measure or block.unit:
                self.say((*loc, "kind"), "a rule of kind day_kind has no `measure` and no `unit`")
        elif block.measure not in MEASURES:
            said = unknown(block.measure, "measure", MEASURES) if block.measure else "`measure` is missing"
            self.say((*loc, "measure"), said)
        elif block.unit != (unit := MEASURES[block.measure].unit):
            said = f"`{block.measure}` is counted in {unit}; write `unit: {unit}`"
            known = block.unit in UNITS or not block.unit
            self.say((*loc, "unit"), said if known else f"{unknown(block.unit, 'unit', UNITS)}; {said}")

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
        for key in (*_BOUNDS, "day_kind", "cite", "confidence", "checked"):
            if getattr(clause, key) is not None:
                self.say((*loc, key), f"a clause with `nothing: true` has no `{key}`, only dates and a note")
        if not clause.note:
            self.say(loc, "`nothing: true` needs a `note` with the reason")
        return Silence(clause.first, clause.until, clause.note)

    def clause(self, loc: Loc, clause: ClauseBlock, block: RuleBlock) -> Clause:
        """Return one clause."""
        self.check_source(loc, clause)
        self.check_kind(loc, clause, block)
        unit = MEASURES[block.measure].unit if block.measure in MEASURES else "minutes"
        low = self.amount((*loc, "at_least"), clause.at_least, unit)
        high = self.amount((*loc, "at_most"), clause.at_most, unit)
        floor = self.amount((*loc, "no_day_under"), clause.no_day_under, unit)
        self.check_order((*loc, "at_most"), low, high, "`at_least` is more than `at_most`")
        self.check_order((*loc, "no_day_under"), floor, low, "`no_day_under` is more than `at_least`")
        cite = clause.cite
        return Clause(
            rule=block.rule,
            first=clause.first,
            last=clause.until,
            cite=Citation(cite.source, cite.href, cite.quote) if cite else Citation(""),
            confidence=clause.confidence or Confidence.MEMORY,
            checked=clause.checked or _NO_DATE,
            at_least=low,
            at_most=high,
            average_over=self.average(loc, clause),
            no_day_under=floor,
            day_kind=clause.day_kind or "",
            note=clause.note,
            file=self.file,
            line=self.line(loc),
        )

    def check_source(self, loc: Loc, clause: ClauseBlock) -> None:
        """Say where a clause does not name its source, how sure it is, or when it was read."""
        if clause.cite is None:
            self.say(loc, "`cite` is missing; a clause without a source does not load")
        if clause.confidence is None:
            self.say(loc, f"`confidence` is missing; say how sure it is: {', '.join(Confidence)}")
        if clause.checked is None:
            self.say(loc, "`checked` is missing; write the date on which somebody last read the source")

    def check_kind(self, loc: Loc, clause: ClauseBlock, block: RuleBlock) -> None:
        """Say where a clause does not fit its kind of rule."""
        if block.kind is Kind.DAY_KIND:
            if clause.day_kind not in _DAY_KINDS:
                said = unknown(clause.day_kind or "", "day_kind", _DAY_KINDS)
                self.say((*loc, "day_kind"), said if clause.day_kind else "`day_kind` is missing")
            if clause.until is None:
                self.say(loc, "`until` is missing; a kind of day holds for named dates")
            for key in _BOUNDS:
                if getattr(clause, key) is not None:
                    self.say((*loc, key), f"a rule of kind day_kind has no `{key}`")
            return
        if clause.day_kind is not None:
            self.say((*loc, "day_kind"), "only a rule with `kind: day_kind` has a `day_kind`")
        silent = clause.at_least is None and clause.at_most is None
        if silent and not (self.book.layer is Layer.GUIDANCE and clause.note):
            self.say(loc, "it limits nothing; write `at_least` or `at_most` (guidance may have a note alone)")

    def average(self, loc: Loc, clause: ClauseBlock) -> int | None:
        """Return over how many days the law averages."""
        if clause.average_over is None:
            if clause.no_day_under is not None:
                self.say((*loc, "no_day_under"), "`no_day_under` needs an `average_over` beside it")
            return None
        if clause.at_least is None:
            self.say((*loc, "average_over"), "`average_over` needs an `at_least` beside it")
        if not re.fullmatch(r"\d{1,3}", clause.average_over) or int(clause.average_over) < 2:
            said = f"`{clause.average_over}` must be a whole number of school days, 2 or more"
            self.say((*loc, "average_over"), said)
            return None
        return int(clause.average_over)

    def amount(self, loc: Loc, raw: str | dict[str, str] | None, unit: str) -> Amount | None:
        """Return a number, or a number for each grade."""
        if raw is None:
            return None
        if isinstance(raw, str):
            return Amount(flat=self.number(loc, raw, unit))
        by_grade: dict[str, float] = {}
        for key, text in raw.items():
            value = self.number((*loc, key), text, unit)
            for grade in self.grades((*loc, key), key):
                if grade in by_grade:
                    self.say((*loc, key), f"grade {grade} stands here twice; let the spans not overlap")
                by_grade[grade] = value
        return Amount(by_grade={grade: by_grade[grade] for grade in GRADES if grade in by_grade})

    def grades(self, loc: Loc, key: str) -> tuple[str, ...]:
        """Return the grades of a span."""
        try:
            return span(key)
        except ValueError as error:
            self.say(loc, f"{error}; write a span such as TK-K or 1-3")
            return ()

    def number(self, loc: Loc, text: str, unit: str) -> float:
        """Return a number in a unit; 0 where it is none, which is said."""
        try:
            value = _parse(text, unit)
        except ValueError as error:
            self.say(loc, str(error))
            return 0.0
        if value > MOST[unit]:
            self.say(loc, f"{text} is more than {MOST[unit]:g}, the most that {unit} can be")
        return value

    def check_order(self, loc: Loc, low: Amount | None, high: Amount | None, said: str) -> None:
        """Say where the smaller of two amounts is the larger."""
        if low is None or high is None:
            return
        for grade in GRADES:
            least, most = low.for_(grade), high.for_(grade)
            if least is not None and most is not None and least > most:
                self.say(loc, f"{said} for grade {grade}: {least:g} and {most:g}")
                return


def _parse(text: str, unit: str) -> float:
    if _NUMBER.fullmatch(text):
        return float(text)
    if unit == "minute_of_day":
        return float(minute(text))
    raise ValueError(f"`{text}` is no number of {unit}; write digits, such as 230")


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
