"""Replay: tell a pupil's entries once more in the order of recording, and see which cases open and close.

A case is judged by what was certified at each moment. So words changed afterwards cannot unmake it: a date
that counted while the case was open goes on counting when it is asked whether the case may be closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from operator import itemgetter

from schoolday.calendar.counting import day_of
from schoolday.calendar.periods import Stretch
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.cases import BACK, DONE, Case, work_of
from schoolday.ledger.reengage.counts import Counts, Dated
from schoolday.ledger.reengage.known import PRESENT, Known, of_attendance
from schoolday.ledger.reengage.making import Early, Opened, Opening, Told, Watching, told_of
from schoolday.ledger.reengage.notices import dates_told
from schoolday.ledger.reengage.screen import Screen
from schoolday.ledger.reengage.tiers import SHOWS, TRIES, Deed, WrittenPlan, of_contact
from schoolday.ledger.reengage.watch import COUNTED, Given, Watch
from schoolday.measures.verdict import Verdict
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
    told, values = entries if isinstance(entries, Sequence) else list(entries), dict[str, list[Given]]()
    for one in given:
        if one.until <= as_of:
            values.setdefault(one.pupil, []).append(one)
    plan = plan or WrittenPlan()
    # What others counted can reach any trigger; else only what a pupil's absences can reach is replayed.
    asked = Screen(rules, watch, plan).reachable(told) | {pupil: list(rules) for pupil in values}
    known = [one for one in told if one.pupil in asked and _is_known(one.at, as_of, zone)]
    attended, contacted = of_attendance(known), of_contact(known)
    dated = {id(rule): Dated(rule, watch.senses.get(rule.id, "")) for rule in rules}
    openings = {id(rule): Opening(rule, plan, watch.calendar) for rule in rules}
    found: list[Case] = []
    for pupil in dict.fromkeys((*attended, *values)):
        of = [Watching(dated[id(rule)], openings[id(rule)]) for rule in asked[pupil]]
        weekly = any(one.weekly for one in of)
        mine = attended.get(pupil, []), contacted.get(pupil, []), values.get(pupil, [])
        some = told_of(*mine, Early(watch, zone, weekly))
        found += _Replay(pupil, some, of, watch, plan, as_of, zone).run()
    return sorted(found, key=lambda case: (case.opened, case.pupil, case.rule.id))


_TWO_DAYS = timedelta(days=2)
_What = Entry | Deed | Stretch | Given
"""What happens at a moment: an entry, a deed taken back, the end of a week, a measure given."""


@dataclass
class _Replay:
    """One pupil's replay, all rules that may be reached at once."""

    pupil: str
    told: Told
    of: Sequence[Watching]
    watch: Watch
    plan: WrittenPlan
    as_of: date
    zone: tzinfo | None

    def __post_init__(self) -> None:
        self.known = Known(dict.fromkeys(self.told.plain, PRESENT))
        self.counts = Counts(self.pupil, self.watch, self.known, self.told.given, self._outside())
        self.school = self.told.school or self.watch.schools.get(self.pupil, "")

    def _outside(self) -> frozenset[date]:
        """Return the school days outside the enrollment of which anything was ever certified."""
        there, held = self.watch.days_of(self.pupil).there, self.watch.held
        return frozenset(one.day for one in self.told.attended if one.day not in there and one.day in held)

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
        some: list[tuple[date, int, float, int, str, _What]] = [
            (day_of(at, self.zone), 0, at.timestamp(), place, "", what)
            for place, (at, what) in enumerate(happened)
        ]
        some += [(one.until, 1, 0.0, 0, f"{one.measure}{one.period}", one) for one in self.told.given]
        some += [(week.last, 2, 0.0, 0, "", week) for week in self.watch.weeks if week.last <= self.as_of]
        return [(moment[0], moment[5]) for moment in sorted(some, key=itemgetter(0, 1, 2, 3, 4))]

    def _attended(self, now: date, entry: Entry, touched: frozenset[date]) -> None:
        codes = self.known.codes
        for one in self.of:
            if one.open:
                self._keep(one, one.open, entry, touched)
            for day in touched:
                if codes.get(day) in one.away:
                    self._reach(one, now, day)
                if one.open and one.weekly:
                    self._back_late(one, one.open, now, day)

    def _back_late(self, one: Watching, case: Opened, now: date, day: date) -> None:
        """Look at a week again in which a day was certified at its end or later."""
        week = self.watch.week_of(day)
        if week and week.last <= now:
            self._back(one, case, now, week)

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
        for period in one.dated.periods(day):
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
        if fresh in one.seen or (one.open and week is None):
            return
        if week is None and self.counts.taught(*span) < self.plan.watched_from(one.rule.id):
            return
        if not self.counts.reached(one.dated, on):
            return
        if one.open:
            self._again(one.open, span)
        elif verdict := self.counts.verdict(one.dated, on):
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
            measure: {day for day in self.known.off if codes[day] in COUNTED[measure] and day >= span[0]}
            for measure in one.measures
        }
        return Opened(now, span, verdict, work_of(then, one.opening.planned), kept, span[1])

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
            elif (read := one.dated.on(now)) and read.yearly:
                self._year(one, now)
            elif one.open:
                self._back(one, one.open, now, what)

    def _given(self, one: Watching, now: date, what: Given) -> None:
        read = one.dated.on(now)
        if read is None or all(limb.measure != what.measure for limb in read.clause.limbs):
            return
        if one.open is None:
            if one.closed_on is None or now > one.closed_on:
                self._open(one, now, now, (now, now), None)
            return
        if now > one.open.opened and self.counts.fallen(one.dated, now, one.open.kept):
            self._close(one, one.open, now, BACK)

    def _year(self, one: Watching, now: date) -> None:
        codes = self.known.codes
        if one.open:
            if self.counts.fallen(one.dated, now, one.open.kept):
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
        if week.first <= case.reached or Period.WEEK not in one.dated.periods(week.last):
            return
        if not self.counts.taught(week.first, week.last):
            return
        whole = self.counts.whole(week.first, week.last)
        if whole and self.counts.fallen(one.dated, week.last, case.kept):
            self._close(one, case, now, BACK)

    def _close(self, one: Watching, case: Opened, now: date, why: str) -> None:
        one.cases.append(self._case(one, case, now, why))
        one.seen |= case.dates
        one.open, one.closed_on = None, now
        one.finished = case if why == DONE else None

    def _case(self, one: Watching, case: Opened, closed: date | None = None, why: str = "") -> Case:
        return one.opening.case((self.pupil, self.school), case, self.known.codes, closed, why)


def _shows(step: str, entry: Entry, case: Opened) -> bool:
    """Whether an entry shows a step done: a notice has to name a date of the case."""
    return step != "notify_parent" or bool(dates_told(entry) & case.dates) or not case.dates


def _is_known(at: datetime, as_of: date, zone: tzinfo | None) -> bool:
    """Whether something was recorded by a date; zones are never two days apart, so mostly none is asked."""
    return (at.tzinfo is not None and at.date() < as_of - _TWO_DAYS) or day_of(at, zone) <= as_of
