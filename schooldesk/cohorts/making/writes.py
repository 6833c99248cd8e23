"""Ask for cohorts, keep what comes of it as it comes, and tell families or take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from schoolday.calendar.days import DayKind
from schoolday.cohorts.assign import Assigned
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import broken
from schooldesk import clock
from schooldesk.cohorts.making import codec, reads
from schooldesk.cohorts.making.result import Result
from schooldesk.cohorts.models import Kind, Making, Publication, Round
from schooldesk.cohorts.rounds import reads as rounds
from schooldesk.cohorts.rounds.writes import LARGEST
from schooldesk.day.request import calendar
from schooldesk.people.writes import record
from schooldesk.roster.models import District

STEPS = 3
"""The roster read and the cohorts made; checked; measured."""


def ask(
    home: District, of: Round, day: date, seed: int, first: Sequence[str], who: str, reason: str = ""
) -> Making:
    """Keep what is asked for the worker; what was asked before has its row already.

    `reason` says why another seed than the announced one is drawn with; everybody may read it.

    Raises
    ------
    SchooldayError
        Where seats are missing, the date or the seed will not do, no seed was announced, or another one
        without a reason.
    """
    seats = rounds.files(of, Kind.SEATS)
    if not seats:
        raise SchooldayError("send the seats of the classes in first: a class without a number has no seat")
    if day < clock.today(home.timezone):
        raise SchooldayError("choose today or a later date: answers given until then count")
    if calendar(home).kind(day) is DayKind.OUTSIDE:
        raise SchooldayError(f"{day} lies outside the school year of the roster that stands")
    reason = _reason(of, seed, reason)
    rounds.asked(home, seats[0])  # says so where it does not fit the roster any more
    asked = {
        "round": of, "seats": seats[0], "last_answer": rounds.last_answer(of), "roster": home.roster_id,
        "day": day, "seed": seed, "first": list(first), "files": _paper(of),
    }  # fmt: skip
    return _asked(home, asked, who, reason)


def _paper(of: Round) -> list[int]:
    """Return the files of paper answers that count."""
    return sorted(one.pk for one in rounds.files(of, Kind.CHOICES))


def _reason(of: Round, seed: int, reason: str) -> str:
    """Return why another seed than the announced one is drawn with; nothing where it is the announced one."""
    if not 0 <= seed < LARGEST:
        raise SchooldayError(f"a seed is a whole number from 0 to {LARGEST - 1:,}")
    announced = next(iter(rounds.announced(of)), None)
    if announced is None:
        raise SchooldayError(
            "announce the seed of the draw first: nobody should choose one by what comes of it"
        )
    if seed == announced.seed:
        return ""
    if not reason.strip():
        raise SchooldayError(
            f"seed {announced.seed} was announced: draw with it, or write down why another one is drawn with"
        )
    return reason.strip()


def _asked(home: District, asked: dict[str, object], who: str, reason: str) -> Making:
    with transaction.atomic():
        row: Making | None = Making.objects.filter(**asked).order_by("-pk").first()
        if row is not None and not row.failed:
            return row
        if row is None:
            row = Making(district=home, who=who, started=clock.now(), due=STEPS, reason=reason, **asked)
            row.save()
        else:
            Making.objects.filter(pk=row.pk).update(failed="", started=clock.now(), who=who)
        record(
            home.pk, who, "cohorts.asked", making=row.pk, seed=row.seed, day=str(row.day), reason=row.reason
        )
    return row


def step(row: Making, done: int) -> None:
    """Keep how far it is."""
    Making.objects.filter(pk=row.pk).update(done=done)


def keep(row: Making, assigned: Assigned) -> None:
    """Keep the cohorts as soon as there are any."""
    Making.objects.filter(pk=row.pk).update(made=codec.pack(assigned), done=1)


def finish(row: Making, result: Result) -> None:
    """Keep all that came of it."""
    row.finished = clock.now()
    body = codec.pack(result)
    Making.objects.filter(pk=row.pk).update(finished=row.finished, body=body, made=b"", done=STEPS)


def fail(row: Making, said: str) -> None:
    """Keep why it cannot be done."""
    row.failed = said
    Making.objects.filter(pk=row.pk).update(failed=said)


def publish(row: Making, who: str) -> Publication:
    """Tell families these cohorts, with the phases of the round that stand now; saying it twice is once.

    Raises
    ------
    SchooldayError
        Where they are not finished, or the check found something broken.
    """
    if row.finished is None:
        raise SchooldayError("these cohorts are not finished yet")
    if broken(reads.result(row).findings):
        raise SchooldayError("the check found something broken, as this page says; make the cohorts again")
    phases = next(iter(rounds.files(row.round, Kind.PHASES)), None)
    rounds.asked(row.district, phases)  # says so where they do not fit the roster any more
    with transaction.atomic():
        there = reads.standing()
        if there is not None and (there.making_id, there.phases_id) == (row.pk, phases and phases.pk):
            return there
        told = Publication(district=row.district, making=row, phases=phases, who=who, at=clock.now())
        told.save()
        record(row.district_id, who, "cohorts.published", making=row.pk, publication=told.pk)
    return told


def take_back(number: int, who: str) -> None:
    """Take a publication back, if it is the one that stands: what was told before it is told again.

    Raises
    ------
    SchooldayError
        Where another stands by now.
    """
    with transaction.atomic():
        there = reads.standing()
        if there is None or there.pk != number:
            raise SchooldayError("something else is told to families by now; look at this page again")
        Publication.objects.filter(pk=number).update(withdrawn=clock.now())
        about = {"making": there.making_id, "publication": number}
        record(there.district_id, who, "cohorts.taken_back", **about)
