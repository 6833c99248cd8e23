"""A household after an emergency: the agreements sent to it, its wishes, and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from schoolday.emergency.agreements import Signer, Study
from schoolday.emergency.way_back import WayBack
from schoolday.roster import Pupil
from schooldesk.day.reads import Family
from schooldesk.emergency import marks, models, reads, standing
from schooldesk.emergency.writes import By
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

OWN = (Signer.PUPIL, Signer.GUARDIAN)
"""Who signs by a family's link."""


@dataclass(frozen=True)
class Home:
    """A household that its link opened: its district, its pupils, and the agreements that were sent to it."""

    district: District
    household: int
    pupils: dict[str, Pupil]
    emergencies: list[int]
    sent: list[marks.Line]

    @property
    def by(self) -> By:
        """The family, as who writes."""
        return By(self.district.pk, models.FAMILY, ZoneInfo(self.district.timezone))

    def asked(self) -> list[marks.Line]:
        """Return the family's wishes that stand."""
        return [line for line in reads.wish_lines(self.emergencies, self.pupils) if line.stands]


@dataclass(frozen=True)
class Waiting:
    """What waits: agreements that the family has not signed yet, and returns to class that it asked for."""

    unsigned: tuple[tuple[marks.Line, Study], ...] = ()
    returns: tuple[WayBack, ...] = ()

    @property
    def own(self) -> tuple[Signer, ...]:
        """Who of a family signs."""
        return OWN


def home_of(family: Family) -> Home | None:
    """Return the household that a link opened, in its district's scope; None before there is a roster."""
    district = roster.district(family.district)
    if district is None or district.roster_id is None:
        return None
    pupils = roster.of_household(district, family.household)
    every = [row.pk for row, _over in reads.emergencies()]
    lines = reads.agreement_lines(every, pupil__in=sorted(pupils)) if every else []
    sent = [line for line in lines if line.stands and line.state.sent]
    return Home(district, family.household, pupils, every, sent)


def waiting(home: Home | None) -> Waiting:
    """Return what waits for a family; nothing of it needs the calendar where nothing was sent or asked."""
    if home is None or not (home.sent or home.asked()):
        return Waiting()
    studies, back = standing.of_agreements(home.district, home.pupils, home.emergencies)
    return among(home, studies, back)


def among(home: Home, studies: tuple[Study, ...], back: tuple[WayBack, ...]) -> Waiting:
    """Return what waits among agreements and wishes that were judged already."""
    by_id = {one.agreement.id: one for one in studies}
    known = ((line, by_id.get(str(line.row.pk))) for line in home.sent)
    unsigned = tuple((line, one) for line, one in known if one and set(OWN) & set(one.missing))
    return Waiting(unsigned, tuple(one for one in back if one.wish.returned is None))
