"""What the pages of cohorts say in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list

from schoolday.cohorts import TWO_AND_TWO
from schoolday.cohorts.admit import Refused
from schoolday.cohorts.assign import Unmet
from schoolday.cohorts.choice import Program
from schoolday.cohorts.phases import Phase
from schoolday.ground.grades import order
from schoolday.roster import Staff
from schooldesk.cohorts.making.result import GradeSize
from schooldesk.cohorts.models import Answer
from schooldesk.cohorts.rounds.reads import CLOSED, COMING, OPEN
from schooldesk.day.languages import Speech


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


PROGRAMS = {
    Program.ON_SITE.value: _("At school on the days of a cohort, at home on the others"),
    Program.DISTANCE.value: _("Distance learning at home"),
}
SHORT = {Program.ON_SITE.value: _("At school"), Program.DISTANCE.value: _("At home")}
STATES = {COMING: _("not begun yet"), OPEN: _("open"), CLOSED: _("closed")}
NEEDS = {
    "iep": _("Children with an individualized education program (IEP)"),
    "el": _("English learners"),
    "foster": _("Children in foster care"),
    "homeless": _("Children without a home of their own"),
}
FILES = {
    "choices": (_("Choices taken on paper"), "pupilId,program,date,by,wish,beside"),
    "seats": (_("Seats of the classes"), "sectionId,seats,wholeWeek"),
    "phases": (_("Phases of the return"), "date,grades,groups,schools,cohorts,source"),
}
"""What each file of a round is called, and its columns."""
NOBODY = _("Choose a program for at least one child; nothing was kept.")
NOT_OFFERED = _("Choose one of the programs that are offered; nothing was kept.")
NO_CALLER = _("Write down who called; nothing was kept.")
MONDAY = date(2020, 9, 7)
"""Any Monday: weekdays are named by it."""


def listed(words: Iterable[str], s: Speech) -> str:
    """Return words as a list in the reader's language."""
    return str(format_list(list(words), locale=s.locale))


def weekdays(days: Sequence[int], s: Speech) -> str:
    """Return weekdays as a list: Monday and Tuesday."""
    return listed((format_date(MONDAY + timedelta(days=day), "EEEE", s.locale) for day in days), s)


def cohort_days(cohort: str, s: Speech) -> str:
    """Return when a cohort is at school: Monday and Tuesday."""
    days = TWO_AND_TWO.days.get(cohort, ())
    return weekdays(days, s) if days else s.say(_("on no day"))


def wish(cohort: str, s: Speech) -> str:
    """Return a cohort that can be wished for, with its days."""
    return s.say(_("%(days)s (cohort %(cohort)s)")) % {"days": cohort_days(cohort, s), "cohort": cohort}


def answer(one: Answer, s: Speech) -> str:
    """Return what was chosen, with the wish for a cohort."""
    said = s.say(PROGRAMS[one.program])
    if one.wish:
        said += "; " + s.say(_("wished for: %(cohort)s")) % {"cohort": wish(one.wish, s)}
    return said


def said_by(one: Answer, zone: str, s: Speech) -> str:
    """Return when an answer was given and how."""
    when = moment(one.at, zone, s)
    if one.file_id:
        words = s.say(_("on %(day)s, on paper: %(by)s; sent in by %(who)s, %(when)s"))
        day = s.day(one.said) if one.said else ""
        return words % {"day": day, "by": one.by, "who": one.who, "when": when}
    if not one.who:
        return s.say(_("on %(when)s, under the family’s link")) % {"when": when}
    words = s.say(_("on %(when)s, by telephone: %(by)s; written down by %(who)s"))
    return words % {"when": when, "by": one.by, "who": one.who}


def moment(at: datetime, zone: str, s: Speech) -> str:
    """Return a moment as a date and a time where the district lies."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{s.day(there.date())}, {s.clock(there.hour * 60 + there.minute)}"


def refused(one: Refused, title: str, drawn: int, s: Speech) -> str:
    """Return why a child who asked to come has no seat, with the number in the draw."""
    words = s.say(
        _(
            "%(title)s holds %(seats)s children in both cohorts together, and they were taken by families "
            "drawn before: yours was drawn as number %(number)s of %(drawn)s."
        )
    )
    return words % {"title": title, "seats": one.seats, "number": one.number, "drawn": drawn}


def refused_there(one: Refused, title: str, drawn: int, s: Speech) -> str:
    """Return the same for whoever answers the family's call."""
    words = s.say(
        _(
            "%(title)s holds %(seats)s children in both cohorts together, and they were taken by families "
            "drawn before: this one was drawn as number %(number)s of %(drawn)s."
        )
    )
    return words % {"title": title, "seats": one.seats, "number": one.number, "drawn": drawn}


def apart(titles: Iterable[str], s: Speech) -> str:
    """Return why children who belong together are in two cohorts."""
    words = s.say(
        _(
            "The seats of %(titles)s cannot be given so that everybody’s children stay together; "
            "it was proved."
        )
    )
    return words % {"titles": listed(titles, s)}


def unmet(one: Unmet, title: str, s: Speech) -> str:
    """Return why a wish for a cohort is not met."""
    if not one.section:
        words = s.say(_("Cohort %(cohort)s would have been much larger than the other in several classes."))
        return words % {"cohort": one.wish}
    return s.say(_("Cohort %(cohort)s of %(title)s is full.")) % {"cohort": one.wish, "title": title}


def grades(some: Collection[str], s: Speech) -> str:
    """Return grades in words: grades TK to 12."""
    ordered = sorted(some, key=order)
    spans: list[list[str]] = []
    for grade in ordered:
        if spans and order(grade) == order(spans[-1][-1]) + 1:
            spans[-1].append(grade)
        else:
            spans.append([grade])
    ends = (tuple(dict.fromkeys((span[0], span[-1]))) for span in spans)
    to = s.say(_("%(first)s to %(last)s"))
    said = [to % {"first": end[0], "last": end[1]} if len(end) > 1 else end[0] for end in ends]
    words = s.count("Grade %(grades)s", "Grades %(grades)s", len(ordered))
    return words % {"grades": listed(said, s)}


def by_grade(one: GradeSize) -> int:
    """Return where a grade stands among the others."""
    return order(one.grade)


def need(group: str, s: Speech) -> str:
    """Return a reporting group in words; one of the district's own as it is called there."""
    return s.say(NEEDS[group]) if group in NEEDS else group


def staff_names(ids: Iterable[str], people: Mapping[str, Staff], s: Speech) -> str:
    """Return the names of staff as a list; an id where the roster has no name."""
    found = ((people.get(one), one) for one in ids)
    return listed((who.name if who else id for who, id in found), s)


def phase(one: Phase, schools: Mapping[str, str], s: Speech) -> list[str]:
    """Return for whom a phase is: its grades, needs, schools and cohorts; everybody where it names none."""
    said = []
    if one.grades:
        said.append(grades(one.grades, s))
    if one.groups:
        said.append(listed((need(group, s) for group in one.groups), s))
    if one.schools:
        said.append(listed((schools.get(name, name) for name in one.schools), s))
    if one.cohorts:
        words = s.count("Cohort %(cohorts)s", "Cohorts %(cohorts)s", len(one.cohorts))
        said.append(words % {"cohorts": listed(one.cohorts, s)})
    return said or [s.say(_("Everybody who comes to school"))]
