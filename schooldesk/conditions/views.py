"""The public pages of conditions: what is allowed, what was told, a year again, and places side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse

from schoolday.conditions.allowed import Allowed
from schoolday.conditions.effects import Opening
from schoolday.conditions.preview import Group
from schoolday.conditions.year import SHOWN, Share, WeekOf
from schoolday.ground.errors import SchooldayError
from schooldesk.conditions import charts, downloads, reads, shown, years
from schooldesk.conditions.disclosure import told
from schooldesk.conditions.models import Kind
from schooldesk.conditions.opening import Opened, file, for_everybody, page
from schooldesk.conditions.sentences import monday
from schooldesk.conditions.years import TOGETHER, Other
from schooldesk.day.languages import speech
from schooldesk.rules.reads import rulebook
from schooldesk.words import wanted

PLAIN = {"ensure_ascii": False}


@dataclass(frozen=True)
class AskedDay:
    """A date that a page is about, and by when it was known."""

    day: date
    known: date
    school: str


def _asked_day(request: HttpRequest, opened: Opened) -> AskedDay:
    day = opened.day(request, "on", opened.today)
    return AskedDay(day, opened.day(request, "known", day), request.GET.get("school", ""))


def _allowed(opened: Opened, asked: AskedDay) -> list[Allowed]:
    here = reads.here(opened.home)
    some = [one for one in reads.groups(here) if not asked.school or one.site.school == asked.school]
    return reads.allowed(here.outlook(asked.known), some, asked.day)


@for_everybody
def allowed(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show what is allowed on a date at each school for each grade, and why."""
    asked, reasons = _asked_day(request, opened), shown.Reasons()
    found = _allowed(opened, asked)
    rows = shown.allowed(found, reasons)
    return page(
        request, "allowed", opened, asked=asked, rows=rows, reasons=list(reasons), sums=shown.summed(found)
    )


@for_everybody
def allowed_file(request: HttpRequest, opened: Opened, kind: str) -> HttpResponse:
    """Give what is allowed as CSV or JSON."""
    asked = _asked_day(request, opened)
    found = _allowed(opened, asked)
    if kind == "csv":
        return file(downloads.allowed_csv(found), f"allowed-{asked.day}")
    plain = {"day": asked.day, "known_by": asked.known, "allowed": downloads.allowed_plain(found)}
    return JsonResponse(plain, json_dumps_params=PLAIN)


@for_everybody
def readings(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show everything that was told from outside, with what was corrected and undone."""
    place, kind = request.GET.get("place", ""), request.GET.get("kind", "")
    here = reads.here(opened.home)
    rows = reads.facts(place, kind if kind in Kind.values else "")
    return page(
        request,
        "readings",
        opened,
        place=place,
        kind=kind,
        places=reads.places(),
        by_kind=[(one, [row for row in rows if row.kind == one]) for one in Kind.values],
        dates=reads.step_dates(here.outside),
        opens=shown.opens,
        counts=downloads.counts,
        entries=reads.entries() if opened.enters else [],
        done={name: request.GET[name] for name in ("new", "corrected", "there") if _number(request, name)},
    )


def _number(request: HttpRequest, name: str) -> bool:
    return request.GET.get(name, "").isdecimal()


@for_everybody
def readings_file(request: HttpRequest, opened: Opened, kind: str) -> HttpResponse:
    """Give every row as CSV or JSON, those that were replaced too."""
    rows = reads.facts()
    if kind == "csv":
        return file(downloads.facts_csv(rows), "readings")
    return JsonResponse({"rows": downloads.facts_plain(rows)}, json_dumps_params=PLAIN)


@dataclass(frozen=True)
class AskedYear:
    """A stretch of weeks that was run through the rules, and through others where some were asked for."""

    first: date
    last: date
    way: Opening
    other: Other | None
    offered: tuple[Other, ...]
    groups: tuple[Group, ...]
    told: tuple[Group, ...]
    one: tuple[WeekOf, ...]
    beside: tuple[WeekOf, ...]
    wrong: str


def _asked_year(request: HttpRequest, opened: Opened) -> AskedYear:
    usual = years.school_year(opened.home)
    first, last = (opened.day(request, name, day) for name, day in zip(("from", "until"), usual, strict=True))
    here = reads.here(opened.home)
    groups = reads.groups(here)
    offered = tuple(years.offered(here))
    other = next((one for one in offered if one.name == request.GET.get("other")), None)
    way = next((one for one in SHOWN if one.value == request.GET.get("way")), SHOWN[0])
    one: tuple[WeekOf, ...] = ()
    beside: tuple[WeekOf, ...] = ()
    wrong = ""
    try:
        one = years.weeks(here, groups, first, last, None)
        beside = years.weeks(here, groups, first, last, other) if other else ()
    except SchooldayError as error:
        wrong = str(error)
    seen = told(groups, everything=opened.everything)
    return AskedYear(first, last, way, other, offered, groups, seen, one, beside, wrong)


@for_everybody
def year(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show a year by week and by school, by the rules, and by other rules beside them."""
    asked = _asked_year(request, opened)
    weeks = shown.by_week(asked.one, asked.beside, asked.groups, asked.told, asked.way)
    return page(
        request,
        "year",
        opened,
        422 if asked.wrong else 200,
        asked=asked,
        weeks=weeks,
        courses=shown.by_school(asked.one, asked.beside, asked.groups, asked.way),
        left_out=sum(one.pupils for one in asked.groups) > sum(one.pupils for one in asked.told),
        shares=tuple(Share),
        shown_ways=SHOWN,
        charts=charts,
        together=TOGETHER,
        removed=reads.otherwise(removed=True) if opened.enters else [],
        bars=_bars(request, weeks, bool(asked.beside)),
    )


def _bars(request: HttpRequest, weeks: list[shown.Week], two: bool) -> list[tuple[str, list[object]]]:
    s = speech(wanted(request))
    return [(monday(one.monday, s), [one.pupils, one.other_pupils] if two else [one.pupils]) for one in weeks]


@for_everybody
def year_file(request: HttpRequest, opened: Opened, kind: str) -> HttpResponse:
    """Give a year as CSV or JSON."""
    asked = _asked_year(request, opened)
    if asked.wrong:
        return HttpResponse(asked.wrong + "\n", status=422, content_type="text/plain; charset=utf-8")
    rows = downloads.year_rows(asked.one, asked.beside, asked.groups, asked.told)
    if kind == "csv":
        return file(downloads.year_csv(rows), f"year-{asked.first}-{asked.last}")
    plain = {
        "from": asked.first,
        "until": asked.last,
        "other_rules": asked.other.name if asked.other else None,
        "weeks": downloads.year_plain(rows),
    }
    return JsonResponse(plain, json_dumps_params=PLAIN)


@for_everybody
def places(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show places side by side: their steps with the four dates, and week by week where the rules lead."""
    here = reads.here(opened.home)
    led = shown.places(here.outside, rulebook(), TOGETHER)
    return page(
        request,
        "places",
        opened,
        steps=reads.assigned_by_place(here.outside),
        dates=reads.step_dates(here.outside),
        opens=shown.opens,
        led=led,
        rows=shown.beside(led),
        together=TOGETHER,
    )


@for_everybody
def places_file(request: HttpRequest, opened: Opened, kind: str) -> HttpResponse:
    """Give the weeks of the places as CSV or JSON."""
    led = shown.places(reads.here(opened.home).outside, rulebook(), TOGETHER)
    rows = downloads.places_rows(led)
    if kind == "csv":
        return file(downloads.table(downloads.PLACES, rows), "places")
    plain = [dict(zip(downloads.PLACES, row, strict=True)) for row in rows]
    return JsonResponse({"weeks": plain}, json_dumps_params=PLAIN)
