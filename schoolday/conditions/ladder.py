"""A ladder: the steps of a condition from strict to loose, and the rules that move a place on it.

The books hold every number and date; what stands here is only which rule does what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schoolday.conditions.readings import Week
from schoolday.measures import triggers
from schoolday.measures.verdict import Circumstances, Found, Verdict
from schoolday.rules import Rulebook
from schoolday.rules.rule import Period


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps, strictest first, and the ids of the rules that move a place from one to another.

    Parameters
    ----------
    steps
        Their names, the strictest first.
    ranges
        For each step but the loosest the trigger that a week in its range, or a stricter one's, reaches.
    enter
        For some steps one more bound that holds when a place is moved there from a stricter one; `entering`
        is the measure of a week that it is held against.
    wait, good
        Bounds on the weeks in a step, and on the good weeks in a row, before a looser one.
    tighten
        The trigger on bad weeks in a row that leads to a stricter step.
    looser_steps, stricter_steps
        Bounds on how many steps a place may be moved at once.
    effective
        The deadline after which a new step is kept.
    """

    steps: tuple[str, ...]
    ranges: Mapping[str, str]
    enter: Mapping[str, str]
    entering: str
    wait: str
    good: str
    tighten: str
    looser_steps: str
    stricter_steps: str
    effective: str

    def place(self, step: str) -> int:
        """Return how loose a step is: 0 for the strictest.

        Raises
        ------
        ValueError
            If there is no step of that name.
        """
        if step not in self.steps:
            raise ValueError(f"{step!r} is no step; there are {', '.join(self.steps)}")
        return self.steps.index(step)


BLUEPRINT = Ladder(
    steps=("purple", "red", "orange", "yellow"),
    ranges={
        "purple": "ca.blueprint.purple",
        "red": "ca.blueprint.red",
        "orange": "ca.blueprint.orange",
    },
    enter={
        "red": "ca.blueprint.equity_red",
        "orange": "ca.blueprint.equity_orange",
        "yellow": "ca.blueprint.equity_yellow",
    },
    entering="equity_positivity",
    wait="ca.blueprint.weeks_before_looser",
    good="ca.blueprint.good_weeks",
    tighten="ca.blueprint.tighten",
    looser_steps="ca.blueprint.looser_steps",
    stricter_steps="ca.blueprint.stricter_steps",
    effective="ca.blueprint.effective",
)
"""California's Blueprint for a Safer Economy, 31 August 2020 to 15 June 2021."""


@dataclass(frozen=True, slots=True)
class Range:
    """The step in whose range one week lies, by the worst of its measures; None where nobody can say."""

    step: str | None
    verdicts: tuple[Verdict, ...]


def range_of(ladder: Ladder, book: Rulebook, week: Week, circumstances: Circumstances = frozenset()) -> Range:
    """Return the step in whose range a week lies: the strictest that any of its measures reaches.

    An unknown measure leaves it open, unless a known one reaches the strictest step that is in question.
    """
    values = {(name, Period.WEEK): value for name, value in week.values.items()}
    verdicts: list[Verdict] = []
    for step, rule in ladder.ranges.items():
        verdict = triggers.judge(book.rule(rule), week.told, values, circumstances=circumstances)
        verdicts.append(verdict)
        if verdict.found is Found.REACHED:
            return Range(step, tuple(verdicts))
        if verdict.found is not Found.NOT_REACHED:
            return Range(None, tuple(verdicts))
    return Range(ladder.steps[-1], tuple(verdicts))
