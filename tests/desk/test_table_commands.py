"""`schooldesk table load`: a table goes in whole with its event, or not at all."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from schooldesk import scope
from schooldesk.bargaining.models import TableVersion
from schooldesk.bargaining.record import reads
from schooldesk.people.models import Event
from tests.desk.tables import write_table

pytestmark = pytest.mark.django_db


def load(folder: Path, district: str = "maple") -> Result:
    from schooldesk.cli import app

    return CliRunner().invoke(app, ["table", "load", str(folder), "--district", district])


def kept(district: str = "maple") -> list[tuple[str, int]]:
    """Return every edition of a district with how many events tell of its table."""
    with scope.district(district):
        events = Event.objects.filter(what="table.loaded")
        return [
            (one.table, events.filter(about__edition=one.pk).count())
            for one in TableVersion.objects.order_by("pk")
        ]


def test_a_table_is_kept_whole_with_its_event_in_its_own_district_only(tmp_path: Path) -> None:
    before, abroad = kept(), kept("cedar")
    found = load(write_table(tmp_path, "maple", table="fresh"))
    assert found.exit_code == 0, found.stderr
    assert "2 documents, 2 meetings, 2 claims" in found.stdout
    assert "/d/maple/table/fresh/" in found.stdout
    assert kept() == [*before, ("fresh", 1)]
    assert kept("cedar") == abroad
    with scope.district("maple"):
        edition = reads.edition("fresh")
        assert edition is not None
        assert {name: (tmp_path / name).read_text() for name in edition.files} == edition.files
        assert sorted(edition.files) == ["documents.yaml", "record.yaml", "table.yaml"]


def test_a_table_in_one_file_is_kept_too(tmp_path: Path) -> None:
    folder = write_table(tmp_path / "parts", "maple", table="one-file")
    whole = tmp_path / "whole.yaml"
    whole.write_text("\n".join(part.read_text() for part in sorted(folder.glob("*.yaml"))))
    assert load(whole).exit_code == 0
    with scope.district("maple"):
        edition = reads.edition("one-file")
        assert edition is not None
        assert list(edition.files) == ["whole.yaml"]


def test_what_is_read_back_is_the_table_of_the_files(tmp_path: Path) -> None:
    from schoolday.files.tables import read_table
    from schooldesk.rules.reads import rulebook

    folder = write_table(tmp_path, "maple", table="fresh")
    load(folder)
    with scope.district("maple"):
        edition = reads.edition("fresh")
        assert edition is not None
        found = reads.table(edition)
    wanted = read_table(folder, rulebook()).table
    assert wanted is not None
    assert found.title == wanted.title
    assert [one.id for one in found.proposals] == [one.id for one in wanted.proposals]
    assert [one.versions[0].articles for one in found.proposals] == [
        one.versions[0].articles for one in wanted.proposals
    ]
    assert [one.said for one in found.assertions] == [one.said for one in wanted.assertions]
    assert found.calendar == wanted.calendar


def test_every_fault_is_named_by_file_and_line_and_nothing_is_kept(tmp_path: Path) -> None:
    folder = write_table(tmp_path, "maple", table="broken")
    record, documents = folder / "record.yaml", folder / "documents.yaml"
    record.write_text(record.read_text().replace("state: held", "state: hold"))
    documents.write_text(documents.read_text().replace("day: 2020-08-20", "day: 2020-08-32"))
    before = kept()
    found = load(folder)
    assert found.exit_code == 2
    assert "2 faults. What stood before stands." in found.stderr
    assert f"{record}:3: `hold` is no state (did you mean `held`?)" in found.stderr
    assert f"{documents}:14: " in found.stderr
    assert kept() == before


def test_a_folder_without_a_table_is_refused_in_words(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert found.exit_code == 2
    assert "there is no table in it" in found.stderr


def test_a_new_edition_stands_and_the_old_one_stays_beside_it(tmp_path: Path) -> None:
    folder = write_table(tmp_path, "maple", table="fresh")
    load(folder)
    before = kept()
    (folder / "table.yaml").write_text((folder / "table.yaml").read_text().replace("autumn", "winter"))
    assert load(folder).exit_code == 0
    assert kept() == [*before, ("fresh", 1)]
    with scope.district("maple"):
        edition = reads.edition("fresh")
        assert edition is not None
        assert edition.title == "The day of Maple, winter 2020"
        assert [one.title for one in reads.standing() if one.table == "fresh"] == [edition.title]


def test_the_same_edition_is_not_kept_twice(tmp_path: Path) -> None:
    folder = write_table(tmp_path, "maple", table="fresh")
    load(folder)
    before = kept()
    found = load(folder)
    assert found.exit_code == 0
    assert "nothing was changed" in found.stdout
    assert kept() == before


def test_two_districts_may_call_their_tables_alike(tmp_path: Path) -> None:
    for name in ("maple", "cedar"):
        load(write_table(tmp_path / name, name, table="fresh"), name)
    titles = {}
    for name in ("maple", "cedar"):
        with scope.district(name):
            edition = reads.edition("fresh")
            assert edition is not None
            titles[name] = edition.title
    assert titles == {"maple": "The day of Maple, autumn 2020", "cedar": "The day of Cedar, autumn 2020"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("places: [CA, ca-scusd]", "places: [CA, ca-sanjuan]", "is of ca-sanjuan, and 'maple' lies in CA"),
        ("table: fresh", f"table: {'x' * 65}", "`table` has 65 letters and may have 64"),
        ("title: The day", f"title: {'x' * 300} day", "`title` has"),
    ],
)
def test_a_table_that_the_district_cannot_keep_is_refused_in_words(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = write_table(tmp_path, "maple", table="fresh")
    head = folder / "table.yaml"
    head.write_text(head.read_text().replace(old, new))
    before = kept()
    found = load(folder)
    assert found.exit_code == 2
    assert said in found.stderr
    assert kept() == before


def test_a_district_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    found = load(write_table(tmp_path, "maple"), "oak")
    assert found.exit_code == 2
    assert "there is no district 'oak'" in found.stderr


def test_where_the_event_cannot_be_stored_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schooldesk.bargaining.record import writes

    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("no event")

    monkeypatch.setattr(writes, "record", fail)
    before = kept()
    assert load(write_table(tmp_path, "maple", table="fresh")).exit_code == 1
    assert kept() == before


def test_the_demonstration_finds_the_example_of_sacramento_and_none_that_is_not_there() -> None:
    from schooldesk.bargaining.record.commands import example

    found = example("sacramento")
    assert found is not None
    assert (found / "table.yaml").is_file()
    assert example("nowhere") is None


def test_the_example_table_is_one_of_the_demonstrations_own_places() -> None:
    from schooldesk.bargaining.record.commands import example, load_table

    found = example("sacramento")
    assert found is not None
    assert "stands at /d/maple/table/sacramento-2020/" in load_table("maple", found, "test")
