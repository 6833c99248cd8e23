"""A day of a made-up household as a page, and that page read strictly; nothing here is a test."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

from schoolday.calendar.days import DayKind
from schoolday.day import (
    Block,
    BlockKind,
    Change,
    Changed,
    ChangeKind,
    Cited,
    Clash,
    HouseholdDay,
    PupilDay,
    Reason,
)
from schoolday.ground.spans import Span
from schoolday.rules import Layer
from schooldesk.day.render import Links, render_household

DAY = date(2020, 9, 8)
CITED = Cited(
    "ca@2020", "Minutes a day", "Education Code 43501", "https://leginfo.example/43501", 230, None, Layer.LAW
)
WHY = (
    Reason("total_minutes", 230, 230, None, (CITED,)),
    Reason("live_minutes", 180, None, None, ()),
)
LIVE = Block(
    540,
    570,
    BlockKind.LIVE,
    "Mathematics",
    "Mathematics",
    "https://meet.example/m3",
    "Ms. Garcia",
    "m3",
    "u1",
)
BLOCKS = (
    LIVE,
    Block(570, 580, BlockKind.BREAK),
    Block(580, 600, BlockKind.INDEPENDENT, "Reading", "Reading", uid="r"),
    Block(720, 750, BlockKind.LUNCH),
    Block(780, 810, BlockKind.LIVE, "Biology", "Science", "Room 12", "Mr. Lee", "bio", "u2", shared=True),
)
ANA = PupilDay("ana", "Ana", "3", "Maple Elementary", BLOCKS, 180, 50, 0, 5, WHY)
LUIS = PupilDay("luis", "Luis", "K", "River", BLOCKS[1:], 30, 20)
VIEW = HouseholdDay(
    "h1", DAY, DayKind.SCHOOL, "", (ANA, LUIS), 1, (Clash(780, 810, ("ana", "luis"), ("Ana", "Luis"), 1),)
)
LINKS = Links(
    previous=(date(2020, 9, 4), "/day/2020-09-04/"),
    next=(date(2020, 9, 9), "/day/2020-09-09/"),
    today="/day/",
    feed="/feed/abc.ics",
    rules="/rules/",
    languages=(("en", "?lang=en"), ("es", "?lang=es"), ("ar", "?lang=ar")),
)
MOVED = Change(
    ChangeKind.MOVED,
    BlockKind.LIVE,
    "Mathematics",
    "Mathematics",
    Span(480, 510),
    Span(540, 570),
    30,
    30,
)
PLACE = {"district": "Maple Unified", "timezone": "America/Los_Angeles"}


def page(
    view: HouseholdDay = VIEW,
    language: str = "en",
    changes: tuple[Change, ...] = (),
    now: int | None = None,
    given: str = "Ana",
) -> str:
    told = [Changed(given, change) for change in changes]
    made = render_household(view, language=language, links=LINKS, changes=told, now=now, **PLACE)
    return made.decode()


class Outline(HTMLParser):
    """Reads a page strictly: every element closed in order, no id twice, and its words."""

    EMPTY = frozenset({"meta", "link", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.hrefs: list[str] = []
        self.named: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.words += " " if tag in ("p", "li", "div", "h2", "ul", "td", "th") else ""
        for name, value in attrs:
            assert not name.startswith("on"), f"{name} would run script"
            assert name != "style", "styles belong in day.css"
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.hrefs.append(value or "")
            if name in ("aria-labelledby",):
                self.named.append(value or "")
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def words(text: str) -> str:
    return re.sub(r"\s+", " ", Outline(text).words.replace("\xa0", " "))
