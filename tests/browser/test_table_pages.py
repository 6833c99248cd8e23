"""The public pages of a bargaining table, and the planners' warnings, in a real browser without script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_pages import sign_in

pytestmark = pytest.mark.usefixtures("quiet")
AT = "/d/maple/table/maple-2020/"
PATHS = ("", "sides/", "record/", "clocks/", "words/", "words/offer/1/2/")


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("path", PATHS)
def test_each_page_of_a_table(page: Page, site: Site, lawful: Any, path: str, lang: str) -> None:
    page.goto(f"{site.base}{AT}{path}?on=2020-09-08&lang={lang}")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("script").count() == 0
    lawful()


def test_a_mark_leads_to_its_source_and_the_date_is_kept_between_pages(
    page: Page, site: Site, lawful: Any
) -> None:
    page.goto(f"{site.base}{AT}?on=2020-09-08&lang=en")
    mark = page.locator("a.cite").first
    place = mark.get_attribute("href")
    mark.click()
    expect(page.locator(f"{place}")).to_be_in_viewport()
    page.get_by_role("link", name="Side by side").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("September 8, 2020")


def test_each_cell_names_its_grade_on_a_phone_where_the_head_is_not_seen(page: Page, site: Site) -> None:
    page.goto(f"{site.base}{AT}sides/?on=2020-09-08&lang=en")
    narrow = page.evaluate("innerWidth") < 640
    label = page.locator(".grid .of").first
    if narrow:
        expect(label).to_be_visible()
    else:
        expect(label).to_be_hidden()
    # Readers that are read aloud hear a table with its heads on both.
    assert page.get_by_role("columnheader", name="TK–K").count() > 0
    assert page.get_by_role("rowheader", name="The law").count() > 0


def test_what_stands_side_by_side_is_chosen_in_a_form(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}{AT}sides/?on=2020-09-08&lang=en")
    page.get_by_text("What to lay side by side").first.click()
    page.get_by_label("version 3").check()
    lawful()
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".word.unverified").first).to_be_visible()


def test_two_versions_are_chosen_in_a_form(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}{AT}words/?on=2020-09-08&lang=en")
    page.get_by_label("From").select_option("offer/1")
    page.get_by_label("To").select_option("offer/2")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/words/offer/1/2/")
    expect(page.locator("del")).to_have_text("180")
    expect(page.locator("ins")).to_have_text("150")


@pytest.mark.parametrize("path", PATHS)
def test_on_paper_no_form_and_no_menu_is_printed(page: Page, site: Site, path: str) -> None:
    page.goto(f"{site.base}{AT}{path}?on=2020-09-08")
    page.emulate_media(media="print")
    for part in ("form", "footer", ".table-pages ul"):
        assert not page.locator(part).first.is_visible()


def test_the_warnings_for_planners(page: Page, site: Site, lawful: Any) -> None:
    sign_in(page, site, "planner")
    page.get_by_role("link", name="Warnings about the rules").click()
    lawful()
    page.goto(f"{site.base}/d/maple/rules/warnings/?on=2021-05-20")
    expect(page.get_by_role("heading", name="Lapse soon")).to_be_visible()
    lawful()
