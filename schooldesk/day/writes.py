"""Links given and taken back, "I'm here", and that a page was looked at."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from schoolday.ground.errors import SchooldayError
from schooldesk import clock, rows, scope
from schooldesk.day.models import DAYS, Feed, HouseholdDay, HouseholdLink, Look, Presence
from schooldesk.day.reads import feed_token, token_hash
from schooldesk.people.writes import record
from schooldesk.roster.models import Household


def give_link(district: str, household: int, who: str) -> str:
    """Make a fresh link for a household and return its token, which is kept nowhere; older ones stand."""
    with scope.district(district):
        if not Household.objects.filter(pk=household).exists():
            raise SchooldayError(f"there is no household {household} in {district!r}")
        token = secrets.token_urlsafe(24)
        with transaction.atomic():
            HouseholdLink(
                hash=token_hash(token),
                feed_hash=token_hash(feed_token(token)),
                household=household,
                district_id=district,
                made=clock.now(),
                made_by=who,
            ).save(force_insert=True)
            record(district, who, "link.given", household=household)
    return token


def renew_link(district: str, household: int, who: str) -> str:
    """Take back a household's links and make a fresh one in one step; return its token."""
    with transaction.atomic():
        revoke_links(district, household, who)
        return give_link(district, household, who)


def give_links(district: str, households: Sequence[int], who: str) -> list[str]:
    """Make a fresh link for each of many households, with one event for all."""
    tokens = [secrets.token_urlsafe(24) for _ in households]
    made = clock.now()
    columns = ("hash", "feed_hash", "household", "district", "made", "made_by")
    with scope.district(district), transaction.atomic():
        rows.insert(
            HouseholdLink,
            columns,
            (
                (token_hash(token), token_hash(feed_token(token)), number, district, made, who)
                for token, number in zip(tokens, households, strict=True)
            ),
        )
        record(district, who, "links.given", households=len(tokens))
    return tokens


def revoke_links(district: str, household: int, who: str) -> int:
    """Take back every link of a household, pages and calendars alike; return how many there were."""
    with scope.district(district), transaction.atomic():
        standing = HouseholdLink.objects.filter(household=household, revoked=None)
        count = standing.update(revoked=clock.now())
        if count:
            record(district, who, "links.revoked", household=household, links=count)
    return int(count)


def here(district: str, household: int, pupils: Sequence[str], day: date) -> int:
    """Store that pupils are here on a date; saying it twice changes nothing. Return how many were new."""
    statement = rows.insert_sql(
        Presence, ("district", "household", "pupil", "day", "at"), "ON CONFLICT DO NOTHING"
    )
    at = clock.now()
    with scope.district(district), transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, [(district, household, pupil, day, at) for pupil in pupils])
        count = max(cursor.rowcount, 0)
        if count:
            record(district, "family", "here", household=household, day=day.isoformat(), pupils=list(pupils))
    return count


def looked(editions: Sequence[tuple[int, str]]) -> None:
    """Store that editions of pages were opened; from now on they are what the family last saw."""
    statement = rows.insert_sql(Look, ("key", "etag"), _upsert("key", ("key", "etag")))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, editions)


PAGE = ("key", "district", "etag", "language", "turns", "head", "opening", "own", "tail", "compact", "base")
FEED = ("household", "district", "etag", "ics", "state")


def _upsert(key: str, columns: Sequence[str]) -> str:
    sets = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in (key, "district"))
    return f"ON CONFLICT ({key}) DO UPDATE SET {sets}"


def store(
    pages: Sequence[Sequence[object]], feeds: Sequence[Sequence[object]], part: int, reached: int
) -> None:
    """Store composed pages and feeds with how far their part came, in one short transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        if pages:
            cursor.executemany(rows.insert_sql(HouseholdDay, PAGE, _upsert("key", PAGE)), pages)
        if feeds:
            cursor.executemany(rows.insert_sql(Feed, FEED, _upsert("household", FEED)), feeds)
        cursor.execute(
            "UPDATE day_publishpart SET reached = %s, written = written + %s WHERE id = %s",
            [reached, len(pages) + len(feeds), part],
        )


def clear(district: str, households: Sequence[int]) -> None:
    """Take away every page and feed of some households."""
    with transaction.atomic():
        for number in households:
            HouseholdDay.objects.filter(key__gte=number * DAYS, key__lt=(number + 1) * DAYS).delete()
            Look.objects.filter(key__gte=number * DAYS, key__lt=(number + 1) * DAYS).delete()
        Feed.objects.filter(household__in=households).delete()
        record(district, "publish", "pages.cleared", households=list(households))
