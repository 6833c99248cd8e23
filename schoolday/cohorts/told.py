"""What could not be had, in sentences for a family and for whoever answers its call."""

from __future__ import annotations

from collections.abc import Iterator

from schoolday.cohorts.admit import Refused
from schoolday.cohorts.assign import Apart, Assigned, Unmet
from schoolday.roster import Roster


def tell_refused(roster: Roster, one: Refused, drawn: int) -> str:
    """Return why a pupil who asked to come has no seat, with the number in the draw."""
    title = roster.sections[one.section].title
    return (
        f"{title} holds {one.seats} pupils in both cohorts together, and they were taken by families drawn "
        f"before: yours was drawn as number {one.number} of {drawn}."
    )


def tell_apart(roster: Roster, one: Apart) -> str:
    """Return why siblings, or a group, are in two cohorts."""
    titles = ", ".join(roster.sections[name].title for name in one.classes)
    return f"The seats of {titles} cannot be given so that everybody's children stay together; it was proved."


def tell_unmet(roster: Roster, one: Unmet) -> str:
    """Return why a wish for a cohort is not met."""
    if not one.section:
        return f"Cohort {one.wish} would have been much larger than the other in several classes."
    return f"Cohort {one.wish} of {roster.sections[one.section].title} is full."


def told(roster: Roster, assigned: Assigned) -> Iterator[tuple[str, str, str]]:
    """Yield each pupil for whom something could not be had, what it was, and why."""
    for refused in assigned.refused:
        yield refused.pupil, "refused", tell_refused(roster, refused, assigned.drawn)
    for apart in assigned.apart:
        for pupil in apart.pupils:
            yield pupil, "apart", tell_apart(roster, apart)
    for unmet in assigned.unmet:
        yield unmet.pupil, "wish", tell_unmet(roster, unmet)
