"""Consequences, by solving: what a position would do to the days of real children and teachers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from schoolday.bargaining.carried import broken_day, by_grade
from schoolday.bargaining.compared import Consequences, Difference, compare, numbers
from schoolday.bargaining.inquiry import ALONE, Inquiry, Key, Reached
from schoolday.bargaining.measured import GradeMinutes, TeacherDay, grades, homes, live, lost, teachers
from schoolday.bargaining.whatif import Broken

__all__ = ["Consequences", "Difference", "compare", "consequences", "numbers"]


def consequences(inquiry: Inquiry, reached: Iterable[Reached]) -> list[Consequences]:
    """Return what each position of an inquiry does to its schools' days.

    Parameters
    ----------
    inquiry
        The positions and the schools.
    reached
        All that `Inquiry.reach` yields, in any order.

    Raises
    ------
    ValueError
        If some school's result is missing.
    """
    known = {one.key: one for one in reached}
    missing = [key for key in inquiry.keys if key not in known]
    if missing:
        raise ValueError(f"{len(missing)} results are missing, the first that of {missing[0]}")
    return [_told(inquiry, at, known) for at in range(len(inquiry.positions))]


def _told(inquiry: Inquiry, at: int, known: Mapping[Key, Reached]) -> Consequences:
    ground, asked, weeks = inquiry.ground, inquiry.asked[at], inquiry.weeks(at, known)
    roster = ground.roster
    spans = {school: live(week, pupils=True) for school, week in weeks.items()}
    clashes, unasked = homes(roster, spans.values())
    by_grade: list[GradeMinutes] = []
    staff: list[TeacherDay] = []
    against_it = list(asked.broken)
    for school, problem in asked.problems.items():
        own = {band: asked.minutes.plans[band] for band in ground.bands(school)}
        by_grade += grades(own, roster, problem, spans.get(school))
        staff += teachers(roster, problem, weeks.get(school))
        against_it += _stuck(known[at, ALONE, school])
        if school in weeks:
            against_it += broken_day(ground, asked.minutes, asked.standing, weeks[school])
    alone = [known[at, ALONE, school] for school in asked.problems]
    gone = tuple(row for one in alone for row in lost(roster, one.school, one.lost))
    stuck = [school for school in asked.problems if school not in weeks]
    return Consequences(
        asked.position.name,
        ground.day,
        inquiry.schools,
        inquiry.seed,
        _together(by_grade),
        tuple(staff),
        clashes,
        gone,
        tuple(against_it),
        tuple(sorted((*asked.unplanned, *stuck))),
        tuple(_unknown(staff, unasked, len(inquiry.schools) == len(roster.schools))),
    )


def _together(rows: Iterable[GradeMinutes]) -> tuple[GradeMinutes, ...]:
    """Return one row for each grade and kind of class: the schools' pupils together."""
    found: dict[tuple[str, str], GradeMinutes] = {}
    for row in rows:
        known = found.get((row.grade, row.kind))
        if known is None:
            found[row.grade, row.kind] = row
            continue
        both = known.unbroken is not None and row.unbroken is not None
        longest = max(known.unbroken or 0, row.unbroken or 0) if both else None
        found[row.grade, row.kind] = replace(known, pupils=known.pupils + row.pupils, unbroken=longest)
    return tuple(found[key] for key in sorted(found, key=by_grade))


def _stuck(one: Reached) -> Iterator[Broken]:
    """Yield why not everything fits in a school's week: the smallest set, or that none was proved."""
    if one.whole:
        return
    what = "not every promised service fits" if one.timetable else "no lawful week was found"
    why = one.conflict.said if one.conflict else "no conflict was proved; a greater effort may find one"
    clauses = one.conflict.clauses if one.conflict else ()
    yield Broken(f"{one.school}: {what}: {why}", clauses, one.school)


def _unknown(staff: Sequence[TeacherDay], unasked: int, whole: bool) -> Iterator[str]:
    free = sum(row.over is None for row in staff)
    if free:
        yield f"nobody says which hours the contracts of {free} of {len(staff)} teachers hold"
    if unasked:
        homes = "1 home with several children how many devices it has"
        many = f"{unasked} homes with several children how many devices they have"
        yield f"nobody has asked {homes if unasked == 1 else many}"
    if not whole:
        yield "brothers and sisters at other schools are not counted; the whole district counts them"
