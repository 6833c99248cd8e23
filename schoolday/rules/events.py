"""What rules speak of besides measures: events that start and stop clocks, steps, and circumstances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """Something that rules name: an event, a step or a circumstance.

    Parameters
    ----------
    name
        Its name in rulebooks.
    noun
        What it is called in a sentence: ``an emergency``, ``the notice to the parent``.
    said
        The definition, in one sentence.
    about
        Whom it concerns: ``pupil``, ``school``, ``district`` or ``table``.
    """

    name: str
    noun: str
    said: str
    about: str = "pupil"


def _by_name(*all_: Named) -> Mapping[str, Named]:
    return {one.name: one for one in all_}


EVENTS: Mapping[str, Named] = _by_name(
    Named("emergency", "an emergency", "An event of Education Code 46392 began.", "school"),
    Named("contact", "two-way contact with the pupil's family", "A family was reached and answered."),
    Named("instruction", "instruction offered", "A pupil was offered instruction, in person or remote."),
    Named(
        "closure", "the first day of a closure", "A school closed, or attendance fell materially.", "school"
    ),
    Named("absence_recorded", "an absence recorded", "A pupil's absence was recorded."),
    Named("parent_notified", "the notice to the parent", "A pupil's parent was told of it."),
    Named("return_asked", "the family's wish to return", "A family asked for the pupil's return to class."),
    Named("returned", "the return to class", "A pupil was back in an in-person class."),
    Named("study_begun", "the start of independent study", "A pupil's independent study began."),
    Named("agreement_signed", "the signed agreement", "The last signature on a pupil's agreement."),
    Named("subject_raised", "a new subject at the table", "A subject came up that no proposal had.", "table"),
    Named("subject_public", "the subject made public", "The subject was made public.", "table"),
    Named("impasse", "impasse declared", "A party declared impasse and asked for a mediator.", "table"),
    Named("mediator", "the mediator's appointment", "A mediator was appointed.", "table"),
    Named("factfinding_asked", "fact-finding asked for", "A party asked for fact-finding.", "table"),
    Named(
        "members_named", "each side's member named", "Both sides named their member of the panel.", "table"
    ),
    Named("chair_named", "the chair named", "The board named the panel's chair.", "table"),
    Named("other_chair", "another chair agreed", "The parties agreed on another chair.", "table"),
    Named("panel", "the panel's appointment", "The fact-finding panel was complete.", "table"),
    Named("panel_met", "the panel's first meeting", "The panel met with the parties.", "table"),
    Named("report", "the panel's report", "The panel gave its findings to the parties.", "table"),
    Named("report_public", "the report made public", "The employer made the report public.", "table"),
    Named("place_asked", "a family's application", "A family applied for a place at another school."),
    Named(
        "safety_place_asked", "a crime victim's application", "A victim of violent crime asked for a place."
    ),
    Named("place_offered", "the offer of a place", "A pupil was offered a place at another school."),
    Named("place_decided", "the decision on the application", "The family was told the decision."),
    Named("left_charter", "a pupil's leaving a charter school", "A pupil left a charter school."),
    Named("district_told", "the notice to the district", "The charter school told the pupil's district."),
    Named(
        "tier_told", "a new tier announced", "The state announced that a county is in a new tier.", "district"
    ),
    Named("tier_kept", "the new tier kept", "A county kept the rules of its new tier.", "district"),
    Named("red_entered", "the red tier in force", "A county's red tier came into force.", "district"),
    Named("reopened", "the school reopened", "A school reopened in person.", "school"),
)
"""Every event that a deadline may name."""

STEPS: Mapping[str, Named] = _by_name(
    Named("verify_contacts", "verify contact details", "Check how the family can be reached."),
    Named("notify_parent", "tell the parent", "Tell the parent of each absence."),
    Named("outreach", "reach out", "Reach out, to health and social services too where they are needed."),
    Named("conference", "hold a conference", "Meet the pupil, the parent and the teacher."),
    Named("return_in_person", "go back to class", "Go back to a class in person where that is feasible."),
    Named("evaluate", "evaluate", "Decide whether to go on in independent study, and keep the record."),
    Named("chronic", "count as chronically absent", "The pupil counts as chronically absent."),
    Named("truant", "report as truant", "The pupil counts as truant and is reported."),
    Named("tell_truancy", "tell the parent of the truancy", "Tell the parent that the pupil is truant."),
    Named("explain_minutes", "count as explained", "The minutes not given are explained."),
    Named("make_up_minutes", "look at a make-up", "The school looks at making the minutes up."),
    Named("file_relief", "ask for attendance relief", "Ask the state for credit for lost attendance."),
    Named("mark_absent", "mark absent", "The pupil counts as absent on that day."),
    Named(
        "full_duties",
        "hold to the full duties",
        "The pupil's study is held to live teaching, tiers and return.",
    ),
    Named(
        "withhold_days", "withhold money for the days", "The state withholds money for each day.", "school"
    ),
    Named("withhold_minutes", "withhold money for the minutes", "The state withholds that share.", "school"),
    Named("emergency_iep", "serve by the emergency part", "Serve by the part of the IEP on emergencies."),
    Named("ask_factfinding", "ask for fact-finding", "Either party may ask for fact-finding.", "table"),
    Named("tier_purple", "be in the purple tier", "The county is in the purple tier.", "district"),
    Named("tier_red", "be in the red tier", "The county is in the red tier or a stricter one.", "district"),
    Named(
        "tier_orange", "be in the orange tier", "The county is in the orange tier or stricter.", "district"
    ),
    Named(
        "tighten",
        "move to the stricter tier",
        "The state looks at the latest ten days and moves the county if they are no better.",
        "district",
    ),
    Named("may_reopen", "be allowed to reopen", "Schools may reopen in person.", "district"),
    Named("may_stay_open", "be allowed to stay open", "A school that is open may stay so.", "school"),
    Named("close_campus", "close the campus", "Nobody is taught on the campus.", "school"),
    Named("keep_indoors", "keep everybody indoors", "No class and no break is held outdoors.", "school"),
    Named("close_school", "close the school", "The school closes.", "school"),
    Named("close_district", "close the district", "The district's schools close.", "district"),
)
"""Every step that a trigger may want."""

CIRCUMSTANCES: Mapping[str, Named] = _by_name(
    Named(
        "short_study",
        "in independent study for fewer than 16 school days of the year",
        "The pupil's independent study lasts fewer than 16 school days of the school year.",
    ),
    Named(
        "licensed_care",
        "in independent study for a treatment with a licensed professional's evidence",
        "A licensed professional has confirmed the treatment that the study is for.",
    ),
    Named("rural", "at a rural school", "The school's district counts as rural."),
    Named("double_session", "at a school in double session", "The school teaches in two shifts."),
    Named(
        "board_alternative",
        "under an alternative plan of the board",
        "Live interaction is not feasible, and the board has adopted another plan.",
    ),
    Named(
        "older_agreement",
        "under an agreement of 1 January 2022",
        "An agreement in force on that date has not ended.",
        "district",
    ),
    Named(
        "college_classes",
        "in college classes part of the time",
        "A minimum day of its own binds the pupil, for college classes.",
    ),
    Named(
        "continuation",
        "at a continuation or opportunity school",
        "A minimum day of its own binds the school.",
        "school",
    ),
    Named(
        "work_experience",
        "in work experience or vocational classes",
        "A minimum day of its own binds the pupil, for work.",
    ),
    Named(
        "special_day",
        "in a special class, at home or in hospital",
        "The pupil's IEP sets the minutes of the day.",
    ),
    Named(
        "block_schedule",
        "on a block schedule",
        "The school counts its minutes over five or ten days.",
        "school",
    ),
    Named(
        "long_program",
        "in a program longer than the day",
        "The kindergartner is in expanded learning, attendance recovery or early primary.",
    ),
    Named("multitrack", "at a school with several tracks", "The school teaches on several tracks.", "school"),
    Named("charter", "at a charter school", "The school is a charter school.", "school"),
    Named(
        "other_ratio",
        "under another ratio that the section allows",
        "The district has chosen another ratio.",
        "district",
    ),
    Named(
        "extenuating",
        "hindered by circumstances that the affidavit describes",
        "The affidavit says what hindered it and what was given.",
        "school",
    ),
    Named(
        "uncertified",
        "without the mediator's word",
        "The mediator has not certified that fact-finding is right.",
        "table",
    ),
    Named("longer_agreed", "given more time by agreement", "The parties agreed on a longer time.", "table"),
    Named("open_before", "open already", "The school was open in person before.", "school"),
    Named("small_county", "in a county of fewer than 106,000 people", "The county is small.", "district"),
    Named("still_red", "while the county stays red", "The county has not gone back to purple.", "district"),
)
"""Every circumstance in which a clause may not bind."""
