"""A flood of 2026 in two districts, for tests of the pages after an emergency; nothing here is a test."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schooldesk import scope

ZONE = ZoneInfo("America/Los_Angeles")
NOW = "2026-09-09T12:00"
YEAR = {
    "first": "2026-08-13",
    "last": "2027-06-04",
    "holidays": {"2026-09-07": "Labor Day"},
    "preparation": {},
    "short": {},
}
PARTS = {
    "submission": "By the learning platform each Friday; we call each Tuesday.",
    "objectives": "The standards of the grade; by the district's rubric.",
    "resources": "Books, a laptop and a hotspot.",
    "assignments": "One week; three missed ones.",
    "credits": "As in class.",
    "supports": "Speech by video; a counselor on call.",
}


AT = "/d/maple/emergencies/"
TRY = {"do": "contact", "of": "contact", "at": "2026-09-05", "at-time": "", "how": "phone", "by": "Kim"}
HEAD = "pupilId,at,how,by,answered,note\n"


def later() -> None:
    """Move the standing rosters' calendars to a year whose law knows the clocks."""
    from schooldesk import scope
    from schooldesk.roster.models import RosterVersion

    with scope.district(scope.EVERY):
        for version in RosterVersion.objects.all():
            version.rest = version.rest | {"calendar": YEAR}
            version.save()


def by(district: str = "maple", who: str = "planner") -> Any:
    from schooldesk.emergency.writes import By

    return By(district, who, ZONE)


def flood(district: str = "maple", *, began: date = date(2026, 9, 4), schools: tuple[str, ...] = ()) -> Any:
    """Start a flood in a district, and return its row."""
    from schoolday.emergency.clocks import Emergency
    from schooldesk import scope
    from schooldesk.emergency import writes

    with scope.district(district):
        event = Emergency(f"flood-{began}-{len(schools)}", "flood", began, "Board minutes", None, schools)
        return writes.start(by(district), event)


def agreement(row: Any, pupil: str, teacher: str, days: tuple[date, date], *, sent: bool = True) -> Any:
    """Make an agreement for a pupil, and return its row."""
    from schooldesk import scope
    from schooldesk.emergency import writes

    with scope.district(row.district_id):
        writer = by(row.district_id)
        text = writes.Made(pupil, teacher, "", f"What {pupil} agreed.\n")
        made = writes.add_agreement(writer, row, days, PARTS, text)
        if sent:
            writes.mark(writer, row.pk, "agreement", made.pk, "sent")
    return made


def count(model: Any, district: str = "maple") -> int:
    """Return how many rows of a table a district has."""
    with scope.district(district):
        return int(model.objects.count())


def pupils(school: str = "") -> list[str]:
    """Return the ids of Maple’s pupils, of all or of a school."""
    from schooldesk.roster import reads

    with scope.district("maple"):
        home = reads.district("maple")
        assert home is not None
        return list(reads.pupils(home, [school] if school else None))


def send(client: Client, row: Any, text: str, kind: str = "contacts") -> Any:
    """Bring a file of tries or offers."""
    file = SimpleUploadedFile("calls.csv", text.encode())
    return client.post(f"{AT}{row.pk}/many/", {"do": "file", "kind": kind, "file": file})
