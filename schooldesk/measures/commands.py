"""Measures at the terminal: the nightly job."""

# ruff: noqa: PLC0415 - the tables load after django.setup

from __future__ import annotations

import typer

from schooldesk.terminal import District, Now, console, fix, plainly, the_district

measures_app = typer.Typer(
    no_args_is_help=True, help="A year's measures from sealed weeks, and the public board."
)


@measures_app.callback()
def start() -> None:
    """Keep `renew` a command of its own."""


@measures_app.command("renew")
def renew(district: District = "", now: Now = "") -> None:
    """Bring the measures up to date: only days whose packs changed are read again; run it every night."""
    from schooldesk.ledger import sealing
    from schooldesk.measures import renewing

    fix(now)
    with plainly():
        name = the_district(district)
        sealing.seal_what_waits(name)
        found = renewing.renew(name, "command line")
    if found is None:
        console.print("Nothing is sealed yet, so nothing was measured.")
        return
    said = f"{len(found.row.days)} sealed days are measured; {len(found.days)} were read again"
    console.print(
        f"{said}{' (all of them)' if found.whole else ''}. The board: /d/{name}/board/", soft_wrap=True
    )
