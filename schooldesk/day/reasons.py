"""Why these minutes: the reasons for a day, and the clauses behind them, each different one made once.

Joined by hand like the rows (joined.py); everything that comes from outside goes through `escape`.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from schoolday.day import Cited, PupilDay, Reason
from schooldesk.day import sentences
from schooldesk.day.languages import Speech
from schooldesk.day.shell import environment, joinable


class Reasons:
    """Tells reasons and clauses in one language, with links to the public page of the rules."""

    def __init__(self, speech: Speech, rules: str = "") -> None:
        self.speech, self.rules = speech, rules
        parts: Any = environment().get_template("parts.html").module
        self._clause_part = parts.clause
        self._why_said = str(escape(speech.say("Why these minutes?")))
        self._clauses_said = str(escape(speech.say("The rules these minutes come from")))
        # Rules are quoted as they are written; a reader of another language is told that it is English.
        self._english = "" if speech.language.code == "en" else ' lang="en" dir="ltr"'
        self._cited: dict[int, tuple[tuple[Reason, ...], dict[str, Cited]]] = {}
        self._told: dict[int, tuple[Reason, str]] = {}
        self._clauses: dict[str, str] = {}
        self._boxes: dict[tuple[str, ...], bytes] = {}

    def behind(self, pupils: tuple[PupilDay, ...]) -> bytes:
        """Return the clauses behind all children's days; households under the same ones share the bytes."""
        found: dict[str, Cited] = {}
        for pupil in pupils:
            found |= self._cited_by(pupil.reasons)
        key = tuple(found)
        if key not in self._boxes:
            self._boxes[key] = self._box(found).encode("utf-8", "replace")
        return self._boxes[key]

    def _cited_by(self, told: tuple[Reason, ...]) -> dict[str, Cited]:
        near = self._cited.get(id(told))
        if near is None:
            near = self._cited[id(told)] = (told, _cited(told))
        return near[1]

    def clauses(self, told: tuple[Reason, ...]) -> str:
        """Return the clauses behind some reasons, each once: in full, so that all can be checked by hand."""
        return self._box(_cited(told))

    def _box(self, cited: dict[str, Cited]) -> str:
        if not cited:
            return ""
        rows = "".join([self._clause(one) for one in cited.values()])
        head = f'<details class="why rules"><summary>{self._clauses_said}</summary>\n'
        return f"{head}<ul>\n{rows}</ul></details>\n"

    def why(self, told: tuple[Reason, ...], more: str = "") -> str:
        """Return the reasons for a day, to be opened, each with a link to its clauses."""
        if not told and not more:
            return ""
        rows = "".join([self._reason(reason) for reason in told])
        return (
            f'<details class="why"><summary>{self._why_said}</summary>\n<ul>\n{rows}{more}</ul></details>\n'
        )

    def _reason(self, reason: Reason) -> str:
        near = self._told.get(id(reason))
        if near is None:
            near = self._told[id(reason)] = (reason, self._new_reason(reason))
        return near[1]

    def _new_reason(self, reason: Reason) -> str:
        cited = "; ".join([self._link(one) for one in reason.cited])
        said = escape(sentences.reason(reason, self.speech))
        end = f" ({cited})." if cited else "" if said.endswith(".") else "."
        return f"<li>{said}{end}</li>\n"

    def _link(self, one: Cited) -> str:
        said = f"<span{self._english}>{escape(sentences.source(one))}</span>"
        return f'<a href="{self._at(one)}">{said}</a>' if self.rules else said

    def _at(self, one: Cited) -> str:
        """Return where the public page of the rules shows a clause."""
        return f"{escape(self.rules)}#{escape(one.clause)}" if self.rules else ""

    def _clause(self, one: Cited) -> str:
        found = self._clauses.get(one.clause)
        if found is None:
            values = {"one": one, "sure": sentences.sure(one, self.speech), "english": Markup(self._english)}
            values |= {"href": one.href if joinable(one.href) else "", "at": Markup(self._at(one))}
            found = self._clauses[one.clause] = str(self._clause_part(**values))
        return found


def _cited(told: tuple[Reason, ...]) -> dict[str, Cited]:
    return {one.clause: one for reason in told for one in reason.cited}
