"""The school year 2020-21 of the samples.

Labor Day and the first days are from Sacramento's published plan for fall 2020. The other holidays are the
state's usual ones and the breaks are assumed: they are not the district's adopted calendar.
"""

from __future__ import annotations

from datetime import date

from schoolday.calendar.days import Calendar, dates

_HOLIDAYS = {
    date(2020, 9, 7): "Labor Day",
    date(2020, 11, 11): "Veterans Day",
    date(2021, 1, 18): "Martin Luther King Jr. Day",
    date(2021, 2, 8): "Lincoln Day (assumed)",
    date(2021, 2, 15): "Presidents' Day",
    date(2021, 5, 31): "Memorial Day",
}
_BREAKS = (
    (date(2020, 11, 23), date(2020, 11, 27), "Thanksgiving break (assumed)"),
    (date(2020, 12, 21), date(2021, 1, 1), "Winter break (assumed)"),
    (date(2021, 3, 29), date(2021, 4, 2), "Spring break (assumed)"),
)


def school_year() -> Calendar:
    """Return the calendar of 2020-21: teachers prepare on 1 and 2 September, pupils come on the 3rd."""
    holidays = dict(_HOLIDAYS)
    for first, last, name in _BREAKS:
        holidays |= {day: name for day in dates(first, last) if day.weekday() < 5}
    return Calendar(
        first=date(2020, 9, 1),
        last=date(2021, 6, 17),
        holidays=dict(sorted(holidays.items())),
        preparation={
            date(2020, 9, 1): "Teachers' paid preparation",
            date(2020, 9, 2): "Teachers' paid preparation",
        },
    )
