"""The boxes at the head of a household's page: what changed, and where devices run short, each told once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import escape

from schoolday.calendar.days import DayKind
from schoolday.day import Change, Changed, Clash
from schooldesk.day import sentences
from schooldesk.day.languages import Speech
from schooldesk.day.shell import Shell, environment

_NAME = Shell.slot("name")
_ROW = f"<li>{_NAME}</li>\n"


class Notes:
    """Tells changes and clashes in one language; what changed for classmates is told once."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self._changes_box = _frame("changes", speech.say("What changed since you last looked"))
        self._clashes_box = _frame("clashes", speech.say("Not enough devices at these times"))
        # By the identity of the change, which is kept so that no id is used again while we live.
        self._told: dict[tuple[int, DayKind], tuple[Change, list[str]]] = {}
        self._names: dict[str, str] = {}

    def changes(self, some: Iterable[Changed], day: DayKind) -> str:
        """Return the box of what changed since a family last looked, on what is now this kind of day."""
        return _box(self._changes_box, [self._changed(one, day) for one in some])

    def clashes(self, some: Iterable[Clash]) -> str:
        """Return the box of where devices run short."""
        return _box(self._clashes_box, [sentences.clash(one, self.speech) for one in some])

    def _changed(self, one: Changed, day: DayKind) -> str:
        key = (id(one.change), day)
        near = self._told.get(key)
        if near is None:
            told = sentences.change(one.change, _NAME, day, self.speech)
            near = self._told[key] = (one.change, str(told).split(_NAME))
        return self._name(one.given).join(near[1])

    def _name(self, given: str) -> str:
        found = self._names.get(given)
        if found is None:
            found = self._names[given] = f"<bdi>{escape(given)}</bdi>"
        return found


def _frame(kind: str, title: str) -> tuple[str, str]:
    """Return what stands before and behind the rows of a box."""
    parts: Any = environment().get_template("parts.html").module
    head, _slot, foot = str(parts.note(kind, title, [_NAME])).partition(_ROW)
    return head, foot


def _box(frame: tuple[str, str], said: list[str]) -> str:
    """Return a box with its rows, which are escaped already; nothing where there are none."""
    head, foot = frame
    rows = "".join([f"<li>{one}</li>\n" for one in said])
    return f"{head}{rows}{foot}" if said else ""
