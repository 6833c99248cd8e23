"""Write re-engagement: the record as it is read, the work list as CSV, and the notices home as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template

from schoolday.files.kept import closed_folder
from schoolday.files.reengage.read import ATTENDANCE, CONTACTS, FILES, MEASURES, TIERS, TRUE, Record
from schoolday.files.sheets.write import file_name, write_csv
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, Status
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.notices import SENT, Notice, dates_told, language_told
from schoolday.ledger.reengage.tiers import Tier
from schoolday.ledger.reengage.work import Task
from schoolday.roster import Roster

LANGUAGES = ("en", "es")
"""The languages that the shipped notices are written in."""
WORK = ("due", "pupilId", "name", "schoolId", "what", "owner", "tries", "case", "about")
_NAMES = ("pupil", "school", "days", "district")


def write_record(folder: Path, record: Record) -> None:
    """Write a record as `schoolday.files.reengage.read.read_reengagement` takes it."""
    closed_folder(folder)
    entries = record.entries
    least = record.plan.least_days or {}
    tables: dict[str, list[Sequence[object]]] = {
        ATTENDANCE: [_attendance(one) for one in entries if one.kind is EntryKind.ATTENDANCE],
        CONTACTS: [_contact(one) for one in entries if one.kind is EntryKind.CONTACT],
        TIERS: [_tier(one, least) for one in record.plan.tiers],
        MEASURES: [(one.pupil, one.measure, one.period.value, one.until, one.value) for one in record.given],
        TRUE: [(one.pupil, one.name, one.first or "", one.last or "", one.source) for one in record.true],
    }
    for name, rows in tables.items():
        if rows:
            write_csv(folder / name, [column.name for column in FILES[name]], rows)


def _attendance(one: Entry) -> tuple[object, ...]:
    return (one.id, one.pupil, one.day, one.code, one.by, one.at.isoformat(), one.corrects, one.detail)


def _tier(one: Tier, least: Mapping[str, int]) -> tuple[object, ...]:
    days = least.get(one.rule, "")
    return (one.rule, one.step, one.tier, one.owner, one.within, one.unit.value, days, one.source)


def _contact(one: Entry) -> tuple[object, ...]:
    days = " ".join(day.isoformat() for day in sorted(dates_told(one)))
    note = one.detail.partition(": ")[2] if one.code == SENT else one.detail
    language = language_told(one)
    return (
        one.id, one.pupil, one.day, one.code, language, days, one.by, one.at.isoformat(), one.corrects, note,
    )  # fmt: skip


def write_work(file: Path, tasks: Iterable[Task], roster: Roster) -> None:
    """Write the work list, soonest due first."""
    rows = (
        (
            one.due or "", one.pupil, _name(one.pupil, roster), one.school, one.what, one.owner, one.tries,
            one.case, one.about or "",
        )
        for one in tasks
    )  # fmt: skip
    write_csv(file, WORK, rows)


def _name(pupil: str, roster: Roster) -> str:
    who = roster.pupils[pupil]
    return who.name


def templates(own: Path | None = None) -> dict[str, Template]:
    """Return the notice's text by language: the shipped ones, and a district's own in their place.

    Parameters
    ----------
    own
        A folder of texts called ``absence.LANGUAGE.txt``, as ``absence.hmn.txt``.

    Raises
    ------
    SchooldayError
        If a text lacks one of the names that a notice needs, or has one that nobody fills in.
    """
    shipped = files("schoolday.files.reengage") / "notices"
    texts = {
        language: (shipped / f"absence.{language}.txt").read_text(encoding="utf-8") for language in LANGUAGES
    }
    for file in sorted(own.glob("absence.*.txt")) if own else ():
        texts[file.name.split(".")[1]] = file.read_text(encoding="utf-8")
    found = {language: Template(text) for language, text in texts.items()}
    for language, template in found.items():
        wrong = set(_NAMES) ^ set(template.get_identifiers()) if template.is_valid() else {"$"}
        if wrong:
            raise SchooldayError(
                f"the notice absence.{language}.txt and the names it needs ({', '.join(_NAMES)}) differ in "
                f"{sorted(wrong)[0]!r}; write $pupil, $school, $days and $district where they belong"
            )
    return found


def write_notices(
    out: Path, some: Iterable[Notice], roster: Roster, texts: dict[str, Template]
) -> tuple[int, list[Finding]]:
    """Write one text for each pupil whose home is owed a notice, and return how many and what is missing.

    Where no text is in the home's language, the English and the Spanish stand under each other and a finding
    says that somebody has to translate: nothing is called sent in a language that it is not in.
    """
    if out.exists() and any(out.iterdir()):
        raise SchooldayError(f"{out} holds something already; name a new folder")
    by_pupil = defaultdict[str, list[Notice]](list)
    for one in some:
        by_pupil[one.pupil].append(one)
    closed_folder(out)
    found = []
    for pupil, mine in by_pupil.items():
        language = mine[0].language.partition("-")[0]
        chosen = [texts[language]] if language in texts else [texts[name] for name in LANGUAGES]
        values = {
            "pupil": _name(pupil, roster),
            "school": roster.schools[mine[0].school].name,
            "days": ", ".join(day.isoformat() for day in sorted({one.day for one in mine})),
            "district": roster.name,
        }
        text = "\n\n".join(template.substitute(values).strip() for template in chosen)
        (out / f"{file_name(pupil)}.{language}.txt").write_text(text + "\n", encoding="utf-8")
        if language not in texts:
            said = f"no notice is written in {language}, which the home of pupil {pupil} speaks"
            mend = f"have it translated; a text absence.{language}.txt may be given with --texts"
            where = (mine[0].school, f"pupil {pupil}")
            found.append(Finding("reengage.no_translation", said, Status.UNVERIFIED, where, mend=mend))
    return len(by_pupil), found
