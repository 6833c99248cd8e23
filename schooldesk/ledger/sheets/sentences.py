"""What the page of the sheets says."""

from __future__ import annotations


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


SHEETS = {
    "terms.csv": _("what IEPs say of services, where the roster is too plain"),
    "closures.csv": _("schools at which nothing could be given in person"),
    "tiers.csv": _("the written plan: who does which step by when"),
    "measures.csv": _("measures of absence that others count"),
    "circumstances.csv": _("what is true of pupils: a short study, licensed care"),
    "attendance.csv": _("certified days, as entries"),
    "contacts.csv": _("deeds and tries of re-engagement, as entries"),
}
"""What each sheet holds."""
