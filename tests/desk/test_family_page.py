"""/h/<token>/<date>/: the morning's one read."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import zlib
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schooldesk import clock, scope
from schooldesk.day import reads, request, writes
from schooldesk.day.models import DAYS, HouseholdDay
from schooldesk.day.now import insert_now
from tests.desk.conftest import FIRST, LAST, TUESDAY, Cast

pytestmark = pytest.mark.django_db


def at(cast: Cast, rest: str = "2020-09-08/") -> str:
    return f"/h/{cast.family.token}/{rest}"


def moment(day: date, minute: int) -> datetime:
    zone = ZoneInfo("America/Los_Angeles")
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)


def test_another_days_page_is_the_published_bytes(cast: Cast, client: Client) -> None:
    with scope.district("maple"):
        stored = reads.page(cast.family.number, LAST)
    assert stored is not None
    answer = client.get(at(cast, f"{LAST}/"))
    assert (answer.content, answer["ETag"]) == (stored.page.plain(), f'W/"{stored.etag}"')


def test_todays_page_tells_now_and_next_as_a_page_made_at_that_minute_does(
    cast: Cast, client: Client
) -> None:
    """The oracle reads the published page's own rows afresh; now.py's other door asks the view itself."""
    with scope.district("maple"):
        stored = reads.page(cast.family.number, TUESDAY)
    assert stored is not None
    seen = set()
    for minute in range(7 * 60, 17 * 60, 5):
        with clock.at(moment(TUESDAY, minute)):
            shown = client.get(at(cast)).content
        assert shown == insert_now(stored.page.plain(), minute), minute
        seen.add(shown)
    assert len(seen) > 10


def test_the_tag_changes_when_now_and_next_change_and_only_then(cast: Cast, client: Client) -> None:
    pages: dict[str, bytes] = {}
    for minute in range(7 * 60, 17 * 60):
        with clock.at(moment(TUESDAY, minute)):
            answer = client.get(at(cast))
        assert pages.setdefault(answer["ETag"], answer.content) == answer.content, minute
    before, after = moment(TUESDAY, 0), moment(LAST, 0)
    for other in (before - timedelta(minutes=1), after):
        with clock.at(other):
            assert client.get(at(cast)).content not in pages.values()


def test_a_page_in_another_language_tells_now_and_next_too(cast: Cast, client: Client) -> None:
    own = client.get(at(cast)).content
    other = b"es" if b'<html lang="en"' in own else b"en"
    with clock.at(moment(TUESDAY, 9 * 60)):
        assert b'id="h-now"' in client.get(at(cast, f"2020-09-08/?lang={other.decode()}")).content


def test_a_device_that_takes_deflated_pages_gets_the_same_page_in_a_third_of_the_bytes(
    cast: Cast, client: Client
) -> None:
    for minute in (7 * 60, 9 * 60 + 5, 23 * 60):
        with clock.at(moment(TUESDAY, minute)):
            plain = client.get(at(cast))
            small = client.get(at(cast), headers={"Accept-Encoding": "gzip, deflate, br"})
        assert (small["Content-Encoding"], small["Vary"]) == ("deflate", "Accept-Encoding")
        assert zlib.decompress(small.content) == plain.content
        assert len(small.content) * 3 < len(plain.content)
        assert small["ETag"] == plain["ETag"]


def test_a_device_that_refuses_deflated_pages_gets_a_plain_one(cast: Cast, client: Client) -> None:
    for accepted in ("identity", "gzip", "deflate;q=0, gzip", ""):
        answer = client.get(at(cast), headers={"Accept-Encoding": accepted})
        assert "Content-Encoding" not in answer
        assert answer.content.startswith(b"<!doctype html>")


def test_a_page_composed_on_request_has_the_bytes_of_the_published_one(cast: Cast) -> None:
    from schoolday.calendar.days import dates
    from schooldesk.roster import reads as roster

    for district in ("maple", "cedar"):
        with scope.district(district):
            home = roster.district(district)
            assert home is not None
            for number in roster.numbers(home).values():
                for day in dates(FIRST, LAST):
                    stored, made = reads.page(number, day), request.page(district, number, day, "")
                    assert stored is not None
                    assert made is not None
                    assert made == stored, (district, number, day)


def test_a_missing_row_is_composed_on_request_and_looks_the_same(cast: Cast, client: Client) -> None:
    before = client.get(at(cast)).content
    with scope.district("maple"):
        HouseholdDay.objects.filter(key=cast.family.number * DAYS + TUESDAY.toordinal()).delete()
    assert client.get(at(cast)).content == before


def test_what_the_family_has_already_costs_a_304(cast: Cast, client: Client) -> None:
    first = client.get(at(cast))
    again = client.get(at(cast), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(at(cast), headers={"If-None-Match": '"something-else"'})
    assert other.status_code == 200


def test_the_answer_stays_with_the_family(cast: Cast, client: Client) -> None:
    answer = client.get(at(cast))
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Referrer-Policy"] == "no-referrer"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not answer.cookies


def test_the_page_does_not_know_its_link(cast: Cast, client: Client) -> None:
    assert cast.family.token not in client.get(at(cast)).content.decode()


def test_the_page_needs_one_query(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get(at(cast))
    asked: list[str] = []
    inside = reads._row

    def counted(statement: str, values: Any) -> Any:
        asked.append(statement)
        with CaptureQueriesContext(connection) as others:
            row = inside(statement, values)
        asked.extend(query["sql"] for query in others if connection.vendor == "sqlite")
        return row

    monkeypatch.setattr(reads, "_row", counted)
    with CaptureQueriesContext(connection) as queries:
        client.get(at(cast))
    assert len(asked) == 1
    assert len(queries) == (0 if connection.vendor == "sqlite" else 1)


def test_another_households_link_opens_another_page(cast: Cast, client: Client) -> None:
    foreign = client.get(f"/h/{cast.foreign.token}/2020-09-08/")
    assert foreign.status_code == 200
    assert foreign.content != client.get(at(cast)).content


def test_a_revoked_link_opens_nothing_and_a_new_one_does(cast: Cast, client: Client) -> None:
    assert writes.revoke_links("maple", cast.family.number, "principal") == 1
    for rest in ("", "2020-09-08/", "more/"):
        assert client.get(at(cast, rest)).status_code == 404
    assert client.get(f"/f/{reads.feed_token(cast.family.token)}.ics").status_code == 404
    fresh = writes.give_link("maple", cast.family.number, "principal")
    assert client.get(f"/h/{fresh}/2020-09-08/").status_code == 200


def test_a_wrong_token_and_an_impossible_date_are_no_page(cast: Cast, client: Client) -> None:
    assert client.get("/h/wrong/2020-09-08/").status_code == 404
    assert client.get(at(cast, "2020-13-45/")).status_code == 404
    assert client.get(at(cast, "1999-09-08/")).status_code == 404


def test_the_link_alone_leads_to_today(cast: Cast, client: Client) -> None:
    assert client.get(at(cast, ""))["Location"] == "2020-09-08/"


@pytest.mark.parametrize(
    ("today", "wanted"),
    [("2020-09-07", "2020-09-08"), ("2020-09-12", "2020-09-14"), ("2031-01-01", "2021-06-17")],
)
def test_a_day_without_school_leads_to_the_nearest_school_day(
    today: str, wanted: str, cast: Cast, client: Client
) -> None:
    noon = datetime.fromisoformat(f"{today}T12:00").replace(tzinfo=ZoneInfo("America/Los_Angeles"))
    with clock.at(noon):
        assert client.get(at(cast, ""))["Location"] == f"{wanted}/"


def test_the_language_can_be_switched(cast: Cast, client: Client) -> None:
    own = client.get(at(cast)).content.decode()
    other = "en" if '<html lang="es"' in own else "es"
    assert f'<html lang="{other}"' in client.get(at(cast, f"2020-09-08/?lang={other}")).content.decode()


def test_a_holiday_and_a_weekend_have_pages_too(cast: Cast, client: Client) -> None:
    assert "Labor Day" in client.get(at(cast, "2020-09-07/?lang=en")).content.decode()
    assert client.get(at(cast, "2020-09-05/")).status_code == 200


def test_a_day_that_was_never_published_is_composed(cast: Cast, client: Client) -> None:
    day = date(2020, 10, 6)
    with scope.district("maple"):
        assert reads.page(cast.family.number, day) is None
    assert client.get(at(cast, f"{day}/")).status_code == 200


def test_a_kept_link_opens_home_until_it_is_revoked(cast: Cast, client: Client) -> None:
    assert client.post(at(cast, "keep/")).status_code == 302
    assert client.get("/home/")["Location"] == "2020-09-08/"
    assert client.get("/home/2020-09-08/").content == client.get(at(cast)).content
    assert client.get("/home/more/").status_code == 200
    writes.revoke_links("maple", cast.family.number, "principal")
    assert client.get("/home/2020-09-08/")["Location"] == "/"
