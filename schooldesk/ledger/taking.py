"""Taking a meeting: the day's list, one class at once with or without script, and the script's worker."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.calendar.days import DayKind
from schoolday.ledger.entry import Entry
from schooldesk import clock
from schooldesk.access import staff_of
from schooldesk.day.request import calendar, school_roster
from schooldesk.ledger import lines, may, reads, standing_in, typed, writes
from schooldesk.ledger.lines import Sheet
from schooldesk.ledger.may import Taught
from schooldesk.ledger.opened import POSTED, log, page, schools_of
from schooldesk.ledger.writes import EntryRefused
from schooldesk.pages import Wrong, see
from schooldesk.people.models import Role, Staff
from schooldesk.roster import reads as roster


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


WRITERS = (Role.TEACHER, Role.PROVIDER, Role.SUBSTITUTE, Role.PRINCIPAL, Role.PLANNER)


@staff_of(*WRITERS)
@require_safe
def every(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show a teacher's meetings of a day with what is still open; a principal chooses whose."""
    home = staff.district
    day = _day(request.GET.get("on", "")) or clock.today(home.timezone)
    who = staff.sourced or request.GET.get("teacher", "")
    member = roster.staff_member(home, who) if who else None
    if who and (member is None or not _may_list(staff, who, member.schools)):
        raise Http404 if member is None else PermissionDenied
    found = _meetings(staff, who, member.schools, day) if member else []
    if member:
        log(staff, staff.sourced == who, f"take {who} {day}")
    choice = [] if staff.sourced or staff.role == Role.SUBSTITUTE else _whose(staff)
    return page(
        request, "take_list", staff,
        {
            "day": day, "who": who, "sheets": found, "choice": choice, "member": member,
            "stood_in": standing_in.lists(staff, day), "link": standing_in.link_of,
            "stands": standing_in.named_for(staff, who, day) if member else [],
        },
    )  # fmt: skip


def _may_list(staff: Staff, who: str, schools: tuple[str, ...]) -> bool:
    return staff.sourced == who or any(may.answers_for(staff, school) for school in schools)


def _whose(staff: Staff) -> list[tuple[str, str]]:
    mine = set(schools_of(staff))
    people = (one for one in roster.staff(staff.district).values() if mine & set(one.schools))
    return sorted(((one.id, one.name) for one in people), key=lambda one: one[1])


def _meetings(staff: Staff, who: str, schools: tuple[str, ...], day: date) -> list[Sheet]:
    home, found = staff.district, list[Sheet]()
    for school in schools:
        there = school_roster(home.pk, home.roster_id or 0, (school,))
        mine = [one for _school, one in lines.meetings_of(home, [school], who, day)]
        if there is not None and mine:
            found += lines.sheets(staff, school, mine, there, day)
    return sorted(found, key=lambda one: one.meeting.span.start if one.meeting else 0)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@staff_of(*WRITERS)
@require_http_methods(POSTED)
def one(request: HttpRequest, staff: Staff, activity: str, day: date) -> HttpResponse:
    """Show a meeting to be taken, and take it: a form, or entries as JSON that may be sent again."""
    sent = request.content_type == "application/json" and request.method == "POST"
    of = opened(staff, activity, day, late=sent)
    if sent:
        return _entries(request, staff, of)
    sheet = lines.sheet(staff, of, meeting_at(request))
    if request.method != "POST":
        log(staff, not may.answers_for(staff, of.school), f"take {activity} {day}")
        return _one(request, staff, sheet, None)
    try:
        may_be_taken(staff, of)
        return _typed(request, staff, sheet)
    except Wrong as wrong:
        return _one(request, staff, sheet, wrong)
    except EntryRefused as refused:
        return _one(request, staff, sheet, None, refused)


def opened(staff: Staff, activity: str, day: date, *, late: bool = False) -> Taught:
    """Open what is taught; what the district has not is not there, what is somebody else's is refused.

    With `late` it opens, too, for a substitute whose days are over: the refusal is told in words.
    """
    of = may.taught(staff, activity, day)
    if of is None:
        raise Http404
    if not may.may_write(staff, of) and not (late and may.stood_in(staff, of)):
        raise PermissionDenied
    return of


def may_be_taken(staff: Staff, of: Taught) -> None:
    """Refuse in words a day that has not come yet, one without school, and one after a substitute's last."""
    if not may.may_write(staff, of):
        raise Wrong("day", _("You stand in for this class no more; its teacher or the principal enters it."))
    if of.day > clock.today(staff.district.timezone):
        raise Wrong("day", _("That day has not come yet, so nothing can have happened on it."))
    if calendar(staff.district).kind(of.day) is not DayKind.SCHOOL:
        raise Wrong("day", _("That is no school day. Choose the day on which it happened."))


def meeting_at(request: HttpRequest) -> int | None:
    """Return when the meeting begins that an address names, as a minute of the day."""
    text = request.GET.get("at", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else None


def _one(
    request: HttpRequest,
    staff: Staff,
    sheet: Sheet,
    wrong: Wrong | None,
    refused: EntryRefused | None = None,
) -> HttpResponse:
    by = writes.by(staff)
    found = {
        "sheet": sheet, "of": sheet.of, "step": str(uuid4()), "refused": refused,
        "last": reads.last_step(set(sheet.of.own.values()), sheet.of.day, by.id), "undo": writes.UNDO,
        "at": address(staff, sheet), "by": by, "how": _how(sheet), "done": _done(request),
        "writers": standing_in.entered_by(staff.district, sheet, by.id),
    }  # fmt: skip
    return page(request, "take", staff, found, wrong, 409 if refused else 0)


def _done(request: HttpRequest) -> writes.Entered | None:
    """Return what came of the step that led here, to be said."""
    numbers = [request.GET.get(name, "0") for name in ("new", "again")]
    if "new" not in request.GET or not all(one.isascii() and one.isdecimal() for one in numbers):
        return None
    return writes.Entered(*(int(one[:6]) for one in numbers))


def _how(sheet: Sheet) -> list[str]:
    more = lines.NOT_DELIVERED if sheet.of.is_service else ()
    return [lines.HERE, lines.PART, lines.UNSEEN, lines.FAILED, *more]


def address(staff: Staff, sheet: Sheet) -> str:
    """Return the address of a meeting to be taken."""
    at = f"/d/{staff.district_id}/take/{sheet.of.activity}/{sheet.of.day}/"
    return f"{at}?at={sheet.meeting.span.start}" if sheet.meeting else at


def _typed(request: HttpRequest, staff: Staff, sheet: Sheet) -> HttpResponse:
    by, form = writes.by(staff), request.POST
    if form.get("do") == "undo":
        done = undone(staff, of=sheet.of, step=form.get("last", ""))
    elif form.get("do") == "all-work":
        done = writes.enter(by, *reversed(_all_work(form, sheet, by)))
    else:
        step, entries = typed.from_form(form, sheet, by)
        done = writes.enter(by, entries, step) if entries else writes.Entered(0, 0)
    at = address(staff, sheet)
    mark = urlencode({"new": done.new, "again": done.again})
    return see(f"{at}{'&' if '?' in at else '?'}{mark}#done")


def undone(staff: Staff, of: Taught, step: str) -> writes.Entered:
    """Take a step of theirs back."""
    by = writes.by(staff)
    _stays_within(staff, of, reads.of_step(by.zone, step, by.id))
    return writes.undo(by, step)


def _stays_within(staff: Staff, of: Taught, entries: Collection[Entry]) -> None:
    """Refuse a substitute, who has this class for some days, what would change another class or day."""
    beyond = any(one.day != of.day or one.activity not in of.own.values() for one in entries)
    if beyond and not may.teaches(staff, of):
        raise Wrong("step", _("This is of another class or day; its teacher or the principal changes it."))


def _all_work(form: Any, sheet: Sheet, by: writes.By) -> tuple[str, list[Any]]:  # noqa: ANN401 - a form
    """Return the entries that say that everybody without any handed in the work of the plan."""
    judged = {
        f"work-{line.pupil.id}": str(line.planned_work)
        for line in sheet.lines
        if line.work is None and line.planned_work
    }
    return typed.from_form({"step": form.get("step", ""), **judged}, sheet, by)


def _entries(request: HttpRequest, staff: Staff, of: Taught) -> HttpResponse:
    """Take entries that a script sends: 200 also where they stood already, 409 in words where one cannot."""
    by = writes.by(staff)
    say = _said(request)
    try:
        may_be_taken(staff, of)
        step, entries = typed.from_json(request.body, of, by)
        _stays_within(staff, of, reads.around(by.zone, entries))
        done = writes.enter(by, entries, step)
    except Wrong as wrong:
        return JsonResponse({"said": say(wrong.said)}, status=422)
    except EntryRefused as refused:
        findings = [{"said": one.said, "mend": one.mend, "where": one.where} for one in refused.findings]
        said = say(_("Nothing was taken, since the record says otherwise."))
        return JsonResponse({"said": said, "findings": findings}, status=409)
    return JsonResponse({"new": done.new, "again": done.again})


def _said(request: HttpRequest) -> Any:  # noqa: ANN401 - a function that says a message in a language
    from schooldesk.words import spoken  # noqa: PLC0415 - only answers without a template need it

    return spoken(request)["_"]


@staff_of(*WRITERS)
@require_safe
def worker(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Give the script that keeps the pages of taking open while the connection drops."""
    script = (Path(settings.BASE) / "static" / "take" / "worker.js").read_bytes()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
