"""A family's choice of program under its link: asked, confirmed on a page to print, changed until the end."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.ground.errors import SchooldayError
from schooldesk import clock, scope
from schooldesk.access import by_link
from schooldesk.cohorts import sentences
from schooldesk.cohorts.choice import reads, writes
from schooldesk.cohorts.choice.typed import typed
from schooldesk.cohorts.models import Round
from schooldesk.cohorts.rounds import reads as rounds
from schooldesk.day.reads import Family
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District


@csrf_exempt
@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: HttpRequest, family: Family) -> HttpResponse:
    """Ask a family for the program of each child, or say that there is nothing to choose now."""
    with scope.district(family.district):
        home, row, today = opened(family.district)
        if request.method != "POST":
            return _page(request, family, home, row, today)
        children = reads.children(home, family.household)
        if row is None or rounds.state(row, today) != rounds.OPEN:
            return _page(request, family, home, row, today, status=409)
        try:
            chosen = typed(request.POST, children, row)
        except SchooldayError as error:
            return _page(request, family, home, row, today, wrong=str(error), status=422)
        writes.answer(row, family.household, chosen)
    return HttpResponseRedirect("said/")


@by_link
@require_safe
def said(request: HttpRequest, family: Family) -> HttpResponse:
    """Confirm what was chosen, on a page to print."""
    with scope.district(family.district):
        home, row, today = opened(family.district)
        answers = reads.standing(row, family.household) if row else {}
        if row is None or not answers:
            return HttpResponseRedirect("../")
        found = _found(home, row, today, family.household)
        return render(request, "cohorts/said.html", found)


def opened(district: str) -> tuple[District, Round | None, date]:
    """Return a district, the round that its families are shown, and today there."""
    home = roster.district(district)
    if home is None or home.roster_id is None:
        raise Http404
    today = clock.today(home.timezone)
    return home, rounds.current(today), today


def _page(
    request: HttpRequest,
    family: Family,
    home: District,
    row: Round | None,
    today: date,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    found = _found(home, row, today, family.household) | {"wrong": wrong, "late": status == 409}
    return render(request, "cohorts/choice.html", found, status=status)


def _found(home: District, row: Round | None, today: date, household: int) -> dict[str, object]:
    return {
        "home": home,
        "row": row,
        "state": rounds.state(row, today) if row else "",
        "children": reads.children(home, household),
        "answers": reads.standing(row, household) if row else {},
        "seed": next(iter(rounds.announced(row)), None) if row else None,
        "say": sentences,
        "wrong": "",
    }
