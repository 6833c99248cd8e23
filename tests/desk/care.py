"""Services and re-engagement of two districts, for tests of their pages; nothing here is a test."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

ZONE = ZoneInfo("America/Los_Angeles")
"""A Friday afternoon, so that a whole week can be signed."""
PASSWORD = "correct horse battery"
PROVIDER, COUNSELOR = "maple-t0013", "maple-t0014"
GROUP = {"maple-p01": "maple-v00001", "maple-p26": "maple-v00002"}
ABSENT_WEEK = (8, 9, 10, 11)
PLAN = """rule,step,tier,owner,within,unit,leastDays,source
ca.distance.reengagement,verify_contacts,1,attendance-clerk,1,school_days,,Board policy (made up)
ca.distance.reengagement,notify_parent,1,attendance-clerk,1,school_days,,Board policy (made up)
ca.distance.reengagement,outreach,2,counselor,3,school_days,,Board policy (made up)
ca.distance.reengagement,return_in_person,3,principal,10,school_days,,Board policy (made up)
ca.chronic_absence.tenth,conference,1,counselor,10,school_days,20,Board policy (made up)
ca.truancy.three,tell_truancy,1,attendance-clerk,3,school_days,,Board policy (made up)
"""

AT = "/d/maple/services/"
HELD = {
    "do": "record", "activity": "maple-g0001", "day": "2020-09-09", "start": "09:00", "minutes": "30",
    "once": "form-0001", "note": "",
}  # fmt: skip
ALL = {f"o-{service}": "delivered" for service in GROUP.values()}
TERMS = "serviceId,minutes,times,per,mode,beginDate,endDate,emergency\n"


def people() -> None:
    """Make accounts of providers, clerks and case managers in both districts."""
    from schooldesk.people.writes import add_staff

    add_staff("maple", "provider", PASSWORD, "provider", sourced=PROVIDER)
    add_staff("maple", "counselor", PASSWORD, "provider", sourced=COUNSELOR)
    add_staff("maple", "clerk", PASSWORD, "clerk", schools=("maple-elementary",))
    add_staff("maple", "far-clerk", PASSWORD, "clerk", schools=("maple-secondary",))
    add_staff("maple", "cases", PASSWORD, "cases", schools=("maple-elementary",))
    add_staff("cedar", "foreign-clerk", PASSWORD, "clerk", schools=("cedar-elementary",))
    add_staff("cedar", "foreign-provider", PASSWORD, "provider", sourced="cedar-t0009")


def by(district: str = "maple", who: str = "clerk") -> Any:
    from schooldesk.ledger.writes import By

    return By(district, who, who, ZONE)


def written_plan(district: str = "maple") -> None:
    """Bring a district's written plan."""
    from schooldesk import scope
    from schooldesk.ledger.sheets import writes
    from schooldesk.roster import reads

    with scope.district(district):
        home = reads.district(district)
        assert home is not None
        assert writes.bring(by(district), home, "tiers.csv", PLAN.encode()).findings == ()


def certify(pupil: str, days: Iterable[int], code: str = "absent", district: str = "maple") -> list[Any]:
    """Certify days of September 2020 as one would by a file: each on its own afternoon."""
    from schoolday.ledger.entry import Entry, EntryKind
    from schooldesk import clock, scope
    from schooldesk.ledger.writes import enter
    from schooldesk.roster import reads

    made = []
    with scope.district(district):
        home = reads.district(district)
        assert home is not None
        who = reads.pupil(home, pupil)
        assert who is not None
        for day in days:
            on = date(2020, 9, day)
            at = datetime.combine(on, time(15), ZONE)
            entry = Entry(
                f"att-{pupil}-{day}", EntryKind.ATTENDANCE, pupil, on, who.school, "", None, None, None, code,
                "", "teacher", at, "", "desk",
            )  # fmt: skip
            with clock.at(at):
                enter(by(district, "teacher"), [entry], f"att-{pupil}-{day}")
            made.append(entry)
    return made


def told(answer: Any) -> str:
    """Return the words of a page without its marks."""
    page = re.sub(r"<head>.*?</head>", "", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page))).replace("\xa0", " ")


def entries(district: str = "maple", **where: Any) -> list[Any]:
    """Return what is stored of the ledger."""
    from schooldesk import scope
    from schooldesk.ledger.models import Entry

    with scope.district(district):
        return list(Entry.objects.filter(**where).order_by("pk"))


def once(answer: Any, after: str = "") -> str:
    """Return a form's own name, of the first form after some words."""
    page = answer.content.decode()
    page = page[page.index(after) :] if after else page
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def standing(district: str = "maple") -> list[Any]:
    """Return what stands of services in a district."""
    found = entries(district, kind="service")
    gone = {row.corrects for row in found}
    return [row for row in found if row.entry not in gone and row.code != "withdrawn"]


def the_one(**where: Any) -> Any:
    """Return the one meeting of a service that stands with some values."""
    (row,) = [row for row in standing() if all(getattr(row, key) == value for key, value in where.items())]
    return row


def send(client: Client, name: str, text: str) -> Any:
    """Bring one of the sheets."""
    file = SimpleUploadedFile(name, text.encode())
    return client.post("/d/maple/sheets/", {"do": "send", "name": name, "file": file})
