"""A side's limits, its questions and its trail, as values; each is asked for by side, or by the mediator.

What is for a side takes the side's name and finds nothing of another's. What is named `every_` finds all
sides' rows: for the mediator, and for an answer, which says yes or no and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet

from schoolday.bargaining.disputed import TERM, Disputed
from schoolday.bargaining.front import USUAL_QUESTIONS, Questions
from schoolday.bargaining.front import Limit as Bound
from schooldesk.bargaining.models import Asking, Limit, Question, SideEvent

SHOWN = 20
"""How many of the last things done are shown."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A limit as its side keeps it; like the core's, it prints without its numbers."""

    bound: Bound
    who: str
    at: datetime
    removed: datetime | None
    meant: str = field(repr=False)

    def fits(self, disputed: Disputed) -> bool:
        """Whether the terms still have its measure, and a number of words still means the same word."""
        there = self.bound.measure in disputed.measures
        return there and self.meant == meaning(disputed, self.bound.measure)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that a side asked, with its answer: for that side and the mediator."""

    side: str
    at: datetime
    who: str
    yes: bool = field(repr=False)


def meaning(disputed: Disputed, measure: str) -> str:
    """Return what a number of a measure stands for: for words it is a place in their list, else itself."""
    term = next((one for one in disputed.terms if TERM + one.name == measure), None)
    if term is None or not any(isinstance(value, str) for value in term.values):
        return ""
    return sha256("\n".join(map(str, term.values)).encode()).hexdigest()


def own(table: str, side: str) -> list[Kept]:
    """Return a side's limits, those that it removed among them."""
    return [_kept(row) for row in Limit.objects.filter(table=table, side=side).order_by("measure")]


def every_limit(table: str) -> list[Kept]:
    """Return all sides' limits that stand: for the mediator, and for an answer."""
    rows = Limit.objects.filter(table=table, removed=None).order_by("side", "measure")
    return [_kept(row) for row in rows]


def questions(table: str) -> Questions:
    """Return how often each side has asked, and how often it may: what both sides see."""
    asked = Question.objects.filter(table=table).order_by("pk").values_list("side", flat=True)
    rule = Asking.objects.filter(table=table).first()
    return Questions(tuple(asked), rule.most if rule else USUAL_QUESTIONS, rule.stopped if rule else False)


def answers(table: str, side: str) -> list[Asked]:
    """Return a side's own questions with their answers, the newest first."""
    return _answers(Question.objects.filter(table=table, side=side))


def every_answer(table: str) -> list[Asked]:
    """Return all sides' questions with their answers, the newest first: for the mediator."""
    return _answers(Question.objects.filter(table=table))


def trail(table: str, side: str | None = None) -> list[SideEvent]:
    """Return the last things done: by a side and the mediator, or for the mediator by anybody."""
    rows = SideEvent.objects.filter(table=table)
    return list((rows if side is None else rows.filter(side__in=[side, ""]))[:SHOWN])


def _answers(rows: QuerySet[Question]) -> list[Asked]:
    return [Asked(row.side, row.at, row.who, row.answer) for row in rows.order_by("-pk")]


def _kept(row: Limit) -> Kept:
    bound = Bound(row.side, row.measure, row.at_least, row.at_most)
    return Kept(bound, row.who, row.at, row.removed, row.meant)
