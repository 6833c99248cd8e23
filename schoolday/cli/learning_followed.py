"""Commands on what became of small groups: before and after, and by student group."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.learning_taken import Case, Folder, SchoolOption, Taken, taken_learning
from schoolday.cli.options import AsJson, Books, On, Sides, Source, WayOption, book, taken
from schoolday.cli.output import day_of, refused, say, say_json
from schoolday.files.learning import read_groups
from schoolday.files.learning.read import GroupsReading
from schoolday.ground.errors import SchooldayError
from schoolday.learning.exams import evidence
from schoolday.learning.groups import needs_of
from schoolday.learning.helped import CAVEAT, Followed, followed
from schoolday.learning.watch import COLUMNS, Line, seen, watched
from schoolday.rules import Way

Made = Annotated[Path, typer.Argument(metavar="GROUPS", exists=True, help="The groups.csv that was made.")]
MadeOption = Annotated[
    Path | None, typer.Option("--groups", exists=True, help="The groups.csv that was made.")
]


def helped(
    source: Source,
    folder: Folder,
    made: Made,
    on: On,
    way: WayOption = Way.DISTANCE,
    rules: Books = None,
    case: Case = None,
    sides: Sides = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed for the pupils of small groups from before to after, how surely, and no cause."""
    day = day_of(on)
    it = taken_learning(taken(source, day, sides), folder, book(rules, None, ""), day, case=case, way=way)
    found = _followed(it, _groups(made, it))
    if as_json:
        say_json({"caveat": CAVEAT, "groups": [_followed_json(it, one) for one in found]})
        return
    for one in found:
        say(_followed_line(it, one))
    say(CAVEAT)


def _groups(made: Path, it: Taken) -> GroupsReading:
    reading = read_groups(made, it.roster, it.framework)
    if reading.first is None:
        raise refused(made, reading.findings)
    return reading


def _followed(it: Taken, reading: GroupsReading) -> tuple[Followed, ...]:
    if reading.first is None or reading.last is None:
        return ()
    bars = {one.id: it.bars[one.grade] for one in it.roster.pupils.values()}
    some = evidence(it.learned.exams, it.learned.scores, it.framework)
    by_then = [one for one in some if one.day <= it.day]
    return followed(reading.groups, by_then, bars, reading.first, reading.last)


def _followed_line(it: Taken, one: Followed) -> str:
    head = f"Group {one.group.number}, {it.name(one.group.standard)}: "
    if one.mean is None or one.low is None or one.high is None:
        return f"{head}nothing can be said; no pupil was asked before and after"
    turned = [change.turned.value for change in one.changes]
    counted = ", ".join(f"{turned.count(word)} {word}" for word in dict.fromkeys(turned))
    return f"{head}changed by {one.mean:+.0%} ({one.low:+.0%} to {one.high:+.0%}); pupils: {counted}"


def _followed_json(it: Taken, one: Followed) -> Mapping[str, object]:
    changes = [
        {
            "pupil": change.pupil,
            "before": round(change.before.mean, 4),
            "after": round(change.after.mean, 4),
            "rose": round(change.rose, 4),
            "turned": change.turned.value,
        }
        for change in one.changes
    ]
    numbers = {"mean": one.mean, "low": one.low, "high": one.high}
    return {"group": one.group.number, "standard": it.name(one.group.standard), **numbers, "changes": changes}


def watch(
    source: Source,
    folder: Folder,
    on: On,
    made: MadeOption = None,
    school: SchoolOption = "",
    way: WayOption = Way.DISTANCE,
    rules: Books = None,
    case: Case = None,
    sides: Sides = None,
    as_json: AsJson = False,
) -> None:
    """Count by student group who needs help, who is in a group and who rose; small numbers are hidden."""
    day = day_of(on)
    it = taken_learning(taken(source, day, sides), folder, book(rules, None, ""), day, case=case, way=way)
    least = it.standing.limit("told_people", way=way).low
    if least is None:
        raise SchooldayError(
            f"no rule in force on {day} says which numbers are too small to show (told_people)"
        )
    pupils = it.pupils(school)
    reading = _groups(made, it) if made else GroupsReading((), None, None, ())
    needing = {one.pupil for one in needs_of(it.masteries(pupils))}
    inside = [pupil for one in reading.groups for pupil in one.pupils]
    lines = watched(pupils, seen({*needing, *inside}, inside, _followed(it, reading)), int(least))
    if as_json:
        say_json({"caveat": CAVEAT, "least": least, "lines": [_line_json(one) for one in lines]})
        return
    say(f"{'':18} {' '.join(f'{name:>8}' for name in COLUMNS)}")
    for one in lines:
        numbers = " ".join(f"{'hidden' if number is None else number:>8}" for number in one.numbers)
        say(f"{one.kind + ' ' + one.name:18.18} {numbers}")
    say(CAVEAT)


def _line_json(one: Line) -> Mapping[str, object]:
    numbers = {
        name: "hidden" if number is None else number
        for name, number in zip(COLUMNS, one.numbers, strict=True)
    }
    return {"kind": one.kind, "name": one.name, **numbers}
