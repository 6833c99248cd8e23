"""Recordings: a teacher posts them, consents are written down, families watch, and they are taken down."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from schoolday.ground.errors import SchooldayError
from schoolday.learning.recordings import Consent
from schooldesk import clock, scope
from schooldesk.access import by_link, staff_of
from schooldesk.day.reads import Family
from schooldesk.learning import models, recorded, sentences
from schooldesk.learning import reads as learning
from schooldesk.learning import writes as entering
from schooldesk.learning.exams.reads import posted_rule
from schooldesk.learning.opened import STAFF, Opened, page, section_of
from schooldesk.learning.recordings import reads, typed, writes
from schooldesk.pages import see
from schooldesk.people.models import Staff
from schooldesk.roster import reads as roster

FAMILY = "family"


@staff_of(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def of_section(request: HttpRequest, staff: Staff, section: str) -> HttpResponse:
    """Show the recordings of a class; its teachers post one."""
    opened = Opened(staff)
    section_of(opened, section)
    if request.method != "POST":
        return _of_section(request, opened, section)
    if not opened.own(section):
        raise PermissionDenied
    pupils = [one.id for one in learning.pupils_of(opened.home, section, opened.today)]
    try:
        made = typed.recording(request.POST, section, staff.sourced, pupils, opened.today)
    except SchooldayError as error:
        return _of_section(request, opened, section, str(error))
    entry = entering.keep(opened.home, opened.who, [made], what="recording", section=section)
    row = next(one for one in reads.rows([section]) if one.entry_id == entry.pk)
    return see(f"{opened.at}recordings/{row.pk}/")


def _of_section(request: HttpRequest, opened: Opened, name: str, wrong: str = "") -> HttpResponse:
    return page(
        request, "recordings", opened, wrong=wrong, section=learning.section(opened.home, name),
        rows=reads.rows([name]), pupils=learning.pupils_of(opened.home, name, opened.today),
        posts=opened.own(name), clauses=posted_rule(opened.home, opened.today),
        marked=set(request.POST.getlist("recorded")) if wrong else set(),
    )  # fmt: skip


@staff_of(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Show a recording, whose consent it needs and what watching counts as; do what a button says."""
    opened, row = Opened(staff), reads.one(number)
    if row is None:
        raise Http404
    section_of(opened, row.section)
    if request.method != "POST":
        return _one(request, opened, row)
    try:
        _do(request, opened, row)
    except SchooldayError as error:
        return _one(request, opened, row, str(error))
    return see("./")


def _do(request: HttpRequest, opened: Opened, row: models.Recording) -> None:
    """Do what a button says: a principal writes consents down and takes down, a teacher all of it."""
    do, own = request.POST.get("do", ""), opened.own(row.section)
    home = opened.home
    if do == "consent":
        needed = [who for who, _ in reads.judged(home, row, "", opened.today).needs]
        made = typed.consent(request.POST, row.section, needed, opened.today)
        entering.keep(home, opened.who, [made], what="consent", section=row.section)
    elif do == "viewing" and own:
        pupils = [one.id for one in learning.pupils_of(home, row.section, opened.today)]
        frame = (row.posted, opened.today)
        found = typed.viewing(request.POST, row.code, pupils, opened.staff.sourced, frame)
        recorded.keep(opened.staff, [found], what="viewing", section=row.section)
    elif do in ("down", "back"):
        writes.take_down(row, opened.who, back=do == "back")
    else:
        raise PermissionDenied


def _one(request: HttpRequest, opened: Opened, row: models.Recording, wrong: str = "") -> HttpResponse:
    judged = reads.judged(opened.home, row, opened.staff.sourced, opened.today)
    pupils = learning.pupils_of(opened.home, row.section, opened.today)
    people = [*(who for who, _ in judged.needs), *(one.pupil for one, _ in judged.watched)]
    staff = roster.staff(opened.home)
    known = {one.id: one.name for one in learning.pupils(opened.home, people)}
    names = {one.id: one.name for one in staff.values()} | known
    return page(
        request, "recording", opened, wrong=wrong, row=row, judged=judged, names=names, pupils=pupils,
        section=learning.section(opened.home, row.section), own=opened.own(row.section),
        counts=reads.counts_as(opened.home, opened.today),
    )  # fmt: skip


@csrf_exempt
@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def family(request: HttpRequest, family: Family) -> HttpResponse:
    """Show a family its own classes' recordings, lessons missed first; take its word on being recorded."""
    with scope.district(family.district):
        home = roster.district(family.district)
        if home is None or home.roster_id is None:
            raise Http404
        pupils = roster.of_household(home, family.household)
        today = clock.today(home.timezone)
        if request.method == "POST":
            pupil, said = request.POST.get("pupil", ""), request.POST.get("given", "")
            if pupil not in pupils or said not in ("yes", "no"):
                raise Http404
            made = Consent(pupil, "", said == "yes", FAMILY, today)
            entering.keep(home, FAMILY, [made], what="consent")
            return see("./")
        found = {
            "home": home, "today": today, "pupils": pupils, "say": sentences,
            "shelves": reads.shelves(home, pupils, today), "counts": reads.counts_as(home, today),
            "consents": reads.consent_of(list(pupils)), "framework": learning.framework(),
        }  # fmt: skip
        return render(request, "learning/family_recordings.html", found)
