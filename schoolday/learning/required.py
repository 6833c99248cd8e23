"""Which exams are required is a rule: what the district asks of every class, and what teachers choose.

The district and the teachers of Sacramento disagreed in 2020 on whether one test should measure everybody.
Here neither is built in: the measure `district_exams` counts the exams of a year that the district chose,
and whatever rules are in force bound it from below, from above or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from schoolday.ground.finding import Finding, Status
from schoolday.ground.grades import order
from schoolday.learning.exams import Chooser, Exam, Grading, Score
from schoolday.roster import Roster
from schoolday.rules import Period, Standing, Way

_NOT_DUE = (Grading.EXEMPT,)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one grade: exams of the district at least and at most, and by which clauses."""

    grade: str
    low: float | None
    high: float | None
    clauses: tuple[str, ...]


def asked_of(standing: Standing, grade: str, way: Way = Way.DISTANCE) -> Asked:
    """Return how many exams of the district the rules in force ask of a grade in a year."""
    limit = standing.limit("district_exams", grade=grade, way=way, period=Period.YEAR)
    return Asked(grade, limit.low, limit.high, limit.clauses)


def check_required(
    roster: Roster, exams: Mapping[str, Exam], scores: Iterable[Score], standing: Standing,
    way: Way = Way.DISTANCE,
) -> list[Finding]:  # fmt: skip
    """Hold the exams of a year, up to a date, against the rules of that date, grade by grade.

    A pupil without a score of a required exam is unverified: nobody knows whether it was missed, lost or
    not yet entered.
    """
    given = _given(roster, exams, standing.day)
    taken = _taken(exams, scores)
    pupils: dict[str, list[str]] = defaultdict(list)
    for one in roster.pupils.values():
        pupils[one.grade].append(one.id)
    found: list[Finding] = []
    for grade in sorted(pupils, key=order):
        names = given.get(grade, {})
        found += _counted(asked_of(standing, grade, way), names)
        if asked_of(standing, grade, way).low:
            found += _untaken(grade, names, pupils[grade], taken)
    return found


def _given(roster: Roster, exams: Mapping[str, Exam], day: date) -> dict[str, dict[str, set[str]]]:
    """Return, for each grade, each exam of the district with the pupils who were to take it."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    chosen = [one for one in exams.values() if one.chooser is Chooser.DISTRICT and one.day <= day]
    enrolled = {due: roster.enrolled(due) for due in {one.day for one in chosen}}
    for exam in chosen:
        for pupil in enrolled[exam.day].get(exam.section, ()):
            grade = roster.pupils[pupil].grade
            if not exam.grades or grade in exam.grades:
                found[grade][exam.name].add(pupil)
    return found


def _taken(exams: Mapping[str, Exam], scores: Iterable[Score]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in scores:
        if one.exam in exams and (one.share is not None or one.grading in _NOT_DUE):
            found[exams[one.exam].name].add(one.pupil)
    return found


def _counted(asked: Asked, names: Mapping[str, set[str]]) -> Iterator[Finding]:
    where, number, clauses = (f"grade {asked.grade}",), float(len(names)), asked.clauses
    if asked.low is None and asked.high is None:
        said = f"no rule in force asks grade {asked.grade} for an exam of the district: the teacher chooses"
        yield Finding("learning.exams_free", said, Status.ADVICE, where, number, unit="exams")
        return
    if asked.low is not None:
        said = (
            f"grade {asked.grade} has {len(names)} of the district's exams; {asked.low:g} a year are required"
        )
        status = Status.MET if number >= asked.low else Status.UNVERIFIED
        mend = (
            "" if number >= asked.low else "give it, or bring its results and say in exams.csv who chose it"
        )
        yield Finding(
            "learning.exams_few", said, status, where, number, asked.low, "exams", clauses, mend=mend
        )
    if asked.high is not None and number > asked.high:
        said = f"grade {asked.grade} has {len(names)} exams of the district; {asked.high:g} are the most"
        mend = "leave one out, or let teachers choose"
        yield Finding(
            "learning.exams_many", said, Status.BROKEN, where, number, asked.high, "exams", clauses, mend=mend
        )


def _untaken(
    grade: str, names: Mapping[str, set[str]], pupils: Iterable[str], taken: Mapping[str, set[str]]
) -> Iterator[Finding]:
    everybody = set(pupils)
    for name, due in names.items():
        missing = sorted((everybody & due) - taken.get(name, set()))
        if missing:
            said = (
                f"pupils of grade {grade} without a score of {name}, {len(missing)}: {', '.join(missing[:5])}"
            )
            more = ", …" if len(missing) > 5 else ""
            yield Finding(
                "learning.exam_untaken", said + more, Status.UNVERIFIED, (f"grade {grade}", name),
                float(len(missing)), 0.0, "pupils", mend="offer it again, or enter why it is not due",
            )  # fmt: skip
        left_out = sorted(everybody - due)
        if left_out:
            said = f"pupils of grade {grade} in no class that was given {name}: {len(left_out)}"
            yield Finding(
                "learning.exam_not_given", said, Status.UNVERIFIED, (f"grade {grade}", name),
                float(len(left_out)), 0.0, "pupils", mend="give it in their classes too",
            )  # fmt: skip
