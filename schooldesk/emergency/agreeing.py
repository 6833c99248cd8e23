"""Agreements on independent study at the desk: made, sent to the family, signed by staff or on paper."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.emergency.agreements import (
    Signer,
    Study,
    short_limit,
    study_rules,
)
from schoolday.roster import Pupil
from schooldesk.access import staff_of
from schooldesk.emergency import drafting, marks, models, reads, standing, typed, writes
from schooldesk.emergency import opened as front
from schooldesk.emergency.drafting import Draft, Named
from schooldesk.emergency.opened import OVER, Opened, opened, page, pupil_of
from schooldesk.emergency.typed import Frame
from schooldesk.pages import Wrong, log, part, see
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import schools_seen
from schooldesk.roster import reads as roster
from schooldesk.rules.reads import rulebook

_EVERYBODY = (Role.TEACHER, Role.PROVIDER, Role.PRINCIPAL, Role.PLANNER)


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, staff: Staff, number: int, pupil: str) -> HttpResponse:
    """Make an agreement for a pupil; nothing goes to the family yet."""
    there = opened(staff, number)
    who = pupil_of(there, pupil)
    if request.method != "POST":
        return _new(request, there, who, None)
    try:
        if there.over:
            raise Wrong("over", OVER)
        made = _make(request, there, who)
    except Wrong as wrong:
        return _new(request, there, who, wrong)
    return see(f"/d/{staff.district_id}/agreements/{made.pk}/")


def _new(request: HttpRequest, there: Opened, who: Pupil, wrong: Wrong | None) -> HttpResponse:
    log(there.staff, [who.id], f"emergency {there.row.pk} agreement")
    people = roster.staff(there.home).values()
    found = {
        "opened": there, "who": who, "calendar": reads.calendar(there.home),
        "teachers": sorted(
            (one for one in people if one.role == "teacher"),
            key=lambda one: (who.school not in one.schools, one.family, one.given),
        ),
        "managers": sorted(people, key=lambda one: (one.family, one.given)) if "iep" in who.groups else [],
        "before": reads.last_parts(),
        "limit": short_limit(study_rules(rulebook(), there.home.places), there.frame.today),
    }  # fmt: skip
    return page(request, "agreement_new", there.staff, found, wrong)


def _make(request: HttpRequest, there: Opened, who: Pupil) -> models.Agreement:
    form = request.POST
    draft = Draft(there, *typed.agreement(form, reads.calendar(there.home), there.frame.first))
    teacher = drafting.person(there, form.get("teacher", ""), "teacher")
    managed = Signer.CASE_MANAGER in draft.needed(who)
    manager = drafting.person(there, form.get("manager", ""), "manager") if managed else None
    (made,) = draft.texts([Named(who, teacher, manager)])
    return writes.add_agreement(there.by, there.row, draft.days, draft.parts, made)


@staff_of(*_EVERYBODY)
@require_safe
def every(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show agreements and wishes to return: to teachers those that they sign, to others their schools'."""
    mine = staff.role in (Role.TEACHER, Role.PROVIDER)
    every = [row.pk for row, _over in reads.emergencies()]
    lines = [
        line for line in reads.agreement_lines(every) if line.stands and (not mine or _signs(staff, line.row))
    ]
    pupils = _pupils(staff, lines, [] if mine else every)
    studies, back = standing.of_agreements(staff.district, pupils, [] if mine else every)
    by_id = {one.agreement.id: one for one in studies}
    there = [(line, by_id[str(line.row.pk)]) for line in lines if str(line.row.pk) in by_id]
    shown = part(request, len(there))
    if not mine:
        log(staff, (), "agreements")
    found = {"lines": there[shown.slice], "back": back, "mine": mine, "part": shown}
    return page(request, "agreements", staff, found)


def _pupils(staff: Staff, lines: list[marks.Line], emergencies: list[int]) -> dict[str, Pupil]:
    """Return the pupils of some agreements, and of wishes after some emergencies, whom somebody may see."""
    ids, seen = {line.row.pupil for line in lines}, schools_seen(staff)
    found = roster.some(staff.district, ids | reads.wishing(emergencies))
    return {who: one for who, one in found.items() if not seen or one.school in seen}


def _signs(staff: Staff, row: models.Agreement) -> bool:
    return bool(staff.sourced) and staff.sourced in (row.teacher, row.manager)


@staff_of(*_EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Show an agreement with its exact text; send it, sign it, take down a paper, or withdraw it."""
    row = reads.agreement(number)
    who = roster.pupil(staff.district, row.pupil) if row else None
    if row is None or who is None:
        raise Http404
    seen = schools_seen(staff)
    if not _signs(staff, row) and seen is not None and who.school not in seen:
        raise PermissionDenied
    if request.method != "POST":
        return _one(request, staff, row, who, None)
    try:
        _act(request, staff, row, who)
    except Wrong as wrong:
        return _one(request, staff, row, who, wrong)
    return see(f"/d/{staff.district_id}/agreements/{row.pk}/#signatures")


def _one(
    request: HttpRequest, staff: Staff, row: models.Agreement, who: Pupil, wrong: Wrong | None
) -> HttpResponse:
    log(staff, [who.id], f"agreement {row.pk}")
    study = _study(staff, row, who)
    signed = reads.signatures(row)
    found = {
        "row": row, "who": who, "study": study, "signed": signed,
        "line": marks.lines("agreement", [row], marks.states([row.emergency_id]))[0],
        "leads": schools_seen(staff) != (), "own": _offices(staff, row, study),
        "people": {one.id: one.name for one in roster.staff(staff.district).values()},
        "may_undo": lambda one: _may_undo(staff, one),
    }  # fmt: skip
    return page(request, "agreement", staff, found, wrong)


def _study(staff: Staff, row: models.Agreement, who: Pupil) -> Study | None:
    """Return how an agreement stands; None where it was withdrawn."""
    there = standing.of_pupils(staff.district, row.emergency, [who])
    return next((one for one in there.studies if one.agreement.id == str(row.pk)), None)


def _offices(staff: Staff, row: models.Agreement, study: Study | None) -> list[Signer]:
    """Return in which offices somebody may still sign."""
    named = {Signer.TEACHER: row.teacher, Signer.CASE_MANAGER: row.manager}
    missing = study.missing if study else ()
    return [one for one in missing if staff.sourced and named.get(one) == staff.sourced]


def _may_undo(staff: Staff, row: models.Signature) -> bool:
    """Whoever took a signature down may undo it, and planners what was taken from paper."""
    return row.who == staff.user.get_username() or (row.paper and staff.role == Role.PLANNER)


def _act(request: HttpRequest, staff: Staff, row: models.Agreement, who: Pupil) -> None:
    do, study = request.POST.get("do", ""), _study(staff, row, who)
    if do == "sign":
        _sign(request, staff, row, study)
    elif do in ("undo-signature", "restore-signature"):
        _undo_signature(request, staff, row, do.partition("-")[0])
    elif schools_seen(staff) == ():
        raise PermissionDenied
    elif do == "paper":
        _paper(request, staff, row, study)
    elif do in ("send", "undo", "restore"):
        what = {"send": "sent", "undo": "undone", "restore": "restored"}[do]
        writes.mark(front.by(staff), row.emergency_id, "agreement", row.pk, what)


def _sign(request: HttpRequest, staff: Staff, row: models.Agreement, study: Study | None) -> None:
    offices = {one.value: one for one in _offices(staff, row, study)}
    office = offices.get(request.POST.get("signer", ""))
    if office is None:
        raise PermissionDenied
    if request.POST.get("sha256") != row.sha256 or not request.POST.get("agreed"):
        raise Wrong("agreed", _("Read the text and mark that you agree with it."))
    writes.sign(front.by(staff), row, office, typed.name(request.POST))


def _paper(request: HttpRequest, staff: Staff, row: models.Agreement, study: Study | None) -> None:
    missing = {one.value: one for one in study.missing} if study else {}
    office = missing.get(request.POST.get("signer", ""))
    if office is None:
        raise Wrong("signer", _("Choose one of the list."))
    by = front.by(staff)
    made = row.made.astimezone(by.zone).date()
    day = typed.day(request.POST, "on", Frame(made, typed.now(), by.zone))
    writes.sign(by, row, office, typed.name(request.POST), day)


def _undo_signature(request: HttpRequest, staff: Staff, row: models.Agreement, do: str) -> None:
    lines = {str(line.row.pk): line for line in reads.signatures(row)}
    line = lines.get(request.POST.get("row", ""))
    if line is None:
        raise Http404
    if not _may_undo(staff, line.row):
        raise PermissionDenied
    if line.state.undone != (do == "undo"):
        what = "undone" if do == "undo" else "restored"
        writes.mark(front.by(staff), row.emergency_id, "signature", line.row.pk, what)
