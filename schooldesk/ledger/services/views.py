"""A provider records and signs services; who looks after a school sees how its pupils' services stand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.ledger.week import dates_of, monday_of
from schoolday.roster import School
from schooldesk import clock
from schooldesk.access import staff_of
from schooldesk.day.languages import speech
from schooldesk.ledger import filled
from schooldesk.ledger.care import page, school_of
from schooldesk.ledger.services import reads, sentences, shown, typed, writes
from schooldesk.ledger.writes import EntryRefused, by
from schooldesk.pages import Wrong, log, see
from schooldesk.people.models import Role, Staff
from schooldesk.words import wanted

OF_SCHOOLS = (Role.CASES, Role.PRINCIPAL, Role.PLANNER)
"""Who sees the services of a school's pupils."""


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@staff_of(Role.TEACHER, Role.PROVIDER, *OF_SCHOOLS)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show a provider's own pupils; record, correct, undo, make up, sign."""
    one = _own(staff)
    if one is None:
        return (
            redirect(f"/d/{staff.district_id}/services/schools/")
            if staff.role in OF_SCHOOLS
            else _none(request, staff)
        )
    if request.method != "POST":
        return _page(request, staff, one)
    frame = typed.Frame(by(staff), one)
    try:
        _posted(request, frame)
    except Wrong as wrong:
        return _page(request, staff, one, wrong)
    except EntryRefused as refused:
        return _page(request, staff, one, Wrong("once", _refusal(refused)))
    return see(f"/d/{staff.district_id}/services/?week={_week(request, one).isoformat()}&done=1")


def _own(staff: Staff) -> reads.Services | None:
    schools = reads.schools_of(staff.district, staff.sourced) if staff.sourced else ()
    if not schools:
        return None
    return reads.services(
        staff.district, schools, clock.today(staff.district.timezone), provider=staff.sourced
    )


def _none(request: HttpRequest, staff: Staff) -> HttpResponse:
    return page(request, "services/none.html", staff, {})


def _refusal(refused: EntryRefused) -> str:
    if any(one.code == "services.locked" for one in refused.findings):
        return _("This meeting was signed. Correct what was signed; nothing else changes it.")
    return _("This was recorded before with another content, or corrected since; open the page again.")


def _posted(request: HttpRequest, frame: typed.Frame) -> None:
    form, do = request.POST, request.POST.get("do", "")
    if do == "sign":
        _sign(request, frame)
        return
    move = typed.MOVES.get(do)
    if move is None:
        raise Http404
    made = move(form, frame)
    writes.enter(frame.by, made, f"service-{made[0].id}")


def _sign(request: HttpRequest, frame: typed.Frame) -> None:
    form = request.POST
    first = filled.day(form, "first", *frame.days)
    last = filled.day(form, "last", first, frame.one.as_of)
    if form.get("agree") != "yes":
        raise Wrong("agree", _("Tick that you declare it."))
    try:
        writes.sign(frame.by, first, last, speech(wanted(request)).say(sentences.WORDS))
    except ValueError:
        raise Wrong("first", _("You have recorded nothing in these dates.")) from None


def _week(request: HttpRequest, one: reads.Services) -> date:
    """Return the Monday that is shown: the one asked for, never after today."""
    asked = request.POST.get("week") or request.GET.get("week", "")
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = one.as_of
    first, last = one.calendar.first, max(one.calendar.first, one.as_of)
    return monday_of(min(max(day, first), last))


def _page(
    request: HttpRequest, staff: Staff, one: reads.Services, wrong: Wrong | None = None
) -> HttpResponse:
    monday, who = _week(request, one), staff.sourced
    until = dates_of(monday)[1]
    inside = [row for row in one.standing() if monday <= row.day <= until and row.by == who]
    gone = [row for row in one.withdrawn() if monday <= row.day <= until and row.by == who]
    found: dict[str, Any] = {
        "one": one, "say": sentences, "monday": monday, "until": until, "lines": shown.lines(one, monday),
        "year": shown.year(one), "sessions": shown.sessions(one, monday), "told": shown.told(one, inside),
        "gone": shown.told(one, gone), "misses": shown.open_misses(one, who),
        "activities": shown.activities(one, who), "outcomes": typed.OUTCOMES,
        "mine": [row for row in reversed(one.signed) if row.provider == who][:12],
        "findings": one.findings(), "once": lambda: uuid4().hex, "done": request.GET.get("done") == "1",
        "before": monday - timedelta(days=7), "after": monday + timedelta(days=7),
        "typed_entry": request.POST.get("entry", "") if wrong else "",
        "names": {row.id: row.name for row in one.roster.pupils.values()},
    }  # fmt: skip
    return page(request, "services/own.html", staff, found, wrong)


@staff_of(Role.TEACHER, Role.PROVIDER, *OF_SCHOOLS)
@require_safe
def own_file(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Give a provider their own record as CSV."""
    one = _own(staff)
    if one is None:
        raise Http404
    return _file(writes.export_provider(one, staff.sourced), "services.csv", "text/csv; charset=utf-8")


@staff_of(*OF_SCHOOLS)
@require_safe
def of_school(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show how the services of a school's pupils stand, and what has no place in next week's timetable."""
    school = school_of(request, staff)
    one = _of(staff, school)
    monday = monday_of(one.as_of) + timedelta(days=7)
    log(staff, (), f"services {school.id}")
    found = {
        "one": one, "say": sentences, "school": school, "year": shown.year(one), "monday": monday,
        "unplaced": one.unplaced(monday, monday + timedelta(days=4)), "findings": one.findings(),
        "names": {row.id: row.name for row in one.roster.pupils.values()},
        "who": {row.id: row.name for row in one.roster.staff.values()},
    }  # fmt: skip
    return page(request, "services/school.html", staff, found)


def _of(staff: Staff, school: School) -> reads.Services:
    one = reads.services(staff.district, [school.id], clock.today(staff.district.timezone))
    if one is None:
        raise Http404
    return one


@staff_of(*OF_SCHOOLS)
@require_safe
def school_file(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Give the accounts of a school's pupils and the records of their providers; it bills nobody."""
    school = school_of(request, staff)
    log(staff, (), f"services file {school.id}")
    return _file(writes.export_school(_of(staff, school)), "services.zip", "application/zip")


def _file(body: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
