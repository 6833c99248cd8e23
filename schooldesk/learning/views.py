"""Learning on the desk: classes, pupils, the essential standards, and a family's own page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.ground.errors import SchooldayError
from schooldesk import clock, scope
from schooldesk.access import by_link, staff_of
from schooldesk.day.reads import Family
from schooldesk.learning import marking, reads, sentences, writes
from schooldesk.learning.exams import reads as exams
from schooldesk.learning.exams import typed
from schooldesk.learning.opened import STAFF, Opened, page, pupil_of, section_of
from schooldesk.pages import see
from schooldesk.people.models import Staff
from schooldesk.roster import reads as roster


@staff_of(*STAFF)
@require_safe
def start(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Lead to classes, standards, exams, files and small groups."""
    opened = Opened(staff)
    schools = [] if opened.teaches else opened.schools()
    asked = request.GET.get("school", schools[0].id if len(schools) == 1 else "")
    return page(
        request, "start", opened, schools=schools, school=next((o for o in schools if o.id == asked), None),
        sections=opened.sections(asked),
    )  # fmt: skip


@staff_of(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, staff: Staff, section: str) -> HttpResponse:
    """Show what is known of each pupil of a class; its teacher gives it an exam."""
    opened = Opened(staff)
    section_of(opened, section, enters=request.method == "POST")
    if request.method != "POST":
        return _section(request, opened, section)
    try:
        made = typed.new_exam(request.POST, section, staff.sourced or opened.who)
    except SchooldayError as error:
        return _section(request, opened, section, str(error))
    entry = writes.keep(opened.home, opened.who, [made], what="exam", section=section)
    row = next(one for one in reads.exam_rows(sections=[section]) if one.entry_id == entry.pk)
    return see(f"{opened.at}exams/{row.pk}/?kept={entry.pk}")


def _section(request: HttpRequest, opened: Opened, name: str, wrong: str = "") -> HttpResponse:
    pupils = reads.pupils_of(opened.home, name, opened.today)
    known = reads.known(opened.home, pupils, opened.today)
    rows = reads.exam_rows(sections=[name])
    return page(
        request, "section", opened, wrong=wrong, section=reads.section(opened.home, name), known=known,
        by_grade=[(grade, [one for one in pupils if one.grade == grade]) for grade in known.bars],
        exams=rows, numbers=exams.numbers([one.code for one in rows]), may=opened.writes_in(name),
        asked=list(dict.fromkeys(one for some in known.essential.values() for one in some)),
    )  # fmt: skip


@staff_of(*STAFF)
@require_safe
def pupil(request: HttpRequest, staff: Staff, pupil: str) -> HttpResponse:
    """Show what is known of one pupil, and on what it rests."""
    opened = Opened(staff)
    one = pupil_of(opened, pupil)
    return page(request, "pupil", opened, pupil=one, known=reads.known(opened.home, [one], opened.today))


@staff_of(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def standards(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show what the district calls essential, by grade and subject; a planner marks more."""
    opened = Opened(staff)
    if request.method != "POST":
        return _standards(request, opened)
    if not opened.plans:
        raise PermissionDenied
    try:
        made = marking.typed_marks(opened.home, request.POST, opened.who)
    except SchooldayError as error:
        return _standards(request, opened, str(error))
    writes.keep(opened.home, opened.who, made, what="essentials")
    return see(f"./?grade={made[0].grade}")


def _standards(request: HttpRequest, opened: Opened, wrong: str = "") -> HttpResponse:
    grades = exams.grades(opened.home)
    grade = (request.POST if wrong else request.GET).get("grade", "")
    grade = grade if grade in grades else ""
    return page(
        request, "standards", opened, wrong=wrong, grades=grades, grade=grade,
        rows=marking.standing_marks(opened.today, grade), odd=marking.odd(opened.home),
        choices=marking.choices(grade, opened.today) if grade and opened.plans else [],
    )  # fmt: skip


@by_link
@require_safe
def family(request: HttpRequest, family: Family) -> HttpResponse:
    """Show a family what is known of each of its children, and how surely."""
    with scope.district(family.district):
        home = roster.district(family.district)
        if home is None or home.roster_id is None:
            raise Http404
        pupils = list(roster.of_household(home, family.household).values())
        today = clock.today(home.timezone)
        found = {
            "home": home, "today": today, "pupils": pupils, "known": reads.known(home, pupils, today),
            "framework": reads.framework(), "say": sentences,
        }  # fmt: skip
        return render(request, "learning/family.html", found)
