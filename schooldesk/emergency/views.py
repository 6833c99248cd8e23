"""Staff after an emergency: start one, see who is still to be reached or taught, take down what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.emergency.clocks import CAUSES, Offer, clocks
from schoolday.ground.finding import Finding, by_row
from schooldesk import clock
from schooldesk.access import staff_of
from schooldesk.emergency import closures, marks, reads, standing, summary, typed, writes
from schooldesk.emergency import evidence as proof
from schooldesk.emergency import opened as front
from schooldesk.emergency.opened import OVER, UNDO, Opened, by, opened, page
from schooldesk.emergency.standing import Standing
from schooldesk.emergency.summary import Summary
from schooldesk.emergency.typed import Frame
from schooldesk.pages import Wrong, log, part, see
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import schools_seen
from schooldesk.roster import reads as roster
from schooldesk.rules.reads import rulebook


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


A_SHEET = 250
"""Pupils on one page of the evidence."""
MOST_BYTES = 20_000_000
"""The largest file of contacts or offers that is read."""
POSTED = ["GET", "HEAD", "POST"]


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_http_methods(POSTED)
def every(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show the district's emergencies, and start one."""
    if request.method == "POST":
        try:
            return see(f"/d/{staff.district_id}/emergencies/{_start(request, staff)}/")
        except Wrong as wrong:
            return _every(request, staff, wrong)
    return _every(request, staff, None)


def _every(request: HttpRequest, staff: Staff, wrong: Wrong | None) -> HttpResponse:
    seen = schools_seen(staff)
    there = [
        (row, over)
        for row, over in reads.emergencies()
        if seen is None or not row.schools or set(row.schools) & set(seen)
    ]
    mine = [one for one in roster.schools(staff.district) if seen is None or one.id in seen]
    return page(request, "list", staff, {"there": there, "mine": mine, "causes": CAUSES}, wrong)


def _start(request: HttpRequest, staff: Staff) -> int:
    home, seen = staff.district, schools_seen(staff)
    zone = ZoneInfo(home.timezone)
    schools = [one.id for one in roster.schools(home)] if seen is None else list(seen)
    found = typed.started(request.POST, Frame(date.min, clock.now(), zone), schools, must=seen is not None)
    if not clocks(rulebook(), home.places, found, zone):
        raise Wrong(
            "began", _("No clock of the rules begins on this date: the plan’s stand from July 1, 2025.")
        )
    if reads.named(found.id):
        raise Wrong("name", _("An emergency of this name is there already; choose another."))
    return int(writes.start(by(staff), found).pk)


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_http_methods(POSTED)
def work(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Show who is still to be reached or taught, soonest first; close the record or open it again."""
    there = opened(staff, number)
    if request.method == "POST":
        if there.schools is not None:
            raise PermissionDenied
        if request.POST.get("do") == "closure":
            return _closure(request, there)
        what = {"over": "over", "open": "opened"}.get(request.POST.get("do", ""))
        if what and there.over != (what == "over"):
            writes.mark(there.by, there.row.pk, "emergency", there.row.pk, what)
        return see(there.at)
    return _work(request, there)


def _closure(request: HttpRequest, there: Opened) -> HttpResponse:
    """Record from when to when schools were closed."""
    try:
        if there.over:
            raise Wrong("over", OVER)
        first = min(reads.event_day(there.row), there.row.closed or date.max)
        days = typed.closure(request.POST, first, there.frame.today, reads.calendar(there.home).last)
    except Wrong as wrong:
        return _work(request, there, wrong)
    closures.close(there.by, there.row, *days)
    return see(there.at)


def _work(request: HttpRequest, there: Opened, wrong: Wrong | None = None) -> HttpResponse:
    counts = summary.of_schools(there.home, there.row, there.schools)
    still = request.GET.get("still", "")
    still = still if still in ("contact", "instruction") else ""
    school, one = _listed(request, there, counts)
    some = one.chosen(still) if one else []
    shown = part(request, len(some))
    log(there.staff, (), f"emergency {there.row.pk}")
    found = {
        "opened": there, "one": counts, "names": there.names(), "school": school, "still": still,
        "lines": one.lines(some[shown.slice]) if one else [], "all": len(some), "part": shown,
        "listed": one is not None, "closure": closures.of(there.row),
    }  # fmt: skip
    return page(request, "work", there.staff, found, wrong)


def _listed(request: HttpRequest, there: Opened, counts: Summary) -> tuple[str, Standing | None]:
    """Return whose pupils are listed: one school's, or all; None where all are too many."""
    school = _school(request, there)
    if not school and counts.pupils > front.A_LIST:
        return "", None
    schools = there.schools if not school else {school}
    return school, standing.of_schools(there.home, there.row, schools, papers=False)


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_http_methods(POSTED)
def many(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Take down many rows at once: a file of contacts or offers, or an offer to a whole school."""
    there = opened(staff, number)
    if request.method != "POST":
        return _many(request, there, None)
    try:
        if there.over:
            raise Wrong("over", OVER)
        return _MANY.get(request.POST.get("do", ""), _undo_batch)(request, there)
    except Wrong as wrong:
        return _many(request, there, wrong)


def _many(
    request: HttpRequest, there: Opened, wrong: Wrong | None, findings: tuple[Finding, ...] = ()
) -> HttpResponse:
    new, old = (request.GET.get(name, "") for name in ("new", "old"))
    counts = (
        (int(new), int(old))
        if new.isascii() and old.isascii() and (new + old).isdecimal() and new and old
        else None
    )
    sent = request.GET.get("sent", "")
    found = {
        "sent": int(sent) if sent.isascii() and sent.isdecimal() else None,
        "opened": there, "names": there.names(), "batches": reads.batches(there.row), "findings": findings,
        "counts": counts, "may_undo": _may_undo(there),
    }  # fmt: skip
    return page(request, "many", there.staff, found, wrong, 422 if findings else 0)


def _may_undo(there: Opened) -> Callable[[Any], bool]:
    """Whoever sees all schools may undo any batch, others what they took down themselves."""
    return lambda row: there.schools is None or row.who == there.staff.user.get_username()


def _send(request: HttpRequest, there: Opened) -> HttpResponse:
    sent, kind = request.FILES.get("file"), request.POST.get("kind", "")
    if kind not in ("contacts", "offers"):
        raise Wrong("kind", _("Choose one of the list."))
    if not isinstance(sent, UploadedFile):
        raise Wrong("file", _("Choose a file."))
    if (sent.size or 0) > MOST_BYTES:
        raise Wrong("file", _("The file is too large; send it in parts."))
    pupils = roster.pupils(there.home, there.names())
    known = writes.Known(pupils, set(there.names()), reads.calendar(there.home))
    found = writes.read_file(there.by, there.row, f"{kind}.csv", sent.read(), known, there.frame.today)
    if not (found.contacts or found.offers):
        return _many(request, there, None, by_row(found.findings))
    file = Path(sent.name or f"{kind}.csv").name
    new, old = writes.add_many(there.by, there.row, file, found.contacts, found.offers)
    return see(f"{there.at}many/?new={new}&old={old}#batches")


def _offer_all(request: HttpRequest, there: Opened) -> HttpResponse:
    school = request.POST.get("school", "")
    if school not in there.names():
        raise Wrong("school", _("Choose one of the list."))
    one = typed.offer(request.POST, "", there.frame, reads.calendar(there.home))
    offers = [Offer(pupil, one.day, one.way, one.by) for pupil in roster.pupils(there.home, [school])]
    new, old = writes.add_many(there.by, there.row, "", (), offers)
    return see(f"{there.at}many/?new={new}&old={old}#batches")


def _batch(request: HttpRequest, there: Opened) -> marks.Line:
    """Return the batch that was chosen, if it is theirs to undo or send."""
    lines = {str(line.row.pk): line for line in reads.batches(there.row)}
    line = lines.get(request.POST.get("row", ""))
    if line is None:
        raise Http404
    if not _may_undo(there)(line.row):
        raise PermissionDenied
    return line


def _send_batch(request: HttpRequest, there: Opened) -> HttpResponse:
    line = _batch(request, there)
    if line.row.kind != "agreements" or not line.stands:
        raise Http404
    return see(f"{there.at}many/?sent={writes.send_batch(there.by, there.row, line.row.pk)}#batches")


def _undo_batch(request: HttpRequest, there: Opened) -> HttpResponse:
    line, do = _batch(request, there), request.POST.get("do", "")
    if do not in UNDO:
        raise Http404
    if line.state.undone != (do == "undo"):
        writes.mark(there.by, there.row.pk, "batch", line.row.pk, UNDO[do])
    return see(f"{there.at}many/#batches")


_MANY: dict[str, Callable[[HttpRequest, Opened], HttpResponse]] = {
    "file": _send,
    "offer": _offer_all,
    "send": _send_batch,
}


@staff_of(Role.PLANNER)
@require_safe
def evidence(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Show the evidence as a page to print: of one school, or of all where they are few."""
    there = opened(staff, number)
    hindered = request.GET.get("extenuating") == "yes"
    every = summary.of_schools(there.home, there.row, None, extenuating=hindered)
    log(staff, (), f"emergency {there.row.pk} evidence")
    school = _school(request, there)
    counts = (
        summary.of_schools(there.home, there.row, frozenset({school}), extenuating=hindered)
        if school
        else every
    )
    listed = school or every.pupils <= front.A_LIST
    one = _evidence(there, school, extenuating=hindered) if listed else None
    shown = part(request, len(one.followed) if one else 0, A_SHEET)
    found = {
        "opened": there, "one": counts, "now": counts.standing.now, "names": there.names(),
        "lines": one.lines(one.followed[shown.slice]) if one else None, "part": shown,
        "told": proof.told(one) if one else [], "hindered": hindered, "school": school,
    }  # fmt: skip
    return page(request, "evidence", staff, found)


def _school(request: HttpRequest, there: Opened) -> str:
    """Return the school that was asked for, or the only one there is; empty where all are meant."""
    asked, names = request.GET.get("school", ""), there.names()
    if len(names) == 1:
        return next(iter(names))
    return asked if asked in names else ""


def _evidence(there: Opened, school: str, *, extenuating: bool) -> Standing:
    schools = {school} if school else None
    return standing.of_schools(there.home, there.row, schools, extenuating=extenuating)


@staff_of(Role.PLANNER)
@require_safe
def evidence_file(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Give the evidence as a zip: the record, what the terminal makes of it, and every agreement's text."""
    there = opened(staff, number)
    school = _school(request, there)
    log(staff, (), f"emergency {there.row.pk} evidence file")
    body = proof.packed(_evidence(there, school, extenuating=request.GET.get("extenuating") == "yes"))
    answer = HttpResponse(body, content_type="application/zip")
    name = f"{there.row.name}{'-' + slugify(school) if school else ''}-evidence.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
