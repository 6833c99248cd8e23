"""When children come back: each family its own, everybody the phases, and a calendar of the dates."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import icalendar
import pytest
from django.test import Client

from schooldesk import scope
from tests.desk.cohorts import home_of, lay, make, open_round, seats_csv, send, tell
from tests.desk.conditions import untell
from tests.desk.conftest import Cast

pytestmark = pytest.mark.django_db


def page(client: Client, token: str, lang: str = "en") -> str:
    return client.get(f"/h/{token}/return/?lang={lang}").content.decode()


def test_a_family_is_told_nothing_before_a_planner_tells_it(cast: Cast, client: Client) -> None:
    made = lay("maple")
    assert "Nothing has been decided yet" in page(client, cast.family.token)
    tell(made)
    assert "Nothing has been decided yet" not in page(client, cast.family.token)
    assert "Nothing has been decided yet" in page(client, cast.foreign.token)


def test_each_child_has_its_cohort_weekdays_and_first_date_in_words(cast: Cast, client: Client) -> None:
    from schooldesk.cohorts.making import reads

    made = lay("maple")
    tell(made)
    with scope.district("maple"):
        cohort = reads.result(made).of[cast.family.pupils[0]]
    english = {"A": "Monday and Tuesday", "B": "Thursday and Friday"}[cohort]
    spanish = {"A": "lunes y martes", "B": "jueves y viernes"}[cohort]
    shown = page(client, cast.family.token)
    assert f"Cohort {cohort}: in the room on {english}, at home on the other days." in shown
    assert "From Monday, September 14, 2020 on" in shown
    assert f"Cohorte {cohort}: en el salón {spanish}" in page(client, cast.family.token, "es")


def test_the_calendar_has_exactly_the_dates_of_the_core(cast: Cast, client: Client) -> None:
    from schoolday.cohorts.phases import days_of
    from schoolday.files.cohorts import Asked
    from schooldesk.cohorts.making import reads
    from schooldesk.cohorts.rounds import reads as rounds
    from schooldesk.day.reads import feed_token
    from schooldesk.day.request import calendar
    from schooldesk.roster import reads as roster

    untell("maple")
    made = lay("maple")
    at = f"/f/{feed_token(cast.family.token)}/return.ics"
    assert client.get(at).status_code == 404
    row = tell(made)
    home = home_of("maple")
    with scope.district("maple"):
        asked: Asked = rounds.asked(home, row.phases)
        whole, days = roster.whole(home), calendar(home)
        cohorts = reads.result(made).assigned.cohorts
    wanted: set[tuple[date, str]] = set()
    for pupil in cast.family.pupils:
        one = whole.pupils[pupil]
        found = days_of(one, cohorts, asked.phases, days, date(2020, 9, 8), days.last)
        wanted |= {(day.day, one.given) for day in found if day.on_site}
    read = icalendar.Calendar.from_ical(client.get(at).content)
    events = list(read.walk("VEVENT"))
    told = {
        (event["DTSTART"].dt, name)
        for event in events
        for name in str(event["SUMMARY"]).removeprefix("At school: ").split(", ")
    }
    assert told == wanted
    assert all(event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1) for event in events)
    assert len({str(event["UID"]) for event in events}) == len(events)


def test_a_refusal_is_told_to_that_family_alone_with_its_number_in_the_draw(
    cast: Cast, client: Client
) -> None:
    from schooldesk.cohorts.making import reads
    from schooldesk.day.writes import give_link
    from schooldesk.roster import reads as roster

    made = lay("maple", **{"maple-elementary-001": 1})
    tell(made)
    with scope.district("maple"):
        home = home_of("maple")
        whole, found = roster.whole(home), reads.result(made).assigned
        numbers = roster.numbers(home)
    refused = {one.pupil: one for one in found.refused}
    assert refused
    homes = {whole.household_of[pupil] for pupil in refused}
    for house in whole.households.values():
        shown = page(client, give_link("maple", numbers[house.id], "test"))
        mine = [refused[pupil] for pupil in house.pupils if pupil in refused]
        assert shown.count("There is no seat") == len(mine)
        assert ("drawn as number" in shown) is (house.id in homes)
        for one in mine:
            assert f"drawn as number {one.number} of {found.drawn}" in shown
        for pupil in set(whole.pupils) - set(house.pupils):
            assert f"{whole.pupils[pupil].given} {whole.pupils[pupil].family}" not in shown


def test_a_child_for_whom_nobody_chose_stays_at_home_and_its_page_says_so(cast: Cast, client: Client) -> None:
    row = open_round("maple")
    send(row, "seats", seats_csv("maple", 16))
    tell(make(row))
    shown = page(client, cast.family.token)
    assert shown.count("Stays in distance learning at home.") == len(cast.family.pupils)
    assert "Nobody chose for this child." in shown


def test_cohorts_without_phases_have_no_date_yet(cast: Cast, client: Client) -> None:
    from tests.desk.cohorts import all_come

    row = open_round("maple")
    all_come(row)
    send(row, "seats", seats_csv("maple", 16))
    tell(make(row))
    assert "From which date on has not been decided yet" in page(client, cast.family.token)
    assert "No date has been set yet" in client.get("/d/maple/return/?lang=en").content.decode()


def test_other_phases_are_told_only_when_a_planner_tells_them(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    client, planner = client_of("stranger"), client_of("planner")
    made = lay("maple")
    tell(made)
    later = b"date,grades,groups,schools,cohorts,source\n2020-11-02,,,,,Board of 1 October\n"
    send(made.round, "phases", later)
    assert "November 2, 2020" not in page(client, cast.family.token)
    planner.post(f"/d/maple/cohorts/made/{made.pk}/", {"do": "publish"})
    assert "November 2, 2020" in page(client, cast.family.token)


def test_a_wish_that_is_not_met_is_told_with_its_reason(cast: Cast, client: Client) -> None:
    from schooldesk.cohorts.making import reads
    from schooldesk.day.writes import give_link
    from schooldesk.roster import reads as roster
    from tests.desk.cohorts import all_come

    row = open_round("maple")
    all_come(row, "A")
    send(row, "seats", seats_csv("maple", 8))
    made = make(row)
    tell(made)
    with scope.district("maple"):
        unmet = reads.result(made).assigned.unmet
        house = roster.whole(home_of("maple")).household_of[unmet[0].pupil]
        number = roster.numbers(home_of("maple"))[house]
    shown = page(client, give_link("maple", number, "test"))
    assert "Your wish could not be met. Cohort A" in shown


def test_everybody_reads_the_phases_by_grade_and_need_and_no_pupil(client: Client) -> None:
    from schooldesk.roster import reads as roster

    tell(lay("maple"))
    shown = client.get("/d/maple/return/?lang=en").content.decode()
    for words in ("Grades K to 3", "English learners and Children in foster care", "Grades 4 to 12"):
        assert words in shown
    assert "From Monday, September 14, 2020 on" in shown
    with scope.district("maple"):
        for pupil in roster.whole(home_of("maple")).pupils.values():
            assert pupil.id not in shown
            assert f"{pupil.given} {pupil.family}" not in shown
    assert "has not told yet" in client.get("/d/cedar/return/?lang=en").content.decode()
    assert client.get("/d/nowhere/return/").status_code == 404


def test_the_familys_other_page_leads_there(cast: Cast, client: Client) -> None:
    shown = client.get(f"/h/{cast.family.token}/more/").content.decode()
    assert 'href="../choice/"' in shown
    assert 'href="../return/"' in shown


def test_siblings_apart_are_told_which_classes_prove_it_and_no_other_family_is(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    from schooldesk.cohorts.making import reads
    from schooldesk.day.writes import give_link
    from schooldesk.roster import reads as roster
    from tests.desk.cohorts import all_come

    client, planner = client_of("stranger"), client_of("planner")
    row = open_round("maple")
    all_come(row)
    # Twins share the one class of kindergarten, which has a seat in either half; this seed draws them first.
    send(row, "seats", seats_csv("maple", 16, **{"maple-elementary-001": 1}))
    made = make(row, seed=1)
    with scope.district("maple"):
        home = home_of("maple")
        apart = reads.result(made).assigned.apart
        names = [roster.whole(home).pupils[pupil].given for pupil in apart[0].pupils]
        number = roster.numbers(home)[apart[0].bond.removeprefix("household:")]
    assert names == ["Ivy", "Wyatt"]
    shown = planner.get(f"/d/maple/cohorts/made/{made.pk}/?lang=en").content.decode()
    assert "Ivy Foley" in shown
    assert "cannot seat everybody" in shown, "the check counts the proof again"
    tell(made)
    twins = page(client, give_link("maple", number, "test"))
    assert twins.count("Your children could not share a cohort.") == 2
    assert "The seats of Kindergarten, room 1 cannot be given" in twins
    assert "could not share a cohort" not in page(client, cast.family.token)
