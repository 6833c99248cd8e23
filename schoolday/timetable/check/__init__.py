"""The independent judge of timetables: weeks, dated days and services. It shares no code with the solver."""

from schoolday.timetable.check.dates import check_dates, check_district
from schoolday.timetable.check.services import check_services
from schoolday.timetable.check.week import check
from schoolday.timetable.check.weekly import check_weekly

__all__ = ["check", "check_dates", "check_district", "check_services", "check_weekly"]
