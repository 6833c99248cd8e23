"""The load: pages asked for as fast as they come, or at a steady rate."""

from __future__ import annotations

import http.client
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.morning.serving import cpu

BROWSER = "gzip, deflate, br"
"""What every browser says it takes."""
SCRIPT = """
local rows = {}
for line in io.lines("%s") do rows[#rows + 1] = line end
math.randomseed(%d)
request = function()
  local path, name, value = string.match(rows[math.random(#rows)], "([^\\t]*)\\t([^\\t]*)\\t([^\\t]*)")
  local headers = {["Accept-Encoding"] = "%s"}
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


def measure(
    name: str, port: int, workers: list[int], rows: list[tuple[str, str, str]], seconds: int, coding: str
) -> Served:
    """Ask for random rows (address, header, value) for some seconds, 16 at once."""
    load = with_wrk if shutil.which("wrk") else with_threads
    load(port, rows, 1, coding)
    before = cpu(workers)
    done, p50, p99, errors = load(port, rows, seconds, coding)
    return Served(name, (cpu(workers) - before) * 1000 / max(done, 1), done / seconds, p50, p99, errors)


def with_wrk(
    port: int, rows: list[tuple[str, str, str]], seconds: int, coding: str
) -> tuple[int, float, float, int]:
    """Load with wrk."""
    with tempfile.TemporaryDirectory() as folder:
        file, script = Path(folder, "rows"), Path(folder, "script.lua")
        file.write_text("".join("\t".join(row) + "\n" for row in rows))
        script.write_text(SCRIPT % (file, 1, coding))
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


def with_threads(
    port: int, rows: list[tuple[str, str, str]], seconds: int, coding: str
) -> tuple[int, float, float, int]:
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
            client.request(
                "GET", address, headers={"Accept-Encoding": coding} | ({header: value} if header else {})
            )
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


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def steadily(
    port: int,
    asks: list[tuple[str, str]],
    rate: float,
    stop: threading.Event,
    times: list[float],
    bad: list[int],
) -> list[threading.Thread]:
    """Ask at a steady rate, whatever the answers take; times count from when each was due.

    An ask is an address and the form posted to it; where there is no form the address is opened.
    """
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
            path, form = asks[turn * 7919 % len(asks)]
            client.request("POST" if form else "GET", path, form or None, FORM if form else {})
            answer = client.getresponse()
            answer.read()
            times.append((time.perf_counter() - due) * 1000)
            bad[0] += answer.status >= 400
            turn += lanes

    threads = [threading.Thread(target=lane, args=(number,), daemon=True) for number in range(lanes)]
    for thread in threads:
        thread.start()
    return threads
