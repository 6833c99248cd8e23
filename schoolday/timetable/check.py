"""The independent judge of timetables: weeks, dated days and services. It shares no code with the solver."""

from schoolday.timetable.check_week import check

__all__ = ["check"]
