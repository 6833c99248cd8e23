"""Assessments of a class on a day: which there are, what stands of each pupil, and what a form says anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from schoolday.learning.exams import Chooser, Exam
from schoolday.learning.points import highest, share_of, written
from schoolday.ledger.assessed import MOST, Assessed, of_detail, plain
from schoolday.ledger.codes import is_evidence
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.standing import standing
from schoolday.roster import Pupil
from schooldesk import clock
from schooldesk.learning.exams.reads import Required, required
from schooldesk.ledger import lines, models, reads, scored
from schooldesk.ledger.may import Taught
from schooldesk.ledger.typed import Form, form_id, form_minute
from schooldesk.ledger.writes import By, withdrawal
from schooldesk.pages import Wrong
from schooldesk.people import reads as accounts
from schooldesk.people.models import Role, Staff
from schooldesk.roster.models import District

NONE, WHOLE, PARTIAL = "", "completed", "partial"
"""What may be said of a pupil: not assessed, assessed, or assessed in part."""
STEP = "assessed-"
"""What the name of a step begins with that entered assessments."""


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Offered:
    """An assessment that the form offers: its title, its date, and whether the district chose it."""

    title: str
    day: date
    of_district: bool


@dataclass(frozen=True)
class Tested:
    """One pupil in one assessment: what stands, what came of it, and what the page proposes."""

    pupil: Pupil
    activity: str
    entry: Entry | None
    proposed: str

    @property
    def told(self) -> Assessed:
        """What the entry says; nothing where there is none."""
        return of_detail(self.entry.detail) if self.entry else Assessed("")


@dataclass(frozen=True)
class Page:
    """An assessment of a class on a day as it is entered."""

    of: Taught
    title: str
    offered: tuple[Offered, ...]
    entered: tuple[str, ...]
    rows: tuple[Tested, ...]
    givers: tuple[tuple[str, str], ...]
    giver: str
    first: int | None
    exam: Exam | None = None
    """The exam of the class's list that it is; None where it is another, and a result is a note."""

    @property
    def points(self) -> tuple[str, str] | None:
        """The lowest and the highest result of the exam; None where a result is a note."""
        return (f"{self.exam.least:g}", f"{highest(self.exam):g}") if self.exam else None

    @property
    def stands(self) -> int:
        """Of how many pupils it is recorded."""
        return sum(one.entry is not None for one in self.rows)


def page_of(staff: Staff, of: Taught, title: str) -> Page:
    """Return an assessment of a class on a day; without a title the one that the plan of exams proposes."""
    home = staff.district
    stands = standing(reads.of_activities(reads.zone_of(home), set(of.own.values()), of.day))
    kept = [one for one in stands if one.kind is EntryKind.ASSESSED]
    exams = scored.exams_of(of.activity)
    offered = _offered(exams, of.day)
    entered = tuple(dict.fromkeys(of_detail(one.detail).title for one in kept))
    chosen = title or (entered[0] if entered else "") or _proposed(offered, of.day)
    mine = {one.pupil: one for one in kept if of_detail(one.detail).title == chosen}
    there = {one.pupil for one in stands if is_evidence(one) and one.kind in lines.PRESENCE}
    rows = tuple(
        Tested(one, of.own[one.id], mine.get(one.id), _how(mine, there, one.id)) for one in of.pupils
    )
    givers = _givers(staff, of)
    first = next((one.first for one in mine.values()), _begins(staff, of) if not mine else None)
    giver, exam = _giver(staff, of, mine, givers), scored.exam_on(exams, chosen, of.day)
    return Page(of, chosen, offered, entered, rows, givers, giver, first, exam)


def _offered(exams: Iterable[Exam], day: date) -> tuple[Offered, ...]:
    """Return the exams of a class's list, those of the day first, then the district's, then the newest."""
    found = (Offered(plain(one.title), one.day, one.chooser is Chooser.DISTRICT) for one in exams)
    order = sorted(found, key=lambda one: (one.day != day, not one.of_district, -one.day.toordinal()))
    return tuple(order)


def _proposed(offered: tuple[Offered, ...], day: date) -> str:
    return next((one.title for one in offered if one.day == day), "")


def _how(mine: Mapping[str, Entry], there: set[str], pupil: str) -> str:
    """Return what the page proposes: the record, else all who were there; everybody while none is known."""
    if mine:
        entry = mine.get(pupil)
        return NONE if entry is None else (PARTIAL if entry.code == PARTIAL else WHOLE)
    return WHOLE if not there or pupil in there else NONE


def _begins(staff: Staff, of: Taught) -> int | None:
    """Return when the class's first meeting of the day begins by the plan."""
    meeting = lines.sheet(staff, of, None).meeting
    return meeting.span.start if meeting else None


def _givers(staff: Staff, of: Taught) -> tuple[tuple[str, str], ...]:
    people = of.roster.staff
    ids = [
        *of.roster.teachers_of.get(of.activity, ()),
        *(of.roster.services[one].provider for one in set(of.own.values()) if one in of.roster.services),
    ]
    own = accounts.id_of(staff) if staff.sourced or staff.role == Role.SUBSTITUTE else ""
    ids += [own] if own else []
    named = accounts.names_of(staff.district, [staff])[staff.pk] if own and own not in people else ""
    return tuple(
        (one, people[one].name if one in people else named if one == own else one)
        for one in dict.fromkeys(ids)
    )


def _giver(staff: Staff, of: Taught, mine: Mapping[str, Entry], givers: tuple[tuple[str, str], ...]) -> str:
    said = next((of_detail(one.detail).giver for one in mine.values()), "")
    own = next((one for one, _name in givers if one == accounts.id_of(staff)), "")
    return said or own or (givers[0][0] if givers else "")


def asked(home: District, page: Page) -> list[Required]:
    """Return how many assessments of the district the rules ask of the class's grades in a year."""
    grades = {one.pupil.grade for one in page.rows}
    return [one for one in required(home, page.of.day) if one.asked.grade in grades and one.asked.low]


def from_form(form: Form, page: Page, by: By) -> tuple[str, list[Entry]]:
    """Return the step and the entries by which the record comes to say what a form says.

    The ids are made from the form's own, so that pressing its button twice enters nothing twice.
    """
    step = form_id(form)
    if not page.title:
        raise Wrong("title", _("Say which assessment it was: choose one, or write its name."))
    giver = form.get("giver", "")
    if giver and giver not in {one for one, _name in page.givers}:
        raise Wrong("giver", _("Choose one of the list."))
    first = form_minute(form, "first") if form.get("first") else None
    made = (_entry(form, page, row, (step, giver, first), by) for row in page.rows)
    return f"{STEP}{step}", [one for one in made if one is not None]


def _entry(form: Form, page: Page, row: Tested, told: tuple[str, str, int | None], by: By) -> Entry | None:
    step, giver, first = told
    how, who, old = form.get(f"how-{row.pupil.id}"), row.pupil.id, row.entry
    if how is None:
        return None
    if how not in (NONE, WHOLE, PARTIAL):
        raise Wrong(f"how-{who}", _("Choose one of the list."))
    name = str(uuid5(UUID(step), who))
    if how == NONE:
        return withdrawal(old, name, by.id, clock.now()) if old else None
    detail = Assessed(page.title, _result(form, page, row), giver).detail
    new = Entry(
        name, EntryKind.ASSESSED, who, page.of.day, page.of.school, row.activity, first, None, None, how,
        detail, by.id, clock.now(), old.id if old else "", "desk",
    )  # fmt: skip
    same = old and replace(old, id=name, by=new.by, at=new.at, corrects=new.corrects, origin="desk") == new
    return None if same else new


def _result(form: Form, page: Page, row: Tested) -> str:
    """Return the result that was typed: points of an exam of the list, elsewhere a note."""
    who, stood = row.pupil.id, row.told.result
    found = " ".join(form.get(f"result-{who}", "").split())
    if len(found) > MOST:
        raise Wrong(f"result-{who}", _("Write at most %(most)s letters."), {"most": str(MOST)})
    if page.exam is None or found in ("", stood):
        return found
    try:
        return written(page.exam, share_of(found, page.exam))
    except ValueError:
        least, most = page.points or ("", "")
        said = _("Write points from %(least)s to %(most)s, such as %(most)s, or leave it blank.")
        raise Wrong(f"result-{who}", said, {"least": least, "most": most}) from None


def last_step(page: Page, by: By) -> str:
    """Return the last step by which somebody entered assessments of a class on a day; empty without any."""
    rows = models.Entry.objects.filter(
        activity__in=sorted(set(page.of.own.values())),
        day=page.of.day,
        by=by.id,
        kind=EntryKind.ASSESSED.value,
    )
    return str(rows.order_by("-pk").values_list("step", flat=True).first() or "")
