"""The demonstration's dates and names: when its plan begins, which morning it is, and who lays it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

DAY = date(2020, 9, 8)
"""The first day of the district's plan."""
LAST = date(2020, 9, 11)
"""The week's last date: the check judges all of it; pages of other dates are composed when asked for."""
TODAY = date(2020, 9, 22)
"""The morning that is shown: two weeks of school lie behind it, and one day of the third."""
NOW = f"{TODAY}T09:40"
"""The desk's fixed clock: in the middle of a live meeting."""
SEALED = date(2020, 9, 7)
"""The Monday of the week that every teacher of a whole school has certified."""
SEED = 2020
DEMONSTRATION = "demonstration"
"""Who did what the demonstration lays."""
MADE_UP = "Made up for this demonstration"


def moment(day: date, hour: int, zone: ZoneInfo, minute: int = 0) -> datetime:
    """Return a moment of a date by the district's clocks."""
    return datetime.combine(day, time(hour, minute), zone)
