"""The move in a real browser: asked for, waited for, adopted, read by family and teacher, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_pages import sign_in

pytestmark = pytest.mark.usefixtures("quiet")
AT = "/d/maple/moves/"
WHY = "County order of 1 October (made up)"


def _ask(page: Page, site: Site) -> None:
    sign_in(page, site, "planner")
    page.goto(f"{site.base}/desk/?lang=en")
    page.get_by_role("link", name="Moves: the week from a date on").click()
    page.get_by_label("First day").fill("2020-10-05")
    page.get_by_label("Way of schooling").select_option("hybrid")
    page.get_by_label("Why").fill(WHY)
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Move from Monday, October 5, 2020")


def _read(page: Page, site: Site, lawful: Any, path: str, lang: str) -> None:
    page.goto(f"{site.base}{path}?lang={lang}")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.get_by_text(WHY)).to_be_visible()
    lawful()


def test_a_planner_moves_the_week_and_everybody_reads_what_changes(
    page: Page, site: Site, lawful: Any
) -> None:
    _ask(page, site)
    lawful()
    expect(page.get_by_text("made; nobody is told yet")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("The check finds no rule broken in the first week.")).to_be_visible()
    lawful()
    page.get_by_role("button", name="Adopt: tell families and teachers").click()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    try:
        for lang in ("en", "es"):
            _read(page, site, lawful, f"/h/{site.token}/move/", lang)
            _read(page, site, lawful, f"/d/maple/staff/{site.teacher}/move/", lang)
    finally:
        page.goto(f"{site.base}{AT}?lang=en")
        page.get_by_role("link", name="Monday, October 5, 2020").first.click()
        page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("taken back")).to_be_visible()
    page.goto(f"{site.base}/h/{site.token}/move/?lang=en")
    expect(page.get_by_text("No change of the week is planned.")).to_be_visible()


def test_a_move_that_cannot_be_is_refused_beside_the_form(page: Page, site: Site, lawful: Any) -> None:
    page = page.context.new_page()
    sign_in(page, site, "planner")
    page.goto(f"{site.base}{AT}?lang=en")
    page.get_by_label("First day").fill("2020-10-03")
    page.get_by_label("Why").fill(WHY)
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("alert")).to_contain_text("has no pupils")
