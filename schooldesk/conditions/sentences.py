"""The words of conditions: ways, states, effects, kinds, measures, steps, and what a year's weeks say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from schoolday.conditions import BLUEPRINT
from schoolday.conditions.allowed import State
from schoolday.conditions.effects import Opening
from schoolday.conditions.sites import Happening
from schoolday.conditions.why import Effect
from schoolday.conditions.year import Share
from schoolday.ground.grades import GRADES, order
from schoolday.rules.measures import MEASURES as KNOWN
from schooldesk.conditions.models import Fact, How, Kind
from schooldesk.day.languages import Speech
from schooldesk.day.sentences import grade as grade_name

__all__ = ["grade_name"]


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


WAYS = {
    Opening.IN_PERSON: _("In person"),
    Opening.HYBRID: _("Hybrid"),
    Opening.SMALL_GROUPS: _("Small groups"),
    Opening.OUTDOORS: _("Outdoors"),
    Opening.DISTANCE: _("From a distance"),
}
WAYS_OF = {
    Opening.IN_PERSON: _("in person"),
    Opening.HYBRID: _("hybrid"),
    Opening.SMALL_GROUPS: _("small groups"),
    Opening.OUTDOORS: _("outdoors"),
    Opening.DISTANCE: _("from a distance"),
}
STATES = {
    State.ALLOWED: _("allowed"),
    State.CLOSED: _("closed"),
    State.UNVERIFIED: _("unverified"),
}
EFFECTS = {
    Effect.OPENS: _("Opens"),
    Effect.CLOSES: _("Closes"),
    Effect.ADVISES: _("Advises to close, and binds nobody"),
    Effect.WAITS: _("Not met yet"),
    Effect.UNKNOWN: _("Nobody can say"),
}
SHARES = {
    Share.ALL: _("every day"),
    Share.SOME: _("some days"),
    Share.NONE: _("no day"),
    Share.UNVERIFIED: _("unverified"),
}
KINDS = {
    Kind.READING: _("Readings"),
    Kind.STEP: _("Assigned steps"),
    Kind.EVENT: _("Events at schools"),
    Kind.SITE: _("Where schools lie"),
    Kind.PLACE: _("What is true of places"),
}
ENTER = {
    Kind.READING: _("A reading, an order, the air, a building out of use"),
    Kind.STEP: _("A step that a place was assigned"),
    Kind.EVENT: _("Something that happened at a school"),
    Kind.SITE: _("Where a school lies"),
    Kind.PLACE: _("What is true of a place"),
}
HOW = {
    How.ENTERED: _("entered"),
    How.IMPORTED: _("taken in from files"),
    How.CORRECTED: _("corrected"),
    How.UNDONE: _("undone"),
}
MEASURES = {
    "county_case_rate": _("Adjusted new cases a day for every 100,000 people"),
    "county_positivity": _("Percent of tests positive"),
    "equity_positivity": _("Percent of tests positive in the least healthy quarter"),
    "air_quality_index": _("Air quality index"),
    "closing_orders": _("Orders that close the campus"),
    "campus_out_of_use": _("Campus out of use"),
    "days_off_list": _("Days off the monitoring list"),
}
STEPS = dict(zip(BLUEPRINT.steps, (_("purple"), _("red"), _("orange"), _("yellow")), strict=True))
HAPPENINGS = {
    Happening.OPENED: _("opened in person"),
    Happening.CLOSED: _("closed in person"),
    Happening.WAIVER: _("a waiver was granted"),
    Happening.PLAN_POSTED: _("a safety plan was posted"),
}
COLUMNS = {
    "place": _("Place, by its short name (ca-sacramento-county, zip-95824) or a school’s id"),
    "measure": _("What was measured"),
    "value": _("Value; leave it blank where it was told that nobody knows"),
    "first": _("First day of the data"),
    "last": _("Last day of the data"),
    "told": _("Told on"),
    "source": _("Who says so: the document and its date"),
    "step": _("Step"),
    "effective": _("Kept from, where that is on record"),
    "school": _("School, by its id on the roster"),
    "event": _("What happened"),
    "day": _("On"),
    "grades": _("Grades (TK-6); leave it blank for all"),
    "places": _("Its places, the nearest first, with spaces between"),
    "circumstances": _("What is true of it (small_county), with spaces between"),
}
"""What the columns of the files are called on the forms."""


def measure(name: str, s: Speech) -> str:
    """Return what a measure is called; one that has no words of its own as the rules call it."""
    if name in MEASURES:
        return s.say(MEASURES[name])
    return KNOWN[name].noun if name in KNOWN else name


def number(value: float, s: Speech) -> str:
    """Return a number as the language writes it."""
    return str(format_decimal(value, locale=s.locale))


def fact(row: Fact, s: Speech) -> str:
    """Return what a row says, without its place and its dates."""
    match row.kind:
        case Kind.READING:
            known = s.say(_("it was told that nobody knows")) if row.value is None else number(row.value, s)
            return f"{measure(row.name, s)}: {known}"
        case Kind.STEP:
            return s.say(STEPS.get(row.name, row.name))
        case Kind.EVENT:
            what = s.say(HAPPENINGS[Happening(row.name)])
            return f"{what}, {s.say(_('grades'))} {row.words}" if row.words else what
        case Kind.SITE:
            return s.say(_("lies in %(places)s")) % {"places": row.words}
    return row.words


def grades(some: Sequence[str], s: Speech) -> str:
    """Return grades in short, those in a row as a span: TK–3, 5."""
    if not set(GRADES) - set(some):
        return s.say(_("all"))
    runs: list[list[str]] = []
    for grade in sorted(some, key=order):
        if runs and order(grade) == order(runs[-1][-1]) + 1:
            runs[-1].append(grade)
        else:
            runs.append([grade])
    return ", ".join("–".join(dict.fromkeys((run[0], run[-1]))) for run in runs)


def monday(day: date, s: Speech) -> str:
    """Return a week by its Monday, without the year: Sep 28."""
    return str(format_date(day, "MMM d" if s.locale.language == "en" else "d MMM", s.locale))


def days(first: date | None, last: date | None, s: Speech) -> str:
    """Return the days that data are of; nothing where none are on record."""
    if first is None or last is None:
        return ""
    return s.day(first) if first == last else f"{s.day(first)} – {s.day(last)}"
