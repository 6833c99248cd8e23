# ruff: noqa: PLC0415, ANN401 - Django must be set up first
"""The morning rush and the publish under load, each beside its limit, in one run.

    python -m benchmarks.morning                              the demonstration district, some five minutes
    python -m benchmarks.morning --district maple --copies 20 a small one, to see that it works

The district is made, planned, taken in and published as any is. Then the day pages are asked for beside an
empty view (`HttpResponse(b"ok")`) behind the very same middleware, in the same server: what our view costs
beside Django's own work. A bare Django without any middleware and database is shown too. The CPU seconds of
the server's worker are divided by the requests answered: load from elsewhere lengthens waiting, and CPU
time less. It prints a Markdown table and exits with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

DAY = date(2020, 9, 8)
TICK = os.sysconf("SC_CLK_TCK")
SCRIPT = """
local rows = {}
for line in io.lines("%s") do rows[#rows + 1] = line end
math.randomseed(%d)
request = function()
  local path, name, value = string.match(rows[math.random(#rows)], "([^\\t]*)\\t([^\\t]*)\\t([^\\t]*)")
  local headers = {}
  if name ~= "" then headers[name] = value end
  return wrk.format("GET", path, headers)
end
"""


@dataclass(frozen=True)
class Served:
    """What one case cost: CPU milliseconds of the server a request, requests a second, p50 and p99 in ms."""

    name: str
    cpu: float
    rate: float
    p50: float
    p99: float
    errors: int


# --- the district ---------------------------------------------------------------------------------------


def small() -> tuple[Any, Any]:
    """Return the small district and a lawful plan of it."""
    from schoolday.files.rulebooks import load
    from schoolday.sample.maple import maple
    from schoolday.timetable.dates import Dates
    from schoolday.timetable.meeting import SchoolWeek
    from schoolday.timetable.plan import Plan
    from schoolday.timetable.solve import solve
    from schoolday.timetable.timetable import FirstLawful

    one = maple()
    weeks = {}
    for question in Dates(one, load()).questions(DAY):
        answer = solve(question, stop=FirstLawful(), seed=1)
        assert answer.timetable is not None
        weeks[question.school] = SchoolWeek(question, answer.timetable)
    return one, Plan(one.district, DAY, 1, weeks)


def copied(one: Any, plan: Any, copies: int) -> tuple[Any, Any]:
    """Return a district and its plan so many times over, as one district."""
    parts = [(roster_copy(one, f"{n:03d}-"), week_copies(plan.weeks, f"{n:03d}-")) for n in range(copies)]
    roster = replace(
        one,
        **{name: {k: v for r, _ in parts for k, v in getattr(r, name).items()} for name in MAPS},
        **{name: tuple(row for r, _ in parts for row in getattr(r, name)) for name in ROWS},
    )
    return roster, replace(plan, weeks={k: v for _, found in parts for k, v in found.items()})


MAPS = ("schools", "pupils", "staff", "sections", "households", "services", "contracts", "bells")
ROWS = ("enrollments", "teaching")


def roster_copy(roster: Any, mark: str) -> Any:
    """Return a roster whose every id begins with a mark."""

    def marked(row: Any, *fields: str) -> Any:
        values = {name: getattr(row, name) for name in fields}
        new = {
            name: tuple(mark + one for one in value) if isinstance(value, tuple) else mark + value
            for name, value in values.items()
            if value
        }
        return replace(row, **new)

    keys = {
        "schools": ("id",), "pupils": ("id", "school"), "staff": ("id", "schools"),
        "sections": ("id", "school"),
        "households": ("id", "pupils"), "services": ("id", "pupil", "provider", "group"),
        "contracts": ("staff",), "bells": ("school",),
        "enrollments": ("section", "pupil"), "teaching": ("section", "staff"),
    }  # fmt: skip
    new = {n: {mark + k: marked(v, *keys[n]) for k, v in getattr(roster, n).items()} for n in MAPS}
    return replace(roster, **new, **{n: tuple(marked(v, *keys[n]) for v in getattr(roster, n)) for n in ROWS})


def week_copies(weeks: dict[str, Any], mark: str) -> dict[str, Any]:
    """Return weeks whose every id begins with a mark."""
    from schoolday.timetable.meeting import SchoolWeek
    from schoolday.timetable.timetable import Timetable

    def many(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(mark + one for one in ids)

    found = {}
    for school, week in weeks.items():
        p = week.problem
        activities = tuple(
            replace(
                a, id=mark + a.id, source=mark + a.source, teachers=many(a.teachers), pupils=many(a.pupils)
            )
            for a in p.activities
        )
        problem = replace(
            p,
            school=mark + school,
            activities=activities,
            pupil_limits={mark + k: v for k, v in p.pupil_limits.items()},
            staff_limits={mark + k: v for k, v in p.staff_limits.items()},
            pairs=tuple(replace(pair, a=mark + pair.a, b=mark + pair.b) for pair in p.pairs),
            away={mark + k: v for k, v in p.away.items()},
        )
        placed = tuple(replace(one, activity=mark + one.activity) for one in week.timetable.placements)
        found[mark + school] = SchoolWeek(problem, Timetable(mark + school, placed))
    return found


def moved(plan: Any) -> Any:
    """Return the plan with each Tuesday meeting a slot later: everybody's page changes."""
    from schoolday.timetable.meeting import SchoolWeek
    from schoolday.timetable.timetable import Timetable

    weeks = {}
    for school, week in plan.weeks.items():
        placed = (replace(p, slot=p.slot + 1) if p.day == 1 else p for p in week.timetable.placements)
        weeks[school] = SchoolWeek(week.problem, Timetable(school, tuple(placed)))
    return replace(plan, seed=plan.seed + 1, weeks=weeks)


# --- the server -----------------------------------------------------------------------------------------


def empty() -> Callable[..., Any]:
    """Return an empty Django view as a WSGI application: no middleware, no database (the limit)."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import path

    def hello(request: Any) -> HttpResponse:
        return HttpResponse("hello")

    urls = type(sys)("empty_urls")
    urls.urlpatterns = [path("", hello)]  # type: ignore[attr-defined]
    sys.modules["empty_urls"] = urls
    settings.configure(ROOT_URLCONF="empty_urls", SECRET_KEY="x", ALLOWED_HOSTS=["*"], MIDDLEWARE=[])
    return get_wsgi_application()


def desk() -> Callable[..., Any]:
    """Return the desk with two empty views more, each behind the middleware of the page it is peer to."""
    import django
    from django.http import HttpResponse
    from django.urls import path

    django.setup()
    from schooldesk import urls
    from schooldesk.access import public
    from schooldesk.wsgi import application

    @public
    def ok(request: Any) -> HttpResponse:
        return HttpResponse(b"ok")

    for address in ("h/empty", "home/empty"):
        urls.urlpatterns.insert(0, path(address, ok))
    return application


@contextmanager
def serving(target: str, *flags: str, workers: int = 1) -> Iterator[tuple[int, list[int]]]:
    """Serve an application with granian as `schooldesk serve` does; give the port and the workers' ids."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("granian")
    options = ["--interface", "wsgi", "--workers", str(workers), "--blocking-threads", "1", "--no-ws"]
    command = [program, *options, "--host", "127.0.0.1", "--port", str(port), *flags, target]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        time.sleep(1)
        yield port, children(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def children(parent: int) -> list[int]:
    """Return the processes that a process started."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(one) for one in found] or [parent]


def cpu(processes: list[int]) -> float:
    """Return the CPU seconds that processes have used."""
    total = 0
    for process in processes:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


# --- the load -------------------------------------------------------------------------------------------


def measure(
    name: str, port: int, workers: list[int], rows: list[tuple[str, str, str]], seconds: int
) -> Served:
    """Ask for random rows (address, header, value) for some seconds, 16 at once."""
    load = with_wrk if shutil.which("wrk") else with_threads
    load(port, rows, 1)
    before = cpu(workers)
    done, p50, p99, errors = load(port, rows, seconds)
    return Served(name, (cpu(workers) - before) * 1000 / max(done, 1), done / seconds, p50, p99, errors)


def with_wrk(port: int, rows: list[tuple[str, str, str]], seconds: int) -> tuple[int, float, float, int]:
    """Load with wrk."""
    with tempfile.TemporaryDirectory() as folder:
        file, script = Path(folder, "rows"), Path(folder, "script.lua")
        file.write_text("".join("\t".join(row) + "\n" for row in rows))
        script.write_text(SCRIPT % (file, 1))
        command = [
            "wrk",
            "-t1",
            "-c16",
            f"-d{seconds}s",
            "--latency",
            "-s",
            script,
            f"http://127.0.0.1:{port}",
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    done = re.search(r"(\d+) requests in", said)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    assert done is not None, said
    return int(done[1]), millis(said, "50%"), millis(said, "99%"), int(bad[1]) if bad else 0


def millis(said: str, mark: str) -> float:
    """Return one of wrk's latencies in milliseconds."""
    found = re.search(rf"{mark}\s+([\d.]+)(us|ms|s)", said)
    assert found is not None, said
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]


def with_threads(port: int, rows: list[tuple[str, str, str]], seconds: int) -> tuple[int, float, float, int]:
    """Load with threads of our own, where wrk is not installed."""
    times: list[float] = []
    errors = [0]
    until = time.perf_counter() + seconds

    def ask(number: int) -> None:
        client = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < until:
            address, header, value = rows[number % len(rows)]
            number += 7919
            start = time.perf_counter()
            client.request("GET", address, headers={header: value} if header else {})
            answer = client.getresponse()
            answer.read()
            times.append((time.perf_counter() - start) * 1000)
            errors[0] += answer.status >= 400

    together(ask, 16)
    return len(times), *spread(times), errors[0]


def together(work: Callable[[int], None], count: int) -> None:
    """Run the same work in threads and wait for all of them."""
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def spread(times: list[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile."""
    if len(times) < 2:
        return 0.0, 0.0
    cuts = statistics.quantiles(times, n=100)
    return cuts[49], cuts[98]


def steadily(
    port: int,
    method: str,
    paths: list[str],
    rate: float,
    stop: threading.Event,
    times: list[float],
    bad: list[int],
) -> list[threading.Thread]:
    """Ask at a steady rate, whatever the answers take; times count from when each was due."""
    lanes = 8
    start = time.perf_counter() + 0.2

    def lane(number: int) -> None:
        client = http.client.HTTPConnection("127.0.0.1", port)
        turn = number
        while not stop.is_set():
            due = start + turn / rate
            wait = due - time.perf_counter()
            if wait > 0:
                time.sleep(wait)
            body = "" if method == "POST" else None
            client.request(method, paths[turn * 7919 % len(paths)], body=body)
            answer = client.getresponse()
            answer.read()
            times.append((time.perf_counter() - due) * 1000)
            bad[0] += answer.status >= 400
            turn += lanes

    threads = [threading.Thread(target=lane, args=(number,), daemon=True) for number in range(lanes)]
    for thread in threads:
        thread.start()
    return threads


# --- the run --------------------------------------------------------------------------------------------


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
    page, home = costs[LINK] / costs[EMPTY], costs[KEPT] / costs[EMPTY_HOME]
    checks = (
        (page <= 1.5, f"day page by link {page:.2f} times an empty view; at most 1.5"),
        (home <= 2, f"day page signed in {home:.2f} times an empty view; at most 2"),
        (loaded["seconds"] < 10, f"published in {loaded['seconds']:.1f} s under load; under 10"),
        (loaded["read p99 ms"] < 100, f"reads p99 {loaded['read p99 ms']:.0f} ms; under 100"),
        (loaded["write p99 ms"] < 100, f"writes p99 {loaded['write p99 ms']:.0f} ms; under 100"),
        (loaded["errors"] == 0, f"{loaded['errors']} errors"),
        (all(case["errors"] == 0 for case in figures["cases"]), "errors in the rush"),
    )
    return [said for met, said in checks if not met]


BARE, EMPTY, EMPTY_HOME = "bare Django, no middleware", "empty view (/h/)", "empty view (/home/)"
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
    loaded = under_load(roster.district)
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


def links(district: str, most: int = 25_000) -> list[tuple[str, int]]:
    """Give links to households, and return each token and number."""
    from schooldesk import scope
    from schooldesk.day.writes import give_links
    from schooldesk.roster import reads

    with scope.district(district):
        home = reads.district(district)
        assert home is not None
        numbers = sorted(reads.numbers(home).values())[:most]
    return list(zip(give_links(district, numbers, "benchmark"), numbers, strict=True))


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
        serving("benchmarks.morning:empty", "--factory") as (bare, bare_workers),
        serving("benchmarks.morning:desk", "--factory") as (desk, desk_workers),
    ):
        for _ in range(asked.rounds):
            for name, port, workers, rows in (
                (BARE, bare, bare_workers, [("/", "", "")]),
                (EMPTY, desk, desk_workers, [("/h/empty", "", "")]),
                (EMPTY_HOME, desk, desk_workers, [("/home/empty", "", "")]),
                (LINK, desk, desk_workers, page),
                (SAME, desk, desk_workers, same),
                (KEPT, desk, desk_workers, home),
                ("calendar feed", desk, desk_workers, feed),
            ):
                found.setdefault(name, []).append(measure(name, port, workers, rows, asked.seconds))
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
    """Print the cases beside the empty view behind the same middleware, and beside bare Django."""
    costs = {case.name: case.cpu for case in cases}
    print(f"\nLoad average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n")
    print("| case | CPU ms | x empty view | x bare | req/s | p50 ms | p99 ms | errors |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for case in cases:
        peer = costs[EMPTY_HOME] if case.name == KEPT else costs[EMPTY]
        print(
            f"| {case.name} | {case.cpu:.3f} | {case.cpu / peer:.2f} | {case.cpu / costs[BARE]:.2f} "
            f"| {case.rate:.0f} | {case.p50:.1f} | {case.p99:.1f} | {case.errors} |"
        )
    print()


def under_load(district: str) -> dict[str, float]:
    """Publish everybody's changed day while 200 pages a second are read and 70 say "I'm here"."""
    tokens = [token for token, _ in links(district)]
    pages = [f"/h/{token}/{DAY}/" for token in tokens]
    here = [f"/h/{token}/{DAY}/here/" for token in tokens]
    reads: list[float] = []
    writes: list[float] = []
    bad, stop = [0], threading.Event()
    with serving("schooldesk.wsgi:application") as (port, _):
        threads = steadily(port, "GET", pages, 200, stop, reads, bad)
        threads += steadily(port, "POST", here, 70, stop, writes, bad)
        time.sleep(2)
        reads.clear()
        writes.clear()
        program = Path(sys.executable).with_name("schooldesk")
        start = time.perf_counter()
        command = [program, "publish", "--from", DAY.isoformat(), "--district", district]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        took = time.perf_counter() - start
        stop.set()
        for thread in threads:
            thread.join(10)
    found = {"seconds": took, "reads": len(reads), "writes": len(writes), "errors": bad[0]}
    found |= {"read p99 ms": spread(reads)[1], "write p99 ms": spread(writes)[1]}
    print(f"published under load in {took:.1f} s: {said.strip().splitlines()[-1]}")
    print(
        f"  {len(reads)} reads p99 {spread(reads)[1]:.0f} ms; "
        f"{len(writes)} writes p99 {spread(writes)[1]:.0f} ms; {bad[0]} errors"
    )
    return found


if __name__ == "__main__":
    main()
