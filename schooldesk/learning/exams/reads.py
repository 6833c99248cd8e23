"""Which exams are required of each grade, what a school gave of them, and a class's results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from schoolday.ground.finding import Finding
from schoolday.ground.grades import order
from schoolday.learning.exams import Exam, Score
from schoolday.learning.required import Asked, asked_of, check_required
from schoolday.roster import Section
from schooldesk.learning import models, reads
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District


@dataclass(frozen=True)
class Required:
    """What is asked of a grade, with the title and the words of the first clause that asks it."""

    asked: Asked
    title: str
    source: str


def grades(home: District) -> list[str]:
    """Return the grades that the district's schools have."""
    return sorted({grade for one in roster.schools(home) for grade in one.grades}, key=order)


def required(home: District, day: date) -> list[Required]:
    """Return how many exams of the district the rules in force ask of each grade."""
    rules, way = reads.standing(home, day), reads.way(home, day)
    by_id = {clause.id: (rule, clause) for rule, clause in rules.pairs}
    found = []
    for grade in grades(home):
        asked = asked_of(rules, grade, way)
        first = by_id.get(asked.clauses[0]) if asked.clauses else None
        found.append(Required(asked, first[0].title if first else "", first[1].cite.source if first else ""))
    return found


def checked(home: District, school: str, day: date) -> list[Finding]:
    """Hold the exams of a school's year, up to a date, against the rules in force."""
    there = roster.of_schools(home, [school])
    exams = {row.code: reads.exam(row) for row in reads.exam_rows(sections=list(there.sections))}
    results = reads.scores(of=list(exams))
    return check_required(there, exams, results, reads.standing(home, day), reads.way(home, day))


def posted_rule(home: District, day: date) -> tuple[str, ...]:
    """Return the clauses by which every live lesson is posted; none where the teacher decides."""
    limit = reads.standing(home, day).limit("unposted_lessons")
    return limit.clauses if limit.high is not None else ()


def results(exam: Exam, pupils: Collection[str]) -> dict[str, Score]:
    """Return the result of the whole exam that stands for each pupil of a class."""
    there = set(pupils)
    found = reads.scores(of=[exam.id])
    return {one.pupil: one for one in found if one.pupil in there and not one.standard}


def numbers(codes: Collection[str]) -> Counter[str]:
    """Return how many pupils have a result in each exam."""
    return Counter(
        code for code, _ in {(one.exam, one.pupil) for one in reads.scores(of=codes) if one.share is not None}
    )


def of_district() -> list[tuple[models.Exam, int]]:
    """Return the exams that the district chose, the last first, with the number of classes that have them."""
    rows = [one for one in reads.exam_rows() if one.chooser == "district"]
    classes = Counter(one.common or one.code for one in rows)
    first = {one.common or one.code: one for one in reversed(rows)}
    found = sorted(first.items(), key=lambda pair: (-pair[1].day.toordinal(), pair[0]))
    return [(row, classes[name]) for name, row in found]


def every_section(home: District) -> list[Section]:
    """Return every section of the roster that stands."""
    return reads.sections(home, schools=[one.id for one in roster.schools(home)])
