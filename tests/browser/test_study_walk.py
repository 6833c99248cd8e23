"""Independent study in a real browser: the day, a sample chosen and taken back, an assessment, the ratio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, Site, judged, serving
from tests.browser.test_pages import sign_in

FRIDAY = "2026-09-11T16:00"
DAY = "2026-09-08"


@dataclass(frozen=True)
class Study:
    """Where the server answers, a class, and a pupil for each screen."""

    site: Site
    section: str
    pupils: tuple[str, str]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Serve the small district on a Friday of independent study."""
    folder = tmp_path_factory.mktemp("study")
    with serving(folder, "tests.browser.making_study", FRIDAY) as (base, made):
        section, first, second, school, teacher = made[-5:]
        yield Study(Site(base, "", school, teacher), section, (first, second))


def mine(page: Page, study: Study) -> str:
    """Return a pupil of its own for each screen, since the server is one for both."""
    return study.pupils[(page.viewport_size or {"width": 0})["width"] > 400]


def test_a_teacher_sees_the_day_and_chooses_a_sample(
    page: Page, study: Study, lawful: Any, quiet: Any
) -> None:
    pupil = mine(page, study)
    sign_in(page, study.site, "teacher")
    page.get_by_role("link", name="Independent study: the day, work samples, the ratio").click()
    page.goto(f"{study.site.base}/d/maple/study/?on={DAY}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("September 8, 2026")
    lawful()
    page.locator(f"a[href*='/study/pupils/{pupil}/']").click()
    expect(page.get_by_text("not everything of this day is certified")).to_be_visible()
    lawful()
    expect(page.get_by_text("4 samples are missing")).to_be_visible()
    page.get_by_label("Subject").select_option("science")
    page.get_by_role("button", name="Keep this work as the sample").click()
    expect(page.get_by_role("status")).to_contain_text("Kept.")
    expect(page.get_by_text("3 samples are missing")).to_be_visible()
    lawful()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("4 samples are missing")).to_be_visible()
    page.get_by_text("Every choice that was made").click()
    expect(page.get_by_text("taken back", exact=False).first).to_be_visible()
    lawful()


def test_an_assessment_of_a_class_is_entered_and_undone(
    page: Page, study: Study, lawful: Any, quiet: Any
) -> None:
    sign_in(page, study.site, "teacher")
    title = f"Quiz {mine(page, study)}"
    page.goto(f"{study.site.base}/d/maple/take/{study.section}/{DAY}/")
    page.get_by_role("link", name="Enter an assessment of this class").click()
    lawful()
    page.get_by_label("or another; its name").fill(title)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    lawful()
    page.get_by_label("Result, if there is one").first.fill("7 of 10")
    page.get_by_role("button", name="Keep this assessment").click()
    expect(page.get_by_role("status")).to_contain_text("made")
    expect(page.get_by_label("Result, if there is one").first).to_have_value("7 of 10")
    lawful()
    page.get_by_role("button", name="Undo the last step").click()
    expect(page.get_by_text("Nothing is recorded until you keep it.")).to_be_visible()
    lawful()


def test_a_planner_enters_the_ratio_with_its_source_and_undoes_it(
    page: Page, study: Study, lawful: Any, quiet: Any
) -> None:
    sign_in(page, study.site, "planner")
    page.goto(f"{study.site.base}/d/maple/study/ratio/")
    expect(page.get_by_text("Nothing is assumed.")).to_be_visible()
    lawful()
    page.get_by_label("Which ratio the district chose").select_option("bargained")
    page.get_by_label("Pupils for each full-time teacher").fill("28")
    page.get_by_label("Where that is written").fill("Agreement, article 9")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Agreement, article 9")).to_be_visible()
    lawful()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Nothing is assumed.")).to_be_visible()


def test_a_clerk_reads_it_in_spanish_without_script_in_the_dark_and_on_paper(
    browser: Browser, study: Study
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="es-US", color_scheme="dark"
    )
    page = context.new_page()
    page.goto(f"{study.site.base}/sign-in/?lang=en")
    page.get_by_label("Name").fill("clerk")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{study.site.base}/d/maple/study/pupils/{study.pupils[0]}/?on={DAY}&lang=es")
    expect(page.get_by_role("heading", name="Muestras de trabajo")).to_be_visible()
    expect(page.get_by_text("Faltan 4 muestras")).to_be_visible()
    answer = context.request.get(f"{study.site.base}/d/maple/study/pupils/{study.pupils[0]}/samples.pdf")
    assert answer.body().startswith(b"%PDF")
    state = context.storage_state()
    context.close()
    dark = browser.new_context(
        storage_state=state, color_scheme="dark", viewport={"width": 360, "height": 740}
    )
    page = dark.new_page()
    for path in (f"?on={DAY}", f"pupils/{study.pupils[0]}/?on={DAY}", "ratio/"):
        page.goto(f"{study.site.base}/d/maple/study/{path}")
        found = judged(page)
        assert found.violations_count == 0, found.generate_report()
    assert page.pdf(format="Letter").startswith(b"%PDF")
    dark.close()
