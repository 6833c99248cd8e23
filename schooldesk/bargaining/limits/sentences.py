"""What the pages of limits say in the reader's language; what the terms' file says stays in its own."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal
from markupsafe import Markup, escape

from schoolday.bargaining.disputed import TERM, Disputed, Term
from schoolday.bargaining.front import Limit as Bound
from schoolday.bargaining.ground import Package
from schoolday.rules.measures import MEASURES as RULES
from schooldesk.bargaining.limits import typed
from schooldesk.bargaining.limits.asking import CommonGround, Hindered
from schooldesk.bargaining.limits.typed import Wrong
from schooldesk.bargaining.outcomes.sentences import MEASURES
from schooldesk.bargaining.record.sentences import own
from schooldesk.day.languages import Speech


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


UNITS = {
    "minutes": _("minutes"),
    "days": _("days"),
    "years": _("years"),
    "weeks": _("weeks"),
    "percent": _("percent"),
    "meetings": _("meetings"),
    "count": _("in number"),
    "per_100000": _("in 100,000 people"),
    "minute_of_day": _("time of day, as 08:30"),
}
HOMES = _("homes")

HINDERED = {
    Hindered.STOPPED: _("The mediator has stopped the questions. Ask the mediator."),
    Hindered.ALL_ASKED: _("Your side has asked all the questions that it may. The mediator can allow more."),
    Hindered.MEANWHILE: _(
        "Somebody of your side has asked meanwhile, or this was sent twice. The answer stands below."
    ),
    Hindered.NO_TERMS: _("No terms in dispute stand at this desk, so there are no packages to ask about."),
    Hindered.OTHER_ROSTER: _(
        "The roster has changed since the packages were judged, so they no longer fit. The district has to "
        "have them judged again."
    ),
    Hindered.NOT_JUDGED: _("Not all packages are judged yet. Ask when they are."),
    Hindered.NONE_CARRIED: _("No package can be carried by a school’s week, so there is nothing to ask."),
    Hindered.NONE_OF_OWN: _("Your side has no limits. Enter one first."),
    Hindered.NONE_LEFT: _("Your limits leave no package that a week can carry, so the answer would be no."),
    Hindered.OWN_OUTGROWN: _(
        "The terms have changed, and a limit of your side does not fit them. Set it again or remove it first."
    ),
    Hindered.OTHERS: _(
        "Another side has entered no limits that fit these terms, so there is no answer yet. The mediator "
        "sees more."
    ),
}
WRONG = {
    Wrong.MEASURE: _("The terms have changed: this is not among what can be limited any more."),
    Wrong.NUMBER: _("Write a number in figures and without separators, such as 234 or 234.5."),
    Wrong.EMPTY: _("Fill in at least one of the two. To take a limit out, remove it."),
    Wrong.TURNED: _("Nothing is at least the first and at most the second; turn them."),
}
WRONG_MOST = _("Write a whole number from 0 to 99.")

DONE = {
    "limit.set": _("set a limit"),
    "limit.removed": _("removed a limit"),
    "limit.restored": _("put a limit back"),
    "limit.forgotten": _("deleted a removed limit"),
    "question.asked": _("asked a question"),
    "questions.set": _("set how many questions there are"),
    "questions.stopped": _("stopped the questions"),
    "questions.opened": _("opened the questions again"),
}


def measure(disputed: Disputed, name: str, s: Speech) -> Markup:
    """Return what a measure counts; a term is called by its title, and by its name where it is gone."""
    about = typed.term(disputed, name)
    if about is not None:
        return own(about.title, s)
    return escape(s.say(MEASURES[name])) if name in MEASURES else own(name.removeprefix(TERM), s)


def answer(yes: bool, s: Speech) -> str:
    """Return yes or no, one as long as the other, so that the length of a page does not tell which it was."""
    words = [s.say(_("No")), s.say(_("Yes"))]
    longest = max(len(word.encode()) for word in words)
    return words[yes] + " " * (longest - len(words[yes].encode()))


def party(disputed: Disputed, name: str, s: Speech) -> Markup:
    """Return what a side is called; its short name where it is at the table no more."""
    return own(next((side.title for side in disputed.sides if side.name == name), name), s)


def unit(disputed: Disputed, name: str, s: Speech) -> str:
    """Return what a measure's numbers count, or nothing where its title alone tells that."""
    about = typed.term(disputed, name)
    if about is None:
        word = HOMES if name == "homes_clashing" else UNITS["minutes"]
        return s.say(word)
    return s.say(UNITS[RULES[about.measure].unit]) if about.measure else ""


def bound(disputed: Disputed, one: Bound, s: Speech) -> Markup:
    """Return a limit's numbers or words."""
    low, high = (_value(disputed, one.measure, value, s) for value in (one.at_least, one.at_most))
    if one.at_most is None:
        return Markup(s.say(_("at least %(low)s"))) % {"low": low}
    if one.at_least is None:
        return Markup(s.say(_("at most %(high)s"))) % {"high": high}
    return Markup(s.say(_("%(low)s to %(high)s"))) % {"low": low, "high": high}


def package(disputed: Disputed, one: Package, s: Speech) -> list[tuple[Markup, Markup]]:
    """Return each term's title with its value in a package."""
    pairs = zip(disputed.terms, one.choice, strict=True)
    return [(own(about.title, s), _worth(about, about.worth(at), s)) for about, at in pairs]


def costs(ground: CommonGround, one: Package, s: Speech) -> list[tuple[Markup, Markup]]:
    """Return what the sides count, and how much of it a package has, of what may be told."""
    disputed = ground.disputed
    return [
        (measure(disputed, name, s), _value(disputed, name, one.values.get(name), s))
        for name in disputed.costs
        if name not in ground.closed
    ]


def moment(at: datetime, zone: str, s: Speech) -> str:
    """Return when something was done, by the district's clocks."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{s.day(there.date())}, {s.clock(there.hour * 60 + there.minute)}"


def _value(disputed: Disputed, name: str, value: float | None, s: Speech) -> Markup:
    if value is None:
        return escape("–")
    about = typed.term(disputed, name)
    return _worth(about, value, s) if about else escape(format_decimal(value, "#,##0.##", s.locale))


def _worth(about: Term, value: float, s: Speech) -> Markup:
    if typed.of_words(about):
        found = next((v for at, v in enumerate(about.values) if about.worth(at) == value), None)
        return own(str(found), s) if found is not None else escape(typed.written(value))
    if typed.of_time(about):
        return escape(s.clock(int(value)))
    return escape(format_decimal(value, "#,##0.##", s.locale))
