"""What everybody may see of consequences: no count of fewer than ten people, and none that others give away.

Counts hang together: homes with a clash under one position, less those under the other, are those that gain
one, less those that lose theirs. So a whole group is closed where one number of it is small. A district's
counts less those of its schools, each of which has a page of its own, are others' counts; so these rests may
not be small either, nor tell how many each of several small ones is. docs/decisions/0021 has the argument.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from schoolday.bargaining.compared import Consequences, compare
from schoolday.bargaining.ground import Package
from schoolday.measures.hiding import few as few_of
from schooldesk.bargaining.outcomes.codec import Both, Found

SMALL = 10
"""A count of fewer people than these, and more than none, is told to planners alone."""

HIDDEN = "hidden"
"""What stands where a number is not told; it is neither zero nor unknown."""

GROUPS: Mapping[str, str] = {
    "pupils": "children",
    "unbroken": "children",
    "total_minutes": "children",
    "live_minutes": "children",
    "independent_minutes": "children",
    "unbroken_live": "children",
    "teacher_live": "teachers",
    "teacher_day": "teachers",
    "teacher_preparation": "teachers",
    "over_contract": "teachers",
    "clash_minutes": "homes",
    "homes_clashing": "homes",
    "homes_gained": "homes",
    "homes_eased": "homes",
    "services_lost": "services",
    "services_gone": "services",
    "services_kept": "services",
    "pupils_gone": "services",
    "pupils_kept": "services",
}
"""The group of each number that is counted from people; means give away their weights, which are counts."""

Counts = Mapping[str, Mapping[str, int]]
"""How many people stand behind the numbers of each group."""


@dataclass(frozen=True)
class Sight:
    """What a reader may see: everything, or the numbers of the groups that are open."""

    everything: bool
    open: frozenset[str] = frozenset()

    def sees(self, measure: str) -> bool:
        """Whether a number may be told; one that nobody has put in a group may not."""
        return self.everything or GROUPS.get(measure) in self.open

    def told(self, measure: str, value: float | None) -> float | str | None:
        """Return a number, or that it is hidden."""
        return value if self.sees(measure) else HIDDEN


ALL = Sight(everything=True)
"""What planners see."""


def sight(found: Found, whole: bool) -> Sight:
    """Return what everybody may see of consequences; `whole` says whether the whole district was asked for.

    Counts of some schools of several are closed: less those of one more, they would be that one's.
    """
    if len(found.position.schools) > 1 and not whole:
        return Sight(everything=False)
    mine, others = counts((found.position, found.against)), [counts(both) for both in found.alone.values()]
    return Sight(False, frozenset(group for group in mine if _safe(group, mine, others)))


def sight_of_packages(packages: Iterable[Package], children: Mapping[str, int], teachers: int) -> Sight:
    """Return what everybody may see of packages at one school with so many children of each grade."""
    clashing = [int(one.values.get("homes_clashing") or 0) for one in packages]
    there = {"children": [*children.values()], "teachers": [teachers], "homes": clashing}
    return Sight(False, frozenset(group for group, some in there.items() if not any(map(few, some))))


def few(number: int) -> bool:
    """Whether a count is one of few people."""
    return few_of(number, SMALL)


def counts(both: Both) -> Counts:
    """Return how many people stand behind each group's numbers, under both positions."""
    named = {"position": both[0], "against": both[1]}
    return {
        "children": {
            f"{name} {row.grade} {row.kind}": row.pupils
            for name, one in named.items()
            for row in one.by_grade
        },
        "teachers": {name: len({row.staff for row in one.teachers}) for name, one in named.items()},
        "homes": _homes(*both),
        "services": _services(*both),
    }


def _homes(one: Consequences, base: Consequences) -> dict[str, int]:
    change = compare(one, base)
    return {
        "position": sum(home.minutes > 0 for home in one.households),
        "against": sum(home.minutes > 0 for home in base.households),
        "gained": len(change.gained or ()),
        "eased": len(change.eased or ()),
    }


def _services(one: Consequences, base: Consequences) -> dict[str, int]:
    mine, others = set(one.services), set(base.services)
    sets = {"position": mine, "against": others, "gone": mine - others, "kept": others - mine}
    pupils = {f"pupils {name}": len({service.pupil for service in some}) for name, some in sets.items()}
    return {name: len(some) for name, some in sets.items()} | pupils


def _safe(group: str, mine: Counts, others: Collection[Counts]) -> bool:
    """Whether no number of a group is small, nor can be had by taking schools' numbers from it."""
    return all(
        not few(number) and _hides(number, [one[group].get(name, 0) for one in others])
        for name, number in mine[group].items()
    )


def _hides(number: int, parts: Collection[int]) -> bool:
    """Whether a count less every part that may be told says nothing of the small parts one by one."""
    small = [part for part in parts if few(part)]
    rest = number - sum(part for part in parts if not few(part))
    # So many ones, or so many nines, can be made up of small parts in one way only.
    bare = {len(small), (SMALL - 1) * len(small)} if small else set()
    return not few(rest) and rest not in bare
