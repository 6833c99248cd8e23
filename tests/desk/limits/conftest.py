"""The sides of a table with their limits, for all tests of private limits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.desk.limits import Desk, lay


@pytest.fixture
def desk(client_of: Callable[[str], Client]) -> Desk:
    return Desk(client_of)


@pytest.fixture
def laid(desk: Desk) -> Desk:
    lay()
    return desk


@pytest.fixture
def ready(laid: Desk) -> Desk:
    """Both sides have limits, and 150 live minutes are common to them."""
    laid.keep("union", "teacher_live", high="211")
    laid.keep("employer", "live_minutes", low="140")
    return laid
