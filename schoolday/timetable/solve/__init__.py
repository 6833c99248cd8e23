"""The only door to the solvers: solve() makes a lawful timetable, and then a better one."""

from schoolday.timetable.solve.run import solve

__all__ = ["solve"]
