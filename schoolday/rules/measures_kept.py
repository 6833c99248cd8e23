"""Measures of minutes, the year and attendance that records show and a plan of the day does not."""

from __future__ import annotations

from schoolday.rules.measure import Measure

KEPT = (
    Measure(
        "college_minutes",
        "minutes",
        "minutes of instruction of a pupil in college classes",
        "All minutes of instruction of one pupil who is also enrolled in college classes part of the time.",
        planned=False,
    ),
    Measure(
        "early_college_minutes",
        "minutes",
        "minutes of instruction of a pupil of an early college",
        "All minutes of instruction of one pupil of an early or middle college, or of a college "
        "partnership, that qualifies.",
        planned=False,
    ),
    Measure(
        "continuation_minutes",
        "minutes",
        "minutes of instruction of a pupil of a continuation school",
        "All minutes of instruction of one pupil of a continuation high school.",
        planned=False,
    ),
    Measure(
        "continuation_credit",
        "minutes",
        "minutes credited to a pupil of a continuation school",
        "Minutes for which attendance is credited to one pupil of a continuation high school.",
        planned=False,
    ),
    Measure(
        "opportunity_minutes",
        "minutes",
        "minutes of instruction of a pupil of an opportunity school",
        "All minutes of instruction of one pupil of an opportunity school.",
        planned=False,
    ),
    Measure(
        "work_experience_minutes",
        "minutes",
        "minutes of instruction of a pupil in work experience",
        "All minutes of the school periods of one pupil in work experience or special day vocational "
        "education.",
        planned=False,
    ),
    Measure(
        "double_session_minutes",
        "minutes",
        "minutes of instruction at a school in double session",
        "All minutes of instruction of one pupil at a school in double session.",
        planned=False,
    ),
    Measure(
        "block_minutes",
        "minutes",
        "minutes of instruction on a block schedule",
        "All minutes of instruction of one pupil on a block schedule.",
        planned=False,
    ),
    Measure(
        "block_college_minutes",
        "minutes",
        "minutes of instruction on an early college's block schedule",
        "All minutes of instruction of one pupil on the block schedule of an early or middle college, or"
        " of a college partnership, that qualifies.",
        planned=False,
    ),
    Measure(
        "kindergarten_without_recess",
        "minutes",
        "minutes of kindergarten, recess left out",
        "All minutes of one kindergartner's day, recess left out.",
    ),
    Measure(
        "special_day_share",
        "percent",
        "percent of the day owed to a pupil in a special class",
        "Minutes of one pupil with an IEP in a special day class, at home or in hospital, as a "
        "percentage of the minimum day or of the minutes that the IEP promises, whichever is less.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "course_live_minutes",
        "minutes",
        "live minutes in one course",
        "Live minutes of one pupil in one course on a day on which the course meets.",
        planned=False,
    ),
    Measure(
        "offered_minutes",
        "minutes",
        "minutes of instruction offered",
        "Minutes of instruction that a school offered one grade.",
        planned=False,
    ),
    Measure(
        "offered_days",
        "days",
        "days of instruction offered",
        "Days of instruction that a school offered.",
        planned=False,
    ),
    Measure(
        "charter_days",
        "days",
        "days of instruction offered by a charter school",
        "Days of instruction that a charter school offered.",
        planned=False,
    ),
    Measure(
        "multitrack_days",
        "days",
        "days of instruction offered on one track",
        "Days of instruction that a school with several tracks offered on one of them.",
        planned=False,
    ),
    Measure(
        "days_short",
        "days",
        "days of instruction too few",
        "Days of instruction that a school offered too few.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "days_withheld",
        "days",
        "days that money is withheld for",
        "Days of instruction too few for which money was withheld.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "minutes_short_share",
        "percent",
        "percent of the year's minutes too few",
        "Minutes that a school offered one grade too few, as a percentage of those owed.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "absent_days",
        "days",
        "days absent",
        "Days on which a pupil was absent for any reason.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "absent_share",
        "percent",
        "percent of days absent",
        "Days on which a pupil was absent for any reason, as a percentage of the days on which the pupil"
        " was enrolled and school was taught.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "unevidenced_days",
        "days",
        "days without evidence of participation",
        "Days of learning from a distance, whole or in part, without any evidence that the pupil took part.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "engagement_records",
        "count",
        "engagement records",
        "Certified records of one pupil's engagement.",
        planned=False,
    ),
    Measure(
        "certified_share",
        "percent",
        "percent of the claimed time certified",
        "Time value of one pupil's work that a certificated employee certified, as a percentage of the "
        "time value claimed.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "evidenced_live_share",
        "percent",
        "percent of the credited live time with evidence",
        "Credited minutes of synchronous instruction with evidence that the pupil took part, as a "
        "percentage of all that were credited.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "uncredited_share",
        "percent",
        "percent of the required time without attendance",
        "Minimum instructional time for which a pupil generated no attendance, as a percentage of all "
        "that is required.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "missed_live_share",
        "percent",
        "percent of scheduled live times missed",
        "Scheduled times of synchronous instruction in which a pupil did not take part, as a percentage "
        "of all that were scheduled.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "pupils_in_cell",
        "count",
        "pupils behind a published number",
        "Pupils who stand behind one number of a published table.",
        per_period=False,
        planned=False,
    ),
    Measure(
        "agreement_violations",
        "count",
        "violations of the written agreement",
        "Times that a pupil was found in violation of the written agreement.",
        per_period=False,
        planned=False,
    ),
)
"""Each is unverified until records are at hand."""
