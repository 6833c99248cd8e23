"""The vocabulary of terms that are no minutes of a day: what may be said of each, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Vocable:
    """A term that documents speak of.

    Parameters
    ----------
    name, title, said
        Its name in files, on pages, and its definition in one sentence.
    choices
        The values that it may have, each with what it means; none where it is a number.
    unit, most
        The number's unit and the largest that can be meant.
    """

    name: str
    title: str
    said: str
    choices: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    most: float = 0.0


_ALL = (
    Vocable(
        "live_per_course",
        "live minutes in each course",
        "Live minutes a day in each course of a pupil who changes classes.",
        unit="minutes",
        most=600.0,
    ),
    Vocable(
        "recordings",
        "recordings of live lessons",
        "Whether teachers post recordings of live lessons for pupils who were not there.",
        {"required": "every live lesson is recorded", "not_required": "the teacher decides"},
    ),
    Vocable(
        "common_assessments",
        "common assessments",
        "Who chooses the assessments that measure progress.",
        {
            "by_district": "the same in the whole district",
            "flexible": "more freedom than one test for the whole district",
            "by_teacher": "the teacher chooses",
        },
    ),
    Vocable(
        "substitutes",
        "substitutes in the afternoon or evening",
        "Whether substitutes teach at other times for those who cannot come in the morning.",
        {"offered": "substitutes teach then", "not_offered": "nobody teaches then"},
    ),
    Vocable(
        "screen_time",
        "required screen time",
        "Whether the time that a pupil must spend before a screen is limited.",
        {"less": "less of it is wanted; no number is named", "not_limited": "nothing limits it"},
    ),
    Vocable(
        "service_logs",
        "logs of special education services",
        "Whether providers log the services that a pupil was given.",
        {"required": "every service is logged", "not_required": "no log is kept"},
    ),
)

TERMS: Mapping[str, Vocable] = {one.name: one for one in _ALL}
"""Every term by name, in the order in which pages show them."""


def said(name: str, value: str | float) -> str:
    """Return what a document says of a term in words: ``15 minutes``, ``every live lesson is recorded``."""
    term = TERMS[name]
    return f"{value:g} {term.unit}" if isinstance(value, float | int) else term.choices[value]
