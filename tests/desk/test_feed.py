"""/f/<token>.ics: the household's calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import import_module

import icalendar
import pytest
from django.apps import apps
from django.test import Client

from schooldesk import clock, scope
from schooldesk.day.models import Feed
from schooldesk.day.packed import unpacked
from schooldesk.day.publish import publish
from schooldesk.day.reads import feed_token
from tests.desk.conftest import Cast

pytestmark = pytest.mark.django_db


def at(cast: Cast) -> str:
    return f"/f/{feed_token(cast.family.token)}.ics"


def events(content: bytes) -> dict[str, icalendar.Event]:
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def test_a_calendar_library_reads_it(cast: Cast, client: Client) -> None:
    answer = client.get(at(cast))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = events(answer.content)
    assert {event["DTSTART"].dt.date() for event in found.values()} == {
        date(2020, 9, day) for day in (3, 4, 8, 9, 10, 11)
    }


def test_what_the_calendar_has_already_costs_a_304(cast: Cast, client: Client) -> None:
    first = client.get(at(cast))
    assert client.get(at(cast), headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_pages_token_does_not_open_the_calendar_nor_the_other_way(cast: Cast, client: Client) -> None:
    assert client.get(f"/f/{cast.family.token}.ics").status_code == 404
    assert client.get(f"/h/{feed_token(cast.family.token)}/2020-09-08/").status_code == 404


def test_publishing_other_dates_keeps_those_the_feed_had(cast: Cast, client: Client) -> None:
    before = events(client.get(at(cast)).content)
    publish("maple", date(2020, 9, 14), date(2020, 9, 14), who="test")
    after = events(client.get(at(cast)).content)
    assert set(before) < set(after)
    assert all(after[uid].to_ical() == event.to_ical() for uid, event in before.items())
    starts = [event["DTSTART"].dt for event in after.values()]
    assert starts == sorted(starts)


def test_publishing_last_years_dates_again_keeps_the_other_dates_of_that_year(
    cast: Cast, client: Client
) -> None:
    before = events(client.get(at(cast)).content)
    with clock.at(datetime(2026, 11, 26, 12, 0, tzinfo=UTC)):
        publish("maple", date(2020, 9, 10), date(2020, 9, 10), who="test")
        publish("maple", date(2020, 9, 5), date(2020, 9, 5), who="test")
    after = events(client.get(at(cast)).content)
    assert set(after) == set(before)


def test_a_feed_that_was_never_published_is_composed(cast: Cast, client: Client) -> None:
    with scope.district("maple"):
        Feed.objects.all().delete()
    answer = client.get(at(cast))
    assert events(answer.content)
    assert client.get(at(cast), headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_feeds_of_before_they_were_packed_are_kept_by_the_migration(cast: Cast, client: Client) -> None:
    migration = import_module("schooldesk.day.migrations.0003_pages_in_pieces")
    before = client.get(at(cast)).content
    with scope.district("maple"):
        for feed in Feed.objects.all():
            Feed.objects.filter(pk=feed.pk).update(ics=unpacked(feed.ics), state=unpacked(feed.state))
        migration.pack_feeds(apps, None)
    assert client.get(at(cast)).content == before
    assert publish("maple", date(2020, 9, 8), date(2020, 9, 8), who="test").written == 0
