"""The numbers of the pages as CSV and JSON: to everybody without counts of few people, to planners all."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from schoolday.conditions.allowed import Allowed
from schoolday.conditions.preview import Group
from schoolday.conditions.why import Why
from schoolday.conditions.year import SHOWN, WeekOf, share
from schoolday.files.year_of import HEAD as YEAR
from schooldesk.bargaining.outcomes.disclosure import HIDDEN
from schooldesk.conditions.models import Fact
from schooldesk.conditions.shown import Change, Led, Reasons

FACTS = (
    "row", "kind", "subject", "name", "value", "first", "last", "told", "effective", "words", "source",
    "entered", "replaces", "counts",
)  # fmt: skip
ALLOWED = ("school", "grade", "day", "way", "state", "rules")
CHANGES = ("school", "grades", "ways", "before", "after", "pupils", "teachers")
PLACES = ("place", "first_told", "data_until", "range", "by_rules", "kept_from", "on_record", "unverified")


def facts_plain(rows: Iterable[Fact]) -> list[dict[str, Any]]:
    """Return every row as plain values: also those that were replaced, which count no more."""
    return [
        {
            "row": row.pk,
            **{name: getattr(row, name) for name in FACTS[1:11]},
            "entered": row.entry.at,
            "replaces": row.replaces_id,
            "counts": counts(row),
        }
        for row in rows
    ]


def counts(row: Fact) -> bool:
    """Whether a row counts: nothing replaces it, and it is not withdrawn."""
    return not row.withdrawn and getattr(row, "replaced", None) is None


def facts_csv(rows: Iterable[Fact]) -> str:
    """Return every row as CSV."""
    return table(FACTS, (row.values() for row in facts_plain(rows)))


def why_plain(why: Why) -> dict[str, Any]:
    """Return a reason as plain values."""
    clause = why.verdict.clause
    return {
        "effect": why.effect.value,
        "ways": sorted(way.value for way in why.ways),
        "rule": why.verdict.rule.id,
        "clause": clause.id if clause else None,
        "cited": clause.cite.source if clause else None,
        "said": why.verdict.said,
        "place": why.place or None,
        "source": why.source or None,
    }


def allowed_plain(found: Iterable[Allowed]) -> list[dict[str, Any]]:
    """Return what is allowed as plain values."""
    return [
        {
            "school": one.school,
            "grade": one.grade,
            "states": {way.value: state.value for way, state in one.states.items()},
            "whys": [why_plain(why) for why in one.whys],
        }
        for one in found
    ]


def allowed_csv(found: Iterable[Allowed]) -> str:
    """Return what is allowed as CSV: a row for each school, grade and way, with the rules that decide it."""
    return table(
        ALLOWED,
        (
            (one.school, one.grade, one.day, way.value, state.value, _rules(one.why(way)))
            for one in found
            for way, state in one.states.items()
        ),
    )


def _rules(whys: Iterable[Why]) -> str:
    return " ".join(dict.fromkeys(why.verdict.clause.id for why in whys if why.verdict.clause))


def changes_plain(changes: Iterable[Change], reasons: Reasons) -> dict[str, Any]:
    """Return what changes as plain values, and the reasons by number."""
    rows = [
        dict(zip(CHANGES, row, strict=True)) | {"grades": list(one.grades), "reasons": list(one.reasons)}
        for one, row in ((one, _change(one)) for one in changes)
    ]
    return {"changes": rows, "reasons": {one.number: why_plain(one.why) for one in reasons}}


def changes_csv(changes: Iterable[Change]) -> str:
    """Return what changes as CSV."""
    return table(CHANGES, map(_change, changes))


def _change(one: Change) -> tuple[Any, ...]:
    hidden = [HIDDEN if number is None else number for number in (one.pupils, one.teachers)]
    ways = " ".join(way.value for way in one.ways)
    return (one.school, " ".join(one.grades), ways, one.before.value, one.after.value, *hidden)


def year_rows(
    one: Sequence[WeekOf], other: Sequence[WeekOf], groups: Sequence[Group], told: Iterable[Group]
) -> Iterable[tuple[Any, ...]]:
    """Yield a row for each week, school, grade and way; hide how many few pupils are, where it has to be."""
    open_ = {(group.site.school, group.grade) for group in told}
    for number, week in enumerate(one):
        for group in groups:
            key = (group.site.school, group.grade)
            pupils = group.pupils if key in open_ else HIDDEN
            theirs = other[number].days[key] if other else None
            for place, way in enumerate(SHOWN):
                beside = share(theirs[place]).value if theirs else ""
                yield (week.monday, *key, pupils, way.value, share(week.days[key][place]).value, beside)


def year_csv(rows: Iterable[Sequence[Any]]) -> str:
    """Return a year as CSV, in the columns that the terminal writes."""
    return table(YEAR, rows)


def year_plain(rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Return a year as plain values."""
    return [dict(zip(YEAR, row, strict=True)) for row in rows]


def places_rows(led: Iterable[Led]) -> Iterable[tuple[Any, ...]]:
    """Yield a row for each week of each place."""
    for place in led:
        for one, record in zip(place.weeks, place.record, strict=True):
            told, last = one.week.told, one.week.last
            yield place.name, told, last, one.range, one.after, one.effective, record, one.unverified


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV; nothing where nobody knows."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()
