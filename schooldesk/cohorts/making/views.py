"""A planner sees how far cohorts are and what came of them, tells families, takes it back, downloads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from schoolday.cohorts.assign import Unmet
from schoolday.ground.errors import SchooldayError
from schooldesk.access import staff_of
from schooldesk.cohorts import sentences
from schooldesk.cohorts.making import downloads, reads, writes
from schooldesk.cohorts.making.result import Result
from schooldesk.cohorts.models import Making
from schooldesk.people.models import Role, Staff
from schooldesk.people.writes import log_read
from schooldesk.roster import reads as roster

REFRESH = 5
"""Seconds after which a page of work under way asks again."""


@dataclass(frozen=True)
class SchoolLine:
    """A school in a result: its pupils by cohort, how many were refused, and its classes by room."""

    school: str
    name: str
    cohorts: Counter[str]
    refused: int
    classes: int
    full: int
    over: int


@staff_of(Role.PLANNER)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Show what came of making cohorts, or how far it is; and do what a button says."""
    row = _found(number)
    if request.method != "POST":
        return _page(request, staff, row)
    do = DO.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    try:
        return do(request, staff, row)
    except SchooldayError as error:
        return _page(request, staff, row, str(error))


def _page(request: HttpRequest, staff: Staff, row: Making, wrong: str = "") -> HttpResponse:
    found = {"staff": staff, "row": row, "stands": reads.stands(row), "say": sentences, "wrong": wrong}
    status = 422 if wrong else 200
    if row.finished is None:
        found |= {"still": "still" in request.GET}
        answer = render(request, "cohorts/making.html", found, status=status)
        if reads.is_open(row) and "still" not in request.GET:
            answer["Refresh"] = str(REFRESH)
        return answer
    result, told = reads.result(row), reads.standing()
    pupils = {pupil for one in (*result.assigned.apart, *result.services) for pupil in one.pupils}
    log_read(staff.district_id, staff.user.get_username(), 0, f"cohorts {row.pk}")
    found |= {
        "result": result,
        "schools": _schools(staff, result),
        "names": reads.names(staff.district.roster_id, pupils),
        "told": told,
        "mine": told is not None and told.making_id == row.pk,
        "before": reads.before(told) if told else None,
        "days": [cohort for cohort, days in result.assigned.cohorts.pattern.days.items() if days],
    }
    return render(request, "cohorts/result.html", found, status=status)


def _schools(staff: Staff, result: Result) -> list[SchoolLine]:
    cohorts: dict[str, Counter[str]] = {}
    for grade in result.grades:
        there = cohorts.setdefault(grade.school, Counter())
        there.update({"A": grade.a, "B": grade.b, "S": grade.all_week, "C": grade.home})
    school_of = {one.section: one.school for one in result.classes}
    refused = Counter(school_of.get(one.section, "") for one in result.assigned.refused)
    return [
        SchoolLine(
            one.id,
            one.name,
            cohorts[one.id],
            refused[one.id],
            *_rooms(result, one.id),
        )
        for one in roster.schools(staff.district)
        if one.id in cohorts
    ]


def _rooms(result: Result, school: str) -> tuple[int, int, int]:
    """Return how many classes a school has, how many of them are full, and how many hold too many."""
    there = [one for one in result.classes if one.school == school]
    return len(there), sum(one.full for one in there), sum(one.most > one.seats for one in there)


@staff_of(Role.PLANNER)
@require_safe
def school(request: HttpRequest, staff: Staff, number: int, school: str) -> HttpResponse:
    """Show a school's classes against their seats, the balance of its grades, and who was refused."""
    row = _finished(number)
    result = reads.result(row)
    names = {one.id: one.name for one in roster.schools(staff.district)}
    grades = [one for one in result.grades if one.school == school]
    if school not in names or not grades:
        raise Http404
    log_read(staff.district_id, staff.user.get_username(), 0, f"cohorts {row.pk} {school}"[:60])
    classes = [one for one in result.classes if one.school == school]
    mine = {one.section for one in classes}
    refused = [one for one in result.assigned.refused if one.section in mine]
    unmet = _unmet(result, mine)
    pupils = {one.pupil for one in (*refused, *unmet)}
    found = {
        "staff": staff,
        "row": row,
        "school": names[school],
        "result": result,
        "classes": sorted(classes, key=lambda one: (one.title, one.section)),
        "grades": sorted(grades, key=sentences.by_grade),
        "refused": refused,
        "unmet": unmet,
        "names": reads.names(staff.district.roster_id, pupils),
        "say": sentences,
    }
    return render(request, "cohorts/result_school.html", found)


def _unmet(result: Result, sections: set[str]) -> list[Unmet]:
    """Return the wishes that full classes of a school left unmet; those for balance belong to none."""
    return [one for one in result.assigned.unmet if one.section in sections]


@staff_of(Role.PLANNER)
@require_safe
def file(request: HttpRequest, staff: Staff, number: int, name: str, kind: str) -> HttpResponse:
    """Give the cohorts, the reasons or the sizes as CSV, or all of it as JSON."""
    row = _finished(number)
    result = reads.result(row)
    log_read(staff.district_id, staff.user.get_username(), 0, f"cohorts {row.pk} {name}.{kind}"[:60])
    if (name, kind) == ("result", "json"):
        return JsonResponse(downloads.plain(row, result), json_dumps_params={"ensure_ascii": False})
    made = downloads.CSV.get(name) if kind == "csv" else None
    if made is None:
        raise Http404
    answer = HttpResponse(made(result), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{row.pk}.csv"'
    return answer


def _found(number: int) -> Making:
    row = reads.one(number)
    if row is None:
        raise Http404
    return row


def _finished(number: int) -> Making:
    row = _found(number)
    if row.finished is None:
        raise Http404
    return row


def _publish(_: HttpRequest, staff: Staff, row: Making) -> HttpResponse:
    writes.publish(row, staff.user.get_username())
    return HttpResponseRedirect("./")


def _take_back(request: HttpRequest, staff: Staff, _: Making) -> HttpResponse:
    number = request.POST.get("publication", "")
    writes.take_back(int(number) if number.isdecimal() else 0, staff.user.get_username())
    return HttpResponseRedirect("./")


def _again(_: HttpRequest, staff: Staff, row: Making) -> HttpResponse:
    """Ask the same again of the answers and the roster that stand now."""
    who = staff.user.get_username()
    asked = writes.ask(staff.district, row.round, row.day, row.seed, row.first, who, row.reason)
    return HttpResponseRedirect(f"../{asked.pk}/")


DO: dict[str, Callable[[HttpRequest, Staff, Making], HttpResponse]] = {
    "publish": _publish,
    "take_back": _take_back,
    "again": _again,
}
"""What a form of the page asks for, by the name that its button sends."""
