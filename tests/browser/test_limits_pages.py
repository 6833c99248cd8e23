"""Private limits, the question and the mediator's page in a real browser without script, on a phone too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_pages import sign_in

AT = "/d/maple/table/maple-2020/"
Who = Callable[[str], Page]


@pytest.fixture
def page_of(browser: Browser, browser_context_args: dict[str, Any], site: Site) -> Iterator[Who]:
    """Sign somebody in, in a browser of their own."""
    opened = []

    def sign(name: str) -> Page:
        opened.append(browser.new_context(**browser_context_args))
        page = opened[-1].new_page()
        sign_in(page, site, name)
        return page

    yield sign
    for one in opened:
        one.close()


def open_measure(page: Page, title: str) -> Any:
    """Open the fields of a measure, whether or not the side limits it already."""
    there = page.locator("article", has=page.get_by_role("heading", name=title, exact=True))
    if there.count():
        there.get_by_text("Change it").click()
        return there
    page.locator("summary", has_text=title).first.click()
    return page.locator("details[open]")


def keep(page: Page, title: str, field: str, value: str) -> None:
    fields = open_measure(page, title)
    fields.get_by_label(field).fill(value)
    fields.get_by_role("button", name="Keep this limit").click()


def questions(page: Page, number: int) -> None:
    page.get_by_label("Questions that each side").fill(str(number))
    page.get_by_role("button", name="Set").click()


def test_a_side_limits_asks_and_learns_one_word(page: Page, site: Site, lawful: Any, page_of: Who) -> None:
    mediator = page_of("mediator")
    mediator.get_by_role("link", name="Between the sides").click()
    questions(mediator, 99)
    employer = page_of("employer")
    employer.get_by_role("link", name="Your side’s limits").click()
    keep(employer, "Live minutes a day of a child", "At least", "140")
    sign_in(page, site, "union")
    lawful()
    page.get_by_role("link", name="Your side’s limits").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your side’s limits")
    lawful()
    keep(page, "Live minutes a day of a teacher", "At most", "211")
    expect(page.get_by_text("at most 211")).to_be_visible()
    lawful()
    page.get_by_role("button", name="Ask question").click()
    expect(page.locator("#question ~ .next strong").first).to_have_text("Yes")
    lawful()
    page.goto(f"{site.base}{AT}limits/?lang=es")
    expect(page.get_by_text("La última respuesta:")).to_be_visible()
    lawful()
    page.goto(f"{site.base}{AT}limits/?lang=en")


def test_a_number_that_is_none_is_said_where_it_was_typed(page: Page, site: Site, lawful: Any) -> None:
    sign_in(page, site, "union")
    page.goto(f"{site.base}{AT}limits/?lang=en")
    keep(page, "Minutes from a teacher’s first meeting", "At most", "three hundred")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.locator("details[open]").get_by_label("At most")).to_have_value("three hundred")
    lawful()


def test_words_are_chosen_and_a_removed_limit_is_put_back(
    page: Page, site: Site, lawful: Any, quiet: Any
) -> None:
    sign_in(page, site, "union")
    page.goto(f"{site.base}{AT}limits/?lang=en")
    title = "Which live lessons are recorded"
    fields = open_measure(page, title)
    fields.get_by_label("At most").select_option("whole-class lessons")
    fields.get_by_role("button", name="Keep this limit").click()
    limit = page.locator("article", has_text=title)
    expect(limit.get_by_text("at most whole-class lessons")).to_be_visible()
    limit.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="Removed limits")).to_be_visible()
    lawful()
    page.locator("article", has_text=title).get_by_role("button", name="Put it back").click()
    expect(page.get_by_role("heading", name="Removed limits")).to_have_count(0)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_mediators_page(page: Page, site: Site, lawful: Any, page_of: Who, lang: str, quiet: Any) -> None:
    for who, title, field, value in (
        ("union", "Live minutes a day of a teacher", "At most", "211"),
        ("employer", "Live minutes a day of a child", "At least", "170"),
    ):
        side = page_of(who)
        side.goto(f"{site.base}{AT}limits/?lang=en")
        keep(side, title, field, value)
    sign_in(page, site, "mediator")
    page.goto(f"{site.base}{AT}mediator/?lang={lang}")
    expect(page.locator("#limits ~ h3")).to_have_count(2)
    assert page.locator("script").count() == 0
    lawful()
    side.goto(f"{site.base}{AT}limits/?lang=en")
    keep(side, title, field, "140")
    page.goto(f"{site.base}{AT}mediator/?lang={lang}")
    expect(page.locator("article").first).to_be_visible()
    lawful()
    page.goto(f"{site.base}{AT}mediator/?lang=en")


def test_the_mediator_stops_the_questions(
    page: Page, site: Site, lawful: Any, page_of: Who, quiet: Any
) -> None:
    sign_in(page, site, "mediator")
    page.goto(f"{site.base}{AT}mediator/?lang=en")
    page.get_by_role("button", name="Stop the questions").click()
    lawful()
    side = page_of("employer")
    side.goto(f"{site.base}{AT}limits/?lang=en")
    expect(side.get_by_text("The mediator has stopped the questions.")).to_be_visible()
    expect(side.get_by_role("button", name="Ask question")).to_have_count(0)
    page.get_by_role("button", name="Answer them again").click()
    expect(page.get_by_role("button", name="Stop the questions")).to_be_visible()


def test_on_paper_no_form_is_printed(page: Page, site: Site, quiet: Any) -> None:
    sign_in(page, site, "mediator")
    page.goto(f"{site.base}{AT}mediator/?lang=en")
    page.emulate_media(media="print")
    assert page.locator("form:visible").count() == 0
