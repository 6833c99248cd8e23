"""What comes from outside: dated readings, the steps they move a place on, and when that opens schools."""

from schoolday.conditions.ladder import BLUEPRINT, Ladder, Range, range_of
from schoolday.conditions.memory import Assessment, Memory, assess, replay
from schoolday.conditions.opening import Opened, eligible
from schoolday.conditions.readings import Assigned, Reading, Week, everywhere, weeks

__all__ = [
    "BLUEPRINT",
    "Assessment",
    "Assigned",
    "Ladder",
    "Memory",
    "Opened",
    "Range",
    "Reading",
    "Week",
    "assess",
    "eligible",
    "everywhere",
    "range_of",
    "replay",
    "weeks",
]
