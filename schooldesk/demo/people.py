"""Who there is to sign in as in the demonstration, and the addresses to open."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

from schoolday.ground.grades import order
from schoolday.roster import Roster
from schooldesk import clock, scope
from schooldesk.bargaining.record import reads as bargaining
from schooldesk.day import writes
from schooldesk.demo.dates import DAY, DEMONSTRATION, MADE_UP, SEALED, TODAY, moment
from schooldesk.ledger.substitutes.typed import Asked
from schooldesk.ledger.substitutes.writes import name
from schooldesk.ledger.writes import By
from schooldesk.people.writes import add_staff
from schooldesk.roster import reads

USUAL = 300
"""Pupils of a school worth showing: not the district office's rows."""


def addresses(roster: Roster, base: str, password: str) -> list[str]:
    """Make a family's link, and accounts for staff and a table's people; return what to print."""
    district = roster.district
    house = a_family(roster)
    with scope.district(district):
        home = reads.district(district)
        number = reads.numbers_of(home, [house])[house] if home else 0
        standing = bargaining.standing()
        table = f"/d/{district}/table/{standing[0].table}/" if standing else ""
    token = writes.give_link(district, number, DEMONSTRATION)
    school = _accounts(roster, house, password, table=bool(table))
    return [
        *_family(base, token),
        "",
        *_everybody(base, district, table),
        "",
        f"Sign in at {base}/desk/ with the password {password} as one of these:",
        *_staff(f"/d/{district}", school, table=bool(table)),
    ]


def _accounts(roster: Roster, house: str, password: str, *, table: bool) -> str:
    """Make everybody's account; return the school that they belong to."""
    district, teacher = roster.district, a_teacher(roster, house)
    school = roster.staff[teacher].schools[0]
    add_staff(district, "teacher", password, "teacher", sourced=teacher, schools=(school,))
    provider = a_provider(roster, school)
    if provider:
        add_staff(district, "provider", password, "provider", sourced=provider)
    _substitute(roster, school, teacher, password)
    for role in ("principal", "clerk", "cases"):
        add_staff(district, role, password, role, schools=(school,))
    add_staff(district, "planner", password, "planner")
    if table:
        add_staff(district, "union", password, "party", side="union")
        add_staff(district, "employer", password, "party", side="district")
        add_staff(district, "mediator", password, "mediator")
    return school


def _substitute(roster: Roster, school: str, teacher: str, password: str) -> None:
    """Let somebody who is on no roster stand in for a colleague of the teacher, today and tomorrow."""
    district, called = roster.district, ("Sam", "Stands-In")
    account = add_staff(district, "substitute", password, "substitute", called=called)
    taught = (section.id for section in roster.sections_at[school])
    others = (who for one in taught for who in roster.teachers_of.get(one, ()) if who != teacher)
    away = next(others, teacher)
    with scope.district(district):
        home = reads.district(district)
        assert home is not None
        zone, until = ZoneInfo(home.timezone), TODAY + timedelta(days=1)
        asked = Asked(account, school, away, (), TODAY, until, MADE_UP, may_certify=False)
        with clock.at(moment(TODAY, 7, zone)):
            name(By(district, DEMONSTRATION, DEMONSTRATION, zone), home, asked)


def _family(base: str, token: str) -> list[str]:
    at = f"{base}/h/{token}"
    return [
        f"A family with several children    {at}/{TODAY}/",
        f"What it was given, week by week   {at}/record/?on={SEALED}",
        f"Its services and its notices      {at}/services/   {at}/notices/",
        f"Recordings, and what was learned  {at}/recordings/   {at}/learning/",
        f"When the family's children return {at}/return/",
    ]


def _everybody(base: str, district: str, table: str) -> list[str]:
    of = f"{base}/d/{district}"
    return [
        f"The rules in force, with sources  {base}/rules/?on={TODAY}",
        f"What was planned and given        {of}/board/",
        *([f"The bargaining table's record     {of}/table/?on={DAY}"] if table else []),
        *([f"What the union's position does    {base}{table}consequences/"] if table else []),
        f"What conditions allowed           {of}/conditions/?on=2020-10-13",
        f"The year again, by week           {of}/conditions/year/",
    ]


def _staff(of: str, school: str, *, table: bool) -> list[str]:
    """Return whom to sign in as, each with the pages to look at first."""
    preview = "conditions/preview/?from=2020-11-12&until=2020-11-13&known=2020-11-10"
    return [
        f"  teacher    classes to take, the week to certify, small groups   "
        f"{of}/take/   {of}/week/   {of}/learning/groups/",
        f"  substitute the classes of a colleague who is away for two days   {of}/take/",
        f"  provider   own services, and what is to record   {of}/services/",
        f"  clerk      absences, and whom to reach by when   {of}/reengage/",
        f"  cases      services of the school, and the same list   {of}/services/schools/",
        f"  principal  the school's weeks and measures   {of}/week/?on={SEALED}&school={school}   "
        f"{of}/measures/",
        f"  planner    all schools, moves, cohorts, conditions   {of}/reengage/schools/   {of}/moves/   "
        f"{of}/cohorts/   {of}/{preview}",
        *(["  union, employer or mediator   the bargaining table's limits"] if table else []),
    ]


def a_family(roster: Roster) -> str:
    """Return a household of three on one device, in classes and in courses, at schools of the usual size."""

    def near(house_id: str) -> tuple[int, bool, bool, int]:
        house = roster.households[house_id]
        pupils = [roster.pupils[pupil] for pupil in house.pupils]
        usual = all(len(roster.pupils_at[pupil.school]) >= USUAL for pupil in pupils)
        grades = [order(pupil.grade) for pupil in pupils]
        mixed = min(grades) <= order("6") < max(grades)
        return -abs(len(pupils) - 3), usual, mixed, -(house.devices or len(pupils))

    return max(sorted(roster.households), key=near)


def a_teacher(roster: Roster, house: str) -> str:
    """Return the teacher of record of one of the family's children."""
    mine = set(roster.households[house].pupils)
    section = next(row.section for row in roster.enrollments if row.pupil in mine)
    return roster.teachers_of[section][0]


def a_provider(roster: Roster, school: str) -> str:
    """Return who serves most pupils of a school and works nowhere else; empty where there is nobody."""
    many = Counter(one.provider for one in roster.services.values())
    there = (who for who in many if tuple(roster.staff[who].schools) == (school,))
    return max(sorted(there), key=lambda who: many[who], default="")
