"""What a service's meeting is called: its kind, and how many pupils meet where it is a group.

The title is what planners and findings read. A page or a feed in another language parts it again, so that
it can say the kind and the size in its own words; weeks kept from before are parted the same way.
"""

from __future__ import annotations

import re

GROUP = "group of %(pupils)s"
"""How a group's size is told, for the words of other languages to be looked up by."""

_TITLE = re.compile(r"(?P<kind>.+), group of (?P<pupils>\d{1,4})", re.DOTALL)


def service_title(kind: str, pupils: int) -> str:
    """Return what a service of so many pupils is called: its kind alone where it is one pupil's."""
    return kind if pupils == 1 else f"{kind}, {GROUP % {'pupils': pupils}}"


def service_parts(title: str) -> tuple[str, int]:
    """Return the kind and the number of pupils that a title names; one pupil where it names none."""
    found = _TITLE.fullmatch(title)
    return (found["kind"], int(found["pupils"])) if found else (title, 1)
