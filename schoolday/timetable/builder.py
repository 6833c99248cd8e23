"""Draft: the friendly builder of a timetable problem; freezing it checks that it can be understood."""

from __future__ import annotations

from collections.abc import Iterator

from schoolday.calendar.days import WEEK
from schoolday.ground.errors import SchooldayError
from schoolday.timetable.problem import Activity, Grid, Limits, Pair, TimetableProblem, Weights


class DraftRefused(SchooldayError):
    """A draft that no timetable can be made of; `faults` says each reason in a sentence."""

    def __init__(self, school: str, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__(f"the week of school {school} cannot be drafted:\n" + "\n".join(faults))


class Draft:
    """One school's week while it is being asked; `freeze` turns it into a problem.

    Parameters
    ----------
    school, grid
        Whose week, and its grid of times.
    weights
        What each soft thing costs.
    """

    def __init__(self, school: str, grid: Grid, weights: Weights | None = None) -> None:
        self.school, self.grid, self.weights = school, grid, weights or Weights()
        self._activities: list[Activity] = []
        self._limits: dict[str, Limits] = {}
        self._pupils: dict[str, str] = {}
        self._staff: dict[str, tuple[str, ...]] = {}
        self._pairs: list[Pair] = []
        self._away: dict[str, tuple[int, ...]] = {}
        self._rooms: dict[str, int] = {}

    def meet(self, activity: Activity) -> None:
        """Add what has to meet."""
        self._activities.append(activity)

    def pupil(self, pupil: str, limits: Limits) -> None:
        """Say what every day of a pupil must hold to."""
        self._limits[limits.id] = limits
        self._pupils[pupil] = limits.id

    def teacher(self, staff: str, week: tuple[Limits, ...]) -> None:
        """Say what each day of a teacher or provider must hold to."""
        self._limits.update((limits.id, limits) for limits in week)
        self._staff[staff] = tuple(limits.id for limits in week)

    def pair(self, a: str, b: str, weight: int = 1) -> None:
        """Say that two pupils share too few devices."""
        self._pairs.append(Pair(a, b, weight))

    def away(self, pupil: str, masks: tuple[int, ...]) -> None:
        """Say when a sibling at another school needs the device."""
        self._away[pupil] = masks

    def rooms(self, kind: str, number: int) -> None:
        """Say how many rooms of a kind there are."""
        self._rooms[kind] = number

    def freeze(self) -> TimetableProblem:
        """Return the problem.

        Raises
        ------
        DraftRefused
            If something is missing or cannot be; every fault is named, not only the first.
        """
        faults = tuple(self._faults())
        if faults:
            raise DraftRefused(self.school, faults)
        return TimetableProblem(
            self.school,
            self.grid,
            tuple(self._activities),
            self._limits,
            self._pupils,
            self._staff,
            tuple(self._pairs),
            self._away,
            self._rooms,
            self.weights,
        )

    def _faults(self) -> Iterator[str]:
        seen: set[str] = set()
        for activity in self._activities:
            name = f"{activity.title} ({activity.id})"
            if activity.id in seen:
                yield f"- {name}: two activities have this id; a section and a service need different ids"
            seen.add(activity.id)
            yield from (f"- {name}: {fault}" for fault in self._of(activity))
        for pair in self._pairs:
            for pupil in (pair.a, pair.b):
                if pupil not in self._pupils:
                    yield f"- a pair names pupil {pupil}, who is not at this school"

    def _of(self, activity: Activity) -> Iterator[str]:
        if not activity.pupils:
            yield "nobody is in it; leave it out or enroll somebody"
        for pupil in activity.pupils:
            if pupil not in self._pupils:
                yield f"pupil {pupil} has no limits; is the pupil enrolled at this school?"
        yield from self._people(activity)
        if not 0 < activity.length <= self.grid.slots:
            yield f"it takes {activity.length} slots and a day has {self.grid.slots}"
        if activity.minutes > activity.length * self.grid.pitch:
            yield f"{activity.minutes} minutes do not fit into {activity.length} slots"
        if not activity.starts & ((1 << self.grid.slots) - 1):
            yield "there is no time at which it may start"

    def _people(self, activity: Activity) -> Iterator[str]:
        days = {day for day in activity.days if 0 <= day < self.grid.days}
        for teacher in activity.teachers:
            if teacher not in self._staff:
                yield f"teacher {teacher} is not among the staff"
                continue
            week = self._staff[teacher]
            days &= {day for day, name in enumerate(week) if self._limits[name].window is not None}
        if len(days) < activity.times:
            on = ", ".join(WEEK[day] for day in sorted(days)) or "no day"
            yield (
                f"it meets {activity.times} times a week, but {' and '.join(activity.teachers) or 'it'} "
                f"can be there only on {on}"
            )
