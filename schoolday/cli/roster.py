"""Commands about rosters: make a sample, check one, write one out as OneRoster 1.2."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.options import AsJson, On, Sides, Source, taken
from schoolday.cli.output import SHOWN, counts, day_of, finding_json, finish, say, say_findings, say_json
from schoolday.files.rosters import RosterReading, read_roster, write_roster
from schoolday.sample.write import SAMPLES, write_sample

roster = typer.Typer(
    no_args_is_help=True, help="Rosters: OneRoster files and side files.", pretty_exceptions_enable=False
)

Out = Annotated[Path, typer.Argument(metavar="OUT", help="The folder, or the file ending in .zip, to write.")]
Shown = Annotated[int, typer.Option("--shown", min=0, help="How many findings of each kind to print.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help=f"One of {', '.join(SAMPLES)}.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(roster, name="roster")
    app.command("sample")(sample)


def sample(name: Name, out: Out) -> None:
    """Write a made-up district as OneRoster 1.2 with its side files."""
    write_sample(name, out)
    say(f"{out}: {name} written.")


@roster.command("check")
def check(source: Source, on: On, sides: Sides = None, shown: Shown = SHOWN, as_json: AsJson = False) -> None:
    """Read a roster and name every fault by file, row and column; nothing is changed."""
    reading = read_roster(source, day=day_of(on), sides=sides)
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
def write(source: Source, out: Out, on: On, sides: Sides = None) -> None:
    """Write a roster out as OneRoster 1.2 bulk files, with the side files beside them."""
    write_roster(taken(source, day_of(on), sides), out)
    say(f"{out}: written as OneRoster 1.2.")


def _summary(reading: RosterReading) -> str:
    found = counts(reading.findings)
    verdict = "can be taken in" if reading.roster is not None else "is refused; nothing was changed"
    rows = ", ".join(f"{number:,} {name}" for name, number in reading.counts.items() if number)
    version = f"OneRoster {reading.version}: " if reading.version else ""
    return (
        f"{version}{rows or 'nothing was read'}. {found['broken']} broken, {found['unverified']} unverified, "
        f"{found['advice']} advised: the roster {verdict}."
    )
