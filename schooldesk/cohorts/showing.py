"""A made-up round of choices for the demonstration: answered on paper, its cohorts made and told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from schoolday.cohorts.choice import Choice, Program
from schoolday.cohorts.phases import Phase
from schoolday.files.cohorts import write_asked
from schoolday.ground.errors import SchooldayError
from schoolday.ground.grades import span
from schoolday.roster import Roster
from schoolday.sample.choices import choices, seats
from schooldesk import clock, scope
from schooldesk.cohorts.making import reads, work
from schooldesk.cohorts.making import writes as making
from schooldesk.cohorts.models import Kind, Round
from schooldesk.cohorts.rounds import writes
from schooldesk.roster import reads as roster

OPENS, CLOSES = date(2020, 8, 21), date(2020, 9, 4)
ANNOUNCED = date(2020, 8, 20)
MADE_UP = "Made up for this demonstration"
PHASES = (
    Phase(date(2020, 9, 28), MADE_UP, groups=("iep",)),
    Phase(date(2020, 10, 13), MADE_UP, grades=span("TK-6")),
    Phase(date(2020, 10, 26), MADE_UP, grades=span("7-12")),
)


def show(there: Roster, day: date, seed: int, who: str, comes: str) -> str:
    """Lay a round, answer it from the seed, and tell families its cohorts on a date; return what was done.

    The household `comes` chooses school, since its pages are those that are looked at. The clock is set to
    that date meanwhile: rounds, answers and what is told belong to it.
    """
    zone = ZoneInfo(there.timezone)
    with scope.district(there.district), clock.at(datetime.combine(ANNOUNCED, time(9), zone)):
        row = _opened(there, seed, who)
        with clock.at(datetime.combine(day, time(7), zone)):
            said = _answered(row, there, who, _choices(there, seed, comes))
            _told(row, day, seed, who)
    return said


def _opened(there: Roster, seed: int, who: str) -> Round:
    home = roster.district(there.district)
    assert home is not None
    row = writes.open_round(home, OPENS, CLOSES, ("on_site", "distance"), "distance", who)
    writes.announce(row, seed, who)
    return row


def _choices(there: Roster, seed: int, comes: str) -> list[Choice]:
    mine = there.households[comes].pupils
    others = (one for one in choices(there, CLOSES, seed) if one.pupil not in mine)
    return [*others, *(Choice(pupil, Program.ON_SITE, CLOSES, "made up") for pupil in mine)]


def _answered(row: Round, there: Roster, who: str, said: Sequence[Choice]) -> str:
    """Send the round's files in as a planner would: made-up answers on paper, seats and phases."""
    with TemporaryDirectory() as folder:
        write_asked(Path(folder) / "asked", said, seats(there), PHASES)
        for kind in Kind.values:
            reading = writes.keep_file(row, kind, (Path(folder) / "asked" / f"{kind}.csv").read_bytes(), who)
            if reading.asked is None:
                raise SchooldayError(f"{kind}.csv of the demonstration: {reading.findings[0].said}")
    return f"{len(said):,} made-up choices of program; their cohorts are told to families"


def _told(row: Round, day: date, seed: int, who: str) -> None:
    asked = making.ask(row.district, row, day, seed, (), who)
    work.make(asked)
    made = reads.one(asked.pk)
    assert made is not None
    if made.failed:
        raise SchooldayError(made.failed)
    making.publish(made, who)
