"""Taking in a real browser: 35 pupils by keyboard and thumb, without a connection, and without script."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, serving
from tests.browser.making_ledger import SECTION
from tests.browser.test_pages import sign_in

FRIDAY = "2020-09-11T16:00"
PACE = 250
"""Milliseconds between keys: four a second, as somebody does who looks at the names."""
TAKE = f"/d/maple/take/{SECTION}"


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the small district with a class of 35 on a Friday afternoon."""
    folder = tmp_path_factory.mktemp("taken")
    with serving(folder, "tests.browser.making_ledger", FRIDAY) as (base, made):
        yield Site(base, *made[-3:])


@pytest.fixture
def days(page: Page) -> tuple[str, str, str]:
    """Return days of its own for each screen, since the server is one for both."""
    wide = (page.viewport_size or {"width": 0})["width"] > 400
    return ("2020-09-08", "2020-09-09", "2020-09-03") if wide else ("2020-09-10", "2020-09-11", "2020-09-04")


def meetings(page: Page, site: Site, day: str) -> list[str]:
    """Return the addresses of the class's meetings of a day."""
    page.goto(f"{site.base}{TAKE}/{day}/")
    found = page.locator("ul[aria-label^='Meetings of this class'] a").evaluate_all(
        "all => all.map(one => one.href)"
    )
    return [str(one) for one in found] or [page.url]


def whole(page: Page, site: Site, day: str, place: int = 0) -> None:
    """Open one of the class's meetings of a day in which all of its 35 pupils are expected."""
    for at in meetings(page, site, day):
        page.goto(at)
        if page.locator(".pupil").count() == 35:
            if not place:
                return
            place -= 1
    raise AssertionError("no such meeting of the whole class")


def recorded(page: Page) -> list[str]:
    """Return what the server says stands of each pupil."""
    page.reload()
    return page.locator(".pupil .stands").all_inner_texts()


@pytest.fixture
def counted(page: Page, taken: Site) -> Callable[[], int]:
    """Return how many lines of the record name the class on the family's and the teacher's pages."""

    def count() -> int:
        return sum("joined live" in one for one in recorded(page))

    return count


def test_a_class_of_35_is_taken_by_keyboard(
    page: Page, taken: Site, days: Any, counted: Any, lawful: Any, quiet: Any, capsys: Any
) -> None:
    sign_in(page, taken, "teacher")
    whole(page, taken, days[0])
    expect(page.locator(".pupil")).to_have_count(35)
    keys = [
        "ArrowDown", "n", *["ArrowDown"] * 5, "n", *["ArrowDown"] * 8, "t", *["ArrowDown"] * 4, "l",
    ]  # fmt: skip
    start = page.evaluate("Number(document.getElementById('take').dataset.first) + 5")
    page.locator(".tap").first.focus()
    began = time.monotonic()
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(PACE)
    digits = f"{(start // 60 + 11) % 12 + 1:02}{start % 60:02}{'PM' if start >= 720 else 'AM'}"
    page.keyboard.type(digits, delay=PACE)
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    expect(page.locator("#unsent")).to_have_text("Everything is sent.")
    seconds = time.monotonic() - began
    strokes = len(keys) + len(digits) + 2
    with capsys.disabled():
        print(f"\n35 pupils, 4 of them changed: {strokes} keystrokes, {seconds:.1f} s at four keys a second")
    assert strokes < 60
    assert seconds < 60, "a class of 35 in under a minute"
    assert counted() == 32
    assert sum("technical failure" in one for one in recorded(page)) == 1
    assert sum("nothing is recorded" in one for one in recorded(page)) == 2
    lawful()


def test_a_tap_changes_a_pupil_and_undo_takes_the_step_back(
    page: Page, taken: Site, days: Any, counted: Any, quiet: Any, lawful: Any
) -> None:
    sign_in(page, taken, "teacher")
    whole(page, taken, days[0], 1)
    page.locator(".tap").nth(3).click()
    page.get_by_role("button", name=re.compile("^All here from")).click()
    expect(page.locator("#unsent")).to_have_text("Everything is sent.")
    page.locator(".tap").nth(3).click()
    expect(page.locator("#unsent")).to_have_text("Everything is sent.")
    assert counted() == 35
    page.get_by_role("button", name="Undo the last step").click()
    expect(page.locator("#unsent")).to_have_text("Everything is sent.")
    assert counted() == 34
    lawful()


def test_once_all_is_undone_the_button_takes_everybody_again(
    page: Page, taken: Site, days: Any, counted: Any, quiet: Any
) -> None:
    sign_in(page, taken, "teacher")
    whole(page, taken, days[2], 1)
    everybody = page.get_by_role("button", name=re.compile("^All here from"))
    everybody.click()
    expect(page.locator("#unsent")).to_have_text("Everything is sent.")
    page.get_by_role("button", name="Undo the last step").click()
    expect(page.locator("#unsent")).to_have_text("Everything is sent.")
    expect(page.locator(".pupil .stands").first).to_have_text("nothing is recorded")
    everybody.click()
    expect(page.locator("#unsent")).to_have_text("Everything is sent.")
    assert counted() == 35


def test_without_a_connection_nothing_is_lost_and_each_entry_is_there_once(
    page: Page, taken: Site, days: Any, counted: Any
) -> None:
    sign_in(page, taken, "teacher")
    whole(page, taken, days[1])
    expect(page.locator("html[data-kept=yes]")).to_have_count(1)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.locator(".tap").nth(0).click()
    page.locator(".tap").nth(1).click()
    page.get_by_role("button", name=re.compile("^All here from")).click()
    expect(page.locator("#unsent")).to_have_text("Not sent yet: 33")
    page.locator(".tap").nth(0).click()
    expect(page.locator("#unsent")).to_have_text("Not sent yet: 34")
    page.reload()
    expect(page.locator("#unsent")).to_have_text("Not sent yet: 34")
    expect(page.locator(".pupil")).to_have_count(35)
    page.locator(".tap").nth(2).click()
    expect(page.locator("#unsent")).to_have_text("Not sent yet: 35")
    page.context.set_offline(False)
    expect(page.locator("#unsent")).to_have_text("Everything is sent.", timeout=15000)
    assert counted() == 33, "34 joined, of whom one was taken back"
    page.reload()
    assert page.evaluate("Object.keys(localStorage).every(k => !JSON.parse(localStorage[k]).queue.length)")
    times = [one for one in recorded(page) if "joined live" in one]
    assert all(one.count("joined live") == 1 for one in times)


def test_what_was_set_before_confirming_outlives_a_reload(page: Page, taken: Site, days: Any) -> None:
    sign_in(page, taken, "teacher")
    whole(page, taken, days[2])
    page.locator(".tap").nth(4).click()
    page.reload()
    expect(page.locator(".pupil select[name^=how]").nth(4)).to_have_value("unseen")


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    "path",
    [
        "/d/maple/take/", f"{TAKE}/2020-09-08/", f"{TAKE}/2020-09-08/file/", "/d/maple/week/",
        "/d/maple/week/chain/", "/d/maple/week/{school}/{teacher}/2020-09-07/",
    ],
)  # fmt: skip
def test_every_page_of_the_ledger(
    page: Page, taken: Site, lawful: Any, quiet: Any, path: str, lang: str
) -> None:
    sign_in(page, taken, "planner")
    at = path.format(school=taken.school, teacher=taken.teacher)
    page.goto(f"{taken.base}{at}?lang={lang}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    lawful()
    page.goto(f"{taken.base}/desk/?lang=en")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_familys_record(page: Page, taken: Site, lawful: Any, quiet: Any, lang: str) -> None:
    page.goto(f"{taken.base}/h/{taken.token}/record/?lang={lang}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("script").count() == 0
    lawful()


def test_a_teacher_certifies_and_a_planner_verifies(page: Page, taken: Site, lawful: Any, quiet: Any) -> None:
    sign_in(page, taken, "teacher")
    at = f"{taken.base}/d/maple/week/{taken.school}/{taken.teacher}/2020-09-07/"
    page.goto(at)
    if page.get_by_role("button", name="Certify and seal this week").count():
        page.get_by_label("I have read these words").check()
        page.get_by_role("button", name="Certify and seal this week").click()
    expect(page.get_by_text("This week is certified as it stands.")).to_be_visible()
    lawful()
    page.context.clear_cookies()
    sign_in(page, taken, "planner")
    page.goto(f"{taken.base}/d/maple/week/chain/")
    page.get_by_role("button", name="Verify the chain now").click()
    expect(page.get_by_text("no fault").first).to_be_visible()
    lawful()


def test_the_form_of_taking_works_without_script(browser: Any, taken: Site, days: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, taken, "teacher")
    page.goto(f"{taken.base}{TAKE}/{days[1]}/")
    page.locator("ul[aria-label^='Meetings of this class'] a").first.click()
    page.locator(".pupil select[name^=how]").first.select_option("unseen")
    page.get_by_role("button", name=re.compile("^All here from")).click()
    # The page is sent anew: without a script nobody says when it is there.
    seen = page.locator(".pupil .stands", has_text="joined live")
    expect(seen).not_to_have_count(0)
    expect(seen).to_have_count(page.locator(".pupil .stands").count() - 1)
    page.get_by_role("button", name="Undo the last step").click()
    expect(seen).to_have_count(0)
    assert all("nothing is recorded" in one for one in page.locator(".pupil .stands").all_inner_texts())
    context.close()
