"""Maple and Cedar: districts small enough to read, and strangers to each other."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from schoolday.files.rosters import read_roster, write_roster
from schoolday.ground.errors import SchooldayError
from schoolday.sample import cedar, maple, sample, write_sample

DAY = date(2020, 9, 8)


def test_maple_has_two_schools_and_sixty_pupils() -> None:
    roster = maple()
    assert [school.name for school in roster.schools.values()] == ["Maple Elementary", "Maple Secondary"]
    assert len(roster.pupils) == 60
    assert {section.kind for section in roster.sections.values()} == {"homeroom", "scheduled"}


def test_maple_s_younger_pupils_have_one_class_and_older_ones_six() -> None:
    roster = maple()
    taken = Counter(row.pupil for row in roster.enrollments)
    assert {(p.school, taken[p.id]) for p in roster.pupils.values()} == {
        ("maple-elementary", 1),
        ("maple-secondary", 6),
    }


def test_some_siblings_of_maple_s_two_schools_share_one_device() -> None:
    roster = maple()
    sharing = [
        house.id
        for house in roster.households.values()
        if house.devices == 1 and len({roster.pupils[pupil].school for pupil in house.pupils}) == 2
    ]
    assert sharing == ["maple-h01", "maple-h02", "maple-h03", "maple-h13"]


def test_maple_has_services_part_time_teachers_and_homes_in_spanish_and_arabic() -> None:
    roster = maple()
    met = {service.group or service.id for service in roster.services.values()}
    assert len(met) == 4
    assert all("iep" in roster.pupils[service.pupil].groups for service in roster.services.values())
    assert any(contract.end - contract.start < 450 for contract in roster.contracts.values())
    assert {"es", "ar"} <= {house.language for house in roster.households.values()}


def test_cedar_shares_no_id_with_maple() -> None:
    ours, theirs = maple(), cedar()
    for kind in ("pupils", "staff", "schools", "sections", "households", "services"):
        assert not set(getattr(ours, kind)) & set(getattr(theirs, kind)), kind
    assert (ours.district, theirs.district) == ("maple", "cedar")


def test_the_seed_changes_the_made_up_part_only() -> None:
    assert maple() == maple()
    assert maple(2) != maple(1)
    assert list(maple(2).households.values()) == list(maple(1).households.values())


@pytest.mark.parametrize("name", ["maple", "cedar"])
def test_a_sample_goes_out_as_files_and_comes_in_through_the_common_door_unchanged(
    name: str, tmp_path: Path
) -> None:
    write_sample(name, tmp_path / name)
    assert read_roster(tmp_path / name, day=DAY).roster == sample(name)


@pytest.mark.slow
def test_sacramento_goes_out_as_a_zip_and_comes_in_unchanged(tmp_path: Path) -> None:
    roster = sample("sacramento")
    write_roster(roster, tmp_path / "sacramento.zip")
    assert read_roster(tmp_path / "sacramento.zip", day=DAY).roster == roster


def test_an_unknown_sample_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(SchooldayError, match="sacramento, maple, cedar"):
        sample("birch")


def test_the_files_of_maple_in_the_examples_are_maple() -> None:
    """Write them anew with ``write_sample`` when this fails."""
    files = Path(__file__).parents[3] / "examples" / "maple" / "roster"
    assert read_roster(files, day=DAY).roster == maple()
