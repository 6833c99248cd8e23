"""Keep what was entered about learning, all or nothing, undo it whole, and put it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from schoolday.ground.errors import SchooldayError
from schoolday.learning.counted import Viewing
from schoolday.learning.exams import Exam, Score
from schoolday.learning.recordings import Consent, Recording
from schoolday.learning.standards import Essential
from schooldesk import clock
from schooldesk.learning import models
from schooldesk.people.writes import record
from schooldesk.roster.models import District

Row = Essential | Exam | Score | Recording | Consent | Viewing


def keep(
    home: District,
    who: str,
    rows: Sequence[Row],
    *,
    what: str,
    section: str = "",
    files: bool = False,
    once: str = "",
) -> models.Entry:
    """Keep rows as one entry, with its event, in one transaction."""
    how = models.How.FILES if files else models.How.TYPED
    with transaction.atomic():
        entry = models.Entry(
            district=home, who=who, at=clock.now(), how=how, what=what, section=section, rows=len(rows),
            once=once,
        )  # fmt: skip
        entry.save()
        for kind, table in _TABLES.items():
            some = [one for one in rows if isinstance(one, kind)]
            made = [
                table(district=home, entry=entry, **_columns(one, entry, n)) for n, one in enumerate(some, 1)
            ]
            table.objects.bulk_create(made, batch_size=500)
        record(home.pk, who, "learning.entered", entry=entry.pk, kind=what, section=section, rows=len(rows))
    return entry


_TABLES = {
    Essential: models.Mark,
    Exam: models.Exam,
    Score: models.Score,
    Recording: models.Recording,
    Consent: models.Consent,
    Viewing: models.Viewing,
}


def _columns(one: Row, entry: models.Entry, number: int) -> dict[str, object]:
    match one:
        case Essential():
            return {
                "standard": one.standard, "grade": one.grade, "first": one.first, "last": one.last,
                "by": one.by, "source": one.source,
            }  # fmt: skip
        case Exam():
            return {
                "code": one.id or _code(entry, number), "title": one.title, "section": one.section,
                "day": one.day, "standards": list(one.standards), "chooser": one.chooser.value, "by": one.by,
                "common": one.common, "grades": list(one.grades), "items": one.items, "most": one.most,
                "least": one.least,
            }  # fmt: skip
        case Score():
            return {
                "exam": one.exam, "pupil": one.pupil, "day": one.day, "share": one.share,
                "grading": one.grading.value, "standard": one.standard,
            }  # fmt: skip
        case Recording():
            return {
                "code": one.id or _code(entry, number), "section": one.section, "day": one.day,
                "title": one.title, "link": one.link, "minutes": one.minutes,
                "standards": list(one.standards), "posted_by": one.posted_by, "posted": one.posted,
                "keep_until": one.keep_until, "recorded": list(one.recorded),
                "captions": list(one.captions),
            }  # fmt: skip
        case Consent():
            return {
                "person": one.person, "section": one.section, "given": one.given, "by": one.by,
                "day": one.day,
            }  # fmt: skip
        case Viewing():
            return {
                "recording": one.recording, "pupil": one.pupil, "day": one.day, "minutes": one.minutes,
                "certified": one.certified, "certified_by": one.certified_by,
            }  # fmt: skip


def _code(entry: models.Entry, number: int) -> str:
    """Return the name of a row that was entered at the desk and has none of a file."""
    return f"desk-{entry.pk}-{number}"


def undo(entry: models.Entry, who: str) -> None:
    """Undo an entry whole; saying it twice is once.

    Raises
    ------
    SchooldayError
        Where results stand for an exam that would be gone.
    """
    with transaction.atomic():
        codes = list(models.Exam.objects.filter(entry=entry).values_list("code", flat=True))
        _refuse_bare_results(entry, codes)
        if models.Entry.objects.filter(pk=entry.pk, withdrawn=None).update(withdrawn=clock.now()):
            record(entry.district_id, who, "learning.undone", entry=entry.pk)


def _refuse_bare_results(entry: models.Entry, codes: Iterable[str]) -> None:
    """Refuse to leave results behind that nobody could say the exam of."""
    other = models.Exam.objects.filter(code__in=list(codes), entry__withdrawn=None).exclude(entry=entry)
    bare = set(codes) - set(other.values_list("code", flat=True))
    results = models.Score.objects.filter(exam__in=sorted(bare), entry__withdrawn=None).exclude(entry=entry)
    if results.exists():
        raise SchooldayError("results of its exam were entered since; undo these first")


def put_back(entry: models.Entry, who: str) -> None:
    """Put back an entry that was undone."""
    with transaction.atomic():
        if models.Entry.objects.filter(pk=entry.pk).exclude(withdrawn=None).update(withdrawn=None):
            record(entry.district_id, who, "learning.put_back", entry=entry.pk)
