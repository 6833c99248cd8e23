"""Re-engagement of a district over a term: the replay, beside the plain replay and beside pandas.

    python -m benchmarks.reengage                    # 42,000 pupils in 70 schools, 8 September to 18 December
    python -m benchmarks.reengage --schools 5

School by school, as the desk asks. The plain replay tells every entry of every pupil and judges each trigger
day by day; its cases must be ours, every field of them. Pandas is what an analyst writes: the newest code of
a day, counts by pupil and week and by pupil. It knows neither moments nor steps nor what was open when, and
says only who ever reached the weekly trigger and who is truant; they must be the pupils of our cases.
Attendance, contacts and the written plan are made up; every pupil has six enrollments. Exit code 1 where two
ways differ.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

import pandas as pd

from benchmarks import plain_replay
from schoolday.files.reengage.read import Record
from schoolday.files.rulebooks import load
from schoolday.ledger.entry import EntryKind
from schoolday.ledger.reengage.cases import Case
from schoolday.ledger.reengage.known import AWAY, UNEXCUSED
from schoolday.ledger.reengage.replay import cases
from schoolday.ledger.reengage.watch import Watch, watched
from schoolday.roster import Pupil, Roster
from schoolday.rules import Rule, Way
from schoolday.sample.recorded import school_year_of
from schoolday.sample.reengage import attendance

T = TypeVar("T")
PUPILS, ENROLLMENTS = 600, 6
YEAR, ZONE = school_year_of(2020), ZoneInfo("America/Los_Angeles")
FIRST, AS_OF = date(2020, 9, 8), date(2020, 12, 18)
WEEKLY, TRUANT = "ca.distance.reengagement", "ca.truancy.three"
ROWS: Sequence[tuple[date | None, date | None]] = [(date(2020, 8, 1), None)] * ENROLLMENTS


def main(words: list[str] | None = None) -> int:
    """Run all three on every school, and print the seconds of processor that each took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--schools", type=int, default=70)
    asked = parser.parse_args(words)
    spent, faults, counted = dict[str, float](), 0, Counter[str]()
    rules = watched(load(), ["CA"], Way.DISTANCE)
    for number in range(asked.schools):
        record = made(number)
        ours, theirs, reached = (
            timed(name, spent, partial(way, record, rules))
            for name, way in (("ours", quick), ("plain", plain), ("pandas", analyst))
        )
        faults += (ours != theirs) + (reached != {(one.pupil, one.rule.id) for one in ours if of_both(one)})
        counted.update(pupils=PUPILS, entries=len(record.entries), cases=len(ours))
    told(spent, counted, faults)
    return 1 if faults else 0


def told(spent: Mapping[str, float], counted: Counter[str], faults: int) -> None:
    """Print what came of it."""
    print(", ".join(f"{number:,} {what}" for what, number in counted.items()))
    for name, seconds in spent.items():
        print(f"{name:7} {seconds:7.2f} s of processor, {seconds / spent['ours']:5.1f} times ours")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak memory {peak:.2f} GiB with the record of one school")
    print(f"{faults} schools on which two ways differ" if faults else "the same cases on every school")


def made(number: int) -> Record:
    """Return the made-up record of one school."""
    school = f"s{number:02}"
    names = [f"{school}p{place:03}" for place in range(PUPILS)]
    pupils = {one: Pupil(one, "", "", "5", school) for one in names}
    roster = Roster(
        "d", "", ("CA",), "", {}, pupils, {}, {}, (), (), {}, {}, {}, {}, YEAR,
    )  # fmt: skip
    return attendance(roster, list(YEAR.school_days(FIRST, AS_OF)), ZONE, seed=number)


def timed(name: str, spent: dict[str, float], work: Callable[[], T]) -> T:
    """Return what some work returns, and add the processor's seconds to what was spent."""
    gc.collect()
    began = time.process_time()
    found = work()
    spent[name] = spent.get(name, 0.0) + time.process_time() - began
    return found


def quick(record: Record, rules: Sequence[Rule]) -> list[Case]:
    """Return the cases as the desk and the terminal ask for them."""
    watch = Watch(YEAR, spans=lambda pupil: frozenset(ROWS))
    return cases(record.entries, rules, watch, AS_OF, plan=record.plan, zone=ZONE)


def plain(record: Record, rules: Sequence[Rule]) -> list[Case]:
    """Return the cases of the plain replay, which asks each enrollment about each day as the desk did."""
    watch = Watch(YEAR, enrolled)
    return plain_replay.cases(record.entries, rules, watch, AS_OF, plan=record.plan, zone=ZONE)


def enrolled(pupil: str, day: date) -> bool:
    """Whether any of a pupil's enrollments holds a date."""
    return any((first is None or first <= day) and (last is None or day <= last) for first, last in ROWS)


def of_both(one: Case) -> bool:
    """Whether a case is of a trigger that pandas counts too."""
    return one.rule.id in (WEEKLY, TRUANT)


def analyst(record: Record, rules: Sequence[Rule]) -> set[tuple[str, str]]:
    """Return who ever reached the weekly trigger and who is truant, as a data frame says it."""
    attended = [one for one in record.entries if one.kind is EntryKind.ATTENDANCE]
    frame = pd.DataFrame(
        {
            "pupil": [one.pupil for one in attended],
            "day": pd.to_datetime([one.day for one in attended]),
            "code": [one.code for one in attended],
            "at": [one.at for one in attended],
        }
    )
    newest = frame.sort_values("at").groupby(["pupil", "day"], as_index=False).last()
    newest["away"] = newest.code.isin(AWAY)
    newest["monday"] = newest.day - pd.to_timedelta(newest.day.dt.day_of_week, unit="D")
    weeks = newest.groupby(["pupil", "monday"]).away.agg(["sum", "count"]).reset_index()
    reached = weeks[(weeks["sum"] > 3) | (weeks["sum"] >= 0.6 * weeks["count"])]
    truant = newest[newest.code.isin(UNEXCUSED)].groupby("pupil").size()
    return {(one, WEEKLY) for one in reached.pupil} | {(one, TRUANT) for one in truant[truant >= 3].index}


if __name__ == "__main__":
    sys.exit(main())
