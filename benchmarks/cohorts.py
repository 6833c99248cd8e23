"""Cohorts for the whole demonstration district, beside the two ways in which districts made them by hand.

    python -m benchmarks.cohorts

By surname: A to K come in the first half of the week, L to Z in the second. By household: families in the
order of their ids take turns. Both keep to no seats; ours does, in the same run on the same choices. It
prints classes that are too full, households in both halves, how uneven classes are, seconds and memory.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from schoolday.cohorts import TWO_AND_TWO, Cohorts
from schoolday.cohorts.assign import Assigned, assign
from schoolday.cohorts.check import check
from schoolday.cohorts.choice import Choice, Program, standing
from schoolday.cohorts.problem import Seats
from schoolday.files.rosters import read_roster
from schoolday.ground.finding import broken
from schoolday.roster import Roster
from schoolday.sample import write_sample
from schoolday.sample.choices import choices, seats

DAY, SEED = date(2020, 10, 1), 2020
CASES = ((16, False), (12, False), (16, True))
"""Seats of each class, and whether every family comes."""


def main() -> None:
    """Print the table."""
    roster = district()
    print(f"{len(roster.pupils):,} pupils, {len(roster.sections):,} classes, {len(roster.schools)} schools")
    print("seats  families  way           coming  refused  too full  apart  uneven  seconds  broken")
    for number, everybody in CASES:
        some = choices(roster, DAY, SEED)
        if everybody:
            some = tuple(Choice(pupil, Program.ON_SITE, DAY, "made up") for pupil in roster.pupils)
        room, stands = seats(roster, number), standing(some, DAY)
        came = {pupil for pupil, one in stands.items() if one.program is Program.ON_SITE}
        began = time.perf_counter()
        ours = assign(roster, some, room, day=DAY, seed=SEED, first=("iep", "foster", "homeless"))
        seconds = time.perf_counter() - began
        rows = {
            "schoolday": ours,
            "by surname": by_surname(roster, came),
            "by household": by_turns(roster, came),
        }
        for way, made in rows.items():
            spent = f"{seconds:7.1f}" if way == "schoolday" else "      -"
            line = told(roster, made, room, stands)
            who = "all" if everybody else "2 of 3"
            print(f"{number:5}  {who:8}  {way:12}  {line[0]}  {spent}  {line[1]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak memory {peak:.2f} GiB, the roster included; one core")


def district() -> Roster:
    """Return the demonstration district, made and read back."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sacramento.zip"
        write_sample("sacramento", file)
        roster = read_roster(file, day=DAY).roster
    assert roster is not None
    return roster


def by_surname(roster: Roster, came: set[str]) -> Assigned:
    """Halve by the first letter of the surname."""
    of = {
        one.id: ("A" if one.family[:1].upper() <= "K" else "B")
        for one in roster.pupils.values()
        if one.id in came
    }
    return Assigned(Cohorts(TWO_AND_TWO, dict.fromkeys(roster.pupils, "C") | of), 0)


def by_turns(roster: Roster, came: set[str]) -> Assigned:
    """Halve by household, in turns."""
    of = {
        pupil: "AB"[turn % 2]
        for turn, house in enumerate(roster.households.values())
        for pupil in house.pupils
        if pupil in came
    }
    return Assigned(Cohorts(TWO_AND_TWO, dict.fromkeys(roster.pupils, "C") | of), 0)


def told(roster: Roster, made: Assigned, room: Seats, stands: Mapping[str, Choice]) -> tuple[str, int]:
    """Return a line of the table, and how many findings of the check are broken."""
    of = made.cohorts.of
    found = broken(check(roster, stands, room, made, day=DAY))
    full = sum(one.code == "cohorts.seats" for one in found)
    apart = sum(
        {"A", "B"} <= {of.get(pupil) for pupil in house.pupils} for house in roster.households.values()
    )
    uneven = [
        abs(sum(of.get(pupil) == "A" for pupil in some) - sum(of.get(pupil) == "B" for pupil in some))
        for some in roster.enrolled(DAY).values()
    ]
    coming = sum(cohort in ("A", "B") for cohort in of.values())
    mean = sum(uneven) / len(uneven)
    return f"{coming:6,}  {len(made.refused):7,}  {full:8,}  {apart:5,}  {mean:6.2f}", len(found)


if __name__ == "__main__":
    main()
