"""What is not sealed yet, measured in the desk's database, has the rows that it has once it is sealed.

The same week is asked in SQLite or PostgreSQL (``--database``) before it is sealed; afterwards its packs are
asked on DuckDB, on Spark (``--spark``) and in slow plain Python.
"""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from schoolday.files.engines.duck import Duck
from schoolday.measures.given import MeasuredYear, PackRow
from schoolday.measures.limits import Limits, spread
from schoolday.measures.portable import PORTABLE, Cells, answer, prepare, run
from schoolday.measures.reference import reference
from schooldesk import scope
from tests.desk.conftest import Cast
from tests.desk.ledgers import FRIDAY_EVENING, MONDAY, TUESDAY, certify, first_meeting, home_of, post, sent

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
Said = dict[str, Counter[Any]]
_UNTIMED = {"first": None, "last": None, "minutes": None}


@pytest.fixture(autouse=True)
def _friday(settings: Any, tmp_path: Path) -> None:
    settings.NOW = FRIDAY_EVENING
    settings.VAR = tmp_path


def entered(cast: Cast, client: Client) -> None:
    """Take a class: joined, moved, taken back, untimed, two at once, certified words, work of each kind."""
    met = first_meeting(cast.teacher, cast.school)
    at, who = f"/d/maple/take/{met.source}/{TUESDAY}/", met.pupils
    assert len(who) >= 5
    first, back = sent(who[0]), sent(who[1])
    every = [
        first,
        back,
        sent(who[1], kind="work", code="missing", **_UNTIMED),
        sent(who[2], **_UNTIMED),
        sent(who[2], kind="attendance", code="present", **_UNTIMED),
        sent(who[3], kind="attendance", code="excused", **_UNTIMED),
        sent(who[3], kind="failure", code="dropped", **_UNTIMED),
        sent(who[3], kind="contact", code="no_answer", **_UNTIMED),
        sent(who[4], first=540, last=570, minutes=30),
        sent(who[4], first=560, last=590, minutes=30),
        sent(who[4], kind="work", code="submitted", first=None, last=None, minutes=25),
        sent(who[4], kind="work", code="submitted", **_UNTIMED),
        sent(who[4], kind="contact", code="reached_parent", **_UNTIMED),
    ]
    done = post(client, at, *every)
    assert done.status_code < 300, done.content
    moved = sent(who[0], first=545, last=580, minutes=35, corrects=first["id"])
    gone = sent(who[1], code="withdrawn", corrects=back["id"], **_UNTIMED)
    done = post(client, at, moved, gone)
    assert done.status_code < 300, done.content


def certify_everybody(home: Any) -> None:
    from schooldesk.ledger import weeks
    from schooldesk.roster import reads as roster

    with scope.district("maple"):
        every = [
            (who, school.id)
            for school in roster.schools(home)
            for who in weeks.teachers_of(home, school.id, MONDAY)
            if weeks.week_of(home, school.id, who, MONDAY)
        ]
    for who, school in every:
        certify(who, school)


def named(year: MeasuredYear, name: str, rows: Iterable[Sequence[Any]]) -> Counter[Any]:
    """Return rows with ids in the place of numbers: a roster and its seals number each by their own order."""
    found: Counter[Any] = Counter()
    for row in rows:
        cells = dict(zip(PORTABLE[name].columns, row, strict=True))
        if name != "by_groups" and "pupil" in cells:
            cells["pupil"] = year.pupils[cells["pupil"]].id
        if "promise" in cells:
            cells["promise"] = year.promises[cells["promise"]].id
        found[tuple(cells.values())] += 1
    return found


def said_of(engine: Any, year: MeasuredYear, limits: Limits) -> Said:
    prepare(engine, year, limits)
    run(engine)
    return {name: named(year, name, answer(engine, name)) for name in PORTABLE}


class Weeks:
    """One week, asked while it was open; its year, its limits and its packs once it is sealed."""

    def __init__(self, cast: Cast, client: Client) -> None:
        from schooldesk.measures import folder, renewing
        from schooldesk.measures.open_weeks import open_week
        from schooldesk.rules.reads import rulebook

        entered(cast, client)
        home = home_of()
        with scope.district("maple"):
            folder.write(home)
            before = open_week(home, MONDAY, list(PORTABLE))
        assert before is not None
        self.packed: list[Cells] = before.packed
        self.open = {name: named(before.year, name, rows) for name, rows in before.rows.items()}
        certify_everybody(home)
        assert renewing.renew("maple", "test") is not None
        with scope.district("maple"):
            assert open_week(home, MONDAY, list(PORTABLE)) is None
        year, packs = folder.read(folder.folder_of("maple"))
        self.year = replace(year, calendar=before.year.calendar)
        self.packs = list(packs.values())
        self.limits = spread(rulebook(), self.year, places=home.places)


@pytest.fixture
def weeks(cast: Cast, client_of: Sign) -> Weeks:
    return Weeks(cast, client_of("teacher"))


def test_schools_that_are_looked_at_alone_have_the_rows_that_they_have_among_all(
    cast: Cast, client_of: Sign
) -> None:
    from schooldesk.measures import folder
    from schooldesk.measures.open_weeks import open_week
    from schooldesk.roster import reads as roster

    entered(cast, client_of("teacher"))
    home = home_of()
    with scope.district("maple"):
        folder.write(home)
        every = open_week(home, MONDAY, list(PORTABLE))
        some = open_week(home, MONDAY, list(PORTABLE), [one.id for one in roster.schools(home)])
    assert every is not None
    assert some is not None
    for name in PORTABLE:
        assert named(some.year, name, some.rows[name]) == named(every.year, name, every.rows[name]), name


def test_an_open_week_has_the_rows_that_duckdb_and_plain_python_find_once_it_is_sealed(weeks: Weeks) -> None:
    duck = Duck(weeks.packs)
    rows = [PackRow(*row) for row in duck.ask("SELECT * FROM pack_rows")]
    assert len(rows) == len(weeks.packed)
    assert {row.origin for row in rows} >= {"plan", "joined", "work", "attendance", "contact", "failure"}
    assert said_of(duck, weeks.year, weeks.limits) == weeks.open
    plain = reference(weeks.year, weeks.limits, rows)
    assert {name: named(weeks.year, name, some) for name, some in plain.items()} == weeks.open
    assert sum(row[5] * many for row, many in weeks.open["minutes_by_day"].items()) == 35 + 50 + 25


@pytest.mark.spark
def test_an_open_week_has_the_rows_that_spark_finds_once_it_is_sealed(weeks: Weeks) -> None:
    from schoolday.files.engines.spark import Spark

    spark = Spark(weeks.packs)
    spark.session.conf.set("spark.sql.shuffle.partitions", "2")
    assert said_of(spark, weeks.year, weeks.limits) == weeks.open
    spark.close()
