"""choices.csv: answers taken on paper are sent in at once, held to the round, and taken back at once."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schooldesk import clock, scope
from tests.desk.cohorts import home_of, make, open_round, seats_csv, send
from tests.desk.conftest import Cast

pytestmark = pytest.mark.django_db
HEAD = "pupilId,program,date,by,wish,beside\n"


def sent(planner: Client, row: Any, rows: str, district: str = "maple") -> Any:
    file = SimpleUploadedFile("paper.csv", (HEAD + rows).encode())
    at = f"/d/{district}/cohorts/{row.pk}/"
    return planner.post(at, {"do": "file", "kind": "choices", "file": file})


def stands(row: Any, cast: Cast) -> dict[str, tuple[str, str]]:
    from schooldesk.cohorts.choice import reads

    with scope.district("maple"):
        found = reads.standing(row, cast.family.number)
    return {pupil: (one.program, one.wish) for pupil, one in found.items()}


def files(row: Any) -> list[int]:
    from schooldesk.cohorts.rounds import reads

    with scope.district("maple"):
        return [one.pk for one in reads.files(row, "choices")]


def test_answers_on_paper_count_and_say_who_signed_and_who_sent_them_in(planner: Client, cast: Cast) -> None:
    row, (first, second, *_) = open_round("maple"), cast.family.pupils
    rows = (
        f"{first},on_site,2020-09-02,Ana Alvarado,B,{second}\n{second},distance,2020-09-02,Ana Alvarado,A,\n"
    )
    assert sent(planner, row, rows).status_code == 302
    # A wish goes with school alone, as everywhere.
    assert stands(row, cast) == {first: ("on_site", "B"), second: ("distance", "")}
    assert "2 of 60" in planner.get(f"/d/maple/cohorts/{row.pk}/").content.decode()
    shown = planner.get(f"/d/maple/households/{cast.family.number}/choice/").content.decode()
    assert "on September 2, 2020, on paper: Ana Alvarado; sent in by planner" in shown
    spanish = planner.get(f"/d/maple/households/{cast.family.number}/choice/?lang=es").content.decode()
    assert "en papel: Ana Alvarado; lo envió planner" in spanish
    from schooldesk.cohorts.rounds import reads

    with scope.district("maple"):
        found = reads.choices(home_of("maple"), row, reads.last_answer(row), files(row))
    assert [(one.pupil, one.day.isoformat(), one.by, one.beside) for one in found] == [
        (first, "2020-09-02", "Ana Alvarado", second),
        (second, "2020-09-02", "Ana Alvarado", ""),
    ]


def test_the_answer_said_last_stands_whenever_the_paper_is_sent_in(
    planner: Client, cast: Cast, client: Client
) -> None:
    row, pupil = open_round("maple"), cast.family.pupils[0]
    with clock.at(datetime(2020, 9, 5, 20, tzinfo=ZoneInfo("America/Los_Angeles"))):
        client.post(f"/h/{cast.family.token}/choice/", {f"program-{pupil}": "distance"})
    sent(planner, row, f"{pupil},on_site,2020-09-04,Ana,,\n")
    assert stands(row, cast)[pupil] == ("distance", "")
    sent(planner, row, f"{pupil},on_site,2020-09-06,Ana,,\n")
    assert stands(row, cast)[pupil] == ("on_site", "")
    from schooldesk.cohorts.rounds import reads

    with scope.district("maple"):
        found = {one.school: one.programs for one in reads.answered(home_of("maple"), row)}
    assert {"on_site": 1} in found.values()


def test_with_one_fault_nothing_is_kept_and_every_fault_has_its_row_and_column(
    planner: Client, cast: Cast
) -> None:
    from schooldesk.cohorts.models import Answer

    row, (first, second, *_) = open_round("maple"), cast.family.pupils
    stranger = cast.foreign.pupils[0]
    wrong = (
        f"{first},on_site,2020-09-02,Ana,,\n"
        f"{stranger},on_site,2020-09-02,Ana,,\n"
        f"{second},boarding,2020-09-02,Ana,,\n"
        f"{second},on_site,2020-08-31,Ana,,\n"
        f"{second},on_site,2020-09-09,Ana,,\n"
        f"{second},on_site,2020-09-03,,S,{stranger}\n"
        f"{first},distance,2020-09-02,Ana,,\n"
        f"{second},on_site,soon,Ana,,\n"
    )
    answer = sent(planner, row, wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    for spot in (
        "3 [pupilId]", "4 [program]", "5 [date]", "6 [date]", "7 [by]", "7 [wish]", "7 [beside]",
        "8 [pupilId]", "9 [date]",
    ):  # fmt: skip
        assert f"choices.csv:{spot}" in page, spot
    assert "choices.csv:2" not in page
    # The round is open from 1 September on, and it is the 8th.
    assert "2020-09-09 is not between 2020-09-01 and 2020-09-08" in page
    with scope.district("maple"):
        assert Answer.objects.count() == 0
    assert files(row) == []


def test_a_program_that_is_not_offered_is_a_fault_of_its_row(planner: Client, cast: Cast) -> None:
    from schooldesk.cohorts.rounds import writes
    from tests.desk.cohorts import DAY

    with scope.district("maple"):
        row = writes.open_round(home_of("maple"), DAY, DAY, ("distance",), "distance", "planner")
    page = sent(planner, row, f"{cast.family.pupils[0]},on_site,2020-09-08,Ana,,\n").content.decode()
    assert "choices.csv:2 [program]" in page
    assert "is not offered in this round" in page


def test_a_file_is_taken_back_with_its_answers_and_the_others_stay(
    planner: Client, cast: Cast, client: Client
) -> None:
    from schooldesk.people.models import Event

    row, pupil = open_round("maple"), cast.family.pupils[0]
    client.post(f"/h/{cast.family.token}/choice/", {f"program-{pupil}": "distance"})
    for wish in ("A", "B"):
        sent(planner, row, f"{pupil},on_site,2020-09-08,Ana,{wish},\n")
    at, (newest, older) = f"/d/maple/cohorts/{row.pk}/", files(row)
    assert stands(row, cast)[pupil] == ("on_site", "B")
    planner.post(at, {"do": "undo_file", "file": newest})
    assert stands(row, cast)[pupil] == ("on_site", "A")
    planner.post(at, {"do": "undo_file", "file": older})
    assert stands(row, cast)[pupil] == ("distance", "")
    history = planner.get(f"/d/maple/households/{cast.family.number}/choice/").content.decode()
    assert history.count("<strong>taken back</strong>") == 2
    with scope.district("maple"):
        said = list(Event.objects.filter(what__startswith="cohorts.").values_list("what", flat=True))
    assert said.count("cohorts.choices") == said.count("cohorts.file_withdrawn") == 2


def test_cohorts_made_after_a_file_is_taken_back_are_others(planner: Client, cast: Cast) -> None:
    from schooldesk.cohorts.making import reads

    row = open_round("maple")
    send(row, "seats", seats_csv("maple", 16))
    with scope.district("maple"):
        from schooldesk.roster import reads as roster

        every = roster.pupils(home_of("maple"))
    sent(planner, row, "".join(f"{pupil},on_site,2020-09-08,Ana,,\n" for pupil in every))
    first = make(row)
    planner.post(f"/d/maple/cohorts/{row.pk}/", {"do": "undo_file", "file": files(row)[0]})
    second = make(row)
    assert first.pk != second.pk
    with scope.district("maple"):
        assert set(reads.result(second).of.values()) == {"C"}
        assert "C" not in reads.result(first).of.values()
        assert len(reads.result(second).assigned.unanswered) == len(every)


def test_paper_may_come_after_the_last_day_and_only_a_planner_of_the_district_sends_it(
    planner: Client, cast: Cast, client_of: Callable[[str], Client]
) -> None:
    row, pupil = open_round("maple"), cast.family.pupils[0]
    with clock.at(datetime(2020, 10, 1, 9, tzinfo=ZoneInfo("America/Los_Angeles"))):
        assert sent(planner, row, f"{pupil},on_site,2020-09-18,Ana,,\n").status_code == 302
    rows = f"{pupil},on_site,2020-09-08,Ana,,\n"
    for name, district, status in (
        ("principal", "maple", 403), ("foreigner", "maple", 404), ("foreigner", "cedar", 404),
    ):  # fmt: skip
        assert sent(client_of(name), row, rows, district).status_code == status
    undo = {"do": "undo_file", "file": files(row)[0]}
    assert client_of("foreigner").post(f"/d/cedar/cohorts/{row.pk}/", undo).status_code == 404
    assert len(files(row)) == 1
