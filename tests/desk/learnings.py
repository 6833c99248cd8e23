"""Made-up learning in the small districts: marks, exams, results, recordings, consents, and groups."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from datetime import date
from typing import Any

EXAM, AFTER = date(2020, 9, 4), date(2020, 9, 7)
SECTION = "maple-elementary-002"


def home_of(district: str) -> Any:
    from schooldesk.roster import reads

    home = reads.district(district)
    assert home is not None
    return home


def lay(district: str = "maple") -> Any:
    """Lay all of a district's made-up learning as one entry, and return the entry."""
    from schoolday.sample.learned import learned
    from schooldesk import scope
    from schooldesk.learning import reads, writes
    from schooldesk.roster import reads as roster

    with scope.district(district):
        home = home_of(district)
        found = learned(roster.whole(home), reads.framework(), EXAM, 1)
        rows = [
            *found.essentials, *found.exams.values(), *found.scores, *found.recordings, *found.consents,
        ]  # fmt: skip
        return writes.keep(home, "planner", rows, what="files", files=True)


def recordings(district: str, section: str) -> list[Any]:
    """Return a section's recordings."""
    from schooldesk import scope
    from schooldesk.learning.recordings import reads

    with scope.district(district):
        return reads.rows([section])


def exams(district: str, section: str) -> list[Any]:
    """Return a section's exams."""
    from schooldesk import scope
    from schooldesk.learning import reads

    with scope.district(district):
        return reads.exam_rows(sections=[section])


def groups(district: str, school: str, taught: str = "") -> Any:
    """Ask for small groups of a school and make them here and now."""
    from schooldesk import scope
    from schooldesk.learning.groups import reads, work, writes

    with scope.district(district):
        asked = writes.Asked(school, taught, date(2020, 9, 8), date(2020, 10, 16), 20, 5, "")
        row = writes.ask(home_of(district), asked, "teacher" if taught else "planner")
    work.make(row)
    with scope.district(district):
        found = reads.one(row.pk)
    assert found is not None
    return found


def section_of(teacher: str, district: str = "maple") -> str:
    """Return the first section that a teacher of the cast teaches."""
    from schooldesk import scope
    from schooldesk.learning import reads

    with scope.district(district):
        return reads.sections(home_of(district), taught=teacher)[0].id


def numbers(cast: Any) -> dict[str, Any]:
    """Return what the addresses of learning name, with all of it laid."""
    entry = lay()
    section = section_of(cast.teacher)
    return {
        "section": section,
        "exam": exams("maple", section)[0].pk,
        "recording": recordings("maple", section)[0].pk,
        "entered": entry.pk,
        "grouping": groups("maple", cast.school, cast.teacher).pk,
    }
