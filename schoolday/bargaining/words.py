"""Changes of text between two versions, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from schoolday.bargaining.proposals import Version
from schoolday.rules import Rulebook
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
    """One article as it can be compared; `told` where it is no wording of the document's own.

    A told text is the sentence that the rulebook's clause makes of it.
    """

    key: str
    title: str
    text: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """One article in two versions; a title and its text are empty where a version does not have it."""

    key: str
    title: str
    pieces: tuple[Piece, ...]
    told: bool = False

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

    Where a version has no text of its own, the sentences of its clauses stand for it, and are marked so.
    """
    old, new = (texts(version, rulebook) for version in (before, after))
    keys = dict.fromkeys((*new, *old))
    return tuple(_changed(key, old.get(key), new.get(key)) for key in keys)


def texts(version: Version, rulebook: Rulebook) -> Mapping[str, Text]:
    """Return a version's articles by key; where it has none, its clauses as the rulebook tells them."""
    if version.articles:
        return {one.key: Text(one.key, one.title, one.text) for one in version.articles}
    found: dict[str, Text] = {}
    for rule in (rule for rule in rulebook.rules if rule.book in version.books):
        key = rule.measure or rule.kind.value
        earlier = found.get(key)
        told = [earlier.text] if earlier else []
        told += [f"{tell(rule, clause)}." for clause in rule.clauses]
        found[key] = Text(key, earlier.title if earlier else rule.title, " ".join(told), True)
    return found


def _changed(key: str, old: Text | None, new: Text | None) -> Changed:
    either = new or old
    assert either is not None
    pieces = compare(old.text if old else "", new.text if new else "")
    return Changed(key, either.title, pieces, any(one.told for one in (old, new) if one))
