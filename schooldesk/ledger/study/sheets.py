"""Paper of independent study: the forms of sealed weeks that a pupil is in, and the sheet of work samples."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from django.http import HttpRequest

from schoolday.files.ledger.samples_paper import Part, SampleSheet, samples_pdf
from schoolday.ledger.week import Expected, monday_of
from schoolday.measures.verdict import Verdict
from schoolday.roster import Pupil
from schooldesk import clock
from schooldesk.day.languages import Speech
from schooldesk.ledger import may, weeks
from schooldesk.ledger import reads as ledger
from schooldesk.ledger.study import sentences
from schooldesk.ledger.study.samples import Period, samples_of
from schooldesk.people.models import Staff
from schooldesk.roster.models import District
from schooldesk.words import spoken


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


def forms_of(staff: Staff, who: Pupil, on: date) -> list[tuple[str, str]]:
    """Return whose sealed forms of a week hold a pupil and may be seen by who looks, with the addresses."""
    home = staff.district
    monday = monday_of(on)
    names = weeks.names(home, who.school)
    seen = may.weeks_seen(staff, who.school, monday)
    own = {
        row.teacher
        for row in ledger.newest_sealed(who.school, monday)
        if (seen is None or row.teacher in seen)
        and any(one.pupil == who.id for one in _expected(home, who.school, row.teacher, monday))
    }
    at, pupil = f"/d/{home.pk}/week/{quote(who.school, safe='')}", quote(who.id, safe="")
    return [
        (names.get(one, one), f"{at}/{quote(one, safe='')}/{monday}/form.pdf?pupil={pupil}")
        for one in sorted(own)
    ]


def _expected(home: District, school: str, teacher: str, monday: date) -> tuple[Expected, ...]:
    week = weeks.expected(home, school, teacher, monday)
    return week.pupils if week else ()


def pdf_of(request: HttpRequest, home: District, who: Pupil) -> bytes:
    """Return a pupil's work samples of the year as a PDF, in the reader's language."""
    words = spoken(request)
    s: Speech = words["s"]
    today = clock.today(home.timezone)
    found, names = samples_of(home, who, today), weeks.names(home, who.school)
    parts = tuple(_part(one, names, s) for one in found.periods)
    sources = {_source(one.products.verdict) for one in found.periods}
    sheet = SampleSheet(
        s.say(_("Work samples of independent study")),
        words["lang"].code,
        (
            (s.say(_("Pupil")), who.name),
            (s.say(_("School")), names.get(who.school, who.school)),
            (s.say(_("As of")), s.full_date(today)),
        ),
        (
            s.say(_("Subject")), s.say(_("Day")), s.say(_("Work")), s.say(_("Minutes")),
            s.say(_("Chosen by")),
        ),
        parts,
        "; ".join(sorted(one for one in sources if one)),
        (
            s.say(_("Signature of the teacher")), s.say(_("Date")), s.say(_("Signature of the principal")),
            s.say(_("Date")),
        ),
    )  # fmt: skip
    return samples_pdf(sheet)


def _part(one: Period, names: Mapping[str, str], s: Speech) -> Part:
    part = one.products.period
    title = s.say(sentences.PERIODS.get(part.name, part.name))
    rows = tuple(
        (
            s.say(sentences.SUBJECTS[each.subject]),
            s.day(each.entry.day),
            names.get(each.entry.activity, each.entry.activity),
            "–" if each.entry.minutes is None else str(each.entry.minutes),
            names.get(each.sample.by, each.sample.by) if each.sample else s.say(_("the record itself")),
        )
        for each in one.kept
    )
    return Part(f"{title} ({s.day(part.first)} – {s.day(part.last)})", rows, lacks(one, s))


def lacks(one: Period, s: Speech) -> str:
    """Return in words what a period lacks; empty where nothing does."""
    if not one.lacking:
        return ""
    said = s.count("%(count)s sample is missing", "%(count)s samples are missing", one.lacking)
    named = ", ".join(s.say(sentences.SUBJECTS[each]) for each in one.subjects)
    return f"{said % {'count': one.lacking}}: {named}"


def _source(verdict: Verdict) -> str:
    return f"{verdict.clause.id}: {verdict.clause.cite.source}" if verdict.clause else ""
