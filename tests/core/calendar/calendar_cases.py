"""Two districts' calendars, and calendars of any shape."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from schoolday.calendar.days import Calendar, dates
from schoolday.sample.year import school_year

SACRAMENTO = school_year()
SAN_JUAN = Calendar(
    date(2020, 8, 13),
    date(2021, 6, 10),
    holidays={
        date(2020, 9, 7): "Labor Day",
        date(2020, 11, 11): "Veterans Day",
        **dict.fromkeys(dates(date(2020, 12, 21), date(2021, 1, 4)), "Winter break (made up)"),
    },
    preparation={date(2020, 8, 13): "Preparation", date(2020, 11, 2): "Preparation"},
    short={date(2020, 9, 11): "Smoke: closed at ten"},
)
DISTRICTS = (SACRAMENTO, SAN_JUAN)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    first = draw(st.dates(date(2019, 1, 1), date(2027, 12, 31)))
    last = first + timedelta(days=draw(st.integers(0, 400)))
    inside = st.dates(first, last)
    named = st.dictionaries(inside, st.just("named"), max_size=30)
    return Calendar(first, last, draw(named), draw(named), draw(named))


@st.composite
def days_inside(draw: st.DrawFn, calendar: Calendar) -> date:
    return draw(st.dates(calendar.first, calendar.last))
