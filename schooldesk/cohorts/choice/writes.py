"""Keep what a family chose: always another answer, never a changed one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from schooldesk import clock
from schooldesk.cohorts.models import Answer, Round
from schooldesk.people.writes import record

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
