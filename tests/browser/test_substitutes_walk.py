"""A substitute in a real browser: named by a principal, she takes a class, until he ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.conftest import Site, serving
from tests.browser.making_ledger import SECTION
from tests.browser.test_pages import sign_in

FRIDAY = "2020-09-11T09:00"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the small district on a Friday morning."""
    with serving(tmp_path_factory.mktemp("school"), "tests.browser.making_ledger", FRIDAY) as (base, made):
        yield Site(base, *made[-3:])


@pytest.fixture
def own(page: Page) -> tuple[str, str, str]:
    """Return a person and a day of its own for each screen, since the server is one for both."""
    wide = (page.viewport_size or {"width": 0})["width"] > 400
    return ("rosa", "Rosa", "2020-09-11") if wide else ("ines", "Ines", "2020-09-10")


def sign_out(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/desk/")
    page.get_by_role("button", name="Sign out").click()


def account(page: Page, username: str, given: str, lawful: Any) -> str:
    """Make a substitute's account on the page; return the password that it shows once."""
    page.get_by_label("Given name").fill(given)
    page.get_by_label("Family name").fill("Diaz")
    page.get_by_label("Name to sign in with").fill(username)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"An account for {given} Diaz")
    lawful()
    return page.locator("dd code").nth(1).inner_text()


def name(page: Page, site: Site, given: str, lawful: Any) -> None:
    """Name somebody for all the teacher's classes from Thursday on."""
    page.get_by_label("For which teacher").select_option(site.teacher)
    page.get_by_role("button", name="Choose").click()
    expect(page.get_by_label("Who stands in").locator("option:checked")).to_contain_text(f"{given} Diaz")
    page.get_by_label("First day").fill("2020-09-10")
    page.get_by_label("Last day", exact=True).fill("2020-09-18")
    lawful()
    page.get_by_role("button", name="Name the substitute").click()
    expect(page.get_by_text("Say in a few words why.")).to_be_visible()
    lawful()
    page.get_by_label("Why, in a few words").fill("a course")
    page.get_by_role("button", name="Name the substitute").click()
    expect(page.locator("#done")).to_be_visible()
    expect(page.locator("li", has_text=f"{given} Diaz for")).to_be_visible()


def test_a_principal_names_a_substitute_who_takes_a_class_until_it_is_ended(
    page: Page, school: Site, own: tuple[str, str, str], lawful: Any, quiet: list[str]
) -> None:
    username, given, day = own
    sign_in(page, school, "principal")
    page.get_by_role("link", name="Substitutes").click()
    lawful()
    password = account(page, username, given, lawful)
    page.get_by_role("link", name="Name the substitute").click()
    name(page, school, given, lawful)
    lawful()
    sign_out(page, school)

    sign_in(page, school, username, password)
    expect(page.get_by_text("You stand in")).to_be_visible()
    lawful()
    page.get_by_role("link", name="Take today’s meetings").click()
    page.get_by_label("Day").fill(day)
    page.get_by_role("button", name="Show").click()
    lawful()
    page.locator(f"a.tap-link[href^='{SECTION}/']").first.click()
    expect(page.locator(".pupil").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^All here from")).click()
    expect(page.locator("#unsent")).to_have_text("Everything is sent.")
    page.get_by_role("button", name="Undo the last step").click()
    expect(page.locator("#unsent")).to_have_text("Everything is sent.")
    page.get_by_role("button", name=re.compile("^All here from")).click()
    expect(page.locator("#unsent")).to_have_text("Everything is sent.")
    lawful()
    taken = page.url
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    expect(page.locator("html[data-kept=yes]")).to_have_count(1)
    sign_out(page, school)

    sign_in(page, school, "teacher")
    page.goto(f"{school.base}/d/maple/week/{school.school}/{school.teacher}/2020-09-07/")
    expect(page.get_by_text(f"{given} Diaz stands in").first).to_be_visible()
    expect(page.locator("#others + ul")).to_contain_text(f"{given} Diaz")
    expect(page.locator("blockquote")).to_contain_text("by those who stood in")
    lawful()
    sign_out(page, school)

    sign_in(page, school, "principal")
    page.goto(f"{school.base}/d/maple/substitutes/")
    mine = page.locator("li[id^='s-']", has_text=f"{given} Diaz for")
    mine.get_by_label("New last day").fill("2020-09-10")
    mine.get_by_role("button", name="End it early").click()
    expect(page.locator("#done")).to_be_visible()
    expect(page.get_by_role("button", name="Undo the last change").first).to_be_visible()
    lawful()
    sign_out(page, school)

    sign_in(page, school, username, password)
    expect(page.get_by_text("You stand in for nobody, today or later.")).to_be_visible()
    lawful()
    quiet.clear()
    answer = page.goto(taken)
    assert answer is not None
    assert answer.status == 403
    assert all("403" in one for one in quiet)
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto(taken)
    quiet.clear()
