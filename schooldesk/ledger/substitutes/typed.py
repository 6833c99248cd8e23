"""What a principal filled in to name a substitute; a fault keeps what was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schooldesk import clock
from schooldesk.day.request import calendar, school_roster
from schooldesk.ledger import filled
from schooldesk.ledger.filled import Form
from schooldesk.ledger.substitutes import reads
from schooldesk.ledger.substitutes.reads import Stand
from schooldesk.pages import Wrong
from schooldesk.people.models import Staff
from schooldesk.roster.models import District

_NAME = re.compile(r"[\w.@+-]{3,150}")


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Asked:
    """Who is to stand in for whom: no `sections` is all the teacher's classes at the school."""

    substitute: Staff
    school: str
    teacher: str
    sections: tuple[str, ...]
    first: date
    last: date
    why: str
    may_certify: bool


@dataclass(frozen=True)
class Person:
    """Whose account is to be made, and the name to sign in with."""

    given: str
    family: str
    username: str


def classes_of(home: District, school: str) -> dict[str, dict[str, str]]:
    """Return the classes of each teacher of a school, with their titles, by the order of their file."""
    roster = school_roster(home.pk, home.roster_id or 0, (school,))
    found: dict[str, dict[str, str]] = {}
    for section in roster.sections_at.get(school, ()) if roster else ():
        for who in roster.teachers_of.get(section.id, ()) if roster else ():
            found.setdefault(who, {})[section.id] = section.title
    return found


def asked(form: Form, home: District, school: str, teacher: str) -> Asked:
    """Return who is to stand in for a teacher of a school."""
    own = classes_of(home, school).get(teacher)
    if own is None:
        raise Wrong("teacher", _("Choose one of the list."))
    substitute = _substitute(form, home, teacher)
    days, today = calendar(home), clock.today(home.timezone)
    first = filled.day(form, "first", days.first, days.last)
    last = filled.day(form, "last", max(first, min(today, days.last)), days.last)
    return Asked(
        substitute, school, teacher, _sections(form, own), first, last, filled.note(form, must=True),
        bool(form.get("may_certify")),
    )  # fmt: skip


def _substitute(form: Form, home: District, teacher: str) -> Staff:
    chosen = str(form.get("substitute", ""))
    there = {str(row.pk): row for row, _name in reads.candidates(home)}
    if chosen not in there:
        raise Wrong("substitute", _("Choose one of the list."))
    if there[chosen].sourced == teacher:
        raise Wrong("substitute", _("Nobody stands in for themselves; choose somebody else."))
    return there[chosen]


def _sections(form: Form, own: Mapping[str, str]) -> tuple[str, ...]:
    if filled.choice(form, "which", ("all", "some")) == "all":
        return ()
    some = tuple(one for one in own if form.get(f"section-{one}"))
    if not some:
        raise Wrong("which", _("Mark at least one class."))
    return some


def ended(form: Form, stand: Stand) -> date:
    """Return the new last day of a substitution, before the one that stands."""
    if stand.last is None or stand.last == stand.first:
        raise Wrong(f"last-{stand.number}", _("It has no earlier last day; take it back."))
    try:
        found = date.fromisoformat(str(form.get("last", "")))
    except ValueError:
        found = stand.last
    if not stand.first <= found < stand.last:
        said = _("Write a day from %(first)s on, before %(last)s.")
        raise Wrong(f"last-{stand.number}", said, {"first": f"{stand.first}", "last": f"{stand.last}"})
    return found


def person(form: Form) -> Person:
    """Return whose account is to be made."""
    given, family = (" ".join(str(form.get(name, "")).split())[:150] for name in ("given", "family"))
    if not given:
        raise Wrong("given", _("Write the given name."))
    if not family:
        raise Wrong("family", _("Write the family name."))
    username = str(form.get("username", "")).strip()
    if not _NAME.fullmatch(username):
        raise Wrong("username", _("Write 3 letters or more: letters, digits and . @ + - _ without spaces."))
    return Person(given, family, username)
