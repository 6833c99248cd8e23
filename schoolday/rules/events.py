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
    Named("panel", "the panel's appointment", "The fact-finding panel was complete.", "table"),
    Named("panel_met", "the panel's first meeting", "The panel met with the parties.", "table"),
    Named("report", "the panel's report", "The panel gave its findings to the parties.", "table"),
    Named("report_public", "the report made public", "The employer made the report public.", "table"),
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
    Named("file_relief", "ask for attendance relief", "Ask the state for credit for lost attendance."),
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
)
"""Every circumstance in which a clause may not bind."""
