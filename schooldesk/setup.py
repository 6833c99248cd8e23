"""What the settings are made from: the secret key's file, the database's address, quiet logs."""

from __future__ import annotations

import logging
import os
import re
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from schoolday.ground.errors import SchooldayError

# A checkpoint waits for the disk; SQLite's own choice, each fourth megabyte, made a publish wait forty times.
SQLITE_START = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=NORMAL;
PRAGMA mmap_size=1073741824;
PRAGMA journal_size_limit=67108864;
PRAGMA cache_size=-32000;
PRAGMA wal_autocheckpoint=4000;
"""


def flag(name: str, default: bool) -> bool:
    """Read a yes or no from the environment."""
    value = os.environ.get(name, "").lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def zone(name: str) -> str:
    """Return a time zone's name, if there is one of that name."""
    value = os.environ.get(name, "") or "America/Los_Angeles"
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise SchooldayError(
            f"{name} is {value!r}, and there is no time zone of that name; write it as America/Los_Angeles"
        ) from None
    return value


def moment(text: str, zone: str, name: str = "SCHOOLDESK_NOW") -> datetime:
    """Return the moment that a text fixes: in the zone it names itself, else in the one given."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise SchooldayError(
            f"{name} is {text!r}, which is no day and time; write it as 2020-09-08T07:45"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


def fixed(name: str, zone: str) -> str:
    """Read a fixed day and time from the environment, or nothing; it stays as it is written."""
    text = os.environ.get(name, "")
    if text:
        moment(text, zone, name)
    return text


def secret_key(var: Path) -> str:
    """Return the signing key: from the environment, or from a file made at the first start."""
    key = os.environ.get("SCHOOLDESK_SECRET_KEY", "")
    if key:
        return key
    file = var / "secret_key"
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    var.mkdir(parents=True, exist_ok=True)
    # The key is written under another name and linked into place: of several processes that start
    # at once one wins, and none reads half a key.
    draft = file.with_name(f"secret_key.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return file.read_text(encoding="ascii").strip()


def database(var: Path) -> dict[str, Any]:
    """Return Django's settings for the database that SCHOOLDESK_DATABASE names."""
    address = os.environ.get("SCHOOLDESK_DATABASE", "")
    if not address or address.startswith("sqlite:"):
        return sqlite(Path(address.removeprefix("sqlite:///")) if address else var / "desk.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            f"SCHOOLDESK_DATABASE names {parts.scheme!r}; write postgres://user:password@host:port/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
    }


def sqlite(file: Path) -> dict[str, Any]:
    """Return the settings for a SQLite file: many readers and one short writer at a time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
    }


class NoTokens(logging.Filter):
    """Keeps family links out of the logs: whoever reads a log must not open a page with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Blot the tokens out of the message."""
        text = record.getMessage()
        clean = re.sub(r"/(h|f)/[^/\s.]+", r"/\1/…", text)
        if clean != text:
            record.msg, record.args = clean, ()
        return True
