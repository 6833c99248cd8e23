"""A result as files: cohorts and reasons as the terminal writes them, the sizes of classes, all of it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from io import StringIO
from typing import Any

from schooldesk.cohorts.making.result import Result
from schooldesk.cohorts.models import Making


def cohorts(result: Result) -> str:
    """Return each pupil's cohort, as `schoolday plan --cohorts` takes it."""
    return _csv(("pupilId", "cohort"), result.of.items())


def reasons(result: Result) -> str:
    """Return what could not be had for whom, and why."""
    return _csv(("pupilId", "what", "why"), result.reasons)


def classes(result: Result) -> str:
    """Return how many pupils each class has on which days, and how many seats."""
    head = ("sectionId", "school", "title", "seats", "A", "B", "S", "most")
    rows = (
        (one.section, one.school, one.title, one.seats, one.a, one.b, one.all_week, one.most)
        for one in result.classes
    )
    return _csv(head, rows)


CSV: dict[str, Callable[[Result], str]] = {"cohorts": cohorts, "reasons": reasons, "classes": classes}
"""The files by name."""


def plain(row: Making, result: Result) -> dict[str, Any]:
    """Return all of a result as plain values."""
    made = result.assigned
    return {
        "day": row.day,
        "seed": row.seed,
        "first": row.first,
        "drawn": made.drawn,
        "sizes": dict(Counter(result.of.values())),
        "families": result.families,
        "families_together": result.together,
        "cohorts": result.of,
        "reasons": [{"pupil": pupil, "what": what, "why": why} for pupil, what, why in result.reasons],
        "unanswered": made.unanswered,
        "classes": [asdict(one) for one in result.classes],
        "grades": [asdict(one) for one in result.grades],
        "services": [asdict(one) for one in result.services],
        "findings": [
            {"code": one.code, "status": one.status.value, "said": one.said} for one in result.findings
        ],
    }


def _csv(head: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(lines)
    return text.getvalue()
