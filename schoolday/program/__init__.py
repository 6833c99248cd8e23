"""Minutes by kind and subject for a grade and a date, built from the standing rules."""

from schoolday.program.build import build
from schoolday.program.days import Band, calendar, plans
from schoolday.program.plan import DayPlan, Format, Line
from schoolday.program.shape import DEFAULT, Shape, Strand

__all__ = [
    "DEFAULT",
    "Band",
    "DayPlan",
    "Format",
    "Line",
    "Shape",
    "Strand",
    "build",
    "calendar",
    "plans",
]
