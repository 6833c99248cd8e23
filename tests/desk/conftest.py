"""The cast: two districts and their people, published once; every test has a foreigner."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schoolday.files.rulebooks import load
from schoolday.roster import Roster
from schoolday.sample.cedar import cedar
from schoolday.sample.maple import maple
from schoolday.timetable.dates import Dates
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import FirstLawful
from tests.desk import care, emergencies
from tests.desk.conditions import tell
from tests.desk.ledgers import FRIDAY_EVENING, MONDAY, first_meeting
from tests.desk.outcomes import work_out_both
from tests.desk.tables import write_table

TUESDAY = date(2020, 9, 8)
FIRST, LAST = date(2020, 9, 3), date(2020, 9, 11)


def plan_of(roster: Roster) -> Plan:
    """Return a lawful plan of a small district."""
    weeks = {}
    for question in Dates(roster, load()).questions(TUESDAY):
        result = solve(question, stop=FirstLawful(), seed=1)
        assert result.timetable is not None
        weeks[question.school] = SchoolWeek(question, result.timetable)
    return Plan(roster.district, TUESDAY, 1, weeks)


@pytest.fixture(scope="session")
def rosters() -> dict[str, Roster]:
    return {"maple": maple(), "cedar": cedar()}


@pytest.fixture(scope="session")
def plans(rosters: dict[str, Roster]) -> dict[str, Plan]:
    return {name: plan_of(roster) for name, roster in rosters.items()}


@dataclass(frozen=True)
class Family:
    """A household with its link."""

    district: str
    id: str
    number: int
    token: str
    pupils: tuple[str, ...]


@dataclass(frozen=True)
class Cast:
    """Who is who. The Ash household of maple is the one that most tests look at."""

    family: Family
    foreign: Family
    teacher: str
    colleague: str
    school: str
    other_school: str


PEOPLE = (
    "stranger", "teacher", "colleague", "principal", "planner", "foreigner", "union", "employer", "mediator",
)  # fmt: skip
PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def cast(django_db_setup: None, rosters: dict[str, Roster]) -> Cast:
    home = rosters["maple"]
    return Cast(
        _family(home),
        _family(rosters["cedar"]),
        _teacher(home, _house(home).pupils),
        _stranger_teacher(home, _house(home).pupils),
        home.pupils[_house(home).pupils[0]].school,
        next(s for s in home.schools if s not in {home.pupils[p].school for p in _house(home).pupils}),
    )


def _house(roster: Roster) -> Any:
    """Return the household with most children of one school."""

    def key(house: Any) -> tuple[bool, int]:
        return (len({roster.pupils[p].school for p in house.pupils}) == 1, len(house.pupils))

    return max(roster.households.values(), key=key)


def _family(roster: Roster) -> Family:
    house = _house(roster)
    # The number is the desk's own; it is filled in by `desk`.
    return Family(
        roster.district, house.id, _NUMBERS[roster.district], _TOKENS[roster.district], house.pupils
    )


_NUMBERS: dict[str, int] = {}
_TOKENS: dict[str, str] = {}


def _teacher(roster: Roster, pupils: tuple[str, ...]) -> str:
    sections = {row.section for row in roster.enrollments if row.pupil in pupils}
    return next(row.staff for row in roster.teaching if row.section in sections)


def _stranger_teacher(roster: Roster, pupils: tuple[str, ...]) -> str:
    sections = {row.section for row in roster.enrollments if row.pupil in pupils}
    near = {row.staff for row in roster.teaching if row.section in sections}
    return next(row.staff for row in roster.teaching if row.staff not in near)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: Any,
    rosters: dict[str, Roster],
    plans: dict[str, Plan],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Load and publish both districts once; each test's changes are rolled back."""
    from django.conf import settings

    settings.VAR = tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock():
        _load(rosters, plans)


def _load(rosters: dict[str, Roster], plans: dict[str, Plan]) -> None:
    from django.conf import settings

    from schooldesk import scope, taking
    from schooldesk.bargaining.record.commands import load_table
    from schooldesk.day.publish import publish
    from schooldesk.day.writes import give_link
    from schooldesk.people.writes import add_staff
    from schooldesk.roster import reads

    for name, roster in rosters.items():
        taking.take(roster, plans[name], who="test")
        publish(name, FIRST, LAST, who="test")
        load_table(name, write_table(settings.VAR / f"table-{name}", name), "test")
        tell(name)
        with scope.district(name):
            home = reads.district(name)
            assert home is not None
            _NUMBERS[name] = reads.numbers(home)[_house(roster).id]
        _TOKENS[name] = give_link(name, _NUMBERS[name], "test")
    home = rosters["maple"]
    pupils = _house(home).pupils
    school = home.pupils[pupils[0]].school
    add_staff("maple", "teacher", PASSWORD, "teacher", sourced=_teacher(home, pupils))
    add_staff("maple", "colleague", PASSWORD, "teacher", sourced=_stranger_teacher(home, pupils))
    add_staff("maple", "principal", PASSWORD, "principal", schools=(school,))
    add_staff("maple", "planner", PASSWORD, "planner")
    add_staff("cedar", "foreigner", PASSWORD, "planner")
    add_staff("maple", "union", PASSWORD, "party", side="union")
    add_staff("maple", "employer", PASSWORD, "party", side="district")
    add_staff("maple", "mediator", PASSWORD, "mediator")
    # Of the same names as those at Maple's table: the district alone keeps them apart.
    add_staff("cedar", "foreign-union", PASSWORD, "party", side="union")
    add_staff("cedar", "foreign-mediator", PASSWORD, "mediator")


@pytest.fixture
def worked_out(db: None) -> None:
    """Both tables have the union's position and the disputed packages worked out at a school."""
    for name in ("maple", "cedar"):
        work_out_both(name)


@pytest.fixture
def client_of(db: None) -> Callable[[str], Client]:
    """Sign somebody of the cast in."""
    from django.contrib.auth import get_user_model

    def sign_in(name: str) -> Client:
        client = Client()
        if name != "stranger":
            client.force_login(get_user_model().objects.get(username=name))
        return client

    return sign_in


@pytest.fixture
def of(client_of: Callable[[str], Client]) -> Callable[[str], Client]:
    """Sign somebody in whose browser asks for English."""

    def signed(name: str) -> Client:
        client = client_of(name)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return signed


@pytest.fixture
def planner(of: Callable[[str], Client]) -> Client:
    return of("planner")


@pytest.fixture
def friday(settings: Any) -> None:
    """It is Friday evening of the week that is published, and its teacher certifies it."""
    settings.NOW = FRIDAY_EVENING


@pytest.fixture
def met(cast: Cast, db: None) -> Any:
    """The teacher's first meeting of Tuesday."""
    return first_meeting(cast.teacher, cast.school)


@pytest.fixture
def take(met: Any) -> str:
    """Where that meeting's class is taken."""
    return f"/d/maple/take/{met.source}/{TUESDAY}/"


@pytest.fixture
def week(cast: Cast) -> str:
    """Where the teacher's week is certified."""
    return f"/d/maple/week/{cast.school}/{cast.teacher}/{MONDAY}/"


@pytest.fixture
def carers(db: None) -> None:
    """Those who give services, and those who look after schools, have accounts."""
    care.people()


@pytest.fixture
def provider(client_of: Callable[[str], Client], carers: None) -> Client:
    return client_of("provider")


@pytest.fixture
def autumn(settings: Any, db: None) -> None:
    """It is the autumn of 2026, and both districts' school year is of it."""
    settings.NOW = emergencies.NOW
    emergencies.later()


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    from schooldesk.cohorts.making import reads as cohorts
    from schooldesk.conditions import ahead
    from schooldesk.day import looks, request
    from schooldesk.ledger import weeks

    kept = (request, looks, ahead, weeks, cohorts)
    for one in kept:
        one.forget()
    yield
    for one in kept:
        one.forget()
