"""The terminal's commands: work out what positions do and where both sides can meet, for the pages."""

# ruff: noqa: PLC0415 - the tables load after django.setup

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated

import typer

from schoolday.ground.errors import SchooldayError
from schoolday.rules import Way
from schooldesk.terminal import bar, console, plainly, the_district

if TYPE_CHECKING:
    from schooldesk.bargaining.models import Outcome
    from schooldesk.bargaining.outcomes.asked import Asked
    from schooldesk.bargaining.outcomes.work import Report
    from schooldesk.roster.models import District

LAST = 19
"""The lowest priority that a process can have: pages are answered first."""

PAUSE = 0.5
"""Seconds between two looks whether the worker is still there."""
AGAIN = 3.0
"""Seconds until another follows it: one that cannot even begin is not begun without end."""

DistrictId = Annotated[str, typer.Argument(metavar="DISTRICT", help="The district's id.")]
TableId = Annotated[str, typer.Argument(metavar="TABLE", help="The table, as its files name it.")]
Day = Annotated[
    datetime | None,
    typer.Option("--day", formats=["%Y-%m-%d"], help="The date whose rules are changed; today if left out."),
]
Seed = Annotated[int, typer.Option(help="The seed of the search.", min=0)]
Steps = Annotated[int, typer.Option(min=1, help="Steps of improvement for each meeting.")]
Workers = Annotated[int, typer.Option(help="Processes; 0 is one a core.", min=0)]


def register(app: typer.Typer) -> None:
    """Add these commands to those of a table."""
    app.command("consequences")(consequences)
    app.command("ground")(ground)
    app.command("work")(work)


def consequences(
    district: DistrictId,
    table: TableId,
    position: Annotated[str, typer.Option(metavar="BOOK", help="A proposed book, taken as if agreed.")],
    against: Annotated[
        str, typer.Option(metavar="BOOK", help="Another proposed book; what is in force if left out.")
    ] = "",
    school: Annotated[
        list[str] | None, typer.Option(help="A school's id, again for more; all schools if left out.")
    ] = None,
    day: Day = None,
    way: Way = Way.DISTANCE,
    seed: Seed = 1,
    steps: Steps = 20,
    workers: Workers = 0,
) -> None:
    """Work out what a position does to real days on the roster that stands, and keep it for the pages.

    A run that was stopped goes on where it was; one that was worked out already is only told.
    """
    from schoolday.bargaining.compared import compare
    from schoolday.cli.consequences import lines
    from schooldesk import scope
    from schooldesk.bargaining.outcomes import reads
    from schooldesk.bargaining.outcomes.asked import AskedPosition

    with plainly():
        home = _home(district, table)
        asked = AskedPosition(
            position, against, tuple(dict.fromkeys(school or ())), _day(home, day), way, seed, steps
        )
        row = _worked(home, table, asked, workers)
        with scope.district(home.pk):
            found = reads.found(row)
    for line in lines(found.position, found.against, compare(found.position, found.against)):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    _where(home, row)


def ground(
    district: DistrictId,
    table: TableId,
    terms: Annotated[
        Path,
        typer.Argument(metavar="TERMS", exists=True, dir_okay=False, help="The disputed terms, a YAML file."),
    ],
    school: Annotated[str, typer.Option(help="The school whose week must carry a package.")],
    day: Day = None,
    way: Way = Way.DISTANCE,
    seed: Seed = 1,
    steps: Steps = 20,
    workers: Workers = 0,
) -> None:
    """Judge every package of the disputed terms at one school, and keep them for the table's pages.

    Packages are kept one by one: a run that was stopped goes on where it was.
    """
    from schoolday.bargaining.front import front
    from schoolday.cli.common_ground import tell
    from schoolday.files.disputed import read_terms
    from schooldesk import scope
    from schooldesk.bargaining.outcomes import reads
    from schooldesk.bargaining.outcomes.asked import AskedPackages

    with plainly():
        home = _home(district, table)
        disputed = read_terms(terms)
        row = _worked(
            home, table, AskedPackages(disputed, school, _day(home, day), way, seed, steps), workers
        )
        with scope.district(home.pk):
            found = reads.packages(row)
        tell(found, front(found, disputed), disputed, _address(home, row))


def work(
    once: Annotated[bool, typer.Option("--once", help="End where nothing is left to work out.")] = False,
    workers: Workers = 0,
    serving: Annotated[int, typer.Option(hidden=True, help="End with this process.")] = 0,
) -> None:
    """Work out what planners asked for on the desk's pages, one after another; `serve` starts this."""
    from schooldesk.bargaining.outcomes.work import keep_working

    def ended() -> bool:
        return bool(serving) and os.getppid() != serving

    if serving:
        os.nice(LAST)
    # A plain end lets the helpers end, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        keep_working(once=once, ended=ended, number=workers, also=_of_other_rooms(workers))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _of_other_rooms(workers: int) -> tuple[Callable[[Report], None], ...]:
    """Return what other rooms have worked out, each what waits there."""
    from schooldesk.cohorts.making.work import make_what_waits as make_cohorts
    from schooldesk.learning.groups.work import make_what_waits as make_groups
    from schooldesk.ledger.reengage.counting import count_what_waits as count_schools
    from schooldesk.ledger.sealing import do_what_waits as seal_weeks
    from schooldesk.ledger.study.earned import count_what_waits as count_study
    from schooldesk.measures.renewing import renew_what_waits as renew_measures
    from schooldesk.timetable.moves.work import make_what_waits as make_moves

    moves = partial(make_moves, number=workers)
    return seal_weeks, count_study, count_schools, renew_measures, make_cohorts, moves, make_groups


@contextmanager
def working() -> Iterator[None]:
    """Have what is asked on the pages worked out while they are served; pages go first."""
    ended = Event()
    worker = Thread(target=_working, args=(ended,))
    worker.start()
    try:
        yield
    finally:
        ended.set()
        worker.join()


def _working(ended: Event) -> None:
    """Keep a worker until the serving has ended; one that was killed is followed by another."""
    program = "from schooldesk.cli import app; app()"
    words = [sys.executable, "-c", program, "table", "work", "--serving", str(os.getpid())]
    while not ended.is_set():
        # Ctrl-C reaches the server alone, which then ends it: two would write into one terminal.
        worker = subprocess.Popen(words, start_new_session=True)
        while worker.poll() is None and not ended.wait(PAUSE):
            pass
        worker.terminate()
        worker.wait()
        ended.wait(AGAIN)


def _home(district: str, table: str) -> District:
    from schooldesk import scope
    from schooldesk.bargaining.record import reads as record
    from schooldesk.roster import reads as roster

    home = roster.district(the_district(district))
    assert home is not None
    with scope.district(home.pk):
        there = [one.table for one in record.standing()]
    if table not in there:
        known = ", ".join(there) or "none; take one in: schooldesk table load"
        raise SchooldayError(f"{home.pk!r} keeps no table {table!r}; there are: {known}")
    return home


def _day(home: District, day: datetime | None) -> date:
    from schooldesk import clock

    return day.date() if day else clock.today(home.timezone)


def _worked(home: District, table: str, asked: Asked, workers: int) -> Outcome:
    """Return the question's row with what was found, worked out here and now where it was not."""
    from schooldesk import scope
    from schooldesk.alone import alone
    from schooldesk.bargaining.outcomes import asking
    from schooldesk.bargaining.outcomes.work import work as run

    row = asking.ask(home, table, asked, "command line")
    with alone("outcomes", row.pk) as mine, bar("Working it out", row.due) as report:
        if not mine:
            raise SchooldayError("this is being worked out already; its page shows how far it is")
        run(row, workers, report)
    with scope.district(home.pk):
        row.refresh_from_db()
    if row.failed:
        raise SchooldayError(row.failed)
    return row


def _where(home: District, row: Outcome) -> None:
    console.print(f"\nKept for the page {_address(home, row)}", markup=False, highlight=False)


def _address(home: District, row: Outcome) -> str:
    name = "ground" if row.kind == "packages" else "consequences"
    return f"/d/{home.pk}/table/{row.table}/{name}/{row.pk}/"
