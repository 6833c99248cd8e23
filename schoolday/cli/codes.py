"""What each code of a finding means, in one sentence; `schoolday findings` prints them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from schoolday.cli.options import AsJson
from schoolday.cli.output import say, say_json
from schoolday.ground.errors import SchooldayError
from schoolday.rules.measures import MEASURES
from schoolday.timetable.check.bounds import WORDS

_ROSTER = {
    "absent_file": "The manifest says that a file is absent, and schoolday would use it.",
    "class_school": "A class names no school that it could belong to, or another school than its pupils.",
    "dates": "A row's last date or time lies before its first.",
    "delta": "A file holds only changes (delta); schoolday takes in whole rosters (bulk).",
    "devices": "Households of several pupils do not say how many devices they share; enough is assumed.",
    "duplicate_file": "The zip holds the same file twice.",
    "duplicate_id": "Two rows have the same id.",
    "empty_file": "A file has not even a header.",
    "encrypted": "The zip is locked with a password.",
    "file_name": "A file's name differs from the one it should have.",
    "grade": "A pupil has no grade from transitional kindergarten to 12, or grades are not told clearly.",
    "group": "The members of a service group differ where they must be alike.",
    "header": "A file's header lacks a column, has one twice, or has one that nobody knows.",
    "in_folder": "The files lie in a folder of the zip instead of at its root.",
    "language": "Households have no home language, so their pages are in English.",
    "line_break": "A line ends in a way that the binding does not allow.",
    "long_row": "A row is far longer than any row can be.",
    "loose_grade": "Grades are written otherwise than as CEDS codes, and were understood.",
    "lost": "A new roster lacks much of what the one that stands has.",
    "manifest": "The manifest has a property or value that it may not have.",
    "missing_file": "A file that schoolday needs is not there.",
    "no_household": "Pupils are in no household; each is taken as living alone.",
    "no_manifest": "There is no manifest.csv.",
    "no_role": "A person has no role in force at any school.",
    "no_rows": "A file has a header and no rows.",
    "not_blank": "A column that must be blank in a whole roster is filled in.",
    "not_text": "A file is not text.",
    "not_utf8": "A file is not written in UTF-8.",
    "outside_year": "A date of the calendar lies outside the school year.",
    "pupil_school": "A pupil belongs to no school, or to several without one that is first.",
    "quotes": "A row's quotation marks are not closed.",
    "required": "A value that must be there is missing.",
    "room": "Somebody meets in a kind of room that nobody has counted at the school.",
    "row_length": "A row has more or fewer values than the header has columns.",
    "school_year": "The files do not say which dates the school year has; they were taken from its terms.",
    "side_missing": "A side file is missing, and what it would say is unknown.",
    "too_large": "A file is larger than any roster's.",
    "unknown_file": "A file is none that schoolday knows, and was passed over.",
    "unknown_id": "A row names an id that no row of the other file has.",
    "unlisted_file": "A file is there that the manifest calls absent.",
    "unreadable": "The roster cannot be opened.",
    "unsafe_name": "The zip holds a name that would leave its folder.",
    "value": "A value is none that its column may have.",
    "version": "The manifest names a version that schoolday does not read.",
    "version_mismatch": "The manifest names one version, and the columns are those of another.",
    "wrong_role": "Somebody is enrolled in a role that is not their own.",
}

_WEEK = {
    "day": "A meeting lies on a day on which it may not be.",
    "grid": "A meeting lies outside the school's hours.",
    "limits": "Nobody says which limits a person's day must hold to.",
    "lunch": "Somebody has too little free time for lunch.",
    "meeting_missing": "An activity meets less often than it must.",
    "most_live": "Somebody has more live minutes in a day than a clause allows.",
    "preparation": "A teacher has too little unbroken time for preparation.",
    "pupil_clash": "A pupil is due at two meetings at once.",
    "room": "More meetings need a kind of room than there are rooms, or nobody says how many there are.",
    "school": "The timetable is of another school than the question.",
    "start": "A meeting starts at a time at which it may not.",
    "teacher_clash": "A teacher is due at two meetings of the week at once.",
    "too_many": "An activity meets more often than it must.",
    "two_on_a_day": "An activity meets twice on one day.",
    "unbroken": "Somebody is live longer without a break than a clause allows.",
    "unknown_activity": "The timetable has an activity that the question does not.",
    "window": "A meeting lies outside a person's day, or on a day not worked.",
}

_DATES = {
    "date": "A meeting is dated otherwise than the day it stands in.",
    "contract": "A teacher is due on a day not worked or outside the contract's hours.",
    "no_contract": "Nobody says which hours a teacher's contract holds.",
    "no_evidence": "A side file is missing or incomplete, so what rests on it could not be checked.",
    "no_plan": "There is no plan of minutes for a pupil, so nobody knows what is due.",
    "no_school": "A school has pupils, and nothing is planned for it on a day with pupils.",
    "no_teacher": "A class meets, and the roster names nobody who teaches it.",
    "not_enrolled": "A meeting expects a pupil who is not in its class on that date.",
    "not_expected": "A pupil is in a class, and none of its meetings expects the pupil.",
    "cohort": "A pupil is expected in a room on a day at home, or by link on a day at school.",
    "no_pupils": "Meetings lie on a day without pupils.",
    "overlap": "A pupil's meetings, work or lunch lie at the same time.",
    "room": "Meetings need more rooms of a kind at once than there are, or nobody says how many there are.",
    "section_missing": "A class has pupils and live minutes due, and does not meet.",
    "service": "The minutes of a promised service (IEP) beside those placed in the week.",
    "teacher": "A meeting has other teachers than the roster names.",
    "teacher_clash": "A teacher is due at two meetings at once, at one school or two.",
    "unlaid": "Minutes of independent work found no free time.",
    "unknown_meeting": "Something meets that the roster does not have, or has at another school.",
    "unmeasured": "A rule limits a measure that nothing here measures, so it was not checked.",
}

_TABLE = {
    "dates": "Dates of a table's record cannot follow each other, or one that must be there is missing.",
    "shape": "A key of a table's file is missing or unknown, or holds something else than it may.",
    "twice": "Something in a table's files has a name that is taken.",
    "unknown_name": "An entry of a table's files names something that is not there.",
    "unreadable": "A table's file cannot be read.",
    "value": "What a version of a document says of a term is no grade or number that it may be.",
}

_RECORDS = {
    "calendar": "The calendar of a year's records has a fault, or is not there.",
    "date": "A column is no period of the calendar, or stands there twice.",
    "unrecorded": "Somebody, or some dates, of a year have no record; what rests on them is unverified.",
}

_COHORTS = {
    "apart": "Siblings, or a group served in a room, are in two cohorts; advice where it is unavoidable.",
    "choice": "A pupil's cohort is not what the family chose, and nothing says why.",
    "none": "A pupil with classes is in no cohort.",
    "proof": "Why siblings are in two cohorts has too many ways to be counted again.",
    "seats": "A class has more pupils at school on some day than seats.",
    "uneven": "The two cohorts of a grade of a school differ by more than a quarter.",
}

_LEARNING = {
    "dates": "The last date of a row lies before its first.",
    "essential_grade": "A standard is marked as essential in a grade that its framework does not have it in.",
    "essential_twice": "A standard is marked as essential twice for a grade on the same dates.",
    "essential_unused": "A standard is marked as essential from a date on which it is not in use.",
    "exam_not_given": "Pupils of a grade are in no class that was given an exam of the district.",
    "exam_untaken": "Pupils have no score of an exam that the district requires; nobody knows why.",
    "exams_few": "Exams of a year that the district chose, beside the least that a rule asks for.",
    "exams_free": "No rule in force asks a grade for exams of the district: the teacher chooses.",
    "exams_many": "The district chose more exams than a rule allows.",
    "group_date": "A small group cannot meet on a date: somebody has a meeting then.",
    "group_need": "A pupil is in a small group and does not need its standard.",
    "group_proof": "What is said of how good groups are cannot be.",
    "group_size": "A small group has fewer or more pupils than a rule allows.",
    "group_time": "Somebody of a small group is not free when it meets.",
    "group_twice": "Somebody is in two small groups at once, or in too many.",
    "lesson_unposted": "A live lesson was held and its recording is not posted, which a rule asks for.",
    "lessons_free": "No rule in force asks for recordings of live lessons: the teacher decides.",
    "no_most": "Nobody says the highest score of an exam, so its scores cannot be read.",
    "no_standard": "Nobody says which standards an exam asks about, so it is evidence of none.",
    "recording_captions": "A recording has no captions.",
    "recording_consent": "Somebody whose consent a recording needs has not given it; nobody is shown it.",
    "recording_end": "Nobody says how long a recording is kept; nobody is shown it.",
    "recording_over": "A recording is still listed after the date until which it was to be kept.",
    "unknown_standard": "A file names a standard of no framework that was read.",
}

_STANDARDS = {
    "code_twice": "Two standards of a CASE file have one code; each is found by its identifier alone.",
    "dates": "A standard's last date lies before its first.",
    "grade": "A standard has an education level that is no CEDS grade; it was left out.",
    "item": "An item or association of a CASE file is no object.",
    "no_document": "A CASE package has no CFDocument.",
    "no_items": "A file is no CASE package, or one without standards.",
    "ring": "A standard is a part of itself by its parents.",
}

_FORM = (
    "duplicate_file",
    "duplicate_id",
    "empty_file",
    "encrypted",
    "file_name",
    "header",
    "in_folder",
    "line_break",
    "long_row",
    "missing_file",
    "no_rows",
    "not_blank",
    "not_text",
    "not_utf8",
    "quotes",
    "required",
    "row_length",
    "too_large",
    "unknown_file",
    "unknown_id",
    "unreadable",
    "unsafe_name",
    "value",
)
"""Faults of a roster's form that a year's records and readings may have, too."""

_OTHERS = {
    "program.combined": "A class of several grades follows the plan of one; the plan of another differs.",
    "rules.changes_soon": "A rule begins soon, or its next wording does.",
    "rules.checked_long_ago": "Nobody has read a clause's source for more than a year.",
    "rules.gap": "The date lies between two clauses of a rule, on which none of it stands.",
    "rules.lapses_soon": "A clause is in force for the last time soon, and none follows it.",
}

CODES: Mapping[str, str] = dict(
    sorted(
        {
            **{f"roster.{code}": said for code, said in _ROSTER.items()},
            **{f"timetable.{code}": said for code, said in _WEEK.items()},
            **{f"day.{code}": said for code, said in _DATES.items()},
            **{f"day.{name}": f"A bound on {name}. {MEASURES[name].said}" for name in WORDS},
            **{f"table.{code}": said for code, said in _TABLE.items()},
            **{
                f"{kind}.{code}": _ROSTER[code]
                for kind in ("cohorts", "conditions", "emergency", "learning", "records", "standards")
                for code in _FORM
            },
            **{f"learning.{code}": said for code, said in _LEARNING.items()},
            **{f"standards.{code}": said for code, said in _STANDARDS.items()},
            "conditions.dates": _ROSTER["dates"],
            **{f"records.{code}": said for code, said in _RECORDS.items()},
            **{f"cohorts.{code}": said for code, said in _COHORTS.items()},
            **_OTHERS,
        }.items()
    )
)
"""Every code of a finding, with one sentence."""

Code = Annotated[str, typer.Argument(metavar="CODE", help="One code; all of them if left out.")]


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("findings")(findings)


def findings(code: Code = "", as_json: AsJson = False) -> None:
    """Say what the codes of findings mean."""
    if code and code not in CODES:
        raise SchooldayError(f"no finding has the code {code!r}; `schoolday findings` lists them")
    chosen = {code: CODES[code]} if code else dict(CODES)
    if as_json:
        return say_json(chosen)
    for name, said in chosen.items():
        say(f"{name}: {said}")
    return None
