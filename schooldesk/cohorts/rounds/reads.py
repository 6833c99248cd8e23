"""Rounds of choices and their files, of the district in scope, and how many have answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from schoolday.cohorts.choice import Choice, Program
from schoolday.files.cohorts import Asked, AskedReading, Terms
from schoolday.ground.errors import SchooldayError
from schooldesk.cohorts.models import Announced, Answer, Kind, Round, RoundFile
from schooldesk.cohorts.rounds.files import parsed
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District, Pupil

COMING, OPEN, CLOSED = "coming", "open", "closed"


@dataclass(frozen=True)
class Answered:
    """How many pupils of a school have an answer that stands, and what it is."""

    school: str
    name: str
    pupils: int
    programs: dict[str, int]

    @property
    def answers(self) -> int:
        """How many have answered."""
        return sum(self.programs.values())


def rounds() -> list[Round]:
    """Return every round, the newest first."""
    return list(Round.objects.order_by("-opens", "-pk"))


def one(number: int) -> Round | None:
    """Return a round, or None."""
    found: Round | None = Round.objects.select_related("district").filter(pk=number).first()
    return found


def state(row: Round, today: date) -> str:
    """Return whether a round is coming, open or closed on a date."""
    if today < row.opens:
        return COMING
    return OPEN if today <= row.closes else CLOSED


def current(today: date) -> Round | None:
    """Return the round that families are shown: the open one, else the next, else the last; None of none."""
    there = list(Round.objects.filter(withdrawn=None).order_by("opens", "pk"))
    ahead = [row for row in there if row.closes >= today]
    return ahead[0] if ahead else (there[-1] if there else None)


def files(row: Round, kind: str) -> list[RoundFile]:
    """Return the files of a kind that were not taken back, the one that stands first; without their text."""
    found = RoundFile.objects.filter(round=row, kind=kind, withdrawn=None)
    return list(found.defer("text").order_by("-pk"))


def asked(home: District, file: RoundFile | None) -> Asked:
    """Return what a file says.

    Raises
    ------
    SchooldayError
        Where a class or school that it names has left the roster since it was taken in.
    """
    if file is None:
        return Asked()
    reading = reading_of(home, file.kind, file.text.encode())
    if reading.asked is None:
        raise SchooldayError(
            f"{file.kind}.csv does not fit the roster that stands any more ({reading.findings[0].said}); "
            "send it in again"
        )
    return reading.asked


def reading_of(home: District, kind: str, data: bytes, terms: Terms | None = None) -> AskedReading:
    """Return what came of reading a file of a kind against the roster that stands."""
    there = roster.without_pupils(home)
    if kind == Kind.CHOICES:
        there = replace(there, pupils=roster.pupils(home))
    return parsed(kind, data, there, terms)


def announced(row: Round) -> list[Announced]:
    """Return the seeds that were announced for a round's draw, the one that counts first."""
    return list(Announced.objects.filter(round=row).order_by("-pk"))


def day_said(said: date | None, at: datetime, zone: ZoneInfo) -> date:
    """Return the day on which an answer was said: its own, or that of the moment at which it was kept."""
    return said or at.astimezone(zone).date()


def counting(row: Round) -> QuerySet[Answer]:
    """Return the answers of a round that count, in order: not those of files that were taken back."""
    mine: QuerySet[Answer] = Answer.objects.filter(Q(file=None) | Q(file__withdrawn=None), round=row)
    return mine.order_by("pk")


def last_answer(row: Round) -> int:
    """Return the number of the last answer of a round; 0 where there is none."""
    found = Answer.objects.filter(round=row).order_by("-pk").values_list("pk", flat=True).first()
    return int(found or 0)


def choices(home: District, row: Round, last: int, files: Collection[int]) -> list[Choice]:
    """Return the answers of a round up to one of them, of some files alone, as the core's choices."""
    zone = ZoneInfo(home.timezone)
    columns = ("pupil", "program", "said", "at", "by", "who", "wish", "beside")
    mine = Answer.objects.filter(Q(file=None) | Q(file__in=list(files)), round=row, pk__lte=last)
    return [
        Choice(pupil, Program(program), day_said(said, at, zone), by or who or "family", wish, beside)
        for pupil, program, said, at, by, who, wish, beside in mine.order_by("pk")
        .values_list(*columns)
        .iterator(chunk_size=2000)
    ]


def answered(home: District, row: Round) -> list[Answered]:
    """Return for each school that has pupils how many of them have answered."""
    zone = ZoneInfo(home.timezone)
    rows = list(counting(row).values_list("pupil", "program", "said", "at"))
    rows.sort(key=lambda one: day_said(one[2], one[3], zone))
    said = {pupil: program for pupil, program, *_ in rows}
    pupils: Counter[str] = Counter()
    programs: dict[str, Counter[str]] = {}
    for pupil, school in Pupil.objects.filter(version=home.roster_id).values_list("sourced", "school"):
        pupils[school] += 1
        if pupil in said:
            programs.setdefault(school, Counter())[said[pupil]] += 1
    return [
        Answered(one.id, one.name, pupils[one.id], dict(programs.get(one.id, {})))
        for one in roster.schools(home)
        if pupils[one.id]
    ]
