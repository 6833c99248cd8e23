"""A position as a what-if: a proposed book taken as agreed, or a package of terms; and the law against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schoolday.ground.errors import SchooldayError
from schoolday.ground.grades import GRADES
from schoolday.rules import (
    Amount,
    Bound,
    Citation,
    Clause,
    Confidence,
    Kind,
    Layer,
    Rule,
    Rulebook,
    Standing,
    Way,
)
from schoolday.rules.measures import MEASURES

ABOVE = frozenset({Layer.LAW, Layer.ORDER, Layer.AGREEMENT})
"""The layers that no position can set aside."""


@dataclass(frozen=True)
class Position:
    """What one side asks for, as rules that stand.

    Parameters
    ----------
    name
        The book's id or the package's name; ``in force`` where nothing is changed.
    rulebook
        The rules as they would stand.
    own
        The ids of the rules that the position itself brings.
    """

    name: str
    rulebook: Rulebook
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ask:
    """One number that a package asks for: a limit of a measure, for some grades or for all.

    `sense` is ``at_least``, ``at_most`` or ``exactly``; `value` is in the measure's unit; no `grades` means a
    number without grades, as rules of teachers have it, or all of them.
    """

    name: str
    title: str
    measure: str
    sense: str
    value: float
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that stands against a position, with the ids of the clauses it follows from.

    `count` says how many people or meetings it concerns; `school` is empty where it is the whole district.
    """

    said: str
    clauses: tuple[str, ...]
    school: str = ""
    count: int = 1


IN_FORCE = "in force"


def adopted(rulebook: Rulebook, book: str, places: Iterable[str]) -> Position:
    """Return a book's position in a district; an empty name is what is in force.

    Raises
    ------
    SchooldayError
        If there is no such proposal, or its rules are of a place that the district does not lie in.
    """
    if not book:
        return Position(IN_FORCE, rulebook)
    rules = [rule for rule in rulebook.rules if rule.book == book]
    if not rules or any(rule.layer is not Layer.PROPOSAL for rule in rules):
        names = sorted({rule.book for rule in rulebook.rules if rule.layer is Layer.PROPOSAL})
        said = f"no book is called {book!r}" if not rules else f"{book} is no proposal"
        raise SchooldayError(f"{said}; the proposals are {', '.join(names) or 'none'}")
    abroad = sorted({rule.place for rule in rules} - set(places))
    if abroad:
        there = ", ".join(places) or "nowhere that is known"
        raise SchooldayError(
            f"{book} is a position in {', '.join(abroad)}, and this roster's district lies in {there}: it "
            "says nothing of these pupils; give the roster of its own district"
        )
    return Position(book, rulebook.adopt(book), frozenset(rule.id for rule in rules))


def agreed(rulebook: Rulebook, asks: Sequence[Ask], places: Sequence[str], day: date, name: str) -> Position:
    """Return the position of a package: its terms stand as an agreement, and policies give way to them.

    A policy gives way only for the grades that a term speaks of. Law, orders and agreements stay.
    """
    made = [_rule(ask, places[-1], day) for ask in asks]
    kept = []
    for rule in rulebook.rules:
        for ask in asks:
            if rule.layer is Layer.POLICY and rule.measure == ask.measure and rule.place in places:
                rule = _silenced(rule, ask.grades)
        kept.append(rule)
    return Position(name, Rulebook((*kept, *made)), frozenset(rule.id for rule in made))


def _rule(ask: Ask, place: str, day: date) -> Rule:
    amount = Amount(by_grade=dict.fromkeys(ask.grades, ask.value)) if ask.grades else Amount(ask.value)
    rule_id = f"table.{ask.name}"
    clause = Clause(
        rule_id,
        day,
        None,
        # No package's name: what is alike in two packages must read alike, so that they share their plans.
        Citation("A package of terms on the table"),
        Confidence.MADE_UP,
        day,
        at_least=amount if ask.sense != "at_most" else None,
        at_most=amount if ask.sense != "at_least" else None,
        note="A what-if of the table; nobody has agreed to it.",
    )
    unit = MEASURES[ask.measure].unit if ask.measure in MEASURES else "minutes"
    return Rule(
        rule_id, ask.title, Layer.AGREEMENT, place, Kind.BOUND, ask.measure, unit, (clause,), book="table"
    )


def _silenced(rule: Rule, grades: tuple[str, ...]) -> Rule:
    """Return a policy without what it says for some grades; no grades means all of it."""
    if not grades:
        return replace(rule, clauses=())
    clauses = tuple(
        replace(
            clause,
            at_least=_rest(clause.at_least, grades),
            at_most=_rest(clause.at_most, grades),
            no_day_under=_rest(clause.no_day_under, grades),
        )
        for clause in rule.clauses
    )
    return replace(rule, clauses=clauses)


def _rest(amount: Amount | None, grades: tuple[str, ...]) -> Amount | None:
    if amount is None:
        return None
    rest = {grade: value for grade in GRADES if (value := amount.for_(grade)) is not None}
    return Amount(by_grade={grade: value for grade, value in rest.items() if grade not in grades})


def against(position: Position, standing: Standing, grades: Iterable[str], way: Way) -> tuple[Broken, ...]:
    """Return what the law or an agreement says against a position, before any day is made.

    A number laxer than the law's is against it, since nobody can agree to less than the law asks for; so is
    one that the law forbids outright. `standing` is what stands under the position.
    """
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    measures = {rule.measure for rule, _ in standing.pairs if rule.id in position.own}
    for measure in sorted(measures):
        for grade in (None, *grades):
            bounds = standing.bounds(measure, grade=grade, way=way)
            own = [bound for bound in bounds if bound.rule.id in position.own]
            above = [one for one in bounds if one.rule.layer in ABOVE and one.rule.id not in position.own]
            for key in (_key(mine, law, said) for mine in own for law in above for said in _laxer(mine, law)):
                found.setdefault(key, []).append(grade or "")
    return tuple(_broken(key, grades_) for key, grades_ in found.items())


def _key(mine: Bound, law: Bound, said: str) -> tuple[str, tuple[str, ...]]:
    return said, (mine.clause.id, law.clause.id)


def _laxer(mine: Bound, law: Bound) -> Iterator[str]:
    """Yield in words how one bound falls short of, or contradicts, one that it cannot set aside."""
    low, high, least, most = mine.at_least, mine.at_most, law.at_least, law.at_most
    noun = MEASURES[law.rule.measure].noun if law.rule.measure in MEASURES else law.rule.measure
    both = (("at least", least), ("at most", most))
    asks = " and ".join(f"{word} {number:g}" for word, number in both if number is not None)
    tail = f"{noun}, where {law.clause.cite} asks for {asks}"
    if low is not None and (_under(low, least) or _under(most, low)):
        yield f"{mine.rule.title}: at least {low:g} {tail}"
    if high is not None and (_under(most, high) or _under(high, least)):
        yield f"{mine.rule.title}: at most {high:g} {tail}"


def _under(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and one < other


def _broken(key: tuple[str, tuple[str, ...]], grades: list[str]) -> Broken:
    said, clauses = key
    flat = "" in grades
    return Broken(said if flat else f"{said} (grades {', '.join(dict.fromkeys(grades))})", clauses)
