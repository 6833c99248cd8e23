"""A week at the desk: certified by its teacher alone, sealed, corrected to version 2, verified, packed."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.people.models import AccessLog, Event
from tests.desk.conftest import Cast
from tests.desk.ledgers import MONDAY, certify, post, sent, stored
from tests.desk.words import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
Sign = Callable[[str], Client]


@pytest.fixture
def at(week: str) -> str:
    return week


def rows(district: str = "maple") -> list[Any]:
    from schooldesk.ledger.models import Certified

    with scope.district(district):
        return list(Certified.objects.order_by("pk"))


def test_a_week_shows_what_is_recorded_missing_and_not_verified(
    at: str, take: str, met: Any, client_of: Sign
) -> None:
    client = client_of("teacher")
    word = {"kind": "attendance", "code": "excused", "first": None, "last": None, "minutes": None}
    post(client, take, sent(met.pupils[0]), sent(met.pupils[1], **word))
    said = told(client.get(at))
    assert "live 30, own –" in said
    assert "absent, excused" in said
    assert "not verified" in said
    assert "something planned of which nothing is recorded" in said


def test_a_teacher_certifies_and_the_week_is_sealed(at: str, take: str, met: Any, client_of: Sign) -> None:
    from schooldesk.ledger import reads

    client = client_of("teacher")
    post(client, take, sent(met.pupils[0]))
    assert client.post(at, {}).status_code == 422
    assert rows() == []
    assert client.post(at, {"agreed": "1"}).status_code == 303
    (row,) = rows()
    assert (row.version, row.place, len(row.digest), bytes(row.body)) == (1, 1, 64, b"")
    with scope.district("maple"):
        head = reads.sealed(row).head
        done = list(
            Event.objects.filter(what__startswith="ledger.").order_by("pk").values_list("what", flat=True)
        )
    assert (head.teacher, head.certified_by, head.words) == (row.teacher, row.teacher, row.words)
    assert done == ["ledger.entered", "ledger.certified", "ledger.sealed"]
    assert row.digest in client.get(at).content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("colleague", 403), ("principal", 403), ("planner", 403), ("foreigner", 404)]
)
def test_only_the_teacher_certifies(who: str, status: int, at: str, client_of: Sign) -> None:
    assert client_of(who).post(at, {"agreed": "1"}).status_code == status
    assert rows() == []


def test_a_contradiction_is_refused_and_named(at: str, take: str, met: Any, client_of: Sign) -> None:
    client = client_of("teacher")
    word = {"kind": "attendance", "code": "absent", "first": None, "last": None, "minutes": None}
    post(client, take, sent(met.pupils[0]), sent(met.pupils[0], **word))
    answer = client.post(at, {"agreed": "1"})
    assert answer.status_code == 422
    assert "says that the pupil took part" in told(answer)
    assert rows() == []


def test_it_is_not_certified_before_its_last_day(at: str, client_of: Sign, settings: Any) -> None:
    settings.NOW = "2020-09-10T16:00"
    client = client_of("teacher")
    assert "can be certified on its last school day" in told(client.get(at))
    assert client.post(at, {"agreed": "1"}).status_code == 422


def test_a_later_correction_makes_version_two_that_names_the_first(
    at: str, take: str, met: Any, client_of: Sign, settings: Any
) -> None:
    from schooldesk.ledger import reads

    client, one = client_of("teacher"), sent(met.pupils[0])
    post(client, take, one)
    client.post(at, {"agreed": "1"})
    settings.NOW = "2020-09-14T08:00"
    post(client, take, sent(met.pupils[0], first=550, minutes=20, corrects=one["id"]))
    assert "Something was entered since" in told(client.get(at))
    client.post(at, {"agreed": "1"})
    first, second = rows()
    assert (first.version, second.version) == (1, 2)
    with scope.district("maple"):
        assert reads.sealed(second).head.names == first.digest
    page = client.get(at).content.decode()
    assert first.digest in page
    assert second.digest in page


def test_the_form_is_a_pdf_of_all_a_class_a_pupil_and_an_older_version(
    at: str, take: str, met: Any, client_of: Sign, cast: Cast
) -> None:
    from pypdf import PdfReader

    client = client_of("teacher")
    post(client, take, sent(met.pupils[0]))
    client.post(at, {"agreed": "1"})
    for query in ("", f"?pupil={met.pupils[0]}", f"?class={met.source}", "?version=1", "?lang=es"):
        answer = client.get(f"{at}form.pdf{query}")
        assert answer.status_code == 200, query
        assert answer["Content-Type"] == "application/pdf"
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        assert rows()[0].digest[:16] in text.replace("\n", "")
    assert client.get(f"{at}form.pdf?version=2").status_code == 404
    assert client.get(f"{at}form.pdf?pupil=nobody").status_code == 404
    forms = client_of("principal").get(f"/d/maple/week/{cast.school}/{MONDAY}/forms.pdf")
    assert forms.content.startswith(b"%PDF")


def test_a_principal_sees_which_weeks_are_certified_open_or_overdue(
    cast: Cast, met: Any, take: str, client_of: Sign, settings: Any
) -> None:
    client = client_of("principal")
    assert "overdue" not in told(client.get(f"/d/maple/week/?on={MONDAY}"))
    certify(cast.teacher, cast.school)
    settings.NOW = "2020-09-14T08:00"
    said = told(client.get(f"/d/maple/week/?on={MONDAY}"))
    assert " certified " in said
    assert " overdue " in said
    post(client_of("teacher"), take, sent(met.pupils[0]))
    assert "changed since it was certified" in told(client.get(f"/d/maple/week/?on={MONDAY}"))
    assert client.get(f"/d/maple/week/?school={cast.other_school}").status_code == 403
    own = told(client_of("teacher").get(f"/d/maple/week/?on={MONDAY}"))
    assert own.count("version 1") == 1
    assert "overdue" not in own, "a teacher sees no colleague's week"


def test_whoever_is_not_the_teacher_is_logged(at: str, client_of: Sign) -> None:
    client_of("teacher").get(at)
    with scope.district("maple"):
        assert not AccessLog.objects.exists()
    client_of("principal").get(at)
    with scope.district("maple"):
        assert AccessLog.objects.get().page.startswith("week ")


def test_a_planner_verifies_the_chain_and_the_answer_is_kept(
    cast: Cast, client_of: Sign, settings: Any
) -> None:
    certify(cast.teacher, cast.school)
    client, at = client_of("planner"), "/d/maple/week/chain/"
    assert "Nobody has verified it yet." in told(client.get(at))
    assert client.post(at).status_code == 303
    assert "1 seal: no fault" in told(client.get(at))
    parquet = next((Path(settings.VAR) / "seals" / "maple").rglob("*.parquet"))
    parquet.write_bytes(parquet.read_bytes() + b"x")
    client.post(at)
    said = told(client.get(at))
    assert "are not those that were sealed" in said
    assert "1 seal: no fault" in said, "what was found before stays"
    assert "Nobody has verified it yet." in told(client_of("foreigner").get("/d/cedar/week/chain/"))


def test_a_seal_that_was_taken_away_is_told_by_the_desks_own_digests(
    cast: Cast, client_of: Sign, settings: Any, at: str
) -> None:
    import shutil

    certify(cast.teacher, cast.school)
    shutil.rmtree(Path(settings.VAR) / "seals" / "maple")
    client_of("planner").post("/d/maple/week/chain/")
    assert "is not there as it was" in told(client_of("planner").get("/d/maple/week/chain/"))
    assert client_of("teacher").get(f"{at}form.pdf").status_code == 409


def test_a_week_that_could_not_be_sealed_waits_and_is_sealed_later_as_it_was_certified(
    cast: Cast, met: Any, take: str, at: str, client_of: Sign, monkeypatch: Any
) -> None:
    from schoolday.files.ledger.read import read_week
    from schoolday.files.ledger.seal import Seals
    from schoolday.ground.errors import SchooldayError
    from schooldesk.ledger import reads, sealing

    client = client_of("teacher")
    post(client, take, sent(met.pupils[0]))

    def broken(*_: Any) -> None:
        raise SchooldayError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Seals, "seal", broken)
        client.post(at, {"agreed": "1"})
    assert "the disk is full" in told(client.get(at))
    post(client, take, sent(met.pupils[1]))
    sealing.do_what_waits()
    (row,) = rows()
    with scope.district("maple"):
        assert [one.pupil for one in read_week(reads.sealed(row)).entries] == [met.pupils[0]]
    assert row.failed == ""


def test_a_seal_that_the_database_does_not_know_is_taken_up_with_its_entries(
    cast: Cast, met: Any, take: str, client_of: Sign
) -> None:
    from django.db import connection

    from schooldesk.ledger import sealing

    post(client_of("teacher"), take, sent(met.pupils[0]))
    sealed = certify(cast.teacher, cast.school)
    with connection.cursor() as cursor:
        for table in ("ledger_certified", "ledger_entry"):
            cursor.execute(f"DELETE FROM {table}")
    sealing.do_what_waits()
    (row,) = rows()
    assert (row.digest, row.version, row.by) == (sealed.digest, 1, cast.teacher)
    assert [one.pupil for one in stored()] == [met.pupils[0]]
    assert certify(cast.teacher, cast.school).digest, "and the chain goes on"


def test_day_packs_follow_a_seal(cast: Cast, met: Any, take: str, client_of: Sign, settings: Any) -> None:
    from schooldesk.ledger import sealing

    post(client_of("teacher"), take, sent(met.pupils[0]))
    certify(cast.teacher, cast.school)
    assert sealing.make_packs("maple") == 4
    assert (Path(settings.VAR) / "days" / "maple" / "2020-09-08.parquet").exists()
    assert sealing.make_packs("maple") == 0


def test_the_commands_seal_verify_and_pack(cast: Cast) -> None:
    from typer.testing import CliRunner

    from schooldesk.ledger.commands import ledger_app

    certify(cast.teacher, cast.school)
    run = CliRunner()
    assert "0 weeks were sealed; 0 wait." in run.invoke(ledger_app, ["seal", "--district", "maple"]).output
    assert "1 seals, 0 faults." in run.invoke(ledger_app, ["verify", "--district", "maple"]).output
    assert "4 day packs" in run.invoke(ledger_app, ["packs", "--district", "maple"]).output
    assert run.invoke(ledger_app, ["verify"]).exit_code == 2


def test_a_week_of_independent_study_is_judged_by_its_own_law(
    cast: Cast, client_of: Sign, settings: Any, met: Any
) -> None:
    from schooldesk.day import request
    from schooldesk.ledger import weeks
    from schooldesk.roster.models import District
    from tests.desk.emergencies import later

    later()
    District.objects.update(plan=None)
    request.forget()
    weeks.forget()
    settings.NOW = "2026-09-11T16:00"
    client, monday = client_of("teacher"), "2026-09-07"
    work = {"kind": "work", "code": "submitted", "first": None, "last": None, "minutes": 400}
    post(client, f"/d/maple/take/{met.source}/2026-09-08/", sent(met.pupils[0], **work))
    at = f"/d/maple/week/{cast.school}/{cast.teacher}/{monday}/"
    said = told(client.get(at))
    assert "independent study" in said
    assert "work 400 + synchronous – of" in said
    assert "earns a day" not in said, "nothing is earned before it is certified"
    assert client.post(at, {"agreed": "1"}).status_code == 303
    assert "earns a day" in told(client.get(at))


def test_another_districts_week_is_not_there(at: str, client_of: Sign) -> None:
    assert client_of("foreigner").get(at).status_code == 404
    assert client_of("foreigner").get(at.replace("/d/maple/", "/d/cedar/")).status_code == 404


def test_certifying_twice_without_a_change_between_is_one_word_and_one_version(
    at: str, take: str, met: Any, client_of: Sign
) -> None:
    client = client_of("teacher")
    post(client, take, sent(met.pupils[0]))
    for _ in range(2):
        assert client.post(at, {"agreed": "1"}).status_code == 303
    assert [row.version for row in rows()] == [1]
    post(client, take, sent(met.pupils[1]))
    client.post(at, {"agreed": "1"})
    assert [row.version for row in rows()] == [1, 2]


def test_no_form_is_printed_from_a_file_that_is_not_what_was_sealed(
    at: str, cast: Cast, take: str, met: Any, client_of: Sign, settings: Any
) -> None:
    client = client_of("teacher")
    post(client, take, sent(met.pupils[0]))
    certify(cast.teacher, cast.school)
    (file,) = (Path(settings.VAR) / "seals" / "maple").glob("*/*.parquet")
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    try:
        answer = client.get(f"{at}form.pdf")
    finally:
        file.write_bytes(data)
    assert answer.status_code == 409
    assert file.name in told(answer)
    assert str(settings.VAR) not in told(answer)
