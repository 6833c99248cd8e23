"""Small groups at schools of the demonstration district, beside the way they are made by hand.

    python -m benchmarks.learning

By hand: class by class, the pupils who need the same standard in the order of the alphabet, cut into groups,
each with the class's own teacher at the first time that suits everybody. Ours looks across the classes of a
school. Both are checked by the same check; exams and scores are made up. At the end mastery of all pupils.
"""

from __future__ import annotations

import resource
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from benchmarks.cohorts import district
from schoolday.files.rulebooks import load
from schoolday.files.standards import common_core
from schoolday.learning.check import check_grouping
from schoolday.learning.exact import grouped
from schoolday.learning.exams import Evidence, evidence
from schoolday.learning.free import free_pupils, free_teachers
from schoolday.learning.groups import Grouping, Question, SmallGroup, needs_of, sizes_of
from schoolday.learning.mastery import Mastery, bars_of, masteries
from schoolday.learning.standards import essential_on
from schoolday.learning.walk import first_fit
from schoolday.roster import Roster
from schoolday.rules import Standing
from schoolday.sample.learned import Sample, learned
from schoolday.timetable.dates import Dates
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import FirstLawful

DAY, SEED, MINUTES, LOAD = date(2020, 10, 1), 2020, 20, 5
SIZES = (300, 600, 1500)
"""The schools nearest to these numbers of pupils are taken."""


def main() -> None:
    """Print the tables."""
    roster = district()
    dates = Dates(roster, load())
    made = learned(roster, common_core(), DAY, SEED)
    standing = dates.standing(DAY)
    began = time.process_time()
    known = by_school(roster, made, standing)
    count = sum(map(len, known.values()))
    print(f"mastery of {count:,} pupils and standards in {time.process_time() - began:.1f} s")
    print("school   pupils  needing  way        groups  pupils helped (at most)  needs met (at most)  CPU s")
    for school in chosen(roster):
        problem = next(one for one in dates.questions(DAY) if one.school == school)
        result = solve(problem, stop=FirstLawful(), seed=SEED)
        assert result.timetable is not None
        week = SchoolWeek(problem, result.timetable)
        told(roster, school, asked(roster, week, school, known[school], standing))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB; one core")


def chosen(roster: Roster) -> Iterator[str]:
    """Yield the schools nearest to the sizes."""
    number = {school: len(pupils) for school, pupils in roster.pupils_at.items()}
    yield from (min(number, key=lambda school: (abs(number[school] - size), school)) for size in SIZES)


def by_school(roster: Roster, made: Sample, standing: Standing) -> Mapping[str, list[Mastery]]:
    """Return what is known of all pupils, by school."""
    framework = common_core()
    some: dict[str, list[Evidence]] = defaultdict(list)
    for one in evidence(made.exams, made.scores, framework):
        some[one.pupil].append(one)
    marks = {
        grade: [
            one.id
            for one in essential_on(made.essentials, framework, DAY, district=roster.district, grade=grade)
        ]
        for grade in {one.grade for one in roster.pupils.values()}
    }
    found: dict[str, list[Mastery]] = defaultdict(list)
    for pupil in roster.pupils.values():
        bars = bars_of(standing, pupil.grade)
        assert bars is not None
        pairs = [(pupil.id, standard) for standard in marks[pupil.grade]]
        found[pupil.school] += masteries(some[pupil.id], pairs, bars)
    return found


def asked(
    roster: Roster, week: SchoolWeek, school: str, known: list[Mastery], standing: Standing
) -> Question:
    """Return the question of one school."""
    sizes = sizes_of(standing)
    assert sizes is not None
    needs: dict[str, tuple[str, ...]] = {}
    for need in needs_of(known):
        needs[need.pupil] = (*needs.get(need.pupil, ()), need.standard)
    teachers = {
        one for section in roster.sections_at[school] for one in roster.teachers_of.get(section.id, ())
    }
    free = free_teachers(week, sorted(teachers), MINUTES)
    return Question(needs, free_pupils(week, needs, MINUTES), free, sizes, LOAD)


def told(roster: Roster, school: str, question: Question) -> None:
    """Print a line for each way of one school."""
    began = time.process_time()
    ours = grouped(question)
    seconds = time.process_time() - began
    ways = {"schoolday": ours, "one walk": as_made(question, first_fit(question))}
    ways["by hand"] = as_made(question, by_hand(roster, question))
    for way, made in ways.items():
        assert check_grouping(question, made) == []
        met = sum(len(one.pupils) for one in made.groups)
        spent = f"{seconds:5.1f}" if way == "schoolday" else "    -"
        counts = f"{made.helped:13,} ({ours.bound:,})  {met:9,} ({question.most_needs:,})"
        print(
            f"{school:7}  {len(roster.pupils_at[school]):6,}  {len(question.needs):7,}  {way:9}  "
            f"{len(made.groups):6}  {counts}  {spent}"
        )


def as_made(question: Question, groups: tuple[SmallGroup, ...]) -> Grouping:
    """Return groups of which nothing is proved."""
    helped = len({pupil for one in groups for pupil in one.pupils})
    return Grouping(groups, helped, question.most_pupils, proved=False)


def by_hand(roster: Roster, question: Question) -> tuple[SmallGroup, ...]:
    """Make groups class by class, in the order of the alphabet, each with the class's own teacher."""
    found: list[SmallGroup] = []
    taken: dict[str, list[SmallGroup]] = defaultdict(list)
    for section, pupils in sorted(roster.enrolled(DAY).items()):
        teacher = roster.teachers_of.get(section, ("",))[0]
        if teacher not in question.teachers:
            continue
        needing: dict[str, list[str]] = defaultdict(list)
        for pupil in sorted(pupils, key=lambda one: (roster.pupils[one].family, one)):
            for standard in question.needs.get(pupil, ()):
                needing[standard].append(pupil)
        for standard, some in sorted(needing.items()):
            for start in range(0, len(some), question.sizes.most):
                cut = [
                    one
                    for one in some[start : start + question.sizes.most]
                    if free_still(one, standard, question, taken)
                ]
                group = first_time(question, teacher, standard, cut, taken)
                if group is not None:
                    found.append(group)
                    for who in (teacher, *group.pupils):
                        taken[who].append(group)
    return tuple(found)


def free_still(pupil: str, standard: str, question: Question, taken: Mapping[str, list[SmallGroup]]) -> bool:
    """Whether a pupil may join another group, of this standard."""
    mine = taken[pupil]
    return len(mine) < question.sizes.a_week and all(one.standard != standard for one in mine)


def first_time(
    question: Question, teacher: str, standard: str, pupils: list[str], taken: Mapping[str, list[SmallGroup]]
) -> SmallGroup | None:
    """Return a group at the first time that suits the teacher and all the pupils, or None."""
    if len(pupils) < question.sizes.least or len(taken[teacher]) >= question.load:
        return None
    for time_ in sorted(question.teachers[teacher]):
        here = not any(one.time.meets(time_) for one in taken[teacher])
        days = all(one.time.day != time_.day for pupil in pupils for one in taken[pupil])
        if here and days and all(time_ in question.free.get(pupil, frozenset()) for pupil in pupils):
            return SmallGroup(0, standard, time_, teacher, tuple(pupils))
    return None


if __name__ == "__main__":
    main()
