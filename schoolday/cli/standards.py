"""Commands on standards: the Common Core's, a CASE file's, and those that a district calls essential."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.learning_taken import Case, Folder, Subject, taken_learning
from schoolday.cli.options import AsJson, On, Sides, Source, book, taken
from schoolday.cli.output import day_of, finding_json, finish, say, say_findings, say_json
from schoolday.files.standards import read_case, read_frameworks
from schoolday.ground.errors import SchooldayError
from schoolday.ground.grades import GRADES
from schoolday.learning.standards import Standard, check_essentials, essential_on

standards = typer.Typer(
    no_args_is_help=True,
    help="Standards: the Common Core's, any CASE file's, and which of them a district calls essential.",
    pretty_exceptions_enable=False,
)

Grade = Annotated[str, typer.Option("--grade", metavar="GRADE", help="One grade only: TK, K, 1 to 12.")]
File = Annotated[
    Path, typer.Argument(metavar="FILE", exists=True, help="A CASE package, 1.0 or 1.1, as JSON.")
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="A code, a UUID or an address.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    standards.command("list")(listed)
    for command in (show, check, essential):
        standards.command(command.__name__)(command)
    app.add_typer(standards, name="standards")


def listed(grade: Grade = "", subject: Subject = "", case: Case = None, as_json: AsJson = False) -> None:
    """List standards with their codes and words, and the notice under which they are given."""
    _grade(grade)
    framework, _ = read_frameworks(case or ())
    found = [
        one
        for one in framework.standards.values()
        if grade in ("", *one.grades) and subject.casefold() in ("", one.subject.casefold())
    ]
    if as_json:
        say_json({"notice": framework.notice, "standards": [standard_json(one) for one in found]})
        return
    for one in found:
        say(f"{one.name}: {one.statement or '(a heading)'}")
    say(f"{len(found):,} standards. {framework.notice}")


def show(name: Name, case: Case = None, as_json: AsJson = False) -> None:
    """Show one standard with what it is a part of, and its parts."""
    framework, _ = read_frameworks(case or ())
    one = framework.find(name)
    if one is None:
        raise SchooldayError(f"no standard is called {name!r}; `schoolday standards list` lists them")
    parts = [framework.standards[part] for part in framework.within(one.id)[1:]]
    above = [framework.standards[up] for up in framework.above(one.id) if up in framework.standards][1:]
    if as_json:
        found = {"above": [up.name for up in above], "parts": [part.name for part in parts]}
        say_json({**standard_json(one), **found, "notice": framework.notice})
        return
    say(f"{one.name} ({', '.join(one.grades)}; {one.subject}): {one.statement or '(a heading)'}")
    say(f"  id {one.id}, {one.uri}")
    for up in above:
        say(f"  part of {up.name}: {up.statement or '(a heading)'}")
    for part in parts:
        say(f"  {part.name}: {part.statement}")
    say(framework.notice)


def check(file: File, as_json: AsJson = False) -> None:
    """Read a CASE file and name every fault by its item and key."""
    reading = read_case(file)
    number = len(reading.framework.standards) if reading.framework else 0
    if as_json:
        say_json({"standards": number, "findings": [finding_json(one) for one in reading.findings]})
    else:
        say_findings(reading.findings)
        title = reading.framework.title if reading.framework else file.name
        say(f"{title}: {number:,} standards {'taken in' if reading.framework else ', nothing taken in'}")
    finish(reading.findings)


def essential(
    source: Source,
    folder: Folder,
    on: On,
    grade: Grade = "",
    subject: Subject = "",
    case: Case = None,
    sides: Sides = None,
    as_json: AsJson = False,
) -> None:
    """List the standards that a district calls essential on a date, grade by grade."""
    _grade(grade)
    day = day_of(on)
    it = taken_learning(taken(source, day, sides), folder, book(None, None, ""), day, case=case)
    found = check_essentials(it.learned.essentials, it.framework)
    marks = {
        each: essential_on(
            it.learned.essentials, it.framework, day, district=it.roster.district, grade=each, subject=subject
        )
        for each in ([grade] if grade else GRADES)
    }
    if as_json:
        shown = {each: [standard_json(one) for one in some] for each, some in marks.items() if some}
        faults = [finding_json(one) for one in found]
        say_json({"district": it.roster.district, "essential": shown, "findings": faults})
    else:
        for each, some in marks.items():
            for one in some:
                say(f"grade {each}: {one.name}: {one.statement}")
        say(it.framework.notice)
        say_findings(found)
    finish(found)


def standard_json(one: Standard) -> Mapping[str, object]:
    """Return a standard as plain values."""
    return {
        "id": one.id,
        "code": one.code,
        "statement": one.statement,
        "subject": one.subject,
        "grades": one.grades,
        "uri": one.uri,
    }


def _grade(grade: str) -> None:
    if grade and grade not in GRADES:
        raise SchooldayError(f"{grade!r} is no grade; the grades are {', '.join(GRADES)}")
