"""Write a calendar feed for every household, and keep beside them what each feed held."""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.options import (
    Adopt,
    AsJson,
    Books,
    First,
    Folder,
    Sides,
    Source,
    Until,
    WhatIf,
    book,
    opened,
)
from schoolday.cli.output import day_of, progress, say, say_json
from schoolday.day import Names, people_index
from schoolday.files.ics import FeedWriter, Kept, wanted
from schoolday.ground.errors import SchooldayError
from schoolday.ground.ids import stable_id
from schoolday.roster import Household, Roster
from schoolday.timetable.meeting import Meeting

STATE = ".state"
"""The folder beside the feeds: for each household what its feed held, so that the next one rises from it."""

Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The folder to write the feeds to.")]
Moment = Annotated[
    str,
    typer.Option(
        "--moment",
        metavar="MOMENT",
        help="When these feeds are published, as 2020-09-04T18:00; when the plan was written if left out.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("feeds")(feeds)


def feeds(
    source: Source,
    folder: Folder,
    first: First,
    until: Until,
    out: Out,
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    adopt: Adopt = "",
    moment: Moment = "",
    as_json: AsJson = False,
) -> None:
    """Write a calendar feed (.ics) for every household; feeds that did not change keep their bytes.

    A feed covers the dates given. Run again after a change, moved meetings rise in sequence and meetings
    that are gone stay as cancelled.
    """
    at, made, days = opened(source, folder, first, until, sides, book(rules, what_if, adopt))
    when = _moment(moment, folder)
    _own_folder(out, at.roster.district)
    meetings: dict[str, list[Meeting]] = defaultdict(list)
    for day in days:
        for pupil, laid in people_index(at.school_days(made, day)).pupils.items():
            meetings[pupil] += laid.meetings
    maker = _Feeds(out, at.roster, meetings, (day_of(first), day_of(until)), when)
    written = 0
    with progress("feeds", len(at.roster.households), "households") as advance:
        for house in at.roster.households.values():
            written += maker.write(house)
            advance(1)
    gone = maker.clear()
    if as_json:
        say_json(
            {"folder": str(out), "feeds": len(at.roster.households), "written": written, "removed": gone}
        )
    else:
        removed = f", {gone} of households no longer on the roster removed" if gone else ""
        say(
            f"{out}: {len(at.roster.households):,} feeds for {len(days)} dates, {written:,} written{removed}."
        )


@dataclass
class _Feeds:
    """The feeds of one district in a folder, in the making."""

    out: Path
    roster: Roster
    meetings: dict[str, list[Meeting]]
    span: tuple[date, date]
    moment: datetime

    def __post_init__(self) -> None:
        names = {person.id: person.name for person in self.roster.staff.values()}
        self.writer = FeedWriter(timezone=self.roster.timezone, names=Names(names))
        self.kept: set[str] = set()

    def write(self, house: Household) -> bool:
        """Write a household's feed and its state; return whether the feed changed."""
        name = file_name(house.id)
        self.kept.add(name)
        state = self.out / STATE / f"{name}.json"
        first, last = self.span
        mine = wanted(self._children(house))
        now, events = self.writer.next_state(_state(state), mine, moment=self.moment, first=first, last=last)
        text = self.writer.feed(events, name=self.roster.name).encode("utf-8", "replace")
        # The state goes first: stopped in between, the next run makes the same feed from it.
        _replace(state, json.dumps(now, separators=(",", ":")).encode())
        return _replace(self.out / f"{name}.ics", text)

    def _children(self, house: Household) -> Iterator[tuple[str, list[Meeting]]]:
        for pupil in house.pupils:
            yield self.roster.pupils[pupil].given, self.meetings.get(pupil, [])

    def clear(self) -> int:
        """Remove the feeds of households that are no longer on the roster; return how many."""
        gone = [file for file in sorted((self.out / STATE).glob("*.json")) if file.stem not in self.kept]
        for file in gone:
            (self.out / f"{file.stem}.ics").unlink(missing_ok=True)
            file.unlink()
        return len(gone)


def file_name(household: str) -> str:
    """Return the name of a household's files; an id that no file may have is made into one."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}", household):
        return household
    return f"h-{stable_id(household, size=20)}"


def _moment(text: str, folder: Path) -> datetime:
    """Return the moment of publication, in universal time where no zone is said."""
    if not text:
        return datetime.fromtimestamp(int((folder / "plan.json").stat().st_mtime), UTC)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise SchooldayError(f"{text!r} is no moment; write it as 2020-09-04T18:00") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _own_folder(out: Path, district: str) -> None:
    """Make the folder; refuse one that holds another district's feeds."""
    (out / STATE).mkdir(parents=True, exist_ok=True)
    mark = out / STATE / "district"
    there = mark.read_text(encoding="utf-8") if mark.exists() else district
    if there != district:
        raise SchooldayError(f"{out} holds the feeds of the district {there!r}; choose another --out")
    _replace(mark, district.encode())


def _state(file: Path) -> dict[str, Kept]:
    if not file.exists():
        return {}
    try:
        return {uid: Kept(*row) for uid, row in json.loads(file.read_bytes()).items()}
    except (ValueError, TypeError, AttributeError):
        raise SchooldayError(
            f"{file}: this is no state of a feed; remove it, and its feed starts anew"
        ) from None


def _replace(file: Path, content: bytes) -> bool:
    """Write a file whole or not at all; return whether it differs from what stood."""
    if file.exists() and file.read_bytes() == content:
        return False
    part = file.with_name(file.name + ".part")
    part.write_bytes(content)
    os.replace(part, file)
    return True
