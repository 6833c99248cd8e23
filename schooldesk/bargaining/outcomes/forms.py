"""A planner asks on a page: what a position does, or where both sides can meet. The worker answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from schoolday.bargaining.disputed import Disputed
from schoolday.files.disputed import parse_terms
from schoolday.ground.errors import SchooldayError
from schooldesk.access import staff_of
from schooldesk.bargaining.models import Kind
from schooldesk.bargaining.outcomes import asking, reads, views
from schooldesk.bargaining.outcomes.asked import Asked, AskedPackages, AskedPosition
from schooldesk.bargaining.record.views import Opened, with_table
from schooldesk.people.models import Role, Staff

MOST_BYTES = 200_000
"""The largest file of terms that is read."""

Read = Callable[[HttpRequest, Opened], Asked]


@staff_of(Role.PLANNER)
@require_POST
def ask_consequences(request: HttpRequest, staff: Staff, table: str) -> HttpResponse:
    """Ask what a position does to a school's days, or to the whole district's."""
    return _ask(request, staff, table, Kind.CONSEQUENCES, _position)


@staff_of(Role.PLANNER)
@require_POST
def ask_ground(request: HttpRequest, staff: Staff, table: str) -> HttpResponse:
    """Ask which packages of the disputed terms a school can carry."""
    return _ask(request, staff, table, Kind.PACKAGES, _packages)


def _ask(request: HttpRequest, staff: Staff, table: str, kind: Kind, read: Read) -> HttpResponse:
    """Keep what is asked and lead to its page; say what is wrong beside the form."""

    def opened(request: HttpRequest, opened: Opened) -> HttpResponse:
        try:
            again = _again(request, opened, kind)
            asked = again if again is not None else read(request, opened)
            row = asking.ask(opened.home, opened.table.id, asked, staff.user.get_username())
        except SchooldayError as error:
            return views.listed(request, opened, staff, kind, str(error))
        name = "consequences" if kind == Kind.CONSEQUENCES else "ground"
        return HttpResponseRedirect(f"{opened.at}{name}/{row.pk}/")

    return with_table(opened)(request, staff.district_id, table)


def _again(request: HttpRequest, opened: Opened, kind: Kind) -> Asked | None:
    """Return a question that was asked before, to be asked of the roster that stands; None for a new one."""
    number = request.POST.get("again", "")
    if not number:
        return None
    row = reads.one(opened.table.id, kind, int(number)) if number.isdecimal() else None
    if row is None:
        raise Http404
    return reads.run(row).asked


def _position(request: HttpRequest, opened: Opened) -> Asked:
    school = request.POST.get("school", "")
    return AskedPosition(
        request.POST.get("position", ""),
        request.POST.get("against", ""),
        (school,) if school else (),
        _day(request, opened),
    )


def _packages(request: HttpRequest, opened: Opened) -> Asked:
    school = request.POST.get("school", "")
    if not school:
        raise SchooldayError("choose the school whose week must carry a package")
    return AskedPackages(_terms(request, opened), school, _day(request, opened))


def _terms(request: HttpRequest, opened: Opened) -> Disputed:
    """Return the terms of the file that was sent, or those of an earlier question."""
    sent = request.FILES.get("terms")
    if isinstance(sent, UploadedFile):
        return _parsed(sent)
    number = request.POST.get("of", "")
    row = reads.one(opened.table.id, Kind.PACKAGES, int(number)) if number.isdecimal() else None
    asked = reads.run(row).asked if row else None
    if not isinstance(asked, AskedPackages):
        raise SchooldayError(
            "choose the file of the disputed terms; docs/common-ground.md says what it holds"
        )
    return asked.disputed


def _parsed(sent: UploadedFile) -> Disputed:
    name = Path(sent.name or "terms").name
    if (sent.size or 0) > MOST_BYTES:
        raise SchooldayError(f"{name} has more than {MOST_BYTES:,} bytes; terms are a short list")
    try:
        text = sent.read().decode("utf-8")
    except UnicodeDecodeError:
        raise SchooldayError(f"{name}: this is not UTF-8; save the file as UTF-8") from None
    return parse_terms(text, Path(name))


def _day(request: HttpRequest, opened: Opened) -> date:
    asked = request.POST.get("day", "")
    try:
        return date.fromisoformat(asked) if asked else opened.day
    except ValueError:
        raise SchooldayError(f"{asked!r} is not a date; write it as 2020-09-08") from None
