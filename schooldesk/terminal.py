"""How the desk speaks at the terminal: plain errors, a fixed clock, progress, and which district is meant."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from schoolday.ground.errors import SchooldayError
from schooldesk.setup import moment

console = Console()
Now = Annotated[
    str, typer.Option(help="A fixed day and time, 2020-09-08T07:45, for demonstrations; see SCHOOLDESK_ZONE.")
]
District = Annotated[str, typer.Option(help="The district's id; needed where there are several.")]


@contextmanager
def plainly() -> Iterator[None]:
    """Say our own errors in words and leave with 2."""
    try:
        yield
    except SchooldayError as error:
        fail(str(error))


def fail(said: str) -> NoReturn:
    """Say what is wrong and leave with 2."""
    # Not broken into lines of its own: a terminal does that, and a file should not have it.
    Console(stderr=True).print(said, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(2)


def fix(now: str) -> None:
    """Fix the clock of a command and of all it starts."""
    from django.conf import settings  # noqa: PLC0415 - after django.setup

    if now:
        with plainly():
            moment(now, settings.ZONE, "--now")
        # The environment reaches workers that start afresh, the setting those that are forked.
        os.environ["SCHOOLDESK_NOW"] = settings.NOW = now


@contextmanager
def bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a progress bar and give the function that moves it on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=False) as progress:
        task = progress.add_task(what, total=total)
        yield lambda count: progress.advance(task, count)


def the_district(name: str) -> str:
    """Return the district meant: the one named, or the only one there is."""
    from schooldesk.roster import reads  # noqa: PLC0415

    there = [home.pk for home in reads.districts()]
    if name and name not in there:
        raise SchooldayError(f"there is no district {name!r}; there are: {', '.join(there) or 'none'}")
    if not name and len(there) != 1:
        raise SchooldayError(
            f"say which with --district: {', '.join(there)}"
            if there
            else "load a roster first: schooldesk load"
        )
    return name or there[0]


def the_household(district: str, household: str) -> int:
    """Return the desk's number of a household of the standing roster."""
    from schooldesk import scope  # noqa: PLC0415
    from schooldesk.roster import reads  # noqa: PLC0415

    with scope.district(district):
        home = reads.district(district)
        number = reads.numbers_of(home, [household]).get(household) if home else None
    if number is None:
        raise SchooldayError(f"no household {household!r} stands on the roster of {district!r}")
    return number
