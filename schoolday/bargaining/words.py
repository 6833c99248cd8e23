"""Changes of text between two versions, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from schoolday.bargaining.proposals import Version
from schoolday.ground.grades import GRADES
from schoolday.rules import Amount, Clause, Rule, Rulebook
from schoolday.rules.measures import MEASURES
from schoolday.rules.tell import tell

_WORD = re.compile(r"\S+")


class Edit(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that share their fate."""

    edit: Edit
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words as text."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Text:
    """One article as it can be compared.

    Where it is no wording of the document's own, `clauses` are those of the rulebook whose sentences stand
    for it.
    """

    key: str
    title: str
    text: str
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """One article in two versions; `clauses` are those told in place of the documents' own words."""

    key: str
    title: str
    pieces: tuple[Piece, ...]
    clauses: tuple[Clause, ...] = ()

    @property
    def told(self) -> bool:
        """Whether a clause's sentence stands for the words of a document."""
        return bool(self.clauses)

    @property
    def same(self) -> bool:
        """Whether no word changed."""
        return all(piece.edit is Edit.SAME for piece in self.pieces)


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """Return what became of the words of a text, in order.

    The pieces that are same or removed make the old words, those that are same or added the new ones.
    White space counts as nothing but the end of a word.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    pieces: list[Piece] = []
    for tag, first, last, since, until in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Edit.SAME, tuple(old[first:last])))
            continue
        pieces += _pieces(old[first:last], new[since:until])
    return tuple(pieces)


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if old:
        yield Piece(Edit.REMOVED, tuple(old))
    if new:
        yield Piece(Edit.ADDED, tuple(new))


def changes(before: Version, after: Version, rulebook: Rulebook) -> tuple[Changed, ...]:
    """Return every article of two versions with what became of its words, in the order of the newer one.

    Where a version has no text of its own, the sentences of its clauses stand for it, and are marked so; they
    are told apart for each run of grades that both versions treat alike. A version that nobody has read has
    no words to compare: then there are no articles, and none is said to be gone.
    """
    if not (before.known and after.known):
        return ()
    runs = _runs(rulebook, (before, after))
    old, new = (texts(version, rulebook, runs) for version in (before, after))
    keys = dict.fromkeys((*new, *old))
    return tuple(_changed(key, old.get(key), new.get(key)) for key in keys)


def texts(
    version: Version, rulebook: Rulebook, runs: Sequence[tuple[str, ...]] = (GRADES,)
) -> Mapping[str, Text]:
    """Return a version's articles by key; where it has none, its clauses as told for runs of grades."""
    if version.articles:
        return {one.key: Text(one.key, one.title, one.text) for one in version.articles}
    found: dict[str, Text] = {}
    for rule, clause, run in _told(version, rulebook, runs):
        name = rule.measure or rule.kind.value
        key = " ".join([name, "-".join(dict.fromkeys((run[0], run[-1])))]) if run else name
        title = MEASURES[name].noun if name in MEASURES else rule.title
        earlier = found.get(key, Text(key, title, ""))
        said = f"{earlier.text} {tell(rule, clause)}.".lstrip()
        found[key] = Text(key, title, said, (*earlier.clauses, clause))
    return found


def _told(
    version: Version, rulebook: Rulebook, runs: Sequence[tuple[str, ...]]
) -> Iterator[tuple[Rule, Clause, tuple[str, ...]]]:
    """Yield each clause of a version's books, cut to each run of grades that it speaks of."""
    for rule in (rule for rule in rulebook.rules if rule.book in version.books):
        for clause in rule.clauses:
            if not any(amount and amount.by_grade for amount in (clause.at_least, clause.at_most)):
                yield rule, clause, ()
                continue
            for run in runs:
                cut = replace(
                    clause,
                    at_least=_cut(clause.at_least, run),
                    at_most=_cut(clause.at_most, run),
                    no_day_under=_cut(clause.no_day_under, run),
                )
                if cut.at_least or cut.at_most:
                    yield rule, cut, run


def _cut(amount: Amount | None, run: tuple[str, ...]) -> Amount | None:
    """Return an amount for some grades alone; None where it says nothing of them."""
    if amount is None:
        return None
    numbers = {grade: value for grade in run if (value := amount.for_(grade)) is not None}
    return Amount(by_grade=numbers) if numbers else None


def _runs(rulebook: Rulebook, versions: Sequence[Version]) -> tuple[tuple[str, ...], ...]:
    """Return the grades in runs within which no number of the versions changes."""
    books = {book for version in versions for book in version.books}
    clauses = [clause for rule in rulebook.rules if rule.book in books for clause in rule.clauses]
    amounts = [one for clause in clauses for one in (clause.at_least, clause.at_most) if one]
    same = groupby(GRADES, key=lambda grade: [amount.for_(grade) for amount in amounts])
    return tuple(tuple(run) for _, run in same)


def _changed(key: str, old: Text | None, new: Text | None) -> Changed:
    either = new or old
    assert either is not None
    pieces = compare(old.text if old else "", new.text if new else "")
    clauses = tuple(clause for one in (old, new) if one for clause in one.clauses)
    return Changed(key, either.title, pieces, clauses)
