"""Other ways of reading: in Spanish, in the dark, on paper and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site, judged


@pytest.mark.parametrize("path", ["/", "/rules/?on=2020-09-08", "/sign-in/", "/nowhere/"])
def test_the_small_pages_speak_spanish(browser: Browser, site: Site, path: str) -> None:
    page = browser.new_page(locale="es-US")
    page.goto(site.base + path)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert judged(page).violations_count == 0
    page.close()


def test_a_familys_day_works_without_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site.base}/h/{site.token}/2020-09-08/?lang=en")
    expect(page.get_by_role("link", name="Join").first).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
    page.get_by_role("button", name="I’m here").first.click()
    expect(page.get_by_role("status")).to_be_visible()
    context.close()


def test_now_and_next_need_no_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.base}/h/{site.token}/2020-09-08/")
    expect(page.locator("#now h2")).to_be_visible()
    expect(page.locator("#now .nows > li")).to_have_count(page.locator(".child").count())
    context.close()


def test_a_familys_day_prints_on_one_page(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(f"{site.base}/h/{site.token}/2020-09-08/")
    assert b"/Count 1\n" in page.pdf(format="Letter")
    page.close()


def test_in_the_dark_every_word_can_be_read(browser: Browser, site: Site) -> None:
    page = browser.new_page(color_scheme="dark")
    for path in (f"/h/{site.token}/2020-09-08/", "/rules/?on=2020-09-08", "/", f"/h/{site.token}/more/"):
        page.goto(site.base + path)
        assert judged(page).violations_count == 0, path
    page.close()
