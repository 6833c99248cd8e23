"""The command that makes small groups so that they fit the week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from schoolday.calendar.days import WEEK
from schoolday.cli.learning_taken import Case, Folder, Subject, Taken, taken_learning
from schoolday.cli.options import (
    AsJson,
    Books,
    First,
    Sides,
    Source,
    Until,
    book,
    planned,
    school_days,
)
from schoolday.cli.options import Folder as PlanFolder
from schoolday.cli.output import (
    finding_json,
    finish,
    say,
    say_findings,
    say_json,
)
from schoolday.files.kept import closed_folder
from schoolday.files.learning import write_groups
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.learning.check import check_date, check_grouping
from schoolday.learning.exact import EFFORT, grouped
from schoolday.learning.free import free_pupils, free_teachers
from schoolday.learning.groups import Grouping, Question, SmallGroup, ask_first, needs_of, sizes_of
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
        f"{found.helped} of {len(question.needs)} pupils are in a group, {met} of {needs} needs are met "
        f"(at most {question.most_needs} can be), "
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
        "most_needs": question.most_needs,
        "proved": found.proved,
        "alone": found.alone,
        "unclear": unclear,
        "clauses": question.sizes.clauses,
        "findings": [finding_json(one) for one in faults],
    }
