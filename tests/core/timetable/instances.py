"""Small made-up schools for the solver's tests and tuning; the same seed gives the same school."""

from __future__ import annotations

import numpy as np

from schoolday.ground.spans import Span
from schoolday.timetable.problem import Activity, Grid, Limits, Pair, TimetableProblem, What

WEEK = (0, 1, 2, 3, 4)


def _pupil_pairs(pupils: list[str], many: int, chance: np.random.Generator) -> tuple[Pair, ...]:
    found = set()
    while len(found) < many:
        a, b = sorted(chance.choice(len(pupils), 2, replace=False).tolist())
        found.add((pupils[a], pupils[b]))
    return tuple(Pair(a, b) for a, b in sorted(found))


def secondary(
    seed: int,
    cohorts: int = 40,
    size: int = 30,
    teachers: int = 45,
    times: int = 3,
    slots: int = 6,
    pairs: int = 180,
    services: int = 35,
) -> TimetableProblem:
    """A secondary school: four courses by cohort and two bands of electives; IEP groups within them."""
    chance = np.random.default_rng(seed)
    grid = Grid(first=480, pitch=30, slots=slots)
    pupils = [f"p{n:05d}" for n in range(cohorts * size)]
    rosters = [
        (f"core{cohort:02d}-{course}", pupils[cohort * size : (cohort + 1) * size])
        for cohort in range(cohorts)
        for course in range(4)
    ]
    grades = max(1, cohorts // 5)
    share = len(pupils) // grades
    for grade in range(grades):
        mine = pupils[grade * share : (grade + 1) * share]
        for band in range(2):
            mixed = [mine[i] for i in chance.permutation(len(mine))]
            many = max(1, len(mine) // 30)
            rosters += [(f"band{grade}-{band}-{n:02d}", sorted(mixed[n::many])) for n in range(many)]
    staff = [f"t{n:02d}" for n in range(teachers)]
    load = dict.fromkeys(staff, 0)
    activities = []
    for section, members in rosters:
        least = min(load.values())
        able = [t for t in staff if load[t] == least]
        teacher = able[int(chance.integers(len(able)))]
        load[teacher] += 1
        activities.append(
            Activity(
                section,
                section,
                "section",
                What.SECTION,
                section,
                (teacher,),
                tuple(members),
                30,
                WEEK,
                times,
            )
        )
    providers = [f"x{n}" for n in range(5)]
    served = chance.permutation(cohorts)
    for number in range(services):
        cohort = int(served[number % cohorts])
        group = [pupils[cohort * size + i] for i in sorted(chance.choice(size, 3, replace=False).tolist())]
        activities.append(
            Activity(
                f"iep{number:02d}", f"iep{number:02d}", "service", What.SERVICE, f"Service {number}",
                (providers[number % 5],), tuple(group), 30, WEEK, int(chance.integers(1, 3)),
            )
        )  # fmt: skip
    day = Span(480, 480 + 30 * slots)
    limits = {
        "pupil": Limits("pupil", day, most_live=30 * (times + 1 if times < 5 else 7), longest_live=90),
        "staff": Limits("staff", day),
        "off": Limits("off", None),
        "part": Limits("part", Span(480, 480 + 30 * max(1, slots * 2 // 3))),
    }
    staff_limits = dict.fromkeys((*staff, *providers), ("staff",) * 5)
    for n in chance.choice(teachers, max(1, teachers // 9), replace=False).tolist():
        if times < 5 and load[staff[n]] * times <= 4 * slots - 3:
            staff_limits[staff[n]] = (
                "staff",
                "staff",
                "off" if n % 2 else "staff",
                "staff",
                "part" if n % 2 == 0 else "staff",
            )
    return TimetableProblem(
        "secondary", grid, tuple(activities), limits, dict.fromkeys(pupils, "pupil"), staff_limits,
        _pupil_pairs(pupils, pairs, chance), {}, {},
    )  # fmt: skip


def daily_secondary(seed: int, cohorts: int = 40, pairs: int = 180) -> TimetableProblem:
    """A secondary school as the demonstration plans it: six sections, each every day, fifteen slots."""
    return secondary(seed, cohorts=cohorts, times=5, slots=15, pairs=pairs, services=cohorts)


def elementary(
    seed: int, classes: int = 24, size: int = 26, pairs: int = 93, wholes: int = 5
) -> TimetableProblem:
    """An elementary school: whole-class lines and four small groups a class, services, siblings."""
    chance = np.random.default_rng(seed)
    grid = Grid(first=480, pitch=30, slots=15)
    activities, pupils = [], []
    limits = {
        "pupil": Limits(
            "pupil", Span(480, 930), most_live=210, longest_live=90, lunch=Span(660, 810), lunch_minutes=30
        ),
        "staff": Limits(
            "staff", Span(480, 930), lunch=Span(660, 810), lunch_minutes=30, preparation=45, most_live=330
        ),
        "provider": Limits("provider", Span(480, 930), lunch=Span(660, 810), lunch_minutes=30),
        "off": Limits("off", None),
    }
    staff_limits = {}
    for number in range(classes):
        name, teacher = f"c{number:02d}", f"t{number:02d}"
        members = [f"{name}-{n:02d}" for n in range(size)]
        pupils += members
        staff_limits[teacher] = ("staff",) * 5
        for line in range(wholes):
            activities.append(
                Activity(
                    f"{name}/w{line}",
                    name,
                    f"w{line}",
                    What.WHOLE,
                    name,
                    (teacher,),
                    tuple(members),
                    30,
                    WEEK,
                    5,
                )
            )
        for group in range(4):
            few = tuple(members[group::4])
            activities.append(
                Activity(
                    f"{name}/small/{group}", name, "small", What.SMALL, name, (teacher,), few, 30, WEEK, 5
                )
            )
    served = chance.permutation(len(pupils))
    for number in range(classes):
        provider = f"x{number % 4}"
        staff_limits[provider] = ("provider",) * 4 + (("provider",) if number % 2 else ("off",))
        group = tuple(sorted(pupils[i] for i in served[number * 3 : number * 3 + 3]))
        activities.append(
            Activity(
                f"iep{number:02d}", f"iep{number:02d}", "service", What.SERVICE, "Service", (provider,),
                group, 20, WEEK, 2,
            )
        )  # fmt: skip
    for provider in ("x0", "x1", "x2", "x3"):
        staff_limits.setdefault(provider, ("provider",) * 5)
    return TimetableProblem(
        "elementary", grid, tuple(activities), limits, dict.fromkeys(pupils, "pupil"), staff_limits,
        _pupil_pairs(pupils, pairs, chance), {}, {},
    )  # fmt: skip
