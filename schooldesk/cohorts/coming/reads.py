"""Who comes back when, as far as families were told; and small groups formed when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.cohorts import TWO_AND_TWO, Cohorts
from schoolday.cohorts.admit import Refused
from schoolday.cohorts.assign import Apart, Assigned, Unmet
from schoolday.cohorts.phases import Phase, SchoolDate, days_of, phase_of
from schoolday.cohorts.stable import Grouped, Sizes, grouped, sizes_on
from schoolday.files.cohorts.ics import school_dates_feed
from schoolday.ground.errors import SchooldayError
from schoolday.roster import Roster
from schooldesk.cohorts.choice.reads import Child, children
from schooldesk.cohorts.making import reads as makings
from schooldesk.cohorts.making.result import Result
from schooldesk.cohorts.models import Announced, Making, Publication, Round
from schooldesk.cohorts.rounds import reads as rounds
from schooldesk.conditions.ahead import Ahead, ahead
from schooldesk.conditions.shown import Reason
from schooldesk.day.request import calendar
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook


@dataclass(frozen=True)
class Return:
    """How a child comes back.

    Parameters
    ----------
    child, cohort
        Who, and the cohort; empty for a child that came to the district since.
    phase, dates
        What brings it back, and its dates at school from today on; without a phase there are none.
    closed, why
        Its dates on which, by what is known today, the school may not open for its grade, and why not on
        the first of them.
    refused, apart, unmet
        What could not be had for it.
    answered
        Whether somebody chose for it.
    """

    child: Child
    cohort: str
    phase: Phase | None
    dates: tuple[date, ...]
    closed: tuple[date, ...]
    why: tuple[Reason, ...]
    refused: Refused | None
    apart: tuple[Apart, ...]
    unmet: Unmet | None
    answered: bool

    @property
    def comes(self) -> bool:
        """Whether its cohort is at school on some weekday."""
        return bool(TWO_AND_TWO.days.get(self.cohort, ()))

    @property
    def waits(self) -> bool:
        """Whether its first date is one on which the school may not open."""
        return bool(self.closed) and (not self.dates or self.closed[0] < self.dates[0])


@dataclass(frozen=True)
class Told:
    """What a family is told: of which publication, and each child's return."""

    row: Publication
    result: Result
    children: tuple[Return, ...]


def phases(home: District, row: Publication) -> tuple[Phase, ...]:
    """Return the phases of a publication; none where they do not fit the roster that stands any more."""
    try:
        return rounds.asked(home, row.phases).phases
    except SchooldayError:
        return ()


def told(home: District, household: int, today: date) -> Told | None:
    """Return what a household is told of its own children, or None where nothing was published."""
    row = makings.standing()
    if row is None:
        return None
    result, back = makings.result(row.making), phases(home, row)
    outside, some = ahead(home, today), children(home, household)
    return Told(row, result, tuple(_return(home, one, result.assigned, back, today, outside) for one in some))


def _return(
    home: District,
    child: Child,
    assigned: Assigned,
    back: Sequence[Phase],
    today: date,
    outside: Ahead | None,
) -> Return:
    mine = child.id
    cohorts: Cohorts = assigned.cohorts
    cohort = cohorts.of.get(mine, "")
    comes = bool(cohorts.pattern.days.get(cohort, ()))
    found = _days(home, child, cohorts, back, today, outside)
    closed = tuple(one.day for one in found if one.closed)
    return Return(
        child,
        cohort,
        phase_of(child.pupil, cohort, back) if comes else None,
        tuple(one.day for one in found if one.on_site),
        closed,
        outside.why(child.pupil.school, child.pupil.grade, closed[0]) if outside and closed else (),
        next((one for one in assigned.refused if one.pupil == mine), None),
        tuple(one for one in assigned.apart if mine in one.pupils),
        next((one for one in assigned.unmet if one.pupil == mine), None),
        mine not in assigned.unanswered,
    )


def _days(
    home: District,
    child: Child,
    cohorts: Cohorts,
    back: Sequence[Phase],
    today: date,
    outside: Ahead | None,
) -> list[SchoolDate]:
    """Return a child's school dates from today on; without conditions on record nothing closes one."""
    days, open_ = calendar(home), outside.may_open if outside else None
    return list(days_of(child.pupil, cohorts, back, days, max(today, days.first), days.last, open_=open_))


@dataclass(frozen=True)
class Draw:
    """The draw of a round for everybody: the seeds announced, the last first, and what was told of it."""

    round: Round
    announced: tuple[Announced, ...]
    told: Making | None


def draws(today: date, row: Publication | None) -> list[Draw]:
    """Return the draw of the cohorts that families were told, and that of the round that they are shown."""
    told = row.making if row else None
    shown = {one.pk: one for one in (told.round if told else None, rounds.current(today)) if one}
    found = [
        Draw(one, tuple(rounds.announced(one)), told if told and told.round_id == one.pk else None)
        for one in shown.values()
    ]
    return [one for one in found if one.announced or one.told]


def feed(household: int, found: Told, name: str, words: str) -> str:
    """Return the calendar of a household's dates at school."""
    dates: dict[date, list[str]] = {}
    for one in found.children:
        for day in one.dates:
            dates.setdefault(day, []).append(one.child.given)
    return school_dates_feed(dates, key=f"household {household}", name=name, words=words, stamp=found.row.at)


@dataclass(frozen=True)
class Groups:
    """The small groups of a school on a date, with the sizes that the rule allows and who is named."""

    sizes: Sizes
    found: Grouped
    roster: Roster


def groups(home: District, school: str, needs: Sequence[str], rooms: int, day: date) -> Groups:
    """Return the small stable groups that a school could have.

    Raises
    ------
    NotInForce
        If no rule says on the date how large a group may be.
    """
    sizes = sizes_on(rulebook(), day)
    there = roster.of_schools(home, [school])
    some = [one.id for one in there.pupils_at.get(school, ()) if not one.groups.isdisjoint(needs)]
    sections = there.sections_at.get(school, ())
    adults = sorted({who for one in sections for who in there.teachers_of.get(one.id, ())})
    return Groups(sizes, grouped(there, school, some, sizes, rooms=rooms, adults=adults, first=needs), there)
