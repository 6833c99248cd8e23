"""The pages after an emergency at the demonstration district's size: seconds for each, of one process.

    python -m benchmarks.emergency

The district is taken in as any other, into a folder that is thrown away; a flood of 2026 concerns all its
schools. Three families of four are reached and two of three pupils are offered instruction (made up), and
every pupil of the largest school has an agreement that was sent. Each page is asked for five times as its
reader would; the median and the slowest are printed, and the median of the processor's seconds, which
other work on the machine does not change much.
"""

# ruff: noqa: PLC0415 - Django must be set up first

from __future__ import annotations

import os
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import date
from typing import Any

TIMES = 5
YEAR = (date(2026, 8, 13), date(2027, 6, 4), {date(2026, 9, 7): "Labor Day"})
PASSWORD = "correct horse battery"


def main() -> None:
    """Print the seconds of each page."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "schooldesk.settings", "SCHOOLDESK_VAR": folder,
            "SCHOOLDESK_NOW": "2026-09-11T12:00", "SCHOOLDESK_ZONE": "America/Los_Angeles",
        }  # fmt: skip
        import django

        django.setup()
        number, school, pupil = _flooded()
        _measure(number, school, pupil)


def _flooded() -> tuple[int, str, str]:
    """Take the district in, flood it, and return the flood's number, the largest school and a pupil."""
    from collections import Counter

    from django.core.management import call_command

    from schoolday.calendar.days import Calendar
    from schoolday.emergency.clocks import Contact, Emergency, Offer
    from schoolday.sample import sacramento, sacramento_facts
    from schooldesk import scope, taking
    from schooldesk.emergency import writes
    from schooldesk.emergency.writes import By
    from schooldesk.people.writes import add_staff

    roster = replace(sacramento(sacramento_facts()), calendar=Calendar(*YEAR))
    call_command("migrate", verbosity=0)
    taking.take(roster, None, who="benchmark")
    school = Counter(one.school for one in roster.pupils.values()).most_common(1)[0][0]
    pupil = next(one.id for one in roster.pupils.values() if one.school == school)
    teacher = _teacher(roster, pupil)
    add_staff(roster.district, "planner", PASSWORD, "planner")
    add_staff(roster.district, "principal", PASSWORD, "principal", schools=(school,))
    add_staff(roster.district, "teacher", PASSWORD, "teacher", sourced=teacher)
    with scope.district(roster.district):
        from zoneinfo import ZoneInfo

        by = By(roster.district, "planner", ZoneInfo(roster.timezone))
        row = writes.start(by, Emergency("flood", "flood", date(2026, 9, 4), "made up"))
        days = (date(2026, 9, 5), date(2026, 9, 8), date(2026, 9, 10))
        ids = list(roster.pupils)
        tries = [
            Contact(one, days[at % 3], "phone", "Kim", answered=at % 4 > 0) for at, one in enumerate(ids)
        ]
        offers = [Offer(one, days[at % 2 + 1], "distance", "Lee") for at, one in enumerate(ids) if at % 3]
        began = time.perf_counter()
        writes.add_many(by, row, "calls.csv", tries, offers)
        print(f"{len(tries) + len(offers):,} rows taken down at once: {time.perf_counter() - began:.1f} s")
    _agree(row, school, teacher)
    print(f"{len(ids):,} pupils, {len(roster.schools)} schools, the largest of {_size(roster, school):,}")
    return row.pk, school, pupil


def _agree(row: Any, school: str, teacher: str) -> None:  # noqa: ANN401
    """Make and send agreements for every pupil of the largest school, as its planner would."""
    from schooldesk.emergency.sentences import PARTS

    many = f"/d/scusd-demo/emergencies/{row.pk}/"
    form = dict.fromkeys(PARTS, "As in class.") | {
        "school": school, "whom": "", "teacher": teacher, "manager": teacher,
        "first": "2026-09-11", "last": "2026-09-25",
    }  # fmt: skip
    client, began = _client("planner"), time.perf_counter()
    answer = client.post(f"{many}agreements/", form)
    print(f"agreements made: {answer.headers['Location']}, {time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    answer = client.post(f"{many}many/", {"do": "send", "row": "2"})
    print(f"agreements sent: {answer.headers['Location']}, {time.perf_counter() - began:.1f} s")


def _size(roster: Any, school: str) -> int:  # noqa: ANN401 - the roster's type loads with Django
    return sum(one.school == school for one in roster.pupils.values())


def _teacher(roster: Any, pupil: str) -> str:  # noqa: ANN401
    sections = {row.section for row in roster.enrollments if row.pupil == pupil}
    return str(next(row.staff for row in roster.teaching if row.section in sections))


def _measure(number: int, school: str, pupil: str) -> None:
    home = "/d/scusd-demo/emergencies/"
    at = f"{home}{number}/"
    pages = (
        ("planner", home), ("planner", at), ("planner", f"{at}?school={school}"),
        ("planner", f"{at}?school={school}&still=contact&page=3"), ("principal", at),
        ("planner", f"{at}pupils/{pupil}/"), ("planner", f"{at}many/"), ("planner", f"{at}evidence/"),
        ("planner", f"{at}evidence.zip"), ("planner", f"{at}evidence/?school={school}"),
        ("planner", f"{at}evidence.zip?school={school}"), ("teacher", f"{home}mine/"),
        ("planner", f"{at}agreements/?school={school}"),
        ("planner", "/d/scusd-demo/agreements/"),
    )  # fmt: skip
    print(f"{'who':9}  {'address':50}   median  slowest  processor      bytes")
    for who, address in pages:
        answers = [_asked(who, address) for _ in range(TIMES)]
        spent = [one[0] for one in answers]
        work = statistics.median(one[1] for one in answers)
        said = f"{statistics.median(spent):7.2f} {max(spent):8.2f} {work:10.2f} {answers[0][3]:10,}"
        print(f"{who:9}  {address:50}  {said}  {answers[0][2]}", flush=True)


def _client(who: str) -> Any:  # noqa: ANN401
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.get(username=who))
    return client


def _asked(who: str, address: str) -> tuple[float, float, int, int]:
    """Return the seconds by the clock and of the processor, the status and the bytes of an answer."""
    client = _client(who)
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(address)
    body = answer.content
    return time.perf_counter() - began, time.process_time() - worked, answer.status_code, len(body)


if __name__ == "__main__":
    main()
