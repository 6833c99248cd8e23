"""What is asked and what was worked out as JSON, and back, checked as it is read."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from schoolday.bargaining.compared import Consequences
from schoolday.bargaining.ground import Package
from schoolday.bargaining.inquiry import Reached
from schooldesk.bargaining.models import Kind
from schooldesk.bargaining.outcomes.asked import Asked, AskedPackages, AskedPosition

Value = TypeVar("Value")
Both = tuple[Consequences, Consequences]
"""The consequences of a position, and of what it is held against."""


@dataclass(frozen=True)
class Found:
    """What came of a position: its consequences, those of what it is held against, and each school's alone.

    `alone` has both for each school by itself, as a question of that school would answer; it is empty where
    there was one school. What the public may see of a district hangs on it.
    """

    position: Consequences
    against: Consequences
    alone: dict[str, Both]


def plain_asked(asked: Asked) -> dict[str, Any]:
    """Return a question as plain values."""
    found: dict[str, Any] = _adapter(type(asked)).dump_python(asked, mode="json")
    return found


def read_asked(kind: str, values: object) -> Asked:
    """Return the question that was kept."""
    asked: Asked = _adapter(AskedPackages if kind == Kind.PACKAGES else AskedPosition).validate_python(values)
    return asked


def pack(value: Found | Reached | Package | list[Package]) -> bytes:
    """Return a result as compressed JSON."""
    kind: Any = list[Package] if isinstance(value, list) else type(value)
    return zlib.compress(_adapter(kind).dump_json(value), 3)


def unpack(kind: type[Value], body: bytes) -> Value:
    """Return the result that was packed."""
    value: Value = _adapter(kind).validate_json(zlib.decompress(bytes(body)))
    return value


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - pydantic takes any type
    return TypeAdapter(kind)
