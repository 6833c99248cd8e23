"""What was entered about learning in the district in scope, as the core's values, and what it shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from schoolday.files.standards import read_frameworks
from schoolday.learning.exams import Chooser, Evidence, Exam, Grading, Score, evidence, in_dates
from schoolday.learning.mastery import Bars, Mastery, bars_of, masteries
from schoolday.learning.standards import Essential, Framework, essential_on
from schoolday.roster import Pupil, Section
from schoolday.rules import Standing, Way
from schooldesk.learning import models
from schooldesk.roster import models as tables
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook
from schooldesk.timetable.reads import plan_on

PART = 500
"""Ids that are asked for at once: as many as every database takes."""


@lru_cache(maxsize=1)
def framework() -> Framework:
    """Return the standards that the desk knows."""
    return read_frameworks()[0]


def standing(home: District, day: date) -> Standing:
    """Return the rules in force where a district lies."""
    return rulebook().on(day, frozenset(home.places))


def way(home: District, day: date) -> Way:
    """Return the way of schooling on a date; distance learning where no plan says it."""
    found = plan_on(home, day)
    return found.way if found else Way.DISTANCE


def _rows(model: Any, **where: Any) -> Any:  # noqa: ANN401 - any of the tables
    return model.objects.filter(entry__withdrawn=None, **where).order_by("pk")


def _in(model: Any, column: str, some: Collection[str] | None) -> Iterator[Any]:  # noqa: ANN401
    """Yield the rows that stand, of some ids or of all, those of later entries later."""
    if some is None:
        yield from _rows(model).iterator(chunk_size=2000)
        return
    listed = sorted(some)
    for start in range(0, len(listed), PART):
        yield from _rows(model, **{f"{column}__in": listed[start : start + PART]})


def marks() -> list[models.Mark]:
    """Return the marks that stand, with their entries."""
    return list(_rows(models.Mark).select_related("entry"))


def essentials(home: District) -> tuple[Essential, ...]:
    """Return what the district calls essential."""
    return tuple(
        Essential(home.pk, one.standard, one.grade, one.first, one.last, one.by, one.source)
        for one in marks()
    )


def exam(row: models.Exam) -> Exam:
    """Return a row as the core's exam."""
    return Exam(
        row.code, row.title, row.section, row.day, tuple(row.standards), Chooser(row.chooser), row.by,
        row.common, tuple(row.grades), row.items, row.most, row.least,
    )  # fmt: skip


def exam_rows(*, sections: Collection[str] | None = None) -> list[models.Exam]:
    """Return the exams that stand in some sections, the last date first."""
    found = {row.code: row for row in _in(models.Exam, "section", sections)}
    return sorted(found.values(), key=lambda row: (-row.day.toordinal(), row.code))


def exam_row(number: int) -> models.Exam | None:
    """Return one exam that stands, or None."""
    found: models.Exam | None = _rows(models.Exam, pk=number).select_related("entry").first()
    return found


def exams(codes: Collection[str] | None = None) -> dict[str, Exam]:
    """Return exams by code."""
    return {row.code: exam(row) for row in _in(models.Exam, "code", codes)}


def score(row: models.Score) -> Score:
    """Return a row as the core's score."""
    return Score(row.exam, row.pupil, row.day, row.share, Grading(row.grading), row.standard)


def scores(
    *, pupils: Collection[str] | None = None, of: Collection[str] | None = None, but: int = 0
) -> tuple[Score, ...]:
    """Return the results that stand, of some pupils or of some exams; those of one entry can be left out."""
    column, some = ("exam", of) if of is not None else ("pupil", pupils)
    found = {
        (row.exam, row.pupil, row.standard): row
        for row in _in(models.Score, column, some)
        if row.entry_id != but
    }
    return tuple(score(row) for row in found.values())


@dataclass(frozen=True)
class Known:
    """What is known of some pupils on a date.

    `bars` are by grade what counts as learned, None where no rule says it; `of` is by pupil what is known
    of each essential standard of its grade.
    """

    day: date
    bars: Mapping[str, Bars | None]
    essential: Mapping[str, tuple[str, ...]]
    of: Mapping[str, list[Mastery]]
    evidence: tuple[Evidence, ...] = ()
    exams: Mapping[str, Exam] = field(default_factory=dict)

    @property
    def all(self) -> list[Mastery]:
        """All of it in one list."""
        return [one for some in self.of.values() for one in some]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that say what counts as learned."""
        return tuple(dict.fromkeys(one for bars in self.bars.values() if bars for one in bars.clauses))

    def bars_by_pupil(self, pupils: Iterable[Pupil]) -> dict[str, Bars]:
        """Return what counts as learned for each pupil for whom a rule says it."""
        return {one.id: bars for one in pupils if (bars := self.bars.get(one.grade)) is not None}


def known(home: District, pupils: Collection[Pupil], day: date, subject: str = "") -> Known:
    """Return what is known of some pupils by a date, those without evidence included."""
    rules, how = standing(home, day), way(home, day)
    grades = sorted({one.grade for one in pupils})
    bars = {grade: bars_of(rules, grade, how) for grade in grades}
    said = essentials(home)
    essential = {
        grade: tuple(
            one.id
            for one in essential_on(said, framework(), day, district=home.pk, grade=grade, subject=subject)
        )
        for grade in grades
    }
    got = scores(pupils=[one.id for one in pupils])
    there = exams({one.exam for one in got})
    shown = in_dates(evidence(there, got, framework()), None, day)
    return Known(day, bars, essential, _of(pupils, bars, essential, shown), shown, there)


def _of(
    pupils: Collection[Pupil],
    bars: Mapping[str, Bars | None],
    essential: Mapping[str, tuple[str, ...]],
    shown: tuple[Evidence, ...],
) -> dict[str, list[Mastery]]:
    found: dict[str, list[Mastery]] = {one.id: [] for one in pupils}
    for grade, bar in bars.items():
        asked = [(one.id, name) for one in pupils if one.grade == grade for name in essential[grade]]
        for each in masteries(shown, asked, bar) if bar else ():
            found[each.pupil].append(each)
    return found


def entries(most: int = 20, *, who: str = "", section: str = "") -> list[models.Entry]:
    """Return the last entries, of one person or of one section where asked."""
    where = ({"who": who} if who else {}) | ({"section": section} if section else {})
    return list(models.Entry.objects.filter(**where).order_by("-pk")[:most])


def entry(number: int) -> models.Entry | None:
    """Return one entry, or None."""
    found: models.Entry | None = models.Entry.objects.filter(pk=number).first()
    return found


def section(home: District, name: str) -> Section | None:
    """Return a section of the standing roster, or None."""
    columns = ("sourced", "school", "title", "subject", "kind", "grades", "course", "link", "place")
    row = tables.Section.objects.filter(version=home.roster_id, sourced=name).values_list(*columns).first()
    return None if row is None else Section(*row[:5], tuple(row[5]), *row[6:])


def sections(home: District, *, schools: Collection[str] = (), taught: str = "") -> list[Section]:
    """Return the sections of some schools, or those that somebody teaches, by title."""
    where: dict[str, Any] = {"school__in": sorted(schools)}
    if taught:
        mine = tables.Teaching.objects.filter(version=home.roster_id, staff=taught)
        where = {"sourced__in": sorted(set(mine.values_list("section", flat=True)))}
    columns = ("sourced", "school", "title", "subject", "kind", "grades", "course", "link", "place")
    found = tables.Section.objects.filter(version=home.roster_id, **where).values_list(*columns)
    made = [Section(*row[:5], tuple(row[5]), *row[6:]) for row in found]
    return sorted(made, key=lambda one: (one.school, one.title, one.id))


def teachers(home: District, name: str) -> tuple[str, ...]:
    """Return who teaches a section, the teacher of record first."""
    found = tables.Teaching.objects.filter(version=home.roster_id, section=name).order_by("-primary", "pk")
    return tuple(found.values_list("staff", flat=True))


def pupils_of(home: District, name: str, day: date) -> list[Pupil]:
    """Return the pupils of a section on a date, by name."""
    rows = tables.Enrollment.objects.filter(version=home.roster_id, section=name)
    there = {
        row.pupil
        for row in rows
        if (row.first is None or row.first <= day) and (row.last is None or day <= row.last)
    }
    return pupils(home, there)


def pupils(home: District, some: Collection[str]) -> list[Pupil]:
    """Return some pupils of the standing roster, by name."""
    columns = ("sourced", "given", "family", "grade", "school", "birth", "groups")
    found: list[Pupil] = []
    listed = sorted(some)
    for start in range(0, len(listed), PART):
        part = tables.Pupil.objects.filter(
            version=home.roster_id, sourced__in=listed[start : start + PART]
        ).values_list(*columns)
        found += [Pupil(*row[:6], frozenset(row[6])) for row in part]
    return sorted(found, key=lambda one: (one.family, one.given, one.id))


def taught_pupils(home: District, who: str, day: date) -> list[Pupil]:
    """Return the pupils whom somebody teaches on a date."""
    found = {one.id: one for each in sections(home, taught=who) for one in pupils_of(home, each.id, day)}
    return sorted(found.values(), key=lambda one: (one.family, one.given, one.id))
