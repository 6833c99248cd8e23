"""Keep what a family chose: always another answer, never a changed one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from schoolday.cohorts.choice import Choice, Program
from schooldesk import clock
from schooldesk.cohorts.models import Answer, Round, RoundFile
from schooldesk.people.writes import record

BATCH = 1000
"""Answers that are written at once."""
FAMILY = "family"
"""Who did it where a family's link did; the link's token names nobody."""


@dataclass(frozen=True)
class Chosen:
    """What is chosen for a child, and the cohort that is wished for, if any."""

    program: str
    wish: str = ""


def answer(row: Round, household: int, chosen: Mapping[str, Chosen], *, by: str = "", who: str = "") -> None:
    """Keep a household's answers; `by` called, and `who` of the staff wrote it down."""
    at = clock.now()
    with transaction.atomic():
        for pupil, one in chosen.items():
            Answer(
                district_id=row.district_id, round=row, household=household, pupil=pupil,
                program=one.program, wish=one.wish, by=by, who=who, at=at,
            ).save()  # fmt: skip
        about = {"round": row.pk, "household": household, "pupils": list(chosen)}
        record(row.district_id, who or FAMILY, "choice.made", **about)


def from_paper(file: RoundFile, choices: Iterable[Choice], households: Mapping[str, int]) -> None:
    """Keep the answers of a file, in its order; a pupil of no household on the roster is in none here too."""
    rows = (
        Answer(
            district_id=file.district_id, round_id=file.round_id, household=households.get(one.pupil, 0),
            pupil=one.pupil, program=one.program.value, beside=one.beside, by=one.by[:150], who=file.who,
            wish=one.wish if one.program is Program.ON_SITE else "", at=file.at, said=one.day, file=file,
        )
        for one in choices
    )  # fmt: skip
    Answer.objects.bulk_create(rows, batch_size=BATCH)
