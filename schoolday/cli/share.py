"""Commands that hand the plan on: calendar feeds, and rows for other programs."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer

from schoolday.calendar.days import dates
from schoolday.cli.output import bar, day_of, say
from schoolday.cli.plan import Adopt, Books, Folder, From, book
from schoolday.cli.roster import taken
from schoolday.files.plans import read_plan
from schoolday.timetable.dates import Dates
from schoolday.timetable.rows import rows

First = Annotated[str, typer.Option("--from", help="The first date.")]
Until = Annotated[str, typer.Option("--until", help="The last date.")]
Out = Annotated[Path, typer.Option("--out", help="Where to write.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("export")(export)


def export(
    source: From, folder: Folder, first: First, until: Until, out: Out, rules: Books = None, adopt: Adopt = ""
) -> None:
    """Write the plan's minutes as CSV: pupil, date, activity, kind, minutes, origin."""
    made = read_plan(folder)
    at = Dates(taken(source, made.day.isoformat()), book(rules, adopt))
    span = [day for day in dates(day_of(first), day_of(until)) if at.plans(day)]
    number = 0
    part = out.with_suffix(out.suffix + ".part")
    with part.open("w", newline="", encoding="utf-8") as file, bar() as progress:
        task = progress.add_task("dates", total=len(span))
        writer = csv.writer(file)
        writer.writerow(("pupil", "date", "activity", "kind", "minutes", "origin"))
        for day in span:
            for school_day in at.school_days(made, day):
                for row in rows(school_day):
                    writer.writerow(
                        (
                            row.pupil,
                            row.day.isoformat(),
                            row.activity,
                            row.kind.value,
                            row.minutes,
                            row.origin,
                        )
                    )
                    number += 1
            progress.advance(task)
    part.replace(out)
    say(f"{out}: {number:,} rows for {len(span)} dates.")
