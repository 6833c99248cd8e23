"""Commands that show sealed weeks: the weekly record in the terminal, and the form that is signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from schoolday.cli.options import AsJson, Books, book, taken
from schoolday.cli.output import day_of, say, say_json
from schoolday.files.ledger.form import sheet
from schoolday.files.ledger.paper import pdf
from schoolday.files.ledger.read import read_week
from schoolday.files.ledger.seal import Sealed, Seals
from schoolday.files.ledger.whole import write_whole
from schoolday.files.ledger.words import WORDS
from schoolday.ground.errors import SchooldayError
from schoolday.ledger.daily_study import study_days
from schoolday.ledger.day_record import DayRecord, day_records
from schoolday.ledger.engagement import engagement
from schoolday.ledger.figure import Figure
from schoolday.ledger.week import monday_of
from schoolday.rules import Rulebook
from schoolday.rules.rule import Way

Folder = Annotated[
    Path, typer.Argument(metavar="SEALS", exists=True, help="The folder of the district's sealed weeks.")
]
Monday = Annotated[str, typer.Option("--week", metavar="DATE", help="A date of the week.")]
School = Annotated[str, typer.Option("--school", metavar="ID", help="One school's weeks.")]
Teacher = Annotated[str, typer.Option("--teacher", metavar="ID", help="One teacher's weeks.")]
Pupil = Annotated[str, typer.Option("--pupil", metavar="ID", help="One pupil, with all entries.")]
Section = Annotated[str, typer.Option("--class", metavar="ID", help="One class of a teacher.")]
Names = Annotated[
    Path | None,
    typer.Option("--roster", exists=True, help="The roster, so that people are called by their names."),
]
Language = Annotated[str, typer.Option("--language", metavar="TAG", help="en or es.")]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The PDF file to write.")]


def register(ledger: typer.Typer) -> None:
    """Add these commands to those of the ledger."""
    ledger.command("record")(record)
    ledger.command("print")(print_)


def record(
    folder: Folder,
    week: Monday,
    school: School = "",
    teacher: Teacher = "",
    pupil: Pupil = "",
    rules: Books = None,
    as_json: AsJson = False,
) -> None:
    """Show the weekly record of sealed weeks: each figure, and with --json its entries and clauses."""
    rulebook = book(rules, None, "")
    days = [
        (one, value)
        for sealed in _chosen(folder, week, school, teacher, pupil)
        for one, value in _days(sealed, rulebook)
        if pupil in ("", one.pupil.pupil)
    ]
    if as_json:
        return say_json([value for _, value in days])
    for one, value in days:
        figures = ", ".join(
            f"{name.replace('_', ' ')} {_told(value[name])}"
            for name in ("live", "independent", "in_person", "total", "owed")
        )
        say(f"{one.pupil.pupil} {one.day}: {one.took.value.replace('_', ' ')}; {figures}; {value['found']}")
    return None


def print_(
    folder: Folder,
    week: Monday,
    out: Out,
    school: School = "",
    teacher: Teacher = "",
    pupil: Pupil = "",
    section: Section = "",
    roster: Names = None,
    language: Language = "en",
    rules: Books = None,
) -> None:
    """Print the weekly record as the form that is signed: of a pupil, a class, a teacher or a school."""
    if language not in WORDS:
        raise SchooldayError(f"the form is not in {language!r}; it is in {', '.join(WORDS)}")
    if out.exists():
        raise SchooldayError(f"{out} is there already; name another file")
    chosen, rulebook = _chosen(folder, week, school, teacher, pupil), book(rules, None, "")
    names = _names(roster, week) if roster else {}
    sheets = [
        sheet(one, rulebook, names=names, pupil=pupil, section=section, language=language) for one in chosen
    ]
    made = [one for one in sheets if one is not None]
    if not made:
        raise SchooldayError(f"the class {section!r} has nobody in the week of {week}; nothing was printed")
    write_whole(out, pdf(made, language))
    say(f"{out}: {len(made)} {'sheet' if len(made) == 1 else 'sheets'}.")


def _chosen(folder: Path, week: str, school: str, teacher: str, pupil: str) -> Sequence[Sealed]:
    """Return the newest seals of a week that were asked for; an error in words if there are none."""
    monday = monday_of(day_of(week))
    found = [
        one
        for one in Seals(folder, "").current()
        if one.head.week == monday
        and school in ("", one.head.school)
        and teacher in ("", one.head.teacher)
        and (not pupil or pupil in {row.pupil for row in one.head.pupils})
    ]
    if not found:
        raise SchooldayError(f"no such week of {monday} is sealed in {folder}")
    return found


def _days(sealed: Sealed, rulebook: Rulebook) -> Iterator[tuple[DayRecord, Mapping[str, Any]]]:
    """Yield every day of a sealed week with its figures, by its way of schooling."""
    week = read_week(sealed)
    if week.way is Way.INDEPENDENT_STUDY:
        for study in study_days(week, rulebook, certified=True):
            yield study.record, _json(study.record, study.owed, study.verdict.found.value, study.verdict.said)
    elif week.way is Way.IN_PERSON:
        for one in day_records(week):
            yield one, _json(one, Figure(None), "no rule", "")
    else:
        for pupil in engagement(week, rulebook):
            for day in pupil.days:
                yield day.record, _json(day.record, day.owed, day.whole.found.value, day.whole.said)


def _json(record: DayRecord, owed: Figure, found: str, said: str) -> Mapping[str, Any]:
    figures = {kind.value: figure for kind, figure in record.minutes.items()}
    figures |= {"total": record.total, "owed": owed, "done": record.done, "missing": record.missing}
    return {
        "pupil": record.pupil.pupil,
        "day": record.day,
        "took": record.took.value,
        "evidence": record.evidence,
        "failures": record.failures,
        "kinds": [kind.value for kind in record.kinds],
        **{name: _figure(figure) for name, figure in figures.items()},
        "found": found.replace("_", " "),
        "said": said,
    }


def _figure(figure: Figure) -> Mapping[str, Any]:
    return {
        "value": figure.value,
        "entries": figure.entries,
        "clauses": figure.clauses,
        "unknown": figure.unknown,
    }


def _told(figure: Mapping[str, Any]) -> str:
    if figure["value"] is None:
        return "unknown" if figure["unknown"] else "none"
    return f"{figure['value']}{'+' if figure['unknown'] else ''}"


def _names(source: Path, week: str) -> Mapping[str, str]:
    roster = taken(source, monday_of(day_of(week)))
    people = {one.id: one.name for one in roster.pupils.values()}
    people |= {one.id: one.name for one in roster.staff.values()}
    schools = {one.id: one.name for one in roster.schools.values()}
    sections = {one.id: one.title for one in roster.sections.values()}
    return {**sections, **schools, **people, roster.district: roster.name}
