"""The plain replay: every entry of every pupil, each trigger judged day by day; the peer of the quick one.

It is schoolday's replay as it was before it was made quicker. A property test holds the quick one against it,
and the benchmark of re-engagement runs both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cached_property

from schoolday.calendar.counting import day_of
from schoolday.calendar.periods import Stretch
from schoolday.ground.ids import stable_id
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.cases import BACK, DONE, Case, Step, work_of
from schoolday.ledger.reengage.known import EXCUSED, Known, of_attendance
from schoolday.ledger.reengage.making import Opened
from schoolday.ledger.reengage.notices import dates_told
from schoolday.ledger.reengage.tiers import SHOWS, TRIES, Deed, WrittenPlan, due_on, of_contact
from schoolday.ledger.reengage.watch import COUNTED, Given, Watch, periods_of
from schoolday.measures.verdict import Found, Verdict
from schoolday.rules import Rule
from schoolday.rules.rule import Period


def cases(
    entries: Iterable[Entry],
    rules: Sequence[Rule],
    watch: Watch,
    as_of: date,
    *,
    plan: WrittenPlan | None = None,
    given: Iterable[Given] = (),
    zone: tzinfo | None = None,
) -> list[Case]:
    """Return every case of every pupil, in the order of opening.

    Parameters
    ----------
    entries
        The ledger's entries; those of attendance open cases, those of contact show steps done.
    rules
        The triggers that are watched (`schoolday.ledger.reengage.watch.watched`).
    watch
        The calendar, who was enrolled when, what is true of whom.
    as_of
        The date of the question; what was recorded later is left out.
    plan
        The district's written tiers.
    given
        Measures that others counted: credit, live times, violations of an agreement.
    zone
        The district's time zone, in which moments are read.
    """
    known = [entry for entry in entries if day_of(entry.at, zone) <= as_of]
    attended, contacted = of_attendance(known), of_contact(known)
    values: dict[str, list[Given]] = {}
    for one in given:
        if one.until <= as_of:
            values.setdefault(one.pupil, []).append(one)
    found: list[Case] = []
    for pupil in dict.fromkeys((*attended, *values)):
        told = Told(attended.get(pupil, []), contacted.get(pupil, []), values.get(pupil, []))
        if told.concerns:
            found += _Replay(pupil, told, rules, watch, plan or WrittenPlan(), as_of, zone).run()
    return sorted(found, key=lambda case: (case.opened, case.pupil, case.rule.id))


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


_What = Entry | Deed | Stretch | Given
"""What happens at a moment: an entry, a deed taken back, the end of a week, a measure given."""


@dataclass
class _Replay:
    """One pupil's replay, all rules at once."""

    pupil: str
    told: Told
    rules: Sequence[Rule]
    watch: Watch
    plan: WrittenPlan
    as_of: date
    zone: tzinfo | None

    def __post_init__(self) -> None:
        self.known = Known()
        self.of = [Watching(rule) for rule in self.rules]
        attended = self.told.attended
        self.school = attended[-1].school if attended else self.watch.schools.get(self.pupil, "")

    def run(self) -> Iterator[Case]:
        """Yield the cases, closed and open."""
        for day, what in self._moments():
            if isinstance(what, Entry) and what.kind is EntryKind.ATTENDANCE:
                self._attended(day, what, self.known.tell(what))
            elif isinstance(what, Entry):
                self._contacted(day, what)
            elif isinstance(what, Deed):
                self._undone(what.entry)
            else:
                self._looked_at(day, what)
        for one in self.of:
            yield from one.cases
            if one.open:
                yield self._case(one, one.open)

    def _moments(self) -> list[tuple[date, _What]]:
        """Return all that happens in order; the end of a week comes after what was recorded that day."""
        deeds = self.told.contacted
        happened: list[tuple[datetime, _What]] = [(entry.at, entry) for entry in self.told.attended]
        happened += [(deed.entry.at, deed.entry) for deed in deeds]
        happened += [(deed.undone, deed) for deed in deeds if deed.undone]
        some: list[tuple[date, int, str, _What]] = [
            (day_of(at, self.zone), 0, f"{at.timestamp():020.6f}{place:09d}", what)
            for place, (at, what) in enumerate(happened)
        ]
        some += [(one.until, 1, f"{one.measure}{one.period}", one) for one in self.told.given]
        some += [(week.last, 2, "", week) for week in self.watch.weeks if week.last <= self.as_of]
        return [(day, what) for day, _, _, what in sorted(some, key=lambda moment: moment[:3])]

    def _attended(self, now: date, entry: Entry, touched: frozenset[date]) -> None:
        codes = self.known.codes
        for one in self.of:
            if one.open:
                self._keep(one, one.open, entry, touched)
            for day in touched:
                if codes.get(day) in one.away:
                    self._reach(one, now, day)
                if one.open and (week := self.watch.week_of(day)) and week.last <= now:
                    self._back(one, one.open, now, week)

    def _keep(self, one: Watching, case: Opened, entry: Entry, touched: frozenset[date]) -> None:
        """Keep the dates that count now, and note the entry where one that counted is called otherwise."""
        for measure in one.measures:
            kept = case.kept.setdefault(measure, set())
            for day in touched:
                if self.known.codes.get(day) in COUNTED[measure]:
                    kept.add(day)
                elif day in kept and entry not in case.recoded:
                    case.recoded.append(entry)

    def _reach(self, one: Watching, now: date, day: date) -> None:
        for period in periods_of(one.rule, day):
            week = self.watch.week_of(day)
            if period is Period.WEEK and week:
                self._open(one, now, max(day, min(week.last, now)), (week.first, week.last), day)
            elif period is Period.YEAR:
                self._open(one, now, max(day, min(now, self.watch.calendar.last)), None, day)

    def _open(
        self, one: Watching, now: date, on: date, week: tuple[date, date] | None, fresh: date | None
    ) -> None:
        """Open a case if the trigger is reached by something new, or note it in the case that is open."""
        span = week or (self.watch.calendar.first, on)
        if fresh in one.seen:
            return
        if week is None and len(self.watch.taught(self.pupil, *span)) < self.plan.watched_from(one.rule.id):
            return
        if one.open and week is None:
            return
        verdict = self.watch.judge(one.rule, self.pupil, on, self.known.codes, self.told.given)
        if verdict.found is not Found.REACHED or verdict.clause is None:
            return
        if one.open:
            self._again(one.open, span)
        else:
            one.open = self._opened(one, now, span, verdict)

    def _again(self, case: Opened, span: tuple[date, date]) -> None:
        name = f"week of {span[0].isoformat()}"
        if span != case.span and name not in case.again:
            case.again.append(name)
            case.reached = max(case.reached, span[1])

    def _opened(self, one: Watching, now: date, span: tuple[date, date], verdict: Verdict) -> Opened:
        then = verdict.clause.then if verdict.clause else ()
        codes = self.known.codes
        kept = {
            measure: {day for day, code in codes.items() if code in COUNTED[measure] and day >= span[0]}
            for measure in one.measures
        }
        return Opened(now, span, verdict, work_of(then, self.plan.of(one.rule.id)), kept, span[1])

    def _contacted(self, now: date, entry: Entry) -> None:
        for one in self.of:
            case = one.open
            if case is None or not case.opened <= entry.day <= now:
                continue
            for step in case.work:
                if entry.code in SHOWS[step] and _shows(step, entry, case):
                    case.done.setdefault(step, []).append(entry)
                elif entry.code in TRIES[step]:
                    case.tries.setdefault(step, []).append(entry)
            if case.work and all(case.done.get(step) for step in case.work):
                self._close(one, case, now, DONE)

    def _undone(self, entry: Entry) -> None:
        """Take a deed back; the case that it closed last is open again, unless another has opened since."""
        for one in self.of:
            case = one.open or one.finished
            lacks = False
            for deeds in case.done.values() if case else ():
                if entry in deeds:
                    deeds.remove(entry)
                    lacks = lacks or not deeds
            if case and one.open is None and lacks:
                one.cases.pop()
                one.open, one.finished = case, None

    def _looked_at(self, now: date, what: Stretch | Given) -> None:
        """Look at every rule again: at a week's end, and when a measure is given."""
        for one in self.of:
            if isinstance(what, Given):
                self._given(one, now, what)
            elif Period.YEAR in periods_of(one.rule, now):
                self._year(one, now)
            elif one.open:
                self._back(one, one.open, now, what)

    def _given(self, one: Watching, now: date, what: Given) -> None:
        clause = one.rule.on(now)
        if clause is None or all(limb.measure != what.measure for limb in clause.limbs):
            return
        if one.open is None:
            if one.closed_on is None or now > one.closed_on:
                self._open(one, now, now, (now, now), None)
            return
        verdict = self.watch.judge(
            one.rule, self.pupil, now, self.known.codes, self.told.given, one.open.kept
        )
        if verdict.found is Found.NOT_REACHED and now > one.open.opened:
            self._close(one, one.open, now, BACK)

    def _year(self, one: Watching, now: date) -> None:
        codes = self.known.codes
        if one.open:
            verdict = self.watch.judge(one.rule, self.pupil, now, codes, self.told.given, one.open.kept)
            if verdict.found is Found.NOT_REACHED:
                self._close(one, one.open, now, BACK)
            return
        least = self.plan.watched_from(one.rule.id)
        if one.begun or not least:
            return
        taught = self.watch.taught(self.pupil, self.watch.calendar.first, now)
        counted = [day for day in taught if codes.get(day) in one.away]
        one.begun = len(taught) >= least
        if one.begun and counted:
            self._open(one, now, now, None, counted[-1])

    def _back(self, one: Watching, case: Opened, now: date, week: Stretch) -> None:
        """Close a weekly case after a later week, certified whole, in which the trigger does not hold."""
        if week.first <= case.reached or Period.WEEK not in periods_of(one.rule, week.last):
            return
        if not self.watch.taught(self.pupil, week.first, week.last):
            return
        verdict = self.watch.judge(
            one.rule, self.pupil, week.last, self.known.codes, self.told.given, case.kept
        )
        if verdict.found is Found.NOT_REACHED and self._whole(week):
            self._close(one, case, now, BACK)

    def _whole(self, week: Stretch) -> bool:
        """Whether every day of a week is certified."""
        days = self.watch.taught(self.pupil, week.first, week.last)
        return all(day in self.known.codes for day in days)

    def _close(self, one: Watching, case: Opened, now: date, why: str) -> None:
        one.cases.append(self._case(one, case, now, why))
        one.seen |= case.dates
        one.open, one.closed_on = None, now
        one.finished = case if why == DONE else None

    def _case(self, one: Watching, case: Opened, closed: date | None = None, why: str = "") -> Case:
        clause = case.verdict.clause
        planned = self.plan.of(one.rule.id)
        steps = []
        for name in case.work:
            tier = planned.get(name)
            due = due_on(tier, case.opened, self.watch.calendar)
            owner, place = (tier.owner, tier.tier) if tier else ("", None)
            done = next(iter(case.done.get(name, ())), None)
            steps.append(Step(name, place, owner, due, done, tuple(case.tries.get(name, ()))))
        dates = sorted(case.dates)
        return Case(
            stable_id(self.pupil, one.rule.id, case.opened.isoformat()), self.pupil, self.school, one.rule,
            clause.id if clause else "", case.opened, _told(case.span), case.verdict.said,
            tuple(sorted(steps, key=lambda step: (step.tier or 0, step.due or date.max))),
            tuple(step for step in (clause.then if clause else ()) if step not in SHOWS),
            tuple(case.again), tuple(dates),
            tuple(day for day in dates if self.known.codes.get(day) == EXCUSED),
            tuple(case.recoded), closed, why,
        )  # fmt: skip


def _shows(step: str, entry: Entry, case: Opened) -> bool:
    """Whether an entry shows a step done: a notice has to name a date of the case."""
    return step != "notify_parent" or bool(dates_told(entry) & case.dates) or not case.dates


def _told(span: tuple[date, date]) -> str:
    return span[0].isoformat() if span[0] == span[1] else f"{span[0]} to {span[1]}"
