"""What is asked of a table and what was worked out: kept once, as it comes, and read back the same."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from schoolday.bargaining.disputed import Disputed
from schoolday.bargaining.ground import Package, State
from schoolday.files.disputed import read_terms
from schooldesk import clock, scope
from tests.desk.outcomes import DAY, TERMS

pytestmark = pytest.mark.django_db
TABLE = "maple-2020"


@pytest.fixture
def disputed() -> Disputed:
    return read_terms(TERMS)


@pytest.fixture(autouse=True)
def at_maple(db: None) -> Iterator[None]:
    with scope.district("maple"):
        yield


def asked(disputed: Disputed, **more: object):  # noqa: ANN201
    from schooldesk.bargaining.outcomes.asked import AskedPackages

    return AskedPackages(disputed, "maple-secondary", DAY, **more)  # type: ignore[arg-type]


def ask(disputed: Disputed, **more: object):  # noqa: ANN201
    from schooldesk.bargaining.outcomes import writes
    from schooldesk.roster import reads as roster

    home = roster.district("maple")
    assert home is not None
    return writes.ask(home, TABLE, asked(disputed, **more), "planner", disputed.size)


def some(disputed: Disputed, number: int) -> list[Package]:
    choices = list(disputed.packages())[:number]
    measures = {"teacher_live": 1 / 3, "clash_minutes": None}
    return [Package(choice, State.CARRIED, measures, "", ("a.b", "c"), "q") for choice in choices]


def test_a_question_is_read_back_as_it_was_asked(disputed: Disputed) -> None:
    from schooldesk.bargaining.outcomes import reads

    run = reads.run(ask(disputed))
    assert run.asked == asked(disputed)
    assert run.open
    assert run.stands


def test_one_asked_twice_has_one_row_and_one_event(disputed: Disputed) -> None:
    from schooldesk.people.models import Event

    first = ask(disputed)
    assert ask(disputed).pk == first.pk
    assert ask(disputed, seed=2).pk != first.pk
    assert Event.objects.filter(what="table.asked", who="planner").count() == 2


def test_one_asked_again_after_another_is_the_newest_and_is_not_worked_out_again(disputed: Disputed) -> None:
    from schooldesk.bargaining.models import Kind
    from schooldesk.bargaining.outcomes import reads, writes
    from schooldesk.people.models import Event

    morning = datetime(2020, 9, 8, 9, tzinfo=UTC)
    with clock.at(morning):
        first = ask(disputed)
        writes.finish(first, some(disputed, disputed.size))
    with clock.at(morning + timedelta(hours=1)):
        other = ask(disputed, seed=2)
    assert next(iter(reads.runs(TABLE, Kind.PACKAGES))).number == other.pk
    with clock.at(morning + timedelta(hours=2)):
        assert ask(disputed).pk == first.pk
    newest = next(iter(reads.runs(TABLE, Kind.PACKAGES)))
    assert (newest.number, newest.open) == (first.pk, False)
    assert Event.objects.filter(what="table.asked").count() == 3


def test_packages_are_kept_one_by_one_and_read_in_the_order_of_the_grid(disputed: Disputed) -> None:
    from schooldesk.bargaining.outcomes import reads, writes

    row, packages = ask(disputed), some(disputed, 4)
    writes.begin(row, disputed.size, 0)
    for done, one in enumerate(reversed(packages), 1):
        writes.keep(row, repr(one.choice), one, done)
    row.refresh_from_db()
    assert (row.done, row.due) == (4, 54)
    assert reads.packages(row) == packages


def test_a_whole_run_is_kept_for_its_table_alone_and_leaves_no_steps(disputed: Disputed) -> None:
    from schooldesk.bargaining.models import Step
    from schooldesk.bargaining.outcomes import reads, writes

    row, packages = ask(disputed), some(disputed, 54)
    writes.keep(row, "first", packages[0], 1)
    writes.finish(row, packages)
    row.refresh_from_db()
    assert reads.packages(row) == packages
    assert not Step.objects.exists()
    assert [run.number for run in reads.runs(TABLE, row.kind)] == [row.pk]
    assert reads.runs("another", row.kind) == []
    with scope.district("cedar"):
        assert reads.runs(TABLE, row.kind) == []


def test_a_run_of_a_roster_that_was_replaced_does_not_stand(disputed: Disputed) -> None:
    from schooldesk.bargaining.models import Outcome
    from schooldesk.bargaining.outcomes import reads, writes

    row = ask(disputed)
    writes.finish(row, some(disputed, 54))
    Outcome.objects.update(roster=row.roster + 1)
    assert not reads.runs(TABLE, row.kind)[0].stands


def test_one_that_failed_says_why_and_is_open_again_when_asked_again(disputed: Disputed) -> None:
    from schooldesk.bargaining.outcomes import reads, writes

    row = ask(disputed)
    writes.fail(row, "no such school")
    row.refresh_from_db()
    assert reads.run(row).failed == "no such school"
    assert not reads.waiting()
    ask(disputed)
    assert [one.pk for one in reads.waiting()] == [row.pk]
