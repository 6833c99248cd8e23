"""The desk's commands: serve, migrate, load, publish, link, staff."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import django
import typer

from schoolday.ground.errors import SchooldayError
from schooldesk.bargaining.outcomes import terminal
from schooldesk.ledger.commands import ledger_app
from schooldesk.measures.commands import measures_app
from schooldesk.ports import refuse_taken
from schooldesk.terminal import District, Now, bar, console, fix, plainly, the_district, the_household

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The desk: pages, people and the database."
)
staff_app = typer.Typer(no_args_is_help=True, help="Accounts of staff.")
app.add_typer(staff_app, name="staff")
table_app = typer.Typer(no_args_is_help=True, help="Bargaining tables.")
app.add_typer(table_app, name="table")
terminal.register(table_app)
conditions_app = typer.Typer(no_args_is_help=True, help="Conditions from outside.")
app.add_typer(conditions_app, name="conditions")
app.add_typer(ledger_app, name="ledger")
app.add_typer(measures_app, name="measures")
THREADS = 1
"""Threads a process: more of them hand the interpreter's lock to and fro at every read of the database."""
STOPPING = 15
"""Seconds that a process has to end what it is at, once it is told to stop."""


@app.callback()
def start() -> None:
    """Make Django ready before any command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schooldesk.settings")
    with plainly():
        django.setup()


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup

    call_command("migrate", verbosity=0, interactive=False)
    console.print("The tables are up to date.")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes; 0 is one more than cores.")] = 0,
    now: Now = "",
) -> None:
    """Serve the pages until told to stop, and work out what is asked on them in the background."""
    from granian import Granian  # noqa: PLC0415 - only this command needs it
    from granian.constants import Interfaces  # noqa: PLC0415

    fix(now)
    with plainly():
        refuse_taken(host, port)
    migrate()
    console.print(f"Serving at http://{host}:{port}/ (Ctrl-C stops)")
    with terminal.working():
        Granian(
            "schooldesk.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers or 1 + (os.cpu_count() or 1),
            blocking_threads=THREADS,
            websockets=False,
            log_access=False,
            # A worker that is told to stop while it still begins never hears it.
            workers_kill_timeout=STOPPING,
        ).serve()


@app.command()
def load(
    roster: Annotated[Path, typer.Argument(help="A roster: a OneRoster folder or zip with its side files.")],
    plan: Annotated[Path | None, typer.Argument(help="The folder of the plan made for it.")] = None,
    now: Now = "",
) -> None:
    """Take a roster and its plan in; what stood before stands until all of it is in."""
    from schooldesk import clock, taking  # noqa: PLC0415 - after django.setup

    fix(now)
    migrate()
    with plainly():
        weeks = taking.read_plan(plan) if plan else None
        value = taking.read_roster(roster, weeks.day if weeks else clock.today())
        with bar(f"Taking in {value.name}", taking.size(value)) as report:
            taking.take(value, weeks, who="command line", report=report)
    console.print(
        f"{value.name}: {len(value.pupils)} pupils, {len(value.schools)} schools, "
        f"{len(value.households)} households" + (f", {len(weeks.weeks)} schools planned." if weeks else ".")
    )


@app.command()
def publish(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first date.")],
    last: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="The last date.")
    ] = None,
    district: District = "",
    now: Now = "",
) -> None:
    """Compose every household's page and feed for some dates; what did not change is not written."""
    from schooldesk.day.publish import publish as run  # noqa: PLC0415
    from schooldesk.day.publish import size  # noqa: PLC0415

    fix(now)
    with plainly():
        name = the_district(district)
        dates = (first.date(), (last or first).date())
        with bar(f"Publishing {dates[0]} to {dates[1]}", size(name)) as report:
            done = run(name, *dates, who="command line", report=report)
    console.print(done.said)


@app.command()
def move(
    plan: Annotated[Path, typer.Argument(help="The folder of a plan that `schoolday change` made.")],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="Its first date.")],
    why: Annotated[str, typer.Option(help="The order, reading or agreement; families read it.")],
    district: District = "",
    now: Now = "",
) -> None:
    """Take in a changed plan as a move from a date on; it is measured, and adopted on its page."""
    from schooldesk import taking  # noqa: PLC0415 - after django.setup
    from schooldesk.timetable.moves.work import make_what_waits  # noqa: PLC0415

    fix(now)
    migrate()
    with plainly():
        name = the_district(district)
        taking.take_move(name, taking.read_plan(plan), first.date(), why, who="command line")
    make_what_waits()
    console.print(f"Taken in: a planner adopts it at /d/{name}/moves/.")


@app.command()
def link(
    household: Annotated[str, typer.Argument(help="The household's id in the roster.")],
    district: District = "",
    base: Annotated[str, typer.Option(help="What the address begins with.")] = "http://127.0.0.1:8000",
    keep: Annotated[bool, typer.Option("--keep", help="Leave the household's older links open.")] = False,
    revoke: Annotated[bool, typer.Option("--revoke", help="Take its links back and give none.")] = False,
) -> None:
    """Print a fresh link for a family, and end its older ones; whoever has it sees the household's page."""
    from schooldesk.day import writes  # noqa: PLC0415

    with plainly():
        if keep and revoke:
            raise SchooldayError("--keep leaves older links open and --revoke ends them; give one of the two")
        name = the_district(district)
        number = the_household(name, household)
        if revoke:
            count = writes.revoke_links(name, number, "command line")
            console.print(f"{count or 'no'} link{'' if count == 1 else 's'} of {household} taken back.")
            return
        give = writes.give_link if keep else writes.renew_link
        print(f"{base}/h/{give(name, number, 'command line')}/")


@app.command()
def demo(
    name: Annotated[str, typer.Argument(help="sacramento, maple or cedar.")] = "sacramento",
    minutes: Annotated[float, typer.Option(help="From the start to a page to open.")] = 5.0,
    spent: Annotated[float, typer.Option(help="Seconds already spent on setting up.")] = 0.0,
    port: Annotated[
        int, typer.Option(help="The port; 0 only prepares and does not serve.", min=0, max=65535)
    ] = 8000,
) -> None:
    """Make a made-up district, plan it, check it, publish it and serve it; what an earlier one left goes."""
    import secrets  # noqa: PLC0415
    import time  # noqa: PLC0415

    from schooldesk.demo import prepare as show  # noqa: PLC0415 - after django.setup
    from schooldesk.demo.dates import NOW  # noqa: PLC0415
    from schooldesk.demo.people import addresses  # noqa: PLC0415

    until = time.monotonic() + 60 * minutes - spent
    with plainly():
        if port:
            refuse_taken("127.0.0.1", port)
        show.clear()
        migrate()
        shown = show.prepare(name, show.folder(), until=until)
        lines = addresses(shown.roster, f"http://127.0.0.1:{port}", secrets.token_urlsafe(9))
    for line in (*lines, shown.said):
        show.say(line)
    if port:
        # In a new process: workers are forked, and would inherit halves of the engines that made all this.
        sys.stdout.flush()
        words = [Path(sys.executable).with_name("schooldesk"), "serve", "--port", port, "--now", NOW]
        os.execv(words[0], [str(word) for word in words])


@table_app.command("load")
def table_load(
    folder: Annotated[Path, typer.Argument(help="The table: a YAML file, or a folder of them.", exists=True)],
    district: District = "",
) -> None:
    """Take a table's files in as its newest edition; every fault is named, and with one nothing changes."""
    from schooldesk.bargaining.record.commands import load_table  # noqa: PLC0415

    migrate()
    with plainly():
        said = load_table(the_district(district), folder, who="command line")
    console.print(said, markup=False, highlight=False, soft_wrap=True)


@conditions_app.command("load")
def conditions_load(
    folder: Annotated[Path, typer.Argument(help="A folder or zip of readings.", exists=True)],
    district: District = "",
) -> None:
    """Take readings, steps, events and sites in; every fault is named, and with one nothing changes."""
    from schooldesk import scope  # noqa: PLC0415
    from schooldesk.conditions.commands import load_conditions  # noqa: PLC0415

    migrate()
    with plainly():
        name = the_district(district)
        with scope.district(name):
            said = load_conditions(name, folder, who="command line")
    console.print(said, markup=False, highlight=False, soft_wrap=True)


@staff_app.command("add")
def staff_add(
    username: Annotated[str, typer.Argument(help="The name to sign in with.")],
    role: Annotated[
        str,
        typer.Option(
            help="teacher, provider, substitute, principal, planner, clerk, cases, party or mediator."
        ),
    ],
    person: Annotated[str, typer.Option(help="Their id in the roster.")] = "",
    school: Annotated[
        list[str] | None,
        typer.Option(help="Schools of a principal, clerk or case manager, by id; repeatable."),
    ] = None,
    side: Annotated[str, typer.Option(help="The side of a party, as the table's files name it.")] = "",
    district: District = "",
) -> None:
    """Make an account; the password is asked for, or read from SCHOOLDESK_PASSWORD."""
    from schooldesk.people.writes import add_staff  # noqa: PLC0415

    with plainly():
        name = the_district(district)
        password = os.environ.get("SCHOOLDESK_PASSWORD") or typer.prompt(
            "Password", hide_input=True, confirmation_prompt=True
        )
        add_staff(name, username, password, role, sourced=person, schools=tuple(school or ()), side=side)
    console.print(f"{username} can sign in as {role} of {name}.")
