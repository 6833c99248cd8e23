"""What the commands of learning share: a folder read for a roster, and what is known by a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.output import refused
from schoolday.files.learning import Learned, read_learning
from schoolday.files.standards import read_frameworks
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.learning.exams import Evidence, evidence, in_dates
from schoolday.learning.mastery import Bars, Mastery, bars_of, masteries
from schoolday.learning.standards import Framework, essential_on
from schoolday.roster import Pupil, Roster
from schoolday.rules import Rulebook, Standing, Way

Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", exists=True, help="A folder or zip of exams, scores and marks.")
]
Case = Annotated[
    list[Path] | None,
    typer.Option(
        "--case", exists=True, help="A CASE file of standards besides the Common Core; again for more."
    ),
]
SchoolOption = Annotated[str, typer.Option("--school", metavar="ID", help="One school only.")]
Since = Annotated[
    str,
    typer.Option("--since", metavar="DATE", help="Leave out exams before this date; all count if left out."),
]
Subject = Annotated[
    str, typer.Option("--subject", help="One subject only: math, ela, or a framework's word.")
]


@dataclass(frozen=True)
class Taken:
    """A folder of learning as it was taken in, with the standing rules of one date."""

    roster: Roster
    framework: Framework
    learned: Learned
    findings: tuple[Finding, ...]
    standing: Standing
    way: Way = Way.DISTANCE
    since: date | None = None
    subject: str = ""

    @property
    def day(self) -> date:
        """The date that is asked about."""
        return self.standing.day

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence by the date."""
        some = evidence(self.learned.exams, self.learned.scores, self.framework)
        return in_dates(some, self.since, self.day)

    @cached_property
    def bars(self) -> Mapping[str, Bars]:
        """What counts as secure in each grade; an error in words where no rule says it."""
        found = {}
        for grade in {one.grade for one in self.roster.pupils.values()}:
            bars = bars_of(self.standing, grade, self.way)
            if bars is None:
                raise SchooldayError(
                    f"no rule in force on {self.day} says what counts as learned in grade {grade}: add "
                    "mastery_share, mastery_certainty and mastery_trials to a policy (--rules)"
                )
            found[grade] = bars
        return found

    def pupils(self, school: str = "") -> list[Pupil]:
        """Return the pupils of one school, or of all; an error in words if there is no such school."""
        if school and school not in self.roster.schools:
            raise SchooldayError(f"the roster has no school {school}; check the id")
        return [one for one in self.roster.pupils.values() if school in ("", one.school)]

    def asked(self, pupils: Iterable[Pupil]) -> dict[str, list[tuple[str, str]]]:
        """Return each pupil with the essential standards of its grade on the date, by grade."""
        found: dict[str, list[tuple[str, str]]] = {}
        for one in pupils:
            marks = essential_on(
                self.learned.essentials, self.framework, self.day, district=self.roster.district,
                grade=one.grade, subject=self.subject,
            )  # fmt: skip
            found.setdefault(one.grade, []).extend((one.id, standard.id) for standard in marks)
        return found

    def masteries(self, pupils: Iterable[Pupil]) -> list[Mastery]:
        """Return what is known of each pupil and essential standard."""
        asked = self.asked(pupils)
        return [
            one for grade, pairs in asked.items() for one in masteries(self.evidence, pairs, self.bars[grade])
        ]

    def name(self, standard: str) -> str:
        """Return a standard's code."""
        one = self.framework.standards.get(standard)
        return one.name if one else standard


def taken_learning(
    roster: Roster, folder: Path, rulebook: Rulebook, day: date, *, case: list[Path] | None = None,
    way: Way = Way.DISTANCE, since: date | None = None, subject: str = "",
) -> Taken:  # fmt: skip
    """Return a folder for a roster and a date; an error after the faults are named if it was not taken in."""
    framework, found = read_frameworks(case or ())
    reading = read_learning(folder, roster, framework)
    if reading.learned is None:
        raise refused(folder, reading.findings, "taken in")
    standing = rulebook.on(day, frozenset(roster.places))
    findings = (*found, *reading.findings)
    return Taken(roster, framework, reading.learned, findings, standing, way, since, subject)
