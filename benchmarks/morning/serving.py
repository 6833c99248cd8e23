# ruff: noqa: PLC0415, ANN401 - Django must be set up first
"""The servers of the morning, and the CPU seconds that they use."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TICK = os.sysconf("SC_CLK_TCK")


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


def fresh() -> Callable[..., Any]:
    """Return an empty view of a project as `django-admin startproject` makes it, with its middleware."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import path

    def ok(request: Any) -> HttpResponse:
        return HttpResponse("ok")

    urls = type(sys)("fresh_urls")
    urls.urlpatterns = [path("", ok)]  # type: ignore[attr-defined]
    sys.modules["fresh_urls"] = urls
    contrib = ("auth", "contenttypes", "sessions", "messages", "staticfiles")
    settings.configure(
        ROOT_URLCONF="fresh_urls",
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["*"],
        INSTALLED_APPS=[f"django.contrib.{one}" for one in contrib],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
    )
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

    # Behind the morning's page, which stands first: the desk's other addresses come after it too.
    for address in ("h/empty", "home/empty"):
        urls.urlpatterns.insert(1, path(address, ok))
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
