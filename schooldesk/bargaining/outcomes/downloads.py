"""A page's numbers as CSV and JSON: to planners what the terminal writes, to others what they may see."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from schoolday.bargaining.compared import Consequences, compare, numbers
from schoolday.bargaining.disputed import TERM, Disputed
from schoolday.bargaining.ground import Package, State
from schoolday.files.consequences import HEAD, consequences_json, difference_json, rows
from schoolday.files.packages import package_json
from schooldesk.bargaining.outcomes import shown
from schooldesk.bargaining.outcomes.codec import Found
from schooldesk.bargaining.outcomes.disclosure import Sight
from schooldesk.rules.reads import rulebook

PEOPLE = ("teacher", "household", "service")
"""What rows are about one person or one home."""


def consequences_csv(found: Found, sight: Sight) -> str:
    """Return both positions' consequences as CSV: a number a row, an empty value where nobody can say."""
    return _csv(
        HEAD, ((one.position, *row) for one in (found.position, found.against) for row in _rows(one, sight))
    )


def _rows(one: Consequences, sight: Sight) -> Iterator[tuple[object, ...]]:
    if sight.everything:
        yield from rows(one)
        return
    for about, name, measure, value in rows(one):
        if about == "grade" and measure in ("total", "live", "independent"):
            # They follow from the rules, not from who the children are.
            yield about, name, measure, value
        elif about in ("all", "grade"):
            yield about, name, measure, sight.told(measure, value)
    for row in shown.against(one, sight):
        yield "broken", " ".join(row.clauses), row.said, ""


def consequences_plain(found: Found, sight: Sight) -> dict[str, Any]:
    """Return both positions' consequences, what one changes, and the clauses' sources, as plain values."""
    # The terminal's own words for a clause; only this download needs that module.
    from schoolday.cli.clauses import sources_json  # noqa: PLC0415

    both = (found.position, found.against)
    ids = [name for one in both for row in shown.against(one, sight) for name in row.clauses]
    position, against = (_plain(one, sight) for one in both)
    return {
        "position": position,
        "against": against,
        "difference": _difference(found, sight),
        "sources": sources_json(rulebook(), ids),
    }


def _plain(one: Consequences, sight: Sight) -> dict[str, Any]:
    whole = consequences_json(one)
    if sight.everything:
        return whole
    told = {name: whole[name] for name in ("position", "day", "schools", "seed", "unplanned")}
    told["by_grade"] = [
        row | {name: sight.told(name, row[name]) for name in ("pupils", "unbroken")}
        for row in whole["by_grade"]
    ]
    told["broken"] = [{"said": row.said, "clauses": row.clauses} for row in shown.against(one, sight)]
    told["numbers"] = {name: sight.told(name, value) for name, value in numbers(one).items()}
    return told


def _difference(found: Found, sight: Sight) -> dict[str, Any]:
    change = difference_json(compare(found.position, found.against))
    if sight.everything:
        return change
    same = {name: change[name] for name in ("position", "against", "live", "independent")}
    return same | shown.changes(found, sight)


def front_csv(best: Sequence[Package], disputed: Disputed, sight: Sight) -> str:
    """Return the front as CSV: a package a row, its terms and what it costs."""
    names = [name for name in disputed.measures if not name.startswith(TERM)]
    made = (_package(one, disputed, sight) for one in best)
    lines = ((*row["terms"].values(), *(row["measures"][name] for name in names)) for row in made)
    return _csv([*(term.name for term in disputed.terms), *names], lines)


def front_plain(
    states: dict[State, int], best: Sequence[Package], disputed: Disputed, sight: Sight
) -> dict[str, Any]:
    """Return how many packages came out how, and the front, as plain values."""
    return {
        "packages": {state.value: states.get(state, 0) for state in State},
        "front": [_package(one, disputed, sight) for one in best],
    }


def _package(one: Package, disputed: Disputed, sight: Sight) -> dict[str, Any]:
    plain = package_json(one, disputed)
    measures = {
        name: value if name.startswith(TERM) else sight.told(name, value)
        for name, value in one.values.items()
    }
    return plain | {"measures": measures}


def _csv(head: Iterable[str], lines: Iterable[Sequence[object]]) -> str:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(lines)
    return text.getvalue()
