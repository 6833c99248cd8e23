"""What the morning reads: one row by its key, opened by a link.

The link and the page are read in one statement of two primary keys. These are the desk's only queries that
no scope surrounds: the token is what says which district's household may be seen.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, connections

from schooldesk.day.models import DAYS, Feed, HouseholdDay
from schooldesk.day.packed import Packed


class Stored(NamedTuple):
    """A page as it was published; `turns` says where its now and next stand (see now.py)."""

    etag: str
    language: str
    turns: bytes
    page: Packed


class StoredFeed(NamedTuple):
    """A calendar as it was published, packed."""

    etag: str
    piece: bytes


class Family(NamedTuple):
    """A household that an unrevoked link opened, with the published page of the date asked for, if any."""

    link: str
    district: str
    household: int
    stored: Stored | None


class Subscriber(NamedTuple):
    """A household whose calendar an unrevoked address opened, with the published calendar, if any."""

    district: str
    household: int
    stored: StoredFeed | None


_PAGE = """
SELECT l.hash, l.district_id, l.household, d.etag, d.language, d.turns, d.head, d.opening, d.own, d.tail
FROM day_householdlink l
LEFT JOIN day_householdday d ON d.key = l.household * 1000000 + %s
WHERE l.hash = %s AND l.revoked IS NULL
"""
_FEED = """
SELECT l.district_id, l.household, f.etag, f.ics
FROM day_householdlink l
LEFT JOIN day_feed f ON f.household = l.household
WHERE l.feed_hash = %s AND l.revoked IS NULL
"""


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_token(token: str) -> str:
    """Return the calendar's token of a link: made from the page's, which it does not give away."""
    return hmac.digest(token.encode(), b"schoolday calendar", "sha256").hex()[:40]


def open_link(token: str, day: date | None) -> Family | None:
    """Return the family that an unrevoked link opens, with the page of a date."""
    row = _row(_PAGE, (day.toordinal() if day else 0, token_hash(token)))
    return None if row is None else Family(*row[:3], None if row[3] is None else _stored(*row[3:]))


def open_feed(token: str) -> Subscriber | None:
    """Return the household whose calendar a token opens, with the calendar."""
    row = _row(_FEED, (token_hash(token),))
    if row is None:
        return None
    return Subscriber(*row[:2], None if row[2] is None else StoredFeed(row[2], bytes(row[3])))


def _stored(etag: str, language: str, turns: bytes, *pieces: bytes) -> Stored:
    # PostgreSQL's driver gives views of memory, SQLite's bytes.
    return Stored(etag, language, bytes(turns), Packed._make(map(bytes, pieces)))


_MARKED = {statement: statement.replace("%s", "?") for statement in (_PAGE, _FEED)}


def _row(statement: str, values: Sequence[object]) -> tuple[Any, ...] | None:
    """Return one row; on SQLite past Django's cursor, whose wrapping costs more than the read itself."""
    database = connections["default"]
    if database.vendor == "sqlite":
        if database.connection is None:
            database.ensure_connection()
        return database.connection.execute(_MARKED[statement], values).fetchone()  # type: ignore[no-any-return]
    with database.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return None if row is None else tuple(row)


def page(household: int, day: date) -> Stored | None:
    """Return a household's published page of a date."""
    found = HouseholdDay.objects.filter(key=household * DAYS + day.toordinal())
    row = found.values_list("etag", "language", "turns", "head", "opening", "own", "tail").first()
    return None if row is None else _stored(*row)


def base(household: int, day: date) -> bytes:
    """Return the day that a household's page tells its changes from; empty where nothing was seen yet."""
    found = HouseholdDay.objects.filter(key=household * DAYS + day.toordinal())
    return bytes(found.values_list("base", flat=True).first() or b"")


def feed_state(household: int) -> tuple[bytes, bytes]:
    """Return a household's feed and its state, both empty where none was published."""
    row = Feed.objects.filter(household=household).values_list("ics", "state").first()
    return (bytes(row[0]), bytes(row[1])) if row else (b"", b"")


def published(day: date, numbers: Sequence[int]) -> dict[int, tuple[str, bytes, bytes, bool]]:
    """Return etag, compact, base and whether it was opened, of many households' pages of a date, by key."""
    return _many(
        "SELECT d.key, d.etag, d.compact, d.base, CASE WHEN l.etag = d.etag THEN 1 ELSE 0 END "
        "FROM day_householdday d LEFT JOIN day_look l ON l.key = d.key WHERE d.key IN",
        [number * DAYS + day.toordinal() for number in numbers],
    )


def feeds(numbers: Sequence[int]) -> dict[int, tuple[str, bytes, bytes, bool]]:
    """Return etag, calendar and state of many households' feeds, by number."""
    return _many("SELECT household, etag, ics, state, 1 FROM day_feed WHERE household IN", numbers)


def _many(statement: str, keys: Sequence[int]) -> dict[int, tuple[str, bytes, bytes, bool]]:
    # The keys belong to one district. Were it named besides, SQLite would walk through all its rows.
    if not keys:
        return {}
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ({marks})", list(keys))
        return {row[0]: (row[1], bytes(row[2]), bytes(row[3]), bool(row[4])) for row in cursor}


# SQLite keeps to the order of a cross join. Left to choose, it walked through all pupils of the district:
# 60 ms of CPU for each "I'm here", and with 70 of them a second nobody's page came any more.
_CHILDREN = """
SELECT p.sourced, p.given
FROM roster_district d
CROSS JOIN roster_household h
CROSS JOIN roster_pupil p
WHERE d.id = %s AND h.number = %s AND h.district_id = d.id
AND p.version_id = d.roster_id AND p.home = h.sourced
ORDER BY p.place
"""


def children(district: str, household: int) -> list[tuple[str, str]]:
    """Return the id and the given name of each pupil of a household."""
    with connection.cursor() as cursor:
        cursor.execute(_CHILDREN, [district, household])
        return [(row[0], row[1]) for row in cursor.fetchall()]


def feed_households(district: str) -> list[int]:
    """Return the numbers of the households that have a feed."""
    return list(Feed.objects.filter(district=district).values_list("household", flat=True))
