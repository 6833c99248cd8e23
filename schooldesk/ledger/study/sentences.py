"""What the pages of independent study say in the reader's language."""

from __future__ import annotations

from schoolday.ledger.study_ratio import RatioKind
from schoolday.measures.verdict import Found
from schooldesk.ledger import sentences as ledger

number, moment, own, times, what = (
    ledger.number,
    ledger.moment,
    ledger.own,
    ledger.times,
    ledger.what,
)


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


EARNED = {1: _("earns the day"), 0: _("earns no day"), None: _("not verified")}
"""What a day earns."""
FOUND = {
    Found.MET: _("kept"),
    Found.BROKEN: _("broken"),
    Found.UNVERIFIED: _("not verified"),
    Found.WAITING: _("not verified"),
    Found.NOT_BOUND: _("not bound"),
    Found.NOT_IN_FORCE: _("no clause in force"),
}
SUBJECTS = {
    "english": _("English language arts"),
    "mathematics": _("mathematics"),
    "history": _("history and social science"),
    "science": _("science"),
    "other": _("other work that represents the schedule"),
}
ALLOWED = {
    RatioKind.OWN.value: _("the ratio of the district’s own other programs"),
    RatioKind.COUNTY.value: _("last year’s ratio of the county’s largest unified or high school district"),
    RatioKind.BARGAINED.value: _("a ratio agreed with the union"),
    RatioKind.FIXED.value: _("a fixed ratio of 25 pupils to a teacher, or lower"),
}
PERIODS = {
    "to P-1": _("First period: from the start to P-1"),
    "after P-1 to P-2": _("Second period: after P-1 to P-2"),
    "after P-2 to annual": _("Third period: after P-2 to the year’s end"),
}
UNPLANNED = {
    "live": _("live instruction was planned, and nothing is recorded"),
    "independent": _("work was planned, and nothing is recorded"),
    "in_person": _("instruction at school was planned, and nothing is recorded"),
}
