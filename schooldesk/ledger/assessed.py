"""Entering an assessment of a class: who took which, when, given by whom, with the result if there is one."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from schoolday.ledger.assessed import plain
from schooldesk.access import staff_of
from schooldesk.ledger import may, tested, writes
from schooldesk.ledger.may import Taught
from schooldesk.ledger.opened import POSTED, log, page
from schooldesk.ledger.taking import WRITERS, may_be_taken, opened, undone
from schooldesk.ledger.writes import EntryRefused
from schooldesk.pages import Wrong, see
from schooldesk.people.models import Staff


@staff_of(*WRITERS)
@require_http_methods(POSTED)
def take(request: HttpRequest, staff: Staff, activity: str, day: date) -> HttpResponse:
    """Show an assessment of a class on a day, and enter it; undo the last step."""
    of = opened(staff, activity, day)
    if request.method != "POST":
        log(staff, not may.answers_for(staff, of.school), f"assessed {activity} {day}")
        return _page(request, staff, of)
    try:
        may_be_taken(staff, of)
        return _taken(request, staff, of)
    except Wrong as wrong:
        return _page(request, staff, of, wrong)
    except EntryRefused as refused:
        return _page(request, staff, of, refused=refused)


def _title(request: HttpRequest) -> str:
    """Return the assessment that was asked for: the name that was written, else the one chosen."""
    some = request.POST if request.method == "POST" else request.GET
    written, chosen = some.get("title", ""), some.get("exam", "")
    return plain(written.strip() or chosen)


def _taken(request: HttpRequest, staff: Staff, of: Taught) -> HttpResponse:
    by, form, title = writes.by(staff), request.POST, _title(request)
    if form.get("do") == "undo":
        done = undone(staff, of, form.get("last", ""))
    else:
        step, entries = tested.from_form(form, tested.page_of(staff, of, title), by)
        done = writes.enter(by, entries, step) if entries else writes.Entered(0, 0)
    return see(f"{_address(staff, of)}?{urlencode({'title': title, 'new': done.new})}#done")


def _address(staff: Staff, of: Taught) -> str:
    return f"/d/{staff.district_id}/take/{of.activity}/{of.day}/assessed/"


def _page(
    request: HttpRequest,
    staff: Staff,
    of: Taught,
    wrong: Wrong | None = None,
    refused: EntryRefused | None = None,
) -> HttpResponse:
    one = tested.page_of(staff, of, _title(request))
    new = request.GET.get("new", "")
    found = {
        "one": one, "of": of, "at": _address(staff, of), "step": str(uuid4()), "refused": refused,
        "last": tested.last_step(one, writes.by(staff)), "undo": writes.UNDO,
        "asked": tested.asked(staff.district, one), "new": int(new) if new.isdecimal() else None,
    }  # fmt: skip
    return page(request, "assessed", staff, found, wrong, 409 if refused else 0)
