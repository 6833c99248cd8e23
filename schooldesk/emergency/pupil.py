"""One pupil after an emergency: all that is on record, tries, offers and wishes taken down, and undone.

Principals and planners see all of it. Whoever teaches or serves a pupil sees and takes down tries and
offers for their own, and undoes what they took down themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.roster import Pupil
from schooldesk.access import staff_of
from schooldesk.emergency import marks, models, reads, standing, typed, writes
from schooldesk.emergency import opened as front
from schooldesk.emergency.opened import OVER, UNDO, Opened, page, pupil_of
from schooldesk.emergency.typed import Frame
from schooldesk.pages import Wrong, log, part, see
from schooldesk.people.models import Role, Staff
from schooldesk.roster import reads as roster

OWN_KINDS = ("contact", "offer")
"""What a pupil's own teachers and providers take down."""


@staff_of(Role.TEACHER, Role.PROVIDER)
@require_safe
def mine(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show a teacher or provider their own pupils after each emergency, soonest due first."""
    every = (_mine(staff, row) for row, over in reads.emergencies() if not over)
    there = [one for one in every if one.followed]
    shown = part(request, max((len(one.followed) for one in there), default=0))
    lists = [(one, one.lines(one.followed[shown.slice])) for one in there]
    return page(request, "mine", staff, {"lists": [two for two in lists if two[1]], "part": shown})


def _mine(staff: Staff, row: models.Emergency) -> standing.Standing:
    own = roster.some(staff.district, front.own_pupils(staff, row))
    return standing.of_pupils(staff.district, row, own.values(), papers=False)


@staff_of(Role.TEACHER, Role.PROVIDER, Role.PRINCIPAL, Role.PLANNER)
@require_http_methods(["GET", "HEAD", "POST"])
def pupil(request: HttpRequest, staff: Staff, number: int, pupil: str) -> HttpResponse:
    """Show all that is on record of a pupil; take down a try, an offer or a wish, and undo one."""
    there = front.opened_own(staff, number)
    who = pupil_of(there, pupil)
    if request.method != "POST":
        return _pupil(request, there, who, None)
    try:
        if there.over:
            raise Wrong("over", OVER)
        _write(request, there, who.id)
    except Wrong as wrong:
        return _pupil(request, there, who, wrong)
    return see(f"{there.at}pupils/{pupil}/#{request.POST.get('of', 'record')}")


def _pupil(request: HttpRequest, there: Opened, who: Pupil, wrong: Wrong | None) -> HttpResponse:
    one = standing.of_pupils(there.home, there.row, [who])
    log(there.staff, [who.id], f"emergency {there.row.pk}")
    (line,) = one.lines()
    found = {
        "opened": there, "one": one, "line": line, "who": who, "of": request.POST.get("of", ""),
        "kept": reads.of_pupil(there.row, who.id), "home_of": roster.homes(there.home, [who.id]).get(who.id),
        "may_undo": lambda kind, row: _may_undo(there, kind, row),
    }  # fmt: skip
    return page(request, "pupil", there.staff, found, wrong)


def _may_undo(there: Opened, kind: str, row: Any) -> bool:  # noqa: ANN401 - a row of any of the tables
    """What the family wrote itself is the family's to take back; teachers undo their own rows alone."""
    if kind == "wish" and row.who == models.FAMILY:
        return False
    return there.leads or (kind in OWN_KINDS and row.who == there.staff.user.get_username())


def _write(request: HttpRequest, there: Opened, pupil: str) -> None:
    form = request.POST
    move = _MOVES.get(form.get("do", ""))
    if move is not None:
        if not there.leads and form["do"] not in OWN_KINDS:
            raise PermissionDenied
        move(form, there, pupil)
        return
    kind, row = form.get("of", ""), form.get("row", "")
    lines = {str(line.row.pk): line for line in reads.of_pupil(there.row, pupil).get(kind, [])}
    if row not in lines or form.get("do") not in ("undo", "restore", "returned", "unreturned"):
        raise Http404
    _mark(form, there, kind, lines[row])


def _mark(form: Any, there: Opened, kind: str, line: marks.Line) -> None:  # noqa: ANN401 - a form
    row, do = line.row, form["do"]
    if do in UNDO:
        if not _may_undo(there, kind, row):
            raise PermissionDenied
        if line.state.undone != (do == "undo"):
            writes.mark(there.by, there.row.pk, kind, row.pk, UNDO[do])
    elif kind == "wish":
        if not there.leads:
            raise PermissionDenied
        asked = Frame(date.fromisoformat(row.asked[:10]), there.frame.now, there.frame.zone)
        day = typed.day(form, "returned", asked) if do == "returned" else None
        writes.mark(there.by, there.row.pk, kind, row.pk, do, day)


def _add_contact(form: Any, there: Opened, pupil: str) -> None:  # noqa: ANN401 - a form
    writes.add_contact(there.by, there.row, typed.contact(form, pupil, there.frame))


def _add_offer(form: Any, there: Opened, pupil: str) -> None:  # noqa: ANN401
    found = typed.offer(form, pupil, there.frame, reads.calendar(there.home))
    writes.add_offer(there.by, there.row, found)


def _add_wish(form: Any, there: Opened, pupil: str) -> None:  # noqa: ANN401
    asked = typed.day(form, "asked", there.frame)
    writes.add_wish(there.by, there.row, pupil, typed.name(form), asked)


_MOVES: dict[str, Callable[[Any, Opened, str], None]] = {
    "contact": _add_contact,
    "offer": _add_offer,
    "wish": _add_wish,
}
