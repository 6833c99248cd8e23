"""Which rows of files say something new, so that taking the same files in again keeps nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from schoolday.learning.counted import Viewing
from schoolday.learning.exams import Exam, Score
from schoolday.learning.recordings import Consent, Recording
from schoolday.learning.standards import Essential
from schooldesk.learning import models, reads
from schooldesk.learning.recordings import reads as recordings
from schooldesk.learning.writes import Row
from schooldesk.roster.models import District


def fresh(home: District, rows: Iterable[Row]) -> list[Row]:
    """Return the rows to be kept: of one thing the last, where the desk does not say the same already."""
    some = {_key(one): one for one in rows}
    stands = {_key(one): one for one in _stand(home, list(some.values()))}
    return [one for key, one in some.items() if stands.get(key) != one]


def _key(one: Row) -> tuple[object, ...]:
    """Return what a row is about: a later row of the same stands in its place."""
    match one:
        case Essential():
            return Essential, one
        case Exam() | Recording():
            return type(one), one.id
        case Score():
            return Score, one.exam, one.pupil, one.standard
        case Consent():
            return Consent, one.person, one.section, one.day
        case Viewing():
            return Viewing, one.recording, one.pupil, one.day


def _stand(home: District, rows: list[Row]) -> Iterator[Row]:
    """Yield what stands of the kinds that some rows have, a later word after an earlier one."""
    kinds = {type(one) for one in rows}
    yield from reads.exams({one.id for one in rows if isinstance(one, Exam)}).values()
    yield from reads.scores(of={one.exam for one in rows if isinstance(one, Score)})
    if Essential in kinds:
        yield from reads.essentials(home)
    if Recording in kinds:
        # One that was taken down is put up again by a file that has it.
        yield from (recordings.recording(row) for row in _rows(models.Recording) if row.down is None)
    if Consent in kinds:
        yield from (
            Consent(row.person, row.section, row.given, row.by, row.day) for row in _rows(models.Consent)
        )
    if Viewing in kinds:
        yield from (recordings.viewing(row) for row in _rows(models.Viewing))


def _rows(model: Any) -> Any:  # noqa: ANN401 - any of the tables
    return model.objects.filter(entry__withdrawn=None).order_by("pk").iterator(chunk_size=2000)
