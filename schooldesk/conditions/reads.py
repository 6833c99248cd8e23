"""What a district was told from outside as the core's values, with everything that was replaced, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection
from django.db.models import Count, Exists, OuterRef

from schoolday.conditions import BLUEPRINT, Assigned, Memory, Opened, course, eligible
from schoolday.conditions.allowed import Allowed, Openers, Outlook
from schoolday.conditions.known import Known
from schoolday.conditions.opening import kept
from schoolday.conditions.preview import Group
from schoolday.conditions.sites import Site
from schoolday.files.readings import Outside
from schoolday.ground.grades import order
from schoolday.rules import Rulebook
from schooldesk import scope
from schooldesk.conditions.facts import draft_of, outside_of, sites
from schooldesk.conditions.models import Entry, Fact, Kind, Otherwise
from schooldesk.conditions.writes import heads
from schooldesk.roster import models as tables
from schooldesk.roster import reads as roster
from schooldesk.rules.reads import rulebook

START = Memory(BLUEPRINT.steps[0], date(2020, 8, 31))
"""Where the rules begin to lead a place that was assigned no step: the strictest, on their first date."""
LAST_ENTRIES = 30


@dataclass(frozen=True)
class Here:
    """A district, and what it was told from outside: every place's, and where each school lies."""

    home: tables.District
    outside: Outside
    sites: tuple[Site, ...]

    def outlook(self, by: date) -> Outlook:
        """Return the rules with what was known by a date, by the steps on record."""
        known = Known(self.outside.readings, self.outside.assigned, self.outside.events, by=by)
        return Outlook(openers(tuple(self.home.places)), known)


@lru_cache(maxsize=8)
def openers(places: tuple[str, ...]) -> Openers:
    """Return the rules of some places that open and close schools."""
    return Openers(rulebook(), places)


def here(home: tables.District) -> Here:
    """Return what a district was told, as it stands."""
    outside = outside_of(draft_of(row) for row in heads() if not row.withdrawn)
    schools = [school.id for school in roster.schools(home)] if home.roster_id else []
    return Here(home, outside, sites(outside, schools))


def groups(here: Here) -> tuple[Group, ...]:
    """Return the grades of the schools with their pupils, without teachers."""
    rows = tables.Pupil.objects.filter(version=here.home.roster_id).order_by().values_list("school", "grade")
    counts = {(school, grade): number for school, grade, number in rows.annotate(number=Count("pk"))}
    keys = sorted(counts, key=lambda key: order(key[1]))
    return tuple(
        Group(site, grade, counts[school, grade], frozenset())
        for site in here.sites
        for school, grade in keys
        if school == site.school
    )


TAUGHT = """
    SELECT DISTINCT s.school, p.grade, t.staff
    FROM roster_enrollment e
    JOIN roster_pupil p ON p.version_id = e.version_id AND p.sourced = e.pupil
    JOIN roster_section s ON s.version_id = e.version_id AND s.sourced = e.section
    JOIN roster_teaching t ON t.version_id = e.version_id AND t.section = e.section
    WHERE e.version_id = %s AND (e.first IS NULL OR e.first <= %s) AND (e.last IS NULL OR e.last >= %s)
"""
"""Who teaches a grade at a school on a date; the version belongs to the district in scope."""


def taught(here: Here, some: Iterable[Group], day: date) -> tuple[Group, ...]:
    """Return groups with the teachers of their classes on a date."""
    found: dict[tuple[str, str], set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(TAUGHT, (here.home.roster_id, day, day))
        for school, grade, staff in cursor.fetchall():
            found.setdefault((school, grade), set()).add(staff)
    return tuple(
        Group(one.site, one.grade, one.pupils, frozenset(found.get((one.site.school, one.grade), ())))
        for one in some
    )


def allowed(outlook: Outlook, some: Sequence[Group], day: date) -> list[Allowed]:
    """Return what is allowed for each group on a date; schools that stand alike are asked about once."""
    known: dict[tuple[object, ...], Allowed] = {}
    found = []
    for group in some:
        key = (outlook.known.likeness(group.site), group.grade)
        if key not in known:
            known[key] = outlook.allowed(group.site, group.grade, day)
        one = known[key]
        found.append(Allowed(group.site.school, group.grade, day, one.states, one.whys))
    return found


def climbing(outside: Outside, book: Rulebook) -> tuple[str, ...]:
    """Return the places of which something is told that moves a place on its ladder."""
    return course.climbing(BLUEPRINT, book, outside.readings)


def steps(here: Here, book: Rulebook) -> tuple[Assigned, ...]:
    """Return the steps on record, and for places of schools without any, those that the rules lead to.

    A step on record goes before what the rules make of a nearer place: a zip code's numbers, entered beside
    its county's tier, are no tier of their own.
    """
    outside = here.outside
    given = {one.place for one in outside.assigned}
    beside = {place for site in here.sites if given & set(site.places) for place in site.places}
    rest = [name for name in climbing(outside, book) if name not in given | beside]
    found = course.led(BLUEPRINT, book, rest, outside.readings, START, outside.circumstances)
    return (*outside.assigned, *found)


@dataclass(frozen=True)
class StepDates:
    """The four dates of a step: its data week where one is on record, and when it was told, kept, and met.

    `by_rule` says that nobody has told from when it is kept, and a rule does; `opened` is the date on which
    the rule on schools that hangs on the step is met, None where it is not (or not any more before it was).
    """

    first: date | None
    last: date | None
    told: date
    kept: date | None
    by_rule: bool
    opened: Opened | None


def step_dates(outside: Outside) -> dict[tuple[str, date], StepDates]:
    """Return the four dates of each step on record, by its place and when it was told."""
    book, found = rulebook(), {}
    for place in dict.fromkeys(one.place for one in outside.assigned):
        mine = sorted((one for one in outside.assigned if one.place == place), key=lambda one: one.told)
        opened = {one.assigned: one for one in eligible(BLUEPRINT, book, mine)}
        for one in mine:
            found[place, one.told] = _dates(outside, book, one, opened.get(one.told))
    return found


def _dates(outside: Outside, book: Rulebook, one: Assigned, opened: Opened | None) -> StepDates:
    measures = course.measures(BLUEPRINT, book)
    week = next(
        (
            reading
            for reading in outside.readings
            if reading.place == one.place and reading.told == one.told and reading.measure in measures
        ),
        None,
    )
    first, last = (week.first, week.last) if week else (None, None)
    return StepDates(first, last, one.told, kept(BLUEPRINT, book, one), one.effective is None, opened)


def facts(place: str = "", kind: str = "") -> list[Fact]:
    """Return the rows of the district in scope, newest date first, each before the ones it replaced."""
    rows = Fact.objects.select_related("entry", "replaces", "replaced")
    if kind:
        rows = rows.filter(kind=kind)
    found = [row for row in rows if not place or row.subject == place]
    return sorted(found, key=lambda row: (row.told or date.max, row.pk), reverse=True)


def places() -> list[str]:
    """Return every place and school of which something was ever entered."""
    return sorted(set(Fact.objects.values_list("subject", flat=True)))


def fact(number: int) -> Fact | None:
    """Return a row that stands, or None."""
    found: Fact | None = Fact.objects.filter(pk=number, replaced__isnull=True, withdrawn=False).first()
    return found


def entries() -> list[Entry]:
    """Return the last entries with how many rows each has, and whether one of them was replaced since."""
    later = Fact.objects.filter(replaces__entry=OuterRef("pk"))
    rows = Entry.objects.annotate(rows=Count("facts"), changed=Exists(later)).order_by("-pk")
    return list(rows.select_related("undoes")[:LAST_ENTRIES])


def otherwise(*, removed: bool = False) -> list[Otherwise]:
    """Return the books that planners laid over the rules, or those taken away again."""
    return list(Otherwise.objects.filter(removed__isnull=not removed).order_by("title", "pk"))


def kinds() -> tuple[str, ...]:
    """Return the kinds of rows."""
    return tuple(Kind.values)


def assigned_by_place(outside: Outside) -> dict[str, list[Assigned]]:
    """Return the steps on record of each place, in the order in which they were told."""
    found: dict[str, list[Assigned]] = {}
    for one in sorted(outside.assigned, key=lambda one: one.told):
        found.setdefault(one.place, []).append(one)
    return found


def people(home: tables.District, school: str, grades: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return the pupils of some grades of a school: grade, given and family name."""
    rows = tables.Pupil.objects.filter(version=home.roster_id, school=school, grade__in=list(grades))
    found = rows.values_list("grade", "given", "family")
    return sorted(found, key=lambda row: (order(row[0]), row[2], row[1]))


def named(home: tables.District, staff: Iterable[str]) -> list[tuple[str, str]]:
    """Return the names of some staff: given and family name."""
    rows = tables.StaffMember.objects.filter(version=home.roster_id, sourced__in=list(staff))
    return sorted(rows.values_list("given", "family"), key=lambda row: (row[1], row[0]))


def everywhere() -> list[tuple[str, str]]:
    """Return each district that was told something from outside: its id and its name."""
    found = []
    for home in roster.districts():
        with scope.district(home.pk):
            if Fact.objects.exists():
                found.append((home.pk, home.name))
    return found
