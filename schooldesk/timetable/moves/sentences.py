"""What a move says in words."""

from __future__ import annotations

from schoolday.rules import Way
from schooldesk.cohorts.sentences import weekdays
from schooldesk.timetable.models import Move

__all__ = ["STATES", "WEEKDAYS", "is_open", "state", "way", "weekdays"]


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


WAYS = {
    Way.DISTANCE: _("Distance learning"),
    Way.HYBRID: _("Hybrid: some days at school, the others at home"),
    Way.IN_PERSON: _("Everybody at school"),
    Way.INDEPENDENT_STUDY: _("Independent study"),
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
STATES = {
    "asked": _("being made"),
    "failed": _("could not be made"),
    "made": _("made; nobody is told yet"),
    "adopted": _("adopted"),
    "withdrawn": _("taken back"),
}


def state(row: Move) -> str:
    """Return the key of how a move stands."""
    if row.withdrawn:
        return "withdrawn"
    if row.adopted:
        return "adopted"
    if row.failed:
        return "failed"
    return "made" if row.finished else "asked"


def is_open(row: Move) -> bool:
    """Whether the worker still has to do something for it."""
    return not row.failed and (row.finished is None or not row.published)


def way(name: str | Way) -> str:
    """Return a way of schooling, to be translated."""
    return WAYS[Way(name)]
