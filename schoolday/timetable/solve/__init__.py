"""The only door to the solvers: solve() makes a lawful timetable, and then a better one."""

from schoolday.timetable.solve.run import solve
from schoolday.timetable.solve.warm import warm

__all__ = ["solve", "warm"]
