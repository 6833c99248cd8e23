"""The weekly record as the form that is signed: its grid, its legend, its clauses and its seal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from schoolday.calendar.row import Minutes
from schoolday.files.ledger.read import read_week
from schoolday.files.ledger.seal import Sealed
from schoolday.files.ledger.words import WORDS
from schoolday.ground.spans import clock
from schoolday.ledger.daily_study import StudyDay, study_days
from schoolday.ledger.day_record import DayRecord, Took, day_records
from schoolday.ledger.engagement import EngagementDay, engagement
from schoolday.ledger.entry import Entry
from schoolday.ledger.figure import Figure
from schoolday.ledger.standing import standing
from schoolday.ledger.week import Week
from schoolday.measures.verdict import Found
from schoolday.rules import Rulebook
from schoolday.rules.rule import Way

Names = Mapping[str, str]
"""What a person, a school or a class is called, by id; an id that is not there is shown itself."""

T = TypeVar("T")

_MARKS = {
    Took.PART: "part", Took.ABSENT: "absent", Took.EXCUSED: "excused", Took.UNVERIFIED: "unknown",
    Took.NOT_ENROLLED: "not_enrolled",
}  # fmt: skip

_WHOLE = {Found.MET: "whole", Found.BROKEN: "partial"}


@dataclass(frozen=True)
class Sheet:
    """One sealed week as it is printed: plain texts only, in one language.

    `grid` has a row for each pupil: the name, a cell for each day, and the week's sum; in 2020-21 one more
    for the kinds of instruction of each day. `entries` has the
    lines that one pupil's figures are made from, and is empty where the sheet is of a class.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    grid: tuple[tuple[str, ...], ...]
    legend: str
    sources: tuple[str, ...]
    words: str
    seal: str
    entry_columns: tuple[str, ...] = ()
    entries: tuple[tuple[str, ...], ...] = ()


def sheet(
    sealed: Sealed,
    rulebook: Rulebook,
    *,
    names: Names,
    pupil: str = "",
    section: str = "",
    language: str = "en",
) -> Sheet | None:
    """Return the form of a sealed week, of a pupil, of a class or of all; None where nobody is in it.

    Parameters
    ----------
    sealed
        The week.
    rulebook
        The rules, which say where each clause is written.
    names
        What people, schools and classes are called, by id.
    pupil
        One pupil's id, or an empty string for everybody.
    section
        One class's id, or an empty string for all that the teacher has there.
    language
        ``en`` or ``es``.
    """
    word = WORDS[language]
    week = _part(read_week(sealed), pupil, section)
    if not week.pupils:
        return None
    return Sheet(
        word["study_title"] if week.way is Way.INDEPENDENT_STUDY else word["title"],
        tuple(_facts(sealed, week, names, word, section)),
        (
            word["pupil"],
            *(f"{word[f'day_{day.weekday()}']} {day.isoformat()}" for day in week.days),
            word["sum"],
        ),
        tuple(_grid(week, rulebook, names, word)),
        word["study_legend"] if week.way is Way.INDEPENDENT_STUDY else word["legend"],
        tuple(_sources(sealed, rulebook)),
        sealed.head.words,
        sealed.digest,
        tuple(word[name] for name in ("day", "what", "times", "minutes", "by", "entry")) if pupil else (),
        tuple(_lines(week, pupil, names, word)) if pupil else (),
    )


def _part(week: Week, pupil: str, section: str) -> Week:
    """Return a week of one pupil, or of one class with what stands of it and of the pupils' day at large."""
    if pupil:
        week = replace(week, pupils=tuple(one for one in week.pupils if one.pupil == pupil))
    if not section:
        return week
    return replace(
        week,
        pupils=tuple(one for one in week.pupils if section in one.activities),
        entries=tuple(one for one in standing(week.entries) if one.activity in ("", section)),
        plan=tuple(row for row in week.plan if row.activity == section),
        enrolled=week.enrolled and frozenset(one for one in week.enrolled if one.activity == section),
    )


def _facts(
    sealed: Sealed, week: Week, names: Names, word: Mapping[str, str], section: str
) -> Iterator[tuple[str, str]]:
    head = sealed.head
    grades = sorted({one.grade for one in week.pupils} - {""})
    yield word["district"], names.get(head.district, head.district)
    yield word["school"], names.get(head.school, head.school)
    yield word["teacher"], names.get(head.teacher, head.teacher)
    yield word["week"], head.week.isoformat()
    if section:
        yield word["section"], names.get(section, section)
    yield word["grade"], ", ".join(grades)
    yield word["way"], word[f"way_{head.way.value}"]
    yield word["version"], str(head.version)
    yield (
        word["certified"],
        f"{names.get(head.certified_by, head.certified_by)}, {head.certified_at:%Y-%m-%d %H:%M}",
    )
    if head.names:
        yield word["replaces"], f"{head.names[:16]}…"


def _grid(week: Week, rulebook: Rulebook, names: Names, word: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    if week.way is Way.INDEPENDENT_STUDY:
        studied = study_days(week, rulebook, certified=True)
        yield from _in_rows(week, studied, lambda one: one.record, _study_cell, names, word)
    elif week.way is Way.IN_PERSON:
        yield from _in_rows(week, day_records(week), lambda one: one, _cell, names, word)
    else:
        days = [day for pupil in engagement(week, rulebook) for day in pupil.days]
        yield from _in_rows(week, days, lambda one: one.record, _engagement_cell, names, word)
        yield _kinds(week, days, word)


def _kinds(week: Week, days: Sequence[EngagementDay], word: Mapping[str, str]) -> tuple[str, ...]:
    """Return the row that says which kinds of instruction each day had, planned or recorded."""
    of = [
        [kind for kind in Minutes if any(kind in one.record.kinds for one in days if one.record.day == day)]
        for day in week.days
    ]
    cells = (", ".join(word[f"kind_of_{kind.value}"] for kind in kinds) or "–" for kinds in of)
    return (word["instruction"], *cells, "")


def _in_rows(
    week: Week,
    days: Sequence[T],
    record: Callable[[T], DayRecord],
    cell: Callable[[T, Mapping[str, str]], str],
    names: Names,
    word: Mapping[str, str],
) -> Iterator[tuple[str, ...]]:
    width = len(week.days)
    for place, one in enumerate(week.pupils):
        of = days[place * width : (place + 1) * width]
        minutes = [record(day).total for day in of]
        known = sum(figure.value or 0 for figure in minutes)
        some = any(figure.value is not None for figure in minutes)
        total = f"{known}{'+' if any(figure.unknown for figure in minutes) else ''}" if some else "–"
        yield (names.get(one.pupil, one.pupil), *(cell(day, word) for day in of), total)


def _cell(record: DayRecord, word: Mapping[str, str]) -> str:
    parts = (Minutes.LIVE, Minutes.INDEPENDENT, Minutes.IN_PERSON)
    minutes = " / ".join(_number(record.minutes[kind]) for kind in parts)
    work = [f"{word['done']} {record.done.value}"] if record.done.value else []
    work += [f"{word['missing']} {record.missing.value}"] if record.missing.value else []
    return "\n".join((minutes, word[_MARKS[record.took]], *work))


def _engagement_cell(day: EngagementDay, word: Mapping[str, str]) -> str:
    """Return a day of the 2020-21 record, with whether it was whole where anything is recorded of it."""
    cell = _cell(day.record, word)
    if not day.record.total.entries:
        return cell
    return f"{cell}\n{word[_WHOLE.get(day.whole.found, 'whole_unknown')]}"


def _study_cell(day: StudyDay, word: Mapping[str, str]) -> str:
    credit = {1: word["credit"], 0: word["no_credit"], None: word["unknown"]}[day.credited]
    sums = f"{_number(day.work)} + {_number(day.synchronous)} = {_number(day.total)}"
    if day.record.took is Took.NOT_ENROLLED:
        return f"{sums}\n{word['not_enrolled']}"
    return f"{sums}\n{word['of']} {_number(day.owed)}\n{credit}"


def _number(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    return f"{figure.value}+" if figure.unknown else str(figure.value)


def _lines(week: Week, pupil: str, names: Names, word: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    own = [entry for entry in standing(week.entries) if entry.pupil == pupil]
    for entry in sorted(own, key=_in_order):
        outcome = word.get(f"code_{entry.code}", entry.code)
        what = ": ".join(part for part in (word[f"kind_{entry.kind.value}"], outcome) if part)
        yield (
            entry.day.isoformat(),
            f"{what}, {names.get(entry.activity, entry.activity)}" if entry.activity else what,
            _times(entry),
            "–" if entry.minutes is None else str(entry.minutes),
            names.get(entry.by, entry.by),
            entry.id,
        )


def _in_order(entry: Entry) -> tuple[str, int, str]:
    """Order by day and time; what has no time stands after what has."""
    return entry.day.isoformat(), 24 * 60 if entry.first is None else entry.first, entry.id


def _times(entry: Entry) -> str:
    ends = ["?" if minute is None else clock(minute) for minute in (entry.first, entry.last)]
    return "" if ends == ["?", "?"] else "–".join(ends)


def _sources(sealed: Sealed, rulebook: Rulebook) -> Iterator[str]:
    """Yield each clause by its id with where it is written."""
    cited = {clause.id: clause.cite.source for rule in rulebook.rules for clause in rule.clauses}
    for clause in sealed.head.clauses:
        yield f"{clause}: {cited.get(clause, '?')}"
