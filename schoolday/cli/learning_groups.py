"""Commands on small groups: made so that they fit the week, followed, and watched by student group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from schoolday.calendar.days import WEEK
from schoolday.cli.learning_taken import Case, Folder, SchoolOption, Subject, Taken, taken_learning
from schoolday.cli.options import (
    AsJson,
    Books,
    First,
    On,
    Sides,
    Source,
    Until,
    WayOption,
    book,
    planned,
    school_days,
    taken,
)
from schoolday.cli.options import Folder as PlanFolder
from schoolday.cli.output import (
    day_of,
    finding_json,
    finish,
    say,
    say_findings,
    say_findings_to_error,
    say_json,
)
from schoolday.files.kept import closed_folder
from schoolday.files.learning import read_groups, write_groups
from schoolday.files.learning.read import GroupsReading
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.learning.check import check_date, check_grouping
from schoolday.learning.exact import EFFORT, grouped
from schoolday.learning.exams import evidence
from schoolday.learning.free import free_pupils, free_teachers
from schoolday.learning.groups import Grouping, Question, SmallGroup, ask_first, needs_of, sizes_of
from schoolday.learning.helped import CAVEAT, Followed, followed
from schoolday.learning.watch import COLUMNS, Line, seen, watched
from schoolday.rules import Way
from schoolday.timetable.dates import Dates
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan

OneSchool = Annotated[str, typer.Option("--school", metavar="ID", help="Whose pupils and teachers.")]
Length = Annotated[int, typer.Option("--minutes", min=10, max=120, help="How long a group meets.")]
Teachers = Annotated[
    list[str] | None,
    typer.Option("--teacher", metavar="ID", help="Who takes groups; all of the school if left out."),
]
Load = Annotated[
    int, typer.Option("--load", min=1, max=25, help="Groups that a teacher takes in a week at most.")
]
Effort = Annotated[
    float, typer.Option("--effort", min=0.1, help="The search's effort; about so many seconds.")
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Where to write groups.csv.")]
Made = Annotated[Path, typer.Argument(metavar="GROUPS", exists=True, help="The groups.csv that was made.")]
MadeOption = Annotated[
    Path | None, typer.Option("--groups", exists=True, help="The groups.csv that was made.")
]


def groups(
    source: Source,
    plan: PlanFolder,
    folder: Folder,
    school: OneSchool,
    first: First,
    until: Until,
    minutes: Length = 20,
    teacher: Teachers = None,
    load: Load = 5,
    subject: Subject = "",
    effort: Effort = EFFORT,
    out: Out = None,
    rules: Books = None,
    case: Case = None,
    sides: Sides = None,
    as_json: AsJson = False,
) -> None:
    """Make small groups of pupils who need the same standard, at weekly times when all of them are free.

    What is proved of them is said with them; the groups are then checked against every date of the stretch.
    """
    rulebook = book(rules, None, "")
    at, made = planned(source, sides, plan, rulebook)
    days = school_days(at.calendar, first, until)
    it = taken_learning(at.roster, folder, rulebook, days[0], case=case, way=made.way, subject=subject)
    week = _week(made, school)
    question, unclear = _question(it, week, school, minutes, teacher, load)
    found = grouped(question, effort)
    faults = [*check_grouping(question, found), *_dated(at, made, school, found.groups, days)]
    if out:
        write_groups(closed_folder(out) / "groups.csv", found.groups, it.framework, days[0], days[-1])
    if as_json:
        say_json(_json(it, question, found, unclear, faults))
    else:
        _say(it, question, found, unclear)
        say_findings(faults)
    finish(faults)


def _week(made: Plan, school: str) -> SchoolWeek:
    if school not in made.weeks:
        raise SchooldayError(f"the plan has no school {school}; it has {', '.join(sorted(made.weeks))}")
    return made.weeks[school]


def _question(
    it: Taken, week: SchoolWeek, school: str, minutes: int, teachers: list[str] | None, load: int
) -> tuple[Question, int]:
    """Return the question of one school, and of how many pupils and standards nothing can be said yet."""
    sizes = sizes_of(it.standing, it.way)
    if sizes is None:
        raise SchooldayError(
            f"no rule in force on {it.day} says how large a small group is; add a policy with "
            "intervention_pupils and intervention_times (--rules, or rules/policy)"
        )
    masteries = it.masteries(it.pupils(school))
    needs: dict[str, tuple[str, ...]] = {}
    for need in needs_of(masteries):
        needs[need.pupil] = (*needs.get(need.pupil, ()), need.standard)
    taught = [one.id for one in it.roster.sections_at[school]]
    everybody = dict.fromkeys(one for section in taught for one in it.roster.teachers_of.get(section, ()))
    some = free_teachers(week, teachers or everybody, minutes)
    if lost := [one for one in teachers or () if one not in some]:
        raise SchooldayError(f"the plan of {school} does not know the teacher {lost[0]}; check the id")
    question = Question(needs, free_pupils(week, needs, minutes), some, sizes, load, _own(it, needs))
    return question, len(ask_first(masteries))


def _own(it: Taken, needs: Mapping[str, object]) -> dict[str, frozenset[str]]:
    of = it.roster.teachers_of
    return {
        pupil: frozenset(
            one for row in it.roster.enrollments_of.get(pupil, ()) for one in of.get(row.section, ())
        )
        for pupil in needs
    }


def _dated(
    at: Dates, made: Plan, school: str, groups: Sequence[SmallGroup], days: Sequence[date]
) -> list[Finding]:
    alone = Plan(made.district, made.day, made.seed, {school: made.weeks[school]}, made.way, made.cohorts)
    return [found for day in days for one in at.school_days(alone, day) for found in check_date(groups, one)]


def _say(it: Taken, question: Question, found: Grouping, unclear: int) -> None:
    for one in found.groups:
        when = f"{WEEK[one.time.day]} {one.time.span}"
        say(f"Group {one.number}, {it.name(one.standard)}, {when}, {one.teacher}: {', '.join(one.pupils)}")
    for pupil, why in found.alone.items():
        say(f"{pupil} is in no group: {why}")
    met = sum(len(one.pupils) for one in found.groups)
    needs = sum(map(len, question.needs.values()))
    say(
        f"{found.helped} of {len(question.needs)} pupils are in a group, {met} of {needs} needs are met, "
        f"{_proof(found)}"
    )
    say(f"{unclear} pupils and standards are uncertain or unknown: ask them about those first")
    say(f"sizes by {', '.join(question.sizes.clauses)}. {it.framework.notice}")


def _proof(found: Grouping) -> str:
    if found.proved:
        return "and it is proved that no grouping does better"
    if found.helped == found.bound:
        return "and no grouping helps more pupils"
    return f"and no grouping helps more than {found.bound} pupils"


def _json(
    it: Taken, question: Question, found: Grouping, unclear: int, faults: Sequence[Finding]
) -> Mapping[str, object]:
    rows = [
        {
            "group": one.number,
            "standard": it.name(one.standard),
            "day": WEEK[one.time.day],
            "time": str(one.time.span),
            "teacher": one.teacher,
            "pupils": one.pupils,
        }
        for one in found.groups
    ]
    return {
        "groups": rows,
        "helped": found.helped,
        "needing": len(question.needs),
        "bound": found.bound,
        "proved": found.proved,
        "alone": found.alone,
        "unclear": unclear,
        "clauses": question.sizes.clauses,
        "findings": [finding_json(one) for one in faults],
    }


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
        say_findings_to_error(reading.findings)
        raise SchooldayError(f"{made}: not read; the faults are named above")
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


COMMANDS = (groups, helped, watch)
"""The commands of this page, in the order in which they are used."""
