"""The command that looks for common ground: every package of the disputed terms, and those worth signing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from schoolday.bargaining.carried import Effort, Ground
from schoolday.bargaining.disputed import Disputed
from schoolday.bargaining.front import Mediated, front, mediated
from schoolday.bargaining.ground import Package, State, explore
from schoolday.cli.mediator import answer, mediated_json, say_mediated, say_packages
from schoolday.cli.memory import lasting
from schoolday.cli.options import AsJson, Books, Sides, Source, WayOption, WhatIf, book, taken
from schoolday.cli.output import day_of, progress, say, say_json
from schoolday.cli.plan import Day, Seed, Workers
from schoolday.cli.working import workers
from schoolday.files.disputed import read_all_limits, read_private, read_terms
from schoolday.files.kept import mend, stamp
from schoolday.files.packages import (
    PACKAGES,
    append,
    mediator_folder,
    note_question,
    package_json,
    read_packages,
    write_front,
)
from schoolday.files.rulebooks import shelf
from schoolday.ground.errors import SchooldayError
from schoolday.rules import Rulebook, Way

Terms = Annotated[
    Path,
    typer.Argument(metavar="TERMS", exists=True, dir_okay=False, help="The disputed terms, a YAML file."),
]
School = Annotated[str, typer.Option("--school", help="The school whose week must carry a package.")]
Out = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Where the front is written and, in the mediator's folder, every package; a run goes on.",
    ),
]
StepsEach = Annotated[int, typer.Option("--steps", min=1, help="Steps of improvement for each meeting.")]
Limits = Annotated[
    list[Path] | None,
    typer.Option(
        "--limits", exists=True, dir_okay=False, help="A side's private limits. For the mediator alone."
    ),
]
AskedBy = Annotated[
    str,
    typer.Option(
        "--asked-by", metavar="SIDE", help="Answer a side: only whether a package within all limits exists."
    ),
]
Most = Annotated[
    int | None, typer.Option("--most-questions", min=0, help="How many questions each side may ask in all.")
]
Halt = Annotated[bool, typer.Option("--stop-questions", help="Answer no more questions of the sides.")]


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("common-ground")(common_ground)


def common_ground(
    source: Source,
    terms: Terms,
    day: Day,
    school: School,
    out: Out,
    way: WayOption = Way.DISTANCE,
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    seed: Seed = 1,
    steps: StepsEach = 20,
    number: Workers = 0,
    limits: Limits = None,
    asked_by: AskedBy = "",
    most_questions: Most = None,
    stop_questions: Halt = False,
    as_json: AsJson = False,
) -> None:
    """Judge every package of the disputed terms, and show those that no other betters for both sides.

    Packages are kept one by one: a run that was stopped goes on where it was. The exit code is 0 where there
    is common ground, 3 where no package can be carried, and 1 where private limits leave none.
    """
    disputed = read_terms(terms)
    if asked_by and asked_by not in (names := [one.name for one in disputed.sides]):
        raise SchooldayError(f"{asked_by!r} is no side of this table; the sides are {', '.join(names)}")
    if asked_by and not limits:
        raise SchooldayError("give every side's limits with --limits; only then is there a question")
    reader = read_private if asked_by else read_all_limits
    private = reader(limits or (), disputed)
    with lasting():
        ground = Ground(taken(source, day_of(day), sides), day_of(day), way)
    paths = [source, *([sides] if sides else []), *(rules or [shelf()]), *(what_if or []), terms]
    mark = stamp(paths, day, school, way.value, seed, steps)
    kept = mediator_folder(out)
    _rule_questions(kept, most_questions, stop_questions)
    run = _Run(ground, book(rules, what_if, ""), disputed, school, seed, Effort(steps), kept / PACKAGES, mark)
    with workers(number) as pool:
        found = run.packages(pool)
    if asked_by:
        return answer(kept, found, private, disputed, asked_by, as_json)
    return _show(found, disputed, mediated(found, disputed, private) if limits else None, out, as_json)


def _rule_questions(kept: Path, most: int | None, stop: bool) -> None:
    if most is not None:
        note_question(kept, most=most)
    if stop:
        note_question(kept, stopped=True)


@dataclass
class _Run:
    ground: Ground
    rulebook: Rulebook
    disputed: Disputed
    school: str
    seed: int
    effort: Effort
    file: Path
    mark: str

    def packages(self, pool: Executor) -> list[Package]:
        """Return every package in the grid's order; each is kept as it is judged."""
        district = self.ground.roster.district
        found = read_packages(self.file, self.mark, district, self.disputed)
        fresh = explore(
            self.ground,
            self.rulebook,
            self.disputed,
            self.school,
            pool,
            seed=self.seed,
            effort=self.effort,
            done=tuple(found),
        )
        mend(self.file)
        with progress("packages", self.disputed.size, "packages") as advance, self.file.open("ab") as kept:
            if found:
                advance(len(found))
            for package in fresh:
                append(kept, package, self.mark, district)
                found.append(package)
                advance(1)
        return sorted(found, key=lambda one: one.choice)


def _show(
    found: Sequence[Package], disputed: Disputed, told: Mediated | None, out: Path, as_json: bool
) -> None:
    best = front(found, disputed)
    write_front(best, disputed, out)
    states = Counter(one.state for one in found)
    if as_json:
        say_json(
            {
                "packages": {state.value: states.get(state, 0) for state in State},
                "front": [package_json(one, disputed) for one in best],
                "mediated": mediated_json(told, disputed) if told else None,
            }
        )
    else:
        tell(found, best, disputed, str(out / "front.csv"))
        if told:
            say_mediated(told, disputed)
    if not best:
        raise typer.Exit(3)
    if told and not told.within:
        raise typer.Exit(1)


def tell(found: Sequence[Package], best: Sequence[Package], disputed: Disputed, where: str) -> None:
    """Print how many packages came out how, and those that no other betters with what they cost."""
    states = Counter(one.state for one in found)
    counted = ", ".join(f"{states.get(state, 0):,} {state.value.replace('_', ' ')}" for state in State)
    say(f"{disputed.title}: {len(found):,} packages: {counted}")
    say(f"{len(best):,} of them are bettered by no other for both sides ({where}):")
    say_packages(best, disputed)
    for said in () if best else _why(found):
        say(said)


def _why(found: Sequence[Package]) -> list[str]:
    """Return the reasons why nothing is carried, each once, the commonest first."""
    reasons = Counter(one.said for one in found if one.said)
    return [f"{number:,} packages: {said}" for said, number in reasons.most_common(3)]
