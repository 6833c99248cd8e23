"""What a replay keeps while it runs: what was told of a pupil, and each rule's case in the making."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from functools import cached_property

from schoolday.calendar.counting import day_of
from schoolday.calendar.days import Calendar
from schoolday.ground.ids import stable_id
from schoolday.ledger.entry import Entry
from schoolday.ledger.reengage.cases import Case, Step
from schoolday.ledger.reengage.counts import Dated
from schoolday.ledger.reengage.known import EXCUSED, PRESENT
from schoolday.ledger.reengage.tiers import SHOWS, Deed, Tier, WrittenPlan, due_on
from schoolday.ledger.reengage.watch import COUNTED, Given, Watch
from schoolday.measures.verdict import Verdict
from schoolday.rules import Rule
from schoolday.rules.rule import Period


@dataclass
class Told:
    """All that was told of one pupil; `plain` are the days of entries that need no moment of their own."""

    attended: list[Entry]
    contacted: list[Deed]
    given: list[Given]
    plain: list[date]
    school: str


@dataclass(frozen=True)
class Early:
    """Whether an entry was recorded before anything is asked of its week: in time for the week's end.

    A trigger that counts a week is looked at when its last day is recorded, too. A day outside the enrollment
    is never early: it is one of the days taught from the moment at which it is certified.
    """

    watch: Watch
    zone: tzinfo | None
    weekly: bool

    def __call__(self, entry: Entry) -> bool:
        """Whether it was; outside the weeks nothing is asked."""
        week = self.watch.week_of(entry.day)
        if week is None:
            return True
        if entry.day not in self.watch.days_of(entry.pupil).there:
            return False
        recorded = day_of(entry.at, self.zone)
        return recorded < week.last or (recorded == week.last and not self.weekly)


def told_of(attended: list[Entry], contacted: list[Deed], given: list[Given], early: Early) -> Told:
    """Return what was told of a pupil, with the days apart on which the pupil simply was present.

    Such a day has one entry, which nobody corrects, recorded early. It decides nothing when it is recorded,
    and nothing is asked of its week before the week's end. Only a measure that others counted asks in the
    middle of a week: where there is one, every entry has its moment.
    """
    school = attended[-1].school if attended else ""
    if given:
        return Told(attended, contacted, given, [], school)
    times = Counter([entry.day for entry in attended])
    named = {entry.corrects for entry in attended if entry.corrects}
    rest, plain = list[Entry](), list[date]()
    for entry in attended:
        sole = entry.code == PRESENT and times[entry.day] == 1
        if sole and not entry.corrects and entry.id not in named and early(entry):
            plain.append(entry.day)
        else:
            rest.append(entry)
    return Told(rest, contacted, given, plain, school)


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
class Opening:
    """By what one trigger's cases in the making become cases: the written plan, the calendar.

    What depends on no pupil, as the last date of a step by the day of opening, is worked out once.
    """

    rule: Rule
    plan: WrittenPlan
    calendar: Calendar
    _due: dict[tuple[str, date], date | None] = field(default_factory=dict)

    @cached_property
    def planned(self) -> dict[str, Tier]:
        """The steps of the rule's written plan."""
        return self.plan.of(self.rule.id)

    def case(
        self, whose: tuple[str, str], made: Opened, codes: Mapping[date, str], closed: date | None, why: str
    ) -> Case:
        """Return the case of a pupil at a school as it stands."""
        clause, dates = made.verdict.clause, sorted(made.dates)
        steps = sorted(self._steps(made), key=lambda step: (step.tier or 0, step.due or date.max))
        return Case(
            stable_id(whose[0], self.rule.id, made.opened.isoformat()), *whose, self.rule,
            clause.id if clause else "", made.opened, _span(made.span), made.verdict.said, tuple(steps),
            tuple(step for step in (clause.then if clause else ()) if step not in SHOWS),
            tuple(made.again), tuple(dates), tuple(day for day in dates if codes.get(day) == EXCUSED),
            tuple(made.recoded), closed, why,
        )  # fmt: skip

    def _steps(self, made: Opened) -> Iterator[Step]:
        for name in made.work:
            tier = self.planned.get(name)
            owner, place = (tier.owner, tier.tier) if tier else ("", None)
            done = next(iter(made.done.get(name, ())), None)
            yield Step(
                name, place, owner, self._due_on(name, made.opened), done, tuple(made.tries.get(name, ()))
            )

    def _due_on(self, name: str, opened: date) -> date | None:
        if (name, opened) not in self._due:
            self._due[name, opened] = due_on(self.planned.get(name), opened, self.calendar)
        return self._due[name, opened]


@dataclass
class Watching:
    """One rule's cases of the pupil: the open one, those closed, the dates that counted in them.

    `finished` is the case that its steps closed last; `begun` whether enough days had been taught.
    """

    dated: Dated
    opening: Opening
    open: Opened | None = None
    finished: Opened | None = None
    closed_on: date | None = None
    seen: set[date] = field(default_factory=set)
    begun: bool = False
    cases: list[Case] = field(default_factory=list)

    @property
    def rule(self) -> Rule:
        """The trigger."""
        return self.dated.rule

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures of its limbs that are counted from attendance."""
        limbs = (limb for clause in self.rule.clauses for limb in clause.limbs)
        return tuple(dict.fromkeys(limb.measure for limb in limbs if limb.measure in COUNTED))

    @cached_property
    def weekly(self) -> bool:
        """Whether any of its limbs is counted over a week."""
        return any(limb.period is Period.WEEK for clause in self.rule.clauses for limb in clause.limbs)

    @cached_property
    def away(self) -> frozenset[str]:
        """The codes that count in any of them."""
        return frozenset[str]().union(*(COUNTED[measure] for measure in self.measures))


def _span(span: tuple[date, date]) -> str:
    return span[0].isoformat() if span[0] == span[1] else f"{span[0]} to {span[1]}"
