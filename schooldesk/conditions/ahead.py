"""Whether schools may open on dates ahead, as far as is known today: worked out once and kept."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from functools import lru_cache

from schoolday.conditions.allowed import Allowed, State
from schoolday.conditions.effects import Opening
from schooldesk.conditions import reads
from schooldesk.conditions.models import Fact
from schooldesk.conditions.reads import Here
from schooldesk.conditions.shown import Reason, Reasons
from schooldesk.roster.models import District
from schooldesk.rules.reads import fingerprint

WAY = Opening.HYBRID
"""Cohorts come on some days each, so it is hybrid that has to be allowed."""


class Ahead:
    """What conditions allow cohorts on dates ahead, by what was known on a date.

    What nobody can answer opens nothing, as everywhere: such a date is not promised either.
    """

    def __init__(self, here: Here, by: date) -> None:
        self._outlook = here.outlook(by)
        self._sites = {one.school: one for one in here.sites}
        self._kept: dict[Hashable, Allowed] = {}

    def _allowed(self, school: str, grade: str, day: date) -> Allowed | None:
        """Return what is allowed, None for a strange school; those that stand alike are asked about once."""
        site = self._sites.get(school)
        if site is None:
            return None
        key = (self._outlook.known.likeness(site), grade, day)
        if key not in self._kept:
            self._kept[key] = self._outlook.allowed(site, grade, day)
        return self._kept[key]

    def may_open(self, school: str, grade: str, day: date, way: Opening = WAY) -> bool:
        """Whether a school may open for a grade's cohorts on a date, or in another way."""
        found = self._allowed(school, grade, day)
        return found is None or found.states[way] is State.ALLOWED

    def why(self, school: str, grade: str, day: date, way: Opening = WAY) -> tuple[Reason, ...]:
        """Return why a school may open for a grade on a date or not."""
        found, reasons = self._allowed(school, grade, day), Reasons()
        reasons.of(found.why(way) if found else ())
        return tuple(reasons)


def ahead(home: District, today: date) -> Ahead | None:
    """Return what conditions allow from today on, or None where the district was told nothing."""
    last = Fact.objects.order_by("-pk").values_list("pk", flat=True).first()
    return _ahead(_ByKey(home), home.roster_id, last, today, fingerprint()) if last else None


class _ByKey:
    """A district that counts as the same while its id does."""

    def __init__(self, home: District) -> None:
        self.home = home

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByKey) and self.home.pk == other.home.pk

    def __hash__(self) -> int:
        return hash(self.home.pk)


@lru_cache(maxsize=8)
def _ahead(home: _ByKey, _roster: int | None, _last: int, today: date, _rules: str) -> Ahead | None:
    """Work it out for a state of the facts: rows are only ever added, so the last one tells it."""
    here = reads.here(home.home)
    told = here.outside.readings or here.outside.assigned or here.outside.events
    return Ahead(here, today) if told else None


def forget() -> None:
    """Drop what is kept in memory; only tests, which roll their rows back, need it."""
    _ahead.cache_clear()
