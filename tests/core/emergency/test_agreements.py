"""Agreements on independent study and the way back, as a registrar reads them off a wall calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolday.calendar.days import Calendar
from schoolday.emergency.agreements import (
    PARTS,
    Agreement,
    Signature,
    Signer,
    Study,
    days_of,
    digest,
    short_limit,
    signers,
    studies,
    study_rules,
)
from schoolday.emergency.clocks import Contact, Emergency, Offer, clocks, days_left, follow
from schoolday.emergency.way_back import Return, WayBack, findings, ways_back
from schoolday.files.emergencies import Recorded, read_emergency
from schoolday.files.emergencies_out import write_recorded
from schoolday.files.rulebooks import load
from schoolday.ground.finding import Status, broken
from schoolday.measures.verdict import Found
from schoolday.roster import Pupil
from schoolday.sample.maple import maple

ZONE = ZoneInfo("America/Los_Angeles")
BOOK = load()
RULES = study_rules(BOOK, ("CA",))
YEAR = Calendar(
    date(2026, 8, 13),
    date(2027, 6, 4),
    {
        date(2026, 9, 7): "Labor Day",
        date(2026, 11, 11): "Veterans Day",
        **{date(2026, 11, day): "Thanksgiving" for day in range(23, 28)},
        **{date(2026, 12, 21) + timedelta(day): "Winter break" for day in range(12)},
    },
    short={date(2026, 10, 14): "Smoke: sent home at ten"},
)
ANA = Pupil("ana", "Ana", "A", "3", "north", date(2018, 5, 1))
LUIS = Pupil("luis", "Luis", "B", "12", "south", date(2008, 9, 10), frozenset({"iep"}))
PUPILS = {one.id: one for one in (ANA, LUIS)}
TEXT = digest("what was agreed")
SIGNED, FIRST, PERMISSION = (
    "ca.independent_study.signatures",
    "ca.independent_study.signed_first",
    "ca.guidance.independent_study.permission",
)
ALL = (Signer.PUPIL, Signer.GUARDIAN, Signer.TEACHER)


def agreed(first: date, last: date, *signed: tuple[Signer, date], pupil: str = "ana") -> Agreement:
    kept = tuple(Signature(signer, signer.value, at, TEXT) for signer, at in signed)
    return Agreement(f"{pupil}-{first}", pupil, first, last, TEXT, kept)


def stands(*agreements: Agreement, now: date = date(2027, 6, 1)) -> list[Study]:
    return list(studies(agreements, PUPILS, rules=RULES, calendar=YEAR, now=now, zone=ZONE))


def found(study: Study, rule: str) -> Found:
    return next(one.found for one in study.verdicts if one.rule.id == rule)


def by_all(day: date) -> list[tuple[Signer, date]]:
    return [(signer, day) for signer in ALL]


def test_the_text_that_is_signed_is_known_by_its_hash_whatever_its_line_ends() -> None:
    assert digest("a\r\nb") == digest("a\nb") == digest("a\rb") != digest("a b")
    assert digest("Lucía") == digest("Luci\u0301a")
    assert digest("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_the_parts_are_as_many_as_the_rule_asks() -> None:
    rule = BOOK.rule("ca.independent_study.agreement_parts")
    assert rule.clauses[-1].at_least is not None
    assert len(PARTS) == rule.clauses[-1].at_least.flat == 9


def test_pupil_parent_and_teacher_sign_and_a_pupil_of_age_signs_without_a_parent() -> None:
    day = date(2026, 9, 9)
    assert signers(ANA, day) == ALL
    assert signers(LUIS, day) == (*ALL, Signer.CASE_MANAGER)
    assert signers(LUIS, day + timedelta(1)) == (Signer.PUPIL, Signer.TEACHER, Signer.CASE_MANAGER)
    unknown = Pupil("x", "X", "X", "12", "north")
    assert Signer.GUARDIAN in signers(unknown, day)
    leap = Pupil("y", "Y", "Y", "12", "north", date(2008, 2, 29))
    assert Signer.GUARDIAN in signers(leap, date(2026, 2, 28))
    assert Signer.GUARDIAN not in signers(leap, date(2026, 3, 1))


def test_fifteen_school_days_are_short_and_sixteen_are_not() -> None:
    assert short_limit(RULES, date(2026, 9, 8)) == 15
    assert short_limit(RULES, date(2024, 6, 28)) == 0  # no clause is entered: sign first
    fifteen, sixteen = date(2026, 9, 28), date(2026, 9, 29)
    (one,) = stands(agreed(date(2026, 9, 8), fifteen))
    assert (one.days, one.short, one.due) == (15, True, YEAR.last)
    (one,) = stands(agreed(date(2026, 9, 8), sixteen))
    assert (one.days, one.short, one.due) == (16, False, date(2026, 9, 8))


def test_the_days_of_all_agreements_of_the_year_count_and_each_date_once() -> None:
    early = agreed(date(2026, 9, 8), date(2026, 9, 18))
    again = agreed(date(2026, 9, 17), date(2026, 9, 29))
    other = agreed(date(2026, 9, 8), date(2026, 9, 8), pupil="luis")
    assert days_of([early, again, other], YEAR) == {"ana": 16, "luis": 1}
    assert [one.short for one in stands(early, again, other) if one.pupil is ANA] == [False, False]


def test_a_short_study_waits_for_its_signatures_until_the_years_end_and_not_beyond() -> None:
    one = agreed(date(2026, 9, 8), date(2026, 9, 18), (Signer.TEACHER, date(2026, 9, 4)))
    (study,) = stands(one, now=YEAR.last)
    assert study.missing == (Signer.PUPIL, Signer.GUARDIAN)
    assert (found(study, SIGNED), found(study, FIRST)) == (Found.WAITING, Found.NOT_BOUND)
    (study,) = stands(one, now=YEAR.last + timedelta(1))
    assert found(study, SIGNED) is Found.BROKEN
    late = agreed(date(2026, 9, 8), date(2026, 9, 18), *by_all(YEAR.last + timedelta(1)))
    assert found(stands(late, now=date(2027, 6, 30))[0], SIGNED) is Found.BROKEN
    in_time = agreed(date(2026, 9, 8), date(2026, 9, 18), *by_all(YEAR.last))
    assert found(stands(in_time, now=date(2027, 6, 30))[0], SIGNED) is Found.MET


def test_a_long_study_begins_with_all_signatures() -> None:
    first, last = date(2026, 9, 8), date(2026, 10, 30)
    for signed, how in (
        (first - timedelta(1), Found.MET),  # Labor Day
        (first, Found.UNVERIFIED),  # on the day itself: nobody can say whether it came first
        (first + timedelta(1), Found.BROKEN),
    ):
        (study,) = stands(agreed(first, last, *by_all(signed)))
        assert found(study, FIRST) is how, signed
    (waits,) = stands(agreed(first, last), now=first - timedelta(1))
    assert found(waits, FIRST) is Found.WAITING
    (late,) = stands(agreed(first, last), now=first)
    assert found(late, FIRST) is Found.BROKEN


def test_the_advice_to_have_the_parent_sign_first_binds_nobody_and_is_told_as_advice() -> None:
    first = date(2026, 9, 8)
    (study,) = stands(agreed(first, date(2026, 9, 18), *by_all(date(2026, 9, 10))))
    assert found(study, PERMISSION) is Found.BROKEN
    (told,) = findings([study], [])
    assert (told.code, told.status) == ("emergency.signatures", Status.ADVICE)


def test_a_signature_of_another_text_or_from_after_the_question_is_none() -> None:
    first = date(2026, 9, 8)
    other = Signature(Signer.PUPIL, "Ana", first, digest("something else"))
    one = Agreement("a", "ana", first, first, TEXT, (other,))
    (study,) = stands(one)
    assert Signer.PUPIL in study.missing
    assert broken(findings([study], []))[0].code == "emergency.other_text"
    later = agreed(first, first, (Signer.PUPIL, date(2026, 9, 20)))
    assert Signer.PUPIL in stands(later, now=date(2026, 9, 19))[0].missing


def back(
    asked: date | datetime, returned: date | None = None, *, days: int = 40, now: date | None = None
) -> WayBack:
    (one,) = ways_back(
        [Return("ana", asked, "family", returned)], PUPILS, {"ana": days}, rules=RULES, calendar=YEAR,
        now=now or date(2027, 6, 4), zone=ZONE,
    )  # fmt: skip
    return one


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        (date(2026, 9, 16), date(2026, 9, 23)),  # over a weekend
        (date(2026, 9, 2), date(2026, 9, 10)),  # over Labor Day
        (date(2026, 9, 28), date(2026, 10, 5)),  # over a month's end
        (date(2026, 12, 16), date(2027, 1, 6)),  # over the winter break and the year's end
        (date(2026, 11, 19), date(2026, 12, 3)),  # over a week of Thanksgiving
        (date(2026, 10, 9), date(2026, 10, 19)),  # a day cut short is no instructional day
        (date(2026, 10, 29), date(2026, 11, 5)),  # over the night on which clocks go back
        (date(2027, 3, 11), date(2027, 3, 18)),  # and the one on which they go forward
        (datetime(2026, 9, 16, 23, 30, tzinfo=ZONE), date(2026, 9, 23)),  # the 17th in universal time
        (date(2026, 9, 19), date(2026, 9, 25)),  # asked on a Saturday
    ],
)
def test_the_return_is_in_time_up_to_the_fifth_instructional_day(asked: date | datetime, last: date) -> None:
    assert back(asked).last == last
    assert back(asked, last).verdict.found is Found.MET
    late = back(asked, last + timedelta(1))
    assert late.verdict.found is Found.BROKEN
    assert broken(findings([], [late]))[0].code == "emergency.return"


def test_a_return_that_nobody_recorded_waits_and_is_then_unverified() -> None:
    asked = date(2026, 9, 16)
    assert back(asked, now=date(2026, 9, 23)).verdict.found is Found.WAITING
    one = back(asked, now=date(2026, 9, 24))
    assert one.verdict.found is Found.UNVERIFIED
    assert [told.status for told in findings([], [one])] == [Status.UNVERIFIED]
    assert back(asked, date(2026, 9, 30), now=date(2026, 9, 23)).verdict.found is Found.WAITING


def test_for_a_short_study_the_law_sets_no_date_and_the_days_are_counted_all_the_same() -> None:
    one = back(date(2026, 9, 16), date(2026, 9, 30), days=15)
    assert (one.verdict.found, one.last) == (Found.NOT_BOUND, date(2026, 9, 23))
    assert list(findings([], [one])) == []
    assert back(date(2026, 9, 16), date(2026, 9, 30), days=16).verdict.found is Found.BROKEN


def test_where_the_calendar_ends_first_nobody_names_a_date() -> None:
    assert back(date(2027, 6, 2), now=date(2027, 6, 3)).last is None


def test_days_left_count_as_the_deadline_does() -> None:
    flood = Emergency("f", "flood", date(2026, 9, 3), "made up")
    rules = clocks(BOOK, ("CA",), flood, ZONE)
    for now, contact, instruction in (
        (date(2026, 9, 3), 5, 10),
        (date(2026, 9, 8), 0, 8),
        (date(2026, 9, 10), -2, 6),
    ):
        (one,) = follow(flood, [ANA], [], [], rules=rules, calendar=YEAR, now=now, zone=ZONE)
        left = {verdict.rule.due: days_left(verdict, YEAR, now, ZONE) for verdict in one.verdicts}
        assert left == {"contact": contact, "instruction": instruction}


MORNING = datetime(2026, 9, 9, 8, 5, tzinfo=ZONE)


def test_a_record_that_is_written_is_read_again(tmp_path: Path) -> None:
    home = later_maple()
    one, other = sorted(home.pupils)[:2]
    signed = (Signature(Signer.PUPIL, "L", MORNING, TEXT),)
    kept = Recorded(
        Emergency("f", "flood", date(2026, 9, 4), "Board, minutes", date(2026, 9, 5), ("maple-elementary",)),
        (
            Contact(one, MORNING, "phone", "Kim, clerk", True, 'said "yes"'),
            Contact(other, date(2026, 9, 9), "visit", "x", False),
        ),
        (Offer(one, date(2026, 9, 14), "distance", "t01"),),
        (Agreement("1", one, date(2026, 9, 14), date(2026, 9, 18), TEXT, signed),),
        (Return(one, MORNING, "family", date(2026, 9, 16)), Return(other, date(2026, 9, 9), "clerk")),
    )
    write_recorded(tmp_path / "record", kept, ZONE)
    reading = read_emergency(tmp_path / "record", home, ZONE)
    assert reading.findings == ()
    assert reading.recorded == kept


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("agreements.csv", "a,maple-p01,2026-09-14,2026-09-11,{hash}", "agreements.csv:2 [last]"),
        ("agreements.csv", "a,maple-p01,2026-09-14,2030-09-11,{hash}", "agreements.csv:2 [last]"),
        ("agreements.csv", "a,maple-p01,2026-09-14,2026-09-18,abc", "agreements.csv:2 [sha256]"),
        ("agreements.csv", "a,nobody,2026-09-14,2026-09-18,{hash}", "agreements.csv:2 [pupilId]"),
        ("signatures.csv", "a,pupil,Ana,2026-09-14,{hash}", "signatures.csv:2 [agreementId]"),
        ("signatures.csv", "a,friend,Ana,2026-09-14,{hash}", "signatures.csv:2 [signer]"),
        ("returns.csv", "maple-p01,yesterday,family,", "returns.csv:2 [asked]"),
    ],
)
def test_a_fault_of_agreements_is_named_by_file_row_and_column(
    tmp_path: Path, file: str, text: str, said: str
) -> None:
    heads = {
        "agreements.csv": "id,pupilId,first,last,sha256",
        "signatures.csv": "agreementId,signer,name,at,sha256",
        "returns.csv": "pupilId,asked,by,returned",
    }
    event = "id,cause,began,closed,schools,source\nflood-2026,flood,2026-09-04,,,Board\n"
    (tmp_path / "emergency.csv").write_text(event)
    (tmp_path / file).write_text(f"{heads[file]}\n{text.format(hash=TEXT)}\n")
    reading = read_emergency(tmp_path, later_maple(), ZONE)
    assert reading.recorded is None
    assert said in [str(one.spot) for one in reading.findings]


def later_maple():  # noqa: ANN201
    from dataclasses import replace  # noqa: PLC0415

    return replace(maple(), calendar=YEAR)


@given(
    first=st.dates(YEAR.first, YEAR.last),
    length=st.integers(0, 60),
    signed=st.lists(st.tuples(st.sampled_from(ALL), st.integers(-20, 60)), max_size=5),
    passed=st.integers(-10, 90),
)
def test_one_more_signature_never_makes_an_agreement_miss_more(
    first: date, length: int, signed: list[tuple[Signer, int]], passed: int
) -> None:
    last, now = min(first + timedelta(length), YEAR.last), first + timedelta(passed)
    some = [(signer, first + timedelta(day)) for signer, day in signed]
    (fewer,) = stands(agreed(first, last, *some), now=now)
    (more,) = stands(agreed(first, last, *some, (Signer.PUPIL, YEAR.first)), now=now)
    assert set(more.missing) <= set(fewer.missing)
    assert fewer.short == (fewer.days <= 15)
