"""What opened schools in 2020-21 beside the days in red: rate in purple, window, waivers, small groups.

The books hold every number and date; what stands here is only which rule does what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from schoolday.conditions.effects import CLASSES, Opening
from schoolday.conditions.known import Known, Stay
from schoolday.conditions.sites import Happening, Site
from schoolday.conditions.why import Effect, Why
from schoolday.measures import bounds
from schoolday.measures.verdict import Found, Verdict
from schoolday.rules import Clause, Rule

RATE = "ca.reopening.purple"
WINDOW = "ca.reopening.window"
WAIVER = "ca.guidance.school_health.waiver"
GROUPS = "ca.guidance.school_health.cohort_children"
CASES = "county_case_rate"
"""The reading that the rate of reopening is: the county's adjusted rate, the newest told."""
IN_RED = "days_in_red"


@dataclass(frozen=True)
class Asked:
    """One question: a school's grade on a date, the rules by id, what is known, and the place's step."""

    rules: Mapping[str, Rule]
    known: Known
    site: Site
    grade: str
    day: date
    stay: Stay | None


def granted(asked: Asked) -> Iterator[Why]:
    """Yield what these rules open, and what of it nobody can say."""
    yield from _by_rate(asked)
    yield from _by_window(asked)
    yield from _by_waiver(asked)
    yield from _small_groups(asked)


def _by_rate(asked: Asked) -> Iterator[Why]:
    """In the strictest step some grades may open below a rate of cases, with a safety plan posted."""
    rule = asked.rules.get(RATE)
    if rule is None or asked.stay is None or asked.stay.loose_since is not None:
        return
    reading = asked.known.latest(asked.site.places, CASES, asked.day)
    verdict = bounds.judge(rule, asked.day, (reading.value if reading else None,), grade=asked.grade)
    if verdict.found is Found.UNVERIFIED:
        yield Why(Effect.UNKNOWN, CLASSES, verdict, reading.place if reading else "")
    elif verdict.found is Found.MET:
        posted = asked.known.event(Happening.PLAN_POSTED, asked.site.school, asked.grade, asked.day)
        effect = Effect.OPENS if posted else Effect.WAITS
        source = posted.source if posted else "no safety plan of the school is on record as posted"
        yield Why(effect, CLASSES, verdict, reading.place if reading else "", source)


def _by_window(asked: Asked) -> Iterator[Why]:
    """After the red step was kept once, schools may open for some days more even in the strictest step."""
    rule, stay = asked.rules.get(WINDOW), asked.stay
    if rule is None or stay is None or stay.entered is None or stay.loose_since is not None:
        return
    clause = rule.on(stay.entered)
    if clause is None or clause.within is None:
        return
    last = stay.entered + timedelta(days=int(clause.within))
    if stay.entered <= asked.day <= last:
        said = (
            f"{rule.title}: red was kept from {stay.entered}, and the window ends on {last} ({clause.cite})."
        )
        yield Why(Effect.OPENS, CLASSES, Verdict(Found.MET, said, rule, clause), "", stay.source)


def _by_waiver(asked: Asked) -> Iterator[Why]:
    """A waiver opens the grades that the rule on waivers of its date names."""
    event = asked.known.event(Happening.WAIVER, asked.site.school, asked.grade, asked.day)
    rule = asked.rules.get(WAIVER)
    if event is None or rule is None:
        return
    clause = rule.on(event.day)
    if clause is not None and _names(clause, asked.grade):
        said = f"{rule.title}: a waiver was granted on {event.day} ({clause.cite})."
        yield Why(Effect.OPENS, CLASSES, Verdict(Found.MET, said, rule, clause), "", event.source)


def _names(clause: Clause, grade: str) -> bool:
    return clause.at_most is not None and clause.at_most.for_(grade) is not None


def _small_groups(asked: Asked) -> Iterator[Why]:
    """Small stable groups are allowed while the rule on their size stands."""
    rule = asked.rules.get(GROUPS)
    clause = rule.on(asked.day) if rule else None
    if rule is not None and clause is not None:
        said = f"{rule.title}: groups of that size that do not mix are allowed ({clause.cite})."
        verdict = Verdict(Found.MET, said, rule, clause)
        yield Why(Effect.OPENS, frozenset({Opening.SMALL_GROUPS}), verdict)
