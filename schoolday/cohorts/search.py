"""Halve the units by local search: seats first, then balance, wishes and supports kept together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from schoolday.cohorts.problem import Problem

OVER = 400.0
"""What a pupil without a seat costs, squared, beside one too many on one side: seats go before everything."""
WISH, BESIDE, TOGETHER = 30.0, 30.0, 1.5
"""What a wish costs that is not met; a pair that is parted; each pupil parted from a language support."""
SWEEPS = 12
"""The most sweeps over all units; a sweep that betters nothing is the last."""
STEPS = 60
"""Steps of repair for each row whose seats do not suffice after the sweeps."""


@dataclass
class Search:
    """One halving in the making: the half of each unit, and how each row stands."""

    problem: Problem
    rng: np.random.Generator
    half: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        made = self.problem
        self.seats = [row.seats for row in made.rows]
        self.weight = [row.weight for row in made.rows]
        self.dear = [OVER] * len(made.rows)
        self.sides = [[0, 0] for _ in made.rows]
        self.near: list[list[int]] = [[] for _ in made.units]
        for a, b in made.beside:
            self.near[a].append(b)
            self.near[b].append(a)
        self.groups_of: list[list[int]] = [[] for _ in made.units]
        self.group_sides = [[0, 0] for _ in made.together]
        for number, some in enumerate(made.together):
            for unit in some:
                self.groups_of[unit].append(number)
        self.units_of: list[list[int]] = [[] for _ in made.rows]
        for number, one in enumerate(made.units):
            for row, _ in one.loads:
                self.units_of[row].append(number)
        self._begin()

    def _begin(self) -> None:
        """Lay every unit where it costs least, the largest first."""
        order = sorted(self._order(), key=lambda number: -len(self.problem.units[number].pupils))
        self.half = [-1] * len(order)
        for number in order:
            self._put(number, 0 if self._price(number, 0) <= self._price(number, 1) else 1)

    def _put(self, number: int, half: int) -> None:
        self.half[number] = half
        for row, load in self.problem.units[number].loads:
            self.sides[row][half] += load
        for group in self.groups_of[number]:
            self.group_sides[group][half] += 1

    def _take(self, number: int) -> None:
        half = self.half[number]
        for row, load in self.problem.units[number].loads:
            self.sides[row][half] -= load
        for group in self.groups_of[number]:
            self.group_sides[group][half] -= 1
        self.half[number] = -1

    def _price(self, number: int, half: int) -> float:
        """Return what a unit that lies nowhere would cost in one half."""
        cost = 0.0
        for row, load in self.problem.units[number].loads:
            sides = self.sides[row]
            mine, other = sides[half] + load, sides[1 - half]
            cost += self.weight[row] * (mine - other) ** 2
            seats = self.seats[row]
            if seats is not None and mine > seats:
                cost += self.dear[row] * (mine - seats) ** 2
        wish = self.problem.wishes.get(number)
        if wish is not None and wish != half:
            cost += WISH
        cost += BESIDE * sum(self.half[other] == 1 - half for other in self.near[number])
        return cost + TOGETHER * sum(self.group_sides[group][1 - half] for group in self.groups_of[number])

    def _settle(self, number: int) -> bool:
        """Lay a unit where it costs least; return whether that is the other half."""
        before = self.half[number]
        self._take(number)
        stay, move = self._price(number, before), self._price(number, 1 - before)
        self._put(number, 1 - before if move < stay else before)
        return move < stay

    def sweep(self) -> int:
        """Lay every unit anew in an order by chance; return how many changed sides."""
        return sum(self._settle(number) for number in self._order())

    def _order(self) -> list[int]:
        """Return the units in an order by chance."""
        return [int(number) for number in self.rng.permutation(len(self.problem.units))]

    def over(self) -> list[int]:
        """Return the rows whose seats do not suffice."""
        return [row for row in range(len(self.seats)) if self._is_over(row)]

    def _is_over(self, row: int) -> bool:
        seats = self.seats[row]
        return seats is not None and max(self.sides[row]) > seats

    def repair(self) -> list[int]:
        """Move units out of rows without seats, and make such rows dearer; return the rows that are left."""
        left = dict.fromkeys(self.over())
        for _ in range(STEPS * len(left)):
            if not left:
                break
            row = list(left)[int(self.rng.integers(len(left)))]
            self.dear[row] += OVER
            full = 0 if self.sides[row][0] > self.sides[row][1] else 1
            some = [number for number in self.units_of[row] if self.half[number] == full]
            moved = min(some, key=lambda number: (self._gain(number), number))
            self._take(moved)
            self._put(moved, 1 - full)
            for other, _ in self.problem.units[moved].loads:
                if self._is_over(other):
                    left[other] = None
                else:
                    left.pop(other, None)
        return list(left)

    def _gain(self, number: int) -> float:
        """Return what it costs more to have a unit in the other half."""
        half = self.half[number]
        self._take(number)
        found = self._price(number, 1 - half) - self._price(number, half)
        self._put(number, half)
        return found


def halve(problem: Problem, seed: int) -> tuple[list[int], list[int]]:
    """Return the half of each unit, and the rows whose seats do not suffice.

    Parameters
    ----------
    problem
        What is to be halved.
    seed
        The same seed gives the same halves.
    """
    work = Search(problem, np.random.default_rng(seed))
    for _ in range(SWEEPS):
        if not work.sweep():
            break
    left = work.repair()
    if not left:
        work.sweep()
        left = work.over()
    return work.half, left


def sizes(problem: Problem, half: Sequence[int]) -> list[tuple[int, int]]:
    """Return how many of each row are in either half."""
    found = [[0, 0] for _ in problem.rows]
    for number, unit in enumerate(problem.units):
        for row, load in unit.loads:
            found[row][half[number]] += load
    return [(a, b) for a, b in found]
