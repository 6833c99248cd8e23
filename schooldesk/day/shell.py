"""The shell of a page: rendered by its template once a date, cut where each household's own goes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from schooldesk.day.languages import language

TEMPLATES = Path(__file__).resolve().parent / "templates"

_SLOT = re.compile("\x00([a-z0-9:]+)\x00")


def joinable(place: str) -> bool:
    """Whether a place is an address that a browser may open: nothing but http and https."""
    return place.startswith(("https://", "http://"))


def fill(message: str, **values: object) -> Markup:
    """Put values into a translated message; values are escaped, the message is ours."""
    return Markup(message) % values


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates, compiled once; every value is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    made.globals.update(language=language)
    made.filters["fill"] = fill
    return made


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page leads; what is empty is left out.

    `previous`, `next` and `move` are a date and its address; `languages` pairs a language's code with the
    address of this page in it. Addresses are written as they are given, escaped for HTML.
    """

    css: str = "/static/day.css"
    script: str = "/static/day.js"
    previous: tuple[date, str] | None = None
    next: tuple[date, str] | None = None
    today: str = ""
    feed: str = ""
    rules: str = ""
    languages: tuple[tuple[str, str], ...] = ()
    move: tuple[date, str] | None = None

    @property
    def shape(self) -> tuple[object, ...]:
        """What two households' links must share to share a shell: all but the addresses."""
        return (
            self.css,
            self.script,
            self.previous and self.previous[0],
            self.next and self.next[0],
            bool(self.today),
            bool(self.feed),
            bool(self.rules),
            tuple(code for code, _ in self.languages),
            self.move and self.move[0],
        )

    def slots(self) -> Links:
        """Return the same links with a slot in the place of each address that may differ."""
        return replace(
            self,
            previous=self.previous and (self.previous[0], Shell.slot("previous")),
            next=self.next and (self.next[0], Shell.slot("next")),
            today=self.today and Shell.slot("today"),
            feed=self.feed and Shell.slot("feed"),
            rules=self.rules and Shell.slot("rules"),
            languages=tuple((code, Shell.slot(f"language:{code}")) for code, _ in self.languages),
            move=self.move and (self.move[0], Shell.slot("move")),
        )

    def addresses(self) -> dict[str, str]:
        """Return each slot's address."""
        found = {f"language:{code}": href for code, href in self.languages}
        found |= {"today": self.today, "feed": self.feed, "rules": self.rules}
        found["previous"] = self.previous[1] if self.previous else ""
        found["next"] = self.next[1] if self.next else ""
        found["move"] = self.move[1] if self.move else ""
        return found


class Shell:
    """A rendered page with slots: NUL, a name, NUL. No text of ours or of a roster holds a NUL."""

    def __init__(self, text: str) -> None:
        # Every second part is the name of a slot.
        self._parts = _SLOT.split(text)

    @staticmethod
    def slot(name: str) -> Markup:
        """Return the mark that a template writes where a value goes."""
        return Markup(f"\x00{name}\x00")

    def pieces(self, links: Links, *names: str) -> tuple[bytes, ...]:
        """Return the page's texts before, between and behind the named slots, which stand in this order."""
        addresses = links.addresses()
        texts, due = [self._parts[0]], list(names)
        for name, text in zip(self._parts[1::2], self._parts[2::2], strict=True):
            if due and name == due[0]:
                texts.append("")
                due.pop(0)
            else:
                texts[-1] += str(escape(addresses[name]))
            texts[-1] += text
        if due:
            raise ValueError(f"the template has no slot {due[0]!r} where one is due")
        return tuple(text.encode("utf-8", "replace") for text in texts)
