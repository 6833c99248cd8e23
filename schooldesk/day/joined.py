"""The parts of a household's page that repeat, joined by hand from escaped strings.

A district has 33,000 different rows and 27,000 different days each morning. Rendered by Jinja2 page by
page, 25,000 households took 14 s of CPU; with the page's shell rendered once (shell.py) and the rows
joined here they took 2.7 s on the same busy machine. Whatever does not repeat stays in the templates.
Everything that comes from outside goes through `escape`.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from schoolday.day import Block, Cited, PupilDay, Reason
from schoolday.ground.spans import clock as iso
from schooldesk.day import sentences
from schooldesk.day.languages import Speech
from schooldesk.day.shell import environment, joinable
from schooldesk.day.subjects import block_names, room


class Joined:
    """Joins rows, days and children in one language, each different one once."""

    def __init__(self, speech: Speech, rules: str = "") -> None:
        self.speech, self.rules = speech, rules
        # Whether to say which class each meeting is of, beyond its subject: a teacher of several asks.
        self.rooms = False
        parts: Any = environment().get_template("parts.html").module
        self._clause_part, self._note_part = parts.clause, parts.note
        self._kinds = {kind: str(escape(sentences.block_kind(kind, speech))) for kind in sentences.KINDS}
        self._join = str(escape(speech.say("Join")))
        self._short = str(escape(speech.say("Not enough devices")))
        self._empty = str(escape(speech.say("Nothing is planned.")))
        self._children = str(escape(speech.say("Children")))
        self._rest = str(escape(speech.say("Nothing to do for school on this day. Enjoy it.")))
        self._here = str(escape(speech.say("I’m here")))
        self._why_said = str(escape(speech.say("Why these minutes?")))
        self._clauses_said = str(escape(speech.say("The rules these minutes come from")))
        # Rules are quoted as they are written; a reader of another language is told that it is English.
        self._english = "" if speech.language.code == "en" else ' lang="en" dir="ltr"'
        self._notes = {
            "changes": speech.say("What changed since you last looked"),
            "clashes": speech.say("Not enough devices at these times"),
        }
        self._names: dict[tuple[str, str], str] = {}
        self._rows: dict[Block, str] = {}
        self._grades: dict[str, str] = {}
        # Keyed by identity, with the value kept so that no id is used again while we live.
        self._by_id: dict[int, tuple[Block, str]] = {}
        self._days: dict[tuple[object, ...], tuple[PupilDay, str]] = {}
        self._told: dict[Reason, str] = {}
        self._clauses: dict[str, str] = {}

    def children(self, pupils: tuple[PupilDay, ...], school: bool = True) -> str:
        """Return the sections of all children, with a list to jump to them where there are several.

        On a school day each child has a button that tells the school that it is here; on a day without
        school one kind sentence is enough.
        """
        if not school and not any(pupil.blocks for pupil in pupils):
            names = [f"<bdi>{escape(pupil.given)}</bdi>" for pupil in pupils]
            return f'<p class="rest">{self._rest}</p>\n<p class="none">{", ".join(names)}</p>'
        names = [escape(pupil.given) for pupil in pupils]
        parts = []
        if len(names) > 1:
            parts.append(f'<nav class="jump" aria-label="{self._children}"><ul>\n')
            parts += [
                f'<li><a href="#child-{number}"><bdi>{name}</bdi></a></li>\n'
                for number, name in enumerate(names, 1)
            ]
            parts.append("</ul></nav>\n")
        parts.append(f'<div class="children n{len(names)}">\n')
        for number, (name, pupil) in enumerate(zip(names, pupils, strict=True), 1):
            at = f" · <bdi>{escape(pupil.school)}</bdi>" if pupil.school else ""
            here = self._button(pupil.pupil, name) if school else ""
            parts.append(
                f'<section class="child" id="child-{number}" aria-labelledby="name-{number}">\n'
                f'<h2 id="name-{number}"><bdi>{name}</bdi></h2>\n'
                f'<p class="grade">{self._grade(pupil.grade)}{at}</p>\n{here}{self._pupil(pupil)}</section>\n'
            )
        parts.append("</div>\n")
        parts.append(self.clauses([reason for pupil in pupils for reason in pupil.reasons]))
        return "".join(parts)

    def clauses(self, told: list[Reason]) -> str:
        """Return the clauses behind some reasons, each once: in full, so that all can be checked by hand."""
        cited = {one.clause: one for reason in told for one in reason.cited}
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

    def day(self, blocks: tuple[Block, ...], said: str, unlaid: int = 0, why: str = "") -> str:
        """Return one person's day: its sum in words, its blocks, what has no time, and why."""
        if blocks:
            rows = "\n".join([self._row(block) for block in blocks])
            day = f'<p class="sum">{escape(said)}</p>\n<ol class="day">\n{rows}\n</ol>\n'
        elif unlaid:
            day = f'<p class="sum">{escape(said)}</p>\n'
        else:
            day = f'<p class="none">{self._empty}</p>\n'
        if unlaid:
            message = self.speech.say("And whenever it suits: %(minutes)s on your own.")
            text = message % {"minutes": self.speech.minutes(unlaid, "long")}
            day += f'<p class="unlaid">{escape(text)}</p>\n'
        return day + why

    def row(self, block: Block) -> Markup:
        """Return the list item of a block."""
        return Markup(self._row(block))

    def note(self, kind: str, said: list[Markup]) -> str:
        """Return the box of what changed or of where devices run short."""
        return str(self._note_part(kind, self._notes[kind], said))

    def _button(self, pupil: str, name: Markup) -> str:
        """Return the form that says "I'm here": its address is relative, for a page knows no link."""
        whose = f'{self._here}<span class="vh">: {name}</span>'
        return (
            f'<form class="here" method="post" action="here/?lang={self.speech.language.code}">'
            f'<button name="pupil" value="{escape(pupil)}">{whose}</button></form>\n'
        )

    def _pupil(self, pupil: PupilDay) -> str:
        key = (id(pupil.blocks), id(pupil.reasons), pupil.unlaid, pupil.promised)
        found = self._days.get(key)
        if found is None:
            said = sentences.pupil_sum(pupil, self.speech)
            promised = [escape(sentences.promise(one, self.speech)) for one in pupil.promised]
            more = "".join([f"<li>{one}</li>\n" for one in promised])
            why = self.why(pupil.reasons, more) if pupil.blocks or pupil.unlaid else ""
            found = self._days[key] = (pupil, self.day(pupil.blocks, said, pupil.unlaid, why))
        return found[1]

    def _row(self, block: Block) -> str:
        near = self._by_id.get(id(block))
        if near is not None:
            return near[1]
        found = self._rows.get(block)
        if found is None:
            found = self._rows[block] = self._new_row(block)
        self._by_id[id(block)] = (block, found)
        return found

    def _new_row(self, block: Block) -> str:
        s, kind = self.speech, block.kind
        start = s.clock(block.start)
        head = (
            f'<li class="b {kind}{" shared" if block.shared else ""}" data-s="{block.start}" '
            f'data-e="{block.end}"><p class="t"><time datetime="{iso(block.start)}">{start}</time>'
        )
        lasts = s.minutes(block.minutes)
        if not block.title and not block.subject:
            return f'{head}</p><p class="w">{self._kinds[kind]} <span>{lasts}</span></p></li>'
        names, name = self._named(block)
        teacher = f" <bdi>{escape(block.teacher)}</bdi>" if block.teacher else ""
        if block.pupils:
            teacher = f" <span>{escape(sentences.size(block.pupils, s))}</span>"
        short = f'<p class="short">{self._short}</p>' if block.shared else ""
        place = link = ""
        if joinable(block.place):
            more = f'<span class="vh"> {name}, {start}</span>'
            link = f'<a class="join" href="{escape(block.place)}">{self._join}{more}</a>'
        elif block.place not in ("", "home"):
            place = f'<p class="how" dir="auto">{escape(block.place)}</p>'
        return (
            f'{head} <span>– {s.bare_clock(block.end)}</span></p><div class="w"><div><p>{names}</p>'
            f'<p class="how"><b>{self._kinds[kind]}</b> <span>{lasts}</span>{teacher}</p>'
            f"{short}{place}</div>{link}</div></li>"
        )

    def _named(self, block: Block) -> tuple[str, str]:
        key = (block.title, block.subject)
        name, course = block_names(*key, self.speech)
        if self.rooms:
            course = f"{course} {room(*key)}".strip()
        found = self._names.get(key)
        if found is None:
            more = f" <bdi>{escape(course)}</bdi>" if course else ""
            found = self._names[key] = f"<strong>{escape(name)}</strong>{more}"
        return found, str(escape(name))

    def _grade(self, name: str) -> str:
        found = self._grades.get(name)
        if found is None:
            found = self._grades[name] = str(escape(sentences.grade(name, self.speech)))
        return found

    def _reason(self, reason: Reason) -> str:
        found = self._told.get(reason)
        if found is None:
            cited = "; ".join([self._link(one) for one in reason.cited])
            said = escape(sentences.reason(reason, self.speech))
            end = f" ({cited})." if cited else "" if said.endswith(".") else "."
            found = self._told[reason] = f"<li>{said}{end}</li>\n"
        return found

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
