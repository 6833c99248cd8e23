"""What changes by a date, before it takes effect, and whom it touches; for staff, by name for some."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from schoolday.conditions.preview import Group, Turn, turns
from schoolday.ground.grades import order
from schooldesk.access import staff_of
from schooldesk.conditions import downloads, reads, shown
from schooldesk.conditions.disclosure import told
from schooldesk.conditions.opening import STAFF, Opened, file, for_staff, page
from schooldesk.people.models import Role
from schooldesk.people.policies import may_see_touched
from schooldesk.people.writes import log_read
from schooldesk.roster import reads as roster


@dataclass(frozen=True)
class Asked:
    """Two dates, and by when it was known what they are judged by."""

    before: date
    after: date
    known: date

    @property
    def query(self) -> str:
        """The question as an address takes it."""
        return f"from={self.before}&until={self.after}&known={self.known}"


@dataclass(frozen=True)
class Found:
    """What changes, and the groups that it was asked of."""

    groups: tuple[Group, ...]
    turns: tuple[Turn, ...]


def _asked(request: HttpRequest, opened: Opened) -> Asked:
    before = opened.day(request, "from", opened.today)
    monday = before + timedelta(days=7 - before.weekday())
    return Asked(before, opened.day(request, "until", monday), opened.day(request, "known", before))


def _found(opened: Opened, asked: Asked) -> Found:
    here = reads.here(opened.home)
    groups = reads.taught(here, reads.groups(here), asked.before)
    return Found(groups, turns(here.outlook(asked.known), groups, asked.before, asked.after))


def _changes(opened: Opened, found: Found, reasons: shown.Reasons) -> list[shown.Change]:
    seen = told(found.groups, everything=opened.everything)
    return shown.changes(found.turns, reasons, seen, opened.everything)


@staff_of(*STAFF)
@require_safe
@for_staff
def preview(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Show what is allowed on a date and not on an earlier one, by what is known, and how many it touches."""
    asked, reasons = _asked(request, opened), shown.Reasons()
    found = _found(opened, asked)
    changes = _changes(opened, found, reasons)
    touched = {(one.school, grade) for one in found.turns for grade in one.grades}
    seen = told(found.groups, everything=opened.everything)
    assert opened.staff is not None
    return page(
        request,
        "preview",
        opened,
        asked=asked,
        changes=changes,
        reasons=list(reasons),
        touched=len({school for school, _ in touched}),
        pupils=sum(one.pupils for one in seen if (one.site.school, one.grade) in touched),
        hidden=any(one.pupils is None for one in changes),
        named={school for school, _ in touched if may_see_touched(opened.staff, school)},
    )


@staff_of(*STAFF)
@require_safe
@for_staff
def preview_file(request: HttpRequest, opened: Opened, kind: str) -> HttpResponse:
    """Give what changes as CSV or JSON."""
    asked, reasons = _asked(request, opened), shown.Reasons()
    changes = _changes(opened, _found(opened, asked), reasons)
    if kind == "csv":
        return file(downloads.changes_csv(changes), f"changes-{asked.before}-{asked.after}")
    plain = {"from": asked.before, "until": asked.after, "known_by": asked.known}
    return JsonResponse(
        plain | downloads.changes_plain(changes, reasons), json_dumps_params={"ensure_ascii": False}
    )


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_safe
@for_staff
def touched(request: HttpRequest, opened: Opened, school: str) -> HttpResponse:
    """Name the pupils and teachers whom a change at a school touches; each look is logged."""
    assert opened.staff is not None
    if school not in {one.id for one in roster.schools(opened.home)}:
        raise Http404
    if not may_see_touched(opened.staff, school):
        raise PermissionDenied
    asked = _asked(request, opened)
    here = reads.here(opened.home)
    some = [one for one in reads.groups(here) if one.site.school == school]
    groups = reads.taught(here, some, asked.before)
    turned = turns(here.outlook(asked.known), groups, asked.before, asked.after)
    grades = {grade for one in turned for grade in one.grades}
    log_read(opened.home.pk, opened.who, 0, f"conditions: who is touched, {school}"[:60])
    return page(
        request,
        "touched",
        opened,
        asked=asked,
        school=school,
        grades=sorted(grades, key=order),
        people=reads.people(opened.home, school, grades),
        teachers=reads.named(
            opened.home, {who for one in groups if one.grade in grades for who in one.teachers}
        ),
    )
