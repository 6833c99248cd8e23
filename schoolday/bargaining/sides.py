"""Side by side: what positions, the law and a neighbour say of each thing in dispute, by grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from schoolday.bargaining.proposals import Source, Stance, Version
from schoolday.bargaining.record import Table
from schoolday.bargaining.terms import TERMS, said
from schoolday.ground.grades import GRADES
from schoolday.measures import bounds
from schoolday.measures.verdict import Found, Verdict
from schoolday.rules import Clause, Kind, Layer, Rulebook, Standing, Way

FIGURES: Mapping[str, str] = {
    "total_minutes": "minutes of instruction",
    "live_minutes": "live minutes",
    "independent_minutes": "minutes of independent work",
}
"""The measures that are laid side by side, each with its title; the terms of `TERMS` follow them."""

LAW = "law"
"""The name of the column that holds the law itself."""

_ABOVE = frozenset({Layer.LAW, Layer.ORDER})


class Word(StrEnum):
    """How a cell stands. `UNVERIFIED` is a document of which nobody here has read what it says."""

    LAWFUL = "lawful"
    UNLAWFUL = "unlawful"
    SILENT = "silent"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one document says of one thing, for one grade.

    Parameters
    ----------
    word
        Whether that is lawful. What no rule of law in the books speaks of is lawful, and `why` says so.
    said
        What it says, in words; an empty string where it is silent.
    why
        The sentence behind the word, with the citation of the law where one decides.
    low, high
        The least and the most that it allows, for figures alone.
    counted
        Whether the figure is counted from the document's others: live and independent minutes make the total,
        and what a total leaves beside the least live minutes is independent work.
    made, law, sources
        The document's own clauses that it follows from, the law's that decides, and where a stance was read.
    """

    word: Word
    said: str = ""
    why: str = ""
    low: float | None = None
    high: float | None = None
    counted: bool = False
    made: tuple[Clause, ...] = ()
    law: tuple[Clause, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """The ids of the clauses that it follows from, the law's last."""
        return tuple(clause.id for clause in (*self.made, *self.law))


@dataclass(frozen=True, slots=True)
class Column:
    """One document side by side with others; `version` is None for the law."""

    name: str
    title: str
    version: Version | None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in dispute, for grades in a row on which every column says the same."""

    name: str
    title: str
    grades: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Positions beside each other on a date: a line's cells stand in the order of the columns."""

    day: date
    way: Way
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def sides(
    table: Table, rulebook: Rulebook, day: date, names: Sequence[str], way: Way = Way.DISTANCE
) -> SideBySide:
    """Lay documents side by side.

    Parameters
    ----------
    table, rulebook
        The table, and the rules: those of the documents' books, and the law that judges them.
    day, way
        The school day that the clauses are read for, and the way of schooling.
    names
        Versions such as ``union/2``, a document's name for its last version up to `day`, or ``law``.

    Returns
    -------
    SideBySide
        A line for each thing in dispute and each run of grades on which nothing changes.

    Raises
    ------
    KeyError
        If the table has no document or version of a name.
    """
    columns = tuple(_column(table, name, day) for name in names)
    judges = [_Judge(table, rulebook, column, day, way) for column in columns]
    lines = [line for name in (*FIGURES, *TERMS) for line in _lines(name, judges)]
    return SideBySide(day, way, columns, tuple(lines))


def _column(table: Table, name: str, day: date) -> Column:
    if name == LAW:
        return Column(LAW, f"The law of {', '.join(table.places)}", None)
    version = table.version(name) if "/" in name else table.proposal(name).latest(day)
    if version is None:
        first = table.proposal(name).versions[0].day
        raise KeyError(f"{name} had no version on {day.isoformat()}; its first is of {first.isoformat()}")
    return Column(version.id, table.proposal(version.proposal).title, version)


def _lines(name: str, judges: Sequence[_Judge]) -> Iterator[Line]:
    cells = {grade: tuple(judge.cell(name, grade) for judge in judges) for grade in GRADES}
    for row, grades in groupby(GRADES, key=lambda grade: cells[grade]):
        title = FIGURES[name] if name in FIGURES else TERMS[name].title
        yield Line(name, title, tuple(grades), row)


class _Judge:
    """Reads one document's cells, and holds them against the law of its own places."""

    def __init__(self, table: Table, rulebook: Rulebook, column: Column, day: date, way: Way) -> None:
        self.version, self.day, self.way = column.version, day, way
        proposal = table.proposal(self.version.proposal) if self.version else None
        places = table.places_of(proposal) if proposal else table.places
        self.law = rulebook.on(day, frozenset(places), _ABOVE)
        self.own = self.law if self.version is None else _standing(rulebook, self.version, day)

    def cell(self, name: str, grade: str) -> Cell:
        """Return what the document says of one thing for one grade."""
        if self.version is not None and not self.version.known:
            return Cell(Word.UNVERIFIED, why="Nobody here has read what it says.")
        if name in TERMS:
            return self.stance(name, grade)
        return self.figure(name, grade) or self.counted(name, grade) or Cell(Word.SILENT)

    def stance(self, name: str, grade: str) -> Cell:
        stances = self.version.stances if self.version else ()
        found = [one for one in stances if one.term == name and grade in one.grades]
        if not found:
            return Cell(Word.SILENT)
        return Cell(Word.LAWFUL, _stances(found), _UNSPOKEN, sources=tuple(one.source for one in found))

    def figure(self, name: str, grade: str) -> Cell | None:
        """Return a figure as the document's clauses have it, or None where they are silent."""
        limit = self.own.limit(name, grade=grade, way=self.way)
        if limit.low is None and limit.high is None:
            return None
        made = _once(bound.clause for bound in (limit.low_bound, limit.high_bound) if bound)
        told = _told(limit.low, limit.high)
        cell = Cell(Word.LAWFUL, told, low=limit.low, high=limit.high, made=made)
        return cell if self.version is None else self.judged(name, grade, cell)

    def counted(self, name: str, grade: str) -> Cell | None:
        """Return a figure that follows from two others, or None where one of them is missing."""
        if self.version is None:
            return None
        found = [self.figure(other, grade) for other in FIGURES if other != name]
        others = [one for one in found if one is not None and one.low is not None]
        lows = [one.low or 0.0 for one in others]
        if len(others) < len(found):
            return None
        whole = name == "total_minutes"
        low = lows[0] + lows[1] if whole else max(lows[0] - lows[1], 0.0)
        high = None if whole else low
        made = _once(clause for one in others for clause in one.made)
        told = _told(low, high, counted=True)
        cell = Cell(Word.LAWFUL, told, low=low, high=high, counted=True, made=made)
        return self.judged(name, grade, cell)

    def judged(self, name: str, grade: str, cell: Cell) -> Cell:
        """Return a cell with the law's word on its figures."""
        verdicts = list(self.verdicts(name, grade, cell))
        against = next((one for one in verdicts if one.found is Found.BROKEN), None)
        decided = against or next(iter(verdicts), None)
        return replace(
            cell,
            word=Word.UNLAWFUL if against else Word.LAWFUL,
            why=decided.said if decided else _UNSPOKEN,
            law=(decided.clause,) if decided and decided.clause else (),
        )

    def verdicts(self, name: str, grade: str, cell: Cell) -> Iterator[Verdict]:
        """Yield how the law judges a day that has the least, and one that has the most, of a figure."""
        values = [value for value in dict.fromkeys((cell.low, cell.high)) if value is not None]
        for law in self.law.bounds(name, grade=grade, way=self.way):
            window = law.clause.average_over or 1
            yield from (bounds.judge(law.rule, self.day, [one] * window, grade=grade) for one in values)
        if name == "live_minutes" and cell.high == 0:
            for law in self.law.bounds("live_meetings", grade=grade, way=self.way):
                yield bounds.judge(law.rule, self.day, [0.0], grade=grade)


_UNSPOKEN = "No rule of law in the books speaks of it."


def _standing(rulebook: Rulebook, version: Version, day: date) -> Standing:
    """Return the clauses of a version's own books on a date, whatever their layer."""
    own = [rule for rule in rulebook.rules if rule.book in version.books and rule.kind is Kind.BOUND]
    pairs = [(rule, rule.on(day)) for rule in own]
    return Standing(day, tuple((rule, clause) for rule, clause in pairs if clause is not None))


def _once(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    return tuple({clause.id: clause for clause in clauses}.values())


def _stances(found: Sequence[Stance]) -> str:
    return "; ".join(said(one.term, one.value) for one in found)


def _told(low: float | None, high: float | None, counted: bool = False) -> str:
    if low is not None and low == high:
        return f"{low:g} beside the least of the others" if counted else f"exactly {low:g}"
    words = (("at least", low), ("at most", high))
    return " and ".join(f"{word} {number:g}" for word, number in words if number is not None)
