"""Independent study at the desk: a day of a class or a school, one pupil with work samples, the ratio."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.ledger.samples import SUBJECTS
from schoolday.ledger.study_parts import OTHERS
from schoolday.ledger.study_ratio import RatioKind
from schoolday.roster import Pupil
from schooldesk import clock
from schooldesk.access import staff_of
from schooldesk.ledger import filled, weeks
from schooldesk.ledger.care import page, school_of
from schooldesk.ledger.opened import log as log_list
from schooldesk.ledger.study import ratio as ratios
from schooldesk.ledger.study import reads, samples, sentences, sheets, writes
from schooldesk.ledger.writes import by
from schooldesk.pages import Wrong, log, part, see
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import schools_looked_after
from schooldesk.roster import reads as roster

LEADERS = (Role.CLERK, Role.PRINCIPAL, Role.PLANNER)
"""Who sees the independent study of whole schools."""


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Chosen:
    """Whose day is shown: the school, the class if one is chosen, which pupils (None is all), the classes."""

    school: str
    activity: str
    pupils: frozenset[str] | None
    classes: list[tuple[str, str]]


@staff_of(Role.TEACHER, *LEADERS)
@require_safe
def day(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show a day of independent study: of a teacher's own pupils, of a class, or of a school."""
    home, on = staff.district, _on(request, staff)
    chosen = _chosen(request, staff, on)
    log_list(staff, staff.role == Role.TEACHER, f"study {chosen.school} {on}")
    found = reads.studied(home, chosen.school, on, chosen.pupils)
    shown = part(request, len(found.pupils))
    return page(
        request, "study/day.html", staff,
        {
            "say": sentences, "on": on, "chosen": chosen, "found": found, "shown": shown,
            "pupils": found.pupils[shown.slice], "before": on - timedelta(days=1),
            "after": on + timedelta(days=1), "school": _school_name(staff, chosen.school),
        },
    )  # fmt: skip


def _on(request: HttpRequest, staff: Staff) -> date:
    """Return the day that was asked for, else today; one that is none is no page."""
    asked = request.GET.get("on", "")
    try:
        return date.fromisoformat(asked) if asked else clock.today(staff.district.timezone)
    except ValueError:
        raise Http404 from None


def _chosen(request: HttpRequest, staff: Staff, on: date) -> Chosen:
    home, activity = staff.district, request.GET.get("class", "")
    teaches = staff.role == Role.TEACHER
    school = _taught_school(request, staff) if teaches else school_of(request, staff).id
    there = weeks.teachers_of(home, school, on - timedelta(days=on.weekday()))
    names = weeks.names(home, school)
    some = there.get(staff.sourced, frozenset()) if teaches else frozenset().union(*there.values())
    if activity and activity not in some:
        raise PermissionDenied if activity in frozenset().union(*there.values()) else Http404
    classes = sorted(((one, names.get(one, one)) for one in some), key=lambda one: (one[1], one[0]))
    pupils = frozenset(roster.pupils_of(home, staff.sourced)) if teaches else None
    if activity:
        inside = reads.in_activity(home, school, activity, on)
        pupils = inside if pupils is None else pupils & inside
    return Chosen(school, activity, pupils, classes)


def _taught_school(request: HttpRequest, staff: Staff) -> str:
    member = roster.staff_member(staff.district, staff.sourced)
    mine, asked = member.schools if member else (), request.GET.get("school", "")
    if asked and asked not in mine:
        known = any(one.id == asked for one in roster.schools(staff.district))
        raise PermissionDenied if known else Http404
    if not mine:
        raise PermissionDenied
    return asked or mine[0]


def _school_name(staff: Staff, school: str) -> str:
    return next((one.name for one in roster.schools(staff.district) if one.id == school), school)


def opened(staff: Staff, name: str) -> Pupil:
    """Open a pupil: one of another district is not there, one that is not theirs to see is refused."""
    found = roster.pupil(staff.district, name)
    if found is None:
        raise Http404
    seen = schools_looked_after(staff)
    if seen is None or found.school in seen:
        return found
    if (
        staff.role == Role.TEACHER
        and staff.sourced
        and name in roster.pupils_of(staff.district, staff.sourced)
    ):
        return found
    raise PermissionDenied


@staff_of(Role.TEACHER, *LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def pupil(request: HttpRequest, staff: Staff, pupil: str) -> HttpResponse:
    """Show a pupil's day and the work samples of the year; choose one, replace it, take it back."""
    who, on = opened(staff, pupil), _on(request, staff)
    if request.method != "POST":
        log(staff, [who.id], f"study {who.id} {on}")
        return _pupil(request, staff, who, on)
    try:
        _keep(request, staff, who)
    except Wrong as wrong:
        return _pupil(request, staff, who, on, wrong)
    return see(f"{_address(staff, who)}?on={on}&done=1#samples")


def _address(staff: Staff, who: Pupil) -> str:
    return f"/d/{staff.district_id}/study/pupils/{quote(who.id, safe='')}/"


def _keep(request: HttpRequest, staff: Staff, who: Pupil) -> None:
    form, do, me = request.POST, request.POST.get("do", ""), by(staff)
    name = filled.once(form)
    if do == "back":
        writes.take_back(me, staff.district, who.id, name, form.get("sample", ""))
    elif do == "choose":
        subject = filled.choice(form, "subject", SUBJECTS)
        writes.choose(me, staff.district, who.id, name, form.get("entry", ""), subject)
    else:
        raise Http404


def _pupil(
    request: HttpRequest, staff: Staff, who: Pupil, on: date, wrong: Wrong | None = None
) -> HttpResponse:
    home = staff.district
    today = clock.today(home.timezone)
    studied = reads.studied(home, who.school, on, [who.id])
    found = {
        "say": sentences, "who": who, "on": on, "studied": studied, "one": studied.days.get(who.id),
        "samples": samples.samples_of(home, who, today), "names": weeks.names(home, who.school),
        "subjects": SUBJECTS, "once": lambda: uuid4().hex, "done": bool(request.GET.get("done")),
        "at": _address(staff, who), "before": on - timedelta(days=1), "after": on + timedelta(days=1),
        "school": _school_name(staff, who.school),
        "forms": sheets.forms_of(staff, who, on) if staff.role != Role.CLERK else (),
    }  # fmt: skip
    return page(request, "study/pupil.html", staff, found, wrong)


@staff_of(Role.TEACHER, *LEADERS)
@require_safe
def sheet(request: HttpRequest, staff: Staff, pupil: str) -> HttpResponse:
    """Give a pupil's work samples of the year as a PDF to sign, in the reader's language."""
    who = opened(staff, pupil)
    log(staff, [who.id], f"study sheet {who.id}")
    made = sheets.pdf_of(request, staff.district, who)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="samples-{quote(who.id, safe="")}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@staff_of(*LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def ratio(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show the ratio of pupils to teachers against the one allowed; a planner says which one was chosen."""
    on = min(_on(request, staff), clock.today(staff.district.timezone))
    if request.method != "POST":
        return _ratio(request, staff, on)
    if staff.role != Role.PLANNER:
        raise PermissionDenied
    form, me = request.POST, by(staff)
    try:
        name = filled.once(form)
        if form.get("do") == "back":
            writes.state_back(me, name)
        else:
            schools = [one.id for one in roster.schools(staff.district)]
            writes.state(me, name, ratios.typed(form, on, schools))
    except Wrong as wrong:
        return _ratio(request, staff, on, wrong)
    return see(f"/d/{staff.district_id}/study/ratio/?done=1")


def _ratio(request: HttpRequest, staff: Staff, on: date, wrong: Wrong | None = None) -> HttpResponse:
    one = ratios.shown(staff.district, on, schools_looked_after(staff))
    found = {
        "say": sentences, "on": on, "one": one, "once": lambda: uuid4().hex, "elsewhere": OTHERS,
        "allowed": [one.value for one in RatioKind], "done": bool(request.GET.get("done")),
        "field": ratios.field, "decimal": ratios.written,
        "names_of": {one.id: one.name for one in roster.schools(staff.district)},
    }  # fmt: skip
    return page(request, "study/ratio.html", staff, found, wrong)
