"""What the terminal says of private limits: everything to the mediator, and yes or no to a side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from schoolday.bargaining.disputed import Disputed
from schoolday.bargaining.front import Limit, Mediated, at_one_cost, common
from schoolday.bargaining.ground import Package
from schoolday.cli.output import say, say_json
from schoolday.files.packages import note_question, package_json, read_questions

SHOWN = 20
"""How many lines of packages are printed; the files hold all."""


def answer(
    kept: Path,
    found: Sequence[Package],
    limits: Sequence[Limit],
    disputed: Disputed,
    side: str,
    as_json: bool,
) -> None:
    """Answer a side yes or no, and count the question where both sides are told of it.

    The question is counted before it is answered, so that none that was stopped halfway comes for nothing.
    """
    questions = read_questions(kept).ask(side)
    note_question(kept, asked=side)
    yes = common(found, limits)
    counts = {one.name: questions.counts.get(one.name, 0) for one in disputed.sides}
    if as_json:
        say_json({"common": yes, "questions": counts, "most": questions.most})
    else:
        told = ", ".join(f"{name} {number}" for name, number in counts.items())
        say(f"{'yes' if yes else 'no'}: questions asked so far: {told}; each side may ask {questions.most}")
    if not yes:
        raise typer.Exit(1)


def say_packages(some: Sequence[Package], disputed: Disputed) -> None:
    """Print packages with what they cost; those that cost the same stand in one line."""
    alike = at_one_cost(some, disputed)
    for first, *others in alike[:SHOWN]:
        costs = ", ".join(f"{name} {first.values[name]:g}" for name in disputed.costs)
        more = f" (and {len(others)} more at the same cost)" if others else ""
        say(f"  {disputed.said(first.choice)}: {costs}{more}")
    if len(alike) > SHOWN:
        say(f"  … and {len(alike) - SHOWN:,} more lines")


def say_mediated(told: Mediated, disputed: Disputed) -> None:
    """Print what private limits leave, for the mediator alone."""
    say("\nFor the mediator alone:")
    for side, number in told.alone.items():
        say(f"  the limits of {side} leave {number:,} packages")
    say(f"  within all limits: {len(told.within):,}; bettered by no other of them: {len(told.best):,}")
    say_packages(told.best, disputed)
    for limit in told.binding:
        say(f"  without {_said(limit)} there would be one")
    for limit in told.unknown:
        say(f"  nobody can say {limit.measure} here, so no package keeps within {_said(limit)}")


def _said(limit: Limit) -> str:
    bounds = (("at least", limit.at_least), ("at most", limit.at_most))
    words = " and ".join(f"{word} {number:g}" for word, number in bounds if number is not None)
    return f"{limit.side}'s {limit.measure} {words}"


def mediated_json(told: Mediated, disputed: Disputed) -> dict[str, object]:
    """Return what private limits leave as plain values, for the mediator alone."""
    return {
        "within": [package_json(one, disputed) for one in told.within],
        "best": [package_json(one, disputed) for one in told.best],
        "alone": told.alone,
        "binding": [_limit_json(one) for one in told.binding],
        "unknown": [_limit_json(one) for one in told.unknown],
    }


def _limit_json(one: Limit) -> dict[str, object]:
    return {"side": one.side, "measure": one.measure, "at_least": one.at_least, "at_most": one.at_most}
