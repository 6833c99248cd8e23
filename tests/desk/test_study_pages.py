"""Independent study at the desk: the day against the minimum day, samples by period, the ratio."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.people.models import AccessLog, Event
from tests.desk.conftest import Cast
from tests.desk.ledgers import post, sent, stored
from tests.desk.studies import MONDAY, TUESDAY, WEDNESDAY, account, study, work
from tests.desk.words import told

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
STUDY = "/d/maple/study/"
ONCE = "0123456789abcdef"


@pytest.fixture(autouse=True)
def _study(settings: Any, db: None) -> None:
    study(settings)


@pytest.fixture
def pupil(cast: Cast) -> str:
    return cast.family.pupils[0]


@pytest.fixture
def section(cast: Cast, pupil: str) -> str:
    from schooldesk.roster import reads
    from tests.desk.ledgers import home_of

    with scope.district("maple"):
        there = reads.of_schools(home_of(), [cast.school])
    taught = {row.section for row in there.teaching if row.staff == cast.teacher}
    return next(row.section for row in there.enrollments_of[pupil] if row.section in taught)


@pytest.fixture
def at(pupil: str) -> str:
    return f"{STUDY}pupils/{pupil}/"


def take(client: Client, section: str, day: str, *entries: dict[str, Any]) -> None:
    answer = post(client, f"/d/maple/take/{section}/{day}/", *entries)
    assert answer.status_code == 200, answer.content


def certify(client: Client, cast: Cast) -> None:
    answer = client.post(f"/d/maple/week/{cast.school}/{cast.teacher}/{MONDAY}/", {"agreed": "1"})
    assert answer.status_code == 303


def choose(client: Client, at: str, entry: str, subject: str = "english", once: str = ONCE) -> Any:
    return client.post(at, {"do": "choose", "once": once, "entry": entry, "subject": subject})


def events() -> list[str]:
    with scope.district("maple"):
        found = Event.objects.filter(what__startswith="ledger.").order_by("pk")
        return list(found.values_list("what", flat=True))


def test_a_teacher_sees_their_own_pupils_day_against_the_minimum_day(
    cast: Cast, pupil: str, section: str, at: str, client_of: Sign
) -> None:
    client = client_of("teacher")
    take(client, section, TUESDAY, sent(pupil), sent(pupil, **work(60)), sent(pupil, **work(None)))
    said = told(client.get(f"{STUDY}?on={TUESDAY}"))
    assert "90+ of" in said
    assert "1 work has no judged time value" in said
    assert "not everything of this day is certified" in said
    page = told(client.get(f"{at}?on={TUESDAY}"))
    assert "joined live 9:00" in page
    assert "Every minute of work credited is judged by a teacher" in page
    assert "California Education Code § 51747.5(b)" in page
    assert "not judged yet" in page


def test_a_day_is_earned_once_it_is_certified_and_short_days_say_by_how_much(
    cast: Cast, pupil: str, section: str, at: str, client_of: Sign
) -> None:
    client = client_of("teacher")
    take(client, section, TUESDAY, sent(pupil, **work(400)))
    take(client, section, WEDNESDAY, sent(pupil, **work(30)))
    assert "earns the day" not in told(client.get(f"{at}?on={TUESDAY}"))
    certify(client, cast)
    from schooldesk.ledger.study import reads
    from tests.desk.ledgers import home_of

    with scope.district("maple"):
        days = [
            reads.studied(home_of(), cast.school, date.fromisoformat(day), [pupil]).days[pupil]
            for day in (TUESDAY, WEDNESDAY)
        ]
    assert days[0].day.credited == 1
    assert days[1].short == days[1].day.owed.value - 30  # type: ignore[operator]
    assert "earns the day" in told(client.get(f"{at}?on={TUESDAY}"))
    assert f"{days[1].short} minutes are missing" in told(client.get(f"{at}?on={WEDNESDAY}"))
    assert "form.pdf?pupil=" in client.get(f"{at}?on={TUESDAY}").content.decode()


def test_a_sample_is_chosen_replaced_and_taken_back_and_every_choice_stays(
    cast: Cast, pupil: str, section: str, at: str, client_of: Sign
) -> None:
    client = client_of("teacher")
    first, second = sent(pupil, **work(60)), sent(pupil, **work(45))
    take(client, section, TUESDAY, first)
    take(client, section, WEDNESDAY, second)
    said = told(client.get(at))
    assert "4 samples are missing, to be chosen by" in said
    assert all(f"{one} period: " in said for one in ("First", "Second", "Third"))
    assert choose(client, at, first["id"]).status_code == 303
    assert choose(client, at, first["id"]).status_code == 303, "sent twice, chosen once"
    assert "3 samples are missing" in told(client.get(at))
    assert choose(client, at, second["id"], once="another-name-1").status_code == 303
    said = told(client.get(at))
    assert "3 samples are missing" in said
    assert "replaced or taken back since" in said
    from schooldesk.ledger.study.models import Sample

    with scope.district("maple"):
        rows = list(Sample.objects.order_by("pk"))
        with pytest.raises(TypeError):
            Sample.objects.update(subject="science")
    assert [(row.entry, row.by, row.replaces) for row in rows] == [
        (first["id"], cast.teacher, ""),
        (second["id"], cast.teacher, ONCE),
    ]
    back = {"do": "back", "once": "another-name-2", "sample": "another-name-1"}
    assert client.post(at, back).status_code == 303
    assert "4 samples are missing" in told(client.get(at))
    assert events()[-3:] == ["ledger.sample", "ledger.sample", "ledger.sample.back"]


def test_a_sample_that_will_not_do_is_refused_in_words_and_nothing_is_kept(
    pupil: str, section: str, at: str, client_of: Sign
) -> None:
    client, one = client_of("teacher"), sent(pupil, **work(60))
    take(client, section, TUESDAY, one, sent(pupil, **work(None, "missing")))
    missing = stored()[-1].entry
    for entry in (missing, "nothing", sent(pupil)["id"]):
        answer = choose(client, at, entry)
        assert answer.status_code == 422
        assert "not on the record any more" in told(answer)
    assert choose(client, at, one["id"], subject="art").status_code == 422
    assert choose(client, at, one["id"]).status_code == 303
    assert "is a sample already" in told(choose(client, at, one["id"], "science", "another-name"))
    assert "sent before with another content" in told(choose(client, at, one["id"], "history"))
    assert events().count("ledger.sample") == 1


def test_a_sample_whose_work_is_taken_back_is_named_as_lost(
    pupil: str, section: str, at: str, client_of: Sign
) -> None:
    client, one = client_of("teacher"), sent(pupil, **work(60))
    take(client, section, TUESDAY, one)
    choose(client, at, one["id"])
    take(client, section, TUESDAY, sent(pupil, **work(None, "withdrawn"), corrects=one["id"]))
    said = told(client.get(at))
    assert "The work of 1 sample was taken back: choose another." in said
    assert "4 samples are missing" in said


def test_a_sample_keeps_the_week_certified(
    cast: Cast, pupil: str, section: str, at: str, client_of: Sign
) -> None:
    client, one = client_of("teacher"), sent(pupil, **work(60))
    take(client, section, TUESDAY, one)
    certify(client, cast)
    choose(client, at, one["id"])
    week = told(client.get(f"/d/maple/week/{cast.school}/{cast.teacher}/{MONDAY}/"))
    assert "This week is certified as it stands." in week


def test_the_samples_are_a_pdf_to_sign_in_english_and_spanish(
    pupil: str, section: str, at: str, client_of: Sign
) -> None:
    from pypdf import PdfReader

    client, one = client_of("teacher"), sent(pupil, **work(60))
    take(client, section, TUESDAY, one)
    choose(client, at, one["id"], "science")
    for lang, words in (("en", "Work samples"), ("es", "Muestras de trabajo")):
        answer = client.get(f"{at}samples.pdf?lang={lang}")
        assert answer["Content-Type"] == "application/pdf"
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        assert words in text
        assert "51747.5" in text


def test_a_colleague_a_far_clerk_and_a_stranger_see_nothing_and_others_are_logged(
    cast: Cast, pupil: str, at: str, section: str, client_of: Sign
) -> None:
    account("clerk", "clerk", schools=(cast.school,))
    account("far-clerk", "clerk", schools=(cast.other_school,))
    account("cedar-clerk", "clerk", "cedar", schools=("cedar-elementary",))
    for who, status in (("colleague", 403), ("far-clerk", 403), ("foreigner", 404), ("cedar-clerk", 404)):
        client = client_of(who)
        assert client.get(at).status_code == status, who
        assert client.post(at, {"do": "back", "once": ONCE}).status_code == status, who
        assert client.get(f"{at}samples.pdf").status_code == status, who
    assert client_of("foreigner").get(at.replace("/maple/", "/cedar/")).status_code == 404
    with scope.district("maple"):
        assert not AccessLog.objects.exists()
    client_of("teacher").get(at)
    client_of("teacher").get(STUDY)
    with scope.district("maple"):
        assert not AccessLog.objects.exists()
    assert client_of("clerk").get(at).status_code == 200
    assert client_of("principal").get(f"{STUDY}?school={cast.school}").status_code == 200
    with scope.district("maple"):
        assert [one.page.partition(" ")[0] for one in AccessLog.objects.order_by("pk")] == ["study", "study"]
    assert client_of("far-clerk").get(f"{STUDY}?school={cast.school}").status_code == 403
    assert client_of("clerk").get(f"{STUDY}?school=cedar-elementary").status_code == 404
    assert client_of("teacher").get(f"{STUDY}?school={cast.other_school}").status_code == 403
    assert client_of("teacher").get(f"{STUDY}?class=nothing").status_code == 404


def test_a_class_is_shown_alone(cast: Cast, pupil: str, section: str, client_of: Sign) -> None:
    from schooldesk.ledger.study import reads
    from tests.desk.ledgers import home_of

    with scope.district("maple"):
        inside = reads.in_activity(home_of(), cast.school, section, date.fromisoformat(TUESDAY))
    text = client_of("principal").get(f"{STUDY}?on={TUESDAY}&class={section}").content.decode()
    assert text.count("/study/pupils/") == len(inside)


def test_where_neither_plan_nor_agreement_says_so_nobody_is_in_independent_study(
    client_of: Sign, settings: Any
) -> None:
    settings.NOW = "2020-09-08T07:45"
    assert "Nobody here is in independent study" in told(client_of("teacher").get(f"{STUDY}?on=2020-09-08"))


def test_a_pupil_with_an_agreement_is_in_independent_study_on_its_days(
    cast: Cast, pupil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schoolday.rules.rule import Way
    from schooldesk.ledger import weeks
    from schooldesk.ledger.study import reads
    from tests.desk.emergencies import agreement, flood
    from tests.desk.ledgers import home_of

    monkeypatch.setattr(weeks, "way_of", lambda *_: Way.IN_PERSON)
    agreement(flood(), pupil, cast.teacher, (date(2026, 9, 8), date(2026, 9, 10)))
    with scope.district("maple"):
        home = home_of()
        there = reads.studying(home, cast.school, date(2026, 9, 9))
        assert [(one.pupil.id, one.since, one.by_agreement) for one in there] == [
            (pupil, date(2026, 9, 8), True)
        ]
        assert reads.studying(home, cast.school, date(2026, 9, 11)) == ()


RATIO = {
    "do": "state", "once": ONCE, "allowed": "fixed", "pupils": "25", "source": "Board, 2026-08-06, page 3",
    "teachers": "0.5", "teachers_source": "Staffing list of 2026-09-01",
}  # fmt: skip


def test_the_ratio_is_unverified_until_the_district_enters_its_figure_with_its_source(
    cast: Cast, pupil: str, section: str, client_of: Sign
) -> None:
    planner, teacher, at = client_of("planner"), client_of("teacher"), f"{STUDY}ratio/"
    take(teacher, section, TUESDAY, sent(pupil, **work(400)))
    certify(teacher, cast)
    said = told(planner.get(at))
    assert "1 certified day of attendance earned" in said
    assert "Nobody has entered which ratio the district chose" in said
    assert "California Education Code § 51745.6" in said
    assert planner.post(at, RATIO).status_code == 303
    assert planner.post(at, RATIO).status_code == 303
    said = told(planner.get(at))
    assert "Board, 2026-08-06, page 3" in said
    assert "full-time teachers: 0.50" in said
    assert "kept" in said
    assert events()[-1] == "ledger.ratio"
    assert planner.post(at, {"do": "back", "once": "another-name"}).status_code == 303
    assert "Nobody has entered which ratio" in told(planner.get(at))
    assert events()[-1] == "ledger.ratio.back"


def test_weeks_that_nobody_has_counted_leave_the_ratio_unverified_until_the_worker_has(
    cast: Cast, pupil: str, section: str, client_of: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schooldesk.ledger.study import earned
    from schooldesk.ledger.study.models import Earned

    teacher, planner, at = client_of("teacher"), client_of("planner"), f"{STUDY}ratio/"
    take(teacher, section, TUESDAY, sent(pupil, **work(400)))
    certify(teacher, cast)
    monkeypatch.setattr(earned, "AT_ONCE", 0)
    planner.post(at, RATIO)
    said = told(planner.get(at))
    assert "1 certified week of a school is still to be counted" in said
    assert "average daily attendance: –" in said
    earned.count_what_waits(lambda _number: None)
    earned.count_what_waits()
    with scope.district("maple"):
        assert [sum(row.grades.values()) for row in Earned.objects.all()] == [1]
    said = told(planner.get(at))
    assert "still to be counted" not in said
    assert "1 certified day of attendance earned" in said


def test_what_is_entered_after_a_certification_counts_once_it_is_certified(
    cast: Cast, pupil: str, section: str, client_of: Sign
) -> None:
    teacher, planner, at = client_of("teacher"), client_of("planner"), f"{STUDY}ratio/"
    take(teacher, section, TUESDAY, sent(pupil, **work(400)))
    certify(teacher, cast)
    take(teacher, section, WEDNESDAY, sent(pupil, **work(400)))
    assert "1 certified day of attendance earned" in told(planner.get(at))
    certify(teacher, cast)
    assert "2 certified days of attendance earned" in told(planner.get(at))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("pupils", "26", "at most 25"),
        ("pupils", "many", "Write a number above zero"),
        ("source", "", "Say where the number is written"),
        ("teachers_source", " ", "Say where the number is written"),
        ("allowed", "any", "Choose one of the list"),
    ],
)
def test_what_is_wrong_with_a_ratio_is_said(field: str, value: str, said: str, client_of: Sign) -> None:
    answer = client_of("planner").post(f"{STUDY}ratio/", RATIO | {field: value})
    assert answer.status_code == 422
    assert said in told(answer)


@pytest.mark.parametrize(
    ("who", "seen"), [("teacher", 403), ("principal", 200), ("planner", 200), ("foreigner", 404)]
)
def test_only_a_planner_enters_the_ratio(who: str, seen: int, client_of: Sign) -> None:
    client, at = client_of(who), f"{STUDY}ratio/"
    assert client.get(at).status_code == seen
    assert client.post(at, RATIO).status_code == (303 if who == "planner" else max(seen, 403))


def test_the_ratio_of_a_stranger_district_counts_nothing_of_this_one(
    cast: Cast, pupil: str, section: str, client_of: Sign
) -> None:
    take(client_of("teacher"), section, TUESDAY, sent(pupil, **work(400)))
    certify(client_of("teacher"), cast)
    client_of("planner").post(f"{STUDY}ratio/", RATIO)
    said = told(client_of("foreigner").get("/d/cedar/study/ratio/"))
    assert "0 certified days of attendance earned" in said
    assert "Nobody has entered which ratio" in said
