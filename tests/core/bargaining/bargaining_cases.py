"""Two small districts and a worker that works at once, for tests of the table."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import date
from functools import cache
from typing import ParamSpec, TypeVar

from schoolday.bargaining.carried import Effort, Ground
from schoolday.bargaining.compared import Consequences
from schoolday.bargaining.consequences import consequences
from schoolday.bargaining.inquiry import Inquiry
from schoolday.bargaining.whatif import Ask, Position, adopted, agreed
from schoolday.files.rulebooks import load
from schoolday.roster import Roster
from schoolday.rules import Rulebook
from schoolday.sample import cedar, maple

DAY = date(2020, 9, 8)
UNION, OFFER = "ca-scusd.scta_position", "ca-scusd.district_first_offer"
QUICK = Effort(steps=5)
SCHOOLS = ("maple-elementary", "maple-secondary")
STRANGERS = ("cedar-elementary", "cedar-secondary")

P = ParamSpec("P")
T = TypeVar("T")


class AtOnce(Executor):
    """Does each job when it is handed in, so that tests need no processes."""

    def submit(self, work: Callable[P, T], /, *args: P.args, **words: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        done.set_result(work(*args, **words))
        return done


@cache
def books() -> Rulebook:
    return load(None)


@cache
def roster(name: str = "maple") -> Roster:
    return {"maple": maple, "cedar": cedar}[name]()


def ground(name: str = "maple", day: date = DAY) -> Ground:
    return Ground(roster(name), day)


def position(book: str = "", name: str = "maple") -> Position:
    return adopted(books(), book, roster(name).places)


def package(*asks: Ask) -> Position:
    return agreed(books(), asks, roster().places, DAY, "a package")


def ask(measure: str, value: float, sense: str = "at_least", grades: tuple[str, ...] = ()) -> Ask:
    return Ask(measure, f"The table's {measure}", measure, sense, value, grades)


def inquiry(
    *positions: Position, schools: tuple[str, ...] = SCHOOLS, seed: int = 1, where: Ground | None = None
) -> Inquiry:
    return Inquiry(where or ground(), positions, schools, seed, QUICK)


def found(
    *positions: Position, schools: tuple[str, ...] = SCHOOLS, seed: int = 1, where: Ground | None = None
) -> list[Consequences]:
    asked = inquiry(*positions, schools=schools, seed=seed, where=where)
    return consequences(asked, asked.reach(AtOnce()))
