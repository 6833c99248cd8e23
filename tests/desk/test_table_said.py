"""What the public pages of a bargaining table say, in English and in Spanish."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from schooldesk.bargaining.record import sentences
from schooldesk.bargaining.record.commands import example, load_table
from tests.desk.tables import ON, PATHS, page, told, write_table

pytestmark = pytest.mark.django_db


def test_what_is_in_force_is_told_with_its_reason(client: Client, tmp_path: Path) -> None:
    folder = example("sacramento")
    assert folder is not None
    load_table("maple", folder, "test")
    answer = client.get(f"/d/maple/table/sacramento-2020/{ON}").content.decode()
    words = re.sub(r"<[^>]+>", "", answer)
    assert "“The district&#39;s distance learning plan” is in force from September 8, 2020" in words
    assert "put in force without an agreement by Sacramento City Unified School District." in words
    assert "Impasse was declared on August 31, 2020 by Sacramento City Teachers Association." in words
    assert "No agreement on record has ended it." in words
    assert "At least 180 live minutes a day for grades 1 to 12" in words


def test_where_nothing_is_in_force_the_page_says_why(client: Client) -> None:
    assert "Impasse was declared on August 31, 2020 by Maple Teachers. The law binds." in told(client)
    before = told(client, query="?on=2020-08-16")
    assert "the last document passed was “The wish of Maple”, version 1, on August 15, 2020." in before
    assert "No document had been passed at this table" in told(client, query="?on=2020-08-01")


CHANGES = """
    changes:
      - {{day: 2020-09-01, state: {state}, version: 1, paper: minutes, from: 2020-09-02, until: {until}}}
"""


@pytest.mark.parametrize(
    ("state", "until", "said"),
    [
        ("ratified", "2021-06-30", "from September 2, 2020 to June 30, 2021: it was ratified."),
        ("agreed", "2021-06-30", "from September 2, 2020 to June 30, 2021: the parties agreed to it."),
        ("temporary", "2020-09-30", "the parties agreed to it for these dates alone."),
        ("imposed", "2021-06-30", "it was put in force without an agreement. Impasse was declared"),
    ],
)
def test_each_way_into_force_has_its_sentence(
    client: Client, tmp_path: Path, state: str, until: str, said: str
) -> None:
    folder = write_table(tmp_path, "maple")
    documents = folder / "documents.yaml"
    documents.write_text(documents.read_text().rstrip() + CHANGES.format(state=state, until=until))
    load_table("maple", folder, "test")
    found = told(client)
    assert "“The wish of Maple” is in force from September 2, 2020 to" in found
    assert said in found


def test_the_next_deadline_stands_with_its_citation(client: Client) -> None:
    said = told(client)
    assert "September 8, 2020: the mediator’s appointment" in said
    assert "California Government Code § 3548" in said
    assert "No deadline is ahead." in told(client, query="?on=2020-08-30")


def test_every_version_stands_with_its_date_and_what_nobody_read_says_so(client: Client) -> None:
    said = told(client)
    assert re.search(r"Version 3, August 28, 2020 \[\d+\] · nobody here has read what it says", said), said
    assert re.search(r"Version 2, August 20, 2020 \[\d+\] · what changed since version 1", said)
    assert 'href="/d/maple/table/maple-2020/words/offer/1/2/"' in page(client)
    assert "answered with a counterproposal by Maple District, August 20, 2020 (version 1)" in said
    assert "Not there yet; its first version is of August 15, 2020." in told(client, query="?on=2020-08-12")


def test_the_record_counts_the_days_between_proposals(client: Client) -> None:
    said = told(client, "record/")
    assert "offered: 0, accepted: 0, declined: 1, held: 1." in said
    assert "answered on August 15, 2020, after 5 days:" in said
    assert "no answer on record up to September 8, 2020: 11 days" in said
    assert "asked for by Maple Teachers, offered on August 16, 2020" in said


def test_claims_that_conflict_stand_side_by_side_each_with_its_document(client: Client) -> None:
    told_page = page(client, "record/")
    table = told_page.split('<table role="table" class="differ">')[1].split("</table>")[0]
    rows = re.findall(r"<tr><th[^>]*>(.*?)</th><td>(.*?)</td><td>(\d+) <a class=\"cite\"", table)
    assert rows == [("Maple District", "August 30, 2020", "4"), ("Maple Teachers", "August 31, 2020", "7")]


def test_a_later_claim_is_not_on_the_page_of_an_earlier_date(client: Client) -> None:
    assert "We met 7 times." not in told(client, "record/", "?on=2020-08-30")
    assert "We met 4 times." in told(client, "record/", "?on=2020-08-30")


def cells(page: str, thing: str, document: str) -> list[str]:
    """Return the cells of one document on one thing, in words."""
    block = page.split(f'id="thing-{thing}"')[1].split("</table>")[0]
    row = next(row for row in block.split("<tr")[1:] if document in row)
    found = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    return [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", cell))).strip() for cell in found]


def test_the_grid_says_of_each_cell_whether_it_is_lawful_silent_or_unverified(client: Client) -> None:
    grid = page(client, "sides/", f"{ON}&with=law&with=wish/1&with=offer/3")
    wish = cells(grid, "live_minutes", "The wish of Maple")
    assert [re.sub(r" ?\[\d+\]", "", cell) for cell in wish] == [
        "TK–K at least 90 lawful", *(f"{run} at least {n} lawful" for run, n in (("1–3", 110), ("4–12", 120)))
    ]  # fmt: skip
    assert cells(grid, "live_minutes", "The law") == ["silent"]
    assert cells(grid, "live_minutes", "The offer of Maple") == ["unverified"]
    assert "25 minutes lawful" in cells(grid, "live_per_course", "The wish of Maple")[1]
    assert "the teacher decides lawful" in cells(grid, "recordings", "The wish of Maple")[0]


def test_a_cell_against_the_law_names_the_law(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schoolday.files.rulebooks import load, shelf
    from schooldesk.bargaining.record import commands, reads, views

    book = tmp_path / "short.yaml"
    book.write_text(SHORT)
    rules = load([shelf(), book])
    for module in (commands, reads, views):
        monkeypatch.setattr(module, "rulebook", lambda: rules)
    folder = write_table(tmp_path / "table", "maple", table="short")
    documents = folder / "documents.yaml"
    documents.write_text(documents.read_text().replace("ca-scusd.district_plan", "ca-scusd.short"))
    load_table("maple", folder, "test")
    grid = client.get(f"/d/maple/table/short/sides/{ON}&with=offer/2").content.decode()
    first = cells(grid, "total_minutes", "The offer of Maple")[0]
    assert "at least 100 unlawful" in first
    assert "California Education Code § 43501" in first
    assert "unlawful" not in " ".join(cells(page(client, "sides/"), "total_minutes", "The wish of Maple"))


SHORT = """
book: ca-scusd.short
title: A day that is too short
layer: proposal
place: ca-scusd
party: nobody
rules:
  - rule: ca-scusd.short.total_minutes
    title: A day that is too short
    measure: total_minutes
    unit: minutes
    ways: [distance]
    clauses:
      - from: 2020-07-16
        until: 2021-06-30
        at_least: 100
        cite: {source: made up for a test}
        confidence: made_up
        checked: 2026-11-26
"""


def test_what_to_lay_side_by_side_can_be_chosen_and_a_strange_name_is_said(client: Client) -> None:
    grid = page(client, "sides/", f"{ON}&with=offer/1&with=nobody/7&with=%3Cb%3E")
    assert "There is no version “nobody/7, &lt;b&gt;” on this date; it is left out." in grid
    assert "The wish of Maple" not in grid.split('id="thing-total_minutes"')[1].split("</table>")[0]
    # A version of a later date is not there yet.
    assert "There is no version “offer/2”" in page(client, "sides/", "?on=2020-08-12&with=offer/2")


def test_the_clocks_tell_what_runs_and_what_does_not(client: Client) -> None:
    said = told(client, "clocks/")
    assert "still due: the mediator’s appointment; the last date in time is September 8, 2020" in said
    assert "since August 31, 2020: impasse declared" in said
    assert "does not run; not on record: the mediator’s appointment" in said
    late = told(client, "clocks/", "?on=2020-09-20")
    assert "unverified: the mediator’s appointment" in late
    assert "record it, or it is late" in late


def test_changed_words_are_marked_as_gone_and_as_new(client: Client) -> None:
    words = page(client, "words/offer/1/2/")
    assert "teach live for <del>180</del> <ins>150</ins> minutes each day." in words


def test_words_of_two_documents_are_compared_too_and_chosen_without_script(client: Client) -> None:
    at = "/d/maple/table/maple-2020/words/"
    answer = client.get(f"{at}?before=offer/2&after=wish/1")
    assert answer.status_code == 302
    assert answer["Location"] == f"{at}offer/2/1/?with=wish"
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(f"{at}?before=offer/1&after=offer/2")["Location"] == f"{at}offer/1/2/"


def test_a_version_that_nobody_read_is_not_told_as_words_that_are_gone(client: Client) -> None:
    words = page(client, "words/offer/2/3/")
    assert "Nobody here has read what one of them says, so no words can be compared." in words
    assert "<del>" not in words


# In Spanish


@pytest.mark.parametrize("path", PATHS)
def test_in_spanish_what_documents_say_is_marked_as_english(client: Client, path: str) -> None:
    told_page = page(client, path, f"{ON}&lang=es")
    assert '<html lang="es"' in told_page
    body = told_page.split("</head>")[1]
    found = list(re.finditer(r"(?<=>)[^<>]*\bof Maple\b[^<>]*", body))
    assert found
    for said in found:
        assert re.search(r'lang="en"[^<>]*>(<bdi>|<a [^<>]*>)?$', body[: said.start()]), said[0]


def test_in_spanish_the_reason_is_told_in_spanish(client: Client) -> None:
    said = told(client, query=f"{ON}&lang=es")
    assert "El 31 de agosto de 2020, Maple Teachers declaró el estancamiento" in said
    assert "Para esta fecha no hay nada acordado ni puesto en vigor." in said


def test_whatever_the_core_names_has_its_word_on_the_pages() -> None:
    from schoolday.bargaining.proposals import Seat, State
    from schoolday.bargaining.record import SittingState
    from schoolday.bargaining.sides import FIGURES, Word
    from schoolday.bargaining.terms import TERMS
    from schoolday.measures.verdict import Found
    from schoolday.rules.events import EVENTS

    assert set(sentences.EVENTS) == {name for name, one in EVENTS.items() if one.about == "table"}
    assert set(sentences.THINGS) == {*FIGURES, *TERMS}
    assert set(sentences.CHOICES) == {said for term in TERMS.values() for said in term.choices.values()}
    assert all(term.unit in ("", "minutes") for term in TERMS.values())
    for words, names in (
        (sentences.STATES, State),
        (sentences.SEATS, Seat),
        (sentences.SITTINGS, SittingState),
        (sentences.WORDS, Word),
        (sentences.FOUND, Found),
    ):
        assert set(words) == set(names)
