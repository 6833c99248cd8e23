"""The work list of absences: who is to be reached by whom and by when, and what was done."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.ledger.reengage.known import CODES
from schoolday.ledger.reengage.tiers import SHOWS, TRIES
from schoolday.ledger.reengage.work import Task
from schoolday.roster import Pupil
from schooldesk import clock
from schooldesk.access import staff_of
from schooldesk.day.languages import language, speech
from schooldesk.ledger import filled, former
from schooldesk.ledger.care import page, school_of, schools_of
from schooldesk.ledger.reengage import counting, reads, record, sentences, writes
from schooldesk.ledger.writes import EntryRefused, by
from schooldesk.pages import Wrong, log, part, see
from schooldesk.people.models import Role, Staff
from schooldesk.roster import reads as roster

WHO = (Role.CLERK, Role.PRINCIPAL, Role.PLANNER)
"""Who sees absences of a school's pupils."""


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Row:
    """One thing to do: for whom, in which tier, and of how many absences, the excused apart."""

    task: Task
    pupil: Pupil
    tier: int | None
    rule: str
    absent: int
    excused: int
    late: bool


@staff_of(*WHO)
@require_safe
def work(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show what is to do at a school, by tier and soonest due first."""
    school, today = school_of(request, staff), clock.today(staff.district.timezone)
    one = reads.school(staff.district, school.id, today)
    every = _rows(staff, one, school.id, today)
    owners = sorted({row.task.owner for row in every if row.task.owner})
    tiers = sorted({row.tier for row in every if row.tier})
    owner, tier = request.GET.get("owner", ""), request.GET.get("tier", "")
    rows = [row for row in every if owner in ("", row.task.owner) and tier in ("", str(row.tier or ""))]
    shown = part(request, len(rows))
    log(staff, (), f"reengage {school.id}")
    found = {
        "school": school, "say": sentences, "rows": rows[shown.slice], "all": len(rows),
        "former": one.former, "late": sum(row.late for row in every),
        "counts": reads.count(staff.district, school.id, today),
        "owners": owners, "tiers": tiers, "owner": owner, "tier": tier, "at": shown.place, "last": shown.last,
    }  # fmt: skip
    return page(request, "reengage/work.html", staff, found)


def _rows(staff: Staff, one: reads.School, school: str, today: date) -> list[Row]:
    # Who has left the roster stays on the list.
    pupils = former.pupils(staff.district, one.former) | roster.pupils(staff.district, [school])
    rows = [_row(one, task, pupils[task.pupil], today) for task in one.tasks if task.pupil in pupils]
    return sorted(rows, key=lambda row: (row.tier or 0, row.task.due or date.max))


def _row(one: reads.School, task: Task, pupil: Pupil, today: date) -> Row:
    case = one.case(task.case)
    step = next((step for step in case.steps if step.name == task.what), None) if case else None
    late = task.due is not None and task.due < today
    return Row(
        task, pupil, step.tier if step else None, case.rule.id if case else "",
        len(case.absent) if case else 0, len(case.excused) if case else 0, late,
    )  # fmt: skip


@staff_of(*WHO)
@require_safe
def work_file(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Give the work list as CSV."""
    school, today = school_of(request, staff), clock.today(staff.district.timezone)
    one = reads.school(staff.district, school.id, today)
    log(staff, (), f"reengage file {school.id}")
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="reengage.csv"'
    answer["Cache-Control"] = "private, no-store"
    rows = csv.writer(answer)
    rows.writerow(
        ("due", "tier", "pupilId", "name", "what", "owner", "tries", "rule", "absent", "excused", "about")
    )
    for row in _rows(staff, one, school.id, today):
        task, name = row.task, row.pupil.name
        rows.writerow(
            (
                task.due or "", row.tier or "", task.pupil, name, task.what, task.owner, task.tries, row.rule,
                row.absent, row.excused, task.about or "",
            )
        )  # fmt: skip
    return answer


@staff_of(*WHO)
@require_safe
def schools(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show the counts of each school that somebody looks after; no pupil is named."""
    today = clock.today(staff.district.timezone)
    peopled = set(roster.peopled(staff.district))
    counts = counting.counts(staff.district, [one for one in schools_of(staff) if one in peopled], today)
    return page(request, "reengage/schools.html", staff, {"counts": counts, "say": sentences})


@staff_of(*WHO)
@require_http_methods(["GET", "HEAD", "POST"])
def pupil(request: HttpRequest, staff: Staff, pupil: str) -> HttpResponse:
    """Show a pupil's cases and all that was done; take down a deed, a day, or take a deed back."""
    who = _pupil(staff, pupil)
    if request.method != "POST":
        return _page(request, staff, who)
    try:
        _posted(request, staff, who)
    except Wrong as wrong:
        return _page(request, staff, who, wrong)
    except EntryRefused:
        said = _("This was recorded before with another content, or corrected since; open the page again.")
        return _page(request, staff, who, Wrong("once", said))
    return see(f"{_at(staff, who)}?done=1")


def _at(staff: Staff, who: Pupil) -> str:
    return f"/d/{staff.district_id}/reengage/pupils/{quote(who.id, safe='')}/"


def _pupil(staff: Staff, name: str) -> Pupil:
    """Return a pupil, a former one too; one of another district is not there, of another school refused."""
    found = roster.pupil(staff.district, name) or record.former(staff.district, name)
    if found is None:
        raise Http404
    if found.school not in schools_of(staff):
        raise PermissionDenied
    return found


def _page(request: HttpRequest, staff: Staff, who: Pupil, wrong: Wrong | None = None) -> HttpResponse:
    home, today = staff.district, clock.today(staff.district.timezone)
    one = reads.school(home, who.school, today)
    mine, notices = one.of(who.id)
    log(staff, [who.id], f"reengage {who.id}")
    found: dict[str, Any] = {
        "former": one.former, "who": who, "say": sentences, "cases": list(reversed(mine)),
        "owed": reads.owed_of(notices),
        "history": record.history(home, who.id), "untold": one.untold.get(who.id, 0), "shows": SHOWS,
        "tries": TRIES, "codes": CODES, "once": lambda: uuid4().hex, "done": request.GET.get("done") == "1",
        "speaks": roster.homes(home, [who.id]).get(who.id, ("", 0, "en"))[2], "at": _at(staff, who),
        "deeds": [code for code in sentences.DEEDS if code != "notice_sent"],
    }  # fmt: skip
    return page(request, "reengage/pupil.html", staff, found, wrong)


def _posted(request: HttpRequest, staff: Staff, who: Pupil) -> None:
    form, do, home = request.POST, request.POST.get("do", ""), staff.district
    days = reads.calendar_of(home).first, clock.today(home.timezone)
    if do == "deed":
        code = filled.choice(form, "code", [one for one in sentences.DEEDS if one != "notice_sent"])
        words = filled.note(form, must=code == "return_not_feasible")
        writes.deed(by(staff), who, filled.once(form), filled.day(form, "day", *days), code, words)
    elif do == "day":
        _certify(form, staff, who, days)
    elif do == "undo":
        every = record.history(home, who.id).deeds
        one = next((deed for deed in every if deed.entry.id == form.get("entry")), None)
        if one is None:
            raise Http404
        if one.undone is None:
            writes.take_back(by(staff), one)
    else:
        raise Http404


def _certify(form: filled.Form, staff: Staff, who: Pupil, days: tuple[date, date]) -> None:
    day, code = filled.day(form, "day", *days), filled.choice(form, "code", CODES)
    old = record.correctable(staff.district, who.id, day)
    words = filled.note(form, must=bool(old))
    writes.certify(by(staff), who, filled.once(form), day, code, words, old)


@staff_of(*WHO)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, staff: Staff, pupil: str) -> HttpResponse:
    """Show the notice home in the home's language, to print; take down that it was sent."""
    who = _pupil(staff, pupil)
    today = clock.today(staff.district.timezone)
    owed = reads.owed_of(reads.school(staff.district, who.school, today).of(who.id)[1])
    if request.method != "POST":
        return _notice(request, staff, who, owed)
    try:
        _send(request, staff, who, owed)
    except Wrong as wrong:
        return _notice(request, staff, who, owed, wrong)
    except EntryRefused:
        return _notice(
            request, staff, who, owed, Wrong("once", _("This was sent before; open the page again."))
        )
    return see(f"{_at(staff, who)}?done=1")


def _send(request: HttpRequest, staff: Staff, who: Pupil, owed: list[Any]) -> None:
    form, today = request.POST, clock.today(staff.district.timezone)
    known = {one.day.isoformat(): one.day for one in owed}
    named = [known[text] for text in form.getlist("about") if text in known]
    if not named:
        raise Wrong("about", _("Choose the dates that the notice tells of."))
    tongue = filled.choice(form, "language", _tongues(owed))
    sent = filled.day(form, "day", min(named), today)
    writes.notice(by(staff), who, filled.once(form), (sent, tongue), named)


def _tongues(owed: list[Any]) -> list[str]:
    """Return the home's language first, then those that a text is written in."""
    return list(dict.fromkeys([*(one.language for one in owed), "en", "es"]))


def _notice(
    request: HttpRequest, staff: Staff, who: Pupil, owed: list[Any], wrong: Wrong | None = None
) -> HttpResponse:
    log(staff, [who.id], f"notice {who.id}")
    tongues = _tongues(owed)
    days = sorted({one.day for one in owed})
    told = {code: [speech(language(code)).day(day) for day in days] for code in ("en", "es")}
    names = {one.id: one.name for one in roster.schools(staff.district)}
    found = {
        "who": who, "say": sentences, "owed": owed, "tongues": tongues, "at": _at(staff, who),
        "texts": reads.texts(staff.district, who, names.get(who.school, ""), tongues[0], told),
        "once": lambda: uuid4().hex, "due": min((one.last for one in owed if one.last), default=None),
        "written": tongues[0].partition("-")[0] in ("en", "es"), "names": sentences.tongue,
    }  # fmt: skip
    return page(request, "reengage/notice.html", staff, found, wrong)
