"""Rounds of choices and their files, of the district in scope, and how many have answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from schoolday.cohorts.choice import Choice, Program
from schoolday.files.cohorts import Asked, AskedReading
from schoolday.ground.errors import SchooldayError
from schooldesk.cohorts.models import Answer, Round, RoundFile
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


def reading_of(home: District, kind: str, data: bytes) -> AskedReading:
    """Return what came of reading a file of a kind against the roster that stands."""
    return parsed(kind, data, roster.without_pupils(home))


def last_answer(row: Round) -> int:
    """Return the number of the last answer of a round; 0 where there is none."""
    found = Answer.objects.filter(round=row).order_by("-pk").values_list("pk", flat=True).first()
    return int(found or 0)


def choices(home: District, row: Round, last: int) -> list[Choice]:
    """Return the answers of a round up to one of them, in order, as the core's choices."""
    zone = ZoneInfo(home.timezone)
    columns = ("pupil", "program", "at", "by", "who", "wish")
    found = Answer.objects.filter(round=row, pk__lte=last).order_by("pk").values_list(*columns)
    return [
        Choice(pupil, Program(program), at.astimezone(zone).date(), by or who or "family", wish)
        for pupil, program, at, by, who, wish in found.iterator(chunk_size=2000)
    ]


def answered(home: District, row: Round) -> list[Answered]:
    """Return for each school that has pupils how many of them have answered."""
    said = dict(Answer.objects.filter(round=row).order_by("pk").values_list("pupil", "program"))
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
