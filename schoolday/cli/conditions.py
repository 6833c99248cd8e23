"""Commands about conditions from outside: replay readings through the rules, or through two sets of rules."""

from __future__ import annotations

import csv as csv_files
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.options import AsJson, Books, WhatIf, book
from schoolday.cli.output import day_of, refused, say, say_json
from schoolday.conditions import (
    BLUEPRINT,
    Assessment,
    Assigned,
    Memory,
    Opened,
    eligible,
    everywhere,
    replay,
    weeks,
)
from schoolday.conditions.course import moves
from schoolday.files.readings import Outside, read_outside
from schoolday.files.rulebooks import load
from schoolday.ground.errors import SchooldayError
from schoolday.rules import Rulebook

conditions = typer.Typer(
    no_args_is_help=True,
    help="Conditions from outside: where readings and orders lead, and when they open schools.",
    pretty_exceptions_enable=False,
)

Folder = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", exists=True, help="A folder or zip of readings.csv and assigned.csv."),
]
Places = Annotated[
    list[str] | None, typer.Option("--place", help="A place of the files, again for more; all if left out.")
]
Together = Annotated[
    str, typer.Option("--everywhere", metavar="NAME", help="Replay the places together: each must meet it.")
]
Start = Annotated[
    str, typer.Option("--start", metavar="STEP", help="The first step, where none is assigned.")
]
Since = Annotated[str, typer.Option("--since", metavar="DATE", help="From when the first step is assigned.")]
Really = Annotated[
    bool,
    typer.Option(
        "--really", help="Judge each week from the step in which the place really was, and compare."
    ),
]
Against = Annotated[
    list[Path] | None,
    typer.Option("--against", exists=True, help="Books laid over the rules for a second replay beside it."),
]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write a row for each week, too.")]


@dataclass(frozen=True)
class _Replayed:
    """One place: its weeks by the rules and by other rules, what really happened, and when schools opened."""

    place: str
    weeks: tuple[Assessment, ...]
    other: tuple[Assessment, ...]
    really: tuple[Assigned, ...]
    opened: tuple[Opened, ...]

    def step_on(self, one: Assessment) -> str:
        """Return the step that the place had really been given by a week's date, if any is on record."""
        given = [step for step in self.really if step.told <= one.week.told]
        return given[-1].step if given else ""


@conditions.command("replay")
def replay_(
    source: Folder,
    place: Places = None,
    together: Together = "",
    start: Start = "purple",
    since: Since = "2020-08-31",
    really: Really = False,
    against: Against = None,
    rules: Books = None,
    what_if: WhatIf = None,
    csv: Csv = None,
    as_json: AsJson = False,
) -> None:
    """Replay readings through the rules of California's Blueprint week by week, place by place.

    Shows each week's range, the step that the rules lead to and from when it is kept, and from when schools
    may open. With --against the weeks in which two sets of rules part are marked.
    """
    outside = outside_of(source)
    rulebook = book(rules, what_if, "")
    other = rulebook.with_(load(against).rules) if against else None
    names = _places(outside, place)
    first = Memory(step_of(start), day_of(since))
    if together:
        found = [_together(outside, names, together, rulebook, other, first)]
    else:
        found = [_of_place(outside, name, rulebook, other, first, really) for name in names]
    if csv:
        _write(csv, found)
    if as_json:
        return say_json({"places": [_json(one) for one in found]})
    for one in found:
        for line in _lines(one):
            say(line)
    return None


def outside_of(source: Path) -> Outside:
    """Return what is known from outside, or name what is wrong with the files and refuse."""
    reading = read_outside(source)
    if reading.outside is None:
        raise refused(source, reading.findings)
    return reading.outside


def _places(outside: Outside, asked: list[str] | None) -> Sequence[str]:
    unknown = sorted(set(asked or ()) - set(outside.places))
    if unknown:
        raise SchooldayError(
            f"nothing is known of {', '.join(unknown)}; there are {', '.join(outside.places)}"
        )
    return asked or outside.places


def step_of(name: str) -> str:
    """Return a step of the Blueprint, or refuse another word."""
    if name not in BLUEPRINT.steps:
        raise SchooldayError(f"{name!r} is no step; there are {', '.join(BLUEPRINT.steps)}")
    return name


def _of_place(
    outside: Outside, name: str, book: Rulebook, other: Rulebook | None, first: Memory, really: bool
) -> _Replayed:
    told = tuple(sorted((one for one in outside.assigned if one.place == name), key=lambda one: one.told))
    some = weeks(outside.readings, name)
    true = outside.circumstances.get(name, frozenset())
    start = Memory(told[0].step, told[0].told) if told else first
    ways = [
        replay(BLUEPRINT, rules, start, some, happened=told if really else (), circumstances=true)
        for rules in (book, other)
        if rules is not None
    ]
    steps = told or moves(name, start, ways[0])
    return _Replayed(name, ways[0], ways[1] if other else (), told, eligible(BLUEPRINT, book, steps))


def _together(
    outside: Outside, names: Sequence[str], name: str, book: Rulebook, other: Rulebook | None, first: Memory
) -> _Replayed:
    some = everywhere(name, [weeks(outside.readings, one) for one in names])
    true = frozenset.intersection(*(outside.circumstances.get(one, frozenset()) for one in names))
    one, *more = (
        replay(BLUEPRINT, rules, first, some, circumstances=true) for rules in (book, other) if rules
    )
    return _Replayed(
        name, one, more[0] if more else (), (), eligible(BLUEPRINT, book, moves(name, first, one))
    )


def _lines(one: _Replayed) -> Iterator[str]:
    yield f"{one.place}"
    for week, beside in zip_longest(one.weeks, one.other):
        really = one.step_on(week)
        parts = f"; by the other rules {beside.after}" if beside and beside.after != week.after else ""
        kept = f", kept from {week.effective}" if week.effective else ""
        moved = f"{week.before} to {week.after}{kept}" if week.moved else f"stays {week.after}"
        unknown = " (unverified: a number is not known)" if week.unverified else ""
        happened = f"; really {really}" if really and really != week.after else ""
        yield (
            f"  {week.week.told}  range {week.range or 'unknown':<8} good {week.good} bad {week.bad}  "
            f"{moved}{unknown}{happened}{parts}"
        )
    if not one.weeks:
        for given in one.really:
            kept = f", kept from {given.effective}" if given.effective else ""
            yield f"  {given.told}  {given.step} assigned{kept} ({given.source})"
    for opened in one.opened:
        yield f"  {_opened(opened)}"
    if one.other:
        number = sum(a.after != b.after for a, b in zip(one.weeks, one.other, strict=True))
        yield f"  the two sets of rules part in {number} of {len(one.weeks)} weeks"


def _opened(one: Opened) -> str:
    if one.eligible is None:
        return f"left the strictest step on {one.assigned}; no school may open by it"
    said = f" ({one.verdict.clause.cite})" if one.verdict and one.verdict.clause else ""
    kept = f", kept from {one.effective}" if one.effective else ""
    return f"left the strictest step on {one.assigned}{kept}; schools may open from {one.eligible}{said}"


def _json(one: _Replayed) -> dict[str, object]:
    return {
        "place": one.place,
        "weeks": [_row(one, week, beside) for week, beside in zip_longest(one.weeks, one.other)],
        "assigned": [
            {"step": given.step, "told": given.told, "effective": given.effective, "source": given.source}
            for given in one.really
        ],
        "opened": [
            {"assigned": some.assigned, "effective": some.effective, "eligible": some.eligible}
            for some in one.opened
        ],
    }


def _row(one: _Replayed, week: Assessment, beside: Assessment | None) -> Mapping[str, object]:
    return {
        "place": one.place,
        "data_until": week.week.last,
        "told": week.week.told,
        **week.week.values,
        "range": week.range,
        "before": week.before,
        "after": week.after,
        "effective": week.effective,
        "weeks_in": week.weeks_in,
        "good": week.good,
        "bad": week.bad,
        "unverified": week.unverified,
        "really": one.step_on(week) or None,
        "by_other_rules": beside.after if beside else None,
    }


def _write(file: Path, found: Sequence[_Replayed]) -> None:
    rows = [_row(one, week, beside) for one in found for week, beside in zip_longest(one.weeks, one.other)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv_files.DictWriter(text, names)
        writer.writeheader()
        writer.writerows(rows)
