"""A round of choices in the small districts: opened, answered, its files sent, its cohorts made and told."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from datetime import date
from typing import Any

DAY = date(2020, 9, 8)
SEED = 2020
PHASES = (
    "date,grades,groups,schools,cohorts,source\n"
    "2020-09-14,K-3,,,,Board of 1 September\n"
    "2020-09-21,,el foster,,,Board of 1 September\n"
    "2020-10-05,4-12,,,,Board of 1 September\n"
)


def home_of(district: str) -> Any:
    from schooldesk.roster import reads

    home = reads.district(district)
    assert home is not None
    return home


def seats_csv(district: str, seats: int, **other: int) -> bytes:
    """Return the same number of seats for every class of a district, or another for some."""
    from schooldesk import scope
    from schooldesk.roster import reads

    with scope.district(district):
        sections = reads.without_pupils(home_of(district)).sections
    rows = "".join(f"{name},{other.get(name, seats)},\n" for name in sections)
    return f"sectionId,seats,wholeWeek\n{rows}".encode()


def open_round(district: str, first: date = date(2020, 9, 1), last: date = date(2020, 9, 18)) -> Any:
    """Open a round of choices, announce its seed and return its row."""
    from schooldesk import scope
    from schooldesk.cohorts.rounds import writes

    with scope.district(district):
        row = writes.open_round(
            home_of(district), first, last, ("on_site", "distance"), "distance", "planner"
        )
        writes.announce(row, SEED, "planner")
    return row


def send(row: Any, kind: str, data: bytes) -> None:
    from schooldesk import scope
    from schooldesk.cohorts.rounds import writes

    with scope.district(row.district_id):
        reading = writes.keep_file(row, kind, data, "planner")
    assert reading.asked is not None, reading.findings


def all_come(row: Any, wish: str = "") -> None:
    """Let every household of a district choose school for every child."""
    from schooldesk import scope
    from schooldesk.cohorts.choice import reads, writes
    from schooldesk.roster import reads as roster

    with scope.district(row.district_id):
        home = home_of(row.district_id)
        for number in roster.numbers(home).values():
            chosen = {one.id: writes.Chosen("on_site", wish) for one in reads.children(home, number)}
            writes.answer(row, number, chosen)


def ask(row: Any, seed: int = SEED) -> Any:
    """Ask for cohorts and return the row that waits; another seed than the announced one has its reason."""
    from schooldesk import scope
    from schooldesk.cohorts.making import writes

    with scope.district(row.district_id):
        reason = "" if seed == SEED else "the lottery was drawn again"
        return writes.ask(home_of(row.district_id), row, DAY, seed, (), "planner", reason)


def make(row: Any, seed: int = 2020) -> Any:
    """Ask for cohorts and make them here and now."""
    from schooldesk import scope
    from schooldesk.cohorts.making import reads, work

    asked = ask(row, seed)
    work.make(asked)
    with scope.district(row.district_id):
        found = reads.one(asked.pk)
    assert found is not None
    assert found.failed == ""
    return found


def lay(district: str, seats: int = 16, **other: int) -> Any:
    """Lay a whole round: all come, the phases are sent in, the cohorts are made; nothing is told yet."""
    from schooldesk.cohorts.making import reads

    reads.forget()
    row = open_round(district)
    all_come(row)
    send(row, "seats", seats_csv(district, seats, **other))
    send(row, "phases", PHASES.encode())
    return make(row)


def tell(made: Any) -> Any:
    """Tell families these cohorts."""
    from schooldesk import scope
    from schooldesk.cohorts.making import writes

    with scope.district(made.district_id):
        return writes.publish(made, "planner")


def told_once(district: str) -> Any:
    """Return what families of a district were told, and lay and tell it where nothing was."""
    from schooldesk import scope
    from schooldesk.cohorts.making import reads

    with scope.district(district):
        row = reads.standing()
    return row.making if row else told(district)


def told(district: str, **seats: int) -> Any:
    """Lay a whole round and tell families its cohorts; return what was made."""
    made = lay(district, **seats)
    tell(made)
    return made
