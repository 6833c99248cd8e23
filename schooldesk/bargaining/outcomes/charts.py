"""Charts as SVG inside the page: bars with their numbers beside them, and nothing to fetch or to run.

A chart says nothing that the table beside it does not. It runs from left to right in every language, as
numbers do, and its bars differ by frame as well as by colour, so that it can be read on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, NAME, BAR, GAP, TOP = 340, 92, 14, 8, 4
"""The drawing's units: as wide as a phone, so that its words are as large as the page's there."""
LETTER = 7
"""How wide a letter is, at the most; the numbers behind the bars are given as much room as they need."""


@dataclass(frozen=True)
class Bar:
    """One bar: its parts from the start, each with its style and length, and what is written behind it."""

    parts: Sequence[tuple[str, float]]
    said: str

    @property
    def length(self) -> float:
        """How long it is."""
        return sum(length for _, length in self.parts)


@dataclass(frozen=True)
class Group:
    """Bars that belong together, with their name."""

    name: str
    bars: Sequence[Bar]


def chart(key: str, title: str, groups: Sequence[Group]) -> Markup:
    """Return a chart; `title` names it for whoever does not see it. Empty where no bar has a length."""
    bars = [bar for group in groups for bar in group.bars]
    longest = max((bar.length for bar in bars), default=0)
    if not longest:
        return Markup("")
    room = WIDTH - NAME - 10 - LETTER * max(len(bar.said) for bar in bars)
    drawn, at = Markup(""), TOP
    for group in groups:
        made, at = _group(group, at, room / longest)
        drawn += made
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}" direction="ltr">'
        '<title id="{}">{}</title>{}</svg>'
    ).format(WIDTH, at, key, key, title, drawn)


def _group(group: Group, top: int, scale: float) -> tuple[Markup, int]:
    at = top
    drawn = Markup('<text class="name" x="{}" y="{}" text-anchor="end">{}</text>').format(
        NAME - 6, top + 11, group.name
    )
    for bar in group.bars:
        drawn += _bar(bar, at, scale)
        at += BAR + 2
    return drawn, at + GAP


def _bar(bar: Bar, top: int, scale: float) -> Markup:
    drawn, start = Markup(""), float(NAME)
    for style, length in bar.parts:
        wide = length * scale
        drawn += Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>').format(
            style, start, top, wide, BAR
        )
        start += wide
    return drawn + Markup('<text x="{:.1f}" y="{}">{}</text>').format(start + 5, top + 11, bar.said)
