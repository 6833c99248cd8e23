"""The pages of a day: what they say, and in which language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from schoolday.calendar.days import DayKind
from schoolday.day import (
    Block,
    BlockKind,
    Cell,
    ChangeKind,
    Clash,
    Promised,
    PupilDay,
    Reason,
    SchoolWeekView,
    TeacherDay,
    WeekRow,
)
from schoolday.ground.spans import Span
from schooldesk.day.now import insert_now
from schooldesk.day.render import render_school_week, render_teacher
from tests.desk.rendered import ANA, BLOCKS, CITED, DAY, LINKS, LIVE, MOVED, PLACE, VIEW, Outline, page, words


def test_a_family_reads_its_day_in_plain_words() -> None:
    told = words(page())
    for part in (
        "Tuesday, September 8, 2020",
        "Ana",
        "Grade 3 · Maple Elementary",
        "Kindergarten",
        "9:00 AM – 9:30",
        "Mathematics",
        "Live 30 min Ms. Garcia",
        "On your own 20 min",
        "Lunch 30 min",
        "Break 10 min",
        "Science Biology",
        "Room 12",
        "230 minutes: 180 live + 50 on your own",
        "And whenever it suits: 5 minutes on your own.",
        "In all: 230 minutes; at least 230 required (Education Code 43501).",
        "No rule in force sets a number of live minutes.",
        "Ana and Luis are both live; you told us you have one device.",
    ):
        assert part in told, part


def test_the_same_page_in_spanish() -> None:
    told = words(page(language="es-MX", changes=(MOVED,)))
    for part in (
        "martes, 8 de septiembre de 2020",
        "Grado 3",
        "Matemáticas",
        "Ciencias Biology",
        "En vivo 30 min",
        "Por su cuenta",
        "Almuerzo",
        "230 minutos: 180 en vivo + 50 por su cuenta",
        "Ana y Luis tienen clase en vivo a la vez; nos dijeron que tienen un solo dispositivo.",
        "Ana: Matemáticas pasó de 8:00–8:30 a.m. a 9:00–9:30 a.m.",
    ):
        assert part in told, part
    assert "a.m.." not in told


@pytest.mark.parametrize("language", ["ar", "en-x-rtl"])
def test_a_language_from_right_to_left_turns_the_page(language: str) -> None:
    assert 'dir="rtl"' in page(language=language).split("\n")[1]


def test_a_translation_nobody_has_checked_says_so_and_english_does_not() -> None:
    assert "Nadie que hable este idioma" in page(language="es")
    assert "Nobody who speaks" not in page()


def test_an_unknown_language_is_english() -> None:
    assert page(language="tlh") == page(language="en")


def test_links_lead_to_the_days_beside_the_feed_the_rules_and_the_other_languages() -> None:
    hrefs = Outline(page()).hrefs
    for href in (
        "/day/2020-09-04/",
        "/day/2020-09-09/",
        "/day/",
        "/feed/abc.ics?lang=en",
        "/rules/",
        "?lang=es",
    ):
        assert href in hrefs
    assert "?lang=en" not in hrefs
    assert "https://meet.example/m3" in hrefs


def test_what_changed_is_told_in_words() -> None:
    assert "Ana: Mathematics moved from 8:00 – 8:30 AM to 9:00 – 9:30 AM." in words(page(changes=(MOVED,)))
    for kind in ChangeKind:
        for block in (BlockKind.LIVE, BlockKind.INDEPENDENT, BlockKind.LUNCH):
            if kind in (ChangeKind.MOVED, ChangeKind.PLACE) and block is BlockKind.INDEPENDENT:
                continue
            assert "What changed since you last looked" in page(
                changes=(replace(MOVED, kind=kind, block=block),)
            )


@pytest.mark.parametrize(
    ("kind", "said"),
    [(DayKind.HOLIDAY, "No school today. Labor Day"), (DayKind.PREPARATION, "teachers prepare")],
)
def test_a_day_without_school_says_why(kind: DayKind, said: str) -> None:
    empty = tuple(PupilDay(one.pupil, one.given, one.grade, one.school, (), 0, 0) for one in VIEW.pupils)
    told = words(page(replace(VIEW, kind=kind, reason="Labor Day", pupils=empty, clashes=())))
    assert said in told
    assert "Nothing to do for school on this day." in told
    assert "Ana, Luis" in told
    assert "I’m here" not in told
    assert "Día del Trabajo" in words(page(replace(VIEW, kind=kind, reason="Labor Day"), language="es"))


def test_a_reason_that_has_no_translation_is_marked_as_english() -> None:
    view = replace(VIEW, kind=DayKind.PREPARATION, reason="Paid preparation")
    marked = '<bdi lang="en" dir="ltr">Paid preparation</bdi>'
    assert marked in page(view, language="es")
    assert marked not in page(view)
    assert "<bdi>Día del Trabajo</bdi>" in page(replace(view, reason="Labor Day"), language="es")
    teacher = TeacherDay("t", "Ms. Garcia", DAY, DayKind.PREPARATION, "Paid preparation", None, (), 0, 0, 0)
    assert marked in render_teacher(teacher, language="es", links=LINKS, **PLACE).decode()


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        (DayKind.SCHOOL, "en", "School day"),
        (DayKind.HOLIDAY, "en", "No school today"),
        (DayKind.PREPARATION, "en", "No school for pupils: teachers prepare"),
        (DayKind.WEEKEND, "es", "Fin de semana: no hay clases"),
    ],
)
def test_the_title_says_which_kind_of_day_it_is(kind: DayKind, language: str, said: str) -> None:
    title = re.search(r"<title>(.*)</title>", page(replace(VIEW, kind=kind), language=language))
    assert title is not None
    assert title[1].endswith(f" · {said}")


@pytest.mark.parametrize("devices", [0, 1, 2])
def test_a_clash_is_put_into_words_for_any_number_of_devices(devices: int) -> None:
    names = ("Ana", "Luis", "Mia")
    view = replace(VIEW, clashes=(Clash(780, 810, names, names, devices),))
    said = {0: "you have no device at home", 1: "you have 1 device.", 2: "you have 2 devices."}[devices]
    assert said in words(page(view))


def test_a_class_says_its_subject_once_and_what_its_title_adds() -> None:
    for title, subject, said in (
        ("Science, Grades 1/2/3, room 2", "Science", "Science Live"),
        ("Small group 2, Kindergarten, room 1", "Small group", "Small group 2 Live"),
        ("Art 9-10, section 1", "Arts", "Art 9-10 Live"),
        ("Mathematical Ideas", "Math", "Mathematics Mathematical Ideas Live"),
    ):
        block = replace(LIVE, title=title, subject=subject)
        assert f"– 9:30 {said}" in words(page(replace(VIEW, pupils=(replace(ANA, blocks=(block,)),)))), title


def test_each_child_has_one_tap_that_names_no_link() -> None:
    text = page()
    assert text.count('<form class="here" method="post" action="here/?lang=en">') == 2
    assert '<button name="pupil" value="ana">I’m here<span class="vh">: Ana</span></button>' in text


def test_a_reason_leads_to_its_clause_which_stands_below_in_full() -> None:
    made_up = replace(CITED, clause="demo@2020", title="Lunch (made up)", made_up=True, confidence="made_up")
    whole = replace(
        CITED,
        said="At least 230 minutes",
        quote="230 minutes",
        confidence="secondary",
        checked=DAY,
        note="A doubt.",
    )
    why = (
        Reason("total_minutes", 230, 230, None, (whole,)),
        Reason("lunch_from", 720, 660, None, (made_up,)),
    )
    text = page(replace(VIEW, pupils=(replace(ANA, reasons=why),)))
    told = words(text)
    assert 'href="/rules/#ca@2020"' in text
    assert "Lunch begins: 12:00 PM; not before 11:00 AM (Lunch (made up))." in told
    for part in (
        "At least 230 minutes.",
        "230 minutes",
        "checked September 8, 2020",
        "A doubt.",
        "Made up for",
    ):
        assert part in told.partition("The rules these minutes come from")[2], part


def test_what_an_iep_promises_is_told_beside_the_minutes() -> None:
    promised = (Promised("Speech therapy", 30, 2, 30),)
    told = words(page(replace(VIEW, pupils=(replace(ANA, promised=promised),))))
    assert "Speech therapy: the IEP promises 30 minutes 2 times a week; today 30 minutes." in told


def test_a_teacher_sees_the_day_with_preparation_and_the_contracts_hours() -> None:
    blocks = (*BLOCKS[:2], Block(600, 645, BlockKind.PREPARATION))
    view = TeacherDay("t1", "Ms. Garcia", DAY, DayKind.SCHOOL, "", Span(480, 900), blocks, 30, 45, 20)
    text = render_teacher(view, language="en", links=LINKS, **PLACE).decode()
    told = words(text)
    for part in (
        "Ms. Garcia",
        "8:00 AM – 3:00 PM",
        "30 minutes live; 45 minutes of preparation",
        "Preparation 45 min",
    ):
        assert part in told, part
    assert b"Now" in insert_now(text.encode(), 545)


def test_a_schools_week_is_a_table_with_heads_by_day_and_class() -> None:
    cell = Cell(540, 570, BlockKind.LIVE, "Algebra 1", "Mathematics")
    row = WeekRow("alg", "Algebra 1 <b>", "Mr. Lee", ((), (cell,)))
    view = SchoolWeekView("river", "River High", (date(2020, 9, 7), DAY), ("Labor Day", ""), (row,))
    text = render_school_week(view, language="es", links=LINKS, **PLACE).decode()
    told = words(text)
    for part in ("River High", "Día del Trabajo", "Algebra 1 <b>", "Mr. Lee", "9:00–9:30 a.m."):
        assert part in told, part
    assert text.count('scope="col"') == 3
    assert text.count('scope="row"') == 1


def test_a_schools_week_marks_what_is_as_on_the_day_before_and_may_begin_on_a_monday() -> None:
    cell = Cell(540, 570, BlockKind.LIVE, "Algebra 1", "Mathematics")
    row = WeekRow("alg", "Algebra 1", "Mr. Lee", ((cell,), (cell,), ()))
    dates = (date(2020, 9, 14), date(2020, 9, 15), date(2020, 9, 16))
    view = SchoolWeekView("river", "River High", dates, ("", "", ""), (row,))
    text = render_school_week(view, language="en", links=LINKS, **PLACE).decode()
    assert text.count('class="same"') == text.count('class="free"') == 1
