"""The public board and the auditor's walk in a real browser, without script, on a wide screen and a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, serving
from tests.browser.test_pages import sign_in

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the small district with a sealed and measured week."""
    folder = tmp_path_factory.mktemp("measured")
    with serving(folder, "tests.browser.making_measures", "2020-09-11T17:00") as (base, made):
        yield Site(base, *made[-3:])


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_board_is_read_by_everybody(page: Page, measured: Site, lawful: Any, lang: str) -> None:
    page.goto(f"{measured.base}/d/maple/board/?lang={lang}&group=all")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    assert page.locator("script").count() == 0
    expect(page.get_by_text("900").first).to_be_visible()
    lawful()
    page.locator("#rate").select_option("short_days")
    page.locator("#by").select_option("grade")
    page.get_by_role("button").first.click()
    expect(page.locator(".sources li").first).to_be_visible()
    lawful()


def test_a_table_s_caption_stands_on_a_line_and_not_letter_by_letter(page: Page, measured: Site) -> None:
    page.goto(f"{measured.base}/d/maple/board/?lang=es")
    caption = page.locator("table.grid caption:not(.hidden)").first.bounding_box()
    assert caption is not None
    assert caption["height"] < 80 < caption["width"]


def test_an_auditor_walks_down_to_who_certified(page: Page, measured: Site, lawful: Any) -> None:
    sign_in(page, measured, "planner")
    page.goto(f"{measured.base}/d/maple/measures/?lang=en&code=measures.unverified_day")
    lawful()
    page.locator('th a[href="pupils/extra-01/"]').click()
    lawful()
    page.get_by_role("link", name="September 8, 2020").click()
    expect(page.get_by_text("Certified by")).to_be_visible()
    lawful()
    page.goto(f"{measured.base}/d/maple/measures/open/2020-09-07/")
    lawful()
