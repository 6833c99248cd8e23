"""Cohorts and results as compressed JSON, and back, checked as they are read."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

Value = TypeVar("Value")


def pack(value: object) -> bytes:
    """Return a value as compressed JSON."""
    return zlib.compress(_adapter(type(value)).dump_json(value), 3)


def unpack(kind: type[Value], body: bytes) -> Value:
    """Return the value that was packed."""
    value: Value = _adapter(kind).validate_json(zlib.decompress(bytes(body)))
    return value


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - pydantic takes any type
    return TypeAdapter(kind)
