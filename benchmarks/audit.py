"""Every rule of law and order held against a district's year, beside the same rules judged case by case.

    python -m benchmarks.audit                     40,000 pupils, 180 days
    python -m benchmarks.audit --pupils 2000       a small one

The year is made up from a seed (`schoolday.sample.recorded`); making it is not counted. The peer is the
reference in plain Python (`schoolday.measures.bounds` and its neighbours), on a sample of cases: its time for
all of them is worked out from that. A case is a pupil in a period, or an episode.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from schoolday.files.records.read import read_records
from schoolday.files.records.write import write_records
from schoolday.files.rulebooks import load
from schoolday.measures.verdict import Found
from schoolday.measures.year import Columns, audit, explain
from schoolday.rules import Kind, Layer, Rule
from schoolday.rules.rule import Period
from schoolday.sample.recorded import recorded, school_year_of

YEAR = 2026
SAMPLE = 40
"""Cases of each bound that the peer judges."""


def main() -> None:
    """Audit, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pupils", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rules = [rule for rule in load().rules if rule.layer in (Layer.LAW, Layer.ORDER)]
    year = recorded(rules, school_year_of(YEAR), asked.pupils, asked.seed)
    counts: Counter[Found] = Counter()
    seconds, made = 0.0, 0.0
    for rule in rules:
        start = time.perf_counter()
        ready, table = of_rule(rule, year)
        made += time.perf_counter() - start
        start = time.perf_counter()
        for one in audit([rule], [table], table.calendar.last):
            counts.update(one.counts)
        seconds += time.perf_counter() - start
        del ready
    cases = sum(counts.values())
    peer = by_hand(rules, recorded(rules, school_year_of(YEAR), 60, asked.seed))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    days = len(year.ends(Period.DAY))
    print(f"{asked.pupils:,} pupils, {days} days, {len(rules)} rules of law and order: {cases:,} cases")
    print(f"{os.cpu_count()} cores, one used; load average {os.getloadavg()[0]:.1f}")
    print(", ".join(f"{found.value} {number:,}" for found, number in sorted(counts.items())))
    print(
        f"columns: {seconds:.1f} s ({cases / seconds / 1e6:.1f} million cases a second), peak {peak:.2f} GiB"
    )
    print(f"case by case: {peer * 1e6:.0f} µs a case, so some {peer * cases / 3600:.1f} hours for all")
    print(reading(year))
    print(f"ratio: 1/{peer * cases / seconds:,.0f}; making the records took {made:.1f} s besides")


def reading(year: Columns) -> str:
    """Write a daily measure of every pupil as a district brings it, and say how long reading takes."""
    key = ("total_minutes", Period.DAY)
    values = {key: year.column(*key)}
    with TemporaryDirectory() as folder:
        out = Path(folder, "records")
        write_records([Columns(year.calendar, year.subjects, year.grades, values, name=year.name)], out)
        size = sum(file.stat().st_size for file in out.iterdir()) / 2**20
        start = time.perf_counter()
        found = read_records(out)
        took = time.perf_counter() - start
    assert found.tables is not None
    cells = values[key].size
    return (
        f"one daily measure from its file: {cells:,} cells, {size:.0f} MiB, read and checked in {took:.1f} s"
    )


def of_rule(rule: Rule, year: Columns) -> tuple[dict[object, object], Columns]:
    """Return a table that holds what one rule asks about, made before the clock starts."""
    wanted = {(rule.measure, rule.period)} if rule.kind is Kind.BOUND else set()
    wanted |= {(limb.measure, limb.period) for clause in rule.clauses for limb in clause.limbs}
    values = {key: year.values[key] for key in wanted if key in year.values}
    episodes = [one for one in year.episodes if rule.after in one.dates]
    table = Columns(year.calendar, year.subjects, year.grades, values, {}, episodes, year.name)
    return dict(values), table


def by_hand(rules: list[Rule], year: Columns) -> float:
    """Return the seconds that the reference takes for one case, over a sample of all bounds."""
    chance = np.random.default_rng(1)
    done, start = 0, time.perf_counter()
    for rule in rules:
        if rule.kind is not Kind.BOUND or (rule.measure, rule.period) not in year.values:
            continue
        _, table = of_rule(rule, year)
        days = table.ends(rule.period)
        for _ in range(SAMPLE):
            who, day = table.subjects[chance.integers(60)], days[chance.integers(len(days))]
            explain(rule, table, who, day, date(YEAR + 1, 6, 30))
            done += 1
    return (time.perf_counter() - start) / done


if __name__ == "__main__":
    main()
