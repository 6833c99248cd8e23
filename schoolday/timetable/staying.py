"""Those who stay in distance learning while everybody else is at school: who they are, and their plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from schoolday.program.plan import DayPlan, Format, Line
from schoolday.rules import Way

HOME = Way.DISTANCE
"""The way of schooling of those who stay at home."""


@dataclass(frozen=True)
class Staying:
    """Pupils who stay in distance learning in a week wholly in person.

    They join the whole class by link, from its start on, for the live minutes of their own plan, and meet
    their teacher by link in a small group of their own where that plan has one.

    Parameters
    ----------
    pupils
        Their ids.
    plans
        Their plan of minutes for each grade and kind of section.
    """

    pupils: frozenset[str] = frozenset()
    plans: Mapping[tuple[str, str], DayPlan] = field(default_factory=dict)

    def of(self, pupils: Iterable[str]) -> tuple[str, ...]:
        """Return those of some pupils who stay at home, in the same order."""
        return tuple(pupil for pupil in pupils if pupil in self.pupils)


NOBODY = Staying()
"""Where no pupil stays at home, or all do."""


def lines_held(plan: DayPlan, own: DayPlan | None = None) -> Iterator[Line]:
    """Yield the lines of a class that are a meeting, as long as anybody is in it.

    Parameters
    ----------
    plan
        What the class follows.
    own
        What those of it follow who stay at home; None where nobody does. Small groups are theirs alone.
    """
    home = {line.key: line.live for line in own.lines} if own else {}
    for line in plan.lines:
        live = home.get(line.key, 0)
        if own and line.format is Format.SMALL:
            held = replace(line, live=live)
        else:
            held = replace(line, in_person=max(line.in_person, live) if own else line.in_person)
        if held.met:
            yield held
