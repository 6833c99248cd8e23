"""Planners ask for a move and adopt it; everybody whom it touches sees what changes, and from when."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.ground.errors import SchooldayError
from schoolday.rules import Way
from schooldesk import clock, scope
from schooldesk.access import by_kept_link, by_link, staff_of
from schooldesk.cohorts.choice.reads import children
from schooldesk.day.reads import Family
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import may_see_teacher
from schooldesk.roster import reads as roster
from schooldesk.timetable.models import Move
from schooldesk.timetable.moves import reads, sentences, writes

REFRESH = 5
"""Seconds after which a page of work under way asks again."""
STEPS = 100
"""Steps of improvement for each meeting."""
COLUMNS = ("schoolId", "personType", "personId", "title", "weekday", "before", "after")


@staff_of(Role.PLANNER, Role.PRINCIPAL)
@require_http_methods(["GET", "HEAD", "POST"])
def moves(request: HttpRequest, staff: Staff) -> HttpResponse:
    """List the moves; a planner asks for one."""
    wrong = ""
    if request.method == "POST":
        _planner(staff)
        try:
            row = _asked(request, staff)
        except SchooldayError as error:
            wrong = str(error)
        else:
            return HttpResponseRedirect(f"{row.pk}/")
    found = {
        "staff": staff,
        "rows": reads.moves(),
        "today": clock.today(staff.district.timezone),
        "cohorts": reads.cohorts_told() is not None,
        "wrong": wrong,
        "typed": request.POST,
        "say": sentences,
        "planner": staff.role == Role.PLANNER,
    }
    return render(request, "timetable/moves.html", found, status=422 if wrong else 200)


def _planner(staff: Staff) -> None:
    if staff.role != Role.PLANNER:
        raise PermissionDenied


def _asked(request: HttpRequest, staff: Staff) -> Move:
    form = request.POST
    way = form.get("way", "")
    if way not in writes.WAYS:
        raise SchooldayError("choose distance, hybrid or everybody at school")
    cohorts = reads.cohorts_told() if way == Way.HYBRID else None
    name = staff.user.get_username()
    return writes.ask(
        staff.district, _day(form.get("first", "")), Way(way), cohorts, form.get("why", ""), STEPS, name
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SchooldayError(f"{text!r} is not a date; write it as 2020-09-08") from None


@staff_of(Role.PLANNER, Role.PRINCIPAL)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Show a move, school by school; a planner adopts it or takes it back."""
    row = _move(number)
    if request.method != "POST":
        return _page(request, staff, row)
    _planner(staff)
    do = DO.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    try:
        do(staff.district, row, staff.user.get_username())
    except SchooldayError as error:
        return _page(request, staff, row, wrong=str(error))
    return HttpResponseRedirect("./")


DO: Mapping[str, Callable[..., None]] = {"adopt": writes.adopt, "withdraw": writes.withdraw}
"""What a form of the page asks for, by the name that its button sends."""


def _move(number: int) -> Move:
    row = reads.one(number)
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, staff: Staff, row: Move, *, wrong: str = "") -> HttpResponse:
    found = {
        "staff": staff,
        "row": row,
        "state": sentences.state(row),
        "schools": [
            (school, row.figures[school.id]) for school in _schools(staff) if school.id in row.figures
        ],
        "planner": staff.role == Role.PLANNER,
        "wrong": wrong,
        "say": sentences,
    }
    answer = render(request, "timetable/move.html", found, status=409 if wrong else 200)
    if sentences.is_open(row) and not wrong:
        answer["Refresh"] = str(REFRESH)
    return answer


def _schools(staff: Staff) -> list[roster.School]:
    """Return the schools whose figures a member of staff sees: a principal their own."""
    every = roster.schools(staff.district)
    return every if staff.role == Role.PLANNER else [one for one in every if one.id in staff.schools]


@staff_of(Role.PLANNER, Role.PRINCIPAL)
@require_safe
def touched(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Give who is touched, and by which meetings, as CSV."""
    row = _move(number)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="touched-{row.pk}.csv"'
    answer["Cache-Control"] = "private, no-store"
    lines = csv.writer(answer)
    lines.writerow(COLUMNS)
    lines.writerows(
        (*each[:4], sentences.WEEKDAYS[each[4]], *each[5:])
        for each in reads.touched_rows(row, {school.id: school for school in _schools(staff)})
    )
    return answer


@staff_of(Role.TEACHER, Role.PROVIDER, Role.PRINCIPAL, Role.PLANNER)
@require_safe
def of_teacher(request: HttpRequest, staff: Staff, who: str) -> HttpResponse:
    """Show what changes for a teacher or provider, and from when."""
    member = roster.staff_member(staff.district, who)
    if member is None:
        raise Http404
    if not may_see_teacher(staff, who, member.schools):
        raise PermissionDenied
    row = reads.next_move(staff.district, clock.today(staff.district.timezone))
    name = member.name
    changes = [reads.teacher_change(staff.district, row, who, member.schools, name)] if row else []
    return render(request, "timetable/changes.html", {"row": row, "changes": changes, "say": sentences})


@by_link
@require_safe
def of_family(request: HttpRequest, family: Family) -> HttpResponse:
    """Show a family what changes for each of its children, and from when."""
    return _of_family(request, family)


@by_kept_link
@require_safe
def of_home(request: HttpRequest, family: Family) -> HttpResponse:
    """Show it to a device that keeps its link."""
    return _of_family(request, family)


def _of_family(request: HttpRequest, family: Family) -> HttpResponse:
    with scope.district(family.district):
        found = _changes(family)
    return render(request, "timetable/changes.html", found | {"say": sentences})


def _changes(family: Family) -> dict[str, object]:
    home = roster.district(family.district)
    if home is None:
        raise Http404
    row = reads.next_move(home, clock.today(home.timezone))
    some = children(home, family.household) if row else []
    changes = [reads.pupil_change(home, row, one.id, one.pupil.school, one.given) for one in some if row]
    return {"row": row, "changes": changes}
