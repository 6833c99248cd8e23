"""The pages of what positions do and where both sides can meet: asked for, under way, and shown.

Everybody may read them, without the counts of few people; planners see all, and ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolday.bargaining.front import at_one_cost, front
from schoolday.bargaining.ground import Package, State
from schoolday.ground.errors import SchooldayError
from schooldesk.access import public, staff_here
from schooldesk.bargaining.models import Kind
from schooldesk.bargaining.outcomes import asking, downloads, reads, sentences, shown
from schooldesk.bargaining.outcomes.asked import AskedPackages, AskedPosition
from schooldesk.bargaining.outcomes.disclosure import ALL, Sight, sight, sight_of_packages
from schooldesk.bargaining.record import sentences as record_sentences
from schooldesk.bargaining.record.views import Opened, with_table
from schooldesk.day.sentences import SURE
from schooldesk.people.models import Staff
from schooldesk.people.policies import may_see_small_groups
from schooldesk.people.writes import log_read
from schooldesk.roster import reads as roster

REFRESH = 5
"""Seconds after which a page of work under way asks again."""

View = Callable[..., HttpResponse]


def of_outcomes(view: View) -> View:
    """Open the table for everybody, with the planner who asks, if one does; no cache keeps the page."""

    @public
    @require_safe
    @wraps(view)
    def read(request: HttpRequest, district: str, table: str, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        staff = staff_here(request, district)
        planner = staff if staff is not None and may_see_small_groups(staff) else None

        def opened(request: HttpRequest, opened: Opened, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
            return view(request, opened, planner, **kwargs)

        answer = with_table(opened)(request, district, table, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    return read


def page(request: HttpRequest, name: str, opened: Opened, **found: object) -> HttpResponse:
    """Answer with one of these pages."""
    shared = {
        "opened": opened,
        "table": opened.table,
        "day": opened.day,
        "sources": opened.sources,
        "say": record_sentences,
        "words": sentences,
        "named": partial(asking.named, opened.table),
        "schools": {one.id: one.name for one in roster.schools(opened.home)},
        "SURE": SURE,
        "still": "still" in request.GET,
    }
    answer = render(request, f"bargaining/{name}.html", shared | found)
    if found.get("under_way") and "still" not in request.GET:
        # No script, and the reader can stop it.
        answer["Refresh"] = str(REFRESH)
    return answer


@of_outcomes
def consequences(request: HttpRequest, opened: Opened, planner: Staff | None) -> HttpResponse:
    """List what was asked of positions, and let a planner ask."""
    return listed(request, opened, planner, Kind.CONSEQUENCES)


@of_outcomes
def ground(request: HttpRequest, opened: Opened, planner: Staff | None) -> HttpResponse:
    """List what was asked of packages, and let a planner ask."""
    return listed(request, opened, planner, Kind.PACKAGES)


def listed(
    request: HttpRequest, opened: Opened, planner: Staff | None, kind: Kind, wrong: str = ""
) -> HttpResponse:
    """Show what was asked; to everybody only what is of the roster that stands and has not failed."""
    runs = [run for run in reads.runs(opened.table.id, kind) if planner or (run.stands and not run.failed)]
    name = "consequences" if kind == Kind.CONSEQUENCES else "grounds"
    answer = page(
        request,
        name,
        opened,
        planner=planner,
        runs=runs,
        wrong=wrong,
        positions=list(asking.offered(opened.table)),
        under_way=any(run.open for run in runs),
    )
    answer.status_code = 422 if wrong else 200
    return answer


@of_outcomes
def one_consequences(
    request: HttpRequest, opened: Opened, planner: Staff | None, number: int
) -> HttpResponse:
    """Show what a position does to real days, or how far the work is."""
    row, run = _found(opened, Kind.CONSEQUENCES, number, planner)
    asked = run.asked
    assert isinstance(asked, AskedPosition)
    if run.finished is None:
        return _under_way(request, opened, planner, run, "consequences/")
    found = reads.found(row)
    seen = _sight(opened, planner, number, lambda: sight(found, not asked.schools))
    grades = shown.grades(found, seen)
    return page(
        request,
        "outcome",
        opened,
        run=run,
        planner=planner,
        asked=asked,
        found=found,
        sight=seen,
        grades=grades,
        lines=shown.lines(found, seen),
        changes=shown.changes(found, seen),
        shown=shown,
    )


@of_outcomes
def consequences_file(
    request: HttpRequest, opened: Opened, planner: Staff | None, number: int, kind: str
) -> HttpResponse:
    """Give the numbers of the page as CSV or JSON."""
    row, run = _found(opened, Kind.CONSEQUENCES, number, planner)
    asked = run.asked
    if run.finished is None or not isinstance(asked, AskedPosition):
        raise Http404
    found = reads.found(row)
    seen = _sight(opened, planner, number, lambda: sight(found, not asked.schools))
    if kind == "csv":
        return _csv(downloads.consequences_csv(found, seen), f"consequences-{number}")
    return JsonResponse(downloads.consequences_plain(found, seen), json_dumps_params={"ensure_ascii": False})


@of_outcomes
def one_ground(request: HttpRequest, opened: Opened, planner: Staff | None, number: int) -> HttpResponse:
    """Show the packages that no other betters for both sides with what they cost, or how far the work is."""
    row, run = _found(opened, Kind.PACKAGES, number, planner)
    asked = run.asked
    assert isinstance(asked, AskedPackages)
    if run.finished is None:
        return _under_way(request, opened, planner, run, "ground/")
    packages = reads.packages(row)
    best, wrong = _front(packages, asked)
    reasons = Counter(one.said for one in packages if one.said) if planner else Counter()
    seen = _sight_of_packages(opened, planner, asked, packages)
    return page(
        request,
        "ground",
        opened,
        run=run,
        planner=planner,
        asked=asked,
        wrong=wrong,
        sight=seen,
        costs=[name for name in asked.disputed.costs if seen.sees(name)],
        states=Counter(one.state for one in packages),
        number_of=len(packages),
        best=best,
        alike=at_one_cost(best, asked.disputed),
        reasons=[] if best else reasons.most_common(3),
        shown=shown,
    )


@of_outcomes
def ground_file(
    request: HttpRequest, opened: Opened, planner: Staff | None, number: int, kind: str
) -> HttpResponse:
    """Give the front as CSV or JSON."""
    row, run = _found(opened, Kind.PACKAGES, number, planner)
    asked = run.asked
    if run.finished is None or not isinstance(asked, AskedPackages):
        raise Http404
    packages = reads.packages(row)
    best, _ = _front(packages, asked)
    seen = _sight_of_packages(opened, planner, asked, packages)
    if kind == "csv":
        return _csv(downloads.front_csv(best, asked.disputed, seen), f"front-{number}")
    states = Counter(one.state for one in packages)
    plain = downloads.front_plain(states, best, asked.disputed, seen)
    return JsonResponse(plain, json_dumps_params={"ensure_ascii": False})


def _front(packages: list[Package], asked: AskedPackages) -> tuple[tuple[Package, ...], str]:
    """Return the front; or none, and why nobody can say it."""
    try:
        return front(packages, asked.disputed), ""
    except SchooldayError as error:
        return (), str(error)


def _under_way(
    request: HttpRequest, opened: Opened, planner: Staff | None, run: reads.Run, part: str
) -> HttpResponse:
    return page(request, "outcome_open", opened, run=run, planner=planner, part=part, under_way=run.open)


def _found(opened: Opened, kind: Kind, number: int, planner: Staff | None) -> tuple[reads.Outcome, reads.Run]:
    """Return a row and its question; what was replaced or has failed is there for planners alone."""
    row = reads.one(opened.table.id, kind, number)
    if row is None:
        raise Http404
    run = reads.run(row)
    if planner is None and (run.failed or not run.stands):
        raise Http404
    return row, run


def _sight(opened: Opened, planner: Staff | None, number: int, of_all: Callable[[], Sight]) -> Sight:
    """Return what a reader may see; that a planner sees single homes and pupils is logged."""
    if planner is None:
        return of_all()
    log_read(opened.home.pk, planner.user.get_username(), 0, f"consequences {number}")
    return ALL


def _sight_of_packages(
    opened: Opened, planner: Staff | None, asked: AskedPackages, packages: list[Package]
) -> Sight:
    if planner is not None:
        return ALL
    children, teachers = reads.sizes(opened.home, asked.school, asked.day)
    carried = [one for one in packages if one.state is State.CARRIED]
    return sight_of_packages(carried, children, teachers)


def _csv(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
