"""What a table's pages are laid out from: numbered sources, and positions side by side in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from markupsafe import Markup

from schoolday.bargaining.in_force import InForce
from schoolday.bargaining.proposals import Change, Proposal, Source, Version
from schoolday.bargaining.record import Table, state
from schoolday.bargaining.sides import LAW, Cell, Column, Line, SideBySide, Word
from schoolday.bargaining.words import Changed
from schoolday.rules import Citation, Clause, Confidence, Rule
from schoolday.rules.tell import tell


@dataclass(frozen=True)
class Noted:
    """One cited place of a paper: its number, the words, how sure we are, when it was read, and a doubt."""

    number: int
    quote: str
    note: str
    sure: Confidence
    checked: date


@dataclass
class Paper:
    """A document in the list of sources, with all places cited from it."""

    source: str
    href: str
    places: list[Noted] = field(default_factory=list)

    @property
    def link(self) -> bool:
        """Whether it has an address that a browser may open."""
        return self.href.startswith(("https://", "http://"))


@dataclass
class Sources:
    """Gives each cited place a number when a page first cites it; the page lists them at its end."""

    numbers: dict[tuple[object, ...], int] = field(default_factory=dict)
    papers: dict[tuple[str, str], Paper] = field(default_factory=dict)

    def of(self, source: Source) -> Markup:
        """Return the mark of an entry's source."""
        return self._mark(source.cite, source.note, source.confidence, source.checked)

    def clause(self, clause: Clause) -> Markup:
        """Return the mark of a clause's source."""
        return self._mark(clause.cite, clause.note, clause.confidence, clause.checked)

    def cell(self, cell: Cell) -> Markup:
        """Return the marks of what a cell follows from, each once."""
        marks = [*map(self.clause, cell.made), *map(self.of, cell.sources)]
        return Markup("").join(dict.fromkeys(marks))

    def clauses(self, clauses: Sequence[Clause]) -> Markup:
        """Return the marks of some clauses, each once."""
        return Markup("").join(dict.fromkeys(map(self.clause, clauses)))

    def _mark(self, cite: Citation, note: str, sure: Confidence, checked: date) -> Markup:
        key = (cite.source, cite.quote, note, sure, checked)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            paper = self.papers.setdefault((cite.source, cite.href), Paper(cite.source, cite.href))
            paper.places.append(Noted(self.numbers[key], cite.quote, note, sure, checked))
        return Markup('<a class="cite" href="#source-{0}">[{0}]</a>').format(self.numbers[key])


@dataclass(frozen=True)
class Document:
    """A document as the page of a table shows it: its versions up to a date, and what became of it."""

    proposal: Proposal
    versions: tuple[Version, ...]
    change: Change | None

    def before(self, version: Version) -> Version | None:
        """Return the version that a version can be compared with word by word: the last known before it."""
        earlier = [one for one in self.versions if one.known and one.number < version.number]
        return earlier[-1] if earlier and version.known else None


def documents(table: Table, day: date) -> list[Document]:
    """Return every document with its versions and its state on a date."""
    return [
        Document(
            one, tuple(version for version in one.versions if version.day <= day), state(table, one, day)
        )
        for one in table.proposals
    ]


def binding(found: InForce) -> list[tuple[Rule, Clause, str]]:
    """Return what binds on a date, each clause with its sentence."""
    return [(rule, clause, tell(rule, clause)) for rule, clause in found.clauses]


@dataclass(frozen=True)
class Row:
    """What one document says of one thing: a cell for each run of grades."""

    column: Column
    cells: tuple[tuple[Line, Cell], ...]

    @property
    def law(self) -> bool:
        """Whether it is the law itself, which no word judges."""
        return self.column.name == LAW

    @property
    def alike(self) -> Word | None:
        """The one word for all grades where it says nothing of any, or where nobody has read it."""
        words = {cell.word for _line, cell in self.cells if not cell.said}
        said = any(cell.said for _line, cell in self.cells)
        return next(iter(words)) if len(words) == 1 and not said else None


@dataclass(frozen=True)
class Block:
    """One thing in dispute: its runs of grades, and a row for each document."""

    name: str
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]


def blocks(found: SideBySide) -> Iterator[Block]:
    """Yield each thing in dispute with what the documents say of it."""
    for name, some in groupby(found.lines, key=lambda line: line.name):
        lines = tuple(some)
        rows = (
            Row(column, tuple((line, line.cells[place]) for line in lines))
            for place, column in enumerate(found.columns)
        )
        yield Block(name, lines, tuple(rows))


def choices(table: Table, day: date) -> list[tuple[Version, Proposal]]:
    """Return every version up to a date, to choose from."""
    return [(version, one) for one in table.proposals for version in one.versions if version.day <= day]


def usual(table: Table, day: date) -> list[str]:
    """Return what is laid side by side unasked: the law, and each document's last version that is known."""
    names = [LAW]
    for document in table.proposals:
        known = [one for one in document.versions if one.known and one.day <= day]
        names += [known[-1].id] if known else []
    return names


def heading(changed: Changed) -> str:
    """Return what an article is called: its number and title, or what its clauses measure and for whom."""
    if changed.told:
        return f"{changed.title} {changed.key.partition(' ')[2]}".rstrip()
    return f"{changed.key} {changed.title}".rstrip()
