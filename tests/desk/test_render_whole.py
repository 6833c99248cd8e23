"""The pages of a day, as bytes: whole without script, small, the same each time, and broken by no name."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.day import (
    Block,
    BlockKind,
    Clash,
)
from schoolday.day.measured import measured
from schoolday.day.reasons import Reasons
from schoolday.files.rulebooks import load
from schooldesk.day.now import MARKER, insert_now
from tests.desk.rendered import ANA, DAY, LIVE, MOVED, VIEW, Outline, page, words


def test_the_page_is_whole_without_script_and_holds_none_of_its_own() -> None:
    outline = Outline(page(now=545, changes=(MOVED,)))
    assert outline.tags.count("script") == 1
    assert "/static/day.js" in outline.hrefs
    assert outline.tags.count("h1") == outline.tags.count("main") == 1


def test_no_id_stands_twice_and_every_label_names_one() -> None:
    outline = Outline(page(now=545, changes=(MOVED,)))
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.named) <= set(outline.ids)


def test_an_address_that_is_no_web_address_is_text_and_no_link() -> None:
    view = replace(VIEW, pupils=(replace(ANA, blocks=(replace(LIVE, place="javascript:alert(1)"),)),))
    outline = Outline(page(view))
    assert "javascript:alert(1)" in outline.words
    assert not any(href.startswith("javascript") for href in outline.hrefs)


HOSTILE = st.text(st.characters(exclude_categories=("Cs",)), max_size=30) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }}",
        "%(total)s",
        "<!--now-->",
        "</h2>",
        "\x00notes\x00",
    ]
)


@settings(max_examples=120, deadline=None)
@given(name=HOSTILE, title=HOSTILE, teacher=HOSTILE, place=HOSTILE)
def test_no_name_can_break_the_page_or_run_script(name: str, title: str, teacher: str, place: str) -> None:
    block = replace(LIVE, title=title, subject="", teacher=teacher, place=place)
    pupil = replace(ANA, given=name, school=title, blocks=(block,))
    clash = Clash(540, 570, ("ana",), (name,), 0)
    view = replace(VIEW, pupils=(pupil, pupil), clashes=(clash,))
    text = page(view, changes=(replace(MOVED, title=title, subject=""),), now=545, given=name)
    outline = Outline(text)
    assert outline.tags.count("script") == 1
    assert "img" not in outline.tags
    assert all(href.startswith(("/", "?", "#", "http://", "https://")) for href in outline.hrefs)
    bare = page(view).encode()
    assert insert_now(bare, 545) == page(view, now=545).encode()


def test_the_same_values_give_the_same_bytes() -> None:
    assert page() == page()


def test_a_page_for_four_children_stays_under_fifty_kilobytes() -> None:
    many = tuple(
        replace(LIVE, start=480 + 20 * number, end=500 + 20 * number, uid=str(number)) for number in range(20)
    )
    four = tuple(replace(ANA, pupil=str(number), blocks=many) for number in range(4))
    assert len(page(replace(VIEW, pupils=four)).encode()) < 50_000


def test_a_page_for_four_children_with_every_clause_in_full_stays_under_fifty_kilobytes() -> None:
    standing = load(None).on(DAY, frozenset({"CA", "ca-scusd", "ca-scusd-demo"}))
    many = (
        *(replace(LIVE, start=480 + 30 * one, end=510 + 30 * one, uid=str(one)) for one in range(15)),
        Block(930, 960, BlockKind.LUNCH),
    )
    values = measured(many, total=240, live=180, least_break=10)
    four = tuple(
        replace(ANA, pupil=grade, grade=grade, blocks=many, reasons=Reasons(standing).of(values, grade))
        for grade in ("K", "3", "7", "11")
    )
    assert all(len(one.reasons) > 8 for one in four)
    for language in ("en", "es"):
        assert len(page(replace(VIEW, pupils=four), language=language).encode()) < 50_000


def test_now_and_next_put_into_stored_bytes_are_those_of_the_page_made_on_request() -> None:
    for minute in range(0, 1440, 7):
        for language in ("en", "es", "ar"):
            stored = page(language=language).encode()
            assert insert_now(stored, minute) == page(language=language, now=minute).encode(), minute


def test_now_and_next_tell_what_is_on() -> None:
    told = words(page(now=545))
    assert "Now and next Ana Now 9:00 AM – 9:30 Mathematics" in told
    assert "Next 9:40 AM – 10:00 Reading" in told


def test_after_the_last_block_of_all_nothing_is_announced() -> None:
    assert insert_now(page().encode(), 1000) == page().encode().replace(MARKER, b"")
    assert insert_now(b"<p>no marker</p>", 545) == b"<p>no marker</p>"
