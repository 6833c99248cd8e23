"""A tier flip for secondary schools: how many meetings move, beside a plan made afresh.

    python -m benchmarks.change --schools 3
    python -m benchmarks.change --to in_person --school 6059356
    python -m benchmarks.change --to in_person --school 3430865 --bells 25

Each school goes from distance learning to hybrid, whose day ends an hour and a half earlier, or from
hybrid to everybody at school, whose courses meet for 40 minutes and not for 30; `--bells` gives the
school finer bells then, as a district would. Afresh: the new week solved from nothing. Begun with the
old: the same search, given the old week to start from, as any timetabler that can lock or load a table
offers. Ours keeps to the old week. All have the same steps and seed; "must" are the meetings that lie
outside the new day: no week keeps them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from benchmarks.cohorts import district
from schoolday.cohorts import everybody
from schoolday.cohorts.assign import assign
from schoolday.cohorts.choice import staying_home
from schoolday.files.rulebooks import load
from schoolday.ground.finding import broken
from schoolday.roster import Roster
from schoolday.rules import Way
from schoolday.sample.choices import choices, seats
from schoolday.timetable.change import Changed, change, compared
from schoolday.timetable.check import check
from schoolday.timetable.dates import Dates
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import TimetableProblem, What
from schoolday.timetable.solve import solve, warm
from schoolday.timetable.timetable import Steps

DAY, SEED = date(2020, 10, 1), 2020
BEFORE = {Way.HYBRID: Way.DISTANCE, Way.IN_PERSON: Way.HYBRID}
HEAD = "school     way              meetings  must  moved  share  soft cost  seconds"


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--schools", type=int, default=3, help="how many, the largest first")
    ways = (Way.HYBRID.value, Way.IN_PERSON.value)
    asked.add_argument("--to", choices=ways, default=ways[0], help="the way of schooling to go over to")
    asked.add_argument("--school", default="", help="one school by its id, instead of the largest")
    asked.add_argument("--bells", type=int, default=0, help="minutes from start to start after the change")
    asked.add_argument("--steps", type=int, default=100, help="steps of improvement a meeting")
    words = asked.parse_args()
    warm()
    print(HEAD)
    for before, after in questions(words.schools, Way(words.to), words.school, words.bells):
        told(before, after, words.steps)


def questions(
    number: int, to: Way, school: str = "", pitch: int = 0
) -> list[tuple[TimetableProblem, TimetableProblem]]:
    """Return the questions of a school, or of the largest secondary ones, before and after the change."""
    roster, book = district(), load()
    said = choices(roster, DAY, SEED)
    halves = assign(roster, said, seats(roster, 16), day=DAY, seed=SEED).cohorts
    whole = everybody(roster.pupils, staying_home(said, roster.pupils, DAY))
    steps = {
        Way.DISTANCE: Dates(roster, book),
        Way.HYBRID: Dates(roster, book, Way.HYBRID, halves),
        Way.IN_PERSON: Dates(rung(roster, pitch) if pitch else roster, book, Way.IN_PERSON, whole),
    }
    far, near = (list(steps[way].questions(DAY)) for way in (BEFORE[to], to))
    after = {one.school: one for one in near}
    courses = [one for one in far if any(each.what is What.SECTION for each in one.activities)]
    largest = sorted(courses, key=lambda one: (-one.meetings, one.school))[:number]
    some = [one for one in far if one.school == school] if school else largest
    return [(one, after[one.school]) for one in some]


def rung(roster: Roster, pitch: int) -> Roster:
    """Return the district with bells that ring every so many minutes over the same hours."""
    bells = {
        school: replace(one, pitch=pitch, slots=one.pitch * one.slots // pitch)
        for school, one in roster.bells.items()
    }
    return replace(roster, bells=bells)


def told(before: TimetableProblem, after: TimetableProblem, steps: int) -> None:
    """Print a school's three rows; each week is judged by the check before it counts."""
    stop = Steps(steps * after.meetings)
    standing = solve(before, stop=Steps(steps * before.meetings), seed=SEED).timetable
    assert standing is not None
    old = SchoolWeek(before, standing)
    ways: dict[str, Callable[[], Changed]] = {
        "ours": lambda: change(old, after, stop=stop, seed=SEED),
        "begun with old": lambda: _solved(old, after, stop, begun=True),
        "afresh": lambda: _solved(old, after, stop, begun=False),
    }
    for way, make in ways.items():
        began = time.perf_counter()
        made = make()
        seconds = time.perf_counter() - began
        if made.week is None:
            print(f"{after.school:9}  {way:15}  no lawful week found, {seconds:.1f} seconds", flush=True)
            continue
        assert broken(check(after, made.week.timetable)) == []
        row = (made.moved + made.kept, made.must, made.moved)
        print(f"{after.school:9}  {way:15}  {row[0]:8,}  {row[1]:4,}  {row[2]:5,}  {made.share:5.1%}  "
              f"{_soft(made):9,}  {seconds:7.1f}", flush=True)  # fmt: skip


def _solved(old: SchoolWeek, after: TimetableProblem, stop: Steps, *, begun: bool) -> Changed:
    found = solve(after, stop=stop, seed=SEED, start=old.timetable if begun else None)
    assert found.timetable is not None
    return compared(old, SchoolWeek(replace(after), found.timetable), found)


def _soft(made: Changed) -> int:
    """Return what the families' weights count, without the moves."""
    cost = made.result.cost
    assert cost is not None
    assert made.week is not None
    weights = made.week.problem.weights
    return (
        weights.clash * cost.clashes + weights.gap * cost.gaps
        + weights.start * cost.starts + weights.place * cost.places
    )  # fmt: skip


if __name__ == "__main__":
    main()
