"""The pages of what positions do, in a real browser without script: read, asked for, waited for, printed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_pages import sign_in

pytestmark = pytest.mark.usefixtures("quiet")
AT = "/d/maple/table/maple-2020/"
PATHS = ("consequences/", "consequences/1/", "ground/", "ground/2/")


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("path", PATHS)
def test_each_page_as_everybody_sees_it(page: Page, site: Site, lawful: Any, path: str, lang: str) -> None:
    page.goto(f"{site.base}{AT}{path}?lang={lang}")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("script").count() == 0
    lawful()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_each_page_as_a_planner_sees_it(page: Page, site: Site, lawful: Any, path: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    sign_in(page, site, "planner")
    page.goto(f"{site.base}{AT}{path}?lang=en")
    for one in page.locator("summary").all():
        one.click()
    lawful()


def test_a_chart_is_named_and_its_table_stands_beside_it(page: Page, site: Site) -> None:
    page.goto(f"{site.base}{AT}consequences/1/?lang=en")
    expect(page.get_by_role("img", name="Minutes a day of a child, by grade")).to_be_visible()
    expect(page.get_by_role("row", name="1 110 + 120 180 + 50")).to_be_visible()


def test_the_tables_pages_lead_there(page: Page, site: Site) -> None:
    page.goto(f"{site.base}{AT}?lang=en")
    page.get_by_role("link", name="What positions do").click()
    page.get_by_role("link", name="The wish of Maple").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What a position does")


def test_a_planner_asks_and_the_page_comes_to_the_answer_by_itself(
    page: Page, site: Site, lawful: Any
) -> None:
    sign_in(page, site, "planner")
    page.goto(f"{site.base}{AT}consequences/?lang=en")
    page.get_by_label("School").select_option("maple-secondary")
    page.get_by_role("button", name="Work this out").click()
    page.wait_for_url("**/consequences/*/")
    lawful()
    expect(page.get_by_role("heading", level=1)).to_have_text("What a position does", timeout=60_000)
    expect(page.get_by_text("Maple Secondary")).to_be_visible()


@pytest.mark.parametrize("path", PATHS[1::2])
def test_on_paper_the_charts_are_there_and_no_menu_is(page: Page, site: Site, path: str) -> None:
    page.goto(f"{site.base}{AT}{path}?lang=en")
    page.emulate_media(media="print")
    expect(page.locator("svg.chart").first).to_be_visible()
    for part in ("footer", ".table-pages ul"):
        assert not page.locator(part).first.is_visible()


def test_a_chart_runs_from_left_to_right_where_the_page_does_not(page: Page, site: Site) -> None:
    page.goto(f"{site.base}{AT}consequences/1/?lang=en")
    page.evaluate("document.documentElement.dir = 'rtl'")
    name, bar = page.locator("svg.chart text.name").first, page.locator("svg.chart rect").first
    left, right = name.bounding_box(), bar.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
