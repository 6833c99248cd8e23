"""A week: what is recorded, certify it, its versions and its form; which weeks are open; the chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.ground.errors import NotInForce, SchooldayError
from schoolday.ground.finding import Finding
from schoolday.ledger.certify import CertificationRefused
from schoolday.ledger.week import Week, dates_of, monday_of
from schooldesk import clock
from schooldesk.access import staff_of
from schooldesk.ledger import may, models, reads, sealing, sentences, weeks, writes
from schooldesk.ledger.opened import POSTED, log, page, schools_of
from schooldesk.ledger.shown import shown
from schooldesk.ledger.substitutes import reads as substitutes
from schooldesk.ledger.taking import WRITERS
from schooldesk.pages import Wrong, see
from schooldesk.people.models import Role, Staff
from schooldesk.roster import reads as roster
from schooldesk.words import spoken


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Standing:
    """How one teacher's week stands: certified, waiting for its seal, changed since, open or overdue."""

    school: str
    teacher: str
    name: str
    state: str
    row: models.Certified | None


@staff_of(*WRITERS)
@require_safe
def every(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show which weeks are certified, open or overdue: a teacher's own, or those of a principal's schools."""
    home = staff.district
    asked = request.GET.get("on", "")
    try:
        monday = monday_of(date.fromisoformat(asked) if asked else clock.today(home.timezone))
    except ValueError:
        raise Http404 from None
    mine = list(dict.fromkeys((*schools_of(staff), *(one.school for one in may.certified_by(staff, monday)))))
    school = request.GET.get("school", "") or (mine[0] if mine else "")
    if mine and school not in mine:
        raise Http404 if school not in {one.id for one in roster.schools(home)} else PermissionDenied
    found = list(_standings(staff, school, monday)) if school else []
    last = reads.checks() if staff.role == Role.PLANNER else []
    return page(
        request, "weeks", staff,
        {
            "monday": monday, "school": school, "mine": mine, "found": found, "checks": last,
            "before": monday - timedelta(days=7), "after": monday + timedelta(days=7),
            "answers": bool(school) and may.answers_for(staff, school),
        },
    )  # fmt: skip


def _standings(staff: Staff, school: str, monday: date) -> Iterator[Standing]:
    home = staff.district
    days = weeks.days_of(home, monday)
    there = roster.staff(home)
    seen = may.weeks_seen(staff, school, monday)
    signed, last = reads.of_schools(monday, [school]), reads.last_entries(school, monday)
    for who, activities in sorted(weeks.teachers_of(home, school, monday).items()):
        if not days or (seen is not None and who not in seen):
            continue
        row = signed.get((school, who))
        newest = max(
            (
                number
                for (activity, by), number in last.items()
                if activity in activities or (not activity and by == who)
            ),
            default=0,
        )
        name = there[who].name if who in there else who
        yield Standing(school, who, name, _state(staff, row, newest, days), row)


def _state(staff: Staff, row: models.Certified | None, newest: int, days: tuple[date, ...]) -> str:
    if row is None:
        return "overdue" if clock.today(staff.district.timezone) > days[-1] else "open"
    if newest > row.last_entry:
        return "changed"
    return "certified" if row.digest else "waits"


@staff_of(*WRITERS)
@require_http_methods(POSTED)
def one(request: HttpRequest, staff: Staff, school: str, teacher: str, monday: date) -> HttpResponse:
    """Show a teacher's week; certify it, if it is the teacher's own."""
    week = opened(staff, school, teacher, monday)
    if request.method != "POST":
        return _one(request, staff, week, None)
    if teacher not in may.certifies(staff, school, monday):
        raise PermissionDenied
    try:
        words = spoken(request)["_"](_agreed(request, staff, week))
        row = sealing.certify_week(writes.by(staff), staff.district, school, teacher, monday, words)
    except Wrong as wrong:
        return _one(request, staff, week, wrong)
    except CertificationRefused as refused:
        return _one(request, staff, week, None, refused.findings)
    except NotInForce as lapsed:
        return _one(request, staff, week, None, (Finding("ledger.lapsed", str(lapsed)),))
    return see(f"{address(staff, week)}?row={row.pk}#versions")


def _agreed(request: HttpRequest, staff: Staff, week: Week) -> str:
    """Return the words that were agreed to; those of a week that others have entered into are others."""
    words, seen = sentences.words(_is_shared(staff, week)), bool(request.POST.get("shared"))
    if not request.POST.get("agreed"):
        raise Wrong("agreed", _("Mark that you have read the words, and then certify."))
    if words != sentences.words(seen):
        raise Wrong("agreed", _("Somebody else entered something since; read the words as they are now."))
    return words


def opened(staff: Staff, school: str, teacher: str, monday: date) -> Week:
    """Open a week; one that is not there is no page, somebody else's is refused."""
    week = weeks.week_of(staff.district, school, teacher, monday)
    if week is None:
        raise Http404
    seen = may.weeks_seen(staff, school, monday)
    if seen is not None and teacher not in seen:
        raise PermissionDenied
    return week


def address(staff: Staff, week: Week) -> str:
    """Return the address of a week's page."""
    return f"/d/{staff.district_id}/week/{week.school}/{week.teacher}/{week.monday}/"


def _one(
    request: HttpRequest,
    staff: Staff,
    week: Week,
    wrong: Wrong | None,
    findings: tuple[Finding, ...] = (),
) -> HttpResponse:
    home, mine = staff.district, week.teacher in may.certifies(staff, week.school, week.monday)
    log(staff, mine, f"week {week.teacher} {week.monday}")
    versions = reads.versions(week.school, week.teacher, week.monday)
    last = max((reads.last_row(week)), default=0)
    names = _names(staff, week)
    today = clock.today(home.timezone)
    found: dict[str, Any] = {
        "week": week, "shown": shown(week, certified=bool(versions) and last <= versions[0].last_entry),
        "versions": versions, "changed": bool(versions) and last > versions[0].last_entry, "mine": mine,
        "findings": findings, "names": names, "at": address(staff, week), "zone": reads.zone_of(home),
        "early": today < week.days[-1], "before": week.monday - timedelta(days=7),
        "after": week.monday + timedelta(days=7), "classes": _classes(week, names),
        **_stood_in(staff, week),
    }  # fmt: skip
    return page(request, "week", staff, found, wrong, 422 if findings else 0)


def _stood_in(staff: Staff, week: Week) -> dict[str, Any]:
    """Return who stood in for the teacher, whose entries they are, and if other weeks are seen."""
    days = dates_of(week.monday)
    return {
        "stands": substitutes.of_teacher(staff.district, week.teacher, *days),
        "shared": _is_shared(staff, week),
        "entered": weeks.entered_by(week),
        "own": staff.sourced == week.teacher or may.answers_for(staff, week.school),
    }


def _is_shared(staff: Staff, week: Week) -> bool:
    """Whether another than who reads has taught: its teacher, or one who stood in, wrote what stands."""
    home, days = staff.district, dates_of(week.monday)
    taught = {week.teacher} | substitutes.ever_for(home, week.teacher, *days)
    return bool(taught & weeks.entered_by(week).keys() - {writes.by(staff).id})


def _names(staff: Staff, week: Week) -> Mapping[str, str]:
    return weeks.names(staff.district, week.school, [one.pupil for one in week.pupils])


def _classes(week: Week, names: Mapping[str, str]) -> list[tuple[str, str]]:
    own = {activity for pupil in week.pupils for activity in pupil.activities}
    return sorted(((one, names.get(one, one)) for one in own), key=lambda one: (one[1], one[0]))


@staff_of(*WRITERS)
@require_safe
def form(request: HttpRequest, staff: Staff, school: str, teacher: str, monday: date) -> HttpResponse:
    """Give the form of a sealed week as a PDF: of all, a class or a pupil; of a version, else the newest."""
    opened(staff, school, teacher, monday)
    log(staff, teacher in may.certifies(staff, school, monday), f"week form {teacher} {monday}")
    rows = [row for row in reads.versions(school, teacher, monday) if row.digest]
    asked = request.GET.get("version", "")
    row = next((one for one in rows if asked in ("", str(one.version))), None)
    if row is None:
        raise Http404
    pupil, section = request.GET.get("pupil", ""), request.GET.get("class", "")
    return _pdf(request, staff, [row], f"{monday}-{teacher}", pupil=pupil, section=section)


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_safe
def school_form(request: HttpRequest, staff: Staff, school: str, monday: date) -> HttpResponse:
    """Give the forms of all sealed weeks of a school as one PDF."""
    if school not in {one.id for one in roster.schools(staff.district)}:
        raise Http404
    if not may.answers_for(staff, school):
        raise PermissionDenied
    log(staff, False, f"week forms {school} {monday}")
    rows = list(reads.newest_sealed(school, monday))
    if not rows:
        raise Http404
    return _pdf(request, staff, rows, f"{monday}-{school}")


def _pdf(
    request: HttpRequest,
    staff: Staff,
    rows: list[models.Certified],
    name: str,
    *,
    pupil: str = "",
    section: str = "",
) -> HttpResponse:
    code = spoken(request)["lang"].code
    try:
        printed = {one.pupil for row in rows for one in reads.sealed(row).head.pupils}
        known = weeks.names(staff.district, rows[0].school, printed)
        names = {staff.district_id: staff.district.name, **known}
        made = reads.printed(rows, names, language=code, pupil=pupil, section=section)
    except SchooldayError as error:
        return page(request, "not_there", staff, {"said": str(error)}, status=409)
    if made is None:
        raise Http404
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="week-{name}.pdf"'
    return answer


@staff_of(Role.PLANNER)
@require_http_methods(POSTED)
def chain(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show how the chain of seals was found, and verify it anew."""
    if request.method == "POST":
        sealing.verify(staff.district_id, staff.user.get_username())
        return see(f"/d/{staff.district_id}/week/chain/#last")
    waiting = reads.waiting()
    return page(
        request, "chain", staff,
        {"checks": reads.checks(), "waiting": waiting, "zone": reads.zone_of(staff.district)},
    )  # fmt: skip
