"""The names of a table's files: papers, parties and versions, and the faults of entries that name others."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from schoolday.bargaining.proposals import Party, Seat, Source
from schoolday.files.bargaining.schema import DocumentBlock, FileBlock, PaperBlock, SourcedBlock, VersionBlock
from schoolday.files.rulebook.schema import unknown
from schoolday.files.rulebook.yaml_tree import Loc, Node
from schoolday.ground.finding import Finding, Spot
from schoolday.rules import Citation, Confidence


def fault(code: str, said: str, mend: str, file: str, line: int) -> Finding:
    """Return a finding about a place in a table's files."""
    return Finding(code, said, spot=Spot(file, line), mend=mend)


@dataclass(frozen=True)
class Part:
    """One file of a table: its name, its lines and what of it is sound.

    `places` says for a section with faulty entries which places of the file's list the sound ones have.
    """

    file: str
    tree: Node
    block: FileBlock
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def has(self, key: str) -> bool:
        """Whether the file has a key, sound or not."""
        return self.tree.down(key) is not None


@dataclass(frozen=True)
class At:
    """A place in one of the files, where faults are noted."""

    part: Part
    loc: Loc
    found: list[Finding]

    def down(self, *loc: str | int) -> At:
        """Return a place further down."""
        return At(self.part, (*self.loc, *loc), self.found)

    @property
    def line(self) -> int:
        """Its line."""
        return self.part.tree.at(self.loc)

    def say(self, code: str, said: str, mend: str) -> None:
        """Note a fault here."""
        self.found.append(fault(code, said, mend, self.part.file, self.line))

    def strange(self, name: str, what: str, known: Iterable[str]) -> None:
        """Note a name that nothing has."""
        said, _, mend = unknown(name, what, list(known) or ["none yet"]).partition("; ")
        self.say("table.unknown_name", said, mend)

    def once(self, what: str, name: str, known: Container[str]) -> None:
        """Note a name that is taken already."""
        if name in known:
            self.say("table.twice", f"the {what} `{name}` stands here a second time", "rename one of them")


def rows(parts: Sequence[Part], section: str, found: list[Finding]) -> Iterator[tuple[At, int]]:
    """Yield each sound entry of a section of all files: where it stands, and its number in its block."""
    for part in parts:
        number = len(getattr(part.block, section))
        for at, place in enumerate(part.places.get(section, range(number))):
            yield At(part, (section, place), found), at


def written(parts: Sequence[Part]) -> frozenset[str]:
    """Return the names of papers, parties, documents and versions that stand in the files, sound or not."""
    found: set[str] = set()
    for tree in (part.tree for part in parts):
        for section, key in (("papers", "paper"), ("parties", "party"), ("documents", "document")):
            found.update(tree.text(section, place, key) for place in range(len(tree.below(section))))
        for place in range(len(tree.below("documents"))):
            name = tree.text("documents", place, "document")
            for row in range(len(tree.below("documents", place, "versions"))):
                found.add(f"{name}/{tree.text('documents', place, 'versions', row, 'version')}")
    return frozenset(found)


@dataclass
class Names:
    """What entries may name.

    Where a file could not be read at all, what it may hold is not missed (`whole`); and what stands in the
    files with a fault of its own (`spoken`) is no strange name.
    """

    places: tuple[str, ...]
    rule_places: tuple[str, ...]
    books: frozenset[str]
    whole: bool
    spoken: frozenset[str] = frozenset()
    papers: dict[str, PaperBlock] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    versions: dict[str, VersionBlock] = field(default_factory=dict)

    def take(self, parts: Sequence[Part], found: list[Finding]) -> None:
        """Take in every name; one that is taken is a fault."""
        for at, number in rows(parts, "papers", found):
            paper = at.part.block.papers[number]
            at.once("paper", paper.paper, self.papers)
            self.papers.setdefault(paper.paper, paper)
        for at, number in rows(parts, "parties", found):
            self.take_party(at, number)
        for at, number in rows(parts, "documents", found):
            self.take_document(at, at.part.block.documents[number])

    def take_party(self, at: At, number: int) -> None:
        """Take in a party."""
        one = at.part.block.parties[number]
        at.once("party", one.party, self.parties)
        self.known_places(at.down("places"), one.places)
        if one.seat is Seat.NEIGHBOUR and not one.places:
            at.say("table.shape", f"{one.party} has no places", "say where the neighbour lies")
        party = Party(one.party, one.name, one.seat, tuple(one.places) or self.places)
        self.parties.setdefault(one.party, party)

    def take_document(self, at: At, document: DocumentBlock) -> None:
        """Take in a document's versions."""
        at.once("document", document.document, self.documents)
        self.documents.add(document.document)
        for place, version in enumerate(document.versions):
            name = f"{document.document}/{version.version}"
            at.down("versions", place).once("version", name, self.versions)
            self.versions.setdefault(name, version)

    def known_places(self, at: At, places: Iterable[str]) -> None:
        """Note each place that no rule has: its law would be nobody's."""
        for place in places:
            if place not in self.rule_places:
                at.strange(place, "place of the rules", self.rule_places)

    def party(self, at: At, key: str, name: str) -> None:
        """Note a party that is not known; an empty name is nobody."""
        if name and name not in self.parties:
            self.missed(at.down(key), name, "party", self.parties)

    def missed(self, at: At, name: str, what: str, known: Iterable[str]) -> None:
        """Note a name that nothing in the files has."""
        if self.whole and name not in self.spoken:
            at.strange(name, what, known)

    def source(self, at: At, block: SourcedBlock) -> Source:
        """Return where an entry was read."""
        paper = self.papers.get(block.paper)
        if paper is None:
            self.missed(at.down("paper"), block.paper, "paper", self.papers)
            return Source(Citation(""), Confidence.MEMORY, date.min)
        cite = Citation(f"{paper.source}, {paper.dated}", paper.href, block.quote)
        sure = block.confidence or paper.confidence
        return Source(cite, sure, paper.checked, paper.paper, block.note, at.part.file, at.line)
