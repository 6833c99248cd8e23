"""By what services not given are explained: a district's rules, calendar, closures and terms."""

from __future__ import annotations

from schoolday.ledger.services.explained import Explaining, explaining
from schooldesk.day.request import calendar
from schooldesk.ledger import closed
from schooldesk.ledger.sheets import reads as sheets
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook


def explaining_of(home: District) -> Explaining | None:
    """Return by what reasons explain in a district; None while it has no roster."""
    if not home.roster_id:
        return None
    return explaining(roster.whole(home), calendar(home), rulebook(), closed.closures(home), sheets.stated())
