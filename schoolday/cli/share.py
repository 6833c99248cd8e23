"""Hand the plan on to other programs as rows of minutes."""

from __future__ import annotations

import csv
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
from schoolday.cli.output import progress, say, say_json
from schoolday.timetable.rows import rows

Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The CSV file to write.")]
HEADER = ("pupil", "date", "activity", "kind", "minutes", "origin")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("export")(export)


def export(
    source: Source,
    folder: Folder,
    first: First,
    until: Until,
    out: Out,
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    adopt: Adopt = "",
    as_json: AsJson = False,
) -> None:
    """Write the plan's minutes as CSV: pupil, date, activity, kind, minutes, origin.

    The file is written whole or not at all.
    """
    at, made, days = opened(source, folder, first, until, sides, book(rules, what_if, adopt))
    number = 0
    part = out.with_name(out.name + ".part")
    try:
        with (
            part.open("w", newline="", encoding="utf-8") as file,
            progress("export", len(days), "dates") as on,
        ):
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for day in days:
                for school_day in at.school_days(made, day):
                    for row in rows(school_day, at.roster):
                        told = (row.pupil, row.day.isoformat(), row.activity, row.kind.value)
                        writer.writerow((*told, row.minutes, row.origin))
                        number += 1
                on(1)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    if as_json:
        say_json({"file": str(out), "rows": number, "dates": days})
    else:
        say(f"{out}: {number:,} rows for {len(days)} dates.")
