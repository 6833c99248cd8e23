"""A planner opens rounds of choices, sends files in, sees who has answered, and asks for cohorts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, by_row
from schooldesk import clock
from schooldesk.access import staff_of
from schooldesk.cohorts import sentences
from schooldesk.cohorts.making import reads as makings
from schooldesk.cohorts.making import writes as making
from schooldesk.cohorts.models import Kind, Round
from schooldesk.cohorts.rounds import reads, writes
from schooldesk.cohorts.rounds.files import MOST_BYTES
from schooldesk.people.models import Role, Staff

REFRESH = 5
"""Seconds after which a page of work under way asks again."""


@staff_of(Role.PLANNER)
@require_http_methods(["GET", "HEAD", "POST"])
def rounds(request: HttpRequest, staff: Staff) -> HttpResponse:
    """List the rounds of choices, and open one."""
    wrong = ""
    if request.method == "POST":
        try:
            row = _opened(request, staff)
        except SchooldayError as error:
            wrong = str(error)
        else:
            return HttpResponseRedirect(f"{row.pk}/")
    today = clock.today(staff.district.timezone)
    found = {
        "staff": staff,
        "rows": [(row, reads.state(row, today)) for row in reads.rounds()],
        "told": makings.standing(),
        "today": today,
        "wrong": wrong,
        "typed": request.POST,
        "say": sentences,
    }
    return render(request, "cohorts/rounds.html", found, status=422 if wrong else 200)


def _opened(request: HttpRequest, staff: Staff) -> Round:
    form = request.POST
    return writes.open_round(
        staff.district,
        _day(form.get("opens", "")),
        _day(form.get("closes", "")),
        form.getlist("program"),
        form.get("otherwise", ""),
        staff.user.get_username(),
    )


@staff_of(Role.PLANNER)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Show a round with its files, its answers by school and its cohorts; and change what a button says."""
    row = reads.one(number)
    if row is None:
        raise Http404
    if request.method != "POST":
        return _page(request, staff, row)
    do = DO.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    try:
        return do(request, staff, row)
    except SchooldayError as error:
        return _page(request, staff, row, wrong=str(error), status=422)


def _page(
    request: HttpRequest,
    staff: Staff,
    row: Round,
    *,
    wrong: str = "",
    findings: tuple[Finding, ...] = (),
    status: int = 200,
) -> HttpResponse:
    made, today = makings.makings(row), clock.today(staff.district.timezone)
    under_way = any(makings.is_open(one) for one in made)
    found = {
        "staff": staff,
        "row": row,
        "state": reads.state(row, today),
        "answered": reads.answered(staff.district, row),
        "files": [(kind, *said, reads.files(row, kind)) for kind, said in sentences.FILES.items()],
        "announced": reads.announced(row),
        "made": [(one, makings.stands(one)) for one in made],
        "told": makings.standing(),
        "today": today,
        "wrong": wrong,
        "findings": findings,
        "under_way": under_way,
        "still": "still" in request.GET,
        "say": sentences,
    }
    answer = render(request, "cohorts/round.html", found, status=status)
    if under_way and request.method != "POST" and "still" not in request.GET:
        answer["Refresh"] = str(REFRESH)
    return answer


def _dates(request: HttpRequest, staff: Staff, row: Round) -> HttpResponse:
    form = request.POST
    opens, closes = _day(form.get("opens", "")), _day(form.get("closes", ""))
    writes.change_dates(row, opens, closes, staff.user.get_username())
    return HttpResponseRedirect("./")


def _withdraw(_: HttpRequest, staff: Staff, row: Round) -> HttpResponse:
    writes.withdraw(row, staff.user.get_username())
    return HttpResponseRedirect("./")


def _put_back(_: HttpRequest, staff: Staff, row: Round) -> HttpResponse:
    writes.put_back(row, staff.user.get_username())
    return HttpResponseRedirect("./")


def _file(request: HttpRequest, staff: Staff, row: Round) -> HttpResponse:
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        raise SchooldayError("choose a file; docs/cohorts.md says what it holds")
    if (sent.size or 0) > MOST_BYTES:
        raise SchooldayError(
            f"{sent.name} has more than {MOST_BYTES:,} bytes; no district's file is so large"
        )
    kind = request.POST.get("kind", "")
    if kind not in Kind.values:
        raise Http404
    reading = writes.keep_file(row, kind, sent.read(), staff.user.get_username())
    if reading.asked is None:
        return _page(request, staff, row, findings=by_row(reading.findings), status=422)
    return HttpResponseRedirect("./#files")


def _undo_file(request: HttpRequest, staff: Staff, row: Round) -> HttpResponse:
    number = request.POST.get("file", "")
    if not number.isdecimal():
        raise Http404
    writes.undo_file(row, int(number), staff.user.get_username())
    return HttpResponseRedirect("./#files")


def _make(request: HttpRequest, staff: Staff, row: Round) -> HttpResponse:
    form = request.POST
    seed = _seed(form)
    order = (form.get(name, "") for name in ("first", "second"))
    first = list(dict.fromkeys(name for name in order if name in sentences.NEEDS))
    day = _day(form.get("day", ""))
    who, reason = staff.user.get_username(), form.get("reason", "")
    asked = making.ask(staff.district, row, day, seed, first, who, reason)
    return HttpResponseRedirect(f"/d/{staff.district_id}/cohorts/made/{asked.pk}/")


def _announce(request: HttpRequest, staff: Staff, row: Round) -> HttpResponse:
    writes.announce(row, _seed(request.POST), staff.user.get_username())
    return HttpResponseRedirect("./#draw")


def _seed(form: Mapping[str, str]) -> int:
    seed = form.get("seed", "")
    if not seed.isdecimal():
        raise SchooldayError("a seed is a whole number, such as 2020")
    return int(seed)


DO: Mapping[str, Callable[[HttpRequest, Staff, Round], HttpResponse]] = {
    "dates": _dates,
    "withdraw": _withdraw,
    "put_back": _put_back,
    "file": _file,
    "undo_file": _undo_file,
    "announce": _announce,
    "make": _make,
}
"""What a form of the page asks for, by the name that its button sends."""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SchooldayError(f"{text!r} is not a date; write it as 2020-09-08") from None
