"""Planners bring the sheets of services and re-engagement, and take them back."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from schooldesk.access import staff_of
from schooldesk.ledger.care import page
from schooldesk.ledger.sheets import reads, sentences, writes
from schooldesk.ledger.writes import EntryRefused, by
from schooldesk.pages import Wrong, see
from schooldesk.people.models import Role, Staff

MOST_BYTES = 20_000_000
"""The largest sheet that is read."""


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@staff_of(Role.PLANNER)
@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show the sheets that count; take one in, or take one back."""
    if request.method != "POST":
        return _page(request, staff)
    try:
        came = _posted(request, staff)
    except Wrong as wrong:
        return _page(request, staff, wrong=wrong)
    except EntryRefused as refused:
        return _page(request, staff, writes.Came(0, refused.findings))
    if came.findings:
        return _page(request, staff, came)
    return see(f"/d/{staff.district_id}/sheets/?rows={came.number}")


def _posted(request: HttpRequest, staff: Staff) -> writes.Came:
    do, who = request.POST.get("do", ""), by(staff)
    if do == "back":
        if not writes.take_back(who, request.POST.get("name", "")):
            raise Http404
        return writes.Came(0)
    if do == "undo":
        steps = {one.step for one in reads.batches()}
        if request.POST.get("step", "") not in steps:
            raise Http404
        return writes.Came(writes.undo(who, request.POST["step"]))
    return _sent(request, staff, who)


def _sent(request: HttpRequest, staff: Staff, who: writes.By) -> writes.Came:
    name, sent = request.POST.get("name", ""), request.FILES.get("file")
    if name not in (*reads.STANDING, *reads.ENTERED):
        raise Wrong("name", _("Choose one of the list."))
    if not isinstance(sent, UploadedFile):
        raise Wrong("file", _("Choose a file."))
    if (sent.size or 0) > MOST_BYTES:
        raise Wrong("file", _("The file is too large; send it in parts."))
    return writes.bring(who, staff.district, name, sent.read())


def _page(
    request: HttpRequest, staff: Staff, came: writes.Came | None = None, wrong: Wrong | None = None
) -> HttpResponse:
    rows = request.GET.get("rows", "")
    found = {
        "say": sentences, "sheets": reads.sheets(), "batches": reads.batches(),
        "findings": came.findings if came else (), "rows": int(rows) if rows.isdecimal() else None,
        "names": (*reads.STANDING, *reads.ENTERED),
    }  # fmt: skip
    return page(request, "sheets/sheets.html", staff, found, wrong, 422 if came else 0)
