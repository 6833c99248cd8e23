"""What a position does to real days, as values; and one position against another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.bargaining.measured import GradeMinutes, HomeClash, ServiceLost, TeacherDay
from schoolday.bargaining.whatif import Broken


@dataclass(frozen=True)
class Consequences:
    """What one position does to the days of some schools.

    Parameters
    ----------
    position, day, schools, seed
        Which position, the date whose rules it changes, whose days, and the seed of the search.
    by_grade
        A child's minutes in each grade; a grade for which no plan of minutes exists is not among them.
    teachers
        Each teacher's ordinary day.
    households
        The homes with too few devices, each with its minutes a week of clash. Only
        children at `schools` count.
    services
        The promised services that found no place.
    broken
        What stands against the position: the law, the clauses in conflict, what the check found.
    unplanned
        The schools for which no lawful week was found.
    unknown
        What nobody can say, in words: missing evidence is never zero.
    """

    position: str
    day: date
    schools: tuple[str, ...]
    seed: int
    by_grade: tuple[GradeMinutes, ...]
    teachers: tuple[TeacherDay, ...]
    households: tuple[HomeClash, ...]
    services: tuple[ServiceLost, ...]
    broken: tuple[Broken, ...]
    unplanned: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def clash_minutes(self) -> int | None:
        """All minutes a week of clash; None where some school's week is not known."""
        return None if self.unplanned else sum(one.minutes for one in self.households)


@dataclass(frozen=True)
class Difference:
    """One position's consequences against another's.

    Parameters
    ----------
    position, against
        The two names.
    live, independent
        For each grade and kind of class, minutes a day more (or less) than in the other.
    teacher_live, teacher_day, preparation, over
        For each teacher and school whose day is known in both: minutes a day more (or less).
    gained, eased
        Homes with a clash that have none in the other, and the other way round; None where a week is missing.
    services_lost, services_kept
        Services that fit in the other and not here, and the other way round.
    """

    position: str
    against: str
    live: Mapping[str, int]
    independent: Mapping[str, int]
    teacher_live: Mapping[str, float]
    teacher_day: Mapping[str, float]
    preparation: Mapping[str, float]
    over: Mapping[str, float]
    gained: tuple[str, ...] | None
    eased: tuple[str, ...] | None
    services_lost: tuple[ServiceLost, ...]
    services_kept: tuple[ServiceLost, ...]


def compare(one: Consequences, base: Consequences) -> Difference:
    """Return what one position changes against another, for the same schools and date.

    Raises
    ------
    ValueError
        If the two are not of the same schools and date.
    """
    if (one.schools, one.day) != (base.schools, base.day):
        raise ValueError("consequences of different schools or dates cannot be compared")
    known = not one.unplanned and not base.unplanned
    here, there = _clashing(one), _clashing(base)
    services, others = set(one.services), set(base.services)
    return Difference(
        one.position,
        base.position,
        _grades(one, base, "live"),
        _grades(one, base, "independent"),
        _staff(one, base, "live"),
        _staff(one, base, "day"),
        _staff(one, base, "preparation"),
        _staff(one, base, "over"),
        tuple(sorted(here - there)) if known else None,
        tuple(sorted(there - here)) if known else None,
        tuple(s for s in one.services if s not in others) if known else (),
        tuple(s for s in base.services if s not in services) if known else (),
    )


def _clashing(one: Consequences) -> set[str]:
    return {home.household for home in one.households if home.minutes}


def _grades(one: Consequences, base: Consequences, name: str) -> dict[str, int]:
    there = {(row.grade, row.kind): getattr(row, name) for row in base.by_grade}
    return {
        f"{row.grade} {row.kind}": getattr(row, name) - there[row.grade, row.kind]
        for row in one.by_grade
        if (row.grade, row.kind) in there
    }


def _staff(one: Consequences, base: Consequences, name: str) -> dict[str, float]:
    there = {(row.staff, row.school): getattr(row, name) for row in base.teachers}
    found = {}
    for row in one.teachers:
        mine, other = getattr(row, name), there.get((row.staff, row.school))
        if mine is not None and other is not None:
            found[f"{row.staff} {row.school}"] = mine - other
    return found


def numbers(one: Consequences) -> dict[str, float | None]:
    """Return the few numbers that sum a position up, by measure; None is what nobody can say."""
    pupils = sum(row.pupils for row in one.by_grade)

    def mean(name: str) -> float | None:
        whole = sum(getattr(row, name) * row.pupils for row in one.by_grade)
        return None if not pupils else whole / pupils

    stretches = [row.unbroken for row in one.by_grade if row.unbroken is not None]
    return {
        "total_minutes": mean("total"),
        "live_minutes": mean("live"),
        "independent_minutes": mean("independent"),
        "unbroken_live": max(stretches, default=None),
        **staff_numbers(one.teachers),
        "clash_minutes": one.clash_minutes,
        "homes_clashing": None if one.unplanned else float(len(_clashing(one))),
        "services_lost": None if one.unplanned else float(len(one.services)),
    }


def figure(value: float | None) -> str:
    """Return a measure as people read it: to a tenth, or that nobody can say."""
    return "unknown" if value is None else f"{value:,.1f}".removesuffix(".0")


def staff_numbers(rows: Sequence[TeacherDay]) -> dict[str, float | None]:
    """Return what sums up teachers' days: means, but the least preparation; None where one is unknown."""

    def known(name: str) -> list[float] | None:
        values = [getattr(row, name) for row in rows]
        return None if not values or None in values else values

    live, day, free, over = (known(name) for name in ("live", "day", "preparation", "over"))
    return {
        "teacher_live": sum(live) / len(live) if live else None,
        "teacher_day": sum(day) / len(day) if day else None,
        "teacher_preparation": float(min(free)) if free else None,
        "over_contract": sum(over) / len(over) if over else None,
    }


def clauses_of(one: Consequences) -> Counter[str]:
    """Return each clause that stands against a position, and how often."""
    return Counter(name for row in one.broken for name in row.clauses)
