"""Build a table's documents: their versions, what they say, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from schoolday.bargaining.proposals import Article, Change, Proposal, Stance, State, Version
from schoolday.bargaining.terms import TERMS
from schoolday.files.bargaining.names import At, Names
from schoolday.files.bargaining.schema import ChangeBlock, DocumentBlock, StanceBlock, VersionBlock
from schoolday.ground.grades import GRADES, span

_DATED = (State.TEMPORARY, State.IMPOSED)
"""The states that say from when a document is in force."""

_NOT_DATED = (State.PROPOSED, State.COUNTERED, State.WITHDRAWN, State.TENTATIVELY_AGREED)
"""The states that put nothing in force."""


def proposal(at: At, block: DocumentBlock, names: Names) -> Proposal:
    """Return a document; faults are noted on the way."""
    names.party(at, "party", block.party)
    numbers = [one.version for one in block.versions]
    if numbers != list(range(1, len(numbers) + 1)):
        at.down("versions").say(
            "table.shape", f"the versions are numbered {numbers}", "count them from 1, in the order of dates"
        )
    for place, (before, after) in enumerate(zip(block.versions, block.versions[1:], strict=False), 1):
        if after.day < before.day:
            said = f"version {after.version} of {after.day} is older than the one before it, of {before.day}"
            at.down("versions", place, "day").say("table.dates", said, "write them in the order of dates")
    versions = [
        _version(at.down("versions", place), block.document, one, names)
        for place, one in enumerate(block.versions)
    ]
    changes = [
        _change(at.down("changes", place), block, one, names) for place, one in enumerate(block.changes)
    ]
    return Proposal(block.document, block.title, block.party, tuple(versions), tuple(changes))


def _version(at: At, document: str, block: VersionBlock, names: Names) -> Version:
    for book in block.books:
        if book not in names.books:
            at.down("books").strange(book, "book", sorted(names.books))
    _check_answer(at, document, block, names)
    keys: set[str] = set()
    for place, article in enumerate(block.articles):
        at.down("articles", place).once("article", article.article, keys)
        keys.add(article.article)
    return Version(
        document,
        block.version,
        block.day,
        names.source(at, block),
        tuple(block.books),
        tuple(_stances(at, block.says, names)),
        tuple(Article(one.article, one.title, one.text) for one in block.articles),
        block.answers,
    )


def _check_answer(at: At, document: str, block: VersionBlock, names: Names) -> None:
    if not block.answers:
        return
    answered = names.versions.get(block.answers)
    if answered is None:
        names.missed(at.down("answers"), block.answers, "version", names.versions)
        return
    if block.answers.rpartition("/")[0] == document:
        at.down("answers").say(
            "table.dates", "a document answers another, not itself", "name the other's version"
        )
    if answered.day > block.day:
        said = f"{block.answers} is of {answered.day}, after this version of {block.day}"
        at.down("answers").say("table.dates", said, "mend one of the dates, or name an earlier version")


def _stances(at: At, blocks: Sequence[StanceBlock], names: Names) -> list[Stance]:
    made = []
    taken: set[tuple[str, str]] = set()
    for place, block in enumerate(blocks):
        here = at.down("says", place)
        grades = _grades(here, block.grades)
        for grade in grades:
            if (block.term, grade) in taken:
                said = f"`{block.term}` is said for grade {grade} already"
                here.say("table.twice", said, "keep one of them")
                break
        taken.update((block.term, grade) for grade in grades)
        made.append(Stance(block.term, _value(here, block), names.source(here, block), grades))
    return made


def _grades(at: At, text: str) -> tuple[str, ...]:
    try:
        return span(text)
    except ValueError as error:
        at.down("grades").say("table.value", str(error), "write a grade or a span such as 1-3")
        return GRADES


def _value(at: At, block: StanceBlock) -> str | float:
    """Return a stance's value: one of the term's choices, or a number in its unit."""
    term = TERMS.get(block.term)
    if term is None:
        at.down("term").strange(block.term, "term", TERMS)
    elif term.choices:
        if block.value not in term.choices:
            at.down("value").strange(block.value, f"choice of {block.term}", term.choices)
    else:
        return _number(at, block.value, term.unit, term.most)
    return block.value


def _number(at: At, text: str, unit: str, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= most:
        at.down("value").say(
            "table.value", f"`{text}` is no number of {unit}", f"write one from 0 to {most:g}"
        )
    return number


def _change(at: At, document: DocumentBlock, block: ChangeBlock, names: Names) -> Change:
    names.party(at, "by", block.by)
    version = names.versions.get(f"{document.document}/{block.version}")
    if block.version not in [one.version for one in document.versions]:
        numbers = [str(one.version) for one in document.versions]
        at.down("version").strange(str(block.version), f"version of {document.document}", numbers)
    elif version is not None and block.day < version.day:
        said = f"on {block.day} version {block.version} was not there; it is of {version.day}"
        at.down("day").say("table.dates", said, "mend one of the dates")
    _check_dates(at, block)
    return Change(
        block.day, block.state, block.version, block.by, names.source(at, block), block.first, block.last
    )


def _check_dates(at: At, block: ChangeBlock) -> None:
    first, last = block.first, block.last
    if block.state in _DATED and first is None:
        at.say("table.dates", f"it is {block.state.value}, and not said from when", "write `from`")
    if block.state is State.TEMPORARY and last is None:
        at.say("table.dates", "it is temporary, and not said until when", "write `until`")
    if block.state in _NOT_DATED and (first or last):
        said = f"what is {block.state.value.replace('_', ' ')} is not in force on any date"
        at.say("table.dates", said, "take `from` and `until` out")
    elif last and first is None and block.state not in _DATED:
        at.say("table.dates", "`until` has no `from`", "write both")
    if first and last and last < first:
        at.say("table.dates", f"{last} lies before {first}", "turn them round")
