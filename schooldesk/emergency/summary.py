"""How far an emergency of many schools has come, in counts; nobody is named, so that it is quick.

Pupils of one school who were reached and taught on the same dates stand alike. One stands for all of them
before the core's own clocks, and counts as often as there are pupils like them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schoolday.calendar.counting import Count
from schoolday.emergency.clocks import Contact, Emergency, Offer, clocks
from schoolday.files.emergencies import Recorded
from schoolday.measures.verdict import Found
from schoolday.roster import Pupil
from schooldesk import clock
from schooldesk.emergency import firsts, models, reads
from schooldesk.emergency.standing import OfSchool, Standing, Told, hindered, told_of
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook

Alike = tuple[str, str, date | None]
"""A school, when its pupils were reached first (empty where not yet), and from when they are taught."""


@dataclass(frozen=True)
class Summary:
    """An emergency at a moment, in counts: those who stand for others, and how many stand like each."""

    standing: Standing
    weights: Mapping[str, int]

    @property
    def pupils(self) -> int:
        """How many pupils it concerns."""
        return sum(self.weights.values())

    def schools(self) -> list[OfSchool]:
        """Return how far each school has come."""
        found: dict[str, list[int]] = {}
        for one in self.standing.followed:
            weight, sums = self.weights[one.pupil.id], found.setdefault(one.pupil.school, [0, 0, 0])
            sums[0] += weight
            sums[1] += weight * (one.reached is not None)
            sums[2] += weight * (one.offered is not None)
        return [OfSchool(school, *sums) for school, sums in sorted(found.items())]

    def told(self) -> list[Told]:
        """Return each clock's rule with its counts."""
        counts: dict[str, Counter[Found]] = {}
        for one in self.standing.followed:
            for verdict in one.verdicts:
                counts.setdefault(verdict.rule.id, Counter())[verdict.found] += self.weights[one.pupil.id]
        return told_of(self.standing.followed, counts)


def of_schools(
    home: District, row: models.Emergency, schools: frozenset[str] | None, *, extenuating: bool = False
) -> Summary:
    """Return how an emergency stands for some schools, or for all that it concerns, in counts."""
    named = frozenset(row.schools) or None
    wanted = named if schools is None else (schools if named is None else named & schools)
    event = reads.event(row, reads.zone_of(home))
    alike = _alike(home, row, wanted, _coarse(home, event))
    ids = {one: f"{place}" for place, one in enumerate(alike)}
    pupils = {key: Pupil(key, "", "", "", one[0]) for one, key in ids.items()}
    zone = reads.zone_of(home)
    tried = (Contact(key, reads.moment(one[1], zone), "", "", True) for one, key in ids.items() if one[1])
    offers = (Offer(key, one[2], "", "") for one, key in ids.items() if one[2])
    kept = Recorded(event, tuple(tried), tuple(offers))
    standing = Standing(home, row, kept, pupils, clock.now(), hindered(extenuating))
    return Summary(standing, {key: alike[one] for one, key in ids.items()})


def _coarse(home: District, event: Emergency) -> bool:
    """Whether the date of a contact decides: no clock counts hours."""
    rules = clocks(rulebook(), home.places, event, reads.zone_of(home))
    return all(one.unit != Count.HOURS for one in rules)


def _alike(
    home: District, row: models.Emergency, schools: frozenset[str] | None, coarse: bool
) -> Counter[Alike]:
    reached, taught = firsts.contacts(row), firsts.offers(row)
    began, today = row.began[:10], clock.today(home.timezone).isoformat()
    found: Counter[Alike] = Counter()
    for pupil, school in roster.school_of(home, schools):
        at = reached.get(pupil, "")
        # On the first day and on the day of the question the time decides too.
        if coarse and began < at[:10] < today:
            at = at[:10]
        found[school, at, taught.get(pupil)] += 1
    return found
