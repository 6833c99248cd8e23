"""How often the Blueprint's rules lead to the tier that a county was really given, and where they part.

    python -m benchmarks.tiers FOLDER        FOLDER holds cdph-reopening-*.csv as newspapers collected them

The files are not ours to ship. Each week is judged from the tier in which the county then was, so that one
disagreement is counted once. A week that the files lack has unknown numbers; nobody is moved on them. It
prints the share that agrees by version of the rules, and every disagreement with what explains it.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
SMALL = frozenset({"small_county"})


def told(collected: date) -> date:
    """Return when a number was told that was collected on a date: the Tuesday before, two dates apart."""
    if collected < date(2020, 9, 8):
        return FIRST
    if collected == BRAKE:
        return BRAKE
    return collected - timedelta(days=(collected.weekday() - 1) % 7)


def rows(folder: Path, pattern: str) -> Iterator[tuple[str, date, dict[str, str]]]:
    """Yield county, date and cells of each row, in the order of dates."""
    found = []
    for file in sorted(folder.glob(pattern)):
        with file.open(encoding="utf-8", newline="") as text:
            found += [(row["county"], date.fromisoformat(row["date"]), row) for row in csv.DictReader(text)]
    yield from sorted(found, key=lambda row: row[:2])


def weeks(folder: Path) -> dict[str, tuple[Week, ...]]:
    """Return each county's weeks; a Tuesday on which nothing new was collected is a week of unknowns."""
    told_of: dict[str, dict[date, dict[str, float | None]]] = defaultdict(dict)
    last: dict[str, dict[str, float | None]] = {}
    for county, collected, row in rows(folder, "cdph-reopening-metrics*.csv"):
        values = numbers(row)
        if values["county_case_rate"] is not None and values != last.get(county):
            last[county] = values
            told_of[county][told(collected)] = values
    return {county: tuple(filled(county, some)) for county, some in told_of.items()}


def numbers(row: Mapping[str, str]) -> dict[str, float | None]:
    """Return a row's measures with the one decimal that was published."""
    rate = row["adjusted_case_rate"] or row["percapita_case_rate"]
    return {
        "county_case_rate": round(float(rate), 1) if rate else None,
        "county_positivity": round(float(row["positivity_rate"]) * 100, 1)
        if row["positivity_rate"]
        else None,
        "equity_positivity": round(float(row["equity_index"]), 1) if row["equity_index"] else None,
    }


def filled(county: str, some: Mapping[date, dict[str, float | None]]) -> Iterator[Week]:
    """Yield a county's weeks with those that are missing between them."""
    due = set(some)
    tuesday = date(2020, 9, 8)
    while tuesday <= max(some):
        due.add(tuesday)
        tuesday += timedelta(weeks=1)
    unknown: dict[str, float | None] = {"county_case_rate": None, "county_positivity": None}
    for day in sorted(due):
        yield Week(county, day, day - timedelta(days=10), some.get(day, unknown))


def happened(folder: Path) -> dict[str, list[Assigned]]:
    """Return the tiers that each county was given, as they were collected."""
    found: dict[str, list[Assigned]] = defaultdict(list)
    for county, collected, row in rows(folder, "cdph-reopening-tiers*.csv"):
        step = BLUEPRINT.steps[int(row["tier"]) - 1]
        if not found[county] or found[county][-1].step != step:
            found[county].append(Assigned(county, step, told(collected), "collected by a newspaper"))
    return found


@dataclass(frozen=True)
class Compared:
    """One week of one county: what the rules led to, and what happened."""

    one: Assessment
    really: str

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
        at, went = BLUEPRINT.place(self.one.before), BLUEPRINT.place(self.really)
        if went < at and self.one.range is not None and BLUEPRINT.place(self.one.range) < at:
            return "moved to a stricter tier sooner or further than the rules say: the state may at any time"
        if went >= at and BLUEPRINT.place(self.one.after) < at:
            return "left where it was after bad weeks: the state's own look at the latest ten days"
        return "open"


def compared(folder: Path) -> list[Compared]:
    """Return every county's weeks from 8 September on, the rules' answer beside what happened."""
    book, tiers, found = load(), happened(folder), []
    for county, some in weeks(folder).items():
        real = tiers.get(county)
        if not real:
            continue
        small = SMALL if all(week.values.get("equity_positivity") is None for week in some) else frozenset()
        start = Memory(real[0].step, FIRST)
        for one in replay(BLUEPRINT, book, start, some, happened=real, circumstances=small):
            if one.week.told > FIRST:
                found.append(Compared(one, step_on(real, one.week.told)))
    return found


def step_on(real: Sequence[Assigned], day: date) -> str:
    """Return the step that a county had been given by a date."""
    return [one for one in real if one.told <= day][-1].step


def main() -> None:
    """Print the shares and the disagreements."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    found = compared(parser.parse_args().folder)
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


def share(some: Sequence[Compared]) -> str:
    """Return the share that agrees."""
    return f"{100 * sum(one.agrees for one in some) / len(some):.1f} %" if some else "-"


if __name__ == "__main__":
    main()
