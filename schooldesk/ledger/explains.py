"""By what services not given are explained: a district's rules, calendar, closures and terms."""

from __future__ import annotations

from collections.abc import Collection

from schoolday.ledger.services.explained import Explaining, explaining
from schooldesk.day.request import calendar, school_roster
from schooldesk.ledger import closed
from schooldesk.ledger.sheets import reads as sheets
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook


def explaining_of(home: District, schools: Collection[str] | None = None) -> Explaining | None:
    """Return by what reasons explain in a district, or of some schools' services; None without a roster."""
    if not home.roster_id:
        return None
    some = None if schools is None else school_roster(home.pk, home.roster_id, tuple(sorted(schools)))
    return explaining(
        some or roster.whole(home), calendar(home), rulebook(), closed.closures(home), sheets.stated()
    )
