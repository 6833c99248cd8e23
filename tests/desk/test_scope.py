"""One district at a time: closed where nobody said which."""

# ruff: noqa: ANN001 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import pytest

from schooldesk import scope
from schooldesk.people.models import Event
from schooldesk.roster.models import Pupil, RosterVersion
from schooldesk.scope import NoScope, WrongDistrict

pytestmark = pytest.mark.django_db

READS = {
    "list": lambda rows: list(rows.all()),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "exclude exists": lambda rows: rows.exclude(pk=0).exists(),
    "distinct exists": lambda rows: rows.distinct().exists(),
    "first": lambda rows: rows.first(),
    "values": lambda rows: list(rows.values_list("pk")),
    "aggregate": lambda rows: rows.aggregate(__import__("django").db.models.Max("pk")),
    "explain": lambda rows: rows.all().explain(),
    "iterator": lambda rows: list(rows.all().iterator()),
    "raw": lambda rows: list(rows.raw("SELECT 1")),
    "in bulk": lambda rows: rows.in_bulk([1]),
}
WRITES = {
    "update": lambda rows: rows.update(sourced="x"),
    "filtered update": lambda rows: rows.filter(pk=1).update(sourced="x"),
    "delete": lambda rows: rows.all().delete(),
    "bulk create": lambda rows: rows.bulk_create([Pupil(sourced="x", version_id=1)]),
    "create": lambda rows: rows.create(sourced="x", version_id=1),
}


@pytest.mark.parametrize("way", [*READS, *WRITES])
def test_nothing_is_read_or_written_without_a_district(way: str) -> None:
    with pytest.raises(NoScope):
        (READS | WRITES)[way](Pupil.objects)


def test_a_district_sees_its_own_rows_only(rosters) -> None:
    seen = {}
    for name in ("maple", "cedar"):
        with scope.district(name):
            seen[name] = set(Pupil.objects.values_list("sourced", flat=True))
    assert seen == {name: set(roster.pupils) for name, roster in rosters.items()}


def test_a_row_of_one_district_is_not_written_while_working_for_another() -> None:
    with scope.district("cedar"):
        version = RosterVersion.objects.first()
    with scope.district("maple"):
        with pytest.raises(WrongDistrict):
            version.save()
        with pytest.raises(WrongDistrict):
            version.delete()
        with pytest.raises(WrongDistrict):
            Event(district_id="cedar", who="x", what="x").save()
        with pytest.raises(WrongDistrict):
            RosterVersion.objects.update(district_id="cedar")


def test_a_related_row_is_behind_the_scope_too() -> None:
    with scope.district("maple"):
        pupil = Pupil.objects.first()
    with pytest.raises(NoScope):
        _ = pupil.version
