"""What is done: a class taken, a week certified and sealed, a platform's file brought."""

# ruff: noqa: PLC0415 - Django must be set up first

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from benchmarks.desk_pages.asked import OPEN, a_meeting, asked, client, sourced
from benchmarks.desk_pages.laid import timed

LINES = 20_000
"""Lines of a platform's file."""


def acts(stage: Any, big: str) -> None:  # noqa: ANN401
    """Take a class, certify and seal a week, bring a platform's file: as a teacher of the largest school."""
    busy = sourced("busy")
    at = a_meeting(stage, big, busy)
    _act("take the class: one form with everybody in it", "busy", at, _form(at))
    week = f"/d/{stage.home.pk}/week/{big}/{busy}/{OPEN}/"
    _act("certify and seal one teacher's week", "busy", week, {"agreed": "yes"})
    _bring(stage, big, busy)


def _act(what: str, who: str, address: str, form: dict[str, Any]) -> None:
    spent, work, status, _many, _size = asked(who, address, form)
    print(f"{what:50} {spent:6.2f} {'':15} {work:9.2f} {'':7} {status}", flush=True)


def _form(at: str) -> dict[str, str]:
    """Return the form of a class as the page proposes it: everybody there."""
    page = client("busy").get(at).content.decode()
    step = re.search(r'name="step" value="([^"]+)"', page)
    assert step is not None
    return {"step": step[1], **dict.fromkeys(re.findall(r'name="(how-[^"]+)"', page), "here")}


def _bring(stage: Any, big: str, busy: str) -> None:  # noqa: ANN401
    """Read and store a platform's file of many lines: each pupil of a class many times in and out."""
    from schooldesk import scope
    from schooldesk.ledger import brought, may
    from schooldesk.people.models import Staff

    with scope.district(stage.home.pk):
        staff = Staff.objects.get(user__username="busy")
        activity, day = a_meeting(stage, big, busy).split("/")[4:6]
        of = may.taught(staff, activity, date.fromisoformat(day) - timedelta(days=1))
        assert of is not None
        accounts, file = _platform_file(of)
        with timed(f"read a platform's file of {LINES:,} lines") as done:
            read = brought.read(
                stage.by(busy), of, "zoom", ("zoom.csv", file), ("accounts.csv", accounts), []
            )
            done.number = len(read.entries or ())
        assert read.entries is not None, read.findings[:3]
        with timed("of its entries stored") as done:
            done.number = brought.store(stage.by(busy), read.entries, file).new


def _platform_file(of: Any) -> tuple[bytes, bytes]:  # noqa: ANN401
    """Return accounts and a file in which everybody comes and goes for seconds, all day long."""
    pupils = sorted(of.own)
    accounts = "pupilId,email\n" + "".join(f"{one},{one}@school.example\n" for one in pupils)
    lines = ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)"]
    for number in range(LINES):
        who, round_ = pupils[number % len(pupils)], number // len(pupils)
        start = 6 * 3600 + round_ * 75
        join, leave = _moment(of.day, start), _moment(of.day, start + 60)
        lines.append(f"{who},{who}@school.example,{join},{leave},1")
    return accounts.encode(), ("\n".join(lines) + "\n").encode()


def _moment(day: date, seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    half = "AM" if hours < 12 else "PM"
    return f"{day:%m/%d/%Y} {(hours - 1) % 12 + 1:02}:{rest // 60:02}:{rest % 60:02} {half}"
