"""Return dates go by what conditions allow: none is promised on which the school may not open."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client

from schooldesk import clock, scope
from tests.desk.cohorts import home_of, lay, tell
from tests.desk.conditions import untell
from tests.desk.conftest import Cast, Family

pytestmark = pytest.mark.django_db
OPEN = date(2020, 10, 13)
"""Fourteen days after Sacramento County was told it is in the red tier."""


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("America/Los_Angeles"))


def page(client: Client, family: Family, lang: str = "en") -> str:
    return client.get(f"/h/{family.token}/return/?lang={lang}").content.decode()


def dates(client: Client, family: Family) -> list[date]:
    from schooldesk.day.reads import feed_token

    read = icalendar.Calendar.from_ical(client.get(f"/f/{feed_token(family.token)}/return.ics").content)
    return [event["DTSTART"].dt for event in read.walk("VEVENT")]


def test_no_date_is_promised_while_the_county_is_purple_and_the_rule_says_why(
    cast: Cast, client: Client
) -> None:
    tell(lay("maple"))
    shown = page(client, cast.family)
    assert "From Monday, September 14, 2020 on, as the district decided." in shown
    assert "no day at school can be promised yet" in shown
    assert "the next day at school is" not in shown
    assert "0 days in the red tier" in shown
    assert "ca.reopening.red@2020-08-31" in shown
    assert dates(client, cast.family) == []
    spanish = page(client, cast.family, "es")
    assert "no se puede prometer todavía ningún día en la escuela" in spanish


def test_once_the_rule_is_met_the_dates_are_those_of_the_phases(cast: Cast, client: Client) -> None:
    tell(lay("maple"))
    with clock.at(on(OPEN)):
        shown = page(client, cast.family)
        assert "may not open" not in shown
        assert "the next day at school is" in shown
        assert min(dates(client, cast.family)) >= OPEN


def test_dates_between_red_and_the_fourteenth_day_are_named_as_closed(cast: Cast, client: Client) -> None:
    tell(lay("maple"))
    with clock.at(on(date(2020, 9, 30))):
        shown = page(client, cast.family)
        assert "the first day that it may is" in shown
        assert min(dates(client, cast.family)) >= OPEN


def test_an_order_for_one_week_takes_that_week_out_and_leaves_the_others(cast: Cast, client: Client) -> None:
    from schooldesk.conditions import writes
    from schooldesk.conditions.facts import Draft

    tell(lay("maple"))
    with clock.at(on(OPEN)):
        before = dates(client, cast.family)
        first, over = date(2020, 10, 19), date(2020, 10, 26)
        told = [
            Draft(
                "reading", cast.school, "closing_orders", value, day, day, OPEN, source="Order of the county"
            )
            for value, day in ((1.0, first), (0.0, over))
        ]
        with scope.district("maple"):
            writes.enter(home_of("maple"), told, "planner")
        after = dates(client, cast.family)
        assert after == [day for day in before if not first <= day < over]
        assert 0 < len(after) < len(before)
        shown = page(client, cast.family)
        assert "On some of its days the school may not open" in shown
        assert "Order of the county" in shown


def test_a_district_that_was_told_nothing_keeps_the_dates_of_its_phases(cast: Cast, client: Client) -> None:
    untell("maple")
    tell(lay("maple"))
    tell(lay("cedar"))
    shown = page(client, cast.family)
    assert "From Monday, September 14, 2020 on; the next day at school is" in shown
    assert "may not open" not in shown
    assert dates(client, cast.family)
    assert "/conditions/" not in client.get("/d/maple/return/").content.decode()
    # Cedar's conditions are its own, and stand.
    assert "no day at school can be promised yet" in page(client, cast.foreign)
    assert "/d/cedar/conditions/?on=2020-09-14" in client.get("/d/cedar/return/").content.decode()


def test_what_is_allowed_is_worked_out_once_until_something_is_told(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schooldesk.conditions import ahead, reads, writes
    from schooldesk.conditions.facts import Draft

    tell(lay("maple"))
    asked = []
    real = reads.here
    monkeypatch.setattr(ahead.reads, "here", lambda home: asked.append(home.pk) or real(home))
    for _ in range(3):
        page(client, cast.family)
    assert asked == ["maple"]
    day = date(2020, 9, 8)
    with scope.district("maple"):
        smoke = Draft("reading", "maple-elementary", "air_quality_index", 90.0, day, day, day, source="Air")
        writes.enter(home_of("maple"), [smoke], "planner")
    page(client, cast.family)
    assert asked == ["maple", "maple"]
