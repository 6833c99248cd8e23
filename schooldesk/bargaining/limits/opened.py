"""A table as its private pages open it: for a member of one of its sides, or for the mediator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from schoolday.bargaining.disputed import TERM
from schoolday.bargaining.front import carried
from schoolday.bargaining.ground import Package
from schooldesk.bargaining.limits import sentences, typed
from schooldesk.bargaining.limits.asking import CommonGround
from schooldesk.bargaining.models import Kind, TableVersion
from schooldesk.bargaining.outcomes import reads as outcomes
from schooldesk.bargaining.outcomes.asked import AskedPackages
from schooldesk.bargaining.outcomes.disclosure import sight_of_packages
from schooldesk.bargaining.record import reads as record
from schooldesk.bargaining.record.sentences import own
from schooldesk.people.models import Staff
from schooldesk.people.policies import may_keep_limits, may_mediate
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District


@dataclass(frozen=True)
class Put:
    """Who put terms to a school, and when."""

    school: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Opened:
    """A table, who opened it, and its terms with what came of them; None where none were put to a school.

    `put` says who put the terms to which school and when: whoever chooses them chooses what an answer tells.
    """

    staff: Staff
    edition: TableVersion
    ground: CommonGround | None
    put: Put | None

    @property
    def table(self) -> str:
        """The table's short name."""
        return self.edition.table

    @property
    def at(self) -> str:
        """The address of the table's pages."""
        return f"/d/{self.staff.district_id}/table/{self.table}/"


def for_side(staff: Staff, table: str) -> Opened:
    """Open a table for a member of one of its sides; whoever is of another table's is refused."""
    opened = _opened(staff, table)
    if opened.ground and not may_keep_limits(staff, [side.name for side in opened.ground.disputed.sides]):
        raise PermissionDenied
    return opened


def for_mediator(staff: Staff, table: str) -> Opened:
    """Open a table for the mediator."""
    if not may_mediate(staff):
        raise PermissionDenied
    return _opened(staff, table)


def page(request: HttpRequest, name: str, opened: Opened, status: int = 200, **found: Any) -> HttpResponse:  # noqa: ANN401
    """Return a private page; the desk's middleware keeps it out of every cache."""
    terms = opened.ground.disputed if opened.ground else None
    shared = {"opened": opened, "terms": terms, "zone": opened.staff.district.timezone}
    words = {"say": sentences, "typed": typed, "own": own}
    return render(request, f"bargaining/limits/{name}.html", shared | words | found, status=status)


def _opened(staff: Staff, table: str) -> Opened:
    edition = record.edition(table)
    if edition is None:
        raise Http404
    last = next(iter(outcomes.runs(table, Kind.PACKAGES)), None)
    if last is None or not isinstance(last.asked, AskedPackages):
        return Opened(staff, edition, None, None)
    return Opened(staff, edition, _ground(edition, last, last.asked), _put(staff.district, last, last.asked))


def _put(home: District, last: outcomes.Run, asked: AskedPackages) -> Put:
    names = (one.name for one in roster.schools(home) if one.id == asked.school)
    return Put(next(names, asked.school), last.who, last.started)


def _ground(edition: TableVersion, last: outcomes.Run, asked: AskedPackages) -> CommonGround:
    """Return what came of the terms that were asked about last, be they judged or not."""
    packages: Sequence[Package] = ()
    if last.finished is not None and last.stands:
        row = outcomes.one(edition.table, Kind.PACKAGES, last.number)
        packages = outcomes.packages(row) if row else ()
    closed = _closed(edition.district, asked, packages) if packages else frozenset()
    return CommonGround(asked.disputed, packages, last.stands, closed)


def _closed(home: District, asked: AskedPackages, packages: Sequence[Package]) -> frozenset[str]:
    """Return the measures that tell of few people: whoever sits at the table sees what everybody may."""
    seen = sight_of_packages(carried(packages), *outcomes.sizes(home, asked.school, asked.day))
    names = [name for name in asked.disputed.measures if not name.startswith(TERM)]
    return frozenset(name for name in names if not seen.sees(name))
