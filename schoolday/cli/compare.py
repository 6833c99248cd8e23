"""Compare two rosters before the new one takes the old one's place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.options import AsJson, On, Sides, Source, taken
from schoolday.cli.output import day_of, finding_json, finish, say, say_findings, say_json
from schoolday.cli.roster import roster
from schoolday.files.rosters import MOST_LOST
from schoolday.files.rosters import compare as compared

New = Annotated[
    Path, typer.Argument(metavar="NEW", exists=True, help="The roster that would take its place.")
]
Lost = Annotated[
    float, typer.Option("--most-lost", min=0, max=100, help="Percent of anything that may be missing.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Somebody has looked and wants it so: losses become advice.")
]


def register(app: typer.Typer) -> None:
    """Add this command to the commands about rosters."""
    roster.command("compare")(compare)


def compare(
    old: Source,
    new: New,
    on: On,
    sides: Sides = None,
    most_lost: Lost = MOST_LOST,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Say what a new roster has lost against the one that stands: an export may come cut short."""
    day = day_of(on)
    before, after = taken(old, day, sides), taken(new, day, sides)
    found = compared(before, after, most_lost=most_lost, forced=force)
    if as_json:
        say_json([finding_json(finding) for finding in found])
        return finish(found)
    say_findings(found)
    for name in ("schools", "pupils", "staff", "sections", "enrollments", "households", "services"):
        say(f"{name}: {len(getattr(before, name)):,} before, {len(getattr(after, name)):,} now")
    say("Nothing of weight is missing." if not found else "Look at the new roster before taking it in.")
    return finish(found)
