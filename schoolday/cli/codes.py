"""What each code of a finding means, in one sentence; `schoolday findings` prints them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from schoolday.cli.codes_learning import LEARNING, STANDARDS
from schoolday.cli.options import AsJson
from schoolday.cli.output import say, say_json
from schoolday.ground.errors import SchooldayError
from schoolday.measures.found import SAID as MEASURED
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

_SERVICES = {
    "changed": "Signed entries of services are no longer what was signed.",
    "consult": "A consult was not held for a reason that lies with the pupil, who need not be there.",
    "corrected": "A signed entry was corrected after it was signed.",
    "dates": _ROSTER["dates"],
    "locked": "An entry tells otherwise of a signed meeting and does not name what it corrects.",
    "made_up_over": "More was made up for a meeting than was missed.",
    "makes_up": "A make-up names no meeting of the pupil's service that was not held.",
    "no_closure": "An entry says that there was no school, and neither calendar nor closure does.",
    "no_minutes": "A meeting was held, and nobody knows for how many minutes.",
    "no_part": "The emergency part of an IEP should stand, and none is on record.",
    "not_owed": "An entry tells of a service that nobody is owed on that date.",
    "to_make_up": "Service minutes were not given for a reason that does not explain, and are not made up.",
    "twice": "One meeting of a service is recorded twice.",
    "unplaced": "Service minutes are owed and have no place in the timetable.",
    "unrecorded": "Of service minutes owed in a week or school month that is over nobody recorded anything.",
    "unsigned": "An entry was added to a signed period and is not signed.",
    "year": "The school year ended with service minutes unaccounted for.",
}

_REENGAGE = {
    "language": "A notice of an absence was in another language than the home's.",
    "late": "A step of a case is not done, and its last date is over.",
    "no_plan": "The written plan names no owner or no last date for a step.",
    "no_steps": "A case is open, and neither its rule nor the written plan names a step.",
    "no_translation": "No notice is written in the language that a home speaks.",
    "notice": "A home was told late of an absence, or nobody recorded that it was told.",
    "recoded": "Attendance was given another code after a case was opened; the case stands.",
    "uncertified": "Nobody has certified some school days; they are unverified and no absences.",
}

_LEDGER = {
    "activity": "A row of a platform's file does not say which class met.",
    "chain_broken": "A seal follows one that is not there as it was: it was edited, swapped or taken away.",
    "chain_forked": "Two seals follow the same one.",
    "chain_order": "A seal does not stand at the place in the chain that it names.",
    "circle": "Entries correct each other in a circle, so none of them stands.",
    "code": "An entry has a code that its kind does not have, or withdraws nothing.",
    "contradiction": "A pupil is called absent on a day on which other entries say that the pupil took part.",
    "corrected_twice": "Two entries correct the same one; the one entered last counts.",
    "corrects_nothing": "An entry corrects one that nobody entered.",
    "count": "A platform counts other minutes than its times give.",
    "date": "Nobody says on which date somebody joined.",
    "entries_changed": "The entries of a sealed week are not those that were sealed.",
    "entries_lost": "The entries of a sealed week are not there.",
    "head_unreadable": "The head of a sealed week cannot be read.",
    "minutes": "An entry's minutes are impossible, or not those between its times.",
    "moment": "The moment of an entry has no time zone.",
    "no_school_day": "An entry of a week lies on no school day of it.",
    "not_expected": "An entry of a week is of a pupil who is in none of its classes.",
    "not_in_class": "A row of a platform's file is of a pupil who is not in the class that met.",
    "same_id": "Something else was entered before under the same id.",
    "seal_lost": "A seal that was written is not there as it was.",
    "seal_moved": "A seal lies where that of another week, teacher or version should lie.",
    "seal_strange": "A seal is another district's.",
    "stranger": "An entry corrects one of another pupil or school, so it corrects nothing.",
    "times": "An entry or a row ends before it begins, or lies outside the day.",
    "tip_lost": "Nobody can say which seal of a district was the last.",
    "too_early": "A week was to be certified before its last day.",
    "unmatched": "A row of a platform's file fits no pupil.",
    "separator": "The cells of a platform's file are kept apart by something else than commas.",
    "waiting_room": "A row of a platform's file is of the waiting room, and was passed over.",
    "other_meeting": "A row of a platform's file is of another day or class than it was brought for.",
    "version_names": "A version of a sealed week does not name the one that it replaces.",
    "version_skipped": "A version of a sealed week is there, and the one before it is not.",
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

_READ = (
    *("cohorts", "conditions", "emergency", "learning", "ledger", "measures", "records", "reengage"),
    *("services", "standards"),
)
"""What else is read from files, and may have those faults."""

_OTHERS = {
    "program.combined": "A class of several grades follows the plan of one; the plan of another differs.",
    "rules.changes_soon": "A rule begins soon, or its next wording does.",
    "rules.checked_long_ago": "Nobody has read a clause's source for more than a year.",
    "rules.gap": "The date lies between two clauses of a rule, on which none of it stands.",
    "rules.lapses_soon": "A clause is in force for the last time soon, and none follows it.",
}

_EMERGENCY = {
    "dates": "A row's dates lie outside the emergency's time or the school year, or turned around.",
    "other_text": "Somebody signed another text than the one that the agreement has.",
    "return": "A pupil came back to class too late after the family's wish, or nobody recorded the return.",
    "signatures": "Signatures on an agreement are missing or came too late, or it cannot be told.",
}

CODES: Mapping[str, str] = dict(
    sorted(
        {
            **{f"roster.{code}": said for code, said in _ROSTER.items()},
            **{f"timetable.{code}": said for code, said in _WEEK.items()},
            **{f"day.{code}": said for code, said in _DATES.items()},
            **{f"day.{name}": f"A bound on {name}. {MEASURES[name].said}" for name in WORDS},
            **{f"table.{code}": said for code, said in _TABLE.items()},
            **{f"{kind}.{code}": _ROSTER[code] for kind in _READ for code in _FORM},
            **{f"learning.{code}": said for code, said in LEARNING.items()},
            **{f"standards.{code}": said for code, said in STANDARDS.items()},
            "conditions.dates": _ROSTER["dates"],
            **{f"emergency.{code}": said for code, said in _EMERGENCY.items()},
            "measures.dates": _ROSTER["dates"],
            **{f"measures.{code}": said for code, said in MEASURED.items()},
            **{f"records.{code}": said for code, said in _RECORDS.items()},
            **{f"cohorts.{code}": said for code, said in _COHORTS.items()},
            **{f"reengage.{code}": said for code, said in _REENGAGE.items()},
            **{f"services.{code}": said for code, said in _SERVICES.items()},
            **{f"ledger.{code}": said for code, said in _LEDGER.items()},
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
