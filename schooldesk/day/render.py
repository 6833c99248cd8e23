"""Render days as pages: the same values give the same bytes, in one language, with no script needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from schoolday.calendar.days import DayKind
from schoolday.day import Changed, HouseholdDay, SchoolWeekView, TeacherDay, WeekRow
from schooldesk.day import sentences
from schooldesk.day.joined import Joined
from schooldesk.day.languages import Language, Speech, language, speech
from schooldesk.day.notes import Notes
from schooldesk.day.now import MARKER, now_fragment, turns
from schooldesk.day.shell import Links, Shell, environment
from schooldesk.day.subjects import room

__all__ = ["Links", "Renderer", "render_household", "render_school_week", "render_teacher", "renderer"]


@dataclass(frozen=True, slots=True)
class Page:
    """A household's page: its head up to where now and next go, its own part, and the rest.

    `turns` says where in its own part stands what now and next are made of (see now.py).
    """

    head: bytes
    own: bytes
    tail: bytes
    turns: bytes

    def html(self, now: bytes = MARKER) -> bytes:
        """Return the whole page."""
        return b"".join((self.head, now, self.own, self.tail))


class Renderer:
    """Renders pages in one language; what classmates share is rendered once and kept."""

    def __init__(self, language: Language, *, district: str, timezone: str) -> None:
        self.speech: Speech = speech(language)
        self.district, self.timezone = district, timezone
        self._notes = Notes(self.speech)
        self._joins: dict[str, Joined] = {}
        # By the identity of the links, which are kept so that no id is used again while we live.
        self._frames: dict[tuple[object, ...], tuple[Links, tuple[bytes, ...]]] = {}

    def household(
        self,
        view: HouseholdDay,
        links: Links,
        changes: Iterable[Changed] = (),
        now: int | None = None,
    ) -> bytes:
        """Return a household's page; `now` is the minute of the day if the page is made on request."""
        page = self.page(view, links, changes)
        if now is None:
            return page.html()
        return page.html(now_fragment(view, now, self.speech, self._joined(links).row))

    def page(self, view: HouseholdDay, links: Links, changes: Iterable[Changed] = ()) -> Page:
        """Return a household's page in pieces."""
        joined = self._joined(links)
        head, to_notes, to_children, tail = self._frame(view, links)
        children = joined.children(view.pupils, view.kind is DayKind.SCHOOL)
        notes = self._notes.changes(changes, view.kind) + self._notes.clashes(view.clashes)
        before = b"".join((to_notes, notes.encode("utf-8", "replace"), to_children))
        places = tuple(place.behind(len(before)) for place in children.places)
        own = before + children.html
        return Page(head, own, joined.reasons.behind(view.pupils) + tail, turns(places, self.timezone))

    def teacher(self, view: TeacherDay, links: Links) -> bytes:
        """Return a teacher's page."""
        s = self.speech
        window = s.range(view.window.start, view.window.end) if view.window else s.say("none today")
        # A joined part of its own: where a teacher has several classes, each meeting names its class.
        joined = Joined(s, links.rules)
        joined.rooms = len({room(block.title, block.subject) for block in view.blocks if block.title}) > 1
        why = joined.reasons.why(view.reasons) + joined.reasons.clauses(view.reasons)
        day = joined.day(view.blocks, sentences.teacher_sum(view, s), why)
        return self._page("teacher.html", links, window=window, day=Markup(day), **self._of(view))

    def school_week(self, view: SchoolWeekView, links: Links) -> bytes:
        """Return a school's week."""
        s = self.speech
        dates = f"{s.short_date(view.days[0])} – {s.short_date(view.days[-1])}" if view.days else ""
        rows = [self._week_row(row) for row in view.rows]
        days = [s.short_date(day) for day in view.days]
        return self._page("school_week.html", links, view=view, dates=dates, days=days, rows=rows)

    def _joined(self, links: Links) -> Joined:
        """Return the joined parts of pages whose rules lie at one address: those of one date."""
        found = self._joins.get(links.rules)
        if found is None:
            found = self._joins[links.rules] = Joined(self.speech, links.rules)
        return found

    def _frame(self, view: HouseholdDay, links: Links) -> tuple[bytes, ...]:
        """Return everything of a page but what differs between households of one date."""
        key = (view.day, view.kind, view.reason, id(links))
        near = self._frames.get(key)
        if near is None:
            near = self._frames[key] = (links, self._new_frame(view, links))
        return near[1]

    def _new_frame(self, view: HouseholdDay, links: Links) -> tuple[bytes, ...]:
        slots = ("now", "notes", "children", "clauses")
        text = self._text(
            "household.html",
            links.slots(),
            zone_name=sentences.zone_name(self.timezone, self.speech),
            **{name: Shell.slot(name) for name in slots},
            **self._of(view),
        )
        *parts, between, behind = Shell(text).pieces(links, *slots)
        assert not between, "the clauses follow the children at once"
        return (*parts, behind)

    def _of(self, view: HouseholdDay | TeacherDay) -> dict[str, object]:
        s = self.speech
        return {
            "view": view,
            "date": s.full_date(view.day),
            "kind": sentences.day_kind(view.kind, s),
            "why": s.say(view.reason),
        }

    def _page(self, template: str, links: Links, **values: object) -> bytes:
        return self._text(template, links, **values).encode("utf-8", "replace")

    def _text(self, template: str, links: Links, **values: object) -> str:
        s = self.speech
        common = {
            "lang": s.language,
            "s": s,
            "_": s.say,
            "links": links,
            "district": self.district,
            "zone": self.timezone,
        }
        return environment().get_template(template).render(common, **values)

    def _week_row(self, row: WeekRow) -> dict[str, object]:
        cells = [sentences.week_cell(cell, row.title, self.speech) for cell in row.cells]
        return {"title": row.title, "teacher": row.teacher, "cells": cells}


@lru_cache(maxsize=16)
def renderer(code: str, district: str, timezone: str) -> Renderer:
    """Return a renderer for single pages; for a whole district make your own, and let it go after."""
    return Renderer(language(code), district=district, timezone=timezone)


def render_household(
    view: HouseholdDay,
    *,
    language: str,
    district: str,
    timezone: str,
    links: Links,
    changes: Iterable[Changed] = (),
    now: int | None = None,
) -> bytes:
    """Return a household's page in the language of a BCP 47 tag."""
    made = Renderer(_language(language), district=district, timezone=timezone)
    return made.household(view, links, changes, now)


def render_teacher(view: TeacherDay, *, language: str, district: str, timezone: str, links: Links) -> bytes:
    """Return a teacher's page."""
    return Renderer(_language(language), district=district, timezone=timezone).teacher(view, links)


def render_school_week(
    view: SchoolWeekView, *, language: str, district: str, timezone: str, links: Links
) -> bytes:
    """Return a school's week."""
    return Renderer(_language(language), district=district, timezone=timezone).school_week(view, links)


_language = language
