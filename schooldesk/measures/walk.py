"""The auditor's walk: findings, a pupil's days, a day's entries and who certified them; reads are logged."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from schooldesk import clock
from schooldesk.access import staff_of
from schooldesk.ledger import former
from schooldesk.measures import made_from, open_weeks, reads, sentences
from schooldesk.measures.models import Measured
from schooldesk.pages import answer
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import schools_seen
from schooldesk.people.writes import log_read
from schooldesk.roster import reads as roster

READERS = (Role.PLANNER, Role.PRINCIPAL)
AT_ONCE = 4
"""Schools of one page of open weeks, where nobody chose one."""


def page(request: HttpRequest, template: str, staff: Staff, **found: object) -> HttpResponse:
    """Answer with one of these pages."""
    return answer(request, f"measures/{template}.html", staff, {"say": sentences, **found})


def log(staff: Staff, pupil: str, what: str) -> None:
    """Log that somebody read about a pupil's days; 0 is a list of many, or a pupil without a household."""
    number = roster.homes(staff.district, [pupil]).get(pupil, ("", 0, ""))[1] if pupil else 0
    log_read(staff.district_id, staff.user.get_username(), number, what[:60])


@staff_of(*READERS)
@require_safe
def every(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show how many pupils each kind of finding names, and one kind's pupils."""
    row, schools = reads.newest(), schools_seen(staff)
    code = request.GET.get("code", "")
    code = code if code in sentences.CODES else ""
    asked = request.GET.get("page", "1")
    number = max(int(asked) if asked.isdecimal() and len(asked) < 7 else 1, 1)
    found, many = reads.listed(row, schools, code, number - 1) if row and code else ([], 0)
    if code:
        log(staff, "", f"measures {code} page {number}")
    today = clock.today(staff.district.timezone)
    clauses = {name for one in found for name in one.clauses}
    return page(
        request, "found", staff, row=row, code=code, found=found, many=many, number=number,
        counts=reads.counts(row, schools) if row else [], last=-(-many // reads.PAGE),
        names=former.called(staff.district, {one.pupil for one in found if one.pupil}),
        old=bool(row and made_from.is_old(staff.district)),
        ruled=reads.ruled(clauses), open_monday=today - timedelta(days=today.weekday()),
    )  # fmt: skip


def _seen(staff: Staff, row: Measured | None, pupil: str) -> tuple[str, str]:
    """Return a pupil's school and name: 404 where nobody of that id is known here, 403 for other schools'."""
    known = roster.pupil(staff.district, pupil)
    left = reads.of_pupil(row, pupil)[:1] if row and known is None else []
    if known is None and not left:
        raise Http404
    school = known.school if known else left[0].school
    seen = schools_seen(staff)
    if seen is not None and school not in seen:
        raise PermissionDenied
    return school, former.called(staff.district, [pupil])[pupil]


@staff_of(*READERS)
@require_safe
def pupil(request: HttpRequest, staff: Staff, pupil: str) -> HttpResponse:
    """Show what was found of a pupil, and the sealed days that it comes from."""
    row = reads.newest()
    school, name = _seen(staff, row, pupil)
    log(staff, pupil, f"measures of pupil {pupil}")
    found = reads.of_pupil(row, pupil) if row else []
    return page(
        request, "pupil", staff, row=row, pupil=pupil, name=name, school=school, found=found,
        days=reads.pupil_days(staff.district, pupil),
        ruled=reads.ruled({name for one in found for name in one.clauses}),
    )  # fmt: skip


@staff_of(*READERS)
@require_safe
def day(request: HttpRequest, staff: Staff, pupil: str, day: date) -> HttpResponse:
    """Show every entry of a pupil's day, corrected ones too, and who certified it in which seal."""
    school, name = _seen(staff, reads.newest(), pupil)
    log(staff, pupil, f"measures of pupil {pupil} {day}")
    days = reads.pupil_days(staff.district, pupil)
    return page(
        request, "day", staff, pupil=pupil, name=name, school=school, day=day,
        known=next((one for one in days if one.day == day), None),
        witnesses=reads.witnesses(staff.district, school, pupil, day),
    )  # fmt: skip


@staff_of(*READERS)
@require_safe
def open_week(request: HttpRequest, staff: Staff, monday: date) -> HttpResponse:
    """Show what is recorded so far of the weeks that are not sealed yet, by school."""
    if monday.weekday():
        raise Http404
    seen = schools_seen(staff)
    mine = [one.id for one in roster.schools(staff.district)] if seen is None else list(seen)
    asked = request.GET.get("school", "")
    if asked and asked not in mine:
        raise PermissionDenied
    # Every open week of a school is put together anew, so a large district is asked school by school.
    chosen = [asked] if asked else mine if len(mine) <= AT_ONCE else mine[:1]
    log(staff, "", f"measures of open week {monday}")
    lines = open_weeks.by_school(staff.district, monday, chosen)
    return page(request, "open", staff, monday=monday, lines=lines, mine=mine, chosen=chosen)
