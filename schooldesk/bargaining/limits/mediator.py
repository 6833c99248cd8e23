"""The mediator's page: both sides' limits, what they leave, the answers given, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from schoolday.bargaining.disputed import Side
from schoolday.bargaining.front import Mediated, carried, mediated
from schoolday.ground.errors import SchooldayError
from schooldesk.access import staff_of
from schooldesk.bargaining.limits import reads, writes
from schooldesk.bargaining.limits.asking import CommonGround, Hindered, unready
from schooldesk.bargaining.limits.opened import Opened, for_mediator, page
from schooldesk.bargaining.limits.reads import Kept
from schooldesk.people.models import Role, Staff
from schooldesk.people.reads import at_table

SHOWN = 20
"""How many of the best packages are shown."""


@dataclass(frozen=True)
class Between:
    """What lies between the sides of a table.

    Parameters
    ----------
    sides, unfit, bare
        Each side with its limits that fit the terms; limits that do not; sides without a limit that fits.
    amiss
        What is amiss with the packages.
    told, said
        What the limits leave, or why nobody can say.
    carried
        How many packages a week can carry.
    """

    sides: tuple[tuple[Side, tuple[Kept, ...]], ...]
    unfit: tuple[Kept, ...]
    bare: tuple[Side, ...]
    amiss: Hindered | None
    told: Mediated | None
    carried: int
    said: str


@staff_of(Role.MEDIATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, staff: Staff, table: str) -> HttpResponse:
    """Show the mediator what lies between the sides, and set how many questions there are."""
    opened = for_mediator(staff, table)
    wrong = _ruled(request, opened) if request.method == "POST" else None
    if request.method == "POST" and wrong is None:
        answer = HttpResponseRedirect(f"{opened.at}mediator/#questions")
        answer.status_code = 303
        return answer
    return page(
        request,
        "mediator",
        opened,
        422 if wrong is not None else 200,
        between=between(opened.ground, reads.every_limit(opened.table)) if opened.ground else None,
        questions=reads.questions(opened.table),
        answers=reads.every_answer(opened.table),
        trail=reads.trail(opened.table),
        wrong=wrong,
        members=at_table(opened.staff.district_id),
        shown=SHOWN,
    )


def between(ground: CommonGround, every: Sequence[Kept]) -> Between:
    """Return what lies between the sides of a table."""
    disputed = ground.disputed
    names = {side.name for side in disputed.sides}
    fit = [one for one in every if one.bound.side in names and one.fits(disputed)]
    try:
        told, said = mediated(ground.packages, disputed, [one.bound for one in fit]), ""
    except SchooldayError as error:
        told, said = None, str(error)
    sides = ((side, tuple(one for one in fit if one.bound.side == side.name)) for side in disputed.sides)
    unfit = tuple(one for one in every if one not in fit)
    bare = tuple(side for side in disputed.sides if side.name not in {one.bound.side for one in fit})
    return Between(tuple(sides), unfit, bare, unready(ground), told, len(carried(ground.packages)), said)


def _ruled(request: HttpRequest, opened: Opened) -> str | None:
    """Do what the mediator asked for; return the number as typed where it is none."""
    asked = request.POST.get("do", "")
    if asked in ("stop", "open"):
        writes.stop_questions(opened.staff, opened.table, asked == "stop")
        return None
    most = request.POST.get("most", "").strip()
    if not (most.isascii() and most.isdecimal() and len(most) <= 2):
        return most
    writes.set_questions(opened.staff, opened.table, int(most))
    return None
