"""Learning in a real browser without script: a class's results, a recording, groups; read by families."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_pages import sign_in

without_complaint = pytest.mark.usefixtures("quiet")
"""A browser complains of a form that is refused (422); everything else must give it no cause."""
AT = "/d/maple/learning/"
CLASS = f"{AT}sections/maple-elementary-002/"
OF_PLANNER = (
    f"{AT}?school=maple-elementary",
    f"{AT}standards/?grade=3",
    f"{AT}exams/?school=maple-elementary",
    f"{AT}take/",
    f"{AT}entries/",
    f"{AT}groups/",
    f"{AT}groups/1/",
    f"{AT}watch/?school=maple-elementary",
    CLASS,
    f"{CLASS}recordings/",
    f"{AT}recordings/1/",
)


@without_complaint
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("path", ["recordings/", "learning/"])
def test_each_page_of_learning_of_a_family(page: Page, site: Site, lawful: Any, path: str, lang: str) -> None:
    page.goto(f"{site.base}/h/{site.token}/{path}?lang={lang}")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    assert page.locator("script").count() == 0
    lawful()


@without_complaint
def test_each_page_of_learning_of_a_planner(page: Page, site: Site, lawful: Any) -> None:
    sign_in(page, site, "planner")
    for path in OF_PLANNER:
        page.goto(f"{site.base}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        lawful()


@without_complaint
def test_a_teacher_enters_a_class_and_undoes_it(page: Page, site: Site, lawful: Any) -> None:
    sign_in(page, site, "teacher")
    page.goto(f"{site.base}{AT}?lang=en")
    page.locator("main ul.many a").first.click()
    lawful()
    page.get_by_label("What the exam is called").fill("Quiz")
    page.get_by_label("Number of questions", exact=True).fill("10")
    page.get_by_label("Other standards by code").fill("K.CC.A.1")
    page.get_by_role("button", name="Keep the exam and enter results").click()
    lawful()
    began, cells = time.monotonic(), page.locator("table input").count()
    assert cells
    page.locator("table input").first.focus()
    for _ in range(cells):
        page.keyboard.type("8")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Kept")
    assert time.monotonic() - began < 60
    lawful()
    page.get_by_role("button", name="Undo entry").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What was entered")
    lawful()
