"""Catalogs are whole, and the style sheet's colours can be read."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.test import Client

import schooldesk
from schooldesk.day.languages import CATALOGS, LANGUAGES, OFFERED, Speech, language, speech

DESK = Path(schooldesk.__file__).parent
CODES = [one.catalog for one in LANGUAGES if one.catalog]


def catalog(code: str):  # noqa: ANN201
    return read_po(BytesIO((CATALOGS / code / "LC_MESSAGES" / "schooldesk.po").read_bytes()), locale=code)


def asked(offered: bool) -> set[str]:
    """Return the words of a day's pages, and for a language we offer those of all the desk's own too."""
    rooms = (
        *("bargaining", "cohorts", "conditions", "emergency", "learning", "ledger", "measures"),
        *("rules", "timetable"),
    )
    python = [*(f"{room}/**.py" for room in rooms), "front.py"]
    more = [*((path, "python") for path in python), ("templates/**.html", "jinja2")]
    found = extract_from_dir(
        DESK,
        [("day/**.py", "python"), ("day/templates/**.html", "jinja2"), *(more if offered else [])],
        keywords={"_": None, "say": None, "count": (1, 2)},
    )
    return {key(message) for _, _, message, _, _ in found}


def key(message: str | tuple[str, ...]) -> str:
    """Return what a message is known by: of one with several numbers, the first."""
    return message if isinstance(message, str) else message[0]


@pytest.mark.parametrize("code", CODES)
def test_every_word_of_the_pages_is_translated(code: str) -> None:
    told = {
        key(row.id)
        for row in catalog(code)
        if row.id and all(row.string if isinstance(row.string, tuple) else (row.string,))
    }
    assert len(told) > 80
    assert asked(language(code) in OFFERED) - told == set()


def test_templates_ask_for_words_by_the_names_that_are_looked_for() -> None:
    """A call of `s.say(...)` or `s.count(...)` in a template is not found when its words are gathered."""
    for template in (*DESK.glob("templates/**/*.html"), *DESK.glob("day/templates/*.html")):
        assert not re.search(r"\.(say|count)\(['\"]", template.read_text()), template.name


def test_the_list_of_words_is_that_of_the_pages() -> None:
    listed = {key(row.id) for row in read_po(BytesIO((CATALOGS / "schooldesk.pot").read_bytes())) if row.id}
    assert listed == asked(offered=True)


TABLE = "/d/maple/table/maple-2020/"
PATHS = (
    *("/", "/rules/?on=2020-09-08", "/rules/?on=2031-01-01", "/sign-in/", "/no/"),
    *(
        f"{TABLE}{path}?on=2020-09-08"
        for path in ("", "sides/", "record/", "clocks/", "words/", "consequences/", "ground/")
    ),
    "/d/maple/return/",
    "/d/maple/board/",
    *(
        f"/d/maple/conditions/{path}"
        for path in (
            "?on=2020-10-13",
            "?on=never",
            "readings/",
            "year/",
            "year/?other=without:ca.reopening.red",
            "places/",
        )
    ),
    *(f"{TABLE}words/offer/1/2/", f"{TABLE}?on=2020-08-01", f"{TABLE}?on=never"),
)


@pytest.mark.parametrize("path", PATHS)
def test_every_word_that_a_page_asks_for_is_in_the_spanish_catalog(
    path: str, client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: set[str] = set()
    monkeypatch.setattr(Speech, "say", lambda _, message: said.add(message) or message)
    monkeypatch.setattr(Speech, "count", lambda _, one, many, number: said.add(one) or many)
    client.get(path, headers={"accept-language": "es"})
    assert len(said) > 3
    assert said - {key(row.id) for row in catalog("es")} == set()


@pytest.mark.parametrize("code", CODES)
def test_a_translation_asks_for_the_same_values_as_its_original(code: str) -> None:
    names = re.compile(r"%\((\w+)\)")
    for row in catalog(code):
        ids = row.id if isinstance(row.id, tuple) else (row.id,)
        strings = row.string if isinstance(row.string, tuple) else (row.string,)
        wanted = {name for text in ids for name in names.findall(text)}
        for text in strings if row.id else ():
            assert set(names.findall(text)) <= wanted, row.id


def test_english_and_spanish_are_offered_and_what_nobody_checked_is_marked() -> None:
    assert [one.code for one in OFFERED] == ["en", "es"]
    assert {one.code for one in LANGUAGES if not one.reviewed} == {"es", "ar"}


def test_dates_and_times_are_those_of_the_language() -> None:
    assert speech(language("en")).clock(570) == "9:30\xa0AM"
    assert speech(language("es")).minutes(1, "long") == "1 minuto"
    assert speech(language("ar")).count("%(n)s device", "%(n)s devices", 3) == "%(n)s devices"


def _colours(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", text))


def _light(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(letter * 2 for letter in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme: str) -> None:
    css = (DESK / "static" / "day.css").read_text()
    light, dark = (
        css.split("prefers-color-scheme: dark")[0],
        css.split("prefers-color-scheme: dark")[1].split("@media")[0],
    )
    colours = _colours(light if scheme == "light" else dark)
    pairs = [("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("live", "live-tint")]
    pairs += [
        ("ink", "live-tint"),
        ("own", "card"),
        ("warn", "warn-tint"),
        ("warn", "live-tint"),
        ("ink", "warn-tint"),
    ]
    pairs += [("new", "new-tint"), ("ink", "new-tint"), ("card", "live"), ("live", "card"), ("live", "paper")]
    for text, ground in pairs:
        assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_the_style_sheet_needs_nothing_from_outside_and_knows_no_left_or_right() -> None:
    css = (DESK / "static" / "day.css").read_text()
    assert "url(" not in css
    assert "@import" not in css
    assert not re.search(
        r"(margin|padding|border|inset)-(left|right)|text-align: (left|right)|[{;]\s*(left|right):", css
    )
    assert len(css.encode()) < 16_000
