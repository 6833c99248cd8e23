"""Staff write down what a family chose at the telephone: who called, who wrote, and when."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from schoolday.ground.errors import SchooldayError
from schooldesk.access import staff_of
from schooldesk.cohorts import sentences
from schooldesk.cohorts.choice import reads, writes
from schooldesk.cohorts.choice.typed import typed
from schooldesk.cohorts.choice.views import opened
from schooldesk.cohorts.models import Round
from schooldesk.cohorts.rounds import reads as rounds
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import may_see_household
from schooldesk.people.writes import log_read
from schooldesk.roster import reads as roster


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Show a household's answers, all that were ever given, and take another one by telephone."""
    house = roster.household_id(staff.district, number)
    if house is None:
        raise Http404
    if not may_see_household(staff, house):
        raise PermissionDenied
    _, row, today = opened(staff.district_id)
    if request.method != "POST":
        # Nobody who may come here is assigned to a pupil: teachers may not.
        log_read(staff.district_id, staff.user.get_username(), number, "choice")
        return _page(request, staff, number, house, row)
    if row is None or rounds.state(row, today) != rounds.OPEN:
        return _page(request, staff, number, house, row, status=409)
    try:
        _take(request, staff, number, row)
    except SchooldayError as error:
        return _page(request, staff, number, house, row, wrong=str(error), status=422)
    return HttpResponseRedirect("?kept")


def _take(request: HttpRequest, staff: Staff, number: int, row: Round) -> None:
    by = request.POST.get("by", "").strip()
    if not by:
        raise SchooldayError(sentences.NO_CALLER)
    chosen = typed(request.POST, reads.children(staff.district, number), row)
    writes.answer(row, number, chosen, by=by[:150], who=staff.user.get_username())


def _page(
    request: HttpRequest,
    staff: Staff,
    number: int,
    house: str,
    row: Round | None,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    home, _, today = opened(staff.district_id)
    children = reads.children(home, number)
    found = {
        "home": home,
        "house": house,
        "row": row,
        "state": rounds.state(row, today) if row else "",
        "children": children,
        "given": {one.id: one.given for one in children},
        "answers": reads.standing(row, number) if row else {},
        "history": reads.answers(row, number) if row else [],
        "say": sentences,
        "wrong": wrong,
        "kept": "kept" in request.GET,
        "late": status == 409,
        "by": request.POST.get("by", ""),
    }
    return render(request, "cohorts/phone.html", found, status=status)
