"""What somebody typed into a form of learning, as values; what is wrong is said in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import QueryDict

from schoolday.ground.errors import SchooldayError
from schooldesk.learning.reads import framework

LONGEST = 300
"""The most letters of a title or a source."""


def a_text(form: Mapping[str, str], name: str, said: str, *, most: int = LONGEST) -> str:
    """Return a line that must be there."""
    found = " ".join(form.get(name, "").split())
    if not found:
        raise SchooldayError(f"write {said}")
    if len(found) > most:
        raise SchooldayError(f"{said} has more than {most} letters; say it shorter")
    return found


def a_date(form: Mapping[str, str], name: str, said: str) -> date:
    """Return a date that must be there."""
    found = an_end(form, name, said)
    if found is None:
        raise SchooldayError(f"choose {said}")
    return found


def an_end(form: Mapping[str, str], name: str, said: str) -> date | None:
    """Return a date that may be left out."""
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year < 2200:
        raise SchooldayError(f"{text[:20]!r} is no date; write {said} as 2020-09-08")
    return found


def a_number(form: Mapping[str, str], name: str, said: str, *, least: int = 1, most: int = 1000) -> int:
    """Return a whole number that must be there."""
    found = a_count(form, name, said, least=least, most=most)
    if found is None:
        raise SchooldayError(f"write {said}")
    return found


def a_count(
    form: Mapping[str, str], name: str, said: str, *, least: int = 0, most: int = 1000
) -> int | None:  # fmt: skip
    """Return a whole number that may be left out; nobody says it then, and it is not zero."""
    text = form.get(name, "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
        raise SchooldayError(f"{text[:20]!r} will not do as {said}: write a whole number, {least} to {most}")
    return int(text)


def standards(form: QueryDict, *, must: bool = True) -> tuple[str, ...]:
    """Return the standards that were marked or named by their codes."""
    named = [*form.getlist("standard"), *form.get("codes", "").replace(";", ",").split(",")]
    found: dict[str, None] = {}
    for name in filter(None, (one.strip() for one in named)):
        one = framework().find(name)
        if one is None:
            raise SchooldayError(f"{name[:60]!r} is no standard that the desk knows; correct its code")
        found[one.id] = None
    if must and not found:
        raise SchooldayError("mark at least one standard, or write its code")
    return tuple(found)
