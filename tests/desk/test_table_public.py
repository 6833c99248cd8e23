"""Everybody may read the pages of a bargaining table, and nobody reads there what is private."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

import schooldesk
from schooldesk import scope
from schooldesk.access import MARK, addresses
from schooldesk.bargaining.record.commands import load_table
from schooldesk.clock import now
from tests.desk.tables import ON, PATHS, page, told, write_table

pytestmark = pytest.mark.django_db

HOUSE = Path(schooldesk.__file__).parent.parent
PRIVATE = {"Limit", "Question", "Asking"}


@pytest.mark.parametrize("path", PATHS)
def test_a_cache_may_keep_a_page_each_language_apart(client: Client, path: str) -> None:
    kept = client.get(f"/d/maple/table/maple-2020/{path}{ON}")
    assert kept["Cache-Control"] == "public, max-age=300"
    assert {"Accept-Language", "Cookie"} <= set(re.split(", *", kept["Vary"]))
    assert not kept.cookies


@pytest.mark.parametrize("path", PATHS)
def test_another_districts_table_is_not_here(client: Client, path: str) -> None:
    assert client.get(f"/d/cedar/table/maple-2020/{path}").status_code == 404
    assert client.get(f"/d/maple/table/cedar-2020/{path}").status_code == 404
    assert client.get(f"/d/oak/table/maple-2020/{path}").status_code == 404
    assert "Cedar" not in page(client, path)
    assert "Maple" not in page(client, path, district="cedar")


def test_a_district_that_is_not_there_has_no_page_of_tables(client: Client) -> None:
    assert client.get("/d/oak/table/").status_code == 404


def test_a_district_without_a_table_says_so_in_words(client: Client) -> None:
    from schooldesk.bargaining.models import TableVersion

    with scope.district("cedar"):
        TableVersion.objects.all().delete()
    answer = client.get("/d/cedar/table/")
    assert answer.status_code == 200
    assert "This district keeps no record of a bargaining table here." in answer.content.decode()
    assert "In force on" in client.get(f"/d/maple/table/{ON}").content.decode()


def test_one_table_is_shown_at_once_and_of_several_a_list(client: Client, tmp_path: Path) -> None:
    assert "In force on" in client.get("/d/maple/table/").content.decode()
    load_table("maple", write_table(tmp_path, "maple", table="second"), "test")
    listed = client.get("/d/maple/table/").content.decode()
    assert 'href="/d/maple/table/maple-2020/"' in listed
    assert 'href="/d/maple/table/second/"' in listed
    assert "In force on" in client.get("/d/cedar/table/").content.decode()


def test_the_newest_edition_is_shown(client: Client, tmp_path: Path) -> None:
    folder = write_table(tmp_path, "maple")
    head = folder / "table.yaml"
    head.write_text(head.read_text().replace("autumn 2020", "as it was mended"))
    load_table("maple", folder, "test")
    assert "The day of Maple, as it was mended" in page(client)


@pytest.mark.parametrize("path", ["words/offer/1/9/", "words/nothing/1/2/", "words/offer/1/2/?with=nothing"])
def test_words_of_versions_that_are_not_there_are_a_404(client: Client, path: str) -> None:
    assert client.get(f"/d/maple/table/maple-2020/{path}").status_code == 404


@pytest.mark.parametrize(
    "query", ["before=x&after=y", "before=offer/%C2%B2&after=offer/1", "before=offer/1&after=offer/"]
)
def test_a_choice_that_is_no_version_is_a_404(client: Client, query: str) -> None:
    assert client.get(f"/d/maple/table/maple-2020/words/?{query}").status_code == 404


@pytest.mark.parametrize("path", PATHS[:4])
@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2020-02-29", "9999-12-31"])
def test_any_date_has_an_answer(client: Client, path: str, day: str) -> None:
    page(client, path, f"?on={day}")


def test_what_is_no_date_is_said_and_today_is_shown(client: Client) -> None:
    assert "“2020-02-30” is not a date; this is today." in told(client, query="?on=2020-02-30")
    assert f'value="{now("America/Los_Angeles").date().isoformat()}"' in page(client, query="?on=x")


def test_a_table_that_the_rules_have_outgrown_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schoolday.rules import Rulebook
    from schooldesk.bargaining.record import reads

    rules = reads.rulebook().rules
    less = Rulebook(tuple(rule for rule in rules if rule.book != "ca-scusd.scta_position"))
    monkeypatch.setattr(reads, "rulebook", lambda: less)
    reads._parsed.cache_clear()
    answer = client.get(f"/d/maple/table/maple-2020/{ON}")
    reads._parsed.cache_clear()
    assert answer.status_code == 503
    assert "The rules have changed since this table was taken in." in answer.content.decode()


def test_words_of_the_files_are_never_read_as_marks(client: Client, tmp_path: Path) -> None:
    folder = write_table(tmp_path, "maple")
    for file in folder.glob("*.yaml"):
        file.write_text(file.read_text().replace("Maple", "<script>&"))
    load_table("maple", folder, "test")
    for path in PATHS:
        told_page = page(client, path)
        assert "<script" not in told_page
        assert "&lt;script&gt;&amp;" in told_page


# The front page


def test_the_welcome_page_leads_to_every_districts_tables(client: Client) -> None:
    told_page = client.get("/").content.decode()
    assert 'href="/d/maple/table/maple-2020/"' in told_page
    assert 'href="/d/cedar/table/cedar-2020/"' in told_page


# What is private


def imports(module: str) -> Iterator[tuple[str, str]]:
    """Yield what a module imports: the module it is from, and the name."""
    file = importlib.import_module(module).__file__
    assert file is not None
    for node in ast.walk(ast.parse(Path(file).read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, one.name) for one in node.names)
        elif isinstance(node, ast.Import):
            yield from ((one.name, "") for one in node.names)


def public_modules() -> set[str]:
    return {view.__module__ for _, view in addresses() if getattr(view, MARK, "") == "public"}


def reached(module: str) -> set[str]:
    """Return a module of the tables' room and those that it reaches there, the models left out."""
    found, room, models = {module}, "schooldesk.bargaining", "schooldesk.bargaining.models"
    while True:
        pairs = [pair for name in found for pair in imports(name)]
        named = {one for source, name in pairs for one in (source, f"{source}.{name}")}
        more = {one for one in named if one.startswith(f"{room}.") and is_file(one)} - {models}
        if more <= found:
            return found
        found |= more


def is_file(module: str) -> bool:
    return HOUSE.joinpath(*module.split(".")).with_suffix(".py").is_file()


def test_no_module_of_a_public_view_knows_the_tables_private_rows() -> None:
    assert "schooldesk.bargaining.record.views" in public_modules()
    for module in public_modules() - {"django.views.generic.base"}:
        assert not {name for _, name in imports(module)} & (PRIVATE | {"models"}), module


def test_nothing_that_the_public_pages_of_a_table_reach_knows_private_or_worked_out_rows() -> None:
    there = reached("schooldesk.bargaining.record.views")
    assert there == {
        f"schooldesk.bargaining.record.{name}" for name in ("views", "reads", "sentences", "shown")
    }
    for module in there:
        taken = {name for source, name in imports(module) if source == "schooldesk.bargaining.models"}
        assert taken <= {"TableVersion"}, module
        assert "schooldesk.bargaining" not in {source for source, name in imports(module) if name == "models"}


LOW, HIGH = 8675309.25, 24601777.5


@pytest.mark.parametrize("path", [*PATHS, "../"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_planted_limit_is_on_no_public_page(client: Client, path: str, lang: str) -> None:
    from schooldesk.bargaining.models import Limit

    with scope.district("maple"):
        Limit(
            district_id="maple",
            table="maple-2020",
            side="union",
            measure="live_minutes.3",
            at_least=LOW,
            at_most=HIGH,
            who="planted-by-a-test",
            at=now(),
        ).save()
    for at in (f"/d/maple/table/maple-2020/{path}", "/d/maple/table/", "/", "/rules/"):
        told_page = client.get(f"{at}{ON}&lang={lang}", follow=True).content.decode()
        digits = re.sub(r"[^\d]", "", told_page)
        assert not [one for one in ("8675309", "24601777") if one in digits], at
        assert "planted-by-a-test" not in told_page
