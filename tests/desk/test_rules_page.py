"""/rules/: what stands on a date, what does not bind, and all of it in the reader's language."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from schoolday.files.rulebooks import load
from schoolday.rules import BINDING, Layer

pytestmark = pytest.mark.django_db
DAY = date(2020, 9, 8)


def page(client: Client, query: str = "?on=2020-09-08") -> str:
    return client.get(f"/rules/{query}").content.decode()


def counted() -> tuple[int, int]:
    """Return how many rules bind on the day, and how many clauses are shown that do not."""
    book = load()
    pairs = book.on(DAY, frozenset(rule.place for rule in book.rules), frozenset(Layer)).pairs
    binding = sum(rule.layer in BINDING for rule, _clause in pairs)
    return binding, len(pairs) - binding


def test_only_what_binds_is_counted_as_standing(client: Client) -> None:
    binding, beside = counted()
    assert binding > 1
    assert beside > 1
    told = page(client)
    assert f"{binding} rules stand on this date." in told
    assert f"{beside} entries below are proposals or guidance and bind nobody." in told
    assert told.count('<article class="rule') == binding + beside


def test_where_nothing_is_proposed_or_advised_nothing_is_said_of_it(client: Client) -> None:
    told = page(client, "?on=2020-09-08&place=ca-scusd-demo")
    assert "bind nobody" not in told
    assert "binds nobody" not in told


def test_in_spanish_the_count_is_told_in_spanish(client: Client) -> None:
    binding, beside = counted()
    told = page(client, "?on=2020-09-08&lang=es")
    assert f"{binding} reglas rigen en esta fecha." in told
    assert f"{beside} de las entradas siguientes son propuestas u orientaciones y no obligan a nadie." in told
    assert not re.search(r"rules? stands? on this date", told)


def test_a_cache_keeps_each_language_apart(client: Client) -> None:
    kept = client.get("/rules/?on=2020-09-08")
    assert "public" in kept["Cache-Control"]
    assert {"Accept-Language", "Cookie"} <= set(kept["Vary"].split(", "))
