"""The numbered sources below what is shown of a table: each document once, with the words cited from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from schoolday.bargaining.proposals import Source
from schoolday.rules import Citation, Clause


@dataclass
class Sources:
    """Gives each cited place a number when it is first cited, and lists them all at the end."""

    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)
    papers: dict[str, list[str]] = field(default_factory=dict)

    def of(self, source: Source) -> str:
        """Return the mark of an entry's source: ``[3]``."""
        sure = f"{source.confidence.value}; checked {source.checked.isoformat()}"
        return self.add(source.cite, source.note, sure)

    def clause(self, clause: Clause) -> str:
        """Return the mark of a clause's source."""
        sure = f"{clause.confidence.value}; checked {clause.checked.isoformat()}"
        return self.add(clause.cite, clause.note, sure)

    def add(self, cite: Citation, note: str = "", sure: str = "") -> str:
        """Return the mark of a citation; the same words with the same doubt have one mark."""
        key = (cite.source, cite.quote, note, sure)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            told = [f"“{cite.quote}”" if cite.quote else "", f"({sure})" if sure else ""]
            first = " ".join([f"    [{self.numbers[key]}]", *(part for part in told if part)])
            lines = self.papers.setdefault(f"{cite.source} {cite.href}".rstrip(), [])
            lines += [first, *([f"        note: {note}"] if note else [])]
        return f"[{self.numbers[key]}]"

    def listed(self) -> Iterator[str]:
        """Yield each document with the places cited in it: the words, how sure we are, and a doubt."""
        if self.papers:
            yield ""
            yield "Sources"
        for paper, lines in self.papers.items():
            yield f"  {paper}"
            yield from lines
