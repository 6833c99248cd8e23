"""The texts of agreements, from what staff filled in once: for one pupil, or for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from schoolday.calendar.days import Calendar
from schoolday.emergency.agreements import Signer, StudyRules, days_of, short_limit, signers, study_rules
from schoolday.roster import Pupil
from schoolday.roster import Staff as Person
from schooldesk.emergency import reads, texts
from schooldesk.emergency.opened import Opened
from schooldesk.emergency.writes import Made
from schooldesk.pages import Wrong
from schooldesk.roster import reads as roster
from schooldesk.rules.reads import rulebook


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Named:
    """A pupil with the teacher, and with the case manager where there is an individualized program."""

    who: Pupil
    teacher: Person
    manager: Person | None


@dataclass(frozen=True)
class Draft:
    """The dates of an agreement and the parts that staff filled in, for the pupils of an emergency."""

    there: Opened
    days: tuple[date, date]
    parts: dict[str, str]

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar of the roster that stands."""
        return reads.calendar(self.there.home)

    @cached_property
    def rules(self) -> StudyRules:
        """The rules on agreements and the return."""
        return study_rules(rulebook(), self.there.home.places)

    @cached_property
    def cite(self) -> str:
        """Where the parts of an agreement are asked for."""
        places, day = self.there.home.places, self.days[0]
        some = [one for one in rulebook().rules if one.measure == "agreement_parts" and one.place in places]
        clause = next((clause for one in some if (clause := one.on(day)) is not None), None)
        if clause is None:
            raise Wrong("first", _("No rule here says on this date what an agreement must hold."))
        return clause.cite.source

    def needed(self, who: Pupil) -> tuple[Signer, ...]:
        """Return who signs for a pupil."""
        return signers(who, self.days[0])

    def texts(self, some: Sequence[Named]) -> list[Made]:
        """Return each pupil's exact text, in the family's language and English."""
        ids = [one.who.id for one in some]
        homes, study = roster.homes(self.there.home, ids), self._study(ids)
        names, taught = self.there.home.name, sum(1 for _day in self.calendar.school_days(*self.days))
        schools = {one.id: one.name for one in roster.schools(self.there.home)}
        found = []
        for one in some:
            who, manager = one.who, one.manager
            terms = texts.Terms(
                names, schools[who.school], _name(who), who.grade, *self.days, taught,
                self._within(study[who.id]), _name(one.teacher), _name(manager) if manager else "",
                self.needed(who), self.parts, self.cite,
            )  # fmt: skip
            text = texts.text_of(terms, homes.get(who.id, ("", 0, "en"))[2])
            found.append(Made(who.id, one.teacher.id, manager.id if manager else "", text))
        return found

    def _study(self, ids: Sequence[str]) -> dict[str, int]:
        """Return the school days of study that pupils would have in the year with one more agreement each."""
        more = reads.of_year(self.calendar, self.there.frame.zone, ids)
        return dict(days_of([*more, *(reads.planned(one, self.days) for one in ids)], self.calendar))

    def _within(self, study: int) -> int:
        """Return how many instructional days the law gives for the return; 0 where it does not bind."""
        day = self.days[0]
        clause = self.rules.back.on(day) if self.rules.back else None
        return 0 if clause is None or study <= short_limit(self.rules, day) else int(clause.within or 0)


def _name(one: Pupil | Person) -> str:
    return one.name


def person(there: Opened, who: str, field: str) -> Person:
    """Return a person of the roster's staff who was chosen."""
    found = roster.staff_member(there.home, who)
    if found is None:
        raise Wrong(field, _("Choose one of the list."))
    return found
