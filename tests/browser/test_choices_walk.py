"""Choices, cohorts and the return in a real browser without script: read, answered, made, told, printed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_pages import sign_in

without_complaint = pytest.mark.usefixtures("quiet")
"""A browser complains of a form that is refused (422); everything else must give it no cause."""
AT = "/d/maple/cohorts/"
OF_FAMILY = ("choice/", "choice/said/", "return/", "more/")
OF_PLANNER = (
    "/desk/",
    AT,
    f"{AT}1/",
    f"{AT}made/1/",
    f"{AT}made/1/schools/maple-elementary/",
    "/d/maple/groups/?school=maple-elementary&need=el&need=foster&rooms=1",
    "/d/maple/households/1/choice/",
    "/d/maple/return/",
)


def is_phone(page: Page) -> bool:
    assert page.viewport_size is not None
    return page.viewport_size["width"] < 500


@without_complaint
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("path", OF_FAMILY)
def test_each_page_of_a_family(page: Page, site: Site, lawful: Any, path: str, lang: str) -> None:
    page.goto(f"{site.base}/h/{site.token}/{path}?lang={lang}")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    for one in page.locator("summary").all():
        one.click()
    assert page.locator("script").count() == 0
    lawful()


@without_complaint
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", OF_PLANNER)
def test_each_page_of_a_planner(page: Page, site: Site, lawful: Any, path: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    sign_in(page, site, "planner")
    page.goto(f"{site.base}{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    lawful()


@without_complaint
def test_a_family_chooses_and_gets_a_page_to_print(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/h/{site.token}/choice/?lang=en")
    first = page.get_by_role("group").first
    first.get_by_label("Distance learning at home").check()
    page.get_by_role("button", name="Tell the school").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you have chosen")
    expect(page.get_by_text("Distance learning at home")).to_be_visible()
    lawful()
    page.emulate_media(media="print")
    expect(page.get_by_text("The school has kept your choice.")).to_be_visible()
    assert not page.locator("footer").is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Change it").click()
    first.get_by_label("At school on the days of a cohort").check()
    page.get_by_role("button", name="Tell the school").click()
    expect(page.get_by_text("Distance learning at home")).to_have_count(0)


def test_nothing_chosen_is_said_beside_the_form(page: Page, site: Site, lawful: Any) -> None:
    sign_in(page, site, "planner")
    page.goto(f"{site.base}/d/maple/households/2/choice/?lang=en")
    page.get_by_role("button", name="Keep the choice").click()
    expect(page.get_by_role("alert")).to_contain_text("Write down who called")
    lawful()
    page.get_by_label("Who called").fill("Ana, the mother")
    page.get_by_role("button", name="Keep the choice").click()
    expect(page.get_by_role("status")).to_contain_text("The choice was kept")
    expect(page.get_by_text("by telephone: Ana, the mother; written down by planner").first).to_be_visible()
    lawful()


def test_a_planner_has_cohorts_made_tells_them_and_takes_them_back(
    page: Page, site: Site, lawful: Any
) -> None:
    sign_in(page, site, "planner")
    page.get_by_role("link", name="Choices and cohorts").click()
    page.get_by_role("link", name="September 1, 2020").click()
    page.get_by_label("Enrollments of").fill("2020-09-08")
    page.get_by_label("Seed of the draw").fill("8" if is_phone(page) else "7")
    page.get_by_role("button", name="Make cohorts").click()
    expect(page.get_by_role("alert")).to_contain_text("seed 2020 was announced")
    page.get_by_label("Enrollments of").fill("2020-09-08")
    page.get_by_label("Seed of the draw").fill("8" if is_phone(page) else "7")
    page.get_by_label("Why, if it is not the announced one").fill("The lottery was drawn again")
    page.get_by_role("button", name="Make cohorts").click()
    expect(page).to_have_url(re.compile(r"/cohorts/made/\d+/"))
    lawful()
    expect(page.get_by_role("heading", level=1)).to_have_text("The cohorts that were made", timeout=60_000)
    page.get_by_role("button", name="Tell families these cohorts").click()
    expect(page.get_by_role("status")).to_contain_text("Families are told these cohorts")
    lawful()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Families are told other cohorts.")).to_be_visible()
    lawful()


def test_a_planner_opens_a_round_sends_a_wrong_file_in_and_takes_the_round_back(
    page: Page, site: Site, lawful: Any
) -> None:
    sign_in(page, site, "planner")
    page.goto(f"{site.base}{AT}?lang=en")
    page.get_by_label("First day").fill("2020-10-01")
    page.get_by_label("Last day").fill("2020-10-09")
    page.get_by_role("button", name="Open the round").click()
    wrong = b"sectionId,seats,wholeWeek\nnowhere,16,\nmaple-elementary-001,many,\n"
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": wrong}
    page.get_by_label("seats.csv").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Send in seats.csv").click()
    expect(page.get_by_role("alert")).to_contain_text("seats.csv:2 [sectionId]")
    expect(page.get_by_role("alert")).to_contain_text("seats.csv:3 [seats]")
    lawful()
    page.get_by_role("button", name="Take the round back").click()
    expect(page.get_by_text("taken back: families do not see it")).to_be_visible()
    lawful()
