"""What the pages of positions say in the reader's language."""

from __future__ import annotations

from schoolday.bargaining.disputed import TERM, Disputed, Term
from schoolday.bargaining.ground import State
from schooldesk.bargaining.outcomes.disclosure import HIDDEN
from schooldesk.day.languages import Speech


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


MEASURES = {
    "total_minutes": _("Minutes a day of a child"),
    "live_minutes": _("Live minutes a day of a child"),
    "independent_minutes": _("Minutes a day of a child’s work on their own"),
    "unbroken_live": _("Minutes of the longest live stretch of a child"),
    "teacher_live": _("Live minutes a day of a teacher"),
    "teacher_day": _("Minutes from a teacher’s first meeting of a day to the last"),
    "teacher_preparation": _("Least free minutes of a teacher in a day, for preparation"),
    "over_contract": _("Minutes a day over the contract of a teacher"),
    "clash_minutes": _("Minutes a week in which more children of a home are live than it has devices"),
    "homes_clashing": _("Homes in which more children are live than there are devices"),
    "services_lost": _("Promised services that find no place"),
}
"""What the terminal sums a position up with (`schoolday.cli.consequences.WORDS`), in its order."""

CHANGES = {
    "homes_gained": _("Homes that gain a clash"),
    "homes_eased": _("Homes that lose theirs"),
    "services_gone": _("Services that fit in the other and not here"),
    "services_kept": _("Services that fit here and not in the other"),
    "pupils_gone": _("Pupils with a service that does not fit any more"),
    "pupils_kept": _("Pupils with a service that fits only here"),
}
STATES = {
    State.UNLAWFUL: _("Unlawful"),
    State.IMPOSSIBLE: _("Proved impossible"),
    State.NOT_FOUND: _("No week found"),
    State.CARRIED: _("Carried"),
}
"""How a package came out, in the words that a table has room for."""


def cell(said: str, s: Speech) -> str:
    """Return a number as it stands in a table: as the terminal prints it, unknown, or hidden."""
    words = {"unknown": _("unknown"), HIDDEN: _("hidden")}
    return s.say(words[said]) if said in words else said


def measure(name: str, disputed: Disputed, s: Speech) -> str:
    """Return what a measure of packages is called; a term's own value by the term's title."""
    if name.startswith(TERM):
        return next(term.title for term in disputed.terms if name == f"{TERM}{term.name}")
    return s.say(MEASURES[name])


def value(term: Term, at: int) -> str:
    """Return a term's value at a place, as the terminal prints it."""
    found = term.values[at]
    return found if isinstance(found, str) else f"{found:g}"


def values(term: Term) -> str:
    """Return the values of a term that the parties look at."""
    return ", ".join(value(term, at) for at in range(len(term.values)))


def cost(found: float | None, s: Speech) -> str:
    """Return what a package costs in a measure, as the terminal prints it."""
    return s.say(_("unknown")) if found is None else f"{found:g}"
