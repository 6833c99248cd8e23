"""Cohorts as CSV: who is in which and what could not be had; and what was asked, as it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from schoolday.cohorts.assign import Assigned
from schoolday.cohorts.choice import Choice
from schoolday.cohorts.phases import Phase
from schoolday.cohorts.problem import Seats
from schoolday.cohorts.told import told
from schoolday.files.cohorts.read import CHOICES, FILES, PHASES, SEATS
from schoolday.files.kept import closed_folder
from schoolday.files.sheets.write import write_csv
from schoolday.roster import Roster


def write_assigned(folder: Path, assigned: Assigned, roster: Roster) -> None:
    """Write ``cohorts.csv``, which a plan takes, and ``reasons.csv``."""
    closed_folder(folder)
    write_csv(folder / "cohorts.csv", ("pupilId", "cohort"), assigned.cohorts.of.items())
    write_csv(folder / "reasons.csv", ("pupilId", "what", "why"), told(roster, assigned))


def write_asked(folder: Path, choices: Iterable[Choice], seats: Seats, phases: Iterable[Phase]) -> None:
    """Write choices, seats and phases, where there are any, as `read_asked` takes them."""
    closed_folder(folder)
    rows = ((one.pupil, one.program.value, one.day, one.by, one.wish, one.beside) for one in choices)
    write_csv(folder / CHOICES, [column.name for column in FILES[CHOICES]], rows)
    whole = {True: "yes", False: ""}
    places = ((name, number, whole[name in seats.whole_week]) for name, number in seats.of.items())
    write_csv(folder / SEATS, [column.name for column in FILES[SEATS]], places)
    back = [
        (one.day, _span(one.grades), *map(" ".join, (one.groups, one.schools, one.cohorts)), one.source)
        for one in phases
    ]
    if back:
        write_csv(folder / PHASES, [column.name for column in FILES[PHASES]], back)


def _span(grades: Sequence[str]) -> str:
    return "-".join(dict.fromkeys((grades[0], grades[-1]))) if grades else ""
