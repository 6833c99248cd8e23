"""Every kind of page in a real browser, on a desk's screen and a phone's, held to axe's rules."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from schooldesk.day.render import render_household
from tests.browser.conftest import PASSWORD, Site, judged
from tests.desk.rendered import LINKS, PLACE, VIEW

pytestmark = pytest.mark.usefixtures("quiet")


def sign_in(page: Page, site: Site, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{site.base}/sign-in/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_the_welcome_page(page: Page, site: Site, lawful: Any) -> None:
    page.goto(site.base)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    lawful()


def test_the_rules_in_force(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/rules/?on=2020-09-08")
    expect(page.get_by_role("heading", level=1)).to_contain_text("September 8, 2020")
    expect(page.get_by_role("heading", name="Law", exact=True)).to_be_visible()
    expect(page.get_by_text("Made up for this demonstration").first).to_be_visible()
    lawful()


def test_on_a_date_without_rules_for_distance_the_page_says_so(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/rules/?on=2022-09-08")
    expect(page.get_by_role("note")).to_contain_text("No rule for distance learning stands on this date.")
    lawful()
    page.get_by_role("note").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2020")


def test_a_stranger_learns_nothing(page: Page, site: Site, lawful: Any) -> None:
    # A page that is not there is what is asked for here, and the browser says so on its console.
    page = page.context.new_page()
    for path in ("/h/guessed/2020-09-08/", "/h/guessed/", "/f/guessed.ics", "/h/guessed/more/"):
        answer = page.goto(site.base + path)
        assert answer is not None
        assert answer.status == 404
    assert judged(page).violations_count == 0
    for path in (
        "/desk/",
        f"/d/maple/schools/{site.school}/2020-09-08/",
        "/d/maple/households/1/2020-09-08/",
    ):
        page.goto(site.base + path)
        assert "/sign-in/" in page.url


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


def test_a_chosen_language_is_remembered(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/h/{site.token}/2020-09-08/?lang=es")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    lawful()
    page.goto(f"{site.base}/h/{site.token}/2020-09-09/")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("link", name="Calendario y este dispositivo").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    lawful()
    page.goto(f"{site.base}/h/{site.token}/2020-09-08/?lang=en")
    page.goto(f"{site.base}/h/{site.token}/2020-09-09/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2020-09-02", "teachers prepare"),
        ("2020-09-05", "Weekend"),
        ("2020-09-07", "Labor Day"),
    ],
)
def test_a_day_without_school_says_so_kindly(
    page: Page, site: Site, lawful: Any, day: str, said: str
) -> None:
    page.goto(f"{site.base}/h/{site.token}/{day}/?lang=en")
    expect(page.locator(".daykind")).to_contain_text(said)
    expect(page.get_by_text("Nothing to do for school on this day.")).to_be_visible()
    expect(page.get_by_role("button", name="I’m here")).to_have_count(0)
    lawful()


def test_a_date_that_nobody_planned_says_so(page: Page, site: Site) -> None:
    page = page.context.new_page()
    page.goto(f"{site.base}/h/{site.token}/2031-09-05/?lang=en")
    expect(page.get_by_text("Nothing is planned for this date")).to_be_visible()
    assert judged(page).violations_count == 0


def test_a_family_says_i_am_here_with_one_tap(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/h/{site.token}/2020-09-08/?lang=en")
    page.get_by_role("button", name="I’m here").first.click()
    expect(page.get_by_role("status")).to_contain_text("here on Tuesday, September 8, 2020")
    lawful()
    page.get_by_role("link", name="Back to the day").click()
    page.wait_for_url("**/2020-09-08/")
    page.goto(f"{site.base}/h/{site.token}/2020-09-09/?lang=en")
    # Said on another date it is not taken, and the browser tells its console so.
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="I’m here").first.click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Not on this date")


def test_why_leads_from_a_minute_to_its_clause(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/h/{site.token}/2020-09-08/?lang=en")
    page.get_by_text("Why these minutes?").first.click()
    page.get_by_text("The rules these minutes come from").click()
    for text in ("Longest live stretch", "Lunch begins", "On your own: ", "checked November"):
        expect(page.get_by_text(text).first).to_be_visible()
    lawful()
    page.get_by_role("link", name="California Education Code § 43501").first.click()
    page.wait_for_url("**/rules/?on=2020-09-08#ca.distance.total_minutes@2020-07-01")
    expect(page.locator("article:target")).to_be_in_viewport()


def test_a_language_from_right_to_left_turns_the_page_round(page: Page, site: Site, lawful: Any) -> None:
    body = render_household(VIEW, language="ar", links=LINKS, **PLACE)
    kind = "text/html; charset=utf-8"
    page.route(f"{site.base}/turned/", lambda route: route.fulfill(body=body, content_type=kind))
    page.goto(f"{site.base}/turned/")
    row = page.locator(".day .live").first
    time, what = row.locator(".t").bounding_box(), row.locator("div.w").bounding_box()
    assert time is not None
    assert what is not None
    assert time["x"] > what["x"]
    lawful()


def test_a_device_keeps_its_link_and_gives_it_up(page: Page, site: Site, lawful: Any) -> None:
    page.goto(f"{site.base}/h/{site.token}/more/?lang=en")
    page.get_by_role("button", name="Keep on this device").click()
    page.wait_for_url("**/home/2020-09-08/")
    page.goto(f"{site.base}/home/2020-09-08/")
    page.get_by_role("button").first.click()
    expect(page.get_by_role("status")).to_be_visible()
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
