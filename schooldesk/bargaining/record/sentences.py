"""What a table's pages say in the reader's language; what a document says stays in its own, and is marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup, escape

from schoolday.bargaining.in_force import Holding, InForce
from schoolday.bargaining.proposals import Change, Seat, State
from schoolday.bargaining.record import Assertion, Event, Exchange, SittingState, Table
from schoolday.bargaining.sides import Cell, Word
from schoolday.ground.grades import GRADES
from schoolday.measures.verdict import Found
from schooldesk.day.languages import Speech


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


STATES = {
    State.PROPOSED: _("proposed"),
    State.COUNTERED: _("answered with a counterproposal"),
    State.WITHDRAWN: _("withdrawn"),
    State.TENTATIVELY_AGREED: _("tentatively agreed"),
    State.AGREED: _("agreed"),
    State.RATIFIED: _("ratified"),
    State.IMPOSED: _("put in force without an agreement"),
    State.TEMPORARY: _("agreed for some dates alone"),
}
SEATS = {
    Seat.EMPLOYER: _("employer"),
    Seat.UNION: _("union"),
    Seat.NEIGHBOUR: _("a neighbor, only looked at"),
}
SITTINGS = {
    SittingState.OFFERED: _("offered"),
    SittingState.ACCEPTED: _("accepted"),
    SittingState.DECLINED: _("declined"),
    SittingState.HELD: _("held"),
}
WORDS = {
    Word.LAWFUL: _("lawful"),
    Word.UNLAWFUL: _("unlawful"),
    Word.SILENT: _("silent"),
    Word.UNVERIFIED: _("unverified"),
}
FOUND = {
    Found.MET: _("in time"),
    Found.BROKEN: _("too late"),
    Found.REACHED: _("open now"),
    Found.NOT_REACHED: _("not open yet"),
    Found.WAITING: _("still due"),
    Found.UNVERIFIED: _("unverified"),
    Found.NOT_IN_FORCE: _("not in force"),
    Found.NOT_BOUND: _("binds nobody here"),
}
EVENTS = {
    "subject_raised": _("a new subject at the table"),
    "subject_public": _("the subject made public"),
    "impasse": _("impasse declared"),
    "mediator": _("the mediator’s appointment"),
    "factfinding_asked": _("fact-finding asked for"),
    "members_named": _("each side’s member named"),
    "chair_named": _("the chair named"),
    "other_chair": _("another chair agreed"),
    "panel": _("the panel’s appointment"),
    "panel_met": _("the panel’s first meeting"),
    "report": _("the panel’s report"),
    "report_public": _("the report made public"),
}
THINGS = {
    "total_minutes": _("Minutes of instruction"),
    "live_minutes": _("Live minutes"),
    "independent_minutes": _("Minutes of independent work"),
    "live_per_course": _("Live minutes in each course"),
    "recordings": _("Recordings of live lessons"),
    "common_assessments": _("Common assessments"),
    "substitutes": _("Substitutes in the afternoon or evening"),
    "screen_time": _("Required screen time"),
    "service_logs": _("Logs of special education services"),
}
CHOICES = {
    "every live lesson is recorded": _("every live lesson is recorded"),
    "the teacher decides": _("the teacher decides"),
    "the same in the whole district": _("the same in the whole district"),
    "more freedom than one test for the whole district": _(
        "more freedom than one test for the whole district"
    ),
    "the teacher chooses": _("the teacher chooses"),
    "substitutes teach then": _("substitutes teach then"),
    "nobody teaches then": _("nobody teaches then"),
    "less of it is wanted; no number is named": _("less of it is wanted; no number is named"),
    "nothing limits it": _("nothing limits it"),
    "every service is logged": _("every service is logged"),
    "no log is kept": _("no log is kept"),
}
"""What may be said of a term (`schoolday.bargaining.terms`), by the core's own words for it."""

_SAID = re.compile("|".join([*map(re.escape, CHOICES), r"[0-9.e+]+ minutes"]))
"""What a cell may say of a term: one of the choices, or a number of minutes."""

_WHY = {
    State.RATIFIED: _("“%(title)s” is in force %(dates)s: it was ratified."),
    State.AGREED: _("“%(title)s” is in force %(dates)s: the parties agreed to it."),
    State.TEMPORARY: _("“%(title)s” is in force %(dates)s: the parties agreed to it for these dates alone."),
    State.IMPOSED: _("“%(title)s” is in force %(dates)s: it was put in force without an agreement."),
}
_IMPOSED_BY = _("“%(title)s” is in force %(dates)s: it was put in force without an agreement by %(party)s.")


def own(text: str, s: Speech) -> Markup:
    """Return words of the files or of the rules, marked as English where the page is not."""
    if s.language.code == "en":
        return escape(text)
    return Markup('<span lang="en" dir="ltr">{}</span>').format(text)


def party(table: Table, name: str, s: Speech) -> Markup:
    """Return the name of a party; nobody's is of both sides."""
    return own(table.parties[name].name, s) if name else escape(s.say(_("both sides")))


def dates(first: date, last: date | None, s: Speech) -> str:
    """Return from when to when something holds."""
    if last is None:
        return s.say(_("from %(first)s")) % {"first": s.day(first)}
    if first == last:
        return s.say(_("on %(first)s")) % {"first": s.day(first)}
    return s.say(_("from %(first)s to %(last)s")) % {"first": s.day(first), "last": s.day(last)}


def moment(at: date | datetime, s: Speech) -> str:
    """Return a date, with its time where it has one."""
    if isinstance(at, datetime):
        return f"{s.day(at.date())}, {s.clock(at.hour * 60 + at.minute)}"
    return s.day(at)


def reason(table: Table, found: InForce, passed: Sequence[Exchange], s: Speech) -> Markup:
    """Return why it is in force, or why nothing is: the core's reason in the reader's language."""
    said = [_held(table, found, s)] if found.holdings else _nothing(table, found, passed, s)
    return Markup(" ").join(said)


def _held(table: Table, found: InForce, s: Speech) -> Markup:
    holding = found.holdings[0]
    change = holding.change
    by = change.by if change.state is State.IMPOSED else ""
    values = {
        "title": own(holding.proposal.title, s),
        "dates": dates(change.first, change.last, s) if change.first else "",
        "party": party(table, by, s),
    }
    parts = [Markup(s.say(_IMPOSED_BY if by else _WHY[change.state])) % values]
    if found.impasse and told(found):
        parts += [impasse(table, found.impasse, s), escape(s.say(_("No agreement on record has ended it.")))]
    if lapsed(found, holding):
        said = s.say(_("But no clause of its books stands on this date, so it binds nobody."))
        parts.append(escape(said))
    return Markup(" ").join(parts)


def told(found: InForce) -> bool:
    """Whether the reason speaks of the impasse, if one stands."""
    if found.impasse is None or not found.holdings:
        return True
    return found.holdings[0].change.state in (State.IMPOSED, State.TEMPORARY)


def lapsed(found: InForce, holding: Holding) -> bool:
    """Whether a document has clauses in books, and none of them stands on the date."""
    books = holding.version.books
    return bool(books) and not any(rule.book in books for rule, _clause in found.clauses)


def impasse(table: Table, event: Event, s: Speech) -> Markup:
    """Return who declared impasse, and when."""
    values = {"date": s.day(event.day), "party": party(table, event.by, s)}
    said = (
        _("Impasse was declared on %(date)s by %(party)s.")
        if event.by
        else _("Impasse was declared on %(date)s.")
    )
    return Markup(s.say(said)) % values


def _nothing(table: Table, found: InForce, passed: Sequence[Exchange], s: Speech) -> list[Markup]:
    law = escape(s.say(_("The law binds.")))
    if found.impasse:
        none = escape(s.say(_("Nothing is agreed or put in force for this date.")))
        return [none, impasse(table, found.impasse, s), law]
    if not passed:
        said = s.say(_("No document had been passed at this table, so nothing of it is in force."))
        return [escape(said), law]
    last = passed[-1].passed
    values = {
        "title": own(table.proposal(last.proposal).title, s),
        "version": last.number,
        "date": s.day(last.day),
    }
    said = s.say(
        _("Nothing is agreed: the last document passed was “%(title)s”, version %(version)s, on %(date)s.")
    )
    return [Markup(said) % values, law]


def became(table: Table, change: Change, s: Speech) -> Markup:
    """Return what became of a document: its state, by whom, when, and of which version."""
    values = {
        "state": s.say(STATES[change.state]),
        "party": party(table, change.by, s),
        "date": s.day(change.day),
        "version": change.version,
    }
    said = (
        _("%(state)s by %(party)s, %(date)s (version %(version)s)")
        if change.by
        else _("%(state)s, %(date)s (version %(version)s)")
    )
    return Markup(s.say(said)) % values


def days(number: int, s: Speech) -> str:
    """Return a number of days."""
    return s.count("%(count)s day", "%(count)s days", number) % {"count": number}


def dated(one: Assertion, s: Speech) -> str:
    """Return when a claim was made, as far as that is known."""
    if one.day:
        return s.day(one.day)
    if one.after:
        return s.say(_("after %(date)s")) % {"date": s.day(one.after)}
    return s.say(_("no date"))


def grades(some: Sequence[str], s: Speech) -> str:
    """Return grades in a row: TK–3."""
    if tuple(some) == GRADES:
        return s.say(_("All grades"))
    return "–".join(dict.fromkeys((some[0], some[-1])))


def cell(one: Cell, s: Speech) -> str:
    """Return what a cell says; a figure as short as a grid needs it, with a star where it is counted."""
    if one.low is None and one.high is None:
        return _SAID.sub(lambda found: _stance(found[0], s), one.said)
    star = "*" if one.counted else ""
    values = {"low": f"{one.low or 0:g}{star}", "high": f"{one.high or 0:g}{star}"}
    if one.high is None:
        return s.say(_("at least %(low)s")) % values
    if one.low is None:
        return s.say(_("at most %(high)s")) % values
    if one.low == one.high:
        return values["low"] if one.counted else s.say(_("exactly %(low)s")) % values
    return s.say(_("%(low)s to %(high)s")) % values


def _stance(said: str, s: Speech) -> str:
    number = said.removesuffix(" minutes")
    return s.say(CHOICES[said]) if said in CHOICES else _minutes(float(number), s)


def _minutes(number: float, s: Speech) -> str:
    return s.count("%(count)s minute", "%(count)s minutes", int(number)) % {"count": f"{number:g}"}
