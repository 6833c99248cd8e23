"""What teachers entered in the two weeks before: one school whole, elsewhere one family's classes; sealed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from schoolday.roster import Roster
from schoolday.sample.taken import taken
from schooldesk import clock
from schooldesk.day.request import calendar
from schooldesk.demo.dates import DAY, DEMONSTRATION, SEALED, SEED, TODAY, moment
from schooldesk.ledger import laying, sealing, sentences, weeks
from schooldesk.ledger.laying import Step
from schooldesk.ledger.writes import By
from schooldesk.roster.models import District

FRIDAY = timedelta(days=4)


@dataclass(frozen=True)
class Stage:
    """Where the demonstration lays: its district, the school that is whole, and sections elsewhere.

    `teacher` is who signs in; the last meeting of their last day stays open.
    """

    home: District
    roster: Roster
    school: str
    teacher: str
    elsewhere: Mapping[str, Collection[str]]

    @cached_property
    def zone(self) -> ZoneInfo:
        """The district's time zone."""
        return ZoneInfo(self.home.timezone)

    @cached_property
    def days(self) -> list[date]:
        """The school days that lie behind, in order."""
        return list(calendar(self.home).school_days(DAY, TODAY - timedelta(days=1)))

    @cached_property
    def sections(self) -> dict[str, Collection[str]]:
        """The sections that are taken at each school: all of the whole one's."""
        whole = [one.id for one in self.roster.sections_at.get(self.school, ())]
        return {**self.elsewhere, self.school: whole}

    @cached_property
    def staff(self) -> set[str]:
        """Who works at the whole school and nowhere else."""
        return {one.id for one in self.roster.staff.values() if tuple(one.schools) == (self.school,)}

    def by(self, who: str) -> By:
        """Return a person of the roster as who writes, laid by the demonstration."""
        return By(self.home.pk, DEMONSTRATION, who, self.zone)


def lay(stage: Stage) -> int:
    """Lay what was entered of every class; return how many entries."""
    with clock.at(moment(TODAY, 7, stage.zone)):
        return laying.lay(_steps(stage))


def _steps(stage: Stage) -> Iterator[Step]:
    for school, sections in stage.sections.items():
        for day in stage.days:
            planned = weeks.school_day(stage.home, school, day)
            if planned is None:
                continue
            some = [
                Step(stage.by(one.by), one.entries)
                for one in taken(planned, stage.roster, stage.zone, DAY, SEED, sections)
            ]
            yield from _without_last(stage, some) if day == stage.days[-1] else some


def _without_last(stage: Stage, some: list[Step]) -> list[Step]:
    """Leave the last meeting of the teacher who signs in open: that is what the day's list is for."""
    mine = [one for one in some if one.by.id == stage.teacher]
    return [one for one in some if not mine or one is not mine[-1]]


def seal(stage: Stage) -> int:
    """Certify and seal the first week of everybody at the whole school; return how many weeks."""
    done = 0
    with clock.at(moment(SEALED + FRIDAY, 17, stage.zone)):
        for who in sorted(weeks.teachers_of(stage.home, stage.school, SEALED)):
            sealing.certify_week(stage.by(who), stage.home, stage.school, who, SEALED, sentences.WORDS)
            done += 1
    return done
