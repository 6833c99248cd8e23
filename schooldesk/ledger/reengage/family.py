"""The family's page of notices: what the school told them of absences."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolday.roster import Pupil
from schooldesk import scope
from schooldesk.access import by_link
from schooldesk.day.languages import language, speech
from schooldesk.day.reads import Family
from schooldesk.ledger.reengage import reads, sentences
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.words import wanted


@dataclass(frozen=True)
class Shown:
    """A notice with its words, in the language that it went out in or the reader's."""

    notice: reads.SentNotice
    child: Pupil
    texts: list[reads.Text]


@by_link
@require_safe
def notices(request: HttpRequest, family: Family) -> HttpResponse:
    """Show a family the notices of absences that went home, newest first."""
    with scope.district(family.district):
        home = roster.district(family.district)
        if home is None or home.roster_id is None:
            raise Http404
        pupils = roster.of_household(home, family.household)
        code = wanted(request).code
        shown = [_shown(home, one, pupils[one.entry.pupil], code) for one in reads.sent(home, pupils)]
        found = {"home": home, "notices": shown, "say": sentences}
        answer = render(request, "reengage/family.html", found)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _shown(home: District, one: reads.SentNotice, child: Pupil, reader: str) -> Shown:
    names = {school.id: school.name for school in roster.schools(home)}
    told = {code: [speech(language(code)).day(day) for day in one.days] for code in ("en", "es")}
    tongue = reader if reader in told else one.language
    return Shown(one, child, reads.texts(home, child, names.get(one.entry.school, ""), tongue, told))
