"""Several members of a side ask at one moment: on both databases none is answered beyond the number."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from schoolday.bargaining.front import Limit as Bound
from schooldesk import scope
from tests.desk.limits import judged, terms

TABLE = "oak-2020"
AT_ONCE = 6


@pytest.fixture
def members(transactional_db: None) -> Iterator[list[Any]]:
    """Six members of the union of a district of its own: what is stored here is really stored."""
    from django.contrib.auth import get_user_model

    from schooldesk.bargaining.limits import writes
    from schooldesk.people.models import Staff
    from schooldesk.roster.models import District

    home = District.objects.create(pk="oak", name="Oak", places=["CA"])
    users = get_user_model().objects
    found = [
        Staff.objects.create(user=users.create_user(f"oak-{n}"), district=home, role="party", side="union")
        for n in range(AT_ONCE)
    ]
    other = Staff.objects.create(
        user=users.create_user("oak-board"), district=home, role="party", side="district"
    )
    with scope.district("oak"):
        writes.keep(found[0], TABLE, Bound("union", "teacher_live", None, 211.0), "")
        writes.keep(other, TABLE, Bound("district", "live_minutes", 140.0, None), "")
        yield found


def at_once(members: list[Any], work: Any) -> list[Any]:
    from django.db import connection

    start = Barrier(len(members))

    def one(staff: Any) -> Any:
        try:
            with scope.district("oak"):
                start.wait(20)
                return work(staff)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(members)) as pool:
        return list(pool.map(one, members))


def test_of_many_questions_sent_from_the_same_page_one_is_counted(members: list[Any]) -> None:
    from schooldesk.bargaining.limits import reads, writes
    from schooldesk.bargaining.limits.asking import CommonGround, Hindered

    ground = CommonGround(terms(), judged(terms()), True)
    answers = at_once(members, lambda staff: writes.ask(staff, TABLE, ground, 0))
    assert sorted(map(str, answers)) == sorted(["None", *[str(Hindered.MEANWHILE)] * (AT_ONCE - 1)])
    assert reads.questions(TABLE).counts == {"union": 1}


def test_questions_asked_again_and_again_at_once_stop_at_the_number_allowed(members: list[Any]) -> None:
    from schooldesk.bargaining.limits import reads, writes
    from schooldesk.bargaining.limits.asking import CommonGround

    ground = CommonGround(terms(), judged(terms()), True)

    def insist(staff: Any) -> int:
        return sum(writes.ask(staff, TABLE, ground, after) is None for after in (0, 1, 2, 3))

    assert sum(at_once(members, insist)) == len(reads.every_answer(TABLE)) <= 2


def test_limits_set_on_one_measure_at_once_leave_one(members: list[Any]) -> None:
    from schooldesk.bargaining.limits import reads, writes

    def set_one(staff: Any) -> None:
        writes.keep(staff, TABLE, Bound("union", "live_minutes", float(staff.pk), None), "")

    at_once(members, set_one)
    kept = [one.bound for one in reads.own(TABLE, "union") if one.bound.measure == "live_minutes"]
    assert len(kept) == 1
    assert kept[0].at_least in {float(one.pk) for one in members}
