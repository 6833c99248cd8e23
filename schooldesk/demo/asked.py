"""What stands on the table and outside: the bargaining table with its questions, and the county's steps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from schoolday.bargaining.proposals import Seat
from schoolday.files.disputed import read_terms
from schoolday.roster import Roster
from schooldesk import scope
from schooldesk.bargaining.outcomes import asking
from schooldesk.bargaining.outcomes.asked import AskedPackages, AskedPosition
from schooldesk.bargaining.outcomes.asking import offered
from schooldesk.bargaining.record import reads as bargaining
from schooldesk.bargaining.record.commands import example, load_table
from schooldesk.conditions.commands import examples, load_conditions, work_out
from schooldesk.conditions.writes import lay_over
from schooldesk.demo.dates import DAY, DEMONSTRATION
from schooldesk.demo.people import a_family
from schooldesk.roster import reads

PACKAGES = 100
"""Packages that are judged unasked: few enough that somebody who looks waits for seconds."""


def lay(name: str, roster: Roster) -> Iterator[str]:
    """Lay the district's table and what it was told from outside; yield what was done, in lines."""
    table = example(name)
    if table is not None:
        yield load_table(roster.district, table, who=DEMONSTRATION)
        _ask(roster, table)
    yield from _tell(roster.district)


def _ask(roster: Roster, folder: Path) -> None:
    """Ask what the union's position does at one school, and for common ground where there are terms."""
    school = roster.pupils[roster.households[a_family(roster)].pupils[0]].school
    with scope.district(roster.district):
        home, found = reads.district(roster.district), bargaining.standing()[0]
        table = bargaining.table(found)
    assert home is not None
    for one in offered(table):
        if one.seat is Seat.UNION:
            asking.ask(home, table.id, AskedPosition(one.book, "", (school,), DAY), DEMONSTRATION)
    terms = folder.with_name("disputed.yaml")
    if terms.exists() and (disputed := read_terms(terms)).size <= PACKAGES:
        asking.ask(home, table.id, AskedPackages(disputed, school, DAY), DEMONSTRATION)


def _tell(district: str) -> Iterator[str]:
    """Tell the district its county's steps of 2020-21, and lay the later number of days beside the first."""
    folder = examples()
    if folder is None:
        return
    with scope.district(district):
        home = reads.district(district)
        assert home is not None
        yield load_conditions(district, folder / "conditions", who=DEMONSTRATION)
        book = folder / "five-days.yaml"
        lay_over(home, book.read_text(encoding="utf-8"), book.name, DEMONSTRATION)
        work_out(district)
