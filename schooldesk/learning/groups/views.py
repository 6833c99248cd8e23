"""Small groups: a planner or a teacher asks for them, sees what is proved, and whether they helped."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.ground.errors import SchooldayError
from schooldesk.access import staff_of
from schooldesk.learning import reads as learning
from schooldesk.learning.groups import reads, writes
from schooldesk.learning.models import Grouping
from schooldesk.learning.opened import STAFF, Opened, page
from schooldesk.pages import see
from schooldesk.people.models import Role, Staff
from schooldesk.roster import reads as roster

REFRESH = 5
"""Seconds after which a page of work under way asks again."""


@staff_of(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show what was asked for, and ask: a planner for a school, a teacher for their own pupils."""
    opened = Opened(staff)
    if request.method != "POST":
        return _groups(request, opened)
    if not (opened.plans or opened.teaches):
        raise PermissionDenied
    taught = staff.sourced if opened.teaches else ""
    try:
        asked = writes.asked(request.POST, _schools(opened), taught, opened.today)
    except SchooldayError as error:
        return _groups(request, opened, str(error))
    row = writes.ask(opened.home, asked, opened.who)
    return see(f"{opened.at}groups/{row.pk}/")


def _schools(opened: Opened) -> dict[str, str]:
    """Return the schools that they may ask for, with their names."""
    names = {one.id: one.name for one in roster.schools(opened.home)}
    if opened.teaches:
        return {one.school: names.get(one.school, one.school) for one in opened.sections()}
    return {one.id: one.name for one in opened.schools()}


def _groups(request: HttpRequest, opened: Opened, wrong: str = "") -> HttpResponse:
    rows = (
        reads.groupings(taught=opened.staff.sourced)
        if opened.teaches
        else reads.groupings(schools=list(_schools(opened)))
    )
    return page(
        request, "groups", opened, wrong=wrong, rows=rows, schools=_schools(opened),
        asks=opened.plans or opened.teaches,
    )  # fmt: skip


@staff_of(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Show the groups, who is in none and why, and what changed since; say whether they meet."""
    opened, row = Opened(staff), reads.one(number)
    if row is None:
        raise Http404
    _may_see(opened, row)
    if request.method != "POST":
        return _one(request, opened, row)
    do = request.POST.get("do", "")
    if do not in ("use", "drop") or not (opened.plans or row.taught == staff.sourced):
        raise PermissionDenied
    try:
        writes.use(row, opened.who, end=do == "drop")
    except SchooldayError as error:
        return _one(request, opened, row, str(error))
    return see("./")


def _may_see(opened: Opened, row: Grouping) -> None:
    """Refuse a teacher who did not ask for them, and whoever may not see the school."""
    if opened.teaches and row.taught != opened.staff.sourced:
        raise PermissionDenied
    if not opened.teaches and row.school not in {one.id for one in opened.schools()}:
        raise PermissionDenied


def _one(request: HttpRequest, opened: Opened, row: Grouping, wrong: str = "") -> HttpResponse:
    if row.finished is None:
        answer = page(request, "grouping", opened, wrong=wrong, row=row, still="still" in request.GET)
        if reads.is_open(row) and "still" not in request.GET:
            answer["Refresh"] = str(REFRESH)
        return answer
    if not opened.teaches:
        opened.log(f"small groups {row.pk}")
    found = reads.result(row)
    people = {*found.alone, *(one for group in found.groups for one in group.pupils)}
    names = {one.id: one.name for one in learning.pupils(opened.home, people)}
    names |= {one.id: one.name for one in roster.staff(opened.home).values()}
    return page(
        request, "grouped", opened, wrong=wrong, row=row, result=found, names=names,
        followed=reads.helped(opened.home, row, found, opened.today),
        may=opened.plans or row.taught == opened.staff.sourced,
    )  # fmt: skip


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_safe
def watch(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Count by student group who needs help, who is in a group and who rose; small numbers are hidden."""
    opened = Opened(staff)
    schools = opened.schools()
    asked = request.GET.get("school", schools[0].id if len(schools) == 1 else "")
    school = next((one for one in schools if one.id == asked), None)
    found = reads.watch(opened.home, school.id, opened.today) if school else None
    return page(request, "watch", opened, schools=schools, school=school, watch=found)
