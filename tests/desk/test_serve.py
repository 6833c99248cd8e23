"""`schooldesk serve` and `demo`: what they refuse before they begin."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.postgres import free_port


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens, ready to share it as a desk is."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def run(*words: str) -> Result:
    from schooldesk.cli import app

    return CliRunner().invoke(app, list(words))


def test_a_second_desk_on_the_same_port_is_refused_in_words(taken: int) -> None:
    found = run("serve", "--port", str(taken))
    assert found.exit_code == 2
    assert f"something listens at 127.0.0.1:{taken} already" in found.stderr
    assert "--port" in found.stderr


def test_the_demonstration_says_so_before_it_plans(taken: int) -> None:
    found = run("demo", "maple", "--port", str(taken))
    assert found.exit_code == 2
    assert f"something listens at 127.0.0.1:{taken} already" in found.stderr


def test_a_port_that_no_machine_has_is_refused() -> None:
    assert run("serve", "--port", "99999").exit_code == 2


def test_an_address_that_this_machine_does_not_have_is_refused_in_words() -> None:
    found = run("serve", "--host", "192.0.2.1")
    assert found.exit_code == 2
    assert "192.0.2.1" in found.stderr


def test_a_desk_that_is_stopped_while_it_begins_ends_cleanly(tmp_path: Path) -> None:
    environment = os.environ | {"SCHOOLDESK_VAR": str(tmp_path)}
    environment.pop("SCHOOLDESK_DATABASE", None)
    program = Path(sys.executable).with_name("schooldesk")
    command = [program, "serve", "--port", str(free_port()), "--workers", "1"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        assert server.stdout is not None
        said = list(takewhile(lambda line: "Spawning worker" not in line, server.stdout))
        server.terminate()
        assert server.wait(120) == 0, said


def test_a_port_that_nobody_listens_at_is_free() -> None:
    from schooldesk.ports import refuse_taken

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    refuse_taken("127.0.0.1", port)
