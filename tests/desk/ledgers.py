"""Classes to take and weeks to certify in two districts, for tests of the ledger; nothing here is a test."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

MONDAY, TUESDAY, FRIDAY = date(2020, 9, 7), date(2020, 9, 8), date(2020, 9, 11)
FRIDAY_EVENING = "2020-09-11T16:00"


def home_of(district: str = "maple") -> Any:
    from schooldesk.roster import reads

    home = reads.district(district)
    assert home is not None
    return home


def meetings(teacher: str, school: str, day: date = TUESDAY, district: str = "maple") -> list[Any]:
    """Return a teacher's meetings of a day; call it in the district's scope."""
    from schooldesk.ledger.lines import meetings_of

    return [one for _school, one in meetings_of(home_of(district), [school], teacher, day)]


def first_meeting(teacher: str, school: str, day: date = TUESDAY, district: str = "maple") -> Any:
    from schooldesk import scope

    with scope.district(district):
        return meetings(teacher, school, day, district)[0]


def sent(pupil: str, **more: Any) -> dict[str, Any]:
    """Return an entry as a script sends it: joined from 9:00 to 9:30, unless said otherwise."""
    joined = {"kind": "joined", "first": 540, "last": 570, "minutes": 30, "code": "video"}
    return {"id": str(uuid4()), "pupil": pupil, "corrects": "", **joined, **more}


def post(client: Any, at: str, *entries: dict[str, Any], step: str = "") -> Any:
    return client.post(
        at, {"step": step or str(uuid4()), "entries": list(entries)}, content_type="application/json"
    )


def stored(district: str = "maple") -> list[Any]:
    from schooldesk import scope
    from schooldesk.ledger.models import Entry

    with scope.district(district):
        return list(Entry.objects.order_by("pk"))


def certify(teacher: str, school: str, monday: date = MONDAY, district: str = "maple") -> Any:
    """Certify a teacher's week as the teacher does, on its Friday."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from schooldesk import clock, scope
    from schooldesk.ledger import sealing, sentences
    from schooldesk.ledger.writes import By

    home = home_of(district)
    zone = ZoneInfo(home.timezone)
    with clock.at(datetime.fromisoformat(FRIDAY_EVENING).replace(tzinfo=zone)), scope.district(district):
        return sealing.certify_week(
            By(district, "teacher", teacher, zone), home, school, teacher, monday, sentences.WORDS
        )
