"""The measures in slow, plain Python: what the SQL and the dense pass are held against, row by row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from schoolday.measures.given import ATTENDANCE, GROUPS, KINDS, PLAN, TIMED, MeasuredYear, PackRow, SchoolDay
from schoolday.measures.limits import UNACCOUNTED, Limits
from schoolday.measures.portable import Cells

MET, SHORT, UNVERIFIED, NO_MINIMUM, ABSENT = range(5)
"""How a day's minutes stand."""
NO, YES, OPEN, NO_RULE = range(4)
"""How a trigger stands; of a service, YES is that minutes are unaccounted for."""


@dataclass
class _Known:
    """One pupil's school day."""

    at: SchoolDay
    minimum: int | None
    rows: list[PackRow] = field(default_factory=list)

    def of(self, *origins: str) -> list[PackRow]:
        return [row for row in self.rows if row.origin in origins]

    @property
    def evidence(self) -> list[PackRow]:
        return [row for row in self.rows if row.origin not in (PLAN, ATTENDANCE) and row.participated == 1]

    def planned(self, *kinds: str) -> int:
        return sum(row.minutes or 0 for row in self.of(PLAN) if row.kind in (kinds or KINDS))

    def given(self, *kinds: str) -> int:
        return sum(row.minutes or 0 for row in self.evidence if row.kind in (kinds or KINDS))

    @property
    def untimed(self) -> int:
        return sum(_untimed(row) for row in self.of(*TIMED))

    @property
    def attended(self) -> int:
        said = {row.participated for row in self.of(ATTENDANCE)}
        if self.evidence or 1 in said:
            return 1
        return 0 if 0 in said else 2

    @property
    def contrary(self) -> int:
        return int(self.attended == 1 and any(row.participated == 0 for row in self.of(ATTENDANCE)))

    @property
    def state(self) -> int:
        if self.minimum is None:
            return NO_MINIMUM
        if self.given() >= self.minimum:
            return MET
        if self.attended == 0:
            return ABSENT
        recorded = len(self.of(*TIMED))
        unsure = self.untimed or not recorded or recorded < len(self.of(PLAN))
        return UNVERIFIED if unsure else SHORT

    @property
    def planned_state(self) -> int:
        if self.minimum is None:
            return NO_MINIMUM
        if self.planned() >= self.minimum:
            return MET
        return SHORT if self.of(PLAN) else UNVERIFIED

    @property
    def live_due(self) -> int:
        return sum(row.kind == "live" for row in self.of(PLAN))

    @property
    def live_met(self) -> int:
        return sum(row.participated == 1 for row in self.of("joined", "service") if row.kind == "live")

    @property
    def live_missed(self) -> int:
        told = sum(row.participated == 0 for row in self.of("joined", "service") if row.kind == "live")
        return max(told, self.live_due - self.live_met) if self.attended == 0 else told


def _untimed(row: PackRow) -> bool:
    return row.participated is None or (row.participated == 1 and row.minutes is None)


Days = Mapping[int, list[_Known]]


def reference(year: MeasuredYear, limits: Limits, rows: Iterable[PackRow]) -> dict[str, list[Cells]]:
    """Return the rows of every measure by name.

    Parameters
    ----------
    year, limits
        The year, and what the rules say in it.
    rows
        Plan and record.
    """
    every = list(rows)
    days = _days(year, limits, every)
    found = {
        "minutes_by_day": list(_minutes(days)),
        "participation": [
            (who, str(one.at.day), one.attended, one.contrary) for who, some in days.items() for one in some
        ],
        "short_days": list(_short(days)),
        "engagement_weeks": list(_weeks(year, limits, days)),
        "study_windows": list(_windows(year, limits, days)),
        "study_months": list(_months(year, limits, days)),
        "chronic_absence": list(_chronic(year, limits, days)),
        "service_minutes": list(_services(year, limits, every)),
        "live_share": list(_live(days)),
        "planned_given": list(_planned_given(days)),
        "strays": list(_strays(year, every)),
    }
    found["by_pupil"] = list(_by_pupil(found))
    found["by_groups"] = list(_by_groups(year, found["by_pupil"]))
    return found


def _days(year: MeasuredYear, limits: Limits, rows: Iterable[PackRow]) -> Days:
    minimum = {(profile, number): least for profile, number, least in limits.minima}
    by_day: dict[tuple[int, date], list[PackRow]] = defaultdict(list)
    for row in rows:
        by_day[row.pupil, row.day].append(row)
    found: dict[int, list[_Known]] = {}
    for who, first, last in sorted(year.spans):
        for at in year.days[first : last + 1]:
            least = minimum.get((year.profile_of[who], at.number))
            found.setdefault(who, []).append(_Known(at, least, by_day[who, at.day]))
    return found


def _minutes(days: Days) -> Iterator[Cells]:
    for who, some in days.items():
        for one in some:
            kinds = (one.given("live"), one.given("independent"), one.given("in_person"))
            yield (
                who, str(one.at.day), *kinds, one.given(), one.planned(), one.untimed, one.minimum, one.state,
                one.planned_state,
            )  # fmt: skip


def _short(days: Days) -> Iterator[Cells]:
    for who, some in days.items():
        states = Counter(one.state for one in some)
        bound = len(some) - states[NO_MINIMUM]
        planned = sum(one.planned_state == SHORT for one in some)
        yield who, bound, states[MET], states[SHORT], states[UNVERIFIED], states[ABSENT], planned


def _weeks(year: MeasuredYear, limits: Limits, days: Days) -> Iterator[Cells]:
    rules = {(profile, week): (over, share) for profile, week, over, share in limits.weeks}
    for who, some in days.items():
        for week in dict.fromkeys(one.at.week for one in some):
            part = Counter(one.attended for one in some if one.at.week == week)
            rule = rules.get((year.profile_of[who], week))
            state = _reached(rule, part[0], part[2], part.total()) if rule else NO_RULE
            yield who, week, part.total(), part[1], part[0], part[2], state


def _reached(rule: tuple[int | None, int | None], absent: int, unknown: int, days: int) -> int:
    over, share = rule

    def holds(value: int) -> bool:
        return (over is not None and value > over) or (share is not None and value * 100 >= share * days)

    return YES if holds(absent) else OPEN if holds(absent + unknown) else NO


def _windows(year: MeasuredYear, limits: Limits, days: Days) -> Iterator[Cells]:
    rules = {(profile, number): share for profile, number, share in limits.windows}
    for who, some in days.items():
        for start in some:
            share = rules.get((year.profile_of[who], start.at.number))
            if share is None:
                continue
            last = start.at.day + timedelta(days=27)
            part = [one for one in some if start.at.day <= one.at.day <= last]
            required = sum(one.minimum or 0 for one in part)
            lost = sum(one.minimum or 0 for one in part if one.state in (SHORT, ABSENT))
            unknown = sum(one.minimum or 0 for one in part if one.state == UNVERIFIED)
            yield who, str(start.at.day), required, lost, unknown, _over(share, lost, unknown, required)


def _months(year: MeasuredYear, limits: Limits, days: Days) -> Iterator[Cells]:
    rules = {(profile, month): share for profile, month, share in limits.months}
    for who, some in days.items():
        for month in dict.fromkeys(one.at.month for one in some):
            share = rules.get((year.profile_of[who], month))
            if share is None:
                continue
            part = [one for one in some if one.at.month == month]
            met, missed = sum(one.live_met for one in part), sum(one.live_missed for one in part)
            due = max(sum(one.live_due for one in part), met + missed)
            unknown = due - met - missed
            yield who, month, due, met, missed, unknown, _over(share, missed, unknown, due)


def _over(share: int, part: int, unknown: int, whole: int) -> int:
    if part * 100 > share * whole:
        return YES
    return OPEN if (part + unknown) * 100 > share * whole else NO


def _chronic(year: MeasuredYear, limits: Limits, days: Days) -> Iterator[Cells]:
    rules = dict(limits.chronic)
    for who, some in days.items():
        part = Counter(one.attended for one in some)
        share = rules.get(year.profile_of[who])
        state = NO_RULE if share is None else _reached((None, share), part[0], part[2], len(some))
        yield who, len(some), part[0], part[2], sum(one.contrary for one in some), state


def _services(year: MeasuredYear, limits: Limits, rows: list[PackRow]) -> Iterator[Cells]:
    most = dict(limits.amounts).get(UNACCOUNTED)
    for number, promise in enumerate(year.promises):
        own = [row for row in rows if (row.pupil, row.activity) == (promise.pupil, promise.activity)]
        done = [row for row in own if row.origin == "service"]
        owed = sum(row.minutes or 0 for row in own if row.origin == PLAN)
        provided = sum(row.minutes or 0 for row in done if row.participated == 1)
        explained = sum(row.minutes or 0 for row in done if row.participated == 0)
        untimed = sum(map(_untimed, done))
        left = max(0, owed - provided - explained)
        state = NO_RULE if most is None else NO if left <= most else OPEN if untimed else YES
        yield number, promise.pupil, owed, provided, explained, untimed, left, state


def _live(days: Days) -> Iterator[Cells]:
    for who, some in days.items():
        given = sum(one.given("live") for one in some), sum(one.given() for one in some)
        yield who, *given, sum(one.planned("live") for one in some), sum(one.planned() for one in some)


def _planned_given(days: Days) -> Iterator[Cells]:
    for who, some in days.items():
        for week in dict.fromkeys(one.at.week for one in some):
            part = [one for one in some if one.at.week == week]
            kinds = [
                sum(count)
                for kind in ("live", "independent", "in_person")
                for count in ([one.planned(kind) for one in part], [one.given(kind) for one in part])
            ]
            yield who, week, *kinds, sum(one.untimed for one in part)


def _strays(year: MeasuredYear, rows: list[PackRow]) -> Iterator[Cells]:
    enrolled = {(who, one.day) for who, first, last in year.spans for one in year.days[first : last + 1]}
    lost = {(row.pupil, row.day) for row in rows} - enrolled
    yield from Counter(who for who, _day in lost).items()


def _by_pupil(found: Mapping[str, list[Cells]]) -> Iterator[Cells]:
    for who, bound, _met, short, unverified, _absent, _planned in found["short_days"]:
        if bound:
            yield who, "short_days", short, bound, unverified
    for who, days, absent, unknown, _contrary, state in found["chronic_absence"]:
        yield who, "absent_days", absent, days, unknown
        if state != NO_RULE:
            yield who, "chronic_absence", int(state == YES), 1, int(state == OPEN)
    yield from _summed("reengagement_weeks", (
        (who, int(state == YES), 1, int(state == OPEN))
        for who, _week, _days, _took, _absent, _unknown, state in found["engagement_weeks"]
        if state != NO_RULE
    ))  # fmt: skip
    yield from _summed("service_minutes_unaccounted", (
        (who, left, owed, left if untimed else 0)
        for _promise, who, owed, _provided, _explained, untimed, left, _state in found["service_minutes"]
    ))  # fmt: skip
    for who, live, given, planned_live, planned in found["live_share"]:
        yield who, "live_share", live, given, 0
        yield who, "planned_live_share", planned_live, planned, 0
        yield who, "given_of_planned", given, planned, 0


def _summed(rate: str, parts: Iterable[tuple[int, int, int, int]]) -> Iterator[Cells]:
    sums: dict[int, tuple[int, int, int]] = {}
    for who, *numbers in parts:
        before = sums.get(who, (0, 0, 0))
        sums[who] = (before[0] + numbers[0], before[1] + numbers[1], before[2] + numbers[2])
    for who, summed in sums.items():
        yield who, rate, *summed


def _by_groups(year: MeasuredYear, by_pupil: list[Cells]) -> Iterator[Cells]:
    cells: dict[tuple[str, str, str], list[Cells]] = defaultdict(list)
    for line in by_pupil:
        for kind in GROUPS:
            cells[line[1], kind, year.pupils[line[0]].group(kind)].append(line)
    for key, lines in cells.items():
        sums = [sum(line[place] for line in lines) for place in (2, 3, 4)]
        yield *key, len(lines), sum(line[2] > 0 for line in lines), *sums
