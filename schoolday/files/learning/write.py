"""Write groups, and a folder of learning, as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from schoolday.calendar.days import WEEK
from schoolday.files.kept import closed_folder
from schoolday.files.learning.layout import CONSENTS, ESSENTIALS, EXAMS, GROUP_ROWS, NOBODY, OWN, RECORDINGS
from schoolday.files.oneroster.binding import BINDING
from schoolday.files.sheets.checks import in_list
from schoolday.files.sheets.write import write_csv
from schoolday.ground.spans import clock
from schoolday.learning.exams import Exam, Score
from schoolday.learning.groups import SmallGroup
from schoolday.learning.recordings import Consent, Recording
from schoolday.learning.standards import Essential, Framework
from schoolday.roster import Roster


def write_groups(
    file: Path, groups: Iterable[SmallGroup], framework: Framework, first: date, last: date
) -> None:
    """Write a row for each pupil of each group, as `read_groups` takes it."""
    rows = (
        (
            one.number, framework.standards[one.standard].name, WEEK[one.time.day],
            clock(one.time.span.start), clock(one.time.span.end), one.teacher, pupil, first, last,
        )
        for one in groups
        for pupil in one.pupils
    )  # fmt: skip
    write_csv(file, [column.name for column in GROUP_ROWS], rows)


def write_learning(
    folder: Path, roster: Roster, framework: Framework, *, exams: Mapping[str, Exam] | None = None,
    scores: Iterable[Score] = (), essentials: Iterable[Essential] = (), recordings: Iterable[Recording] = (),
    consents: Iterable[Consent] = (),
) -> None:  # fmt: skip
    """Write exams and scores as OneRoster 1.2, and what is schoolday's own beside them."""
    closed_folder(folder)
    exams = exams or {}
    names = {one.id: one.name for one in framework.standards.values()}
    _oneroster(folder, "categories", [{"sourcedId": "exams", "title": "Exams"}])
    _oneroster(folder, "lineItems", (_line(one, roster) for one in exams.values()))
    _oneroster(folder, "lineItemLearningObjectiveIds", _objectives(exams.values()))
    some = list(scores)
    _oneroster(folder, "results", (_result(one, exams[one.exam]) for one in some if not one.standard))
    finer = (_finer(one, exams[one.exam]) for one in some if one.standard)
    _oneroster(folder, "resultLearningObjectiveIds", finer)
    _write(folder, EXAMS, map(_exam, exams.values()))
    _write(folder, ESSENTIALS, (_essential(one, names) for one in essentials))
    _write(folder, RECORDINGS, (_recording(one, names) for one in recordings))
    _write(folder, CONSENTS, map(_consent, consents))


def span_of(grades: Sequence[str]) -> str:
    """Return a span of grades as a file has it: ``3``, ``TK-2``, or nothing."""
    return "-".join(dict.fromkeys((grades[0], grades[-1]))) if grades else ""


def _write(folder: Path, name: str, rows: Iterable[tuple[object, ...]]) -> None:
    made = list(rows)
    if made:
        write_csv(folder / name, [column.name for column in OWN[name]], made)


def _oneroster(folder: Path, name: str, rows: Iterable[Mapping[str, object]]) -> None:
    head = [column.name for column in BINDING["1.2"][name]]
    made = [[row.get(column, "") for column in head] for row in rows]
    if made:
        write_csv(folder / f"{name}.csv", head, made)


def _exam(one: Exam) -> tuple[object, ...]:
    return (one.id, one.chooser.value, one.by, one.common, span_of(one.grades), "", one.items or "")


def _essential(one: Essential, names: Mapping[str, str]) -> tuple[object, ...]:
    return (names[one.standard], one.grade, one.first, one.last or "", one.by, one.source)


def _consent(one: Consent) -> tuple[object, ...]:
    return (one.person, one.section, "yes" if one.given else "no", one.by, one.day)


def _line(one: Exam, roster: Roster) -> Mapping[str, object]:
    return {
        "sourcedId": one.id,
        "title": one.title,
        "assignDate": one.day,
        "dueDate": one.day,
        "classSourcedId": one.section,
        "categorySourcedId": "exams",
        "academicSessionSourcedId": "year",
        "resultValueMin": one.least,
        "resultValueMax": "" if one.most is None else one.most,
        "schoolSourcedId": roster.sections[one.section].school,
    }


def _objectives(exams: Iterable[Exam]) -> Iterator[Mapping[str, object]]:
    for one in exams:
        for place, standard in enumerate(one.standards, 1):
            yield {
                "sourcedId": f"{one.id}-{place}",
                "lineItemSourcedId": one.id,
                "source": "case",
                "learningObjectiveId": standard,
            }


def _points(one: Score, exam: Exam) -> object:
    return "" if one.share is None else round(exam.least + one.share * ((exam.most or 1.0) - exam.least), 6)


def _finer(one: Score, exam: Exam) -> Mapping[str, object]:
    return {
        "sourcedId": f"{one.exam}-{one.pupil}-{one.standard}",
        "resultSourcedId": f"{one.exam}-{one.pupil}",
        "source": "case",
        "learningObjectiveId": one.standard,
        "score": _points(one, exam),
    }


def _result(one: Score, exam: Exam) -> Mapping[str, object]:
    return {
        "sourcedId": f"{one.exam}-{one.pupil}",
        "lineItemSourcedId": one.exam,
        "studentSourcedId": one.pupil,
        "scoreStatus": one.grading.value.replace("_", " "),
        "score": _points(one, exam),
        "scoreDate": one.day,
        "missing": "",
    }


def _recording(one: Recording, names: Mapping[str, str]) -> tuple[object, ...]:
    return (
        one.id, one.section, one.day, one.title, one.link, one.minutes or "",
        in_list(names[standard] for standard in one.standards), one.posted_by, one.posted,
        one.keep_until or "", in_list(one.recorded) or NOBODY, in_list(one.captions),
    )  # fmt: skip
