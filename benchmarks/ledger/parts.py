"""The parts of the benchmark, each run in a process of its own: what it took, its peak, and what it found.

python -m benchmarks.ledger.parts PART FOLDER
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from schoolday.files.engines.duck import Duck
from schoolday.files.engines.kept import KeptYear
from schoolday.files.engines.packs import pack_files, read_dense
from schoolday.files.engines.spark import Spark
from schoolday.files.engines.year import read_year
from schoolday.files.rulebooks import load
from schoolday.measures.dense import DENSE
from schoolday.measures.dense.groups import by_groups, by_pupil
from schoolday.measures.disclosure import classes, smallest_cell, told
from schoolday.measures.found import FOUND_IN, findings
from schoolday.measures.given import MeasuredYear
from schoolday.measures.limits import Limits, spread
from schoolday.measures.portable import PORTABLE, Engine, prepare, run

DAILY = ("minutes_by_day", "participation")
"""Measures of every pupil's day: kept as columns, and as rows only where somebody asks for them."""
Checks = dict[str, Any]


def opened(folder: Path) -> tuple[MeasuredYear, Limits, list[Path]]:
    reading = read_year(folder)
    assert reading.year is not None, reading.findings
    return reading.year, spread(load(), reading.year), list(reading.packs.values())


def scan(folder: Path) -> Checks:
    """Read every needed column of every row, and do the least with it."""
    link = duckdb.connect()
    columns = "SUM(pupil), SUM(activity), SUM(minutes), SUM(participated), COUNT(kind), COUNT(origin)"
    start = time.perf_counter(), time.process_time()
    packs = [str(pack) for pack in pack_files(folder / "days").values()]
    found = link.execute(f"SELECT {columns}, COUNT(*) FROM read_parquet($1)", [packs]).fetchone()
    assert found
    return timed(start, rows=found[-1])


def dense(folder: Path) -> Checks:
    """From the packs to every measure, every finding and the groups, by dense arrays."""
    year, limits, _packs = opened(folder)
    book = load()
    start = time.perf_counter(), time.process_time()
    facts = read_dense(pack_files(folder / "days"), year, limits)
    read = time.perf_counter() - start[0]
    answers = facts.answers(name for name in DENSE if name not in DAILY)
    rates = by_pupil(answers)
    groups = list(by_groups(year, rates))
    measured = timed(start, read=read)
    belonging = {rate: classes(year, lines[:, 0].tolist()) for rate, lines in rates.items()}
    cells = told(groups, belonging, smallest_cell(book, year.days[-1].day)[0])
    found = sum(1 for _ in findings(year, limits, lambda name: facts.cells(name, True, answers[name])))
    whole = timed(start)
    checks = checked(answers)
    sizes = sum(len(one) for one in answers.values()) + int((facts.states < 5).sum())
    more = {
        "with findings": whole["wall"],
        "their cpu": whole["cpu"],
        "findings": found,
        "cells": len(cells),
        "lines": sizes,
    }
    return {**measured, **more, **checks}


def sql(folder: Path) -> Checks:
    """The portable texts on DuckDB; tables are kept, and go to the disk beyond 4 GB."""
    year, limits, packs = opened(folder)
    start = time.perf_counter(), time.process_time()
    engine = Duck(packs, memory="4GB", spill=folder / "spill")
    found = by_texts(engine, year, limits, start)
    engine.close()
    shutil.rmtree(folder / "spill", ignore_errors=True)
    return found


def spark(folder: Path) -> Checks:
    """The same texts on Spark, on this machine."""
    year, limits, packs = opened(folder)
    begun = time.perf_counter()
    engine = Spark(packs)
    start = time.perf_counter(), time.process_time()
    found = {**by_texts(engine, year, limits, start), "start": start[0] - begun}
    engine.close()
    return found


def by_texts(engine: Engine, year: MeasuredYear, limits: Limits, start: tuple[float, float]) -> Checks:
    prepare(engine, year, limits)
    run(engine, [name for name in PORTABLE if name not in DAILY])
    groups = engine.ask("SELECT COUNT(*) FROM by_groups")
    found = timed(start, groups=groups[0][0])
    return {**found, **checked({name: engine.ask(f"SELECT * FROM {name}") for name in FOUND_IN})}


def nightly(folder: Path) -> Checks:
    """One changed day: its pack read again, its facts kept, its pupils and its week worked out."""
    year, limits, _packs = opened(folder)
    packs = pack_files(folder / "days")
    kept = KeptYear(folder, year, limits)
    kept.make(packs)
    facts = kept.open()
    took, used = [], []
    for day in list(packs)[-21:]:
        start = time.perf_counter(), time.process_time()
        kept.renew(facts, day, packs[day])
        took.append(time.perf_counter() - start[0])
        used.append(time.process_time() - start[1])
    shutil.rmtree(folder / "kept")
    return {"wall": median(took), "cpu": median(used), "worst": max(took)}


def pandas(folder: Path) -> Checks:
    """The same figures as an analyst would write them: read it all, group, merge."""
    import pandas as pd  # noqa: PLC0415

    year, limits, packs = opened(folder)
    start = time.perf_counter(), time.process_time()
    rows = pd.concat([pd.read_parquet(pack) for pack in packs], ignore_index=True)
    plan, said = rows[rows.origin == "plan"], rows[rows.origin == "attendance"]
    given = rows[~rows.origin.isin(["plan", "attendance"])]
    own = ["pupil", "day"]
    facts = pd.DataFrame(index=pd.MultiIndex.from_frame(rows[own].drop_duplicates()))
    facts["planned"] = plan.groupby(own).minutes.sum()
    facts["planned_rows"] = plan.groupby(own).size()
    took = given[given.participated == 1]
    facts["given"] = took.groupby(own).minutes.sum()
    facts["live"] = took[took.kind == "live"].groupby(own).minutes.sum()
    timed_rows = given[given.origin.isin(["joined", "work", "in_person", "service"])]
    facts["recorded"] = timed_rows.groupby(own).size()
    unsure = timed_rows.participated.isna() | ((timed_rows.participated == 1) & timed_rows.minutes.isna())
    facts["untimed"] = timed_rows[unsure].groupby(own).size()
    facts["evidence"] = took.groupby(own).size()
    facts["absent"] = said[said.participated == 0].groupby(own).size()
    facts["present"] = said[said.participated == 1].groupby(own).size()
    facts = facts.fillna(0).reset_index()
    dates = [(one.day, one.number, one.week) for one in year.days]
    calendar = pd.DataFrame(dates, columns=["day", "number", "week"])
    spans = pd.DataFrame(year.spans, columns=["pupil", "first", "last"])
    days = spans.merge(calendar, how="cross").query("first <= number <= last")
    days = days.merge(facts, how="left", on=own)
    days["profile"] = days.pupil.map(dict(enumerate(year.profile_of)))
    days = days.merge(pd.DataFrame(limits.minima, columns=["profile", "number", "minimum"]), how="left")
    days["attended"] = ((days.evidence > 0) | (days.present > 0)).map({True: 1, False: 2})
    days.loc[(days.attended == 2) & (days.absent > 0), "attended"] = 0
    open_ = (days.untimed > 0) | ~(days.recorded > 0) | (days.recorded < days.planned_rows)
    under = days.minimum.notna() & ~(days.given >= days.minimum)
    days["short"] = under & (days.attended != 0) & ~open_
    days["unverified"] = under & (days.attended != 0) & open_
    short = days.groupby("pupil")[["short", "unverified"]].sum()
    for name, value in (("took", 1), ("away", 0), ("unknown", 2)):
        days[name] = days.attended == value
    weeks = days.groupby(["pupil", "profile", "week"])[["took", "away", "unknown"]].sum().reset_index()
    weeks["days"] = weeks.took + weeks.away + weeks.unknown
    rules = pd.DataFrame(limits.weeks, columns=["profile", "week", "over", "share"])
    weeks = weeks.merge(rules, how="left", on=["profile", "week"])
    flagged = (weeks.away > weeks.over) | (weeks.away * 100 >= weeks.share * weeks.days)
    chronic = days.groupby("pupil")[["took", "away", "unknown"]].sum()
    tenth = chronic.away * 100 >= 10 * chronic.sum(axis=1)
    promises = pd.DataFrame(year.promises, columns=["id", "pupil", "activity"])
    services = rows.merge(promises[["pupil", "activity"]], on=["pupil", "activity"])
    owed = services[services.origin == "plan"].groupby("activity").minutes.sum()
    done = services[services.origin == "service"].groupby("activity").minutes.sum()
    left = owed.sub(done, fill_value=0).clip(lower=0)
    days.groupby("pupil")[["live", "given", "planned"]].sum()
    days.groupby(["pupil", "week"])[["planned", "given"]].sum()
    found = timed(start, rows=len(rows))
    return {
        **found,
        "short": int(short.short.sum()),
        "unverified": int(short.unverified.sum()),
        "flagged": int(flagged.sum()),
        "chronic": int(tenth.sum()),
        "unaccounted": int(left.sum()),
    }


def checked(answers: dict[str, Any]) -> Checks:
    """Return the figures by which the parts are held against each other."""
    return {
        "short": int(sum(row[3] for row in answers["short_days"])),
        "unverified": int(sum(row[4] for row in answers["short_days"])),
        "flagged": int(sum(row[6] == 1 for row in answers["engagement_weeks"])),
        "chronic": int(sum(row[5] == 1 for row in answers["chronic_absence"])),
        "unaccounted": int(sum(row[6] for row in answers["service_minutes"])),
    }


def timed(start: tuple[float, float], **more: Any) -> Checks:  # noqa: ANN401 - figures of any kind
    return {"wall": time.perf_counter() - start[0], "cpu": time.process_time() - start[1], **more}


PARTS: dict[str, Callable[[Path], Checks]] = {
    "scan": scan,
    "dense": dense,
    "sql": sql,
    "nightly": nightly,
    "pandas": pandas,
    "spark": spark,
}


def main() -> None:
    found = PARTS[sys.argv[1]](Path(sys.argv[2]))
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(json.dumps(found))


if __name__ == "__main__":
    main()
