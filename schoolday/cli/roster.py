"""Commands about rosters: make a sample, check one, write one out as OneRoster 1.2."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.output import (
    SHOWN,
    AsJson,
    counts,
    day_of,
    finding_json,
    finish,
    say,
    say_findings,
    say_json,
)
from schoolday.files.rosters import RosterReading, read_roster, write_roster
from schoolday.ground.errors import RosterRefused
from schoolday.roster import Roster
from schoolday.sample.write import write_sample

roster = typer.Typer(
    no_args_is_help=True, help="Rosters: OneRoster files and side files.", pretty_exceptions_enable=False
)

From = Annotated[Path, typer.Argument(help="A folder or zip of OneRoster CSV files, 1.1 or 1.2.")]
On = Annotated[str, typer.Option("--on", help="The date that the roster is read for, as 2020-09-08.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(roster, name="roster")
    app.command("sample")(sample)


def sample(name: Annotated[str, typer.Argument(help="sacramento, maple or cedar")], out: Path) -> None:
    """Write a made-up district as OneRoster 1.2 with its side files."""
    write_sample(name, out)
    say(f"{out}: {name} written.")


@roster.command("check")
def check(source: From, on: On, shown: int = SHOWN, as_json: AsJson = False) -> None:
    """Read a roster and name every fault by file, row and column; nothing is changed."""
    reading = read_roster(source, day=day_of(on))
    if as_json:
        say_json(
            {
                "taken": reading.roster is not None,
                "version": reading.version,
                "counts": reading.counts,
                "findings": [finding_json(finding) for finding in reading.findings],
            }
        )
        return finish(reading.findings)
    say_findings(reading.findings, shown)
    say(_summary(reading))
    return finish(reading.findings)


@roster.command("write")
def write(source: From, out: Path, on: On) -> None:
    """Write a roster out as OneRoster 1.2 bulk files, with the side files beside them."""
    write_roster(taken(source, on), out)
    say(f"{out}: written as OneRoster 1.2.")


def taken(source: Path, on: str) -> Roster:
    """Return a roster, or raise RosterRefused after printing what is wrong with it."""
    reading = read_roster(source, day=day_of(on))
    if reading.roster is None:
        say_findings(reading.findings)
        raise RosterRefused(
            f"{source}: not taken in; {counts(reading.findings)['broken']} faults are named above"
        )
    return reading.roster


def _summary(reading: RosterReading) -> str:
    found = counts(reading.findings)
    verdict = "can be taken in" if reading.roster is not None else "is refused; nothing was changed"
    rows = ", ".join(f"{number:,} {name}" for name, number in reading.counts.items() if number)
    return (
        f"OneRoster {reading.version}: {rows}. {found['broken']} broken, {found['unverified']} unverified, "
        f"{found['advice']} advised: the roster {verdict}."
    )
