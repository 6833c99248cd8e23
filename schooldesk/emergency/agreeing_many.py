"""Agreements for a class or a whole school at once: one text for each pupil, all or none, undone as one."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from schoolday.emergency.agreements import Signer
from schoolday.roster import Pupil
from schoolday.roster import Staff as Person
from schooldesk.access import staff_of
from schooldesk.emergency import drafting, reads, typed, writes
from schooldesk.emergency.drafting import Draft, Named
from schooldesk.emergency.opened import OVER, Opened, opened, page
from schooldesk.pages import Wrong, log, see
from schooldesk.people.models import Role, Staff
from schooldesk.roster import classes as rooms
from schooldesk.roster import reads as roster


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Make an agreement for every pupil of a class or of a school; nothing goes to the families yet."""
    there = opened(staff, number)
    school = _school(request, there)
    if request.method != "POST":
        return _many(request, there, school, None)
    try:
        if there.over:
            raise Wrong("over", OVER)
        new, old = _make(request, there, school)
    except Wrong as wrong:
        return _many(request, there, school, wrong)
    return see(f"{there.at}many/?new={new}&old={old}#batches")


def _school(request: HttpRequest, there: Opened) -> str:
    """Return the school that was chosen, or the only one there is; empty where none was chosen yet."""
    names = there.names()
    asked = (request.POST if request.method == "POST" else request.GET).get("school", "")
    if not asked and len(names) == 1:
        return next(iter(names))
    return asked if asked in names else ""


def _many(request: HttpRequest, there: Opened, school: str, wrong: Wrong | None) -> HttpResponse:
    log(there.staff, (), f"emergency {there.row.pk} agreements")
    people = roster.staff(there.home)
    near = sorted(people.values(), key=lambda one: (school not in one.schools, one.family, one.given))
    found = {
        "opened": there, "names": there.names(), "school": school, "people": people,
        "classes": rooms.classes(there.home, school) if school else {},
        "teachers": [one for one in near if one.role == "teacher" and school in one.schools],
        "managers": [one for one in near if school in one.schools],
        "before": reads.last_parts(),
    }  # fmt: skip
    return page(request, "agreements_many", there.staff, found, wrong)


def _make(request: HttpRequest, there: Opened, school: str) -> tuple[int, int]:
    form = request.POST
    if not school:
        raise Wrong("school", _("Choose one of the list."))
    draft = Draft(there, *typed.agreement(form, reads.calendar(there.home), there.frame.first))
    pupils, of_class = _whom(form.get("whom", ""), draft, school)
    if form.get("without"):
        pupils = {who: one for who, one in pupils.items() if "iep" not in one.groups}
    teachers = _teachers(form.get("teacher", ""), there, pupils, of_class)
    manager = _manager(form.get("manager", ""), draft, pupils)
    named = [
        Named(one, teachers[who], manager if Signer.CASE_MANAGER in draft.needed(one) else None)
        for who, one in pupils.items()
    ]
    return writes.add_agreements(there.by, there.row, draft.days, draft.parts, draft.texts(named))


def _whom(whom: str, draft: Draft, school: str) -> tuple[dict[str, Pupil], dict[str, str]]:
    """Return the pupils who were chosen, and the teacher of the class of each who has one."""
    home = draft.there.home
    there = rooms.classes(home, school)
    if whom and whom not in there:
        raise Wrong("whom", _("Choose one of the list."))
    some = [whom] if whom else [one.id for one in there.values() if one.kind == "homeroom"]
    inside = rooms.enrolled(home, some, draft.days[0])
    of_class = {who: there[one].teacher for one, pupils in inside.items() for who in pupils}
    every = roster.pupils(home, [school])
    found = {who: one for who, one in every.items() if not whom or who in of_class}
    if not found:
        raise Wrong("whom", _("Nobody is in this class on the first day."))
    return found, of_class


def _teachers(
    chosen: str, there: Opened, pupils: Mapping[str, Pupil], of_class: Mapping[str, str]
) -> dict[str, Person]:
    """Return each pupil's supervising teacher: one who was chosen for all, or the teacher of their class."""
    if chosen:
        return dict.fromkeys(pupils, drafting.person(there, chosen, "teacher"))
    people = roster.staff(there.home)
    found = {who: people[of_class[who]] for who in pupils if of_class.get(who) in people}
    if len(found) < len(pupils):
        said = _("%(count)s of these pupils have no class teacher. Choose one teacher for all, or a class.")
        raise Wrong("teacher", said, {"count": str(len(pupils) - len(found))})
    return found


def _manager(chosen: str, draft: Draft, pupils: Mapping[str, Pupil]) -> Person | None:
    """Return the case manager of those who need one."""
    needing = sum(Signer.CASE_MANAGER in draft.needed(one) for one in pupils.values())
    if needing and not chosen:
        said = _(
            "%(count)s of these pupils have an individualized education program. Choose their case manager, "
            "or leave them out and make theirs one by one."
        )
        raise Wrong("manager", said, {"count": str(needing)})
    return drafting.person(draft.there, chosen, "manager") if needing else None
