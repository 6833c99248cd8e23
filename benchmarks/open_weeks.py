"""A stand-in for the desk, for killing: open weeks in SQLite, certified weeks sealed in a folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np

from schoolday.calendar.row import Minutes, Row
from schoolday.files.ledger.seal import Seals
from schoolday.ledger.certify import Certificate, certify
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.week import Enrolled, Expected, Week
from schoolday.rules import Rulebook
from schoolday.rules.rule import Way

DISTRICT, FIRST, WEEKS, PUPILS = "maple-union", date(2020, 9, 14), 30, 12
ZONE = timezone(timedelta(hours=-8))
Tell = Callable[[str], None]

TABLES = """
CREATE TABLE IF NOT EXISTS entry (
  seq INTEGER PRIMARY KEY, id TEXT UNIQUE, week INT, pupil TEXT, minutes INT, corrects TEXT
);
CREATE TABLE IF NOT EXISTS certified (week INT, version INT, upto INT, PRIMARY KEY (week, version));
"""


class Desk:
    """A stand-in for the desk: open weeks in SQLite, certified weeks sealed in a folder."""

    def __init__(self, folder: Path, book: Rulebook) -> None:
        self.seals, self.book = Seals(folder / "seals", DISTRICT), book
        self.base = sqlite3.connect(folder / "open.sqlite3", isolation_level=None)
        self.base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + TABLES)

    def work(self, seed: int, tell: Tell, weeks: int = 1_000_000) -> None:
        """Seal what is certified and not sealed; then enter, certify and seal, week by week."""
        # Nothing is certified before the last certified week is sealed, so one at the most is left.
        query = "SELECT week, version FROM certified ORDER BY rowid DESC LIMIT 1"
        for week, version in self.base.execute(query).fetchall():
            self.seal(week, version, tell)
        tell("begun")
        chance = np.random.default_rng(seed)
        (last,) = self.base.execute("SELECT coalesce(max(week), -1) FROM entry").fetchone()
        for week in range(last + 1, last + 1 + weeks):
            self.enter(week, chance, tell)
            self.certify(week, tell)
            if week and chance.random() < 0.5:
                old = int(chance.integers(week))
                self.correct(old, tell)
                self.certify(old, tell)

    def enter(self, week: int, chance: np.random.Generator, tell: Tell) -> None:
        """Enter a week's work, entry by entry."""
        for pupil in range(PUPILS):
            row = (f"w{week}p{pupil}", week, f"p{pupil}", int(chance.integers(1, 200)), "")
            self.base.execute(
                "INSERT INTO entry (id, week, pupil, minutes, corrects) VALUES (?, ?, ?, ?, ?)", row
            )
            tell(f"entered {row[0]}")

    def correct(self, week: int, tell: Tell) -> None:
        """Correct an entry of a week."""
        query = """SELECT id, pupil, minutes FROM entry WHERE week = ?
            AND id NOT IN (SELECT corrects FROM entry) ORDER BY seq LIMIT 1"""
        name, pupil, minutes = self.base.execute(query, [week]).fetchone()
        row = (f"{name}c", week, pupil, minutes + 1, name)
        self.base.execute(
            "INSERT INTO entry (id, week, pupil, minutes, corrects) VALUES (?, ?, ?, ?, ?)", row
        )
        tell(f"entered {row[0]}")

    def certify(self, week: int, tell: Tell) -> None:
        """Certify a week as it stands, and seal it."""
        query = "SELECT coalesce(max(version), 0) + 1 FROM certified WHERE week = ?"
        (version,) = self.base.execute(query, [week]).fetchone()
        add = "INSERT INTO certified SELECT ?, ?, max(seq) FROM entry"
        self.base.execute(add, [week, version])
        tell(f"certified {week} {version}")
        self.seal(week, version, tell)

    def seal(self, week: int, version: int, tell: Tell) -> None:
        """Seal a certified week, unless it is sealed."""
        made = self.week(week)
        newest = self.seals.newest(made.school, made.teacher, made.monday.isoformat())
        if newest is None or newest.head.version < version:
            sealed = self.seals.seal(self.certificate(week, version))
            tell(f"sealed {sealed.digest}")

    def certificate(self, week: int, version: int) -> Certificate:
        """Return the certificate of a week's version: the entries there were then."""
        query = "SELECT upto FROM certified WHERE week = ? AND version = ?"
        (upto,) = self.base.execute(query, [week, version]).fetchone()
        made = self.week(week, upto)
        at = datetime.combine(made.days[-1], datetime.min.time(), ZONE) + timedelta(hours=17, minutes=version)
        return certify(made, self.book, by=made.teacher, at=at)

    def week(self, week: int, upto: int | None = None) -> Week:
        """Return a week with its entries, up to one of them."""
        monday, teacher = FIRST + timedelta(days=7 * (week % WEEKS)), f"t{week // WEEKS}"
        days = tuple(monday + timedelta(days=place) for place in range(5))
        pupils = tuple(Expected(f"p{one}", "3", ("class",)) for one in range(PUPILS))
        query = "SELECT id, pupil, minutes, corrects FROM entry WHERE week = ? AND seq <= ? ORDER BY seq"
        rows = self.base.execute(query, [week, 2**60 if upto is None else upto]).fetchall()
        entries = tuple(_entry(*row, day=days[0], by=teacher) for row in rows)
        plan = tuple(Row(one.pupil, day, "class", Minutes.LIVE, 180) for one in pupils for day in days)
        enrolled = frozenset(Enrolled(one.pupil, day, "class") for one in pupils for day in days)
        return Week(DISTRICT, "maple", teacher, monday, Way.DISTANCE, days, pupils, entries, plan, enrolled)


def _entry(name: str, pupil: str, minutes: int, corrects: str, *, day: date, by: str) -> Entry:
    at = datetime.combine(day, datetime.min.time(), ZONE) + timedelta(hours=12, seconds=name.count("c"))
    return Entry(
        name, EntryKind.WORK, pupil, day, "maple", "class", None, None, minutes, "submitted", "", by, at,
        corrects, "desk",
    )  # fmt: skip
