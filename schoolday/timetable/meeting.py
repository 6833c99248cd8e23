"""Meeting: one dated occurrence of a section or service, and independent work laid beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schoolday.calendar.row import Minutes
from schoolday.ground.spans import Span


@dataclass(frozen=True, slots=True)
class Meeting:
    """One dated occurrence of an activity.

    `uid` stays the same for the same activity and date, wherever it moves; `place` is a link or a room;
    `pupils` are those expected.
    """

    uid: str
    activity: str
    source: str
    day: date
    span: Span
    kind: Minutes
    title: str
    subject: str
    teachers: tuple[str, ...]
    pupils: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """Independent work of one pupil on one date: what it belongs to, when it is suggested, how long."""

    activity: str
    source: str
    title: str
    subject: str
    day: date
    span: Span
