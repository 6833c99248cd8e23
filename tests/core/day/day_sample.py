"""A made-up family and its school day, small enough to follow by hand."""

from datetime import date

from schoolday.calendar.days import DayKind
from schoolday.calendar.row import Minutes
from schoolday.day import HouseholdDay, Names, household_day, people_index
from schoolday.ground.spans import Span, minute
from schoolday.program.plan import DayPlan, Format, Line
from schoolday.roster import Household, Pupil
from schoolday.rules import Amount, Citation, Clause, Confidence, Kind, Layer, Rule, Rulebook, Standing, Way
from schoolday.timetable.meeting import Meeting, SchoolDay, Work

DAY = date(2020, 9, 8)
NAMES = Names(
    teachers={"t1": "Ms. Garcia", "t2": "Mr. Lee", "t3": "Dr. O'Neil"},
    schools={"maple": "Maple Elementary", "river": "River High"},
    sections={"m3": "Room 3", "alg": "Algebra 1", "bio": "Biology"},
)
ANA = Pupil("ana", "Ana", "Rivera", "3", "maple")
LUIS = Pupil("luis", "Luis", "Rivera", "9", "river")
MIA = Pupil("mia", "Mia", "Chen", "3", "maple")
HOUSE = Household("h1", ("ana", "luis"), language="es", devices=1)


def at(text: str) -> Span:
    first, last = text.split("-")
    return Span(minute(first), minute(last))


def meeting(
    activity: str, span: str, title: str, subject: str, who: tuple[str, ...], **more: object
) -> Meeting:
    source = activity.split("/")[0]
    settings: dict = {"kind": Minutes.LIVE, "teachers": ("t1",), "place": f"https://meet.example/{source}"}
    settings.update(more)
    return Meeting(
        uid=f"{activity}-{DAY:%Y%m%d}@schoolday",
        activity=activity,
        source=source,
        day=DAY,
        span=at(span),
        title=title,
        subject=subject,
        pupils=who,
        **settings,
    )


def work(activity: str, span: str, title: str, subject: str) -> Work:
    return Work(activity, activity.split("/")[0], title, subject, DAY, at(span))


ELEMENTARY = DayPlan(
    "3",
    DAY,
    Way.DISTANCE,
    (Line("math", "Mathematics", Format.WHOLE, 30, 10), Line("small", "Small group", Format.SMALL, 30, 0)),
    1,
    ("ca.total@2020-09-01",),
)
MAPLE_WORK = (work("m3/math", "10:00-10:20", "Mathematics", "Mathematics"),)
MAPLE = SchoolDay(
    "maple",
    DAY,
    {("3", "homeroom"): ELEMENTARY},
    (
        meeting("m3/math", "09:00-09:30", "Mathematics", "Mathematics", ("ana", "mia")),
        meeting("m3/small/1", "10:30-11:00", "Small group", "Small group", ("ana",)),
        meeting("m3/small/2", "11:00-11:30", "Small group", "Small group", ("mia",)),
    ),
    {"ana": MAPLE_WORK, "mia": MAPLE_WORK},
    {"ana": at("12:00-12:30"), "mia": at("12:00-12:30")},
    {"ana": 15},
)
RIVER = SchoolDay(
    "river",
    DAY,
    {},
    (
        meeting("alg", "09:15-09:45", "Algebra 1", "Mathematics", ("luis",), teachers=("t2",)),
        meeting("bio", "11:30-12:00", "Biology", "Science", ("luis",), teachers=("t3",), place="Room 12"),
    ),
    {"luis": (work("alg", "10:00-10:10", "Algebra 1", "Mathematics"),)},
    {"luis": at("12:00-12:30")},
    {},
)


def clause(rule: str, low: float | None = None, high: float | None = None) -> Clause:
    return Clause(
        rule,
        date(2020, 9, 1),
        None,
        Citation("Education Code 43501", "https://leginfo.example/43501"),
        Confidence.VERIFIED,
        date(2026, 11, 1),
        at_least=Amount(low) if low else None,
        at_most=Amount(high) if high else None,
    )


def rule(
    name: str, measure: str, low: float | None = None, high: float | None = None, **more: object
) -> Rule:
    settings: dict = {"layer": Layer.LAW, "place": "CA", "kind": Kind.BOUND, "unit": "minutes", **more}
    return Rule(name, f"Title of {name}", measure=measure, clauses=(clause(name, low, high),), **settings)


BOOK = Rulebook(
    (
        rule("ca.total", "total_minutes", low=95),
        rule("ca.live", "live_minutes", high=180),
        rule("ca.live_floor", "live_minutes", low=30, layer=Layer.AGREEMENT),
        rule("ca.advice", "live_minutes", low=500, layer=Layer.GUIDANCE),
    )
)
STANDING: Standing = BOOK.on(DAY, frozenset({"CA"}), frozenset(Layer))


def family(maple: SchoolDay = MAPLE, river: SchoolDay = RIVER, house: Household = HOUSE) -> HouseholdDay:
    index = people_index([maple, river])
    return household_day(
        house,
        [LUIS, ANA],
        index.pupils,
        day=DAY,
        kind=DayKind.SCHOOL,
        names=NAMES,
        standing=STANDING,
    )
