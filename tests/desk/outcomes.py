"""What is worked out for the small districts' tables: the union's position and the disputed packages."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from schoolday.files.disputed import read_terms

DAY = date(2020, 9, 8)
TERMS = Path(__file__).parents[2] / "examples" / "maple" / "disputed.yaml"
UNION = "ca-scusd.scta_position"
KNOWN: dict[tuple[str, str], Any] = {}
"""What was worked out in this run of the tests: once is enough, and each test keeps its own row of it."""


def school_of(district: str) -> str:
    """Return the first school of a small district."""
    return f"{district}-elementary"


def work_out(district: str, asked: Any) -> int:
    """Ask a question of a small district's table, work it out here and now, and return its number."""
    from schooldesk import scope
    from schooldesk.bargaining.outcomes import asking, reads, writes
    from schooldesk.bargaining.outcomes.work import work_with
    from schooldesk.roster import reads as roster

    home = roster.district(district)
    assert home is not None
    row = asking.ask(home, f"{district}-2020", asked, "test")
    with scope.district(district):
        if row.finished is not None:
            # A test laid packages of its own under the same question; no other must take them for worked out.
            return int(row.pk)
        if (district, row.mark) in KNOWN:
            writes.finish(row, KNOWN[district, row.mark])
            return int(row.pk)
        with ThreadPoolExecutor(1) as pool:
            work_with(row, pool)
        row.refresh_from_db()
        KNOWN[district, row.mark] = reads.found(row) if row.kind == "consequences" else reads.packages(row)
    return int(row.pk)


def work_out_both(district: str) -> None:
    """Work out the union's position and the disputed packages at one school."""
    from schooldesk.bargaining.outcomes.asked import AskedPackages, AskedPosition

    school = school_of(district)
    work_out(district, AskedPosition(UNION, "", (school,), DAY))
    work_out(district, AskedPackages(read_terms(TERMS), school, DAY))


def number_of(district: str, kind: str) -> int:
    """Return the number of what `work_out_both` worked out."""
    from schooldesk import scope
    from schooldesk.bargaining.models import Outcome

    with scope.district(district):
        return int(Outcome.objects.filter(kind=kind).order_by("pk").values_list("pk", flat=True)[0])
