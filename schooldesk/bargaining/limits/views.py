"""A side's page: its own limits, and the question whether a common package exists."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from schoolday.bargaining.front import carried
from schooldesk.access import staff_of
from schooldesk.bargaining.limits import reads, writes
from schooldesk.bargaining.limits.asking import Hindered, hindered, left, unready
from schooldesk.bargaining.limits.opened import Opened, for_side, page
from schooldesk.bargaining.limits.typed import Typed, Wrong, read
from schooldesk.people.models import Role, Staff
from schooldesk.people.reads import at_table

MOVES = {"remove": writes.remove, "restore": writes.restore, "forget": writes.forget}
"""What can be done with a limit besides setting it."""


@staff_of(Role.PARTY)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def limits(request: HttpRequest, staff: Staff, table: str) -> HttpResponse:
    """Show a side its limits, and change one."""
    opened = for_side(staff, table)
    return _changed(request, opened) if request.method == "POST" else _page(request, opened)


@staff_of(Role.PARTY)
@require_POST
def ask(request: HttpRequest, staff: Staff, table: str) -> HttpResponse:
    """Count a side's question and answer it, or say what hinders that."""
    opened = for_side(staff, table)
    asked = request.POST.get("after", "")
    after = int(asked) if asked.isascii() and asked.isdecimal() else -1
    refused = writes.ask(staff, opened.table, opened.ground, after)
    if refused:
        return _page(request, opened, 409, refused=refused)
    # The answer is told by a page of its own, so that sending the form again asks nothing anew.
    return _see(opened, "question")


def _changed(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = request.POST
    move = MOVES.get(form.get("do", ""))
    if move is not None:
        move(opened.staff, opened.table, form.get("measure", ""))
        return _see(opened, "limits")
    filled = Typed(form.get("measure", ""), form.get("low", ""), form.get("high", ""))
    wrong = _set(opened, filled)
    if wrong is None:
        return _see(opened, "limits")
    return _page(request, opened, 422, filled=replace(filled, wrong=wrong))


def _set(opened: Opened, filled: Typed) -> Wrong | None:
    if opened.ground is None:
        return Wrong.MEASURE
    disputed = opened.ground.disputed
    found = read(disputed, opened.staff.side, filled)
    if isinstance(found, Wrong):
        return found
    writes.keep(opened.staff, opened.table, found, reads.meaning(disputed, found.measure))
    return None


def _see(opened: Opened, place: str) -> HttpResponse:
    answer = HttpResponseRedirect(f"{opened.at}limits/#{place}")
    answer.status_code = 303
    return answer


def _page(
    request: HttpRequest,
    opened: Opened,
    status: int = 200,
    *,
    filled: Typed | None = None,
    refused: Hindered | None = None,
) -> HttpResponse:
    side = opened.staff.side
    own, questions = reads.own(opened.table, side), reads.questions(opened.table)
    return page(
        request,
        "limits",
        opened,
        status,
        side=side,
        standing=[one for one in own if one.removed is None],
        removed=[one for one in own if one.removed is not None],
        unused=_unused(opened, own),
        questions=questions,
        answers=reads.answers(opened.table, side),
        trail=reads.trail(opened.table, side),
        hindered=hindered(side, questions, opened.ground, own),
        left=_left(opened, own),
        closed=bool(
            opened.ground and opened.ground.closed & {one.bound.measure for one in own if not one.removed}
        ),
        members=at_table(opened.staff.district_id),
        filled=filled,
        refused=refused,
    )


def _left(opened: Opened, own: list[reads.Kept]) -> tuple[int, int] | None:
    """Return how many packages a side's own limits leave, of how many; None while nobody can say."""
    ground = opened.ground
    if (
        ground is None
        or unready(ground)
        or not all(one.fits(ground.disputed) for one in own if not one.removed)
    ):
        return None
    number = left(ground, own)
    return None if number is None else (number, len(carried(ground.packages)))


def _unused(opened: Opened, own: list[reads.Kept]) -> list[str]:
    """Return what a side does not limit, the terms in dispute first."""
    if opened.ground is None:
        return []
    used = {one.bound.measure for one in own if one.removed is None}
    there = [name for name in opened.ground.disputed.measures if name not in used]
    return sorted(there, key=lambda name: not name.startswith("term:"))
