"""/d/<district>/learning/: classes, standards, exams, results by hand and from files, undo, families."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schooldesk import scope
from tests.desk.conftest import Cast
from tests.desk.learnings import exams, home_of, lay, section_of
from tests.desk.words import text_of

pytestmark = pytest.mark.django_db
MAPLE = Path("examples/maple/learning")


def events() -> list[str]:
    from schooldesk.people.models import Event

    with scope.district("maple"):
        return list(Event.objects.filter(what__startswith="learning").values_list("what", flat=True))


def upload(name: str, data: str | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (MAPLE / name).read_bytes() if data is None else data.encode())


def test_a_class_shows_what_is_known_and_too_little_is_no_verdict(
    cast: Cast, of: Callable[[str], Client]
) -> None:
    lay()
    text = text_of(of("teacher").get(f"/d/maple/learning/sections/{section_of(cast.teacher)}/"))
    assert "Learned" in text
    assert "Too little seen to say" in text
    assert "ca-scusd-demo.learning.mastery_share" in text


def test_a_planner_marks_a_standard_and_undoes_it(of: Callable[[str], Client]) -> None:
    from schooldesk.learning import reads

    planner = of("planner")
    form = {
        "grade": "3", "first": "2020-09-08", "last": "", "source": "Board of 1 September",
        "codes": "CCSS.Math.Content.3.OA.A.1",
    }  # fmt: skip
    assert planner.post("/d/maple/learning/standards/", form).status_code == 303
    assert "Board of 1 September" in text_of(planner.get("/d/maple/learning/standards/?grade=3"))
    twice = planner.post("/d/maple/learning/standards/", form)
    assert twice.status_code == 422
    assert "marked twice" in text_of(twice)
    with scope.district("maple"):
        entry = reads.entries()[0]
    planner.post(f"/d/maple/learning/entries/{entry.pk}/undo/")
    assert "Board of 1 September" not in text_of(planner.get("/d/maple/learning/standards/?grade=3"))
    planner.post(f"/d/maple/learning/entries/{entry.pk}/undo/", {"back": "1"})
    assert "Board of 1 September" in text_of(planner.get("/d/maple/learning/standards/?grade=3"))
    assert events() == ["learning.put_back", "learning.undone", "learning.entered"]


def test_a_mark_of_one_district_is_none_of_another(of: Callable[[str], Client]) -> None:
    lay("cedar")
    assert "No standard is marked" in text_of(of("planner").get("/d/maple/learning/standards/"))


def test_a_teacher_gives_an_exam_enters_a_class_and_undoes_it(
    cast: Cast, of: Callable[[str], Client]
) -> None:
    from schooldesk.learning import reads

    teacher, section = of("teacher"), section_of(cast.teacher)
    form = {"title": "Quiz", "day": "2020-09-08", "items": "10", "codes": "3.OA.A.1"}
    answer = teacher.post(f"/d/maple/learning/sections/{section}/", form)
    assert answer.status_code == 303, text_of(answer)
    at = answer["Location"].split("?")[0]
    with scope.district("maple"):
        pupils = [
            one.id for one in reads.pupils_of(home_of("maple"), section, exams("maple", section)[0].day)
        ]
    typed = {f"points-{one}": "9" for one in pupils}
    kept = teacher.post(at, typed | {f"points-{pupils[0]}": "e", f"points-{pupils[1]}": ""})
    assert kept.status_code == 303
    shown = text_of(teacher.get(at + kept["Location"].removeprefix("./")))
    assert f"Kept: {len(pupils) - 1} rows." in shown
    assert f"{len(pupils) - 2} pupils have a result" in shown
    with scope.district("maple"):
        entry = reads.entries()[0]
    assert teacher.post(f"/d/maple/learning/entries/{entry.pk}/undo/").status_code == 303
    assert "0 pupils have a result" in text_of(teacher.get(at))


def test_one_wrong_result_keeps_a_class_out_and_stands_beside_its_pupil(
    cast: Cast, of: Callable[[str], Client]
) -> None:
    from schooldesk.learning import reads

    lay()
    section = section_of(cast.teacher)
    row = exams("maple", section)[0]
    with scope.district("maple"):
        pupils = [one.id for one in reads.pupils_of(home_of("maple"), section, row.day)]
        before = reads.scores(of=[row.code])
    typed = {f"points-{one}": "1" for one in pupils} | {f"points-{pupils[-1]}": "many"}
    answer = of("teacher").post(f"/d/maple/learning/exams/{row.pk}/", typed)
    assert answer.status_code == 422
    assert "many" in text_of(answer)
    assert "write points, 0 to" in text_of(answer)
    with scope.district("maple"):
        assert reads.scores(of=[row.code]) == before


def test_an_exam_with_results_is_not_undone_before_them(cast: Cast, of: Callable[[str], Client]) -> None:
    from schooldesk.learning import reads

    teacher, section = of("teacher"), section_of(cast.teacher)
    form = {"title": "Quiz", "day": "2020-09-08", "items": "10", "codes": "3.OA.A.1"}
    at = teacher.post(f"/d/maple/learning/sections/{section}/", form)["Location"].split("?")[0]
    with scope.district("maple"):
        made = reads.entries()[0]
        pupil = reads.pupils_of(home_of("maple"), section, exams("maple", section)[0].day)[0]
    teacher.post(at, {f"points-{pupil.id}": "9"})
    refused = teacher.post(f"/d/maple/learning/entries/{made.pk}/undo/")
    assert refused.status_code == 409
    assert "undo these first" in text_of(refused)


def test_nobody_undoes_what_another_teacher_entered(cast: Cast, of: Callable[[str], Client]) -> None:
    entry = lay()
    assert of("teacher").post(f"/d/maple/learning/entries/{entry.pk}/undo/").status_code == 403
    assert of("foreigner").post(f"/d/cedar/learning/entries/{entry.pk}/undo/").status_code == 404


def test_which_exams_are_required_is_told_with_its_clause(of: Callable[[str], Client]) -> None:
    text = text_of(of("teacher").get("/d/maple/learning/exams/"))
    assert "at least 1" in text
    assert "ca-scusd.learning.district_exams@2020-09-08" in text


def test_an_exam_of_the_district_goes_to_each_class_that_teaches_its_subject(
    of: Callable[[str], Client],
) -> None:
    from schooldesk.learning import reads

    form = {"grade": "7", "title": "Fall", "day": "2020-09-08", "items": "12", "codes": "7.NS.A.1"}
    answer = of("planner").post("/d/maple/learning/exams/", form)
    assert answer.status_code == 303, text_of(answer)
    with scope.district("maple"):
        rows = reads.exam_rows()
    assert {row.section for row in rows} == {"maple-secondary-002"}
    assert rows[0].common == "Fall 2020-09-08 7"
    assert "1 class" in text_of(of("planner").get("/d/maple/learning/exams/"))
    assert of("teacher").post("/d/maple/learning/exams/", form).status_code == 403


def test_files_are_taken_in_whole_and_undone_whole(of: Callable[[str], Client]) -> None:
    from schooldesk.learning import reads

    planner = of("planner")
    names = [one.name for one in MAPLE.iterdir() if one.name != "entries.csv"]
    answer = planner.post("/d/maple/learning/take/", {"files": [upload(name) for name in names]})
    assert answer.status_code == 303, text_of(answer)
    with scope.district("maple"):
        entry = reads.entries()[0]
        assert len(reads.scores()) > 20
        assert reads.essentials(home_of("maple"))
    planner.post(f"/d/maple/learning/entries/{entry.pk}/undo/")
    with scope.district("maple"):
        assert reads.scores() == ()
        assert reads.essentials(home_of("maple")) == ()


def test_a_wrong_file_is_told_by_row_and_column_and_nothing_is_kept(of: Callable[[str], Client]) -> None:
    from schooldesk.learning import reads

    wrong = (
        "standard,grade,from,until,by,source\nX.1,3,2020-07-01,,board,Made up\n3.OA.A.1,99,soon,,board,x\n"
    )
    answer = of("planner").post("/d/maple/learning/take/", {"files": [upload("essentials.csv", wrong)]})
    assert answer.status_code == 422
    text = text_of(answer)
    for spot in ("essentials.csv:2 [standard]", "essentials.csv:3 [grade]", "essentials.csv:3 [from]"):
        assert spot in text
    with scope.district("maple"):
        assert reads.entries() == []


def test_a_teacher_brings_results_of_their_own_classes_alone(cast: Cast, of: Callable[[str], Client]) -> None:
    from schooldesk.learning import reads

    names = ("lineItems.csv", "categories.csv", "results.csv", "exams.csv")
    answer = of("teacher").post("/d/maple/learning/take/", {"files": [upload(name) for name in names]})
    assert answer.status_code == 422
    board = of("teacher").post("/d/maple/learning/take/", {"files": [upload("essentials.csv")]})
    assert "brought by the district" in text_of(board)
    with scope.district("maple"):
        assert reads.entries() == []


def gradebook(section: str) -> list[SimpleUploadedFile]:
    """Return the gradebook's lines of one section alone."""
    found = []
    for name in ("categories.csv", "lineItems.csv", "results.csv", "exams.csv"):
        head, *rows = (MAPLE / name).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = rows if name == "categories.csv" else [row for row in rows if f"{section}-" in row]
        found.append(upload(name, head + "".join(kept)))
    return found


def test_a_teachers_files_are_held_to_the_sections_that_they_teach(
    cast: Cast, of: Callable[[str], Client]
) -> None:
    from schooldesk.learning import reads

    mine, other = section_of(cast.teacher), "maple-elementary-002"
    refused = of("teacher").post("/d/maple/learning/take/", {"files": gradebook(other)})
    assert refused.status_code == 422
    assert "is a section that you do not teach" in text_of(refused)
    kept = of("teacher").post("/d/maple/learning/take/", {"files": gradebook(mine)})
    assert kept.status_code == 303, text_of(kept)
    assert {row.section for row in exams("maple", mine)} == {mine}
    with scope.district("maple"):
        assert len(reads.entries()) == 1


def test_a_pupil_of_others_is_refused_and_a_planners_look_is_logged(
    cast: Cast, of: Callable[[str], Client]
) -> None:
    from schooldesk.people.models import AccessLog

    at = f"/d/maple/learning/pupils/{cast.family.pupils[0]}/"
    assert of("colleague").get(at).status_code == 403
    assert of("foreigner").get(at.replace("/maple/", "/cedar/")).status_code == 404
    with scope.district("maple"):
        before = AccessLog.objects.count()
    assert of("teacher").get(at).status_code == 200
    assert of("planner").get(at).status_code == 200
    with scope.district("maple"):
        assert AccessLog.objects.count() == before + 1
        assert AccessLog.objects.first().household == cast.family.number


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", ("Learned", "Too little seen to say")), ("es", ("Aprendido", "Se ha visto muy poco"))],
)
def test_a_family_reads_how_sure_it_is_in_its_language(
    cast: Cast, client: Client, lang: str, words: tuple[str, ...]
) -> None:
    lay()
    text = text_of(client.get(f"/h/{cast.family.token}/learning/?lang={lang}"))
    for one in words:
        assert one in text
    assert text_of(client.get(f"/h/{cast.foreign.token}/learning/?lang={lang}")).count("<li><strong>") == 0
