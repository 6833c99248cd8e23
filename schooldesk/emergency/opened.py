"""An emergency as staff open it: which of its pupils are theirs to see, and the pages' common words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from schoolday.roster import Pupil, School
from schooldesk import clock
from schooldesk.day.sentences import SURE
from schooldesk.emergency import marks, models, reads, sentences
from schooldesk.emergency.typed import Frame
from schooldesk.emergency.writes import By
from schooldesk.pages import Wrong, answer
from schooldesk.people.models import Staff
from schooldesk.people.policies import schools_seen
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


A_LIST = 1000
"""With more pupils than these an emergency's list is shown school by school."""
UNDO = {"undo": "undone", "restore": "restored"}
OVER = _("This emergency’s record is closed. Open it again before you write in it.")


@dataclass(frozen=True)
class Opened:
    """An emergency, who opened it, and the schools of it that they may see; None is all it concerns.

    `own` are the pupils whom they teach, serve or lead the case of, where they see no school.
    """

    staff: Staff
    row: models.Emergency
    over: bool
    schools: frozenset[str] | None
    own: frozenset[str] = frozenset()

    @property
    def home(self) -> District:
        """The district."""
        return self.staff.district  # type: ignore[no-any-return]

    @property
    def at(self) -> str:
        """The address of its pages."""
        return f"/d/{self.home.pk}/emergencies/{self.row.pk}/"

    @property
    def by(self) -> By:
        """Who writes."""
        return by(self.staff)

    @property
    def frame(self) -> Frame:
        """Within which dates things may have happened."""
        zone = ZoneInfo(self.home.timezone)
        return Frame(reads.event_day(self.row), clock.now(), zone)

    def sees(self, school: str) -> bool:
        """Whether a school is one whose pupils it concerns and who opened it may see."""
        concerned = not self.row.schools or school in self.row.schools
        return concerned and (self.schools is None or school in self.schools)

    @property
    def leads(self) -> bool:
        """Whether who opened it answers for schools, and not for pupils of their own alone."""
        return self.schools is None or bool(self.schools)

    def names(self) -> dict[str, School]:
        """Return the schools of it that may be seen, by id, in the order of their names."""
        return {one.id: one for one in roster.schools(self.home) if self.sees(one.id)}


def by(staff: Staff) -> By:
    """Return who writes."""
    return By(staff.district_id, staff.user.get_username(), ZoneInfo(staff.district.timezone))


def opened(staff: Staff, number: int) -> Opened:
    """Open an emergency; one of another district is not there, and one of other schools is refused."""
    row = reads.emergency(number)
    if row is None:
        raise Http404
    seen = schools_seen(staff)
    schools = None if seen is None else frozenset(seen)
    if schools is not None and row.schools and not schools & set(row.schools):
        raise PermissionDenied
    return Opened(staff, row, marks.states([row.pk]).of("emergency", row.pk).over, schools)


def opened_own(staff: Staff, number: int) -> Opened:
    """Open an emergency for whoever has pupils of their own in it, or answers for schools of it."""
    if schools_seen(staff) != ():
        return opened(staff, number)
    row = reads.emergency(number)
    if row is None:
        raise Http404
    over = marks.states([row.pk]).of("emergency", row.pk).over
    return Opened(staff, row, over, frozenset(), frozenset(own_pupils(staff, row)))


def own_pupils(staff: Staff, row: models.Emergency) -> set[str]:
    """Return the pupils whom somebody teaches or serves, and those whose agreement names them."""
    if not staff.sourced:
        return set()
    return roster.pupils_of(staff.district, staff.sourced) | reads.named_in(row, staff.sourced)


def pupil_of(opened: Opened, pupil: str) -> Pupil:
    """Return a pupil whom an emergency concerns; those of other schools are refused, strangers not there."""
    found = roster.pupil(opened.home, pupil)
    if found is None or (opened.row.schools and found.school not in opened.row.schools):
        raise Http404
    if not opened.sees(found.school) and found.id not in opened.own:
        raise PermissionDenied
    return found


def page(
    request: HttpRequest,
    name: str,
    staff: Staff,
    found: Mapping[str, Any],
    wrong: Wrong | None = None,
    status: int = 0,
) -> HttpResponse:
    """Return a page of this room, with what was typed and what is wrong with it."""
    shared = {"say": sentences, "SURE": SURE, **found}
    return answer(request, f"emergency/{name}.html", staff, shared, wrong, status)
