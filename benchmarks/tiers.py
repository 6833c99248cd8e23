"""How often the Blueprint's rules lead to the tier that a county was really given, and where they part.

    python -m benchmarks.tiers FOLDER        FOLDER holds cdph-reopening-*.csv as newspapers collected them

The files are not ours to ship. Each week is judged from the tier in which the county then was, so that one
disagreement is counted once. A week that the files lack has unknown numbers; nobody is moved on them. It
prints the share that agrees by version of the rules, and every disagreement with what explains it. Any
counties may be in the files; one without both numbers and tiers is named and left out.
"""

from __future__ import annotations

import argparse
import csv
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from schoolday.conditions import BLUEPRINT, Assessment, Assigned, Memory, Week, replay
from schoolday.files.rulebooks import load

FIRST, BRAKE = date(2020, 8, 31), date(2020, 11, 16)
VERSIONS = (
    ("31 August 2020: two measures, two weeks", date(2020, 8, 31)),
    ("6 October 2020: and the least healthy quarter", date(2020, 10, 6)),
    ("16 November 2020: one week is enough", BRAKE),
)
METRICS = "cdph-reopening-metrics*.csv"
BOOK = load()
HALF = 0.05
"""Half of the last digit of a number as it was published."""


Told = Callable[[date], date]
"""When a row was told that was collected on a date."""


def tuesday(collected: date) -> date:
    """Return the day of the weekly telling by which a row was collected."""
    return collected - timedelta(days=(collected.weekday() - 1) % 7)


def rows(folder: Path, pattern: str) -> Iterator[tuple[str, date, dict[str, str]]]:
    """Yield county, date and cells of each row, in the order of dates."""
    found = []
    for file in sorted(folder.glob(pattern)):
        with file.open(encoding="utf-8", newline="") as text:
            found += [(row["county"], date.fromisoformat(row["date"]), row) for row in csv.DictReader(text)]
    yield from sorted(found, key=lambda row: row[:2])


def tellings(folder: Path) -> Told:
    """Return when each collected row was told, from the days on which some county's rate was a new one.

    A collector who was late has the numbers of the Tuesday before; only under the emergency brake were
    numbers told on other days of a week, too.
    """
    last: dict[str, str] = {}
    fresh: set[date] = set()
    for county, collected, row in sorted(rows(folder, METRICS), key=lambda one: one[1]):
        if last.get(county) != row["percapita_case_rate"]:
            last[county] = row["percapita_case_rate"]
            fresh.add(collected)
    days = sorted(fresh)
    return lambda collected: _told(days, collected)


def _told(fresh: Sequence[date], collected: date) -> date:
    place = bisect(fresh, collected) - 1
    day = fresh[place] if place >= 0 else collected
    if day < date(2020, 9, 8):
        return FIRST
    late = day < BRAKE or tuesday(day) not in fresh
    return BRAKE if day == BRAKE else tuesday(day) if late else day


def weeks(folder: Path) -> dict[str, tuple[Week, ...]]:
    """Return each county's weeks: the numbers told anew for anybody are new for all, be they the same.

    A Tuesday on which nothing was told is a week of unknowns.
    """
    told, found = tellings(folder), defaultdict[str, dict[date, dict[str, float | None]]](dict)
    for county, collected, row in rows(folder, METRICS):
        values = numbers(row)
        if values["county_case_rate"] is not None:
            found[county][told(collected)] = values
    return {county: tuple(filled(county, some)) for county, some in found.items()}


def numbers(row: Mapping[str, str]) -> dict[str, float | None]:
    """Return a row's measures with the one decimal that was published."""
    equity = row.get("equity_index") or row.get("equity_metric")  # both names were used
    rate = row["adjusted_case_rate"] or row["percapita_case_rate"]
    return {
        "county_case_rate": round(float(rate), 1) if rate else None,
        "county_positivity": round(float(row["positivity_rate"]) * 100, 1)
        if row["positivity_rate"]
        else None,
        "equity_positivity": round(float(equity), 1) if equity else None,
    }


def filled(county: str, some: Mapping[date, dict[str, float | None]]) -> Iterator[Week]:
    """Yield a county's weeks with those that are missing between them."""
    due = set(some)
    day = date(2020, 9, 8)
    while day <= max(some):
        due.add(day)
        day += timedelta(weeks=1)
    unknown: dict[str, float | None] = {"county_case_rate": None, "county_positivity": None}
    for day in sorted(due):
        yield Week(county, day, day - timedelta(days=10), some.get(day, unknown))


def happened(folder: Path) -> dict[str, list[Assigned]]:
    """Return the tiers that each county was given, as they were collected."""
    told, found = tellings(folder), defaultdict[str, list[Assigned]](list)
    for county, collected, row in rows(folder, "cdph-reopening-tiers*.csv"):
        step = BLUEPRINT.steps[int(row["tier"]) - 1]
        if not found[county] or found[county][-1].step != step:
            day = max(told(collected), FIRST if collected < date(2020, 9, 8) else tuesday(collected))
            found[county].append(Assigned(county, step, day, "collected by a newspaper"))
    return found


@dataclass(frozen=True)
class Compared:
    """One week of one county: what the rules led to, what happened, and where a hair's breadth would lead."""

    one: Assessment
    really: str
    nearly: frozenset[str] = frozenset()

    @property
    def agrees(self) -> bool:
        """Whether the rules led to what happened."""
        return self.one.after == self.really

    @property
    def version(self) -> str:
        """The version of the rules that the week is judged by."""
        return next(name for name, since in reversed(VERSIONS) if self.one.week.told >= since)

    @property
    def why(self) -> str:
        """What explains a disagreement, or that it is open."""
        if self.one.unverified:
            return "numbers of that week, or of the one before, are not in the files"
        if self.really in self.nearly:
            return "a number lies on a limit as it was published, rounded; the state had it unrounded"
        at, went = BLUEPRINT.place(self.one.before), BLUEPRINT.place(self.really)
        if went < at and self.one.range is not None and BLUEPRINT.place(self.one.range) < at:
            return "moved to a stricter tier sooner or further than the rules say: the state may at any time"
        if went >= at and BLUEPRINT.place(self.one.after) < at:
            return "left where it was after bad weeks: the state's own look at the latest ten days"
        return "open"


def compared(folder: Path) -> list[Compared]:
    """Return every county's weeks from 8 September on, the rules' answer beside what happened."""
    tiers, found = happened(folder), []
    for county, some in weeks(folder).items():
        if tiers.get(county):
            found += Replayed(some, tiers[county]).compared()
    return found


def left_out(folder: Path) -> set[str]:
    """Return the counties that have numbers without tiers, or tiers without numbers."""
    return set(weeks(folder)) ^ set(happened(folder))


@dataclass(frozen=True)
class Replayed:
    """One county: its weeks, and the tiers that it was really given."""

    weeks: tuple[Week, ...]
    real: list[Assigned]

    def compared(self) -> list[Compared]:
        """Return its weeks after the first, compared."""
        found = []
        for place, one in enumerate(self.assessed(self.weeks)):
            really = step_on(self.real, one.week.told)
            if one.week.told > FIRST:
                near = frozenset() if one.after == really or one.unverified else self.nearly(place)
                found.append(Compared(one, really, near))
        return found

    def nearly(self, place: int) -> frozenset[str]:
        """Return where a week would lead if each of its numbers were a half of its last digit off."""
        week, found = self.weeks[place], set()
        for name, value in week.values.items():
            if value is None:
                continue
            for near in (value - HALF, value + HALF):
                moved = replace(week, values={**week.values, name: round(near, 2)})
                found.add(self.assessed((*self.weeks[:place], moved))[-1].after)
        return frozenset(found)

    def assessed(self, some: Sequence[Week]) -> tuple[Assessment, ...]:
        """Return the weeks, each from the tier in which the county then was."""
        equity = any(week.values.get("equity_positivity") is not None for week in self.weeks)
        small = frozenset[str]() if equity else frozenset({"small_county"})
        return replay(
            BLUEPRINT, BOOK, Memory(self.real[0].step, FIRST), some, happened=self.real, circumstances=small
        )


def step_on(real: Sequence[Assigned], day: date) -> str:
    """Return the step that a county had been given by a date."""
    return [one for one in real if one.told <= day][-1].step


def main() -> None:
    """Print the shares and the disagreements."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    found = compared(folder)
    print(
        "| rules since | county-weeks | agree | not known | agree of the rest | with a move, known | agree |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, _since in VERSIONS:
        mine = [one for one in found if one.version == name]
        known = [one for one in mine if not one.one.unverified]
        moves = [one for one in known if one.one.moved or one.really != one.one.before]
        lacking = len(mine) - len(known)
        cells = (name, len(mine), share(mine), lacking, share(known), len(moves), share(moves))
        print(f"| {' | '.join(str(cell) for cell in cells)} |")
    reasons = defaultdict(list)
    for one in found:
        if not one.agrees:
            reasons[one.why].append(one)
    for why, some in sorted(reasons.items(), key=lambda row: -len(row[1])):
        print(f"\n{len(some)} times {why}:")
        for one in some:
            week = one.one.week
            print(
                f"  {week.place}, {week.told}: {one.one.before}; rules {one.one.after}, really {one.really} "
                f"(range {one.one.range or 'unknown'}, {one.one.good} good, {one.one.bad} bad weeks, "
                f"{one.one.weeks_in} in it)"
            )

    without = sorted(left_out(folder))
    if without:
        print(f"\nLeft out, for numbers or tiers are not in the files: {', '.join(without)}")


def share(some: Sequence[Compared]) -> str:
    """Return the share that agrees."""
    return f"{100 * sum(one.agrees for one in some) / len(some):.1f} %" if some else "-"


if __name__ == "__main__":
    main()
