"""The way back to class after independent study, and what of agreements and returns is late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import partial

from schoolday.calendar.counting import Moment, day_of
from schoolday.calendar.days import Calendar
from schoolday.emergency.agreements import Study, StudyRules, short_limit
from schoolday.ground.finding import Finding, Status
from schoolday.measures import deadlines
from schoolday.measures.verdict import Circumstances, Found, Verdict
from schoolday.roster import Pupil
from schoolday.rules import Layer

_SHORT: Circumstances = frozenset({"short_study"})


@dataclass(frozen=True, slots=True)
class Return:
    """A family asked for a pupil's return to class: when, who took it down, and the date back in class."""

    pupil: str
    asked: Moment
    by: str
    returned: date | None = None


@dataclass(frozen=True, slots=True)
class WayBack:
    """How one wish to return stands: `last` counts `within` days even where the law does not bind."""

    wish: Return
    pupil: Pupil
    last: date | None
    within: int | None
    verdict: Verdict


def ways_back(
    wishes: Iterable[Return],
    pupils: Mapping[str, Pupil],
    days: Mapping[str, int],
    *,
    rules: StudyRules,
    calendar: Calendar,
    now: Moment,
    zone: tzinfo | None = None,
) -> tuple[WayBack, ...]:
    """Return how each wish to return stands, soonest first; those who are not back come before the others.

    `days` are the pupils' days of study (`days_of`): the law's five instructional days bind from the
    sixteenth on, and `last` counts the same days for everybody. Without a rule there is nothing to judge.
    """
    if rules.back is None:
        return ()
    judged = partial(deadlines.judge, rules.back, calendar, now=now, zone=zone)

    def way_back(wish: Return) -> WayBack:
        short = days.get(wish.pupil, 0) <= short_limit(rules, day_of(wish.asked, zone))
        back = wish.returned if wish.returned and wish.returned <= day_of(now, zone) else None
        counted = judged(wish.asked, back)
        last, within = counted.inputs.get("last"), counted.inputs.get("within")
        return WayBack(
            wish,
            pupils[wish.pupil],
            day_of(last) if isinstance(last, date) else None,
            within if isinstance(within, int) else None,
            judged(wish.asked, back, circumstances=_SHORT) if short else counted,
        )

    found = (way_back(wish) for wish in wishes if wish.pupil in pupils)
    return tuple(sorted(found, key=lambda o: (o.wish.returned is not None, o.last or date.max, o.pupil.id)))


def findings(kept: Iterable[Study], back: Iterable[WayBack]) -> Iterator[Finding]:
    """Yield what is broken or unverified: signatures late or of another text, and returns too late."""
    for study in kept:
        who = (study.pupil.school, study.pupil.id, study.agreement.id)
        for one in study.agreement.signatures:
            if one.sha256 != study.agreement.sha256:
                said = f"{one.name} signed another text than the agreement's ({one.signer.value})"
                yield Finding("emergency.other_text", said, where=who, mend="have this text signed")
        yield from _told("emergency.signatures", study.verdicts, who)
    for way in back:
        who = (way.pupil.school, way.pupil.id, way.wish.asked.isoformat())
        yield from _told("emergency.return", [way.verdict], who)


def _told(code: str, verdicts: Iterable[Verdict], who: tuple[str, ...]) -> Iterator[Finding]:
    for one in verdicts:
        if one.clause is None or one.found not in (Found.BROKEN, Found.UNVERIFIED):
            continue
        status = Status.BROKEN if one.found is Found.BROKEN else Status.UNVERIFIED
        if one.rule.layer is Layer.GUIDANCE:
            status = Status.ADVICE
        yield Finding(code, one.said, status, where=who, clauses=(one.clause.id,))
