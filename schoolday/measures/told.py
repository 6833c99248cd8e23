"""A measure's rows for people: ids in the place of numbers, and what each state is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from schoolday.measures.given import MeasuredYear
from schoolday.measures.portable import PORTABLE, Cells

_DAY = ("met", "short", "unverified", "no minimum", "absent")
_TRIGGER = ("no", "yes", "depends on unknown days", "no rule")
STATES: Mapping[str, tuple[str, ...]] = {
    "minutes_by_day": _DAY,
    "engagement_weeks": _TRIGGER,
    "study_windows": _TRIGGER,
    "study_months": _TRIGGER,
    "chronic_absence": _TRIGGER,
    "service_minutes": ("accounted", "unaccounted", "untimed", "no rule"),
}
"""What the numbers in a measure's column ``state`` mean."""
ATTENDED = ("absent", "yes", "unknown")


def in_words(year: MeasuredYear, name: str, rows: Iterable[Cells]) -> Iterator[Cells]:
    """Yield a measure's rows with the pupils' and promises' ids, Mondays, and words for states."""
    monday = {one.week: one.day for one in reversed(year.days)}
    columns = PORTABLE[name].columns
    words = STATES.get(name, ())

    def cell(column: str, value: object) -> object:
        if not isinstance(value, int):
            return value
        match column:
            case "pupil":
                return year.pupils[value].id
            case "promise":
                return year.promises[value].id
            case "week":
                return monday[value].isoformat()
            case "month":
                return value + 1
            case "attended":
                return ATTENDED[value]
            case "planned_state":
                return _DAY[value]
            case "state":
                return words[value]
        return value

    for row in rows:
        # The pupils of a cell are a count; those of a row are one.
        yield tuple(cell(column, value) for column, value in zip(columns, row, strict=True))
