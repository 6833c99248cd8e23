"""The bargaining table at one school: two positions compared, and the front of 625 packages.

`python -m benchmarks.table` prints two Markdown tables with the machine's size, in about ten minutes on two
cores. Whole commands are measured, from the files to the answer. The peer of the packages is the naive way,
every package solved alone with nothing shared, of which every 25th is timed; it must say the same of each.
The peers of the front are its definition, pair by pair, and moocore where it is installed (`pip install
moocore`). `--district` also compares the positions at all schools, `--compare` does nothing but compare.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from schoolday.bargaining.carried import Effort, Ground, carry_whole
from schoolday.bargaining.disputed import Choice, Disputed
from schoolday.bargaining.front import front
from schoolday.bargaining.ground import Package, State
from schoolday.bargaining.whatif import agreed
from schoolday.files.disputed import read_terms
from schoolday.files.packages import MEDIATOR, PACKAGES
from schoolday.files.rosters import read_roster
from schoolday.files.rulebooks import load
from schoolday.roster import Roster
from schoolday.sample import write_sample
from schoolday.timetable.solve.warm import warm

DAY, SEED = date(2020, 9, 8), 1
TERMS = Path(__file__).parents[1] / "examples" / "sacramento" / "disputed.yaml"
POSITIONS = ("--position", "ca-scusd.scta_position", "--against", "ca-scusd.district_first_offer")
EACH = 25
SECONDS, MINUTES = 10.0, 5.0
"""The goals: two positions compared in seconds, the front in minutes."""
missed: list[str] = []


def cpu() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def command(*words: object) -> list[str]:
    start = "import sys; from schoolday.cli import main; main(sys.argv[1:])"
    return [sys.executable, "-c", start, *map(str, words), "--day", str(DAY)]


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return wall and CPU seconds of some work, and what it returned."""
    wall, used = time.perf_counter(), cpu()
    answer = work()
    return time.perf_counter() - wall, cpu() - used, answer


def asked(*words: object) -> tuple[float, float, dict[str, Any]]:
    """Return wall and CPU seconds of a whole command, and what it said as JSON."""
    line = [*command(*words), "--json"]
    wall, used, done = timed(lambda: subprocess.run(line, capture_output=True, text=True, check=False))
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return wall, used, json.loads(done.stdout)


def chosen(roster: Roster) -> list[str]:
    """Return the middling and the largest school of self-contained classes, and the largest of all."""
    own = [
        school
        for school, sections in roster.sections_at.items()
        if sections and all(one.kind == "homeroom" for one in sections)
    ]
    own.sort(key=lambda school: (len(roster.pupils_at[school]), school))
    largest = max(roster.pupils_at, key=lambda school: len(roster.pupils_at[school]))
    return [own[len(own) // 2], own[-1], largest]


def compared(source: Path, roster: Roster, schools: Sequence[str]) -> None:
    """Time two positions at each school alone; where none is named, at all schools."""
    for school in schools or [""]:
        words = ("--school", school) if school else ()
        wall, used, told = asked("consequences", source, *POSITIONS, *words)
        pupils = len(roster.pupils_at[school]) if school else len(roster.pupils)
        name = f"{roster.schools[school].name if school else 'all schools'}, {pupils:,} pupils"
        mine, other = (told[key]["numbers"]["live_minutes"] for key in ("position", "against"))
        print(f"| {name} | {wall:.1f} | {used:.1f} | live {mine:.0f} against {other:.0f} |", flush=True)
        if school and wall > SECONDS:
            missed.append(f"{name}: {wall:.1f} s")


def packages(out: Path) -> list[Package]:
    """Return the packages that a run kept, cut lines left out."""
    found = {}
    for text in (out / MEDIATOR / PACKAGES).read_text().splitlines():
        with suppress(ValueError):
            line = json.loads(text)
            found[tuple(line["choice"])] = Package(
                tuple(line["choice"]), State(line["state"]), line["values"]
            )
    return [found[choice] for choice in sorted(found)]


def killed(source: Path, school: str, out: Path, at: int) -> None:
    """Run until so many packages are kept, and end the run as a lost machine would."""
    line = command("common-ground", source, TERMS, "--school", school, "--out", out)
    child = subprocess.Popen(
        line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    file = out / MEDIATOR / PACKAGES
    while child.poll() is None and not (file.exists() and file.read_bytes().count(b"\n") >= at):
        time.sleep(0.1)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def explored(source: Path, school: str, folder: Path) -> list[Package]:
    """Time the front, whole and in two halves, and hold the two against each other."""
    words = ("common-ground", source, TERMS, "--school", school, "--out")
    wall, used, told = asked(*words, folder / "whole")
    states = ", ".join(f"{number} {state}" for state, number in told["packages"].items() if number)
    said = f"{states}; {len(told['front'])} on the front"
    print(f"| whole | {wall:.0f} | {used:.0f} | {said} |", flush=True)
    if wall > 60 * MINUTES:
        missed.append(f"the front: {wall:.0f} s")
    before, _, _ = timed(lambda: killed(source, school, folder / "half", 312))
    kept = len(packages(folder / "half"))
    wall, used, again = asked(*words, folder / "half")
    same = "the very same front" if again == told else "ANOTHER FRONT"
    print(f"| killed after {kept} packages and {before:.0f} s, gone on | {wall:.0f} | {used:.0f} | {same} |")
    if again != told:
        missed.append("a killed run ends with another front")
    return packages(folder / "whole")


def alone(roster: Roster, school: str, disputed: Disputed, choice: Choice) -> State:
    """Return how one package comes out by itself: nothing known of any other."""
    ground = Ground(roster, DAY)
    standing = ground.standing(
        agreed(load(None), disputed.asks(choice), roster.places, DAY, "alone").rulebook
    )
    minutes = ground.minutes(standing, ground.bands(school))
    carried = carry_whole(ground.problem(school, minutes, standing), SEED, Effort())
    return State.CARRIED if carried.whole else State.IMPOSSIBLE if carried.conflict else State.NOT_FOUND


def naive(roster: Roster, school: str, found: Sequence[Package]) -> None:
    """Time every 25th package alone, and hold what it says against what the run said."""
    disputed, some = read_terms(TERMS), found[::EACH]
    warm()
    states: list[State]
    wall, _, states = timed(lambda: [alone(roster, school, disputed, one.choice) for one in some])
    other = [one.choice for one, state in zip(some, states, strict=True) if one.state is not state]
    said = "the same said of each" if not other else f"{len(other)} SAID OTHERWISE: {other}"
    whole = wall / len(some) * len(found)
    said += f"; all {len(found)}: about {whole:.0f} CPU s"
    print(f"| naive: {len(some)} packages alone, one process | {wall:.0f} | | {said} |", flush=True)
    missed.extend(f"package {choice} comes out otherwise alone" for choice in other)


def fronts(found: Sequence[Package]) -> None:
    """Hold the front against its definition and against moocore."""
    disputed = read_terms(TERMS)
    some = [one for one in found if one.state is State.CARRIED]
    worth = [
        tuple((-1 if aim.more else 1) * (one.values[aim.measure] or 0.0) for aim in disputed.aims)
        for one in some
    ]
    wall, _, mine = timed(lambda: {one.choice for one in front(found, disputed)})
    print(f"| front of {len(some)} packages, ours | {wall:.4f} | | {len(mine)} |")
    peers: dict[str, Callable[[], list[bool]]] = {
        "pair by pair": lambda: [_free(one, worth) for one in worth]
    }
    with suppress(ImportError):
        moocore = import_module("moocore")
        points = import_module("numpy").array(worth)
        name = f"moocore {moocore.__version__}"
        peers[name] = lambda: list(moocore.is_nondominated(points, keep_weakly=True))
    for name, work in peers.items():
        wall, _, kept = timed(work)
        theirs = {one.choice for one, is_kept in zip(some, kept, strict=True) if is_kept}
        same = "the same" if theirs == mine else "ANOTHER FRONT"
        print(f"| front, {name} | {wall:.4f} | | {len(theirs)}, {same} |", flush=True)
        if theirs != mine:
            missed.append(f"{name} finds another front")


def _free(one: tuple[float, ...], every: Sequence[tuple[float, ...]]) -> bool:
    return not any(other != one and all(a <= b for a, b in zip(other, one, strict=True)) for other in every)


def main() -> int:
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "roster.zip"
        write_sample("sacramento", source)
        roster = read_roster(source, day=DAY).roster
        assert roster is not None
        print("| two positions compared at | wall s | CPU s | result |\n| --- | ---: | ---: | --- |")
        schools = chosen(roster)
        compared(source, roster, schools)
        if "--district" in sys.argv:
            compared(source, roster, ())
        if "--compare" in sys.argv:
            return _ended()
        print(f"\n| packages at {roster.schools[schools[0]].name} | wall s | CPU s | result |")
        print("| --- | ---: | ---: | --- |")
        found = explored(source, schools[0], folder)
        naive(roster, schools[0], found)
        fronts(found)
    return _ended()


def _ended() -> int:
    for said in missed:
        print(f"missed: {said}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
