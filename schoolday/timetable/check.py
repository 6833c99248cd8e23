"""The independent judge of timetables: weeks, dated days and services. It shares no code with the solver."""

from schoolday.timetable.check_dates import check_dates, check_district
from schoolday.timetable.check_services import check_services
from schoolday.timetable.check_week import check
from schoolday.timetable.check_weekly import check_weekly

__all__ = ["check", "check_dates", "check_district", "check_services", "check_weekly"]
