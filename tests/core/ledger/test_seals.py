"""Sealed weeks: whole or not at all, chained, and every planted fault is found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from schoolday.files.ledger.read import read_week
from schoolday.files.ledger.seal import Seals
from schoolday.files.ledger.whole import write_whole
from schoolday.ground.errors import SchooldayError
from schoolday.ledger.certify import certify
from schoolday.ledger.chain import digest, head_bytes, head_of
from tests.core.ledger.ledger_cases import FRIDAY_EVENING, book, later, sealed_weeks, week


def test_a_sealed_week_is_read_back_as_it_was_certified(tmp_path: Path) -> None:
    seals = Seals(tmp_path, "maple-union")
    sealed = seals.seal(certify(week(), book(), by="tess", at=FRIDAY_EVENING))
    back = read_week(sealed)
    assert set(back.entries) == set(week().entries)
    assert set(back.plan) == set(week().plan)
    assert replace(back, entries=(), plan=()) == week(entries=(), plan=())
    assert seals.verify() == ()
    assert sealed.head.rows == len(week().entries) + len(week().plan) + len(week().enrolled or ())
    assert head_of(head_bytes(sealed.head)) == sealed.head


def test_the_head_says_whose_week_it_is_and_by_which_rules(tmp_path: Path) -> None:
    _, made = sealed_weeks(tmp_path, 1)
    head = json.loads(made[1].path.read_bytes())
    assert (head["district"], head["school"], head["teacher"], head["week"], head["version"]) == (
        "maple-union", "maple", "tess", "2020-09-14", 2,
    )  # fmt: skip
    assert head["names"] == head["before"] == made[0].digest
    assert head["sha256"] == digest(made[1].parquet.read_bytes())
    assert head["rules"]["ca.distance.total_minutes"] == ["ca.distance.total_minutes@2020-07-01"]


def test_sealing_the_same_certificate_again_writes_nothing(tmp_path: Path) -> None:
    seals = Seals(tmp_path, "maple-union")
    certificate = certify(week(), book(), by="tess", at=FRIDAY_EVENING)
    first, second = seals.seal(certificate), seals.seal(certificate)
    assert first.digest == second.digest
    assert len(list(seals.all())) == 1


def test_a_later_correction_makes_a_version_that_names_the_old_and_both_stay(tmp_path: Path) -> None:
    seals, made = sealed_weeks(tmp_path)
    assert [one.head.version for one in made] == [1, 1, 1, 2]
    assert made[3].head.names == made[0].digest
    assert made[0].parquet.exists()
    assert [one.digest for one in seals.current()] == [one.digest for one in (made[1], made[2], made[3])]
    assert seals.verify([one.digest for one in made]) == ()


def test_the_folder_is_closed_to_others_and_one_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    sealed_weeks(tmp_path / "seals", 1)
    assert {
        path.stat().st_mode & 0o777 for path in (tmp_path / "seals", *(tmp_path / "seals").glob("2020-*"))
    } == {0o700}
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    write_whole(shared / "form.pdf", b"x")
    assert shared.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in shared.iterdir()] == ["form.pdf"]


def test_a_version_that_leaves_an_entry_out_or_changes_it_is_refused(tmp_path: Path) -> None:
    seals, made = sealed_weeks(tmp_path, 1)
    whole = read_week(made[1]).entries
    changed = (replace(whole[0], detail="else"), *whole[1:])
    for fewer in (whole[1:], changed):
        again = replace(later(0), entries=fewer)
        with pytest.raises(SchooldayError, match="nothing was sealed"):
            seals.seal(certify(again, book(), by="tess", at=FRIDAY_EVENING + timedelta(days=40)))
    assert len(list(seals.all())) == 2
    assert seals.verify() == ()


def test_two_districts_have_two_chains(tmp_path: Path) -> None:
    other = Seals(tmp_path, "oak-union")
    with pytest.raises(SchooldayError, match="oak-union"):
        other.seal(certify(week(), book(), by="tess", at=FRIDAY_EVENING))
    _, made = sealed_weeks(tmp_path)
    assert {one.code for one in other.verify()} == {"ledger.seal_strange"}
    assert len(made) == 4


def byte_changed(folder: Path, paths: list[Path]) -> None:
    data = bytearray(paths[1].with_suffix(".parquet").read_bytes())
    data[len(data) // 2] ^= 1
    paths[1].with_suffix(".parquet").write_bytes(data)


def entries_missing(folder: Path, paths: list[Path]) -> None:
    paths[2].with_suffix(".parquet").unlink()


def seal_missing(folder: Path, paths: list[Path]) -> None:
    paths[1].unlink()
    paths[1].with_suffix(".parquet").unlink()


def last_missing(folder: Path, paths: list[Path]) -> None:
    paths[3].unlink()
    paths[3].with_suffix(".parquet").unlink()


def version_skipped(folder: Path, paths: list[Path]) -> None:
    head = replace(head_of(paths[3].read_bytes()), version=3)
    for ending in (".json", ".parquet"):
        paths[3].with_suffix(ending).rename(
            paths[3].with_name(paths[3].name.replace(".v2.json", f".v3{ending}"))
        )
    moved = paths[3].with_name(paths[3].name.replace(".v2.", ".v3."))
    moved.write_bytes(head_bytes(head))
    note(folder, moved)


def head_edited(folder: Path, paths: list[Path]) -> None:
    paths[1].write_bytes(head_bytes(replace(head_of(paths[1].read_bytes()), certified_by="mallory")))


def last_head_edited(folder: Path, paths: list[Path]) -> None:
    paths[3].write_bytes(paths[3].read_bytes().replace(b'"tess"', b'"mallory"'))


def head_unreadable(folder: Path, paths: list[Path]) -> None:
    paths[2].write_bytes(b"{}")


def order_swapped(folder: Path, paths: list[Path]) -> None:
    heads = [head_of(paths[place].read_bytes()) for place in (1, 2)]
    for place, head, other in ((1, heads[0], heads[1]), (2, heads[1], heads[0])):
        paths[place].write_bytes(head_bytes(replace(head, before=other.before, place=other.place)))


def files_swapped(folder: Path, paths: list[Path]) -> None:
    for ending in (".json", ".parquet"):
        one, other = paths[1].with_suffix(ending), paths[2].with_suffix(ending)
        kept = one.read_bytes()
        one.write_bytes(other.read_bytes())
        other.write_bytes(kept)


def entries_and_sum_forged(folder: Path, paths: list[Path]) -> None:
    forged = paths[2].with_suffix(".parquet").read_bytes()
    paths[1].with_suffix(".parquet").write_bytes(forged)
    head = head_of(paths[1].read_bytes())
    paths[1].write_bytes(head_bytes(replace(head, sha256=digest(forged))))


def forked(folder: Path, paths: list[Path]) -> None:
    head = replace(
        head_of(paths[2].read_bytes()), teacher="ulla", before=head_of(paths[1].read_bytes()).before
    )
    paths[2].write_bytes(head_bytes(head))


def tip_lost(folder: Path, paths: list[Path]) -> None:
    (folder / "tip.json").unlink()


def note(folder: Path, last: Path) -> None:
    """Forge the note of the last seal, too: what does not help must still be found."""
    tip = {"last": digest(last.read_bytes()), "name": last.relative_to(folder).as_posix(), "next": ""}
    (folder / "tip.json").write_text(json.dumps(tip))


FAULTS: list[tuple[Callable[[Path, list[Path]], None], set[str]]] = [
    (byte_changed, {"ledger.entries_changed"}),
    (entries_missing, {"ledger.entries_lost"}),
    (seal_missing, {"ledger.chain_broken"}),
    (last_missing, {"ledger.seal_lost"}),
    (version_skipped, {"ledger.version_skipped"}),
    (head_edited, {"ledger.chain_broken"}),
    (last_head_edited, {"ledger.seal_lost"}),
    (head_unreadable, {"ledger.head_unreadable", "ledger.chain_broken"}),
    (order_swapped, {"ledger.chain_broken"}),
    (files_swapped, {"ledger.seal_moved"}),
    (entries_and_sum_forged, {"ledger.chain_broken"}),
    (forked, {"ledger.chain_forked", "ledger.seal_moved"}),
    (tip_lost, {"ledger.tip_lost"}),
]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    folder = tmp_path_factory.mktemp("chain")
    _, made = sealed_weeks(folder)
    return folder, [one.path.relative_to(folder) for one in made]


@pytest.mark.parametrize(("plant", "codes"), FAULTS, ids=[plant.__name__ for plant, _ in FAULTS])
def test_every_planted_fault_is_found(
    plant: Callable[[Path, list[Path]], None], codes: set[str],
    chain: tuple[Path, list[Path]], tmp_path: Path,
) -> None:  # fmt: skip
    folder = tmp_path / "seals"
    shutil.copytree(chain[0], folder)
    plant(folder, [folder / path for path in chain[1]])
    found = Seals(folder, "maple-union").verify()
    assert codes <= {one.code for one in found}
    assert all(one.mend for one in found)


def test_any_byte_changed_in_any_head_or_file_of_entries_is_found(
    chain: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    folder, chance = tmp_path / "seals", np.random.default_rng(2020)
    shutil.copytree(chain[0], folder)
    seals = Seals(folder, "maple-union")
    for file in sorted(folder.glob("*/*")):
        whole = file.read_bytes()
        for place in chance.integers(len(whole), size=25):
            changed = bytearray(whole)
            changed[place] ^= 1 << int(chance.integers(8))
            file.write_bytes(changed)
            assert seals.verify() != (), (file, place)
        file.write_bytes(whole)
    assert seals.verify() == ()
    (folder / "tip.json").write_bytes(b"\xff[")
    assert [one.code for one in seals.verify()] == ["ledger.tip_lost"]


def test_a_version_that_names_another_seal_than_its_own_is_found(tmp_path: Path) -> None:
    seals, made = sealed_weeks(tmp_path)
    made[3].path.write_bytes(head_bytes(replace(made[3].head, names=made[1].digest)))
    note(tmp_path, made[3].path)
    assert [one.code for one in seals.verify()] == ["ledger.version_names"]


def test_a_seal_out_of_its_place_is_found(tmp_path: Path) -> None:
    seals, made = sealed_weeks(tmp_path)
    made[3].path.write_bytes(head_bytes(replace(made[3].head, place=9)))
    note(tmp_path, made[3].path)
    assert [one.code for one in seals.verify()] == ["ledger.chain_order"]


def test_a_chain_cut_off_and_noted_anew_is_found_by_a_digest_from_elsewhere(tmp_path: Path) -> None:
    seals, made = sealed_weeks(tmp_path)
    last_missing(tmp_path, [one.path for one in made])
    note(tmp_path, made[2].path)
    assert seals.verify() == ()
    assert [one.code for one in seals.verify([made[3].digest])] == ["ledger.seal_lost"]


def test_nothing_is_sealed_after_a_last_seal_that_is_not_as_it_was(tmp_path: Path) -> None:
    seals, made = sealed_weeks(tmp_path)
    last_head_edited(tmp_path, [one.path for one in made])
    next_week = certify(later(5), book(), by="tess", at=FRIDAY_EVENING + timedelta(days=35))
    with pytest.raises(SchooldayError, match="ledger verify"):
        seals.seal(next_week)
    tip_lost(tmp_path, [])
    with pytest.raises(SchooldayError, match="ledger verify"):
        seals.seal(next_week)


def test_what_a_killed_process_left_counts_for_nothing_and_is_in_nobodys_way(tmp_path: Path) -> None:
    seals, made = sealed_weeks(tmp_path, 1)
    tip = json.loads((tmp_path / "tip.json").read_text())
    certificate = certify(later(1), book(), by="tess", at=FRIDAY_EVENING + timedelta(days=7))
    sealed = seals.seal(certificate)
    # Killed after the head and before the note: the seal is there, and the next one follows it.
    (tmp_path / "tip.json").write_text(
        json.dumps({**tip, "next": sealed.path.relative_to(tmp_path).as_posix()})
    )
    assert seals.verify() == ()
    assert seals.seal(certificate).digest == sealed.digest
    # Killed before the head: the entries alone are no seal, and sealing writes them anew.
    sealed.path.unlink()
    (tmp_path / "tip.json").write_text(
        json.dumps({**tip, "next": sealed.path.relative_to(tmp_path).as_posix()})
    )
    assert seals.verify() == ()
    assert seals.seal(certificate).digest == sealed.digest
    assert seals.verify([made[0].digest, sealed.digest]) == ()


@pytest.mark.parametrize("how", ["a bit flipped", "cut short", "taken away", "another week's"])
def test_a_week_whose_file_is_not_what_was_sealed_is_never_read_as_it(how: str, tmp_path: Path) -> None:
    _, made = sealed_weeks(tmp_path)
    file = made[0].parquet
    data = file.read_bytes()
    changed = {
        "a bit flipped": data[:-1] + bytes([data[-1] ^ 1]),
        "cut short": data[: len(data) // 2],
        "another week's": made[2].parquet.read_bytes(),
    }
    file.unlink() if how == "taken away" else file.write_bytes(changed[how])
    with pytest.raises(SchooldayError, match=f"{file.name}.*bring it back from a copy"):
        read_week(made[0])


@pytest.mark.parametrize(("name", "value"), [("version", "1"), ("place", None), ("before", 7)])
def test_a_head_whose_values_are_of_another_kind_is_told_and_no_exception(
    name: str, value: object, tmp_path: Path
) -> None:
    seals, made = sealed_weeks(tmp_path)
    head = json.loads(made[1].path.read_bytes())
    made[1].path.write_text(json.dumps(head | {name: value}))
    assert "ledger.head_unreadable" in {one.code for one in seals.verify()}
