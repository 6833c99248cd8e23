"""Work out what was asked: on the roster that stands, kept step by step, going on where a run was stopped."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from django.db import close_old_connections

from schoolday.bargaining.carried import Effort, Ground
from schoolday.bargaining.consequences import consequences
from schoolday.bargaining.ground import Package, explore
from schoolday.bargaining.inquiry import ALONE, Inquiry, Reached
from schoolday.bargaining.whatif import adopted
from schoolday.cli.working import workers
from schoolday.ground.errors import SchooldayError
from schooldesk import scope
from schooldesk.alone import alone
from schooldesk.bargaining.models import Outcome
from schooldesk.bargaining.outcomes import codec, reads, writes
from schooldesk.bargaining.outcomes.asked import Asked, AskedPackages, AskedPosition, mark
from schooldesk.roster import reads as roster
from schooldesk.rows import Report, quiet
from schooldesk.rules.reads import fingerprint, rulebook

LOOK = 1.0
"""Seconds between two looks for something to work out."""

log = logging.getLogger(__name__)


def keep_working(
    *, once: bool, ended: Callable[[], bool], number: int = 0, also: Sequence[Callable[[Report], None]] = ()
) -> None:
    """Work out what was asked, one after another, the first asked first.

    Parameters
    ----------
    once
        Whether to end where nothing is left, and not to wait for more.
    ended
        Says whether whoever started this is gone.
    number
        Processes; 0 is one a core.
    also
        What other rooms have to work out: shorter work, and so done before each question of a table.
    """

    def go_on(_: int) -> None:
        if ended():
            raise KeyboardInterrupt

    while not ended():
        with scope.district(scope.EVERY):
            waiting = reads.waiting()
        for row in (None, *waiting):
            for other in also:
                other(go_on)
            if row is not None:
                _work_alone(row, number, go_on)
        if once:
            return
        time.sleep(LOOK)
        close_old_connections()


def _work_alone(row: Outcome, number: int, report: Report) -> None:
    with alone("outcomes", row.pk) as mine:
        if mine:
            work(row, number, report)


def work(row: Outcome, number: int = 0, report: Report = quiet) -> None:
    """Work a question out, if nobody has meanwhile; where it cannot be, keep why in words."""
    with scope.district(row.district_id):
        row.refresh_from_db()
        if row.finished is not None:
            return
        try:
            with workers(number) as pool:
                work_with(row, pool, report)
        except SchooldayError as error:
            writes.fail(row, str(error))
        except Exception:  # whatever it is, the next question has its turn
            log.exception("what was asked as %s broke off", row.pk)
            writes.fail(row, "the work broke off, and the desk's log says why; ask again to go on from there")


def work_with(row: Outcome, pool: Executor, report: Report = quiet) -> None:
    """Work a question out in its district's scope, with what carries the solving.

    Raises
    ------
    SchooldayError
        Where it cannot be worked out, in words.
    """
    asked = codec.read_asked(row.kind, row.asked)
    ground = _ground(row, asked)
    if isinstance(asked, AskedPackages):
        writes.finish(row, _packages(row, asked, ground, pool, report))
    else:
        writes.finish(row, _consequences(row, asked, ground, pool, report))


def _ground(row: Outcome, asked: Asked) -> Ground:
    """Return the district on the date; refused where its roster or the rules were replaced since."""
    home = roster.district(row.district_id)
    if home is None or home.roster_id is None:
        raise SchooldayError(f"no roster of {row.district_id!r} stands; load it first: schooldesk load")
    if mark(asked, home.roster_id, fingerprint()) != row.mark:
        raise SchooldayError("the roster or the rules were replaced since this was asked; ask anew")
    return Ground(roster.whole(home), asked.day, asked.way)


def _packages(
    row: Outcome, asked: AskedPackages, ground: Ground, pool: Executor, report: Report
) -> list[Package]:
    """Return every package in the grid's order; each is kept as it is judged."""
    found = reads.packages(row)
    writes.begin(row, asked.disputed.size, len(found))
    report(len(found))
    for package in explore(
        ground,
        rulebook(),
        asked.disputed,
        asked.school,
        pool,
        seed=asked.seed,
        effort=Effort(asked.steps),
        done=tuple(found),
    ):
        found.append(package)
        writes.keep(row, "-".join(map(str, package.choice)), package, len(found))
        report(1)
    return sorted(found, key=lambda one: one.choice)


def _consequences(
    row: Outcome, asked: AskedPosition, ground: Ground, pool: Executor, report: Report
) -> codec.Found:
    """Return what comes of a position; each school's week is kept as it comes."""
    inquiry = _inquiry(asked, ground)
    found = [one for one in reads.reached(row) if inquiry.fits(one)]
    writes.begin(row, len(inquiry.keys), len(found))
    report(len(found))
    for one in inquiry.reach(pool, tuple(found)):
        found.append(one)
        writes.keep(row, f"{one.position} {one.round} {one.school}", one, len(found))
        report(1)
    position, against = consequences(inquiry, found)
    return codec.Found(position, against, dict(_each(inquiry, found)))


def _inquiry(asked: AskedPosition, ground: Ground) -> Inquiry:
    places = ground.roster.places
    both = tuple(adopted(rulebook(), name, places) for name in (asked.position, asked.against))
    every = asked.schools or tuple(name for name, pupils in ground.roster.pupils_at.items() if pupils)
    return Inquiry(ground, both, every, asked.seed, Effort(asked.steps))


def _each(inquiry: Inquiry, found: Sequence[Reached]) -> Iterator[tuple[str, codec.Both]]:
    """Yield for each school of several what a question of it alone answers: its first round is the same."""
    if len(inquiry.schools) == 1:
        return
    for school in inquiry.schools:
        mine = [one for one in found if one.school == school and one.round == ALONE]
        position, against = consequences(replace(inquiry, schools=(school,)), mine)
        yield school, (position, against)
