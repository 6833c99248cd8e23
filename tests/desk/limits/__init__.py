"""A table with terms whose packages are judged, for tests of private limits; nothing here is a test."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from django.test import Client

from schoolday.bargaining.disputed import Disputed
from schoolday.bargaining.ground import Package, State
from schoolday.files.disputed import read_terms
from schooldesk import scope

TERMS = Path(__file__).parents[3] / "examples" / "maple" / "disputed.yaml"
DAY = date(2020, 9, 8)
AT = "/d/maple/table/maple-2020/"
SECRET = "231.75"
"""A number that stands on no page but where a limit is shown."""


def terms() -> Disputed:
    return read_terms(TERMS)


def judged(disputed: Disputed) -> list[Package]:
    """Return every package of the terms, as if judged: teachers teach an hour more than is live."""
    return [one_judged(disputed, choice) for choice in disputed.packages()]


def one_judged(disputed: Disputed, choice: tuple[int, ...]) -> Package:
    live = disputed.terms[0].worth(choice[0])
    values: dict[str, float | None] = {
        "total_minutes": disputed.terms[1].worth(choice[1]),
        "live_minutes": live - 4,
        "independent_minutes": 240 - live,
        "unbroken_live": 60.0,
        "teacher_live": live + 60,
        "teacher_day": live + 200,
        "teacher_preparation": 100.0,
        "over_contract": 0.0,
        "clash_minutes": None,
        "homes_clashing": None,
    }
    return Package(choice, State.CARRIED, values | disputed.own(choice))


def lay(
    disputed: Disputed | None = None, packages: Sequence[Package] | None = None, district: str = "maple"
) -> None:
    """Put terms to a school of a district's table, and keep their packages as judged."""
    from schooldesk.bargaining.outcomes import writes
    from schooldesk.bargaining.outcomes.asked import AskedPackages
    from schooldesk.roster import reads as roster

    disputed = disputed or terms()
    with scope.district(district):
        home = roster.district(district)
        assert home is not None
        asked = AskedPackages(disputed, f"{district}-elementary", DAY)
        row = writes.ask(home, f"{district}-2020", asked, "x")
        row.refresh_from_db()
        writes.finish(row, list(judged(disputed) if packages is None else packages))


@dataclass(frozen=True)
class Desk:
    """The people of the table, each with a browser; every page is asked for by name."""

    sign: Callable[[str], Client]

    def keep(self, who: str, measure: str, low: str = "", high: str = "") -> Any:
        values = {"do": "keep", "measure": measure, "low": low, "high": high}
        return self.sign(who).post(f"{AT}limits/", values)

    def move(self, who: str, what: str, measure: str) -> Any:
        return self.sign(who).post(f"{AT}limits/", {"do": what, "measure": measure})

    def ask(self, who: str, after: int = 0) -> Any:
        return self.sign(who).post(f"{AT}limits/ask/", {"after": after})

    def limits(self, who: str) -> str:
        return str(self.sign(who).get(f"{AT}limits/").content.decode())

    def mediator(self) -> str:
        return str(self.sign("mediator").get(f"{AT}mediator/").content.decode())

    def rule(self, **values: object) -> Any:
        return self.sign("mediator").post(f"{AT}mediator/", values)


def told(page: str) -> str:
    """Return the words of a page without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def counts() -> dict[str, int]:
    """Return how many questions each side has asked."""
    from schooldesk.bargaining.limits import reads

    with scope.district("maple"):
        return dict(reads.questions("maple-2020").counts)


def done() -> list[tuple[str, str, str]]:
    """Return what stands on the sides' trails, the newest first."""
    from schooldesk.bargaining.models import SideEvent

    with scope.district("maple"):
        return list(SideEvent.objects.values_list("side", "who", "what"))
