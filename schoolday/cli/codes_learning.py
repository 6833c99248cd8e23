"""What the codes of findings about learning and standards mean, in one sentence each."""

from __future__ import annotations

LEARNING = {
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
    "not_recorded": "Results whose day cannot be that of an assessment are not on the record as one.",
    "recording_captions": "A recording has no captions.",
    "recording_consent": "Somebody whose consent a recording needs has not given it; nobody is shown it.",
    "recording_end": "Nobody says how long a recording is kept; nobody is shown it.",
    "recording_over": "A recording is still listed after the date until which it was to be kept.",
    "unknown_standard": "A file names a standard of no framework that was read.",
}
"""The codes of exams, groups and recordings."""

STANDARDS = {
    "code_twice": "Two standards of a CASE file have one code; each is found by its identifier alone.",
    "dates": "A standard's last date lies before its first.",
    "grade": "A standard has an education level that is no CEDS grade; it was left out.",
    "item": "An item or association of a CASE file is no object.",
    "no_document": "A CASE package has no CFDocument.",
    "no_items": "A file is no CASE package, or one without standards.",
    "ring": "A standard is a part of itself by its parents.",
}
"""The codes of CASE files."""
