"""The measures that the ledger counts: meetings of services not held, by reason, and occasions of truancy."""

from __future__ import annotations

from schoolday.rules.measure import Measure


def _missed(reason: str, why: str) -> Measure:
    return Measure(
        f"missed_{reason}",
        "count",
        f"service meetings not held because {why}",
        f"Meetings of an IEP's service that one pupil was not given because {why}.",
        per_period=False,
        planned=False,
    )


LEDGER = (
    _missed("pupil_absent", "the pupil was absent"),
    _missed("pupil_excused", "the pupil was absent and excused"),
    _missed("declined", "the pupil did not take part"),
    _missed("provider_absent", "the provider was absent"),
    _missed("no_school", "there was no school"),
    _missed("school_activity", "the pupil was at an activity of the school"),
    _missed("technical", "the connection or a device failed"),
    _missed("other", "of another reason"),
    Measure(
        "truant_occasions",
        "days",
        "days absent, late or away for more than 30 minutes, without an excuse",
        "School days on which a pupil was absent, or late or away for more than 30 minutes, without a valid "
        "excuse.",
        per_period=False,
        planned=False,
    ),
)
"""None is counted from a plan of the day."""
