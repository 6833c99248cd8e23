"""Secondary schools made up from a seed, to measure solvers by.

Four grades of ten cohorts. A cohort takes four core courses together; each pupil then chooses one course
in each of two bands, among pupils of the neighbouring cohorts. Some pupils have services, some teachers
work part of the week, and some pupils share a device with a sibling at the school.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from schoolday.ground.spans import Span
from schoolday.timetable.problem import Activity, Grid, Limits, Pair, TimetableProblem, What

GRADES = ("9", "10", "11", "12")
COHORTS, COHORT = 10, 30
CORE = ("English", "Mathematics", "Science", "History")
BANDS, CHOICES = 2, 5
CORE_TEACHERS, BAND_TEACHERS, PROVIDERS = 7, 17, 4
TIMES = 3
SERVICE_GROUPS, SERVICE_PUPILS = 35, 4
PAIRS = 180
WEEK = (0, 1, 2, 3, 4)
GRID = Grid(first=8 * 60, pitch=60, slots=6)


def bench_school(seed: int) -> TimetableProblem:
    """Return a made-up secondary school: 1,200 pupils, 45 teachers and 4 providers, 240 sections.

    Each section meets three times a week on different days, in a week of five days with six slots of
    60 minutes. A pupil has at most four live slots a day and three in a row; a teacher has at least one
    free slot a day. The same seed gives the same school in any process.
    """
    chance = np.random.default_rng(seed)
    rosters = _rosters(chance)
    teachers, part_time = _teachers(chance, rosters)
    activities = [_section(title, teachers[title], pupils) for title, pupils in rosters.items()]
    activities += _services(chance)
    pupils = [_pupil(grade, number) for grade in GRADES for number in range(COHORTS * COHORT)]
    staff = sorted({teacher for activity in activities for teacher in activity.teachers})
    return TimetableProblem(
        school=f"bench-{seed}",
        grid=GRID,
        activities=tuple(activities),
        limits=_limits(),
        pupil_limits=dict.fromkeys(pupils, "pupil"),
        staff_limits={
            person: tuple("off" if day in part_time.get(person, ()) else "teacher" for day in WEEK)
            for person in staff
        },
        pairs=_pairs(chance, pupils),
    )


def _pupil(grade: str, number: int) -> str:
    return f"g{int(grade):02d}-{number:03d}"


def _limits() -> dict[str, Limits]:
    day = Span(GRID.start(0), GRID.start(GRID.slots))
    screen = {"most_live": "bench.most_live", "longest_live": "bench.unbroken", "window": "bench.hours"}
    pupil = Limits("pupil", day, most_live=240, longest_live=180, clauses=screen)
    free = {"most_live": "bench.teacher_live", "window": "bench.hours"}
    teacher = Limits("teacher", day, most_live=300, clauses=free)
    off = Limits("off", None, clauses={"window": "bench.part_time"})
    return {limits.id: limits for limits in (pupil, teacher, off)}


def _rosters(chance: np.random.Generator) -> dict[str, tuple[str, ...]]:
    """Return the pupils of each section by its title."""
    found: dict[str, tuple[str, ...]] = {}
    half = COHORTS // 2
    for grade in GRADES:
        for cohort in range(COHORTS):
            ids = range(cohort * COHORT, (cohort + 1) * COHORT)
            for course in CORE:
                found[f"{course} {grade} {cohort}"] = tuple(_pupil(grade, number) for number in ids)
        for band in range(BANDS):
            for side in range(2):
                ids = range(side * half * COHORT, (side + 1) * half * COHORT)
                shuffled = [int(number) for number in chance.permutation(ids)]
                for choice in range(CHOICES):
                    chosen = sorted(shuffled[choice::CHOICES])
                    title = f"Band {band} {grade} {side}{choice}"
                    found[title] = tuple(_pupil(grade, number) for number in chosen)
    return found


def _teachers(
    chance: np.random.Generator, rosters: dict[str, tuple[str, ...]]
) -> tuple[dict[str, str], dict[str, frozenset[int]]]:
    """Return the teacher of each section, and the days off of those who work part of the week."""
    found: dict[str, str] = {}
    part_time: dict[str, frozenset[int]] = {}
    for course in (*CORE, "Band"):
        sections = [title for title in rosters if title.split()[0] == course]
        number = BAND_TEACHERS if course == "Band" else CORE_TEACHERS
        names = [f"t-{course.lower()}-{i:02d}" for i in range(number)]
        some = names[: 2 if course == "Band" else 1]
        for name in some:
            part_time[name] = frozenset({int(chance.integers(len(WEEK)))})
        room = {name: 4 if name in some else 6 for name in names}
        load: dict[str, int] = defaultdict(int)
        for at in chance.permutation(len(sections)):
            name = min(names, key=lambda n: (load[n] / room[n], n))
            load[name] += 1
            found[sections[int(at)]] = name
    return found, part_time


def _section(title: str, teacher: str, pupils: tuple[str, ...]) -> Activity:
    name = title.lower().replace(" ", "-")
    return Activity(name, name, "section", What.SECTION, title, (teacher,), pupils, GRID.pitch, WEEK, TIMES)


def _services(chance: np.random.Generator) -> list[Activity]:
    """Return groups of pupils of one cohort who meet a provider once or twice a week."""
    found = []
    cohorts = chance.permutation(len(GRADES) * COHORTS)[:SERVICE_GROUPS]
    for group, cohort in enumerate(sorted(int(number) for number in cohorts)):
        grade, within = GRADES[cohort // COHORTS], cohort % COHORTS
        ids = chance.choice(COHORT, SERVICE_PUPILS, replace=False) + within * COHORT
        pupils = tuple(_pupil(grade, int(number)) for number in sorted(ids))
        name, times = f"service-{group:02d}", 1 + int(chance.random() < 0.4)
        provider = f"v-{group % PROVIDERS}"
        title = f"Service, group {group}"
        found.append(
            Activity(name, name, "service", What.SERVICE, title, (provider,), pupils, GRID.pitch, WEEK, times)
        )
    return found


def _pairs(chance: np.random.Generator, pupils: list[str]) -> tuple[Pair, ...]:
    order = [pupils[int(at)] for at in chance.permutation(len(pupils))[: 2 * PAIRS]]
    twos = (sorted(two) for two in zip(order[::2], order[1::2], strict=True))
    return tuple(Pair(a, b) for a, b in sorted(twos))
