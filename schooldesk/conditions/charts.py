"""A year as bars: for how many pupils each week, and how a school went. Each says what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from schoolday.conditions.year import Share
from schooldesk.bargaining.outcomes.charts import Bar, Group, chart

WEEK, HIGH = 5, 12
"""How wide a week is in a school's strip, and how high the strip is."""


def weeks_chart(title: str, rows: Sequence[tuple[str, Sequence[Mapping[Share, int]]]]) -> Markup:
    """Return a bar for each week, or two where there are other rules: its parts are pupils by share."""
    groups = [Group(name, [_bar(one) for one in counts]) for name, counts in rows]
    return chart("chart-year", title, groups)


def _bar(counts: Mapping[Share, int]) -> Bar:
    parts = [(f"share-{share.value}", float(counts[share])) for share in Share if counts.get(share)]
    return Bar(parts, f"{counts.get(Share.ALL, 0):,}")


def strip(course: Sequence[Share]) -> Markup:
    """Return a school's year as one bar, a run of weeks a part; the words beside it say the same."""
    drawn, at = Markup(""), 0
    for share, wide in runs(course):
        drawn += Markup('<rect class="share-{}" x="{}" y="1" width="{}" height="{}"/>').format(
            share.value, at + 1, wide * WEEK - 1, HIGH
        )
        at += wide * WEEK
    return Markup(
        '<svg class="strip" viewBox="0 0 {} {}" aria-hidden="true" direction="ltr">{}</svg>'
    ).format(at + 2, HIGH + 2, drawn)


def runs(course: Sequence[Share]) -> list[tuple[Share, int]]:
    """Return each run of weeks that are alike, with how many they are."""
    found: list[tuple[Share, int]] = []
    for share in course:
        if found and found[-1][0] is share:
            found[-1] = (share, found[-1][1] + 1)
        else:
            found.append((share, 1))
    return found
