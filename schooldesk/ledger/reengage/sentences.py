"""What the pages of re-engagement say in the reader's language."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from schoolday.ledger.reengage.cases import BACK
from schoolday.ledger.reengage.cases import DONE as ALL_DONE
from schooldesk.day.languages import Speech
from schooldesk.ledger.services.sentences import moment as moment


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


STEPS = {
    "verify_contacts": _("Check how the family can be reached"),
    "notify_parent": _("Tell the parent of the absence"),
    "outreach": _("Reach out to the family"),
    "conference": _("Meet with pupil, parent and teacher"),
    "return_in_person": _("Go back to class in person, where feasible"),
    "evaluate": _("Decide whether independent study goes on"),
    "tell_truancy": _("Tell the parent of the truancy"),
    "notice": _("Send the notice home"),
    "decide": _("Decide what is to be done"),
}
"""What is to do."""
DEEDS = {
    "contacts_verified": _("The contact details were checked and are right"),
    "contacts_wrong": _("The contact details were checked and are wrong"),
    "notice_sent": _("The notice went home"),
    "notice_returned": _("The notice came back"),
    "reached": _("The family or pupil was reached and answered"),
    "tried": _("Nobody answered"),
    "referred": _("Another service was asked to help"),
    "meeting_held": _("The meeting was held"),
    "meeting_missed": _("The meeting was not held"),
    "back_in_class": _("The pupil is back in class in person"),
    "return_not_feasible": _("Going back to class is not feasible"),
    "evaluated": _("It was decided whether to go on"),
    "truancy_told": _("The parent was told of the truancy"),
}
"""What was done or tried."""
CODES = {
    "present": _("took part"),
    "late_30": _("late or away for more than 30 minutes without an excuse"),
    "excused": _("absent, excused"),
    "absent": _("absent"),
}
"""How a day is certified."""
WHY = {BACK: _("the pupil is back: the trigger no longer holds"), ALL_DONE: _("every step is done")}
"""Why a case was closed."""
RULES = {
    "ca.distance.reengagement": _("Absent in a week of distance learning"),
    "ca.independent_study.reengagement": _("Falling behind in independent study"),
    "ca.independent_study.evaluation": _("Whether independent study should go on"),
    "ca.chronic_absence.tenth": _("Absent on a tenth of the days"),
    "ca.truancy.three": _("Away without an excuse three times"),
}
"""What the rules of cases are called."""


def tongue(code: str, s: Speech) -> str:
    """Return what a language is called; one that nobody can name stays its code."""
    try:
        return str(Locale.parse(code, sep="-").get_display_name(s.locale) or code)
    except (UnknownLocaleError, ValueError):
        return code
