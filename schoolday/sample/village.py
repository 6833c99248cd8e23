"""A small made-up district from a table that a person can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schoolday.ground.grades import order
from schoolday.roster import Bells, Enrollment, Household, Roster, School, Section, Teaching
from schoolday.sample.elementary import homerooms
from schoolday.sample.people import Chance, Child, StaffRoom, chance
from schoolday.sample.sacramento import FIRST, PITCH, PLACES, SLOTS, ZONE
from schoolday.sample.secondary import scheduled
from schoolday.sample.services import KINDS, Met, hire, promised
from schoolday.sample.year import school_year

_SEVENTH = 8


@dataclass(frozen=True, slots=True)
class Village:
    """A small district.

    Parameters
    ----------
    key, name
        Its id, which begins every other id, and its name.
    younger, older
        The names of the school for K to 6 and of the school for 7 to 12.
    homes
        One home a line: ``surname; language; devices or ?; connection; Given grade marks, ...``.
    met
        Who is met for services: the kind, times a week, and given names with surnames.
    apart
        Grades 7 to 12 with fewer pupils are taught together with the next.
    """

    key: str
    name: str
    younger: str
    older: str
    homes: str
    met: tuple[tuple[str, int, tuple[str, ...]], ...]
    apart: int


def settle(village: Village, seed: int) -> Roster:
    """Return the roster of a small district; `seed` draws teachers' names, birthdays and seats."""
    rng = chance(seed, village.key)
    children, homes = _homes(village, rng)
    schools = _schools(village)
    staff = StaffRoom(rng, f"{village.key}-t")
    sections, enrolled, teaching = _taught(schools, children, staff, rng, village.apart)
    met = _met(village, children)
    for kind in KINDS:
        hire([row for row in met if row.kind is kind], kind, staff)
    return Roster(
        district=village.key,
        name=village.name,
        places=PLACES,
        timezone=ZONE,
        schools=schools,
        pupils={child.id: child.pupil() for child in children},
        staff=staff.staff,
        sections={section.id: section for section in sections},
        enrollments=tuple(enrolled),
        teaching=tuple(teaching),
        households=homes,
        services=promised(met, f"{village.key}-"),
        contracts=staff.contracts,
        bells={school: Bells(school, FIRST, PITCH, SLOTS) for school in schools},
        calendar=school_year(),
    )


def _schools(village: Village) -> dict[str, School]:
    younger, older = f"{village.key}-elementary", f"{village.key}-secondary"
    return {
        younger: School(younger, village.younger, ("K", "1", "2", "3", "4", "5", "6")),
        older: School(older, village.older, ("7", "8", "9", "10", "11", "12")),
    }


def _homes(village: Village, rng: Chance) -> tuple[list[Child], dict[str, Household]]:
    """Read the table of homes."""
    everyone: list[Child] = []
    homes: dict[str, Household] = {}
    for number, line in enumerate(village.homes.strip().splitlines(), 1):
        surname, language, devices, connection, names = (part.strip() for part in line.split(";"))
        here = [
            _child(village, len(everyone) + place, surname, words, rng)
            for place, words in enumerate(names.split(","), 1)
        ]
        everyone += here
        home = f"{village.key}-h{number:02d}"
        count = None if devices == "?" else int(devices)
        homes[home] = Household(home, tuple(child.id for child in here), language, count, connection)
    return everyone, homes


def _child(village: Village, number: int, surname: str, words: str, rng: Chance) -> Child:
    given, grade, *marks = words.split()
    level = order(grade)
    school = f"{village.key}-{'elementary' if level < _SEVENTH else 'secondary'}"
    born = date(2015 - level, 9, 2) + timedelta(days=int(rng.integers(0, 365)))
    return Child(f"{village.key}-p{number:02d}", school, grade, given, surname, born, set(marks))


def _taught(
    schools: Mapping[str, School], children: Sequence[Child], staff: StaffRoom, rng: Chance, apart: int
) -> tuple[list[Section], list[Enrollment], list[Teaching]]:
    """Make the classes of the first school and the sections of the second, each with a principal."""
    younger, older = schools
    staff.hire((younger,), "principal", "Administrative Services", hours=None)
    rooms = homerooms(younger, [child for child in children if child.school == younger], staff)
    staff.hire((older,), "principal", "Administrative Services", hours=None)
    pupils = [child for child in children if child.school == older]
    rows = scheduled(older, pupils, staff, rng, apart=apart)
    return rooms[0] + rows[0], rooms[1] + rows[1], rooms[2] + rows[2]


def _met(village: Village, children: Sequence[Child]) -> list[Met]:
    """Find the pupils who are met, and mark them."""
    named = {f"{child.given} {child.family}": child for child in children}
    kinds = {kind.name: kind for kind in KINDS}
    made: list[Met] = []
    for kind, times, names in village.met:
        pupils = [named[name] for name in names]
        for child in pupils:
            child.groups.add("iep")
        made.append(Met(pupils[0].school, kinds[kind], times, pupils))
    return made
