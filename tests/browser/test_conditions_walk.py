"""The pages of conditions in a real browser without script: read, entered, corrected, undone, printed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_pages import sign_in

quietly = pytest.mark.usefixtures("quiet")
"""For pages that a browser has no cause to complain of: one that refuses something is an error to it."""
AT = "/d/maple/conditions/"
CHANGE = "from=2020-11-12&until=2020-11-13&known=2020-11-10"
PUBLIC = (
    "?on=2020-10-13", "?on=2020-09-09", "readings/", "year/", "year/?other=book:1", "year/?other=everywhere",
    "places/",
)  # fmt: skip
PLANNERS = (
    "readings/", "readings/enter/reading/", "readings/enter/event/", "readings/enter/site/", "readings/take/",
    "readings/2/correct/", f"preview/?{CHANGE}", f"preview/maple-secondary/people/?{CHANGE}",
    "year/?other=book:1",
)  # fmt: skip


@quietly
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("path", PUBLIC)
def test_each_page_as_everybody_sees_it(page: Page, site: Site, lawful: Any, path: str, lang: str) -> None:
    page.goto(f"{site.base}{AT}{path}{'&' if '?' in path else '?'}lang={lang}")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("script").count() == 0
    lawful()


@quietly
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PLANNERS)
def test_each_page_as_a_planner_sees_it(page: Page, site: Site, lawful: Any, path: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    sign_in(page, site, "planner")
    page.goto(f"{site.base}{AT}{path}{'&' if '?' in path else '?'}lang=en")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    lawful()


@quietly
def test_a_walk_from_the_welcome_page_to_a_rule(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/?lang=en")
    page.get_by_role("link", name="what is allowed at each school, and why").click()
    page.get_by_label("On", exact=True).fill("2020-10-13")
    page.get_by_label("By what was known on").fill("2020-10-13")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is allowed on October 13, 2020")
    expect(page.get_by_text("In person: allowed at 2 schools")).to_be_visible()
    page.locator("a.cite").first.click()
    rule = page.get_by_role("link", name="ca.reopening.red@2020-08-31")
    expect(rule).to_be_in_viewport()
    rule.click()
    expect(page.locator("[id='ca.reopening.red@2020-08-31']")).to_be_in_viewport()


def test_a_planner_enters_a_reading_corrects_it_and_undoes_it(page: Page, site: Site, lawful: Any) -> None:
    sign_in(page, site, "planner")
    page.goto(f"{site.base}{AT}readings/?lang=en")
    page.get_by_role("link", name="A reading, an order, the air").click()
    width = page.viewport_size
    assert width is not None
    source = f"Air district, {width['width']}"
    page.get_by_label("Place, by").fill(f"zip-{width['width']}")
    page.get_by_label("What was measured").select_option("air_quality_index")
    page.get_by_label("Value").fill("smoke")
    for label in ("First day", "Last day", "Told on"):
        page.get_by_label(label).fill("2020-09-10")
    page.get_by_label("Who says so").fill(source)
    page.get_by_role("button", name="Enter it").click()
    expect(page.get_by_text("Nothing was stored.")).to_be_visible()
    lawful()
    page.get_by_label("Value").fill("155")
    page.get_by_role("button", name="Enter it").click()
    expect(page.get_by_role("status")).to_contain_text("1 new")
    row = page.get_by_role("row").filter(has_text=source)
    row.get_by_role("link", name="Correct").click()
    page.get_by_label("Value").fill("145")
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.get_by_role("status")).to_contain_text("1 that correct another row")
    expect(
        page.get_by_role("row").filter(has_text=source).locator("del").filter(has_text="155")
    ).to_be_visible()
    lawful()
    page.get_by_role("button", name="Undo entry").first.click()
    expect(
        page.get_by_role("row").filter(has_text=source).locator("del").filter(has_text="145")
    ).to_be_visible()
    lawful()


def test_a_stretch_that_runs_backwards_is_refused_in_words(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}{AT}year/?from=2020-09-01&until=2020-01-01&lang=en")
    expect(page.get_by_role("alert")).to_contain_text("the last date lies before the first")
    lawful()


def test_a_file_with_faults_is_told_by_file_row_and_column(page: Page, site: Site, lawful: Any) -> None:
    sign_in(page, site, "planner")
    page.goto(f"{site.base}{AT}readings/take/?lang=en")
    text = b"school,event,day,grades,source\nno-school,opened,soon,,Board\n"
    page.get_by_label("Files").set_input_files({"name": "events.csv", "mimeType": "text/csv", "buffer": text})
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_text("events.csv:2 [school]")).to_be_visible()
    expect(page.get_by_text("events.csv:2 [day]")).to_be_visible()
    lawful()


@quietly
def test_a_chart_is_named_and_its_table_stands_beside_it(page: Page, site: Site) -> None:
    sign_in(page, site, "planner")
    page.goto(f"{site.base}{AT}year/?other=book:1&lang=en")
    expect(page.get_by_role("img", name="Pupils for whom it was allowed")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="October 19, 2020").first).to_contain_text(
        "60 (2 schools)"
    )
    expect(page.get_by_text("The two part in 2 weeks of")).to_be_visible()


@quietly
@pytest.mark.parametrize("path", ["?on=2020-10-13", "year/"])
def test_on_paper_the_tables_are_there_and_no_menu_is(page: Page, site: Site, path: str) -> None:
    page.goto(f"{site.base}{AT}{path}")
    page.emulate_media(media="print")
    expect(page.get_by_role("table").first).to_be_visible()
    for part in ("footer", "form", ".table-pages ul"):
        assert not page.locator(part).first.is_visible()
