"""A planner enters what was told from outside, by hand or from files, corrects it and undoes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from schoolday.conditions import BLUEPRINT
from schoolday.conditions.sites import Happening
from schoolday.ground.errors import SchooldayError
from schooldesk.access import staff_of
from schooldesk.conditions import reads, sentences, taking, writes
from schooldesk.conditions.models import Fact, How, Kind
from schooldesk.conditions.opening import Opened, for_staff, page
from schooldesk.people.models import Role
from schooldesk.roster import reads as roster

MOST_BOOK = 200_000
"""The largest book of rules that is laid over the others."""
CHOICES = {
    "measure": sentences.MEASURES,
    "step": sentences.STEPS,
    "event": {one.value: words for one, words in sentences.HAPPENINGS.items()},
}
"""The columns whose values are chosen from a list, with what each is called."""
DATES = frozenset({"first", "last", "told", "effective", "day"})
OPTIONAL = frozenset({"value", "effective", "grades"})
assert CHOICES["step"].keys() == set(BLUEPRINT.steps)
assert CHOICES["event"].keys() == {one.value for one in Happening}


def of_planner(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a form for the district's planners."""

    @staff_of(Role.PLANNER)
    @wraps(view)
    def read(request: HttpRequest, staff: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        return for_staff(view)(request, staff, **kwargs)

    return read


def _schools(opened: Opened) -> list[str]:
    return [one.id for one in roster.schools(opened.home)]


def _kind(text: str) -> str:
    if text not in Kind.values:
        raise Http404
    return text


def _form(
    request: HttpRequest,
    opened: Opened,
    kind: str,
    cells: dict[str, str],
    *,
    row: Fact | None = None,
    findings: tuple[Any, ...] = (),
    wrong: str = "",
) -> HttpResponse:
    """Show the form of a kind, filled in, with what is wrong beside each field."""
    return page(
        request,
        "enter",
        opened,
        422 if findings or wrong else 200,
        kind=kind,
        row=row,
        columns=taking.columns(kind),
        cells=cells,
        choices=CHOICES,
        dates=DATES,
        optional=OPTIONAL,
        wrong=wrong,
        faults={one.spot.column: one for one in findings if one.spot},
    )


@of_planner
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, opened: Opened, kind: str) -> HttpResponse:
    """Enter one fact by hand."""
    kind = _kind(kind)
    if request.method != "POST":
        return _form(request, opened, kind, {})
    cells = {name: request.POST.get(name, "").strip() for name in taking.columns(kind)}
    found = taking.typed(kind, cells, _schools(opened))
    if found.refused:
        return _form(request, opened, kind, cells, findings=found.findings)
    return _done(opened, writes.enter(opened.home, found.drafts, opened.who, How.ENTERED))


@of_planner
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """Correct a row that stands; what it said is kept and stays visible."""
    row = reads.fact(number)
    if row is None:
        raise Http404
    if request.method != "POST":
        return _form(request, opened, row.kind, cells_of(row), row=row)
    cells = {name: request.POST.get(name, "").strip() for name in taking.columns(row.kind)}
    found = taking.typed(row.kind, cells, _schools(opened))
    if found.refused:
        return _form(request, opened, row.kind, cells, row=row, findings=found.findings)
    try:
        return _done(opened, writes.correct(opened.home, number, found.drafts[0], opened.who))
    except SchooldayError as error:
        return _form(request, opened, row.kind, cells, row=row, wrong=str(error))


def cells_of(row: Fact) -> dict[str, str]:
    """Return a row as the cells of its file."""
    told = row.told.isoformat() if row.told else ""
    values = {
        "place": row.subject, "school": row.subject, "measure": row.name, "step": row.name, "event": row.name,
        "value": "" if row.value is None else f"{row.value:g}", "told": told, "day": told,
        "grades": row.words, "places": row.words, "circumstances": row.words, "source": row.source,
        "first": row.first.isoformat() if row.first else "", "last": row.last.isoformat() if row.last else "",
        "effective": row.effective.isoformat() if row.effective else "",
    }  # fmt: skip
    return {name: values[name] for name in taking.columns(row.kind)}


@of_planner
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Take files in: all of them, or nothing where one has a fault, with every fault named."""
    if request.method != "POST":
        return page(request, "take", opened, findings=(), wrong="")
    try:
        sent = [one for one in request.FILES.getlist("files") if isinstance(one, UploadedFile)]
        found = taking.sent(sent, _schools(opened))
        if not found.refused:
            return _done(opened, writes.enter(opened.home, found.drafts, opened.who, How.IMPORTED))
    except SchooldayError as error:
        return page(request, "take", opened, 422, findings=(), wrong=str(error))
    return page(request, "take", opened, 422, findings=found.findings, wrong="")


@of_planner
@require_POST
def undo(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """Undo an entry whole; rows are added, and none is removed."""
    try:
        writes.undo(opened.home, number, opened.who)
    except LookupError:
        raise Http404 from None
    except SchooldayError as error:
        return page(request, "not_done", opened, 409, wrong=str(error), back="readings/#entries")
    return HttpResponseRedirect(f"{opened.at}readings/#entries")


def _done(opened: Opened, done: writes.Done) -> HttpResponse:
    counts = {"new": done.new, "corrected": done.corrected, "there": done.there}
    return HttpResponseRedirect(f"{opened.at}readings/?{urlencode(counts)}")


@of_planner
@require_POST
def lay_over(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Keep a book of rules that a year can be run by beside those that stand."""
    sent = request.FILES.get("book")
    try:
        row = writes.lay_over(opened.home, _text(sent), getattr(sent, "name", "book"), opened.who)
    except SchooldayError as error:
        return page(request, "not_done", opened, 422, wrong=str(error), back="year/#rules")
    return HttpResponseRedirect(f"{opened.at}year/?other=book:{row.pk}")


def _text(sent: object) -> str:
    if not isinstance(sent, UploadedFile):
        raise SchooldayError("choose the file of a book of rules; rules/order/ca/ has some to copy")
    if (sent.size or 0) > MOST_BOOK:
        raise SchooldayError(f"the book has more than {MOST_BOOK:,} bytes; keep the rules that are otherwise")
    try:
        return sent.read().decode("utf-8")
    except UnicodeDecodeError:
        raise SchooldayError("the book is not UTF-8; save the file as UTF-8") from None


@of_planner
@require_POST
def take_away(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """Take a book out of the choice of other rules, or put it back."""
    try:
        writes.take_away(opened.home, number, opened.who, back="back" in request.POST)
    except LookupError:
        raise Http404 from None
    return HttpResponseRedirect(f"{opened.at}year/#rules")
