"""The measures that rules limit: one name, one unit and one sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from schoolday.rules.measure import MOST, UNITS, Measure
from schoolday.rules.measures_county import COUNTY
from schoolday.rules.measures_kept import KEPT
from schoolday.rules.measures_learning import LEARNING
from schoolday.rules.measures_ledger import LEDGER
from schoolday.rules.measures_outside import OUTSIDE
from schoolday.rules.measures_study import STUDY
from schoolday.rules.measures_wide import WIDE

__all__ = ["MEASURES", "MOST", "UNITS", "Measure", "planned"]

_ALL = (
    Measure(
        "total_minutes",
        "minutes",
        "minutes of instruction",
        "All minutes of instruction of one pupil: live, independent and in person together; "
        "lunch and breaks are not counted.",
    ),
    Measure(
        "live_minutes",
        "minutes",
        "live minutes",
        "Minutes in which a pupil meets a teacher live, from a distance.",
    ),
    Measure(
        "independent_minutes",
        "minutes",
        "minutes of independent work",
        "Minutes of independent work of one pupil, at the time value that a teacher gives it.",
    ),
    Measure(
        "live_share",
        "percent",
        "percent of a pupil's minutes live",
        "Live minutes of one pupil as a percentage of all the pupil's minutes.",
        per_period=False,
    ),
    Measure(
        "live_meetings",
        "meetings",
        "live meetings",
        "How many times one pupil meets a teacher live.",
    ),
    Measure(
        "unbroken_live",
        "minutes",
        "minutes live without a break",
        "The longest run of live minutes of one pupil with no break between them.",
        per_period=False,
    ),
    Measure(
        "least_break",
        "minutes",
        "minutes between meetings to count as a break",
        "How many minutes without a live meeting count as a break.",
        per_period=False,
    ),
    Measure(
        "lunch_minutes", "minutes", "minutes for lunch", "One pupil's free time for lunch, in one piece."
    ),
    Measure(
        "lunch_from",
        "minute_of_day",
        "lunch begins",
        "The time of day from which lunch may be taken.",
        per_period=False,
    ),
    Measure(
        "lunch_until",
        "minute_of_day",
        "lunch is over",
        "The time of day by which lunch must have been taken.",
        per_period=False,
    ),
    Measure(
        "day_start",
        "minute_of_day",
        "the school day begins",
        "The time of day at which a pupil's first meeting may begin.",
        per_period=False,
    ),
    Measure(
        "day_end",
        "minute_of_day",
        "the school day ends",
        "The time of day at which a pupil's last meeting must be over.",
        per_period=False,
    ),
    Measure(
        "teacher_preparation",
        "minutes",
        "minutes for a teacher's preparation",
        "A teacher's time without meetings within the contract day, in one piece, lunch apart.",
    ),
    Measure("teacher_lunch", "minutes", "minutes for a teacher's lunch", "A teacher's lunch, in one piece."),
    Measure(
        "teacher_live", "minutes", "live minutes of a teacher", "Minutes in which a teacher teaches live."
    ),
    Measure(
        "group_minutes",
        "minutes",
        "live minutes in a small group",
        "Live minutes that one pupil of a self-contained class spends in a small group.",
    ),
)

MEASURES: Mapping[str, Measure] = {
    measure.name: measure for measure in (*_ALL, *KEPT, *STUDY, *WIDE, *COUNTY, *OUTSIDE, *LEARNING, *LEDGER)
}
"""Every measure by name, in the order in which pages show them."""


def planned(name: str) -> bool:
    """Whether a plan of the day is held against a measure; an unknown one counts as such, so it is told."""
    return name not in MEASURES or MEASURES[name].planned
