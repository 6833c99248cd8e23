"""Commands of the ledger: take in who joined, seal a certified week, verify the chain, make the day packs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from schoolday.calendar.row import Row
from schoolday.cli.ledger_shown import register as with_shown
from schoolday.cli.options import AsJson, Books, On, Sides, Source, WayOption, book, planned, taken
from schoolday.cli.output import (
    SHOWN,
    day_of,
    finding_json,
    finish,
    say,
    say_findings,
    say_findings_to_error,
    say_json,
)
from schoolday.files.ledger.accounts import read_accounts, roster_accounts
from schoolday.files.ledger.entries import entries_bytes, read_entries
from schoolday.files.ledger.imports import Wanted, read_participation
from schoolday.files.ledger.packs import build_packs
from schoolday.files.ledger.platforms import PLATFORMS
from schoolday.files.ledger.seal import Seals
from schoolday.files.ledger.whole import write_whole
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, Status
from schoolday.ledger.certify import WORDS, CertificationRefused, certify
from schoolday.ledger.entry import Entry
from schoolday.ledger.gather import gather
from schoolday.ledger.services.explained import Explaining, explaining
from schoolday.ledger.week import monday_of
from schoolday.program.days import calendar
from schoolday.roster import Roster
from schoolday.rules import Way
from schoolday.timetable.rows import rows

ledger = typer.Typer(
    no_args_is_help=True,
    help="The record of what each child was given: imports, sealed weeks, the signed form.",
    pretty_exceptions_enable=False,
)

File = Annotated[Path, typer.Argument(metavar="FILE", exists=True, help="The platform's file.")]
Entries = Annotated[
    Path, typer.Argument(metavar="ENTRIES", exists=True, help="A CSV file of entries: the columns of a seal.")
]
Folder = Annotated[Path, typer.Argument(metavar="SEALS", help="The folder of the district's sealed weeks.")]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The file of entries to write.")]
Packs = Annotated[Path, typer.Argument(metavar="DAYS", help="The folder of the day packs.")]
PlatformName = Annotated[
    str, typer.Option("--platform", metavar="NAME", help=f"Whose file it is: {', '.join(PLATFORMS)}.")
]
Activity = Annotated[str, typer.Option("--activity", metavar="ID", help="The section or service that met.")]
School = Annotated[str, typer.Option("--school", metavar="ID", help="The school.")]
Teacher = Annotated[str, typer.Option("--teacher", metavar="ID", help="The teacher whose week it is.")]
By = Annotated[str, typer.Option("--by", metavar="ID", help="The staff member who does it.")]
At = Annotated[
    str, typer.Option("--at", metavar="TIME", help="The moment of certifying, as 2020-09-11T15:30.")
]
Monday = Annotated[str, typer.Option("--week", metavar="DATE", help="A date of the week.")]
PlanFolder = Annotated[
    Path | None, typer.Option("--plan", metavar="PLAN", help="The plan, sealed beside what happened.")
]
Accounts = Annotated[
    Path | None,
    typer.Option("--accounts", exists=True, help="pupilId,email for addresses that users.csv does not have."),
]
LeftOut = Annotated[
    list[str] | None,
    typer.Option("--leave-out", metavar="WHO", help="An address or name that is no pupil's; again for more."),
]
RosterOf = Annotated[
    Path | None,
    typer.Option(
        "--roster",
        exists=True,
        help="Its services and calendar say which reasons explain; none does without it.",
    ),
]
Known = Annotated[
    list[str] | None,
    typer.Option("--known", metavar="SHA256", help="The digest of a seal from elsewhere, as from a form."),
]
Words = Annotated[str, typer.Option("--words", help="What is signed, where the district has its own words.")]
District = Annotated[
    str, typer.Option("--district", metavar="ID", help="Whose chain it is; the first seal's if left out.")
]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    with_shown(ledger)
    app.add_typer(ledger, name="ledger")


@ledger.command("import")
def import_(
    source: Source,
    file: File,
    platform: PlatformName,
    on: On,
    by: By,
    out: Out,
    activity: Activity = "",
    school: School = "",
    accounts: Accounts = None,
    leave_out: LeftOut = None,
    sides: Sides = None,
    as_json: AsJson = False,
) -> None:
    """Read who joined from a platform's file and write it as entries; with any fault nothing is written."""
    if platform not in PLATFORMS:
        raise SchooldayError(f"no platform is called {platform!r}; there are {', '.join(PLATFORMS)}")
    day = day_of(on)
    roster = taken(source, day, sides)
    where, pupils = _met(roster, activity, school, day)
    wanted = Wanted(
        platform=PLATFORMS[platform],
        school=where,
        activity=activity,
        by=by,
        zone=ZoneInfo(roster.timezone),
        pupils=pupils,
        accounts=_accounts(source, accounts, roster),
        on=day,
        left_out=frozenset(one.casefold() for one in leave_out or ()),
    )
    read = read_participation(file.name, file.read_bytes(), wanted)
    if read.entries:
        write_new(out, entries_bytes(read.entries))
    number = len(read.entries or ())
    _tell(read.findings, f"{number} entries are in {out}." if number else "Nothing was taken.", as_json)


@ledger.command("seal")
def seal(
    source: Source,
    entries: Entries,
    folder: Folder,
    school: School,
    teacher: Teacher,
    week: Monday,
    by: By,
    at: At,
    plan: PlanFolder = None,
    way: WayOption = Way.DISTANCE,
    words: Words = WORDS,
    sides: Sides = None,
    rules: Books = None,
    as_json: AsJson = False,
) -> None:
    """Certify a teacher's week and seal it; sealed anew, it gets a version that names the old."""
    rulebook, monday = book(rules, None, ""), monday_of(day_of(week))
    roster = taken(source, monday, sides)
    days = calendar(roster.calendar, rulebook, roster.places)
    planned_rows: Iterator[Row] = iter(())
    if plan:
        dates, made = planned(source, sides, plan, rulebook)
        school_days = (
            one for place in range(5) for one in dates.school_days(made, monday + timedelta(days=place))
        )
        planned_rows = (row for one in school_days for row in rows(one, roster))
        way = made.way
    gathered = gather(
        roster,
        days,
        school=school,
        teacher=teacher,
        monday=monday,
        way=way,
        entries=_entries(entries),
        plan=planned_rows,
    )
    try:
        certificate = certify(gathered, rulebook, by=by, at=_moment(at, roster), words=words)
    except CertificationRefused as refused:
        return _tell(refused.findings, "The week was not sealed.", as_json)
    made_seal = Seals(folder, roster.district).seal(certificate)
    head = made_seal.head
    if as_json:
        return say_json({"seal": made_seal.digest, "version": head.version, "unverified": head.unverified})
    say(f"Version {head.version} of the week is sealed with {head.rows} rows: {made_seal.digest}")
    if head.unverified:
        say(f"{head.unverified} pupils' days are not verified; they are no absences.")
    return None


@ledger.command("verify")
def verify(folder: Folder, district: District = "", known: Known = None, as_json: AsJson = False) -> None:
    """Verify a district's chain of seals and every file of it; exit code 1 where anything was changed."""
    seals = seals_of(folder, district)
    number = sum(1 for _ in seals.all())
    _tell(seals.verify(known or ()), f"{number} seals of {seals.district}.", as_json)


@ledger.command("days")
def days_(
    folder: Folder,
    packs: Packs,
    district: District = "",
    source: RosterOf = None,
    rules: Books = None,
    as_json: AsJson = False,
) -> None:
    """Make the day packs, for measures, of the days whose seals have changed."""
    seals = seals_of(folder, district)
    made = build_packs(seals, packs, _explaining(seals, source, rules) if source else None)
    if as_json:
        return say_json({"made": [day.isoformat() for day in made]})
    say(f"{len(made)} day packs were made in {packs}.")
    return None


def _explaining(seals: Seals, source: Path, rules: list[Path] | None) -> Explaining | None:
    last = max((one.head.week for one in seals.current()), default=None)
    if last is None:
        return None
    rulebook, roster = book(rules, None, ""), taken(source, last)
    return explaining(roster, calendar(roster.calendar, rulebook, roster.places), rulebook)


def seals_of(folder: Path, district: str = "") -> Seals:
    """Return a folder's seals, of the district given or that of the first seal."""
    if not folder.is_dir():
        raise SchooldayError(f"{folder} is no folder of sealed weeks")
    first = next(iter(Seals(folder, "").all()), None)
    if not district and first is None:
        raise SchooldayError(f"{folder} holds no seal that can be read; name the district with --district")
    return Seals(folder, district or (first.head.district if first else ""))


def write_new(file: Path, data: bytes) -> None:
    """Write a file that is not there yet; one that is there is never overwritten."""
    if file.exists():
        raise SchooldayError(f"{file} is there already; name another file")
    write_whole(file, data)


def _met(roster: Roster, activity: str, school: str, day: date) -> tuple[str, Sequence[str]]:
    """Return the school of what met, and the pupils who may have been there."""
    if activity in roster.sections:
        return roster.sections[activity].school, roster.enrolled(day).get(activity, ())
    served = [one for one in roster.services.values() if activity and activity in (one.id, one.group)]
    if served:
        return roster.pupils[served[0].pupil].school, [one.pupil for one in served]
    if activity or school not in roster.schools:
        what = (
            f"no section or service is called {activity!r}" if activity else f"no school is called {school!r}"
        )
        raise SchooldayError(f"{what}; name one of the roster with --activity, or the school with --school")
    return school, [one.id for one in roster.pupils_at[school]]


def _accounts(source: Path, file: Path | None, roster: Roster) -> Mapping[str, str]:
    found = dict(roster_accounts(source, roster.pupils))
    if file:
        more, faults = read_accounts(file.name, file.read_bytes(), roster.pupils)
        _refuse(faults, f"{file}: not read; its faults are named above")
        found |= more
    return found


def _entries(file: Path) -> Sequence[Entry]:
    read = read_entries(file.name, file.read_bytes())
    _refuse(read.findings, f"{file}: not read; its faults are named above")
    return read.entries or ()


def _refuse(findings: Sequence[Finding], said: str) -> None:
    if any(one.status is Status.BROKEN for one in findings):
        say_findings_to_error(findings)
        raise SchooldayError(said)


def _moment(text: str, roster: Roster) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise SchooldayError(f"{text!r} is no moment; write it as 2020-09-11T15:30") from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(roster.timezone))


def _tell(findings: Sequence[Finding], said: str, as_json: bool) -> None:
    if as_json:
        say_json({"said": said, "findings": [finding_json(one) for one in findings]})
    else:
        say_findings(findings, SHOWN)
        say(said)
    finish(findings)
