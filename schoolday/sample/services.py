"""Special education: which pupils have an IEP, what they are promised, in which groups, and by whom.

Shares, group sizes and caseloads are assumed. A provider has at most `MOST_MEETINGS` meetings a week. A
provider of two schools has at most half of that at each, and nobody there is met more than twice a week, so
the five days can be split between the schools as three and two or two and three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from schoolday.roster import Service
from schoolday.sample.facts import SchoolFacts
from schoolday.sample.people import FULL_DAY, Chance, Child, StaffRoom

MINUTES = 30
MOST_MEETINGS, MOST_PUPILS = 28, 28
MOST_A_WEEK = 6
"""Service meetings of one pupil in a week, at most."""

_SEVENTH = 8
SHARE = 0.13
"""Pupils with an IEP, as a share of all (assumed)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of service: its share among pupils with an IEP, times a week, and sizes of groups."""

    name: str
    credential: str
    younger: float
    older: float
    times: tuple[tuple[int, float], ...]
    sizes: tuple[tuple[int, float], ...]
    shared: bool = True


ACADEMIC = Kind(
    "specialized academic instruction", "Education Specialist", 0.40, 0.72,
    ((2, 0.35), (3, 0.40), (4, 0.25)), ((1, 0.05), (2, 0.15), (3, 0.35), (4, 0.45)), shared=False,
)  # fmt: skip
KINDS = (
    ACADEMIC,
    Kind("speech", "Speech-Language Pathology", 0.46, 0.16, ((1, 0.55), (2, 0.45)),
         ((1, 0.2), (2, 0.35), (3, 0.3), (4, 0.15))),
    Kind("counseling", "Pupil Personnel Services", 0.07, 0.16, ((1, 1.0),), ((1, 0.85), (2, 0.15))),
    Kind("occupational therapy", "Occupational Therapy licence", 0.11, 0.03, ((1, 0.8), (2, 0.2)),
         ((1, 0.7), (2, 0.3))),
)  # fmt: skip
"""The kinds of service that the sample knows."""


@dataclass(slots=True)
class Met:
    """Pupils of one school who are met together: a group, or one pupil alone."""

    school: str
    kind: Kind
    times: int
    pupils: list[Child] = field(default_factory=list)
    provider: str = ""


def services(
    schools: Sequence[SchoolFacts], children: Sequence[Child], staff: StaffRoom, rng: Chance
) -> dict[str, Service]:
    """Mark pupils with an IEP, group them, hire providers and return what is promised to each pupil."""
    pupils = mark(schools, children, rng)
    met: dict[str, list[Met]] = {kind.name: [] for kind in KINDS}
    for facts in schools:
        needs = [(child, _needs(child, rng)) for child in pupils[facts.id]]
        for kind in KINDS:
            owed = [(child, times) for child, need in needs for name, times in need.items() if name is kind]
            met[kind.name] += _grouped(owed, kind, rng)
    for kind in KINDS:
        hire(met[kind.name], kind, staff)
    return promised([row for kind in KINDS for row in met[kind.name]])


def mark(schools: Sequence[SchoolFacts], children: Sequence[Child], rng: Chance) -> dict[str, list[Child]]:
    """Mark the pupils with an IEP in every school; all of them in special and nonpublic schools."""
    at: dict[str, list[Child]] = {facts.id: [] for facts in schools}
    for child in children:
        at[child.school].append(child)
    for facts in schools:
        everyone = at[facts.id]
        number = len(everyone) if facts.all_special else round(SHARE * len(everyone))
        chosen = sorted(int(index) for index in rng.permutation(len(everyone))[:number])
        at[facts.id] = [everyone[index] for index in chosen]
        for child in at[facts.id]:
            child.groups.add("iep")
    return at


def _needs(child: Child, rng: Chance) -> dict[Kind, int]:
    """Draw the kinds of service that a pupil is promised and the times a week, at least one."""
    need: dict[Kind, int] = {}
    for kind in KINDS:
        share = kind.younger if child.level < _SEVENTH else kind.older
        if rng.random() < share:
            need[kind] = _drawn(kind.times, rng)
        if sum(need.values()) > MOST_A_WEEK:
            del need[kind]
    return need or {ACADEMIC: _drawn(ACADEMIC.times, rng)}


def _grouped(owed: Sequence[tuple[Child, int]], kind: Kind, rng: Chance) -> list[Met]:
    """Group those who need a kind of service with others of near grades who need it as often."""
    by_times: dict[int, list[Child]] = defaultdict(list)
    for child, times in owed:
        by_times[times].append(child)
    return [row for times in sorted(by_times) for row in _cut(by_times[times], kind, times, rng)]


def _cut(pupils: list[Child], kind: Kind, times: int, rng: Chance) -> list[Met]:
    made: list[Met] = []
    room = 0
    for child in sorted(pupils, key=lambda child: (child.level, child.id)):
        if room == 0 or not _near(made[-1].pupils[0], child):
            room = _drawn(kind.sizes, rng)
            made.append(Met(child.school, kind, times))
        made[-1].pupils.append(child)
        room -= 1
    return made


def _near(first: Child, child: Child) -> bool:
    """Whether two may be met together: at most a grade apart, on the same side of grade 7."""
    same_side = (first.level < _SEVENTH) == (child.level < _SEVENTH)
    return same_side and abs(child.level - first.level) <= 1


def _drawn(shares: tuple[tuple[int, float], ...], rng: Chance) -> int:
    return shares[int(rng.choice(len(shares), p=[share for _, share in shares]))][0]


def hire(met: Sequence[Met], kind: Kind, staff: StaffRoom) -> None:
    """Hire the providers of one kind of service, each with a caseload that fits a week."""
    if not kind.shared:
        for load in _loads(met, MOST_MEETINGS, MOST_PUPILS):
            _employ(load, kind, staff)
        return
    halves = _loads(met, MOST_MEETINGS // 2, MOST_PUPILS // 2)
    for number in range(0, len(halves), 2):
        _employ([row for half in halves[number : number + 2] for row in half], kind, staff)


def _loads(met: Sequence[Met], meetings: int, pupils: int) -> list[list[Met]]:
    """Cut into loads in order, each of one school and within the limits."""
    made: list[list[Met]] = []
    for row in met:
        last = made[-1] if made else []
        fits = (
            bool(last)
            and last[0].school == row.school
            and sum(other.times for other in last) + row.times <= meetings
            and sum(len(other.pupils) for other in last) + len(row.pupils) <= pupils
        )
        if fits:
            last.append(row)
        else:
            made.append([row])
    return made


def _employ(load: list[Met], kind: Kind, staff: StaffRoom) -> None:
    """Hire one provider; a light load at one school is worked on three days."""
    schools = tuple(dict.fromkeys(row.school for row in load))
    light = sum(row.times for row in load) <= 9 and max(row.times for row in load) <= 2
    days = (0, 2, 3) if light and len(schools) == 1 else (0, 1, 2, 3, 4)
    provider = staff.hire(schools, "provider", kind.credential, FULL_DAY, days)
    for row in load:
        row.provider = provider


def promised(met: Sequence[Met], prefix: str = "") -> dict[str, Service]:
    """Write a service for each pupil who is met; those met together share the name of a group."""
    found: dict[str, Service] = {}
    for number, row in enumerate(met, 1):
        group = f"{prefix}g{number:04d}" if len(row.pupils) > 1 else ""
        for child in row.pupils:
            name = f"{prefix}v{len(found) + 1:05d}"
            found[name] = Service(name, child.id, row.kind.name, MINUTES, row.times, row.provider, group)
    return found
