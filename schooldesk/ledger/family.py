"""What a family reads: its children's own entries of a week, in words."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.standing import standing
from schoolday.ledger.week import monday_of
from schooldesk import clock, scope
from schooldesk.access import by_link
from schooldesk.day.reads import Family
from schooldesk.ledger import lines, reads, sentences, weeks
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District


@by_link
@require_safe
def record(request: HttpRequest, family: Family) -> HttpResponse:
    """Show a family what stands on the record of each of its children in a week."""
    with scope.district(family.district):
        home = roster.district(family.district)
        if home is None or home.roster_id is None:
            raise Http404
        return _record(request, home, family.household)


def _record(request: HttpRequest, home: District, household: int) -> HttpResponse:
    asked = request.GET.get("on", "")
    try:
        monday = monday_of(date.fromisoformat(asked) if asked else clock.today(home.timezone))
    except ValueError:
        raise Http404 from None
    pupils = roster.of_household(home, household)
    stands = standing(reads.of_pupils(reads.zone_of(home), set(pupils), monday))
    names = {key: name for one in pupils.values() for key, name in weeks.names(home, one.school).items()}
    days = weeks.days_of(home, monday)
    found = {
        "say": sentences, "home": home, "monday": monday, "days": days, "names": names,
        "children": [
            (one, [(day, _of(stands, one.id, day)) for day in days]) for one in pupils.values()
        ],
        "before": monday - timedelta(days=7), "after": monday + timedelta(days=7),
        "today": clock.today(home.timezone),
    }  # fmt: skip
    return render(request, "ledger/family.html", found)


def _of(stands: tuple[Entry, ...], pupil: str, day: date) -> list[Entry]:
    """Return a child's entries of a day in their order; steps about absences have a notice of their own."""
    own = (one for one in stands if (one.pupil, one.day) == (pupil, day))
    shown = (one for one in own if one.kind is not EntryKind.CONTACT or one.code in lines.CALLS)
    return sorted(shown, key=lambda one: (24 * 60 if one.first is None else one.first, one.id))
