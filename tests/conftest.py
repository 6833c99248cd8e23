"""What all tests share: which database the desk is tested on, and a clock that stands still."""

# ruff: noqa: PLC0415, PT022 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ["tests.postgres"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgres"),
        default="sqlite",
        help="the database that the desk's tests run on; postgres starts a private server",
    )

    parser.addoption(
        "--spark",
        action="store_true",
        help="run what asks Spark, which wants Java 17 and pyspark; it fails where they lack",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what asks Spark, unless it was asked for: then nothing of it is skipped in silence."""
    if not config.getoption("--spark"):
        skip = pytest.mark.skip(reason="asks Spark: make spark runs it")
        for item in items:
            if item.get_closest_marker("spark"):
                item.add_marker(skip)


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    # A slow hash is right for people and wrong for a hundred sign-ins of a test run.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.LOOKS_EVERY = 0
    # Each test's client would search all static files anew.
    settings.WHITENOISE_USE_FINDERS = False
    settings.NOW = "2020-09-08T07:45"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Test on a SQLite file as in service, or on a private PostgreSQL server."""
    from django.db import connections

    from schooldesk import setup

    folder = tmp_path_factory.mktemp("desk")
    if request.config.getoption("--database") == "postgres":
        from tests.postgres import address_settings

        found = address_settings(request.getfixturevalue("postgres"))
    else:
        found = setup.sqlite(folder / "desk.sqlite3")
        found["TEST"] = {"NAME": str(folder / "test.sqlite3")}
    _use(connections, found)


def _use(connections: Any, found: dict[str, Any]) -> None:
    from django.conf import settings

    if hasattr(connections._connections, "default"):
        connections["default"].close()
        del connections["default"]
    settings.DATABASES = {"default": found}
    connections.settings = connections.configure_settings({"default": found})


@pytest.fixture(autouse=True)
def _own_var(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.VAR = tmp_path
    yield
