"""How the terminal speaks: findings, tables, progress and JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, Status

SHOWN = 20
"""How many findings of one kind are printed before the rest is counted."""

app = typer.Typer(
    no_args_is_help=True,
    help="Agree on the school day, run it, and account for it.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts instead of text for people.")]


def say(text: str) -> None:
    """Print one line of text as it is."""
    console.print(text, markup=False)


def say_error(text: str) -> None:
    """Print one line to standard error."""
    errors.print(text, markup=False)


def say_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, default=str, ensure_ascii=False, indent=1))


def day_of(text: str) -> date:
    """Return the date of ``YYYY-MM-DD``; a plain error otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SchooldayError(f"{text!r} is not a date; write it as 2020-09-08") from None


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values."""
    return {key: value for key, value in asdict(finding).items() if value not in (None, "", ())}


def say_findings(findings: Sequence[Finding], shown: int = SHOWN) -> None:
    """Print findings, worst first; of each code only so many, the rest counted."""
    seen: Counter[str] = Counter()
    rank = [Status.BROKEN, Status.UNVERIFIED, Status.ADVICE, Status.MET]
    for finding in sorted(findings, key=lambda one: rank.index(one.status)):
        seen[finding.code] += 1
        if seen[finding.code] <= shown:
            say(_line(finding))
    for code, number in sorted(seen.items()):
        if number > shown:
            say(f"… and {number - shown} more of {code}; --json shows all")


def _line(finding: Finding) -> str:
    spot = f"{finding.spot}: " if finding.spot else ""
    cited = f" [{', '.join(finding.clauses)}]" if finding.clauses else ""
    mend = f" To mend it: {finding.mend}" if finding.mend else ""
    return f"{finding.status.value}: {spot}{finding.said}{cited} ({finding.code}){mend}"


def counts(findings: Sequence[Finding]) -> Mapping[str, int]:
    """Return how many findings there are of each status."""
    found = Counter(finding.status.value for finding in findings)
    return {status.value: found.get(status.value, 0) for status in Status}


def finish(findings: Sequence[Finding]) -> None:
    """End the command: exit code 1 if anything is broken."""
    if any(finding.status is Status.BROKEN for finding in findings):
        raise typer.Exit(1)


def bar(quiet: bool = False) -> Progress:
    """Return a progress bar on standard error; it stays silent where nobody watches."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        disable=quiet or not errors.is_terminal,
    )
