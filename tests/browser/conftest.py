"""A real server with the small district published, and Debian's Chromium to open it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, expect

from tests.postgres import free_port

NOW = "2020-09-08T09:10"
PASSWORD = "correct horse battery"
PATIENCE = 120
"""Seconds for a server to begin or end: a machine that does much else is slow, not wrong."""
expect.set_options(timeout=20_000)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use Debian's Chromium: nothing is downloaded."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    return browser_type_launch_args | {"executable_path": chromium, "args": ARGUMENTS}


@pytest.fixture(params=["desk", "phone"])
def browser_context_args(
    request: pytest.FixtureRequest, browser_context_args: dict[str, Any]
) -> dict[str, Any]:
    """Open every page on a desk's screen and on a weak phone's."""
    if request.param == "desk":
        return browser_context_args | {"viewport": {"width": 1280, "height": 900}}
    phone = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
    return browser_context_args | phone


@dataclass(frozen=True)
class Site:
    """Where the server answers, and the family whose link it gave."""

    base: str
    token: str
    school: str
    teacher: str


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Take the small district in, publish it and serve it with `schooldesk serve`."""
    with serving(tmp_path_factory.mktemp("site"), "tests.browser.making", NOW) as (base, made):
        yield Site(base, *made[-3:])


@contextmanager
def serving(folder: Path, making: str, now: str) -> Iterator[tuple[str, list[str]]]:
    """Serve what a module makes, at a fixed time; give the address and the words that the module said."""
    port = free_port()
    environment = os.environ | {
        "SCHOOLDESK_VAR": str(folder),
        "SCHOOLDESK_NOW": now,
        "DJANGO_SETTINGS_MODULE": "schooldesk.settings",
    }
    environment.pop("SCHOOLDESK_DATABASE", None)
    made = subprocess.run(
        [sys.executable, "-m", making, PASSWORD], env=environment, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    program = Path(sys.executable).with_name("schooldesk")
    command = [program, "serve", "--port", str(port), "--workers", "1"]
    with (folder / "serve.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _wait(port, folder / "serve.log")
        yield f"http://127.0.0.1:{port}", made.stdout.split()
    finally:
        server.terminate()
        assert server.wait(PATIENCE) == 0, "the server did not end cleanly when told to"


def _wait(port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rule on the size of targets is off unless asked for by name.
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}


WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOOKS = 3


def whole(page: Page, look: Callable[[], Any]) -> Any:
    """Look at the page once it is whole; one that renews itself meanwhile is looked at again."""
    for left in reversed(range(LOOKS)):
        page.wait_for_load_state()
        try:
            return look()
        except Error:
            if not left:
                raise
    raise AssertionError("the page was not looked at")


def judged(page: Page) -> AxeResults:
    """Let axe judge the open page by our rules."""
    return whole(page, lambda: Axe().run(page, options=RULES))


@pytest.fixture
def lawful(page: Page) -> Any:
    """Hold the open page to axe's rules and to the width of its screen."""

    def check() -> None:
        found = judged(page)
        assert found.violations_count == 0, found.generate_report()
        wide = whole(page, lambda: page.evaluate(WIDER))
        assert wide <= 0, f"the page is {wide} pixels wider than its screen"

    return check


@pytest.fixture
def quiet(page: Page) -> Iterator[list[str]]:
    """Gather what the browser complains of; a page must give it no cause."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []
