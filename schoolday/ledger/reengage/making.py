"""What a replay keeps while it runs: what was told of a pupil, and each rule's case in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from schoolday.ledger.entry import Entry
from schoolday.ledger.reengage.cases import Case
from schoolday.ledger.reengage.tiers import Deed
from schoolday.ledger.reengage.watch import COUNTED, Given
from schoolday.measures.verdict import Verdict
from schoolday.rules import Rule


@dataclass
class Told:
    """All that was told of one pupil."""

    attended: list[Entry]
    contacted: list[Deed]
    given: list[Given]

    @property
    def concerns(self) -> bool:
        """Whether anything in it could reach a trigger."""
        away = frozenset[str]().union(*COUNTED.values())
        return bool(self.given) or any(entry.code in away for entry in self.attended)


@dataclass
class Opened:
    """One open case in the making."""

    opened: date
    span: tuple[date, date]
    verdict: Verdict
    work: tuple[str, ...]
    kept: dict[str, set[date]]
    reached: date
    again: list[str] = field(default_factory=list)
    recoded: list[Entry] = field(default_factory=list)
    done: dict[str, list[Entry]] = field(default_factory=dict)
    tries: dict[str, list[Entry]] = field(default_factory=dict)

    @property
    def dates(self) -> set[date]:
        """The dates that count."""
        return set().union(*self.kept.values())


@dataclass
class Watching:
    """One rule's cases of the pupil: the open one, those closed, the dates that counted in them.

    `finished` is the case that its steps closed last; `begun` whether enough days had been taught.
    """

    rule: Rule
    open: Opened | None = None
    finished: Opened | None = None
    closed_on: date | None = None
    seen: set[date] = field(default_factory=set)
    begun: bool = False
    cases: list[Case] = field(default_factory=list)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures of its limbs that are counted from attendance."""
        limbs = (limb for clause in self.rule.clauses for limb in clause.limbs)
        return tuple(dict.fromkeys(limb.measure for limb in limbs if limb.measure in COUNTED))

    @cached_property
    def away(self) -> frozenset[str]:
        """The codes that count in any of them."""
        return frozenset[str]().union(*(COUNTED[measure] for measure in self.measures))
