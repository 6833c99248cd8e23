"""The family's pages after an emergency: sign an agreement, and ask for the return to class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from schoolday.emergency.way_back import WayBack
from schooldesk import clock, scope
from schooldesk.access import by_kept_link, by_link, refuse_elsewhere
from schooldesk.day.reads import Family
from schooldesk.emergency import marks, models, reads, sentences, standing, typed, writes
from schooldesk.emergency.household import OWN, Home, among, home_of
from schooldesk.pages import Wrong, see


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


Shown = Callable[[HttpRequest, Home], HttpResponse]


def _within(request: HttpRequest, family: Family, shown: Shown) -> HttpResponse:
    """Answer in the scope of the district that the link belongs to."""
    with scope.district(family.district):
        home = home_of(family)
        if home is None:
            raise Http404
        return shown(request, home)


@csrf_exempt
@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def agreements(request: HttpRequest, family: Family) -> HttpResponse:
    """Show a family its agreements and wishes; take a wish to return, or take one back."""
    return _within(request, family, _agreements)


@csrf_exempt
@by_kept_link
@require_http_methods(["GET", "HEAD", "POST"])
def home_agreements(request: HttpRequest, family: Family) -> HttpResponse:
    """Show them to a device that keeps its family's link, and take the same from it."""
    refuse_elsewhere(request)
    return _within(request, family, _agreements)


def _agreements(request: HttpRequest, home: Home) -> HttpResponse:
    if request.method != "POST":
        return _list(request, home, None)
    try:
        _wish(request, home)
    except Wrong as wrong:
        return _list(request, home, wrong)
    return see("./#return")


def _wish(request: HttpRequest, home: Home) -> None:
    form = request.POST
    if form.get("do") == "undo":
        line = next((one for one in home.asked() if str(one.row.pk) == form.get("row")), None)
        if line is None or line.row.who != models.FAMILY or line.state.returned:
            raise Http404
        writes.mark(home.by, line.row.emergency_id, "wish", line.row.pk, "undone")
        return
    pupil = form.get("pupil", "")
    line = next((one for one in home.sent if one.row.pupil == pupil), None)
    if line is None:
        raise Wrong("pupil", _("Choose the child."))
    name = typed.name(form)
    if not any(one.row.pupil == pupil and one.state.returned is None for one in home.asked()):
        writes.add_wish(home.by, line.row.emergency, pupil, name)


def _list(request: HttpRequest, home: Home, wrong: Wrong | None) -> HttpResponse:
    studies, back = standing.of_agreements(home.district, home.pupils, home.emergencies)
    by_id = {one.agreement.id: one for one in studies}
    asked = [(line, _way(home, line, back)) for line in home.asked()]
    open_ = {line.row.pupil for line, _back in asked if line.state.returned is None}
    found = {
        "lines": [(line, by_id[str(line.row.pk)]) for line in home.sent if str(line.row.pk) in by_id],
        "asked": asked,
        "may_ask": {line.row.pupil: home.pupils[line.row.pupil] for line in home.sent} if home.sent else {},
        "open": open_, "waiting": among(home, studies, back),
    }  # fmt: skip
    return _page(request, "family_agreements", home, found, wrong)


def _way(home: Home, line: marks.Line, back: tuple[WayBack, ...]) -> WayBack | None:
    wish = reads.wished(line, home.by.zone)
    return next((one for one in back if one.wish == wish), None)


@csrf_exempt
@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, family: Family, number: int) -> HttpResponse:
    """Show a family the exact text of an agreement; take a signature, or take one back."""
    return _within(request, family, lambda request, home: _agreement(request, home, number))


@csrf_exempt
@by_kept_link
@require_http_methods(["GET", "HEAD", "POST"])
def home_agreement(request: HttpRequest, family: Family, number: int) -> HttpResponse:
    """Show the text to a device that keeps its family's link, and take the same from it."""
    refuse_elsewhere(request)
    return _within(request, family, lambda request, home: _agreement(request, home, number))


def _agreement(request: HttpRequest, home: Home, number: int) -> HttpResponse:
    row = next((line.row for line in home.sent if line.row.pk == number), None)
    if row is None:
        raise Http404
    if request.method != "POST":
        return _one(request, home, row, None)
    try:
        _sign(request, home, row)
    except Wrong as wrong:
        return _one(request, home, row, wrong)
    return see("./#signatures")


def _sign(request: HttpRequest, home: Home, row: models.Agreement) -> None:
    form = request.POST
    if form.get("do") == "undo":
        lines = (line for line in reads.signatures(row) if line.stands and line.row.who == models.FAMILY)
        line = next((line for line in lines if str(line.row.pk) == form.get("row")), None)
        if line is None:
            raise Http404
        writes.mark(home.by, row.emergency_id, "signature", line.row.pk, "undone")
        return
    signer = next((one for one in OWN if one.value == form.get("signer")), None)
    if signer is None:
        raise Http404
    if form.get("sha256") != row.sha256:
        raise Wrong(signer.value, _("The text has changed meanwhile. Read it again, and then sign."))
    if not form.get("agreed"):
        raise Wrong(signer.value, _("Mark that you have read the text and agree with it."))
    try:
        name = typed.name(form)
    except Wrong as wrong:
        raise Wrong(signer.value, wrong.said, wrong.values) from None
    writes.sign(home.by, row, signer, name)


def _one(request: HttpRequest, home: Home, row: models.Agreement, wrong: Wrong | None) -> HttpResponse:
    studies, _back = standing.of_agreements(home.district, home.pupils, home.emergencies)
    study = next((one for one in studies if one.agreement.id == str(row.pk)), None)
    if study is None:
        raise Http404
    signed = [line for line in reads.signatures(row) if line.stands]
    found = {
        "row": row, "study": study, "who": home.pupils[row.pupil], "own": OWN,
        "by_signer": {line.row.signer: line.row for line in signed},
    }  # fmt: skip
    return _page(request, "family_agreement", home, found, wrong)


def _page(
    request: HttpRequest, name: str, home: Home, found: dict[str, Any], wrong: Wrong | None
) -> HttpResponse:
    shared = {
        "say": sentences, "wrong": wrong, "typed": request.POST if wrong else {},
        "home": home.district, "zone": home.district.timezone, "now": clock.now(),
    }  # fmt: skip
    return render(request, f"emergency/{name}.html", shared | found, status=422 if wrong else 200)
