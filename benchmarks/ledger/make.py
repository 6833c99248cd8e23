"""Make a district's year of day packs from a seed, by DuckDB.

42,000 pupils, 180 days, 6 meetings: 45 million rows of record, as many of the plan, and 7.6 million of
attendance.
"""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from schoolday.files.calendars import calendar_text
from schoolday.measures.portable import PACK_FORM, PACK_ORDER
from schoolday.sample.recorded import school_year_of

CALENDAR = school_year_of(2020)
GRADES = ("TK", "K", *(str(number) for number in range(1, 13)))
MEETINGS, PER_CLASS, SCHOOL = 6, 28, 600
FIRST_SERVICE = 100_000
"""Activities from here on are services: every ninth pupil has one, twice a week."""

_CHANCE = "(hash(p.pupil, {day}, m.meeting, {seed}) % 1000)"
_DAY = """
WITH p AS (SELECT range::INTEGER AS pupil FROM range({pupils})),
m AS (SELECT range::INTEGER AS meeting FROM range({meetings})),
base AS (
    SELECT p.pupil, m.meeting, {chance} AS chance,
        (hash(p.pupil, {day}, {seed}) % 1000) < (hash(p.pupil, {seed}) % 100) * (hash(p.pupil, 7, {seed}) % 3)
            AS away,
        ((p.pupil // {per_class}) * {meetings} + m.meeting)::INTEGER AS activity,
        CASE WHEN m.meeting < 4 THEN 'live' ELSE 'independent' END AS kind,
        CASE WHEN m.meeting < 4 THEN 45 ELSE 30 END AS minutes
    FROM p, m
),
rows AS (
    SELECT pupil, activity, kind, minutes, NULL::INTEGER AS participated, 'plan' AS origin FROM base
    UNION ALL
    SELECT pupil, activity, kind,
        CASE WHEN away OR chance < 5 THEN NULL WHEN chance < 60 THEN minutes - 10 ELSE minutes END,
        CASE WHEN away THEN 0 WHEN chance >= 995 THEN NULL ELSE 1 END,
        CASE WHEN meeting < 4 THEN 'joined' ELSE 'work' END
    FROM base
    UNION ALL
    SELECT pupil, activity, kind, NULL, CASE WHEN away THEN 0 ELSE 1 END, 'attendance'
    FROM base WHERE meeting = 0 AND chance < 990
    UNION ALL
    SELECT pupil, {first_service} + pupil, 'live', 30, NULL, 'plan'
    FROM base WHERE meeting = 0 AND pupil % 9 = 0 AND {day} % 5 IN (1, 3)
    UNION ALL
    SELECT pupil, {first_service} + pupil, 'live', CASE WHEN chance < 20 THEN NULL ELSE 30 END,
        CASE WHEN away OR chance > 950 THEN 0 ELSE 1 END, 'service'
    FROM base WHERE meeting = 0 AND pupil % 9 = 0 AND {day} % 5 IN (1, 3) AND chance < 985
)
SELECT pupil, DATE '{date}' AS day, activity, kind, minutes::INTEGER AS minutes, participated, origin
FROM rows ORDER BY {order}
"""


def make(folder: Path, pupils: int, days: int, seed: int = 1) -> None:
    """Write a year's folder: calendar, pupils, enrolments, promises, and a pack for each day."""
    (folder / "days").mkdir(parents=True, exist_ok=True)
    (folder / "calendar.yaml").write_text(calendar_text(CALENDAR))
    people(folder, pupils)
    link = duckdb.connect()
    for file, many in (("pupils", f"range({pupils})"), ("activities", f"range({FIRST_SERVICE + pupils})")):
        name = "'p' || lpad(range::TEXT, 7, '0')" if file == "pupils" else "'a' || range"
        select = f"SELECT range::INTEGER AS number, {name} AS id FROM {many}"
        link.execute(f"COPY ({select}) TO '{folder / 'days' / file}.parquet' (FORMAT parquet)")
    for number, day in enumerate(list(CALENDAR.school_days(CALENDAR.first, CALENDAR.last))[:days]):
        chance = _CHANCE.format(day=number, seed=seed)
        text = _DAY.format(
            pupils=pupils, meetings=MEETINGS, per_class=PER_CLASS, first_service=FIRST_SERVICE, chance=chance,
            day=number, seed=seed, date=day, order=PACK_ORDER,
        )  # fmt: skip
        link.execute(f"COPY ({text}) TO '{folder / 'days' / str(day)}.parquet' ({PACK_FORM})")


def people(folder: Path, pupils: int) -> None:
    """Write who the pupils are, made up by their number."""
    names = [
        "id",
        "grade",
        "school",
        "way",
        "circumstances",
        "income",
        "language",
        "foster",
        "homeless",
        "disability",
    ]
    with (folder / "pupils.csv").open("w", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(names)
        for one in range(pupils):
            yes = ["yes" if one % many == 0 else "no" for many in (3, 97, 61, 9)]
            language = "el" if one % 5 == 0 else "en"
            grade, school = GRADES[one // PER_CLASS % len(GRADES)], f"school{one // SCHOOL}"
            writer.writerow([f"p{one:07}", grade, school, "distance", "", yes[0], language, *yes[1:]])
    with (folder / "enrolled.csv").open("w", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["pupil", "first", "last"])
        for one in range(pupils):
            writer.writerow([f"p{one:07}", "2020-10-01" if one % 50 == 1 else CALENDAR.first, CALENDAR.last])
    with (folder / "promises.csv").open("w", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["id", "pupil", "activity"])
        for one in range(0, pupils, 9):
            writer.writerow([f"s{one}", f"p{one:07}", f"a{FIRST_SERVICE + one}"])
