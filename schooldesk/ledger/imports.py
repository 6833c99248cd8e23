"""A platform's file of a meeting: every fault by row and column, or all of it taken, and never twice."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from schoolday.ground.finding import Finding
from schooldesk.access import staff_of
from schooldesk.ledger import brought, may, writes
from schooldesk.ledger.may import Taught
from schooldesk.ledger.opened import POSTED, log, page
from schooldesk.ledger.taking import WRITERS, may_be_taken, meeting_at, opened
from schooldesk.ledger.writes import Entered, EntryRefused
from schooldesk.pages import Wrong, see
from schooldesk.people.models import Staff


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


MOST_BYTES = 5_000_000
"""The largest file that is read."""


@staff_of(*WRITERS)
@require_http_methods(POSTED)
def take(request: HttpRequest, staff: Staff, activity: str, day: date) -> HttpResponse:
    """Take a platform's file of a meeting in; with any fault nothing is kept."""
    of = opened(staff, activity, day)
    log(staff, not may.answers_for(staff, of.school), f"take file {activity} {day}")
    if request.method != "POST":
        return _page(request, staff, of)
    try:
        return _taken(request, staff, of)
    except Wrong as wrong:
        return _page(request, staff, of, wrong=wrong)
    except EntryRefused as refused:
        return _page(request, staff, of, refused.findings)


def _taken(request: HttpRequest, staff: Staff, of: Taught) -> HttpResponse:
    may_be_taken(staff, of)
    platform = request.POST.get("platform", "")
    if platform not in brought.PLATFORMS:
        raise Wrong("platform", _("Choose one of the list."))
    name, data = _file(request, "file", must=True)
    accounts = _file(request, "accounts", must=False)
    left_out = request.POST.get("left-out", "").splitlines()
    by = writes.by(staff)
    read = brought.read(by, of, platform, (name, data), accounts, left_out)
    if read.entries is None:
        return _page(request, staff, of, read.findings)
    done = brought.store(by, read.entries, data)
    if read.findings:
        return _page(request, staff, of, read.findings, done=done)
    at = f"/d/{staff.district_id}/take/{of.activity}/{of.day}/"
    met = meeting_at(request)
    back = {} if met is None else {"at": met}
    return see(f"{at}?{urlencode({**back, 'new': done.new, 'again': done.again})}#done")


def _file(request: HttpRequest, field: str, *, must: bool) -> tuple[str, bytes]:
    sent = request.FILES.get(field)
    if not isinstance(sent, UploadedFile):
        if must:
            raise Wrong(field, _("Choose a file."))
        return "", b""
    if (sent.size or 0) > MOST_BYTES:
        raise Wrong(field, _("The file is too large; send it in parts."))
    return (sent.name or field)[:100], sent.read()


def _page(
    request: HttpRequest,
    staff: Staff,
    of: Taught,
    findings: tuple[Finding, ...] = (),
    wrong: Wrong | None = None,
    done: Entered | None = None,
) -> HttpResponse:
    found = {
        "of": of,
        "findings": findings,
        "platforms": brought.PLATFORMS,
        "done": done,
        "at": meeting_at(request),
    }
    return page(request, "file", staff, found, wrong, 422 if findings and done is None else 0)
