"""Check that a date's meetings expect whom the roster names: all of a section's people, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from schoolday.ground.finding import Finding, Status
from schoolday.roster import Roster, Section, Service
from schoolday.timetable.meeting import Meeting, SchoolDay

Enrolled = Mapping[str, Sequence[str]]
"""The pupils in each section on a date, as `Roster.enrolled` gives them."""


def check_expected(roster: Roster, school_day: SchoolDay, enrolled: Enrolled) -> Iterator[Finding]:
    """Yield where a school's meetings and the roster of that very date differ.

    A week is planned for the roster of one date; pupils come and go after it. Service minutes that are
    owed and not placed are judged over a week, by `check_services`.

    Parameters
    ----------
    roster, school_day
        The district's people, and the date to judge.
    enrolled
        ``roster.enrolled(school_day.day)``.
    """
    held: dict[str, list[Meeting]] = defaultdict(list)
    for one in school_day.meetings:
        held[one.source].append(one)
        if one.day != school_day.day:
            said = f"{one.title} ({one.activity}) is dated {one.day}; the day is {school_day.day}"
            yield Finding("day.date", said, where=(school_day.school, one.activity))
    live = {band for band, plan in school_day.plans.items() if plan.live or plan.in_person}
    for section in roster.sections_at.get(school_day.school, ()):
        yield from _section(roster, school_day, section, enrolled, held.get(section.id, []), live)
    yield from _services(roster, school_day, held)


def unplanned(roster: Roster, days: Sequence[SchoolDay], day: date) -> Iterator[Finding]:
    """Yield the schools with pupils for which nothing at all was planned on a date."""
    planned = {one.school for one in days}
    for school, pupils in roster.pupils_at.items():
        if pupils and school not in planned:
            said = f"school {school} has {len(pupils)} pupils, and nothing is planned for it on {day}"
            yield Finding("day.no_school", said, where=(school, day.isoformat()), mend="plan the school")


def _section(
    roster: Roster,
    school_day: SchoolDay,
    section: Section,
    enrolled: Enrolled,
    held: list[Meeting],
    live: set[tuple[str, str]],
) -> Iterator[Finding]:
    due, seen = set(enrolled.get(section.id, ())), {pupil for one in held for pupil in one.pupils}
    name, on = f"{section.title} ({section.id})", school_day.day.isoformat()
    where = (school_day.school, section.id, on)
    if due and not held:
        if any((roster.pupils[p].grade, section.kind) in live for p in due if p in roster.pupils):
            said = f"{name} has {len(due)} pupils and does not meet on {on}"
            yield Finding("day.section_missing", said, where=where)
        return
    for pupil in sorted(due - seen):
        said = f"pupil {pupil} is in {name} on {on}, and none of its meetings expects the pupil"
        yield Finding("day.not_expected", said, where=(*where[:1], f"pupil {pupil}", on), mend="plan anew")
    yield from _strangers(where, name, seen - due)
    yield from _teachers(where, name, held, set(roster.teachers_of.get(section.id, ())))


def _services(roster: Roster, school_day: SchoolDay, held: Mapping[str, list[Meeting]]) -> Iterator[Finding]:
    known: dict[str, list[Service]] = defaultdict(list)
    for service in roster.services.values():
        known[service.group or service.id].append(service)
    for source in sorted(held.keys() - roster.sections.keys()):
        where = (school_day.school, source, school_day.day.isoformat())
        if source not in known:
            said = f"{held[source][0].title} ({source}) meets, and the roster has no such section or service"
            yield Finding("day.unknown_meeting", said, where=where)
            continue
        name = f"{known[source][0].kind} ({source})"
        due = {one.pupil for one in known[source] if one.stands(school_day.day)}
        seen = {pupil for one in held[source] for pupil in one.pupils}
        yield from _strangers(where, name, seen - due)
        yield from _teachers(where, name, held[source], {one.provider for one in known[source]})
    for section in sorted(held.keys() & roster.sections.keys()):
        if roster.sections[section].school != school_day.school:
            said = f"section {section} meets at school {school_day.school}; the roster has it elsewhere"
            yield Finding("day.unknown_meeting", said, where=(school_day.school, section))


def _strangers(where: tuple[str, ...], name: str, strangers: set[str]) -> Iterator[Finding]:
    for pupil in sorted(strangers):
        said = f"{name} expects pupil {pupil}, who is not in it on {where[2]}"
        yield Finding("day.not_enrolled", said, where=(where[0], f"pupil {pupil}", where[2]))


def _teachers(where: tuple[str, ...], name: str, held: list[Meeting], due: set[str]) -> Iterator[Finding]:
    """Yield the meetings that other people teach than the roster says, or nobody knows who."""
    if not due:
        said = f"{name} meets on {where[2]}, and the roster names nobody who teaches it"
        yield Finding(
            "day.no_teacher", said, Status.UNVERIFIED, where, mend="name a teacher in enrollments.csv"
        )
        return
    for one in held:
        if set(one.teachers) != due:
            who, named = ", ".join(sorted(set(one.teachers))) or "nobody", ", ".join(sorted(due))
            said = f"{name} {one.span} on {where[2]} has {who} to teach it; the roster names {named}"
            yield Finding("day.teacher", said, where=where)
