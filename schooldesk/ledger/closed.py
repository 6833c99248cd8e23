"""When schools were closed: by the sheet of closures, and by the closures recorded with emergencies."""

from __future__ import annotations

from schoolday.ledger.services.emergency import Closure, together
from schooldesk.emergency import closures as emergencies
from schooldesk.ledger.sheets import reads as sheets
from schooldesk.roster.models import District


def closures(home: District) -> tuple[Closure, ...]:
    """Return every closure; where the sheet has one that meets an emergency's, the sheet's counts."""
    return together(sheets.closures(), emergencies.recorded(home))
