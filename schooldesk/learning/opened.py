"""The pages of learning as staff open them: whose sections and pupils are theirs, and what is logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from schoolday.roster import Pupil, School, Section
from schooldesk import clock
from schooldesk.learning import reads, sentences
from schooldesk.pages import Wrong, answer, log
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import schools_seen
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

STAFF = (Role.TEACHER, Role.PRINCIPAL, Role.PLANNER)
"""Who works with what pupils learn; service providers keep their own records."""


@dataclass(frozen=True)
class Opened:
    """Who opened a page of learning."""

    staff: Staff

    @property
    def home(self) -> District:
        """The district."""
        return self.staff.district  # type: ignore[no-any-return]

    @property
    def at(self) -> str:
        """The address of these pages."""
        return f"/d/{self.home.pk}/learning/"

    @property
    def who(self) -> str:
        """The name of who looks."""
        return str(self.staff.user.get_username())

    @property
    def today(self) -> date:
        """Today's date where the district lies."""
        return clock.today(self.home.timezone)

    @property
    def plans(self) -> bool:
        """Whether who looks plans for the district."""
        return bool(self.staff.role == Role.PLANNER)

    @property
    def teaches(self) -> bool:
        """Whether who looks is a teacher, and so sees their own sections alone."""
        return bool(self.staff.role == Role.TEACHER)

    def schools(self) -> list[School]:
        """Return the schools whose classes they may see as planner or principal."""
        seen = schools_seen(self.staff)
        return [one for one in roster.schools(self.home) if seen is None or one.id in seen]

    def sections(self, school: str = "") -> list[Section]:
        """Return a teacher's own sections, or those of a school that they may see."""
        if self.teaches:
            return reads.sections(self.home, taught=self.staff.sourced)
        mine = {one.id for one in self.schools()}
        return reads.sections(self.home, schools=mine & {school})

    def own(self, section: str) -> bool:
        """Whether they teach a section."""
        return bool(self.staff.sourced) and self.staff.sourced in reads.teachers(self.home, section)

    def writes_in(self, section: str) -> bool:
        """Whether they enter things of a section: its teachers, and planners."""
        return self.plans or self.own(section)

    def own_pupil(self, pupil: str) -> bool:
        """Whether they teach a pupil."""
        home, who = self.home, self.staff.sourced
        return bool(who) and any(one.id == pupil for one in reads.taught_pupils(home, who, self.today))

    def log(self, page: str) -> None:
        """Log that somebody who is not assigned read a list of pupils."""
        log(self.staff, (), page)


def section_of(opened: Opened, name: str, *, enters: bool = False) -> Section:
    """Open a section: a stranger's is not there, another teacher's is refused; reading others is logged."""
    found = reads.section(opened.home, name)
    if found is None:
        raise Http404
    if opened.own(name):
        return found
    if opened.teaches or found.school not in {one.id for one in opened.schools()}:
        raise PermissionDenied
    if enters and not opened.plans:
        raise PermissionDenied
    opened.log(f"learning {name}")
    return found


def pupil_of(opened: Opened, name: str) -> Pupil:
    """Open a pupil: those of their sections; for principals and planners those of their schools, logged."""
    found = roster.pupil(opened.home, name)
    if found is None:
        raise Http404
    if opened.own_pupil(name):
        return found
    if opened.teaches or found.school not in {one.id for one in opened.schools()}:
        raise PermissionDenied
    log(opened.staff, [name], "learning of a pupil")
    return found


def page(
    request: HttpRequest, name: str, opened: Opened, *, wrong: str = "", status: int = 0, **found: object
) -> HttpResponse:  # fmt: skip
    """Return a page of this room, with what was typed where something is wrong with it."""
    shared = {"opened": opened, "say": sentences, "framework": reads.framework(), **found}
    said = Wrong("", wrong) if wrong else None
    return answer(request, f"learning/{name}.html", opened.staff, shared, said, status)
