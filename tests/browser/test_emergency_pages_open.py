"""After an emergency in a real browser without script: staff's pages and the family's, on a phone too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, serving
from tests.browser.test_pages import sign_in

AT = "/d/maple/emergencies/"


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the small district after a flood: the family's link, the flood's and an agreement's number."""
    folder = tmp_path_factory.mktemp("flooded")
    with serving(folder, "tests.browser.making_emergency", "2026-09-09T12:00") as (base, made):
        yield Site(base, *made[-3:])


@pytest.fixture
def flood(flooded: Site) -> str:
    return f"{flooded.base}{AT}{flooded.school}/"


def test_a_planner_starts_an_emergency_and_is_told_what_is_missing(
    page: Page, flooded: Site, lawful: Any
) -> None:
    sign_in(page, flooded, "planner")
    page.get_by_role("link", name="Emergencies").click()
    lawful()
    page.get_by_role("button", name="Start the clocks").click()
    expect(page.get_by_role("alert")).to_have_text("Fill this in.")


def test_a_planner_starts_one_and_sees_who_is_due(page: Page, flooded: Site, lawful: Any, quiet: Any) -> None:
    sign_in(page, flooded, "planner")
    page.goto(f"{flooded.base}{AT}")
    size = page.viewport_size or {"width": 0}
    page.get_by_label("What happened").select_option("a fire")
    page.get_by_label("Began on").fill("2026-09-08")
    page.get_by_label("Who says so").fill("Order 7 (made up)")
    page.get_by_label("A short name").fill(f"fire-{size['width']}")
    page.get_by_role("button", name="Start the clocks").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is still to be reached or taught")
    expect(page.get_by_text("60 pupils")).to_be_visible()
    lawful()
    page.get_by_label("Show", exact=True).select_option("Family not reached")
    page.get_by_role("button", name="Show").click()
    lawful()


def test_a_try_is_taken_down_undone_and_put_back(page: Page, flooded: Site, flood: str, lawful: Any) -> None:
    sign_in(page, flooded, "planner")
    page.goto(flood)
    # Each screen has a pupil of its own: the server is one for both.
    place = 30 if (page.viewport_size or {"width": 0})["width"] > 400 else 31
    page.locator("tbody th a[href*=pupils]").nth(place).click()
    lawful()
    page.get_by_label("How", exact=True).select_option("by phone")
    page.get_by_label("By whom").fill("Kim, clerk")
    page.get_by_label("Yes: both sides").check()
    page.get_by_role("button", name="Take this try down").click()
    expect(page.get_by_text("in time").first).to_be_visible()
    lawful()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("due today").first).to_be_visible()
    lawful()
    page.get_by_role("button", name="Put back").first.click()
    expect(page.get_by_text("in time").first).to_be_visible()
    page.get_by_role("button", name="Take this wish down").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_file_with_faults_is_told_row_by_row_and_a_whole_one_is_undone(
    page: Page, flooded: Site, flood: str, lawful: Any, tmp_path: Path
) -> None:
    sign_in(page, flooded, "planner")
    page.goto(f"{flood}many/")
    lawful()
    file = tmp_path / "calls.csv"
    file.write_text("pupilId,at,how,by,answered,note\nnobody,2026-09-05,pigeon,Kim,yes,\n")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Take the rows down").click()
    expect(page.get_by_text("contacts.csv:2 [how]")).to_be_visible()
    lawful()
    file.write_text("pupilId,at,how,by,answered,note\nmaple-p03,2026-09-05,visit,Kim,no,\n")
    page.goto(f"{flood}many/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Take the rows down").click()
    expect(page.get_by_role("status")).to_be_visible()
    lawful()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("button", name="Put back").first).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    "path", ["emergencies/{}/evidence/", "agreements/", "emergencies/{}/pupils/maple-p01/agreement/"]
)
def test_a_planners_other_pages(
    page: Page, flooded: Site, lawful: Any, path: str, lang: str, quiet: Any
) -> None:
    sign_in(page, flooded, "planner")
    page.goto(f"{flooded.base}/d/maple/{path.format(flooded.school)}?lang={lang}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("script").count() == 0
    lawful()
    page.goto(f"{flooded.base}/d/maple/agreements/?lang=en")


def test_the_evidence_is_printed_without_forms(page: Page, flooded: Site, flood: str, quiet: Any) -> None:
    sign_in(page, flooded, "planner")
    page.goto(f"{flood}evidence/")
    page.emulate_media(media="print")
    assert page.locator("form:visible").count() == 0
    assert page.locator("tbody tr").count() == 60


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_family_signs_takes_it_back_and_asks_for_the_return(
    page: Page, flooded: Site, lawful: Any, lang: str
) -> None:
    words = {
        "en": ("Sign", "Take this signature back", "Ask for the return to class", "Take this wish back"),
        "es": ("Firmar", "Retirar esta firma", "Pedir el regreso a clase", "Retirar esta petición"),
    }[lang]
    page.goto(f"{flooded.base}/h/{flooded.token}/agreements/?lang={lang}")
    lawful()
    page.get_by_role("combobox").select_option(index=0)
    page.get_by_role("textbox").fill("Rosa Orozco")
    page.get_by_role("button", name=words[2]).click()
    expect(page.get_by_role("status").first).to_be_visible()
    lawful()
    page.get_by_role("button", name=words[3]).first.click()
    page.goto(f"{flooded.base}/h/{flooded.token}/agreements/{flooded.teacher}/")
    lawful()
    form = page.locator("#sign-guardian")
    form.get_by_role("textbox").fill("Rosa Orozco")
    form.get_by_role("button", name=words[0]).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(form.get_by_role("textbox")).to_have_value("Rosa Orozco")
    lawful()
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name=words[0]).click()
    expect(page.get_by_role("button", name=words[1])).to_be_visible()
    lawful()
    page.get_by_role("button", name=words[1]).click()
    expect(page.locator("#sign-guardian")).to_be_visible()


def test_a_teacher_signs_what_they_are_named_in(page: Page, flooded: Site, lawful: Any, quiet: Any) -> None:
    sign_in(page, flooded, "teacher")
    page.get_by_role("link", name="Agreements on independent study").click()
    lawful()
    page.locator("article a").first.click()
    lawful()
    if page.get_by_role("button", name="Sign").count():
        page.get_by_label("I have read this text").check()
        page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("#signatures ~ ul li", has_text="Supervising teacher")).to_be_visible()
    lawful()


def test_a_teacher_takes_down_a_try_for_a_pupil_of_their_own(page: Page, flooded: Site, lawful: Any) -> None:
    sign_in(page, flooded, "teacher")
    page.get_by_role("link", name="Pupils to reach").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pupils to reach")
    lawful()
    # Each screen has a pupil of its own: the server is one for both.
    place = 2 if (page.viewport_size or {"width": 0})["width"] > 400 else 3
    page.locator("tbody th a[href*=pupils]").nth(place).click()
    page.get_by_label("How", exact=True).select_option("by phone")
    page.get_by_label("Yes: both sides").check()
    page.get_by_role("button", name="Take this try down").click()
    expect(page.get_by_text("in time").first).to_be_visible()
    lawful()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("button", name="Put back").first).to_be_visible()


def test_a_planner_makes_agreements_for_a_class_and_undoes_them(
    page: Page, flooded: Site, flood: str, lawful: Any
) -> None:
    sign_in(page, flooded, "planner")
    page.goto(f"{flood}agreements/")
    lawful()
    page.get_by_role("button", name="Show its classes").click()
    page.get_by_label("Last day").fill("2026-09-16")
    page.get_by_label("Leave out pupils with").check()
    lawful()
    page.get_by_role("button", name="Make the texts").click()
    expect(page.get_by_role("alert").or_(page.get_by_text("taken down").first).first).to_be_visible()
    lawful()
    page.goto(f"{flood}evidence/")
    lawful()


def test_a_family_is_told_first_what_waits_on_a_device_that_keeps_its_link(
    page: Page, flooded: Site, lawful: Any, quiet: Any
) -> None:
    page.goto(f"{flooded.base}/h/{flooded.token}/more/?lang=es")
    lawful()
    page.get_by_role("button", name="Guardar en este dispositivo").click()
    page.goto(f"{flooded.base}/home/more/")
    expect(page.get_by_text("espera la firma de su familia").first).to_be_visible()
    lawful()
    page.get_by_role("link", name="Léalo y fírmelo").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/home/agreements/" in page.url
    lawful()
