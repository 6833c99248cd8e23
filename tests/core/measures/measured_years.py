"""Made-up little years for the measures: whatever plan and record may say, in a few pupils and days."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import strategies as st

from schoolday.calendar.days import Calendar
from schoolday.files.rulebooks import load
from schoolday.measures.given import KINDS, MeasuredPupil, MeasuredYear, PackRow, Promise
from schoolday.measures.limits import Limits, spread

FALL_2020 = Calendar(date(2020, 9, 3), date(2020, 10, 9), {date(2020, 9, 7): "Labor Day"})
FALL_2026 = Calendar(date(2026, 8, 31), date(2026, 10, 9), {date(2026, 9, 7): "Labor Day"})
ORIGINS = ("plan", "joined", "work", "in_person", "service", "attendance", "contact", "failure")
RULEBOOK = cache(load)


def limits_of(year: MeasuredYear) -> Limits:
    return spread(RULEBOOK(), year)


@st.composite
def pupils(draw: st.DrawFn, calendar: Calendar) -> MeasuredPupil:
    way = draw(st.sampled_from(["distance", "independent_study", "in_person"]))
    true = draw(st.sampled_from([frozenset[str](), frozenset({"short_study"}), frozenset({"continuation"})]))
    days = list(calendar.school_days(calendar.first, calendar.last))
    cut = draw(st.integers(1, len(days) - 2))
    spans = draw(
        st.sampled_from(
            [
                ((calendar.first, calendar.last),),
                ((days[cut], calendar.last),),
                ((calendar.first, days[cut - 1]), (days[cut + 1], calendar.last)),
            ]
        )
    )
    return MeasuredPupil(
        id=f"p{draw(st.integers(0, 10**6))}",
        grade=draw(st.sampled_from(["TK", "K", "2", "5", "11"])),
        school=draw(st.sampled_from(["maple", "cedar"])),
        way=way,
        circumstances=true,
        groups={
            "language": draw(st.sampled_from(["el", "en"])),
            "foster": draw(st.sampled_from(["yes", "no"])),
        },
        enrolled=spans,
    )


@st.composite
def years(draw: st.DrawFn) -> tuple[MeasuredYear, list[PackRow]]:
    """A year with its rows; some are of days without school or without the pupil."""
    calendar = draw(st.sampled_from([FALL_2020, FALL_2026]))
    some = draw(st.lists(pupils(calendar), min_size=1, max_size=4))
    promises = [Promise(f"s{who}", who, 90 + who) for who in range(len(some)) if draw(st.booleans())]
    year = MeasuredYear(calendar, tuple(some), tuple(promises))
    row = st.builds(
        PackRow,
        pupil=st.integers(0, len(some) - 1),
        day=st.sampled_from(
            [*[one.day for one in year.days][:12], date.fromordinal(calendar.last.toordinal() + 1)]
        ),
        activity=st.sampled_from([1, 2, *(one.activity for one in promises)]),
        kind=st.sampled_from([*KINDS, None]),
        minutes=st.one_of(st.none(), st.integers(0, 240)),
        participated=st.sampled_from([None, 0, 1, 1]),
        origin=st.sampled_from(ORIGINS),
    )
    return year, draw(st.lists(row, max_size=60))
