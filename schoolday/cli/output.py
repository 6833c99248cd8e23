"""How the terminal speaks: lines, findings, progress and JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from io import TextIOWrapper
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, Status, by_row

SHOWN = 20
"""How many findings of one kind are printed before the rest is counted."""

EVERY = 5.0
"""Seconds between two lines of progress where nobody watches a terminal."""

NO_READER = 141
"""The exit code, as shells count it, where nobody reads our output any more."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Agree on the school day, run it, and account for it. Exit codes: 0 all is well, 1 the findings "
    "say what is broken, 2 wrong input, 3 no lawful timetable was found.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_UNSEEN = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if code not in (9, 10)}


def plain_output() -> None:
    """Let every letter through: one that the terminal's encoding lacks becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str) -> None:
    """Print text; control characters from files are shown as marks, never sent to the terminal."""
    _print(text.translate(_UNSEEN))


def say_error(text: str) -> None:
    """Print text to standard error."""
    print(text.translate(_UNSEEN), file=sys.stderr, flush=True)


def say_json(value: object) -> None:
    """Print a value as JSON."""
    _print(json.dumps(value, default=str, ensure_ascii=False, indent=1))


def _print(text: str) -> None:
    """Print to standard output; where nobody reads it any more, end without a word."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(NO_READER) from None


def day_of(text: str) -> date:
    """Return the date of ``YYYY-MM-DD``; a plain error otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SchooldayError(f"{text!r} is not a date; write it as 2020-09-08") from None


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values."""
    return {key: value for key, value in asdict(finding).items() if value not in (None, "", ())}


def say_findings(findings: Sequence[Finding], shown: int = SHOWN, speak: Callable[[str], None] = say) -> None:
    """Print findings, worst first; of each code only so many, the rest counted."""
    seen: Counter[str] = Counter()
    rank = [Status.BROKEN, Status.UNVERIFIED, Status.ADVICE, Status.MET]
    for finding in sorted(by_row(findings), key=lambda one: rank.index(one.status)):
        seen[finding.code] += 1
        if seen[finding.code] <= shown:
            speak(finding_line(finding))
    for code, number in sorted(seen.items()):
        if number > shown:
            speak(f"… and {number - shown:,} more of {code}; --json shows all")


def say_findings_to_error(findings: Sequence[Finding]) -> None:
    """Print findings to standard error, where a command's own answer does not come about."""
    say_findings(findings, speak=say_error)


def refused(what: object, findings: Sequence[Finding], done: str = "read") -> SchooldayError:
    """Name the faults of what was brought, and return the error that says that it was not taken."""
    say_findings_to_error(findings)
    return SchooldayError(f"{what}: not {done}; {counts(findings)['broken']} faults are named above")


def finding_line(finding: Finding) -> str:
    """Return a finding in one line: how it stands, where, what, the clauses and what to do."""
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


@contextmanager
def progress(what: str, total: int, unit: str) -> Iterator[Callable[[int], None]]:
    """Show how far a piece of work is, on standard error, and give the function that moves it on.

    On a terminal it is a bar; elsewhere a plain line every few seconds, and one at the end.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if not console.is_terminal:
        yield _Lines(what, total, unit).advance
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn(unit))
    with Progress(*columns, TimeElapsedColumn(), console=console) as shown:
        task = shown.add_task(what, total=total)
        yield lambda count: shown.advance(task, count)


class _Lines:
    """Progress as plain lines."""

    def __init__(self, what: str, total: int, unit: str) -> None:
        self.what, self.total, self.unit, self.done = what, total, unit, 0
        self.began = self.told = time.perf_counter()

    def advance(self, count: int) -> None:
        """Move on, and say so if the last line is some seconds old or all is done."""
        self.done += count
        now = time.perf_counter()
        if self.done >= self.total or now - self.told >= EVERY:
            self.told = now
            say_error(f"{self.what}: {self.done:,} of {self.total:,} {self.unit}, {now - self.began:.0f} s")
