"""The public board: what was promised and given, by month, school and group, and the same as files."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import astuple
from functools import wraps
from io import StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolday.measures.disclosure import ToldCell
from schooldesk import scope
from schooldesk.access import public
from schooldesk.day.sentences import SURE
from schooldesk.measures import made_from, reads, sentences
from schooldesk.measures.board import COLUMNS, YEAR
from schooldesk.measures.models import Measured
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

View = Callable[..., HttpResponse]
ALL = "all"


def of_district(view: View) -> View:
    """Open a district's board for everybody; there is none of a district that does not exist."""

    @public
    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, district: str, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        home = roster.district(district)
        if home is None:
            raise Http404
        with scope.district(home.pk):
            return view(request, home, reads.newest(), **kwargs)

    return opened


@of_district
def board(request: HttpRequest, home: District, row: Measured | None) -> HttpResponse:
    """Show one figure of every group of a kind in a period, and of one group month by month."""
    periods = list(row.board) if row else []
    rate = _asked(request, "rate", sentences.RATES, "given_of_planned")
    kind = _asked(request, "by", sentences.KINDS, "school")
    period = _asked(request, "period", periods, YEAR)
    shown = (
        [one for one in reads.cells(row, period) if one.rate == rate and one.kind in (ALL, kind)]
        if row
        else []
    )
    group = _asked(request, "group", {one.value for one in shown}, ALL)
    months = [(name, _cell(row, name, rate, kind, group)) for name in periods if name != YEAR] if row else []
    measure = sentences.RATES[rate].measure
    ids = (row.clauses.get(measure, []) if measure else []) if row else []
    found = {
        "home": home, "row": row, "rate": rate, "kind": kind, "period": period, "group": group,
        "shown": shown,
        "months": [one for one in months if one[1]],
        "periods": [YEAR, *(one for one in periods if one != YEAR)],
        "say": sentences, "schools": {one.id: one.name for one in roster.schools(home)}, "SURE": SURE,
        "told": sentences.RATES[rate], "ruled": reads.ruled(ids),
        "small": reads.ruled([row.smallest_clause] if row and row.smallest_clause else []),
        "old": bool(row and made_from.is_old(home)),
    }  # fmt: skip
    return render(request, "measures/board.html", found)


def _asked(request: HttpRequest, name: str, known: Any, otherwise: str) -> str:  # noqa: ANN401
    """Return what was chosen; what is no choice is as if nothing was."""
    value = request.GET.get(name, "")
    return value if value in known else otherwise


def _cell(row: Measured, period: str, rate: str, kind: str, group: str) -> ToldCell | None:
    wanted = (rate, ALL if group == ALL else kind, group)
    return next((one for one in reads.cells(row, period) if (one.rate, one.kind, one.value) == wanted), None)


@of_district
def board_file(request: HttpRequest, home: District, row: Measured | None, kind: str) -> HttpResponse:
    """Give every figure of the board as CSV or JSON, what is suppressed said as such."""
    if row is None:
        raise Http404
    if kind == "json":
        answer: HttpResponse = JsonResponse(_plain(home, row), json_dumps_params={"ensure_ascii": False})
    else:
        answer = HttpResponse(_csv(row), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="board-{home.pk}.{kind}"'
    return answer


def _csv(row: Measured) -> str:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(("period", *COLUMNS))
    for period in row.board:
        writer.writerows((period, *astuple(one)) for one in reads.cells(row, period))
    return text.getvalue()


def _plain(home: District, row: Measured) -> dict[str, Any]:
    rates = {
        name: {
            "name": one.name, "definition": one.said, "part": one.part, "whole": one.whole,
            "rules": [_source(rule) for rule in reads.ruled(row.clauses.get(one.measure, []))],
        }
        for name, one in sentences.RATES.items()
    }  # fmt: skip
    return {
        "district": home.pk, "first": row.first.isoformat(), "last": row.last.isoformat(),
        "made": row.made.isoformat(), "made_from": row.of, "rules": row.rules,
        "sealed_days": sorted(row.days),
        "smallest_told": row.smallest, "by_clause": row.smallest_clause, "rates": rates,
        "figures": [
            dict(zip(("period", *COLUMNS), (period, *astuple(one)), strict=True))
            for period in row.board
            for one in reads.cells(row, period)
        ],
    }  # fmt: skip


def _source(one: reads.Ruled) -> dict[str, str]:
    cite = one.clause.cite
    return {"clause": one.clause.id, "title": one.rule.title, "source": cite.source, "href": cite.href}
