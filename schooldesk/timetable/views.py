"""A teacher's day and a school's week."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from schooldesk.access import staff_of
from schooldesk.day import request as composed
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import may_see_teacher
from schooldesk.roster import reads as roster
from schooldesk.words import wanted


@staff_of(Role.TEACHER, Role.PROVIDER, Role.PRINCIPAL, Role.PLANNER, Role.CLERK, Role.CASES)
@require_safe
def school(request: HttpRequest, staff: Staff, school: str, day: date) -> HttpResponse:
    """Show a school's week; it names no pupil."""
    monday = day - timedelta(days=day.weekday())
    page = composed.school_page(staff.district, school, monday, wanted(request).code)
    if page is None:
        raise Http404
    return HttpResponse(page, content_type="text/html; charset=utf-8")


@staff_of(Role.TEACHER, Role.PROVIDER, Role.PRINCIPAL, Role.PLANNER)
@require_safe
def teacher(request: HttpRequest, staff: Staff, who: str, day: date) -> HttpResponse:
    """Show a teacher's day."""
    member = roster.staff_member(staff.district, who)
    if member is None:
        raise Http404
    if not may_see_teacher(staff, who, member.schools):
        raise PermissionDenied
    page = composed.teacher_page(staff.district, member, day, wanted(request).code)
    return HttpResponse(page, content_type="text/html; charset=utf-8")
