"""Where the account of services, week by week, and the measures' year can differ, as the page says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from schoolday.calendar.row import Minutes, Row
from schoolday.files.ledger.packs import build_packs
from schoolday.ledger.certify import certify
from schoolday.ledger.services.account import Ground, accounts
from schoolday.ledger.services.owed import owed
from tests.core.ledger.ledger_cases import DAYS, FRIDAY_EVENING, MONDAY, PUPILS, book, week
from tests.core.ledger.test_packs_measured import (
    REASONS,
    YEAR,
    explaining,
    folder_of,
    measured,
    met,
    sealed,
    served,
    terms,
)  # fmt: skip

NEXT = MONDAY + timedelta(days=7)


def test_what_is_given_beyond_one_week_pays_for_another_in_the_measures_and_never_in_the_account(
    tmp_path: Path,
) -> None:
    folder, seals = folder_of(tmp_path / "year"), sealed(tmp_path / "seals")
    extra = met("x1", "ana", "talk", 0, "delivered", NEXT, minutes=65, last=665)
    plan = (Row("ana", NEXT, "talk", Minutes.LIVE, 30),)
    later = week(monday=NEXT, days=tuple(day + timedelta(days=7) for day in DAYS), entries=(extra,),
                 plan=plan, pupils=(replace(PUPILS[0], activities=("talk",)),))  # fmt: skip
    seals.seal(certify(later, book(), by="tess", at=FRIDAY_EVENING + timedelta(days=7)))
    build_packs(seals, folder / "days", explaining())
    # The measures: planned 60 and 30, given 25 and 65, explained 30. Nothing is left over the year.
    assert measured(folder)["p-talk"] == (90, 90, 30, 0)
    every = owed(terms()["talk"], YEAR, MONDAY, NEXT)
    found = accounts(every, (*served(), extra), Ground(REASONS, YEAR, NEXT + timedelta(days=4)))
    # The account: five minutes are missing in the first week, and five were given beyond the second.
    assert [(one.owed.minutes, one.unaccounted, one.extra) for one in found] == [(60, 5, 0), (60, 0, 5)]


def test_what_has_no_place_in_the_plan_is_owed_by_the_account_and_unknown_to_the_measures(
    tmp_path: Path,
) -> None:
    folder = folder_of(tmp_path / "year")
    build_packs(sealed(tmp_path / "seals"), folder / "days", explaining())
    thrice = [replace(one, times=3) for one in terms()["talk"]]
    found = accounts(owed(thrice, YEAR, MONDAY, MONDAY), served(), Ground(REASONS, YEAR, DAYS[4]))
    assert (measured(folder)["p-talk"][0], found[0].owed.minutes) == (60, 90)
