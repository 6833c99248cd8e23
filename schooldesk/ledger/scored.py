"""Assessments on the record as results: what is entered of an exam of the class's list is its result, too.

The other way, from results to the record, is `schooldesk.learning.exams.evidence`; either changes nothing
where both say the same already, so neither calls the other without end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from schoolday.learning.exams import Exam, Grading, Score
from schoolday.learning.points import Taken, grading_of, highest, is_points, share_of, taken, written
from schoolday.ledger.assessed import of_detail, plain
from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.standing import chains
from schooldesk.learning import models, writes
from schooldesk.learning import reads as learning
from schooldesk.learning.exams.evidence import ORIGIN, Chain, first_id, title_of
from schooldesk.ledger import reads
from schooldesk.roster.models import District

if TYPE_CHECKING:
    from schooldesk.ledger.writes import By


def follow(by: By, new: Iterable[Entry], step: str) -> None:
    """Have results say what new entries say of exams; call it inside the transaction of these entries."""
    some: dict[tuple[str, date], set[str]] = {}
    for one in new:
        if one.kind is EntryKind.ASSESSED and one.origin != ORIGIN:
            some.setdefault((one.activity, one.day), set()).add(one.pupil)
    for (section, day), pupils in some.items():
        made = _scores(by, section, day, pupils)
        if made:
            home = District.objects.get(pk=by.district)
            writes.keep(home, by.who, made, what="results", section=section, once=step)


def take_back(by: By, step: str) -> None:
    """Take back the results that were stored with a step of the record, as somebody undoes it."""
    for entry in models.Entry.objects.filter(once=step, who=by.who, withdrawn=None) if step else ():
        writes.undo(entry, by.who)


def exam_on(exams: Collection[Exam], title: str, day: date) -> Exam | None:
    """Return the exam of a class that a title on a day means; None where none does, or nobody can say which.

    An exam of which nobody says how many points it has is none: a result of it could not be told as a share.
    """
    named = [one for one in exams if plain(one.title) == title and highest(one)]
    found = [one for one in named if one.day == day] or named
    return found[0] if len(found) == 1 else None


def exams_of(section: str) -> list[Exam]:
    """Return the exams of a class's list."""
    return [learning.exam(row) for row in learning.exam_rows(sections=[section])]


def _scores(by: By, section: str, day: date, pupils: Collection[str]) -> list[Score]:
    """Return the results by which Learning comes to say what the record says of a class's exams on a day."""
    exams = exams_of(section)
    if not exams:
        return []
    stands = learning.scores(of=[one.id for one in exams])
    found = list[Score]()
    for (exam, pupil), last in _lasts(by, exams, _chains(by, section, day, pupils)).items():
        here = [one for one in stands if (one.exam, one.pupil, one.day) == (exam.id, pupil, day)]
        found += _result(exam, last, here)
    return found


def _chains(by: By, section: str, day: date, pupils: Collection[str]) -> tuple[Chain, ...]:
    there = reads.of_activities(by.zone, {section}, day)
    return chains(one for one in there if one.kind is EntryKind.ASSESSED and one.pupil in pupils)


def _lasts(by: By, exams: Collection[Exam], some: Iterable[Chain]) -> dict[tuple[Exam, str], Entry]:
    """Return the entry that counts of each exam and pupil: one that stands before one that was withdrawn."""
    found: dict[tuple[Exam, str], Entry] = {}
    for chain in sorted(some, key=lambda one: one[-1].code != WITHDRAWN):
        exam = _exam(by, exams, chain)
        if exam is not None:
            found[exam, chain[0].pupil] = chain[-1]
    return found


def _exam(by: By, exams: Collection[Exam], chain: Chain) -> Exam | None:
    first = chain[0]
    own = (one for one in exams if first.id == first_id(by.district, one.id, first.pupil, first.day))
    return next(own, None) or exam_on(exams, title_of(chain), first.day)


def _result(exam: Exam, last: Entry, here: Sequence[Score]) -> list[Score]:
    """Return the results by which Learning comes to say of a pupil's exam what the last entry says."""
    stands, said = taken(exam, here), _said(exam, last)
    if stands == said:
        return []
    if said is None:
        return [Score(exam.id, last.pupil, last.day, None, Grading.OTHER, one.standard) for one in here]
    if said.result:
        share = share_of(said.result, exam)
        return [Score(exam.id, last.pupil, last.day, share, grading_of(said.how, share))]
    # Without a result nothing is new under Learning, but that one which stood is taken back.
    gone = stands is not None
    return [Score(exam.id, last.pupil, last.day, None, grading_of(said.how, None))] if gone else []


def _said(exam: Exam, last: Entry) -> Taken | None:
    """Return what an entry says of an exam; a result that is no points is a note, and none."""
    if last.code == WITHDRAWN:
        return None
    result = of_detail(last.detail).result
    points = written(exam, share_of(result, exam)) if is_points(result, exam) else ""
    return Taken(last.code or "completed", points)
