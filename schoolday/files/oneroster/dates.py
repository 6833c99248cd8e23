"""Dates of an export: an exclusive endDate made the last day, terms, and the school year meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table
from schoolday.ground.finding import Status

_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """Return the date of a cell; None where it is blank or no date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def last_of(text: str) -> date | None:
    """Return the last day on which something holds whose exclusive endDate stands in a cell."""
    end = day_of(text)
    return end - _DAY if end and end > date.min else None


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of days, both ends included; None where it is open."""

    first: date | None
    last: date | None

    @classmethod
    def over(cls, terms: Iterable[tuple[date, date]]) -> Self | None:
        """Return the stretch from the first of several terms to the last, or None of none."""
        pairs = list(terms)
        return cls(min(a for a, _ in pairs), max(b for _, b in pairs)) if pairs else None

    def meets(self, first: date, last: date) -> bool:
        """Whether it shares a day with the year."""
        return (self.first or first) <= last and first <= (self.last or last)

    def within(self, first: date, last: date) -> Term | None:
        """Return the part of the year that it is, or None where it is all of the year."""
        start = self.first if self.first and self.first > first else None
        end = self.last if self.last and self.last < last else None
        return Term(start, end) if start or end else None


def terms_of(sessions: Table) -> dict[str, tuple[date, date]]:
    """Return the first and last day of each academic session."""
    found = {}
    for session, start, end in zip(
        sessions["sourcedId"], sessions["startDate"], sessions["endDate"], strict=True
    ):
        first, last = day_of(start), last_of(end)
        if first is not None and last is not None and first <= last:
            found[session] = (first, last)
    return found


def school_year(sessions: Table, day: date, faults: Faults) -> tuple[date, date]:
    """Return the first and last day of the school year that a date lies in, or else of the nearest."""
    spans = terms_of(sessions)
    _say_backwards(sessions, faults)
    kinds = dict(zip(sessions["sourcedId"], sessions["type"], strict=True))
    years = [spans[session] for session in spans if kinds[session] == "schoolYear"]
    if not years:
        if spans:
            said = "there is no session of type schoolYear; the year was taken from the terms"
            mend = "add the school year to academicSessions.csv"
            faults.add("school_year", said, sessions.file, column="type", mend=mend, status=Status.UNVERIFIED)
        return _over(list(spans.values())) if spans else (day, day)
    now = [span for span in years if span[0] <= day <= span[1]]
    if now:
        return _over(now)
    later = [span for span in years if span[0] > day]
    found = min(later) if later else max(years)
    said = f"{day.isoformat()} lies in no school year of the file; {found[0]} to {found[1]} was taken"
    mend = "read the roster for a date within its year, or export the year meant"
    faults.add("school_year", said, sessions.file, column="startDate", mend=mend, status=Status.UNVERIFIED)
    return found


def _over(spans: list[tuple[date, date]]) -> tuple[date, date]:
    return min(a for a, _ in spans), max(b for _, b in spans)


def _say_backwards(sessions: Table, faults: Faults) -> None:
    for row, start, end in zip(sessions.rows, sessions["startDate"], sessions["endDate"], strict=True):
        first, after = day_of(start), day_of(end)
        if first is not None and after is not None and after <= first:
            said = "endDate is not after startDate; endDate is the first day after the session"
            faults.add("dates", said, sessions.file, row, "endDate", mend="correct the dates")
