"""The public pages of a bargaining table: what is in force, positions side by side, the record, the clocks.

Everybody may read them: nothing here knows a side's limits, its questions or what was worked out for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from schoolday.bargaining.clocks import clocks as running
from schoolday.bargaining.clocks import next_clock
from schoolday.bargaining.in_force import in_force
from schoolday.bargaining.proposals import Version
from schoolday.bargaining.record import SittingState, Table, counted, exchanges, topics
from schoolday.bargaining.sides import LAW
from schoolday.bargaining.sides import sides as beside
from schoolday.bargaining.words import changes
from schoolday.ground.errors import SchooldayError
from schooldesk import clock, scope
from schooldesk.access import public
from schooldesk.bargaining.record import reads, sentences, shown
from schooldesk.day.sentences import SURE
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Opened:
    """A table that a page is about, and the date asked for; today where none was, or what is no date."""

    home: District
    table: Table
    day: date
    asked: bool
    wrong: str
    sources: shown.Sources = field(default_factory=shown.Sources)

    @property
    def at(self) -> str:
        """The address of the table's pages."""
        return f"/d/{self.home.pk}/table/{self.table.id}/"

    @property
    def on(self) -> str:
        """The date as a query that the table's other pages take, or nothing for today."""
        return f"?on={self.day.isoformat()}" if self.asked else ""


View = Callable[..., HttpResponse]


def of_table(view: View) -> View:
    """Open the table of the address for everybody; a district or a table that is not there is a 404."""
    opened = with_table(view)

    @public
    @require_safe
    @wraps(view)
    def read(request: HttpRequest, district: str, table: str = "", **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        if table or (home := roster.district(district)) is None:
            return _kept(opened(request, district, table, **kwargs))
        with scope.district(home.pk):
            there = reads.standing()
        if len(there) == 1:
            return _kept(opened(request, district, there[0].table, **kwargs))
        return _kept(render(request, "bargaining/table_list.html", {"home": home, "tables": there}))

    return read


def with_table(view: View) -> View:
    """Open the table of the address in its district's scope; it says nothing of who may see it."""

    @wraps(view)
    def opened(request: HttpRequest, district: str, table: str, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        home = roster.district(district)
        if home is None:
            raise Http404
        with scope.district(home.pk):
            found = reads.edition(table)
            if found is None:
                raise Http404
            try:
                value = reads.table(found)
            except SchooldayError:
                return _unreadable(request)
            return view(request, _asked(request, home, value), **kwargs)

    return opened


def _asked(request: HttpRequest, home: District, table: Table) -> Opened:
    asked = request.GET.get("on", "")
    try:
        return Opened(home, table, date.fromisoformat(asked), True, "")
    except ValueError:
        return Opened(home, table, clock.today(home.timezone), False, asked)


def _kept(response: HttpResponse) -> HttpResponse:
    """Let caches keep a page for some minutes, each language apart; not one that cannot be read now."""
    if response.status_code >= 500:
        return response
    response["Cache-Control"] = "public, max-age=300"
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _unreadable(request: HttpRequest) -> HttpResponse:
    said = _("The rules have changed since this table was taken in. The district has to take it in anew.")
    found = {"title": _("This table cannot be read now"), "said": said}
    return render(request, "front/said.html", found, status=503)


def _page(request: HttpRequest, name: str, opened: Opened, **found: object) -> HttpResponse:
    shared = {"opened": opened, "table": opened.table, "day": opened.day, "sources": opened.sources}
    return render(request, f"bargaining/{name}.html", shared | {"say": sentences, "SURE": SURE} | found)


@of_table
def table(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show what is in force on a date and why, the next deadline, and every document with its state."""
    value, day, book = opened.table, opened.day, rulebook()
    answer = in_force(value, book, day)
    return _page(
        request,
        "table",
        opened,
        answer=answer,
        passed=exchanges(value, day),
        binding=shown.binding(answer),
        soonest=next_clock(running(value, book, day)),
        documents=shown.documents(value, day),
    )


@of_table
def record(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show meetings, proposals with the days between, and what the parties say."""
    value, day = opened.table, opened.day
    return _page(
        request,
        "record",
        opened,
        counts=counted(value, day),
        states=tuple(SittingState),
        sittings=[one for one in value.sittings if one.dated <= day],
        passed=exchanges(value, day),
        events=[one for one in value.events if one.day <= day],
        claims=topics(one for one in value.assertions if one.made(day)),
    )


@of_table
def sides(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Lay positions side by side by grade, each cell with the word of the law."""
    value, day = opened.table, opened.day
    there = shown.choices(value, day)
    known = {LAW, *(version.id for version, _proposal in there)}
    asked = list(dict.fromkeys(name for name in request.GET.getlist("with") if name))
    names = [name for name in asked if name in known] or shown.usual(value, day)
    found = beside(value, rulebook(), day, names)
    return _page(
        request,
        "sides",
        opened,
        found=found,
        blocks=list(shown.blocks(found)),
        names=names,
        strange=[name for name in asked if name not in known],
        there=there,
    )


@of_table
def clocks(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show the clocks of impasse, mediation and fact-finding, the next deadline first."""
    found = running(opened.table, rulebook(), opened.day)
    return _page(request, "clocks", opened, clocks=found, soonest=next_clock(found))


@of_table
def choose_words(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Let a reader choose two versions, and lead to what changed between them."""
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    if before and after:
        document, _sep, number = before.rpartition("/")
        later, _sep, last = after.rpartition("/")
        old, new = _version(opened, document, number), _version(opened, later, last)
        other = "" if old.proposal == new.proposal else f"?with={new.proposal}"
        return HttpResponseRedirect(f"{opened.at}words/{old.proposal}/{old.number}/{new.number}/{other}")
    return _page(request, "words_choose", opened, there=shown.choices(opened.table, opened.day))


@of_table
def words(request: HttpRequest, opened: Opened, document: str, before: int, after: int) -> HttpResponse:
    """Show what changed between two versions word by word; `with` names the later one's document."""
    old = _version(opened, document, before)
    new = _version(opened, request.GET.get("with") or document, after)
    changed = changes(old, new, rulebook())
    return _page(
        request,
        "words",
        opened,
        old=old,
        new=new,
        changed=changed,
        told=any(one.told for one in changed),
        unread=[one for one in (old, new) if not one.known],
        heading=shown.heading,
        there=shown.choices(opened.table, opened.day),
    )


def _version(opened: Opened, document: str, number: int | str) -> Version:
    try:
        return opened.table.version(f"{document}/{number}")
    except (KeyError, ValueError):
        raise Http404 from None
