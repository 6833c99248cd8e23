"""The quick replay against the plain one: the same cases, to every field, whatever was recorded when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from reengage_cases import BOOK, CHRONIC, NOW, PLAN, THEN, TRUANT, YEAR

from benchmarks import plain_replay
from schoolday.calendar.days import Calendar
from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage import known
from schoolday.ledger.reengage.notices import SENT, notice_detail
from schoolday.ledger.reengage.replay import cases
from schoolday.ledger.reengage.tiers import CODES, WrittenPlan
from schoolday.ledger.reengage.watch import Given, Spans, Watch
from schoolday.rules.rule import Period

RULES = [BOOK.rule(name) for name in (CHRONIC, THEN, TRUANT, NOW)]
ZONE = ZoneInfo("America/Los_Angeles")
FIRST = date(2020, 9, 8)
PUPILS = ("p1", "p2", "p3")
CALENDAR = Calendar(FIRST, YEAR.last, {date(2020, 9, 21): "made up"})
DAYS = st.integers(-2, 33).map(lambda number: FIRST + timedelta(days=number))
SPANS: tuple[Spans, ...] = (
    frozenset(), frozenset({(FIRST, date(2020, 9, 23))}), frozenset({(date(2020, 9, 16), None)}),
    frozenset({(None, date(2020, 9, 11)), (date(2020, 9, 18), date(2020, 10, 2))}),
)  # fmt: skip


@st.composite
def certified(draw: st.DrawFn, pupil: str) -> list[Entry]:
    """Weeks of attendance, most days recorded on the day, some days before or after, some by two people."""
    codes, made = draw(st.sampled_from(["....A", "..AEL", ".AAAA", "....."])), list[Entry]()
    letters = {".": known.PRESENT, "A": known.ABSENT, "E": known.EXCUSED, "L": known.LATE}
    for number in range(34):
        day = FIRST + timedelta(days=number)
        for _ in range(draw(st.sampled_from([0, 1, 1, 1, 1, 1, 1, 2])) if day.weekday() < 5 else 0):
            code = letters[draw(st.sampled_from(codes))]
            later = draw(st.sampled_from([0, 0, 0, 0, 0, 1, 2, 5, 9, -3]))
            made.append(
                _entry(draw, f"{pupil}-{len(made):03}", pupil, EntryKind.ATTENDANCE, day, code, later)
            )
    for _ in range(draw(st.integers(0, 4))):
        named = draw(st.sampled_from([*made, None])) if made else None
        code = draw(st.sampled_from([*sorted(known.CODES), WITHDRAWN, "unheard_of"]))
        day = draw(st.sampled_from([named.day, draw(DAYS)])) if named else draw(DAYS)
        name, corrects = f"{pupil}-{len(made):03}", named.id if named else ""
        school = draw(st.sampled_from(["elm", "elm", "oak"]))
        made.append(_entry(draw, name, pupil, EntryKind.ATTENDANCE, day, code, 3, corrects, school))
    return made


@st.composite
def contacted(draw: st.DrawFn, pupil: str) -> list[Entry]:
    """A few deeds, some of them taken back or given another word."""
    made: list[Entry] = []
    for _ in range(draw(st.integers(0, 6))):
        named = draw(st.sampled_from([*made, None, None]))
        code, day = draw(st.sampled_from([*sorted(CODES), WITHDRAWN])), draw(DAYS)
        name, corrects = f"{pupil}-c{len(made)}", named.id if named else ""
        made.append(_entry(draw, name, pupil, EntryKind.CONTACT, day, code, 0, corrects))
    return made


def _entry(
    draw: st.DrawFn, name: str, pupil: str, kind: EntryKind, day: date, code: str, later: int,
    corrects: str = "", school: str = "elm",
) -> Entry:  # fmt: skip
    hour = draw(st.sampled_from([0, 6, 15, 23]))
    on = day + timedelta(days=later)
    at = datetime(on.year, on.month, on.day, hour, 30, tzinfo=draw(st.sampled_from([ZONE, ZONE, UTC])))
    detail = notice_detail("es", [day]) if code == SENT else ""
    return Entry(
        name, kind, pupil, day, school, "", None, None, None, code, detail, "t1", at, corrects, "desk"
    )


@st.composite
def districts(draw: st.DrawFn) -> tuple[list[Entry], list[Given]]:
    entries = [one for pupil in PUPILS for one in (*draw(certified(pupil)), *draw(contacted(pupil)))]
    measures = sorted({limb.measure for clause in BOOK.rule(NOW).clauses for limb in clause.limbs})
    counted = st.builds(
        Given, st.sampled_from(("p1", "p4")), st.sampled_from(measures), st.sampled_from(list(Period)), DAYS,
        st.sampled_from([0.0, 3.0, 12.0, 80.0]),
    )  # fmt: skip
    every = draw(
        st.lists(counted, max_size=3, unique_by=lambda one: (one.pupil, one.measure, one.period, one.until))
    )
    return draw(st.permutations(entries)) if draw(st.booleans()) else entries, every


def _within(spans: Spans, day: date) -> bool:
    return not spans or any((not a or a <= day) and (not b or day <= b) for a, b in spans)


@settings(max_examples=200, deadline=None)
@given(
    districts(), DAYS, st.sampled_from([None, ZONE]), st.sampled_from([None, 3, 8, 20]),
    st.lists(st.sampled_from(SPANS), min_size=4, max_size=4), st.sampled_from(["", "days_alone"]),
    st.booleans(),
)  # fmt: skip
def test_the_quick_replay_finds_the_cases_of_the_plain_one(
    told: tuple[list[Entry], list[Given]], as_of: date, zone: ZoneInfo | None, least: int | None,
    spans: list[Spans], sense: str, by_span: bool,
) -> None:  # fmt: skip
    entries, measures = told
    plan = WrittenPlan(PLAN.tiers, {CHRONIC: least} if least else None)
    of = dict(zip((*PUPILS, "p4"), spans, strict=True))
    senses, asked = {THEN: sense} if sense else {}, dict[str, object]()

    def enrolled(pupil: str, day: date) -> bool:
        return _within(of[pupil], day)

    def true(pupil: str, day: date) -> frozenset[str]:
        return frozenset({"short_study"} if pupil == "p2" and day.day % 2 else ())

    if by_span:
        asked["spans"] = of.__getitem__
    plain = Watch(CALENDAR, enrolled, true, senses)
    quick = Watch(CALENDAR, enrolled, true, senses, **asked)  # type: ignore[arg-type]
    wanted = plain_replay.cases(entries, RULES, plain, as_of, plan=plan, given=measures, zone=zone)
    assert cases(entries, RULES, quick, as_of, plan=plan, given=measures, zone=zone) == wanted
