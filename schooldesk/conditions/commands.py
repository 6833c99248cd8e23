"""Take a folder of conditions in at the terminal: all of it, or nothing where one file has a fault."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

import schoolday
from schoolday.files.readings import read_outside
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import broken
from schooldesk.conditions import reads, writes, years
from schooldesk.conditions.facts import drafts
from schooldesk.conditions.models import How
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District


def load_conditions(district: str, path: Path, who: str) -> str:
    """Take in what was told from outside, and return what was done in words.

    Raises
    ------
    SchooldayError
        With every fault by file, row and column; nothing changes then.
    """
    home = _home(district)
    reading = read_outside(path, schools=[one.id for one in roster.schools(home)], some=True)
    if reading.outside is None:
        faults = broken(reading.findings)
        told = (f"{one.spot or path}: {one.said}. To mend it: {one.mend}" for one in faults)
        raise SchooldayError("\n".join((f"{path} was not taken in; what stood before stands.", *told)))
    done = writes.enter(home, drafts(reading.outside), who, How.IMPORTED)
    return (
        f"Conditions of {home.name}: {done.new} new, {done.corrected} that correct another, "
        f"{done.there} that stood already. They stand at /d/{district}/conditions/"
    )


def work_out(district: str) -> None:
    """Run the district's school year through the rules, so that its page is there when it is opened."""
    home = _home(district)
    here = reads.here(home)
    years.weeks(here, reads.groups(here), *years.school_year(home), None)


def _home(district: str) -> District:
    home = roster.district(district)
    if home is None or home.roster_id is None:
        raise SchooldayError(f"no roster of {district!r} stands; load it first: schooldesk load")
    return home


def examples() -> Path | None:
    """Return the folder of Sacramento's examples, or None where they were not installed."""
    roots = (settings.BASE.parent / "examples", Path(schoolday.__file__).parent / "examples")
    return next((root / "sacramento" for root in roots if (root / "sacramento").is_dir()), None)
