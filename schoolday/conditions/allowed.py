"""What is allowed at a school for a grade on a date, with its reasons.

While a rule stands under which schools may reopen, classes are closed unless a rule opens them; otherwise
they are open. Whatever opens, a binding rule that closes goes before it; guidance only advises to close.
Missing evidence opens nothing: where a rule would have to be asked that nobody can answer, it is unverified.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolday.conditions.effects import CLASSES, CLOSES, OPENS, Opening
from schoolday.conditions.known import Known, Stay
from schoolday.conditions.ladder import BLUEPRINT, Ladder
from schoolday.conditions.reopening import IN_RED, RATE, Asked, granted
from schoolday.conditions.sites import Site
from schoolday.conditions.why import Effect, Why
from schoolday.measures import triggers
from schoolday.measures.verdict import Found, Verdict
from schoolday.rules import Kind, Rule, Rulebook
from schoolday.rules.rule import BINDING, Limb

IN_PERSON_DAYS = "days_in_person"
STAYS = "may_stay_open"


class State(StrEnum):
    """Whether a way is allowed; unverified where a rule that would open it cannot be answered."""

    ALLOWED = "allowed"
    CLOSED = "closed"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Allowed:
    """What is allowed at a school for a grade on a date.

    Parameters
    ----------
    school, grade, day
        Where, for whom, when.
    states
        Each way of being taught, and whether it is allowed.
    whys
        Every rule that opens or closes something, waits or cannot be answered, in the order of the books.
    """

    school: str
    grade: str
    day: date
    states: Mapping[Opening, State]
    whys: tuple[Why, ...]

    def why(self, way: Opening) -> tuple[Why, ...]:
        """Return what decides one way: what closes it, else what opens it, else what is open still."""
        mine = [one for one in self.whys if way in one.ways]
        for effects in (
            {Effect.CLOSES},
            {Effect.OPENS},
            {Effect.UNKNOWN, Effect.WAITS},
        ):
            found = tuple(one for one in mine if one.effect in effects)
            if found:
                return found
        return ()


class Openers:
    """The rules of some places that open or close schools, found once and asked on many dates.

    Parameters
    ----------
    book, places
        The rules, and where the district lies (``CA``, ``ca-scusd``).
    ladder
        The ladder that the places' steps belong to.
    """

    def __init__(self, book: Rulebook, places: Collection[str], ladder: Ladder = BLUEPRINT) -> None:
        self.book, self.ladder = book, ladder
        there = [rule for rule in book.rules if rule.place in places]
        self.by_id = {rule.id: rule for rule in there}
        self.triggers = tuple(rule for rule in there if rule.kind is Kind.TRIGGER and _steps(rule) & _MOVES)
        self._permits = tuple(
            rule
            for rule in there
            if rule.layer in BINDING and (rule.id == RATE or _steps(rule) & OPENS.keys())
        )

    def permit(self, day: date) -> bool:
        """Whether classes need a rule that opens them on a date."""
        return any(rule.on(day) is not None for rule in self._permits)


_MOVES = OPENS.keys() | CLOSES.keys()


def _steps(rule: Rule) -> set[str]:
    return {step for clause in rule.clauses for step in clause.then}


@dataclass(frozen=True)
class Outlook:
    """The rules that open and close schools, together with what is known by a date."""

    openers: Openers
    known: Known

    def allowed(self, site: Site, grade: str, day: date) -> Allowed:
        """Return what is allowed at a school for a grade on a date.

        Parameters
        ----------
        site
            The school, and the places whose readings are its own.
        grade, day
            For whom, and when; a date after the question is a preview, with what is known so far.
        """
        openers, known = self.openers, self.known
        stay = known.stay(openers.ladder, openers.book, site.places, day)
        asked = Asked(openers.by_id, known, site, grade, day, stay)
        permit = openers.permit(day)
        whys = (*self._by_triggers(asked), *(granted(asked) if permit else ()))
        states = {way: _state(way, whys, permit=permit) for way in Opening}
        return Allowed(site.school, grade, day, states, whys)

    def _by_triggers(self, asked: Asked) -> Iterator[Why]:
        for rule in self.openers.triggers:
            clause = rule.on(asked.day)
            if clause is None:
                continue
            found = {limb: self._value(limb, asked) for limb in clause.limbs}
            values = {(limb.measure, limb.period): value for limb, (value, _, _) in found.items()}
            verdict = triggers.judge(rule, asked.day, values, grade=asked.grade)
            place, source = next(((place, source) for _, place, source in found.values() if source), ("", ""))
            yield from _whys(verdict, place, source)

    def _value(self, limb: Limb, asked: Asked) -> tuple[float | None, str, str]:
        """Return what is known of a limb's measure, at which place, and who says so."""
        if limb.measure == IN_RED:
            return _days_in_red(asked.stay, asked.day)
        if limb.measure == IN_PERSON_DAYS:
            return (
                float(self.known.days_open(asked.site.school, asked.grade, asked.day)),
                asked.site.school,
                "",
            )
        reading = self.known.reading(asked.site.places, limb.measure, asked.day)
        return (reading.value, reading.place, reading.source) if reading else (None, "", "")


def _days_in_red(stay: Stay | None, day: date) -> tuple[float | None, str, str]:
    if stay is None:
        return None, "", ""
    days = (day - stay.loose_since).days if stay.loose_since else 0
    return float(days), "", stay.source


def _whys(verdict: Verdict, place: str, source: str) -> Iterator[Why]:
    """Yield what a trigger does: what it is reached for, or what nobody can say."""
    clause = verdict.clause
    if clause is None:
        return
    for step in clause.then:
        ways = OPENS.get(step) or CLOSES.get(step)
        effect = _effect(verdict, step)
        if ways and effect:
            yield Why(effect, ways, verdict, place, source)


def _effect(verdict: Verdict, step: str) -> Effect | None:
    """Return what a verdict does. What nobody has told of a closing closes nothing, and is not kept."""
    if step in CLOSES:
        closes = Effect.CLOSES if verdict.rule.layer in BINDING else Effect.ADVISES
        return closes if verdict.found is Found.REACHED else None
    if verdict.found is Found.NOT_REACHED and step == STAYS:
        return None  # a school that was never open has nothing to wait for here
    return {
        Found.REACHED: Effect.OPENS,
        Found.NOT_REACHED: Effect.WAITS,
        Found.UNVERIFIED: Effect.UNKNOWN,
    }.get(verdict.found)


def _state(way: Opening, whys: Sequence[Why], *, permit: bool) -> State:
    """Return a way's state: what closes goes first, then what opens, then what nobody can say."""
    effects = {one.effect for one in whys if way in one.ways}
    if Effect.CLOSES in effects:
        return State.CLOSED
    needs = permit and way in CLASSES | {Opening.SMALL_GROUPS}
    if Effect.OPENS in effects or not needs:
        return State.ALLOWED
    if way is Opening.SMALL_GROUPS and any(CLASSES & one.ways for one in whys if one.effect is Effect.OPENS):
        return State.ALLOWED
    return State.UNVERIFIED if Effect.UNKNOWN in effects else State.CLOSED
