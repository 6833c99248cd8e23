"""Closures that are recorded with emergencies: what they explain, and when the emergency part is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from service_cases import BOOK, MONDAY, REASONS, YEAR, account, entry, parts, terms

from schoolday.emergency.clocks import Emergency
from schoolday.ledger.services.account import Ground, accounts
from schoolday.ledger.services.emergency import Closure, closed_by, ruled, together
from schoolday.ledger.services.explained import Explaining
from schoolday.ledger.services.owed import owed
from schoolday.ledger.services.recorded import Reasons
from schoolday.ledger.services.terms import Ruled, in_force
from schoolday.rules import Rulebook

FIRE = Emergency("fire-1", "fire", MONDAY, "Board minutes", None, ("elm",))
FRIDAY = MONDAY + timedelta(days=4)
AGAIN = MONDAY + timedelta(days=7)


def test_a_service_not_given_while_an_emergency_closed_the_school_is_explained_with_its_clause() -> None:
    closures = tuple(closed_by(FIRE, MONDAY, AGAIN, ["elm", "oak"]))
    assert closures == (Closure("elm", MONDAY, AGAIN - timedelta(days=1), "emergency fire-1: Board minutes"),)
    one = account([entry("a", MONDAY, "no_school"), entry("b", FRIDAY)], closures=closures)
    assert parts(one) == (60, 30, 0, 30, 0, 0)
    assert one.clauses == REASONS.clauses("no_school", MONDAY) != ()
    later = account([entry("a", AGAIN, "no_school")], closures=closures, day=AGAIN, as_of=AGAIN)
    assert later.explained == 0


def test_a_closure_explains_nothing_where_the_rules_do_not_let_it() -> None:
    closures = tuple(closed_by(FIRE, MONDAY, None, ["elm"]))
    silent = Reasons(
        Rulebook([one for one in BOOK.rules if "services.explained" not in one.id]), frozenset({"CA"})
    )
    assert account([entry("a", MONDAY, "no_school")], closures=closures, reasons=silent).explained == 0


def test_what_nobody_recorded_on_a_closed_day_stays_unrecorded() -> None:
    closures = tuple(closed_by(FIRE, MONDAY, AGAIN, ["elm"]))
    assert parts(account([], closures=closures)) == (60, 0, 0, 0, 0, 60)


def test_an_emergency_that_names_no_school_closes_all_of_the_district() -> None:
    event = replace(FIRE, schools=())
    assert [one.school for one in closed_by(event, MONDAY, None, ["oak", "elm"])] == ["elm", "oak"]


def test_after_more_than_ten_school_days_of_an_emergency_the_emergency_part_is_owed() -> None:
    closures = closed_by(FIRE, MONDAY, None, ["elm"])
    (span,) = ruled(closures, YEAR, BOOK, YEAR.last)
    assert span.first == date(2020, 9, 28)
    plain, part = terms(), terms(20, 1, emergency=True)
    made = in_force([plain, part], [span])
    weeks = [list(owed(made, YEAR, day, day)) for day in (MONDAY, date(2020, 9, 28))]
    assert [[one.minutes for one in some] for some in weeks] == [[60], [20]]


def test_the_measures_explain_by_the_terms_of_the_account_in_a_long_closure() -> None:
    closures = tuple(closed_by(FIRE, MONDAY, None, ["elm"]))
    made = in_force([terms(), terms(20, 1, emergency=True)], ruled(closures, YEAR, BOOK, YEAR.last))
    day = date(2020, 9, 29)
    some = [entry("a", day, "no_school", start=None)]
    explains = Explaining(REASONS, YEAR, closures, {"v1": made})
    promised = owed(made, YEAR, day, day)
    (one,) = accounts(promised, some, Ground(REASONS, YEAR, day, closures))
    assert explains.minutes(some, {}) == {"a": one.explained} == {"a": 20}


def test_a_listed_closure_takes_the_place_of_the_emergencys_at_its_school() -> None:
    listed = Closure("elm", MONDAY, FRIDAY, "Order 7")
    event = closed_by(replace(FIRE, schools=("elm", "oak")), MONDAY, None, [])
    assert [(one.school, one.source) for one in together([listed], event)] == [
        ("elm", "Order 7"), ("oak", "emergency fire-1: Board minutes"),
    ]  # fmt: skip
    later = closed_by(FIRE, AGAIN, None, [])
    assert len(together([listed], later)) == 2


def test_two_emergencies_at_once_owe_one_emergency_part() -> None:
    spans = [
        Ruled("elm", date(2020, 9, 28), date(2020, 10, 9), "a"), Ruled("elm", date(2020, 10, 5), None, "b"),
    ]  # fmt: skip
    made = in_force([terms(), terms(20, 1, emergency=True)], spans)
    days = (date(2020, 9, 21), date(2020, 10, 5), date(2020, 11, 2))
    assert [[one.minutes for one in owed(made, YEAR, day, day)] for day in days] == [[60], [20], [20]]
