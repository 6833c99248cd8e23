"""Open a round, change its dates, take it back; announce its seed; keep its files, and take them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from schoolday.cohorts.choice import Program
from schoolday.files.cohorts import AskedReading, Terms
from schoolday.ground.errors import SchooldayError
from schooldesk import clock
from schooldesk.cohorts.choice.writes import from_paper
from schooldesk.cohorts.models import Announced, Kind, Making, Round, RoundFile
from schooldesk.cohorts.rounds import reads
from schooldesk.people.writes import record
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

LARGEST = 2**31
"""Seeds are smaller."""


def open_round(
    home: District, opens: date, closes: date, programs: Sequence[str], otherwise: str, who: str
) -> Round:
    """Open a round of choices.

    Raises
    ------
    SchooldayError
        Where no program is offered, or the dates do not fit.
    """
    known = [one.value for one in Program if one.value in programs]
    if not known:
        raise SchooldayError("offer at least one program")
    if otherwise not in [one.value for one in Program]:
        raise SchooldayError("say which program a child is in for whom nobody answers")
    with transaction.atomic():
        _fits(opens, closes)
        row = Round(
            district=home, opens=opens, closes=closes, programs=known, otherwise=otherwise, who=who,
            made=clock.now(),
        )  # fmt: skip
        row.save()
        record(home.pk, who, "choices.opened", round=row.pk, opens=str(opens), closes=str(closes))
    return row


def change_dates(row: Round, opens: date, closes: date, who: str) -> None:
    """Change when a round opens and closes; answers stay as they are."""
    with transaction.atomic():
        if row.withdrawn is None:
            _fits(opens, closes, row.pk)
        was = f"{row.opens} to {row.closes}"
        row.opens, row.closes = opens, closes
        row.save(update_fields=["opens", "closes"])
        about = {"round": row.pk, "opens": str(opens), "closes": str(closes), "was": was}
        record(row.district_id, who, "choices.dates", **about)


def withdraw(row: Round, who: str) -> None:
    """Take a round back: families do not see it any more; its answers are kept."""
    with transaction.atomic():
        if Round.objects.filter(pk=row.pk, withdrawn=None).update(withdrawn=clock.now()):
            record(row.district_id, who, "choices.withdrawn", round=row.pk)


def put_back(row: Round, who: str) -> None:
    """Put a round back that was taken back, unless another has its dates now."""
    with transaction.atomic():
        _fits(row.opens, row.closes, row.pk)
        if Round.objects.filter(pk=row.pk, withdrawn__isnull=False).update(withdrawn=None):
            record(row.district_id, who, "choices.put_back", round=row.pk)


def _fits(opens: date, closes: date, number: int = 0) -> None:
    """Refuse dates that run backwards, and those of another round: a family has one question at a time."""
    if closes < opens:
        raise SchooldayError("the last date must not lie before the first")
    there = Round.objects.filter(withdrawn=None, opens__lte=closes, closes__gte=opens).exclude(pk=number)
    other = there.first()
    if other is not None:
        raise SchooldayError(
            f"another round is open from {other.opens} to {other.closes}; choose other dates, or take it back"
        )


def announce(row: Round, seed: int, who: str) -> None:
    """Announce the seed of a round's draw to everybody; the one announced before stays in sight.

    Raises
    ------
    SchooldayError
        Where cohorts were asked for already: a seed that is announced afterwards proves nothing.
    """
    if not 0 <= seed < LARGEST:
        raise SchooldayError(f"a seed is a whole number from 0 to {LARGEST - 1:,}")
    with transaction.atomic():
        if Making.objects.filter(round=row).exists():
            raise SchooldayError(
                "cohorts of this round were asked for already, so no other seed can be announced; "
                "to draw with another one, write down why"
            )
        there = reads.announced(row)
        if not there or there[0].seed != seed:
            Announced(district=row.district, round=row, seed=seed, who=who, at=clock.now()).save()
            record(row.district_id, who, "cohorts.seed_announced", round=row.pk, seed=seed)


def keep_file(row: Round, kind: str, data: bytes, who: str) -> AskedReading:
    """Keep a file that is in order as the one of its kind that stands; with a fault nothing is kept."""
    if kind not in Kind.values:
        raise SchooldayError(f"{kind!r} is no file of a round; there are {', '.join(Kind.values)}")
    reading = reads.reading_of(row.district, kind, data, _terms(row))
    if reading.asked is None:
        return reading
    asked = reading.asked
    rows = {Kind.CHOICES: len(asked.choices), Kind.SEATS: len(asked.seats.of)}.get(kind, len(asked.phases))
    with transaction.atomic():
        text, at = data.decode("utf-8-sig"), clock.now()
        file = RoundFile(district=row.district, round=row, kind=kind, text=text, rows=rows, who=who, at=at)
        file.save()
        if asked.choices:
            from_paper(file, asked.choices, roster.household_numbers(row.district))
        record(row.district_id, who, f"cohorts.{kind}", round=row.pk, rows=rows)
    return reading


def _terms(row: Round) -> Terms:
    """Return what paper answers are held to: said while the round was open, and not after today."""
    last = min(row.closes, clock.today(row.district.timezone))
    return Terms(tuple(row.programs), row.opens, last)


def undo_file(row: Round, number: int, who: str) -> None:
    """Take a file back: the one before it stands again; of choices, what was answered beside it."""
    with transaction.atomic():
        there = RoundFile.objects.filter(pk=number, round=row, withdrawn=None)
        if not there.update(withdrawn=clock.now()):
            raise SchooldayError("this file was taken back already")
        record(row.district_id, who, "cohorts.file_withdrawn", round=row.pk, file=number)
