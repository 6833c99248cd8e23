"""Ask what positions do, and where both sides can meet: refused in words before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schoolday.bargaining.disputed import Disputed
from schoolday.bargaining.proposals import Seat
from schoolday.bargaining.record import Table
from schoolday.bargaining.whatif import adopted
from schoolday.ground.errors import SchooldayError
from schooldesk import scope
from schooldesk.bargaining.models import Outcome
from schooldesk.bargaining.outcomes import writes
from schooldesk.bargaining.outcomes.asked import Asked, AskedPackages, AskedPosition
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook


@dataclass(frozen=True)
class Offered:
    """A position that a table's documents hold: its book, the document and version, and whose it is."""

    book: str
    title: str
    version: int
    seat: Seat | None


def offered(table: Table) -> Iterator[Offered]:
    """Yield the proposed books of a table's documents, each once, the newest version's first."""
    books = {rule.book for rule in rulebook().rules if rule.layer.value == "proposal"}
    known = set()
    for document in table.proposals:
        for version in reversed(document.versions):
            for book in version.books:
                if book in books and book not in known:
                    known.add(book)
                    seat = table.parties[document.party].seat if document.party else None
                    yield Offered(book, document.title, version.number, seat)


def named(table: Table, book: str) -> Offered | None:
    """Return the document that holds a book; None for what is in force, and for a book of none of them."""
    return next((one for one in offered(table) if one.book == book), None)


def ask(home: District, table: str, asked: Asked, who: str) -> Outcome:
    """Keep a question for the worker; one asked before has its row already.

    Raises
    ------
    SchooldayError
        Where a position, a school or the terms' place is not of this district.
    """
    if home.roster_id is None:
        raise SchooldayError(f"no roster of {home.pk!r} stands; load it first: schooldesk load")
    with scope.district(home.pk):
        due = _due(home, asked)
    return writes.ask(home, table, asked, who, due)


def _due(home: District, asked: Asked) -> int:
    """Return how many steps it takes, once it is known to fit the district."""
    if isinstance(asked, AskedPackages):
        _lies(home, asked.disputed)
        _known(home, (asked.school,))
        return asked.disputed.size
    _positions(home, asked)
    _known(home, asked.schools)
    schools = len(asked.schools or roster.peopled(home))
    # Both positions at each school; and where there are several, once more with the others' hours known.
    return 2 * schools * (2 if schools > 1 else 1)


def _positions(home: District, asked: AskedPosition) -> None:
    if not asked.position:
        raise SchooldayError("say whose position: name a proposed book")
    for book in (asked.position, asked.against):
        adopted(rulebook(), book, home.places)
    if asked.position == asked.against:
        raise SchooldayError("a position is held against another one; choose two")


def _lies(home: District, disputed: Disputed) -> None:
    if disputed.place and disputed.place not in home.places:
        raise SchooldayError(
            f"these terms are of {disputed.place}, and {home.pk!r} lies in {', '.join(home.places)}; "
            "name the district that is at the table"
        )


def _known(home: District, schools: tuple[str, ...]) -> None:
    known = [school.id for school in roster.schools(home)]
    for school in schools:
        if school not in known:
            raise SchooldayError(f"{home.name} has no school {school!r}; there are {', '.join(known[:8])}")
