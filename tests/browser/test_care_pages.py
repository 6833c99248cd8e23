"""Services and re-engagement in a real browser without script, on a desk's screen and a phone's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, serving
from tests.browser.test_pages import sign_in


@pytest.fixture(scope="module")
def caring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the small district with a week to record and a pupil to reach."""
    folder = tmp_path_factory.mktemp("caring")
    with serving(folder, "tests.browser.making_care", "2020-09-11T16:00") as (base, made):
        yield Site(base, *made[-3:])


def wide(page: Page) -> bool:
    return (page.viewport_size or {"width": 0})["width"] > 400


def test_a_provider_records_corrects_makes_up_and_signs(page: Page, caring: Site, lawful: Any) -> None:
    sign_in(page, caring, "provider")
    page.get_by_role("link", name="Services of IEPs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your services")
    assert page.locator("script").count() == 0
    lawful()
    if wide(page):
        page.get_by_role("button", name="Record it").first.click()
    else:
        page.get_by_text("Record another meeting").click()
        page.get_by_label("Date").fill("2020-09-04")
        page.get_by_label("How it went, for all").select_option("technical")
        page.get_by_role("button", name="Record this meeting").click()
    expect(page.get_by_role("status")).to_have_text("Taken down.")
    lawful()
    if not wide(page):
        page.locator("#make-up ~ details summary").first.click()
        page.get_by_role("button", name="Record the make-up").first.click()
        expect(page.get_by_role("status")).to_have_text("Taken down.")
    page.get_by_text("Correct it").first.click()
    lawful()
    page.get_by_role("button", name="Store the correction").first.click()
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_role("button", name="Put back").first.click()
    lawful()
    page.get_by_role("button", name="Sign these dates").click()
    expect(page.get_by_role("alert")).to_have_text("Tick that you declare it.")
    lawful()
    page.get_by_label("I gave these services").check()
    page.get_by_role("button", name="Sign these dates").click()
    expect(page.get_by_text("signed on").first).to_be_visible()
    lawful()


def test_a_clerk_works_through_the_list(page: Page, caring: Site, lawful: Any, quiet: Any) -> None:
    pupil = "maple-p01" if wide(page) else "maple-p26"
    sign_in(page, caring, "clerk")
    page.get_by_role("link", name="Absences: who is to be reached").click()
    lawful()
    page.goto(f"{caring.base}/d/maple/reengage/pupils/{pupil}/")
    lawful()
    page.get_by_label("What was done").select_option("reached")
    page.get_by_role("button", name="Take it down").click()
    expect(page.get_by_text("done on").first).to_be_visible()
    lawful()
    page.get_by_role("link", name="The notice home").click()
    lawful()
    page.emulate_media(media="print")
    assert page.locator("form:visible").count() == 0
    expect(page.locator("article")).not_to_have_count(0)
    page.emulate_media(media="screen")
    page.get_by_role("button", name="It was sent").click()
    expect(page.get_by_role("status")).to_have_text("Taken down.")
    lawful()
    page.goto(f"{caring.base}/d/maple/reengage/schools/")
    lawful()


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    "path", ["services/schools/", "sheets/", "reengage/", "reengage/schools/", "reengage/pupils/maple-p01/"]
)
def test_a_planners_pages(page: Page, caring: Site, lawful: Any, path: str, lang: str, quiet: Any) -> None:
    sign_in(page, caring, "planner")
    page.goto(f"{caring.base}/d/maple/{path}?lang={lang}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    lawful()
    page.goto(f"{caring.base}/d/maple/{path}?lang=en")


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("path", ["services", "notices"])
def test_a_familys_pages(page: Page, caring: Site, lawful: Any, path: str, lang: str, quiet: Any) -> None:
    page.goto(f"{caring.base}/h/{caring.token}/{path}/?lang={lang}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("script").count() == 0
    lawful()
