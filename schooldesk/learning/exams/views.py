"""Exams: which are required, the district's own, a class's results by hand, files, and undo."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from schoolday.ground.errors import SchooldayError
from schooldesk.access import staff_of
from schooldesk.learning import reads, recorded, writes
from schooldesk.learning.exams import days, taking, typed
from schooldesk.learning.exams import reads as exams
from schooldesk.learning.fresh import fresh
from schooldesk.learning.models import Exam
from schooldesk.learning.opened import STAFF, Opened, page, section_of
from schooldesk.pages import see
from schooldesk.people.models import Role, Staff


@staff_of(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def required(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show which exams are required by which clause; a planner gives one to all classes of a grade."""
    opened = Opened(staff)
    if request.method != "POST":
        return _required(request, opened)
    if not opened.plans:
        raise PermissionDenied
    try:
        made = typed.district_exams(request.POST, exams.every_section(opened.home), exams.grades(opened.home))
    except SchooldayError as error:
        return _required(request, opened, str(error))
    entry = writes.keep(opened.home, opened.who, made, what="district_exam")
    return see(f"./?kept={entry.pk}#district")


def _required(request: HttpRequest, opened: Opened, wrong: str = "") -> HttpResponse:
    schools = [] if opened.teaches else opened.schools()
    school = next((one for one in schools if one.id == request.GET.get("school")), None)
    if school is not None:
        opened.log(f"exams of {school.id}")
    return page(
        request, "required", opened, wrong=wrong,
        rows=exams.required(opened.home, opened.today),
        schools=schools, school=school,
        findings=exams.checked(opened.home, school.id, opened.today) if school else [],
        district=exams.of_district(), grades=exams.grades(opened.home),
        **_kept(request, opened),
    )  # fmt: skip


@staff_of(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Show a class's results of an exam, and take those that were typed: all of them, or none."""
    opened = Opened(staff)
    row = reads.exam_row(number)
    if row is None:
        raise Http404
    section_of(opened, row.section, enters=request.method == "POST")
    if request.method != "POST":
        return _results(request, opened, row, {})
    exam = reads.exam(row)
    pupils = reads.pupils_of(opened.home, row.section, row.day)
    stood = exams.results(exam, [one.id for one in pupils])
    found = typed.results(request.POST, exam, pupils, stood)
    if found.wrong:
        return _results(request, opened, row, found.wrong)
    if not found.scores:
        return see("./?same")
    entry = recorded.keep(
        staff, found.scores, what="results", section=row.section, once=typed.once(request.POST)
    )  # fmt: skip
    return see(f"./?kept={entry.pk}")


def _results(request: HttpRequest, opened: Opened, row: Exam, wrong: dict[str, str]) -> HttpResponse:
    exam = reads.exam(row)
    pupils = reads.pupils_of(opened.home, row.section, row.day)
    stood = exams.results(exam, [one.id for one in pupils])
    cells = {
        one.id: request.POST.get(f"points-{one.id}", "") if wrong else typed.shown(exam, stood.get(one.id))
        for one in pupils
    }
    return page(
        request, "results", opened, status=422 if wrong else 200, row=row, faults=wrong, pupils=pupils,
        cells=cells, section=reads.section(opened.home, row.section), may=opened.writes_in(row.section),
        known=sum(one.share is not None for one in stood.values()),
        same="same" in request.GET, once=uuid4().hex, **_kept(request, opened),
    )  # fmt: skip


@staff_of(Role.TEACHER, Role.PLANNER)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Take files in: all of them, or nothing where one has a fault, with every fault named."""
    opened = Opened(staff)
    if request.method != "POST":
        return _take(request, opened)
    try:
        sent = [one for one in request.FILES.getlist("files") if isinstance(one, UploadedFile)]
        rows, findings = taking.sent(opened.home, sent, staff.sourced if opened.teaches else "")
    except SchooldayError as error:
        return _take(request, opened, wrong=str(error))
    if not rows:
        return _take(request, opened, findings=findings)
    new = fresh(opened.home, rows)
    if not new:
        return see("./?same")
    entry = recorded.keep(staff, new, what="files", files=True)
    return see(f"./?kept={entry.pk}")


def _take(
    request: HttpRequest, opened: Opened, wrong: str = "", findings: tuple[object, ...] = ()
) -> HttpResponse:
    return page(
        request, "take", opened, wrong=wrong, findings=findings, status=422 if wrong or findings else 200,
        same="same" in request.GET, **_kept(request, opened),
    )  # fmt: skip


def _kept(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    """Return the entry that was kept just now, for its undo, and its results that are not on the record."""
    number = request.GET.get("kept", "")
    row = reads.entry(int(number)) if number.isascii() and number.isdigit() and len(number) < 18 else None
    if row is None or not (opened.plans or row.who == opened.who):
        return {"kept": None, "left_out": []}
    return {"kept": row, "left_out": days.left_out(opened.home, row)}


@staff_of(*STAFF)
@require_POST
def undo(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Undo an entry whole, or put it back: whoever entered it, or a planner."""
    opened = Opened(staff)
    entry = reads.entry(number)
    if entry is None:
        raise Http404
    if not opened.plans and entry.who != opened.who:
        raise PermissionDenied
    try:
        if "back" in request.POST:
            recorded.put_back(staff, entry)
        else:
            recorded.undo(staff, entry)
    except SchooldayError as error:
        return page(request, "not_done", opened, wrong=str(error), status=409)
    return see(f"{opened.at}entries/")


@staff_of(*STAFF)
@require_http_methods(["GET", "HEAD"])
def entries(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show what was entered last, with its undo: a planner all of it, others their own."""
    opened = Opened(staff)
    return page(request, "entries", opened, entries=reads.entries(50, who="" if opened.plans else opened.who))
