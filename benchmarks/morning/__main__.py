# ruff: noqa: PLC0415 - Django must be set up first
"""The morning rush and the publish under load, each beside its limit, in one run.

    python -m benchmarks.morning                              the demonstration district, some five minutes
    python -m benchmarks.morning --district maple --copies 20 a small one, to see that it works

The district is made, planned, taken in and published as any is. Then the day pages are asked for beside
three empty views: of a new Django project with the middleware it comes with, which is the peer that the
targets name; of the desk, behind its own lean middleware; and of a bare Django without middleware and
database, the limit. The CPU seconds of a server's worker are divided by the requests answered: load from
elsewhere lengthens waiting, and CPU time less. It prints a Markdown table and exits with 1 where a target is
missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.morning.district import DAY, copied, moved, small
from benchmarks.morning.load import BROWSER, Served, measure
from benchmarks.morning.republish import links, under_load
from benchmarks.morning.serving import serving


def main() -> None:
    """Run all cases and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--district", choices=("sacramento", "maple"), default="sacramento", help="the district to make"
    )
    parser.add_argument("--copies", type=int, default=1, help="copies of it; maple has 60 pupils")
    parser.add_argument("--roster", type=Path, help="a roster instead")
    parser.add_argument("--plan", type=Path, help="the folder of its plan")
    parser.add_argument("--seconds", type=int, default=3, help="seconds of each load")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; the medians are shown")
    parser.add_argument("--json", type=Path, help="write the figures to a file too")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="schoolday-morning-") as folder:
        os.environ |= {
            "SCHOOLDESK_VAR": folder,
            "SCHOOLDESK_NOW": "2020-09-08T07:45",
            "DJANGO_SETTINGS_MODULE": "schooldesk.settings",
        }
        os.environ.pop("SCHOOLDESK_DATABASE", None)
        figures = run(asked, Path(folder))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1))
    missed = judged(figures)
    print("\n".join(f"MISSED: {one}" for one in missed) or "Every target is met.")
    sys.exit(1 if missed else 0)


def judged(figures: dict[str, Any]) -> list[str]:
    """Return the targets that were missed, in words."""
    costs = {case["name"]: case["cpu"] for case in figures["cases"]}
    loaded = figures["under load"]
    page, home = costs[LINK] / costs[FRESH], costs[KEPT] / costs[FRESH]
    checks = (
        (page <= 1.5, f"day page by link {page:.2f} times a new project's empty view; at most 1.5"),
        (home <= 2, f"day page signed in {home:.2f} times a new project's empty view; at most 2"),
        (loaded["pages"] < 10, f"pages published in {loaded['pages']:.1f} s under load; under 10"),
        (loaded["read p99 ms"] < 100, f"reads p99 {loaded['read p99 ms']:.0f} ms; under 100"),
        (loaded["write p99 ms"] < 100, f"writes p99 {loaded['write p99 ms']:.0f} ms; under 100"),
        (loaded["errors"] == 0, f"{loaded['errors']} errors"),
        (all(case["errors"] == 0 for case in figures["cases"]), "errors in the rush"),
    )
    return [said for met, said in checks if not met]


BARE, FRESH = "bare Django's empty view", "new Django project's empty view"
EMPTY, EMPTY_HOME = "desk's empty view (/h/)", "desk's empty view (/home/)"
PLAIN = "day page by link, to who takes none deflated"
LINK, SAME, KEPT = "day page by link", "day page by link, unchanged (304)", "day page, signed in by cookie"


def made(asked: argparse.Namespace, folder: Path) -> tuple[Any, Any]:
    """Return a district and its plan: the demonstration's, the small one, or those asked for."""
    if asked.roster:
        return given(asked)
    if asked.district == "maple":
        return small()
    asked.roster, asked.plan = folder / "roster.zip", folder / "plan"
    program = Path(sys.executable).with_name("schoolday")
    for words in (
        ("sample", "sacramento", asked.roster),
        ("plan", asked.roster, "--out", asked.plan, "--day", DAY.isoformat(), "--sweeps", "0"),
    ):
        subprocess.run([program, *words], stdout=subprocess.DEVNULL, check=True)
    return given(asked)


def run(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Make the district, serve it, load it."""
    import django

    django.setup()
    from django.core.management import call_command

    from schooldesk import taking
    from schooldesk.day.publish import publish

    call_command("migrate", verbosity=0)
    roster, plan = made(asked, folder)
    if asked.copies > 1:
        roster, plan = copied(roster, plan, asked.copies)
    taken = timed(lambda: taking.take(roster, plan, who="benchmark"))
    print(
        f"{len(roster.pupils):,} pupils in {len(roster.households):,} households; taken in {taken[0]:.1f} s"
    )
    quiet = timed(lambda: publish(roster.district, DAY, DAY, who="benchmark"))
    print(f"published, quiet: {quiet[0]:.1f} s, {quiet[1]:.1f} CPU s")
    cases = rush(asked, roster.district)
    table(cases)
    taking.take(roster, moved(plan), who="benchmark")
    loaded = under_load(roster)
    return {"quiet": quiet, "cases": [vars(case) for case in cases], "under load": loaded}


def given(asked: argparse.Namespace) -> tuple[Any, Any]:
    """Return the roster and plan named on the command line."""
    from schooldesk import taking

    plan = taking.read_plan(asked.plan)
    return taking.read_roster(asked.roster, plan.day), plan


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Return the seconds and the CPU seconds that something took, its helpers' included."""
    wall, used = time.perf_counter(), sum(os.times()[:4])
    work()
    return time.perf_counter() - wall, sum(os.times()[:4]) - used


def rush(asked: argparse.Namespace, district: str) -> list[Served]:
    """Serve the pages and an empty view in turns, and return the medians of the rounds."""
    from schooldesk.day.reads import feed_token

    tokens = links(district)
    tags = etags(district)
    page = [(f"/h/{token}/{DAY}/", "", "") for token, _ in tokens]
    same = [(f"/h/{token}/{DAY}/", "If-None-Match", f'"{tags[number]}"') for token, number in tokens]
    home = [(f"/home/{DAY}/", "Cookie", f"home={token}") for token, _ in tokens]
    feed = [(f"/f/{feed_token(token)}.ics", "", "") for token, _ in tokens]
    found: dict[str, list[Served]] = {}
    with (
        serving("benchmarks.morning.serving:empty", "--factory") as (bare, bare_workers),
        serving("benchmarks.morning.serving:fresh", "--factory") as (fresh, fresh_workers),
        serving("benchmarks.morning.serving:desk", "--factory") as (desk, desk_workers),
    ):
        for _ in range(asked.rounds):
            for name, port, workers, rows, coding in (
                (BARE, bare, bare_workers, [("/", "", "")], BROWSER),
                (FRESH, fresh, fresh_workers, [("/", "", "")], BROWSER),
                (EMPTY, desk, desk_workers, [("/h/empty", "", "")], BROWSER),
                (EMPTY_HOME, desk, desk_workers, [("/home/empty", "", "")], BROWSER),
                (LINK, desk, desk_workers, page, BROWSER),
                (PLAIN, desk, desk_workers, page, "identity"),
                (SAME, desk, desk_workers, same, BROWSER),
                (KEPT, desk, desk_workers, home, BROWSER),
                ("calendar feed", desk, desk_workers, feed, BROWSER),
            ):
                found.setdefault(name, []).append(measure(name, port, workers, rows, asked.seconds, coding))
    return [middle(rows) for rows in found.values()]


def middle(rows: list[Served]) -> Served:
    """Return the medians of several rounds of one case."""
    values = {n: statistics.median(getattr(r, n) for r in rows) for n in ("cpu", "rate", "p50", "p99")}
    return Served(rows[0].name, **values, errors=sum(row.errors for row in rows))


def etags(district: str) -> dict[int, str]:
    """Return the tag of each household's page as it stands at the benchmark's minute."""
    from schooldesk import scope
    from schooldesk.day.models import DAYS, HouseholdDay
    from schooldesk.day.now import turn

    with scope.district(district):
        rows = HouseholdDay.objects.values_list("key", "etag", "turns")
        found = {key // DAYS: (tag, turn(bytes(turns), DAY)) for key, tag, turns in rows.iterator()}
    return {key: tag if minute is None else f"{tag}-{minute}" for key, (tag, minute) in found.items()}


def table(cases: list[Served]) -> None:
    """Print the cases beside the three empty views."""
    costs = {case.name: case.cpu for case in cases}
    print(f"\nLoad average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n")
    print("| case | CPU ms | x new project | x desk's empty | x bare | req/s | p50 ms | p99 ms | errors |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for case in cases:
        peer = costs[EMPTY_HOME] if case.name == KEPT else costs[EMPTY]
        print(
            f"| {case.name} | {case.cpu:.3f} | {case.cpu / costs[FRESH]:.2f} | {case.cpu / peer:.2f} "
            f"| {case.cpu / costs[BARE]:.2f} "
            f"| {case.rate:.0f} | {case.p50:.1f} | {case.p99:.1f} | {case.errors} |"
        )
    print()


if __name__ == "__main__":
    main()
