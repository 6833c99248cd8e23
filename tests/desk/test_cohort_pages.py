"""/d/<district>/cohorts/: a planner opens a round, sends files in, has cohorts made, tells families."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schoolday.cohorts.assign import Apart, assign
from schoolday.cohorts.choice import Choice, Program
from schoolday.cohorts.problem import Seats
from schoolday.ground.finding import Finding
from schoolday.roster import Roster
from schooldesk import scope
from tests.desk.cohorts import DAY, PHASES, all_come, ask, lay, make, open_round, seats_csv, send
from tests.desk.conftest import Cast

pytestmark = pytest.mark.django_db


def said(events_of: str) -> list[str]:
    from schooldesk.people.models import Event

    with scope.district("maple"):
        return [event.what for event in Event.objects.filter(what__startswith=events_of).order_by("pk")]


def test_a_planner_opens_a_round_and_no_other_may_have_its_dates(planner: Client) -> None:
    form = {"opens": "2020-09-08", "closes": "2020-09-18", "program": ["on_site", "distance"]}
    form["otherwise"] = "distance"
    opened = planner.post("/d/maple/cohorts/", form)
    assert opened.status_code == 302
    assert planner.get(f"/d/maple/cohorts/{opened['Location']}").status_code == 200
    again = planner.post("/d/maple/cohorts/", form | {"opens": "2020-09-18", "closes": "2020-09-30"})
    assert again.status_code == 422
    assert "another round is open from 2020-09-08 to 2020-09-18" in again.content.decode()
    later = planner.post("/d/maple/cohorts/", form | {"opens": "2020-09-19", "closes": "2020-09-30"})
    assert later.status_code == 302
    assert said("choices") == ["choices.opened", "choices.opened"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"closes": "2020-09-01"}, "must not lie before"),
        ({"closes": "soon"}, "is not a date"),
        ({"program": []}, "at least one program"),
        ({"otherwise": "boarding"}, "say which program"),
    ],
)
def test_a_round_that_cannot_be_is_refused_in_words(
    planner: Client, change: dict[str, Any], words: str
) -> None:
    form = {"opens": "2020-09-08", "closes": "2020-09-18", "program": ["on_site"], "otherwise": "distance"}
    answer = planner.post("/d/maple/cohorts/", form | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_its_dates_can_be_changed_and_it_can_be_taken_back_and_put_back(planner: Client) -> None:
    row = open_round("maple")
    at = f"/d/maple/cohorts/{row.pk}/"
    planner.post(at, {"do": "dates", "opens": "2020-09-01", "closes": "2020-09-25"})
    assert "September 25, 2020" in planner.get(at).content.decode()
    planner.post(at, {"do": "withdraw"})
    assert "families do not see it" in planner.get(at).content.decode()
    planner.post(at, {"do": "put_back"})
    assert "families do not see it" not in planner.get(at).content.decode()
    assert said("choices") == ["choices.opened", "choices.dates", "choices.withdrawn", "choices.put_back"]


def test_it_counts_who_has_answered_by_school_the_last_answer_of_each(planner: Client) -> None:
    from schooldesk.cohorts.rounds import reads
    from tests.desk.cohorts import home_of

    row = open_round("maple")
    all_come(row)
    all_come(row)
    with scope.district("maple"):
        found = {one.school: one for one in reads.answered(home_of("maple"), row)}
    assert {name: (one.answers, one.pupils) for name, one in found.items()} == {
        "maple-elementary": (36, 36),
        "maple-secondary": (24, 24),
    }
    assert "60 of 60" in planner.get(f"/d/maple/cohorts/{row.pk}/").content.decode()


def test_a_wrong_file_is_refused_with_every_fault_by_row_and_column_and_nothing_is_kept(
    planner: Client,
) -> None:
    from schooldesk.cohorts.models import RoundFile

    row = open_round("maple")
    send(row, "seats", seats_csv("maple", 16))
    wrong = (
        b"sectionId,seats,wholeWeek\nnowhere,16,\nmaple-elementary-001,many,\nmaple-elementary-002,9,often\n"
    )
    sent = {"do": "file", "kind": "seats", "file": SimpleUploadedFile("mine.csv", wrong)}
    answer = planner.post(f"/d/maple/cohorts/{row.pk}/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    for spot in ("seats.csv:2 [sectionId]", "seats.csv:3 [seats]", "seats.csv:4 [wholeWeek]"):
        assert spot in page, spot
    with scope.district("maple"):
        assert RoundFile.objects.count() == 1
    phases = {"do": "file", "kind": "phases", "file": SimpleUploadedFile("p.csv", b"date\n2020-13-40\n")}
    assert planner.post(f"/d/maple/cohorts/{row.pk}/", phases).status_code == 422


def test_a_file_can_be_taken_back_and_the_one_before_stands_again(planner: Client) -> None:
    from schooldesk.cohorts.rounds import reads
    from tests.desk.cohorts import home_of

    row = open_round("maple")
    at = f"/d/maple/cohorts/{row.pk}/"
    for number in (16, 9):
        file = SimpleUploadedFile("seats.csv", seats_csv("maple", number))
        assert planner.post(at, {"do": "file", "kind": "seats", "file": file}).status_code == 302

    def seats() -> set[int]:
        with scope.district("maple"):
            newest = reads.files(row, "seats")[0]
            return set(reads.asked(home_of("maple"), newest).seats.of.values())

    assert seats() == {9}
    with scope.district("maple"):
        newest = reads.files(row, "seats")[0].pk
    planner.post(at, {"do": "undo_file", "file": newest})
    assert seats() == {16}
    again = planner.post(at, {"do": "undo_file", "file": newest})
    assert "taken back already" in again.content.decode()


def test_cohorts_cannot_be_asked_for_without_seats_or_for_a_day_gone_by(planner: Client) -> None:
    row = open_round("maple")
    at = f"/d/maple/cohorts/{row.pk}/"
    form = {"do": "make", "day": "2020-09-08", "seed": "2020"}
    assert "send the seats of the classes in first" in planner.post(at, form).content.decode()
    send(row, "seats", seats_csv("maple", 16))
    for change, words in [
        ({"day": "2020-09-07"}, "choose today or a later date"),
        ({"day": "2031-09-07"}, "outside the school year"),
        ({"seed": "luck"}, "a seed is a whole number"),
    ]:
        answer = planner.post(at, form | change)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    asked = planner.post(at, form | {"first": "el", "second": "foster"})
    page = planner.get(asked["Location"])
    assert "The cohorts are being made" in page.content.decode()
    assert page["Refresh"] == "5"
    # The same asked again has its row already.
    assert planner.post(at, form | {"first": "el", "second": "foster"})["Location"] == asked["Location"]


def test_the_result_shows_sizes_against_seats_balance_and_families_together(planner: Client) -> None:
    made = lay("maple")
    page = planner.get(f"/d/maple/cohorts/made/{made.pk}/").content.decode()
    assert "16 of 16" in page
    assert "All brothers and sisters who come share a cohort" in page
    school = planner.get(f"/d/maple/cohorts/made/{made.pk}/schools/maple-elementary/").content.decode()
    assert "Grades 4/5/6, room 3" in school
    assert "too full" not in school


def test_a_full_class_refuses_by_the_draw_and_its_page_says_why(planner: Client) -> None:
    made = lay("maple", **{"maple-elementary-001": 1})
    page = planner.get(f"/d/maple/cohorts/made/{made.pk}/schools/maple-elementary/").content.decode()
    assert page.count("Kindergarten, room 1 holds 2 children in both cohorts together") == 3
    assert "drawn as number" in page


def test_the_downloads_say_what_the_terminal_writes_and_a_look_is_logged(planner: Client) -> None:
    from schooldesk.people.models import AccessLog

    made = lay("maple", **{"maple-elementary-001": 1})
    at = f"/d/maple/cohorts/made/{made.pk}/"
    rows = list(csv.DictReader(StringIO(planner.get(f"{at}cohorts.csv").content.decode())))
    assert len(rows) == 60
    sizes = Counter(row["cohort"] for row in rows)
    whole = planner.get(f"{at}result.json").json()
    assert whole["sizes"] == sizes
    reasons = list(csv.DictReader(StringIO(planner.get(f"{at}reasons.csv").content.decode())))
    assert [row["what"] for row in reasons].count("refused") == 3 == sizes["C"]
    assert "Kindergarten, room 1 holds 2 pupils" in reasons[0]["why"]
    classes = list(csv.DictReader(StringIO(planner.get(f"{at}classes.csv").content.decode())))
    assert all(int(row["most"]) <= int(row["seats"]) for row in classes)
    assert planner.get(f"{at}cohorts.json").status_code == 404
    with scope.district("maple"):
        looks = set(AccessLog.objects.values_list("who", "page"))
    assert ("planner", f"cohorts {made.pk} cohorts.csv") in looks


def test_siblings_who_are_apart_stand_with_the_classes_that_prove_it(
    planner: Client, rosters: dict[str, Roster]
) -> None:
    from schooldesk.cohorts.making import reads, writes

    made = lay("maple")
    with scope.district("maple"):
        whole = reads.result(made)
        bond = Apart("household:maple-h01", ("maple-p01", "maple-p02"), ("maple-elementary-002",))
        advice = (Finding("cohorts.seats", "a class is too full"),)
        again = replace(whole, assigned=replace(whole.assigned, apart=(bond,)), findings=advice)
        writes.finish(made, again)
    reads.forget()
    page = planner.get(f"/d/maple/cohorts/made/{made.pk}/").content.decode()
    assert "The seats of Grades 1/2/3, room 2 cannot be given" in page
    assert "Lucía Alvarado" in page
    refused = planner.post(f"/d/maple/cohorts/made/{made.pk}/", {"do": "publish"})
    assert refused.status_code == 422
    assert "the check found something broken" in refused.content.decode()


def test_services_in_a_group_are_told_together_or_apart(rosters: dict[str, Roster]) -> None:
    from schooldesk.cohorts.making.result import measured

    roster = rosters["maple"]
    names = [one for one in roster.services.values() if one.kind == "speech"]
    there = {one.id: replace(one, group="talk", place="school") for one in names}
    roster = replace(roster, services={**roster.services, **there})
    seats = Seats(dict.fromkeys(roster.sections, 16))
    choices = [Choice(pupil, Program.ON_SITE, DAY, "family") for pupil in roster.pupils]
    made = assign(roster, choices, seats, day=DAY, seed=1)
    found = measured(roster, seats, made, (), roster.enrolled(DAY))
    assert [(one.name, one.together) for one in found.services] == [("talk", True)]


def test_what_is_told_can_be_taken_back_to_what_was_told_before(planner: Client) -> None:
    from schooldesk.cohorts.making import reads

    first = lay("maple")
    second = make(first.round, seed=7)

    def told() -> int | None:
        with scope.district("maple"):
            row = reads.standing()
        return row.making_id if row else None

    def press(made: Any, do: str, **more: object) -> int:
        return planner.post(f"/d/maple/cohorts/made/{made.pk}/", {"do": do, **more}).status_code

    assert told() is None
    assert press(first, "publish") == 302
    assert press(second, "publish") == 302
    assert press(second, "publish") == 302
    with scope.district("maple"):
        newest = reads.standing()
    assert newest is not None
    assert told() == second.pk
    assert press(second, "take_back", publication=newest.pk) == 302
    assert told() == first.pk
    assert press(second, "take_back", publication=newest.pk) == 422
    assert said("cohorts.p")[-2:] == ["cohorts.published", "cohorts.published"]
    assert said("cohorts.t") == ["cohorts.taken_back"]


def test_another_district_sees_and_changes_none_of_it(client_of: Callable[[str], Client]) -> None:
    made = lay("maple")
    foreigner = client_of("foreigner")
    for rest in (f"{made.round_id}/", f"made/{made.pk}/", f"made/{made.pk}/cohorts.csv"):
        assert foreigner.get(f"/d/maple/cohorts/{rest}").status_code == 404
        assert foreigner.get(f"/d/cedar/cohorts/{rest}").status_code == 404
    for do in ("publish", "take_back", "again"):
        assert foreigner.post(f"/d/cedar/cohorts/made/{made.pk}/", {"do": do}).status_code == 404
    for do in ("dates", "withdraw", "make", "file"):
        assert foreigner.post(f"/d/cedar/cohorts/{made.round_id}/", {"do": do}).status_code == 404


def test_small_groups_are_as_large_as_the_rule_of_the_date_allows_and_their_reader_is_logged(
    planner: Client,
) -> None:
    from schooldesk.people.models import AccessLog

    at = "/d/maple/groups/?school=maple-elementary&need=el&need=foster&rooms=1"
    page = planner.get(f"{at}&on=2020-09-08").content.decode()
    assert "At most 14 children and 2 adults in a group." in page
    assert page.count("Lucía Alvarado") == 1
    with scope.district("maple"):
        assert AccessLog.objects.first().page == "small groups maple-elementary"
    before = planner.get(f"{at}&on=2020-08-01")
    assert before.status_code == 422
    assert "not in force on 2020-08-01" in before.content.decode()
    for wrong, words in [("&rooms=x", "rooms are a whole number"), ("&on=x", "is not a date")]:
        assert words in planner.get(f"{at}{wrong}").content.decode()
    assert "at least one need" in planner.get("/d/maple/groups/?school=maple-elementary").content.decode()


def test_a_principal_forms_groups_of_their_own_schools(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    principal = client_of("principal")
    at = "/d/maple/groups/?need=el&rooms=1&school="
    assert principal.get(f"{at}{cast.school}").status_code == 200
    assert principal.get(f"{at}{cast.other_school}").status_code == 403
    assert principal.get(f"{at}cedar-elementary").status_code == 404


def test_what_waits_is_shown_in_the_list_of_the_round(planner: Client) -> None:
    row = open_round("maple", date(2020, 9, 1), date(2020, 9, 18))
    send(row, "seats", seats_csv("maple", 16))
    send(row, "phases", PHASES.encode())
    ask(row)
    page = planner.get(f"/d/maple/cohorts/{row.pk}/")
    assert "waiting for its turn" in page.content.decode()
    assert page["Refresh"] == "5"
    assert "Refresh" not in planner.get(f"/d/maple/cohorts/{row.pk}/?still")
