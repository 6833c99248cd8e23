"""Every kind of page in a real browser, on a desk's screen and a phone's, held to axe's rules."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Site

pytestmark = pytest.mark.usefixtures("quiet")


def sign_in(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.base}/sign-in/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_the_welcome_page(page: Page, site: Site, lawful: Any) -> None:
    page.goto(site.base)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    lawful()


def test_the_rules_in_force(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/rules/?on=2020-09-08")
    expect(page.get_by_role("heading", level=1)).to_contain_text("8 September 2020")
    expect(page.get_by_role("heading", name="Law", exact=True)).to_be_visible()
    lawful()


def test_the_door_for_staff(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/sign-in/")
    lawful()
    page.get_by_label("Name").fill("teacher")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    lawful()


def test_a_familys_day_and_the_days_beside_it(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/h/{site.token}/?")
    assert page.url.endswith("/2020-09-08/")
    assert len(page.content().encode()) < 50_000
    lawful()
    page.locator("a[rel=prev]").click()
    page.wait_for_url("**/2020-09-04/")
    lawful()
    page.locator("a[rel=next]").click()
    page.wait_for_url("**/2020-09-08/")


def test_a_familys_day_in_the_other_language(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/h/{site.token}/2020-09-08/?lang=es")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    lawful()


def test_a_holidays_page(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/h/{site.token}/2020-09-07/")
    lawful()


def test_a_family_says_i_am_here(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/h/{site.token}/more/")
    lawful()
    page.get_by_role("button", name="Tell the school").click()
    expect(page.get_by_role("status")).to_contain_text("here on 8 September 2020")
    lawful()


def test_a_device_keeps_its_link_and_gives_it_up(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/h/{site.token}/more/")
    page.get_by_role("button", name="Keep on this device").click()
    page.wait_for_url("**/home/2020-09-08/")
    page.goto(f"{site.base}/home/more/")
    lawful()
    page.get_by_role("button", name="Tell the school").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(f"{site.base}/home/more/")
    page.get_by_role("button", name="Stop keeping").click()
    page.wait_for_url(f"{site.base}/")
    page.goto(f"{site.base}/home/")
    assert page.url == f"{site.base}/"


def test_a_teachers_day_and_a_schools_week(page: Page, site: Site, lawful: Any) -> None:
    sign_in(page, site, "teacher")
    lawful()
    page.get_by_role("link", name="Your day").click()
    expect(page.locator("li.b").first).to_be_visible()
    lawful()
    page.goto(f"{site.base}/d/maple/schools/{site.school}/2020-09-08/")
    expect(page.get_by_role("table")).to_be_visible()
    lawful()


def test_the_admin_works_under_the_strict_policy(page: Page, site: Site) -> None:
    sign_in(page, site, "planner")
    page.goto(f"{site.base}/admin/roster/school/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Select school")
