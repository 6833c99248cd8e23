"""What a day says in words: kinds, sums, reasons, changes and clashes, in one language."""

from __future__ import annotations

from babel.dates import get_timezone_location
from babel.lists import format_list
from markupsafe import Markup, escape

from schoolday.calendar.days import DayKind
from schoolday.day import (
    BlockKind,
    Cell,
    Change,
    ChangeKind,
    Cited,
    Clash,
    Promised,
    PupilDay,
    Reason,
    TeacherDay,
)
from schooldesk.day.languages import Speech
from schooldesk.day.subjects import block_names, subject_name


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


KINDS = {
    BlockKind.LIVE: _("Live"),
    BlockKind.INDEPENDENT: _("On your own"),
    BlockKind.IN_PERSON: _("At school"),
    BlockKind.LUNCH: _("Lunch"),
    BlockKind.BREAK: _("Break"),
    BlockKind.PREPARATION: _("Preparation"),
}
DAYS = {
    DayKind.SCHOOL: _("School day"),
    DayKind.PREPARATION: _("No school for pupils: teachers prepare."),
    DayKind.HOLIDAY: _("No school today."),
    DayKind.WEEKEND: _("Weekend: no school."),
    DayKind.OUTSIDE: _("Outside the school year."),
}
REASONS = {
    "total_minutes": _("In all: %(value)s"),
    "live_minutes": _("Live: %(value)s"),
    "independent_minutes": _("On your own: %(value)s"),
    "live_share": _("Live: %(value)s percent of all minutes"),
    "live_meetings": _("Live meetings: %(value)s"),
    "group_minutes": _("In a small group: %(value)s"),
    "unbroken_live": _("Longest live stretch without a break: %(value)s"),
    "least_break": _("What counts as a break: %(value)s or more"),
    "lunch_minutes": _("Lunch: %(value)s"),
    "lunch_from": _("Lunch begins: %(value)s"),
    "lunch_until": _("Lunch ends: %(value)s"),
    "day_start": _("First meeting begins: %(value)s"),
    "day_end": _("Last meeting ends: %(value)s"),
    "teacher_live": _("Live: %(value)s"),
    "teacher_preparation": _("Preparation: %(value)s"),
    "teacher_lunch": _("Lunch: %(value)s"),
}
LIMITS = (
    _("%(what)s."),
    _("%(what)s; at least %(low)s required"),
    _("%(what)s; at most %(high)s allowed"),
    _("%(what)s; from %(low)s to %(high)s"),
)
CLOCKS = (
    _("%(what)s."),
    _("%(what)s; not before %(low)s"),
    _("%(what)s; by %(high)s at the latest"),
    _("%(what)s; from %(low)s to %(high)s"),
)
SILENT = {
    "total_minutes": _("%(what)s. No rule in force sets a number of minutes."),
    "live_minutes": _("%(what)s. No rule in force sets a number of live minutes."),
    "independent_minutes": _("%(what)s: what the total leaves over after the live minutes."),
}
OF_CLOCK = frozenset({"lunch_from", "lunch_until", "day_start", "day_end"})
COUNTED = frozenset({"live_meetings", "live_share"})
SURE = {
    "verified": _("Read at its source"),
    "secondary": _("Read in a second source"),
    "memory": _("From memory, not read again"),
    "reading": _("Our reading of the text"),
    "made_up": _("Made up for this demonstration"),
}
CHANGES = {
    ChangeKind.MOVED: _("%(name)s: %(what)s moved from %(before)s to %(after)s."),
    ChangeKind.CANCELLED: _("%(name)s: %(what)s, %(before)s, is cancelled."),
    ChangeKind.NEW: _("%(name)s: new: %(what)s, %(after)s."),
    ChangeKind.MINUTES: _("%(name)s: %(what)s, now %(now)s instead of %(was)s."),
    ChangeKind.PLACE: _("%(name)s: %(what)s, %(after)s, has a new link."),
}
ALONE = {
    ChangeKind.CANCELLED: _("%(name)s: %(what)s on your own (%(was)s) is no longer asked for."),
    ChangeKind.NEW: _("%(name)s: new: %(what)s on your own, %(now)s."),
    ChangeKind.MINUTES: _("%(name)s: %(what)s on your own, now %(now)s instead of %(was)s."),
}


def block_kind(kind: BlockKind, s: Speech) -> str:
    """Return what a kind of block is called."""
    return s.say(KINDS[kind])


def day_kind(kind: DayKind, s: Speech) -> str:
    """Return what a kind of day is called."""
    return s.say(DAYS[kind])


def grade(name: str, s: Speech) -> str:
    """Return what a grade is called."""
    if name in ("TK", "K"):
        return s.say(_("Kindergarten") if name == "K" else _("Transitional kindergarten"))
    return s.say(_("Grade %(grade)s")) % {"grade": name} if name else ""


def zone_name(timezone: str, s: Speech) -> str:
    """Return the place whose clock a page keeps."""
    return str(get_timezone_location(timezone, locale=s.locale, return_city=True))


def pupil_sum(pupil: PupilDay, s: Speech) -> str:
    """Return a pupil's minutes in one line: 230 minutes: 180 live + 50 on your own."""
    values = {
        "total": s.minutes(pupil.total, "long"),
        "live": pupil.live,
        "alone": pupil.independent,
        "there": pupil.in_person,
    }
    if pupil.in_person:
        return s.say(_("%(total)s: %(there)s at school + %(live)s live + %(alone)s on your own")) % values
    return s.say(_("%(total)s: %(live)s live + %(alone)s on your own")) % values


def teacher_sum(view: TeacherDay, s: Speech) -> str:
    """Return a teacher's day in one line."""
    values = {"live": s.minutes(view.live, "long"), "preparation": s.minutes(view.preparation, "long")}
    return s.say(_("%(live)s live; %(preparation)s of preparation")) % values


def size(pupils: int, s: Speech) -> str:
    """Return how many pupils a teacher meets."""
    return s.count("%(pupils)s pupil", "%(pupils)s pupils", pupils) % {"pupils": pupils}


def reason(reason: Reason, s: Speech) -> str:
    """Return one measure beside its limits; where no rule sets one, that too is said."""
    name = reason.measure
    bare, low, high, both = CLOCKS if name in OF_CLOCK else LIMITS
    values = {
        "what": s.say(REASONS[name]).replace("%(value)s", _measure(reason.value, name, s)),
        "low": _limit(reason.low, name, s),
        "high": _limit(reason.high, name, s),
    }
    if name == "least_break":
        return str(values["what"])
    if reason.low is None and reason.high is None:
        return s.say(SILENT.get(name, bare)) % values
    return s.say(high if reason.low is None else low if reason.high is None else both) % values


def _measure(value: int, name: str, s: Speech) -> str:
    if name in OF_CLOCK:
        return s.clock(value)
    return str(value) if name in COUNTED else s.minutes(value, "long")


def _limit(limit: float | None, name: str, s: Speech) -> str:
    if limit is None:
        return ""
    return s.clock(int(limit)) if name in OF_CLOCK else f"{limit:g}"


def source(one: Cited) -> str:
    """Return what to call a clause in a list: where it is written, or its title where nobody wrote it."""
    return one.title if one.made_up else one.source


def sure(one: Cited, s: Speech) -> str:
    """Return how sure we are of a clause, and when somebody last read it."""
    said = s.say(SURE[one.confidence]) if one.confidence else ""
    if one.made_up or one.checked is None:
        return said
    return s.say(_("%(said)s; checked %(date)s")) % {"said": said, "date": s.day(one.checked)}


def promise(promised: Promised, s: Speech) -> str:
    """Return what an IEP promises a pupil of one service, and what of it is today."""
    values = {
        "what": subject_name(promised.kind, s),
        "times": promised.times,
        "minutes": s.minutes(promised.minutes, "long"),
        "today": s.minutes(promised.today, "long"),
    }
    said = s.count(
        "%(what)s: the IEP promises %(minutes)s once a week; today %(today)s.",
        "%(what)s: the IEP promises %(minutes)s %(times)s times a week; today %(today)s.",
        promised.times,
    )
    return said % values


def clash(clash: Clash, s: Speech) -> Markup:
    """Return one stretch in which devices run short, in words."""
    names = Markup(format_list([_name(name) for name in clash.names], locale=s.locale))
    values = {"time": s.range(clash.start, clash.end), "names": names, "devices": clash.devices}
    if not clash.devices:
        said = s.say(_("%(time)s: live for %(names)s; you told us you have no device at home."))
    elif len(clash.names) == 2:
        said = s.say(_("%(time)s: %(names)s are both live; you told us you have one device."))
    else:
        said = s.count(
            "%(time)s: %(names)s are live at the same time; you told us you have %(devices)d device.",
            "%(time)s: %(names)s are live at the same time; you told us you have %(devices)d devices.",
            clash.devices,
        )
    return Markup(said) % values


def change(change: Change, name: Markup, day: DayKind, s: Speech) -> Markup:
    """Return one change of a child's day in words; `day` is what kind of day it is now."""
    if change.kind is ChangeKind.DAY:
        said = s.say(_("This day has changed: %(kind)s"))
        return Markup(said) % {"kind": day_kind(day, s)}
    alone = change.block is BlockKind.INDEPENDENT
    what, course = block_names(change.title, change.subject, s)
    said = ALONE[change.kind] if alone else CHANGES[change.kind]
    if not what:
        said, what = CHANGES[change.kind], s.say(KINDS[change.block])
    text = Markup(s.say(said)) % {
        "name": name,
        "what": f"{what} ({course})" if course else what,
        "before": s.range(change.before.start, change.before.end) if change.before else "",
        "after": s.range(change.after.start, change.after.end) if change.after else "",
        "was": s.minutes(change.was),
        "now": s.minutes(change.now),
    }
    # A time such as "9:00 a.m." brings its own full stop.
    return text[:-1] if text.endswith("..") else text


def week_cell(cells: tuple[Cell, ...], title: str, s: Speech) -> Markup:
    """Return one class's meetings of one date; what the row is called already is not said again."""
    rows = []
    for cell in cells:
        name, course = block_names(cell.title, cell.subject, s)
        time = s.range(cell.start, cell.end)
        what = "" if cell.title == title else f"{name} {course}".strip()
        rows.append(Markup("<li><b>{}</b> {}</li>").format(time, what))
    return Markup("<ul>{}</ul>").format(Markup("").join(rows)) if rows else Markup("")


def _name(name: str) -> str:
    return f"<bdi>{escape(name)}</bdi>"
