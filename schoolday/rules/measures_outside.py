"""Measures of what comes from outside and opens or closes a school: the air, an order, a building."""

from __future__ import annotations

from schoolday.rules.measure import Measure

OUTSIDE = (
    Measure(
        "air_quality_index",
        "count",
        "on the air quality index",
        "The air quality index of a place, as the air district or the federal agency publishes it.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "closing_orders",
        "count",
        "orders that close the campus",
        "Orders in force that close a campus; one that is lifted counts no more.",
        per_period=False,
        planned=False,
        holds=True,
    ),
    Measure(
        "campus_out_of_use",
        "count",
        "campuses out of use",
        "1 while a school's campus cannot be used, 0 when it can be again.",
        per_period=False,
        planned=False,
        holds=True,
    ),
    Measure(
        "days_off_list",
        "days",
        "days off the monitoring list",
        "Calendar days in a row that a county has been off the state's monitoring list.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "days_in_person",
        "days",
        "days since the school opened in person",
        "Calendar days since a school opened in person for a grade, and has not closed for it again.",
        per_period=False,
        planned=False,
    ),
)
"""None is counted from a plan of the day."""
