"""Measures of exams, of what is known of learning, of small groups and of recordings."""

from __future__ import annotations

from schoolday.rules.measure import Measure


def _measure(name: str, unit: str, noun: str, said: str) -> Measure:
    return Measure(name, unit, noun, said, per_period=False, planned=False)


LEARNING = (
    _measure(
        "district_exams",
        "count",
        "exams that the district chooses",
        "Exams of one school year, the same in all classes of a grade, that the district chose.",
    ),
    _measure(
        "mastery_share",
        "percent",
        "percent of questions on a standard",
        "The share of questions on a standard that a pupil who has learned it would answer rightly.",
    ),
    _measure(
        "mastery_certainty",
        "percent",
        "percent of certainty",
        "How certain it must be that a pupil's share lies above or below the bar before either is said.",
    ),
    _measure(
        "mastery_trials",
        "count",
        "questions on a standard",
        "Questions on a standard that a pupil must have been asked before anything is said of it.",
    ),
    _measure(
        "intervention_pupils",
        "count",
        "pupils in a small group for targeted help",
        "Pupils who meet as one small group because they need the same standard.",
    ),
    _measure(
        "intervention_times",
        "count",
        "small groups for targeted help",
        "Small groups for targeted help that one pupil joins in a week.",
    ),
    _measure(
        "told_people",
        "count",
        "people behind a number that is told",
        "People behind a number of a student group that is shown; a smaller one is hidden.",
    ),
    _measure(
        "unposted_lessons",
        "count",
        "live lessons without a recording",
        "Live lessons of a section whose recording was not posted for pupils who were not there.",
    ),
    _measure(
        "unconsented_recordings",
        "count",
        "recordings without a consent",
        "Recordings of lessons made without the consent of the teacher and of the principal of the school.",
    ),
)
"""They are counted from records; no plan of a day is held against them."""
