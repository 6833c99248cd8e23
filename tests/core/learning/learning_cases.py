"""Two small districts, a few standards, and exams in plain words, for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from schoolday.calendar.days import Calendar
from schoolday.ground.spans import Span
from schoolday.learning.exams import Chooser, Evidence, Exam, Score
from schoolday.learning.groups import Question, Sizes, Time
from schoolday.learning.mastery import Bars
from schoolday.learning.standards import Framework, Standard
from schoolday.roster import Enrollment, Pupil, Roster, School, Section, Staff, Teaching
from schoolday.rules import Amount, Citation, Clause, Confidence, Kind, Layer, Period, Rule, Standing, Way

DAY = date(2020, 10, 1)
BARS = Bars(0.7, 0.9, 4, ("made.up@2020-07-01",))


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def framework(*codes: str, parents: Mapping[str, str] | None = None) -> Framework:
    """Return standards of codes, for grade 3 and mathematics; a parent is named by its code."""
    ids = {code: uuid(number) for number, code in enumerate(codes, 1)}
    made = {
        ids[code]: Standard(
            ids[code], code, f"Words of {code}", "math", ("3",), ids.get((parents or {}).get(code, ""), "")
        )
        for code in codes
    }
    return Framework("f", "A framework", made, "A notice")


def district(
    classes: Mapping[str, Sequence[str]] | None = None,
    *,
    name: str = "maple",
    groups: Mapping[str, frozenset[str]] | None = None,
    grades: Mapping[str, str] | None = None,
) -> Roster:
    """Return a district of one school: each class with its pupils, a teacher called after it, a principal."""
    classes = classes or {"a": ("p1", "p2"), "b": ("p3",)}
    pupils = {
        one: Pupil(
            one, one, one, (grades or {}).get(one, "3"), "elm", None, (groups or {}).get(one, frozenset())
        )
        for some in classes.values()
        for one in some
    }
    staff = {f"t-{one}": Staff(f"t-{one}", one, one, "teacher", ("elm",)) for one in classes}
    staff["head"] = Staff("head", "Head", "Head", "principal", ("elm",))
    return Roster(
        name, name.capitalize(), ("CA",), "America/Los_Angeles",
        {"elm": School("elm", "Elm", ("3",))},
        pupils, staff,
        {one: Section(one, "elm", f"Class {one}", "", "homeroom") for one in classes},
        tuple(Enrollment(one, pupil) for one, some in classes.items() for pupil in some),
        tuple(Teaching(one, f"t-{one}") for one in classes),
        {}, {}, {}, {},
        Calendar(date(2020, 8, 1), date(2021, 6, 30), {}, {}),
    )  # fmt: skip


def exam(
    known: str, *standards: str, items: int | None = 10, section: str = "a", day: date = DAY,
    chooser: Chooser = Chooser.DISTRICT, common: str = "",
) -> Exam:  # fmt: skip
    return Exam(known, known, section, day, standards, chooser, "", common, (), items, 10.0)


def score(of: str, pupil: str, share: float | None, *, standard: str = "", day: date = DAY) -> Score:
    return Score(of, pupil, day, share, standard=standard)


def shown(pupil: str, standard: str, share: float, trials: float, day: date = DAY) -> Evidence:
    return Evidence(pupil, standard, day, share, trials, "e", share, share)


def bound(
    measure: str, low: float | None = None, high: float | None = None, period: Period = Period.DAY
) -> tuple[Rule, Clause]:
    """Return a made-up rule that bounds a measure, with its one clause."""
    name = f"made.{measure}"
    clause = Clause(
        name, date(2020, 7, 1), None, Citation("Made up"), Confidence.MADE_UP, DAY,
        None if low is None else Amount(flat=low), None if high is None else Amount(flat=high),
    )  # fmt: skip
    rule = Rule(
        id=name, title=name, layer=Layer.POLICY, place="CA", kind=Kind.BOUND, measure=measure, unit="count",
        clauses=(clause,), period=period, ways=frozenset(Way),
    )  # fmt: skip
    return rule, clause


def standing(*pairs: tuple[Rule, Clause], day: date = DAY) -> Standing:
    return Standing(day, pairs)


def at(day: int, start: int = 540, minutes: int = 20) -> Time:
    return Time(day, Span(start, start + minutes))


def question(
    needs: Mapping[str, Sequence[str]],
    free: Mapping[str, Sequence[Time]],
    teachers: Mapping[str, Sequence[Time]],
    *,
    least: int = 2,
    most: int = 3,
    a_week: int = 2,
    load: int = 5,
) -> Question:
    return Question(
        {pupil: tuple(some) for pupil, some in needs.items()},
        {pupil: frozenset(some) for pupil, some in free.items()},
        {teacher: frozenset(some) for teacher, some in teachers.items()},
        Sizes(least, most, a_week),
        load,
    )
