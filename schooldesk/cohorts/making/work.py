"""Make the cohorts that were asked for: one after another, each step kept, whatever is killed."""

from __future__ import annotations

import logging

from schoolday.cohorts.assign import Assigned, assign
from schoolday.cohorts.check import check
from schoolday.cohorts.choice import Choice, Program, standing
from schoolday.cohorts.problem import Seats
from schoolday.ground.errors import SchooldayError
from schoolday.roster import Roster
from schooldesk import scope
from schooldesk.alone import alone
from schooldesk.cohorts.making import reads, writes
from schooldesk.cohorts.making.result import measured
from schooldesk.cohorts.models import Making
from schooldesk.cohorts.rounds import reads as rounds
from schooldesk.roster import reads as roster
from schooldesk.rows import Report, quiet

log = logging.getLogger(__name__)


def make_what_waits(report: Report = quiet) -> None:
    """Make what was asked for and is not made, the first asked first.

    `report` is called before each step; a worker whose master is gone raises in it and so goes, too.
    """
    with scope.district(scope.EVERY):
        waiting = reads.waiting()
    for row in waiting:
        with alone("cohorts", row.pk) as mine:
            if mine:
                make(row, report)


def make(row: Making, report: Report = quiet) -> None:
    """Make cohorts, if nobody has meanwhile; where they cannot be made, keep why in words."""
    with scope.district(row.district_id):
        row.refresh_from_db(fields=["finished", "failed"])
        if not reads.is_open(row):
            return
        try:
            _make(row, report)
        except SchooldayError as error:
            writes.fail(row, str(error))
        except Exception:  # whatever it is, the next has its turn
            log.exception("the cohorts asked for as %s broke off", row.pk)
            writes.fail(row, "the work broke off, and the desk's log says why; ask again")


def _make(row: Making, report: Report) -> None:
    report(0)
    there, seats, choices = _asked(row)
    assigned = reads.made(row) or _assigned(row, there, seats, choices)
    report(1)
    findings = check(there, standing(choices, row.day), seats, assigned, day=row.day)
    writes.step(row, 2)
    report(1)
    writes.finish(row, measured(there, seats, assigned, findings, there.enrolled(row.day)))


def _asked(row: Making) -> tuple[Roster, Seats, list[Choice]]:
    """Return what the cohorts are made of; refused where the roster was replaced since."""
    home = roster.district(row.district_id)
    if home is None or home.roster_id != row.roster:
        raise SchooldayError("the roster was replaced since this was asked for; ask anew")
    seats = rounds.asked(home, row.seats).seats
    return roster.whole(home), seats, rounds.choices(home, row.round, row.last_answer, row.files)


def _assigned(row: Making, there: Roster, seats: Seats, choices: list[Choice]) -> Assigned:
    """Make the cohorts; the same seed gives the same, so a killed run loses nothing but its time."""
    found = assign(
        there, choices, seats, day=row.day, seed=row.seed, first=tuple(row.first),
        otherwise=Program(row.round.otherwise),
    )  # fmt: skip
    writes.keep(row, found)
    return found
