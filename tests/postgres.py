"""A private PostgreSQL server for the tests: its own folder, a free port, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest


def binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs: Debian keeps them apart from the path."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    return next(
        (place for place in places if (place / "initdb").exists()), Path(found).parent if found else None
    )


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_postgres() -> dict[str, Any]:
    """PostgreSQL refuses to be run by root: root runs it as Debian's user for it."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a server and give its address; skip in words where PostgreSQL is not installed."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed; on Debian: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="schoolday-pg-"))
    who = _as_postgres()
    if who:
        os.chown(folder, who["user"], who["group"])
    port, data = free_port(), folder / "data"
    run = {"cwd": folder, "check": True, "capture_output": True, **who}
    try:
        first = ["-U", "desk", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run([programs / "initdb", "-D", data, *first], **run)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories={folder}"
        start = ["-D", data, "-w", "-l", folder / "log", "-o", options]
        subprocess.run([programs / "pg_ctl", "start", *start], **(run | {"capture_output": False}))
        yield f"postgres://desk@127.0.0.1:{port}/postgres"
        subprocess.run([programs / "pg_ctl", "stop", "-D", data, "-m", "immediate"], **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def address_settings(address: str) -> dict[str, Any]:
    """Return Django's settings for a server's address."""
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username,
        "HOST": parts.hostname,
        "PORT": str(parts.port),
    }
