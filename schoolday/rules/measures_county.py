"""Measures of a county's tier in 2020-21, and of what it let schools do."""

from __future__ import annotations

from schoolday.rules.measure import Measure

COUNTY = (
    Measure(
        "county_case_rate",
        "per_100000",
        "adjusted new cases a day for every 100,000 people",
        "Adjusted new cases a day for every 100,000 people of a county, the average of seven days.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "county_positivity",
        "percent",
        "percent of tests positive",
        "Positive tests of a county as a percentage of all tests of seven days.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "equity_positivity",
        "percent",
        "percent of tests positive in the least healthy quarter",
        "Positive tests of the quarter of a county with the worst conditions for health, as a percentage of "
        "all its tests of seven days.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "equity_positivity_red",
        "percent",
        "percent of tests positive in the least healthy quarter, on entering red",
        "Positive tests of the quarter of a county with the worst conditions for health, as a percentage of "
        "all its tests of seven days, when the county is moved to the red tier.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "equity_positivity_orange",
        "percent",
        "percent of tests positive in the least healthy quarter, on entering orange",
        "Positive tests of the quarter of a county with the worst conditions for health, as a percentage of "
        "all its tests of seven days, when the county is moved to the orange tier.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "equity_positivity_yellow",
        "percent",
        "percent of tests positive in the least healthy quarter, on entering yellow",
        "Positive tests of the quarter of a county with the worst conditions for health, as a percentage of "
        "all its tests of seven days, when the county is moved to the yellow tier.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "weeks_in_tier",
        "weeks",
        "weeks in the tier",
        "Weeks that a county was in its tier when it was moved to a looser one.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "good_weeks",
        "weeks",
        "weeks in a row that meet the looser tier",
        "Weeks in a row in which a county met the looser tier on both measures, when it was moved there.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "bad_weeks",
        "weeks",
        "weeks in a row in a stricter tier's range",
        "Weeks in a row in which a county lay in the range of a stricter tier on either measure.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "looser_steps",
        "count",
        "tiers at once to a looser one",
        "Tiers by which a county was moved at once, to a looser one.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "stricter_steps",
        "count",
        "tiers at once to a stricter one",
        "Tiers by which a county was moved at once, to a stricter one.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "days_in_red",
        "days",
        "days in the red tier",
        "Calendar days in a row that a county has been in the red tier, or in a looser one.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "reopening_case_rate",
        "per_100000",
        "adjusted new cases a day at reopening",
        "Adjusted new cases a day for every 100,000 people of a purple county when one of its schools "
        "reopened.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "waiver_cases",
        "per_100000",
        "cases of 14 days when a waiver is considered",
        "New cases of 14 days for every 100,000 people of a county when a waiver for a school is considered.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "cohort_children",
        "count",
        "children in a cohort",
        "Children of one cohort.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "cohort_adults",
        "count",
        "adults in a cohort",
        "Supervising adults of one cohort.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "cohort_capacity_share",
        "percent",
        "percent of the school's capacity in cohorts",
        "Pupils of a closed school who are there in cohorts, as a percentage of its capacity.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "school_case_share",
        "percent",
        "percent of a school with cases in 14 days",
        "People of a school with a confirmed case within 14 days, as a percentage of all.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "closed_schools_share",
        "percent",
        "percent of a district's schools closed in 14 days",
        "Schools of a district closed within 14 days because of cases, as a percentage of all.",
        per_period=False,
        planned=False,
    ),
)
"""None is counted from a plan of the day."""
