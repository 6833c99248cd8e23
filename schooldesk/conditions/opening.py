"""What the pages of conditions have in common: the district, who looks, and the dates asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolday.conditions.effects import Opening
from schooldesk import clock, scope
from schooldesk.access import public, staff_here
from schooldesk.conditions import sentences
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import may_enter_conditions, may_see_small_groups
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

STAFF = (Role.TEACHER, Role.PROVIDER, Role.PRINCIPAL, Role.PLANNER)
"""Whoever works with pupils, and so sees a change before it takes effect."""


@dataclass
class Opened:
    """A district whose conditions a page is about, and who looks at it, if it is its own staff."""

    home: District
    staff: Staff | None
    wrong: list[str] = field(default_factory=list)

    @property
    def at(self) -> str:
        """The address of these pages."""
        return f"/d/{self.home.pk}/conditions/"

    @property
    def today(self) -> date:
        """Today's date where the district lies."""
        return clock.today(self.home.timezone)

    @property
    def enters(self) -> bool:
        """Whether who looks may enter readings."""
        return self.staff is not None and may_enter_conditions(self.staff)

    @property
    def everything(self) -> bool:
        """Whether who looks may see counts of few people."""
        return self.staff is not None and may_see_small_groups(self.staff)

    @property
    def previews(self) -> bool:
        """Whether who looks may see a change before it takes effect."""
        return self.staff is not None and self.staff.role in STAFF

    @property
    def who(self) -> str:
        """The name of who looks."""
        assert self.staff is not None
        return str(self.staff.user.get_username())

    def day(self, request: HttpRequest, name: str, usual: date) -> date:
        """Return a date that was asked for; the usual one where none was, or what is no date."""
        asked = request.GET.get(name, "").strip()
        if not asked:
            return usual
        try:
            found = date.fromisoformat(asked)
        except ValueError:
            found = None
        if found is None or not 1900 <= found.year < 2200:
            self.wrong.append(asked)
            return usual
        return found


View = Callable[..., HttpResponse]


def for_everybody(view: View) -> View:
    """Open a district's conditions for everybody, with its own staff who asks; another one is a 404."""

    @public
    @require_safe
    @wraps(view)
    def read(request: HttpRequest, district: str, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        home = roster.district(district)
        if home is None:
            raise Http404
        with scope.district(home.pk):
            return view(request, Opened(home, staff_here(request, district)), **kwargs)

    return read


def for_staff(view: View) -> View:
    """Give a view that an access decorator opened for staff the district that it is about."""

    @wraps(view)
    def read(request: HttpRequest, staff: Staff, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        home = roster.district(staff.district_id)
        if home is None:
            raise Http404
        return view(request, Opened(home, staff), **kwargs)

    return read


def page(request: HttpRequest, name: str, opened: Opened, status: int = 200, **found: object) -> HttpResponse:
    """Answer with one of these pages."""
    shared = {
        "opened": opened,
        "say": sentences,
        "WAYS": tuple(Opening),
        "schools": {one.id: one.name for one in roster.schools(opened.home)},
    }
    return render(request, f"conditions/{name}.html", shared | found, status=status)


def file(text: str, name: str) -> HttpResponse:
    """Answer with a CSV file."""
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
