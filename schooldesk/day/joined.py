"""The parts of a household's page that repeat, joined by hand from escaped strings, each made once.

A district has 33,000 different rows and 27,000 different days each morning. Rendered by Jinja2 page by
page, 25,000 households took 14 s of CPU; with the page's shell rendered once (shell.py) and the rows
joined here they took 2.7 s on the same busy machine. Whatever does not repeat stays in the templates.
Everything that comes from outside goes through `escape`.
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from markupsafe import Markup, escape

from schoolday.day import Block, PupilDay
from schoolday.day.now import PAUSES
from schoolday.ground.spans import clock as iso
from schooldesk.day import sentences
from schooldesk.day.languages import Speech
from schooldesk.day.now import DayAt, row_at
from schooldesk.day.reasons import Reasons
from schooldesk.day.shell import joinable
from schooldesk.day.subjects import block_names, room


class _Row(NamedTuple):
    """A block's list item, and what a request must know of it (now.py)."""

    html: bytes
    at: bytes


class _Day(NamedTuple):
    """A pupil's day: its HTML, the minutes at which something changes, and where its rows stand."""

    pupil: PupilDay
    html: bytes
    minutes: tuple[int, ...]
    rows: bytes
    starts: tuple[int, ...]


class Children(NamedTuple):
    """The sections of all children, and where in them each child stands."""

    html: bytes
    places: tuple[DayAt, ...] = ()


class Joined:
    """Joins rows, days and children in one language, each different one once."""

    def __init__(self, speech: Speech, rules: str = "") -> None:
        self.speech, self.reasons = speech, Reasons(speech, rules)
        # Whether to say which class each meeting is of, beyond its subject: a teacher of several asks.
        self.rooms = False
        self._kinds = {kind: str(escape(sentences.block_kind(kind, speech))) for kind in sentences.KINDS}
        self._join = str(escape(speech.say("Join")))
        self._short = str(escape(speech.say("Not enough devices")))
        self._empty = str(escape(speech.say("Nothing is planned.")))
        self._children = str(escape(speech.say("Children")))
        self._rest = str(escape(speech.say("Nothing to do for school on this day. Enjoy it.")))
        self._here = str(escape(speech.say("I’m here")))
        self._names: dict[tuple[str, str], tuple[str, str]] = {}
        self._rows: dict[tuple[object, ...], _Row] = {}
        self._grades: dict[str, str] = {}
        # Keyed by identity, with the value kept so that no id is used again while we live.
        self._by_id: dict[int, tuple[Block, _Row]] = {}
        self._days: dict[tuple[object, ...], _Day] = {}

    def children(self, pupils: tuple[PupilDay, ...], school: bool = True) -> Children:
        """Return the sections of all children, with a list to jump to them where there are several.

        On a school day each child has a button that tells the school that it is here; on a day without
        school one kind sentence is enough.
        """
        if not school and not any(pupil.blocks for pupil in pupils):
            return Children(_bytes(self._free(pupils)))
        names = [escape(pupil.given) for pupil in pupils]
        parts = [_bytes(self._jumps(names) + f'<div class="children n{len(names)}">\n')]
        at, places = len(parts[0]), []
        for number, (name, pupil) in enumerate(zip(names, pupils, strict=True), 1):
            said = _bytes(f"<bdi>{name}</bdi>")
            opening = b'<section class="child" id="child-%d" aria-labelledby="name-%d">\n<h2 id="name-%d">'
            head = opening % (number, number, number)
            more, day = _bytes(self._under(pupil, name, school)), self._pupil(pupil)
            start = at + len(head)
            behind = start + len(said) + len(more)
            places.append(DayAt(start, start + len(said), behind, *day[2:]))
            parts += (head, said, more, day.html, b"</section>\n")
            at = behind + len(day.html) + len(b"</section>\n")
        parts.append(b"</div>\n")
        return Children(b"".join(parts), tuple(places))

    def _free(self, pupils: tuple[PupilDay, ...]) -> str:
        names = [f"<bdi>{escape(pupil.given)}</bdi>" for pupil in pupils]
        return f'<p class="rest">{self._rest}</p>\n<p class="none">{", ".join(names)}</p>'

    def _jumps(self, names: list[Markup]) -> str:
        if len(names) < 2:
            return ""
        links = [
            f'<li><a href="#child-{number}"><bdi>{name}</bdi></a></li>\n'
            for number, name in enumerate(names, 1)
        ]
        return f'<nav class="jump" aria-label="{self._children}"><ul>\n{"".join(links)}</ul></nav>\n'

    def _under(self, pupil: PupilDay, name: Markup, school: bool) -> str:
        """Return what stands between a child's name and its day."""
        at = f" · <bdi>{escape(pupil.school)}</bdi>" if pupil.school else ""
        here = self._button(pupil.pupil, name) if school else ""
        return f'</h2>\n<p class="grade">{self._grade(pupil.grade)}{at}</p>\n{here}'

    def day(self, blocks: tuple[Block, ...], said: str, why: str = "") -> str:
        """Return one person's day: its sum in words, its blocks, and why."""
        head, rows, foot = self._parts(blocks, said, 0)
        return b"".join((head, b"\n".join([row.html for row in rows]), foot, _bytes(why))).decode()

    def _parts(self, blocks: tuple[Block, ...], said: str, unlaid: int) -> tuple[bytes, list[_Row], bytes]:
        """Return what stands before a day's rows, the rows, and what stands behind them."""
        more = self._unlaid(unlaid) if unlaid else ""
        total = f'<p class="sum">{escape(said)}</p>\n'
        if blocks:
            rows = [self._row(block) for block in blocks]
            return _bytes(total + '<ol class="day">\n'), rows, _bytes(f"\n</ol>\n{more}")
        return _bytes((total if unlaid else f'<p class="none">{self._empty}</p>\n') + more), [], b""

    def _unlaid(self, minutes: int) -> str:
        """Return the sentence on work that has no time of its own."""
        message = self.speech.say("And whenever it suits: %(minutes)s on your own.")
        text = message % {"minutes": self.speech.minutes(minutes, "long")}
        return f'<p class="unlaid">{escape(text)}</p>\n'

    def row(self, block: Block) -> Markup:
        """Return the list item of a block."""
        return Markup(self._new_row(block))

    def _button(self, pupil: str, name: Markup) -> str:
        """Return the form that says "I'm here": its address is relative, for a page knows no link."""
        whose = f'{self._here}<span class="vh">: {name}</span>'
        return (
            f'<form class="here" method="post" action="here/?lang={self.speech.language.code}">'
            f'<button name="pupil" value="{escape(pupil)}">{whose}</button></form>\n'
        )

    def _pupil(self, pupil: PupilDay) -> _Day:
        key = (id(pupil.blocks), id(pupil.reasons), pupil.unlaid, pupil.promised)
        found = self._days.get(key)
        if found is None:
            found = self._days[key] = self._new_day(pupil)
        return found

    def _new_day(self, pupil: PupilDay) -> _Day:
        said = sentences.pupil_sum(pupil, self.speech)
        head, rows, foot = self._parts(pupil.blocks, said, pupil.unlaid)
        html = b"".join((head, b"\n".join([row.html for row in rows]), foot, self._why_of(pupil)))
        *starts, _ = accumulate([len(row.html) + 1 for row in rows], initial=len(head))
        minutes = tuple([edge for block in pupil.blocks for edge in (block.start, block.end)])
        return _Day(pupil, html, minutes, b"".join([row.at for row in rows]), tuple(starts))

    def _why_of(self, pupil: PupilDay) -> bytes:
        if not pupil.blocks and not pupil.unlaid:
            return b""
        promised = [escape(sentences.promise(one, self.speech)) for one in pupil.promised]
        return _bytes(self.reasons.why(pupil.reasons, "".join([f"<li>{one}</li>\n" for one in promised])))

    def _row(self, block: Block) -> _Row:
        near = self._by_id.get(id(block))
        if near is not None:
            return near[1]
        # What the list item does not show may differ: one class's own work looks like another's.
        shown = (block.start, block.end, block.kind.value, block.place, block.teacher, block.shared)
        key = (*shown, block.pupils, self._named(block))
        found = self._rows.get(key)
        if found is None:
            html = _bytes(self._new_row(block))
            found = self._rows[key] = _Row(html, row_at(block.start, block.end, block.kind in PAUSES, html))
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
        found = self._names.get(key)
        if found is None:
            name, course = block_names(*key, self.speech)
            if self.rooms:
                course = f"{course} {room(*key)}".strip()
            more = f" <bdi>{escape(course)}</bdi>" if course else ""
            found = self._names[key] = (f"<strong>{escape(name)}</strong>{more}", str(escape(name)))
        return found

    def _grade(self, name: str) -> str:
        found = self._grades.get(name)
        if found is None:
            found = self._grades[name] = str(escape(sentences.grade(name, self.speech)))
        return found


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
