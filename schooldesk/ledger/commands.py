"""The ledger at the terminal: seal what waits, verify the chain, make the packs, correct a former name."""

# ruff: noqa: PLC0415 - the tables load after django.setup

from __future__ import annotations

from typing import Annotated

import typer

from schooldesk.terminal import District, Now, console, fix, plainly, the_district

FormerPupil = Annotated[str, typer.Argument(metavar="PUPIL", help="The id of a pupil who has left.")]
Given = Annotated[str, typer.Option("--given", metavar="NAME", help="The given name from now on.")]
Family = Annotated[str, typer.Option("--family", metavar="NAME", help="The family name from now on.")]
Forget = Annotated[bool, typer.Option("--forget", help="Take the name away; the id is shown in its place.")]

ledger_app = typer.Typer(no_args_is_help=True, help="Certified weeks, their seals and the packs of measures.")


@ledger_app.command("seal")
def seal(district: District = "", now: Now = "") -> None:
    """Seal every certified week left without a seal by a killed process; exit code 1 if any waits."""
    from schooldesk import scope
    from schooldesk.ledger import reads, sealing

    fix(now)
    with plainly():
        name = the_district(district)
        done = sealing.seal_what_waits(name)
    with scope.district(name):
        waiting = reads.waiting()
    console.print(f"{done} weeks were sealed; {len(waiting)} wait.")
    for row in waiting:
        if row.failed:
            console.print(f"{row}: {row.failed}", markup=False, highlight=False, soft_wrap=True)
    if waiting:
        raise typer.Exit(1)


@ledger_app.command("verify")
def verify(district: District = "", now: Now = "") -> None:
    """Verify the chain of seals against what the desk noted, and keep the answer; exit code 1 at a fault."""
    from schooldesk.ledger import sealing

    fix(now)
    with plainly():
        row = sealing.verify(the_district(district), "command line")
    for one in row.findings:
        console.print(f"{one['said']} {one['mend']}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"{row.seals} seals, {len(row.findings)} faults.")
    if row.findings:
        raise typer.Exit(1)


@ledger_app.command("packs")
def packs(district: District = "", now: Now = "") -> None:
    """Make the day packs anew of those days whose seals are new."""
    from schooldesk.ledger import reads, sealing

    fix(now)
    with plainly():
        name = the_district(district)
        made = sealing.make_packs(name)
    console.print(f"{made} day packs were made in {reads.packs(name)}.", soft_wrap=True)


@ledger_app.command("former")
def former_(
    pupil: FormerPupil,
    given: Given = "",
    family: Family = "",
    forget: Forget = False,
    district: District = "",
) -> None:
    """Correct the name that is kept of a pupil who has left, or take it away; seals hold no names."""
    from schoolday.ground.errors import SchooldayError
    from schooldesk.ledger import former

    with plainly():
        if forget is bool(given or family):
            raise SchooldayError(
                "name the pupil with --given and --family, or take the name away with --forget"
            )
        former.rename(the_district(district), pupil, given, family, "command line")
    console.print("Done.")
