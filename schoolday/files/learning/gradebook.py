"""Exams and scores from OneRoster's gradebook files, 1.1 and 1.2, each fault by file, row and column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from schoolday.files.learning.layout import EXAMS, GRADEBOOK, OWN
from schoolday.files.oneroster.binding import BINDING
from schoolday.files.sheets.bundle import Bundle
from schoolday.files.sheets.checks import FITS, check_table, check_unique, items, rows_of
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.grades import grades_of
from schoolday.files.sheets.table import Table, header_of, read_table
from schoolday.ground.finding import Status
from schoolday.learning.exams import Chooser, Exam, Grading, Score
from schoolday.learning.standards import Framework
from schoolday.roster import Roster

Tables = dict[str, Table]


def read_gradebook(bundle: Bundle, roster: Roster, faults: Faults) -> Tables:
    """Return the gradebook's tables by name, checked; a file that is not there has none."""
    binding = BINDING[_version(bundle)]
    tables: Tables = {}
    for name in GRADEBOOK:
        data = bundle.read(f"{name}.csv") if name in binding and f"{name}.csv" in bundle.names else None
        if data is not None:
            tables[name] = read_table(f"{name}.csv", data, binding[name], faults)
            check_unique(tables[name], ("sourcedId",), faults)
    known: dict[str, Collection[str] | None] = {"classes": roster.sections, "users": roster.pupils}
    for name in ("categories", "lineItems", "results"):
        table = tables.get(name)
        known[name] = table["sourcedId"] if table is not None and table.whole else None
    known |= dict.fromkeys(("orgs", "academicSessions"))
    for name, table in tables.items():
        check_table(
            table, binding[name], known, faults, bulk=True, extensible="schoolSourcedId" in table.cells
        )
    return tables


def _version(bundle: Bundle) -> str:
    """Return the version whose columns the files have; 1.2 where that cannot be told."""
    if "lineItems.csv" in bundle.names:
        return "1.1" if "gradingPeriodSourcedId" in header_of(bundle.peek("lineItems.csv")) else "1.2"
    head = header_of(bundle.peek("results.csv")) if "results.csv" in bundle.names else []
    return "1.1" if "score" in head and "missing" not in head else "1.2"


def exams_of(tables: Tables, told: Table | None, framework: Framework, faults: Faults) -> dict[str, Exam]:
    """Return every exam by id: the line items, with what exams.csv tells of them."""
    rows = {row[0]: row[1:] for row in rows_of(told, OWN[EXAMS])}
    objectives = _objectives(tables, framework, faults)
    found: dict[str, Exam] = {}
    table = tables.get("lineItems")
    for line in _lines(table):
        chooser, by, common, grades, standards, number = rows.get(line["sourcedId"], ("",) * 6)
        named = (framework.find(one) for one in items(standards))
        asked = dict.fromkeys([*objectives.get(line["sourcedId"], ()), *(one.id for one in named if one)])
        if not FITS["date"](line["dueDate"]):
            continue
        found[line["sourcedId"]] = Exam(
            line["sourcedId"],
            line["title"],
            line["classSourcedId"],
            date.fromisoformat(line["dueDate"]),
            tuple(asked),
            Chooser(chooser) if chooser in tuple(Chooser) else Chooser.UNKNOWN,
            by,
            common,
            grades_of(grades),
            int(number) if FITS["integer"](number) and int(number) else None,
            _number(line["resultValueMax"]),
            _number(line["resultValueMin"]) or 0.0,
        )
    _say_unasked(table, found, faults)
    return found


def _lines(table: Table | None) -> Iterator[Mapping[str, str]]:
    if table is None:
        return
    for cells in zip(*table.cells.values(), strict=True):
        yield dict(zip(table.cells, cells, strict=True))


def _objectives(tables: Tables, framework: Framework, faults: Faults) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    table = tables.get("lineItemLearningObjectiveIds")
    for row, line in zip(table.rows if table else (), _lines(table), strict=True):
        standard = _standard(line, row, table, framework, faults)
        if standard:
            found[line["lineItemSourcedId"]].append(standard)
    return found


def _standard(
    line: Mapping[str, str], row: int, table: Table | None, framework: Framework, faults: Faults
) -> str:
    one = framework.find(line["learningObjectiveId"])
    if one is None and table is not None:
        said = f"{line['learningObjectiveId'][:60]!r} is a standard of no framework that was read"
        mend = "give its CASE file with --case; until then it is evidence of nothing"
        faults.add(
            "unknown_standard",
            said,
            table.file,
            row,
            "learningObjectiveId",
            mend=mend,
            status=Status.UNVERIFIED,
        )
    return one.id if one else ""


def _say_unasked(table: Table | None, exams: Mapping[str, Exam], faults: Faults) -> None:
    for row, line in zip(table.rows if table else (), _lines(table), strict=True):
        exam = exams.get(line["sourcedId"])
        if exam is None or table is None:
            continue
        if not exam.standards:
            said, mend = (
                f"nobody says which standards {exam.title[:40]!r} asks about",
                "name them in exams.csv",
            )
            faults.add("no_standard", said, table.file, row, "sourcedId", mend=mend, status=Status.UNVERIFIED)
        if exam.most is None:
            said, mend = "the highest score is not said, so no score of it can be read", "fill it in"
            faults.add(
                "no_most", said, table.file, row, "resultValueMax", mend=mend, status=Status.UNVERIFIED
            )
        elif exam.most <= exam.least:
            said = f"the highest score, {exam.most:g}, is not above the lowest, {exam.least:g}"
            faults.add("value", said, table.file, row, "resultValueMax", mend="correct one of them")


def scores_of(
    tables: Tables, exams: Mapping[str, Exam], framework: Framework, faults: Faults
) -> tuple[Score, ...]:
    """Return every score, whole and by standard; what was not handed in or graded has no share."""
    table = tables.get("results")
    found: dict[str, Score] = {}
    for row, line in zip(table.rows if table else (), _lines(table), strict=True):
        exam = exams.get(line["lineItemSourcedId"])
        if exam is None or table is None or not FITS["date"](line["scoreDate"]):
            continue
        share = _share(line, exam, table.file, row, faults)
        grading = _grading(line)
        day = date.fromisoformat(line["scoreDate"])
        found[line["sourcedId"]] = Score(exam.id, line["studentSourcedId"], day, share, grading)
    return (*found.values(), *_finer(tables, exams, found, framework, faults))


def _finer(
    tables: Tables,
    exams: Mapping[str, Exam],
    whole: Mapping[str, Score],
    framework: Framework,
    faults: Faults,
) -> Iterator[Score]:
    table = tables.get("resultLearningObjectiveIds")
    for row, line in zip(table.rows if table else (), _lines(table), strict=True):
        of = whole.get(line["resultSourcedId"])
        standard = _standard(line, row, table, framework, faults)
        if of is None or not standard or table is None:
            continue
        share = _share(line, exams[of.exam], table.file, row, faults)
        if share is not None:
            yield Score(of.exam, of.pupil, of.day, share, of.grading, standard)


def _share(line: Mapping[str, str], exam: Exam, file: str, row: int, faults: Faults) -> float | None:
    points = _number(line["score"])
    if points is None or exam.most is None or exam.most <= exam.least:
        return None
    if not exam.least <= points <= exam.most:
        said = f"{points:g} lies outside {exam.least:g} to {exam.most:g}, the scores of {exam.title[:40]!r}"
        faults.add("value", said, file, row, "score", mend="correct the score, or the exam's highest")
        return None
    return (points - exam.least) / (exam.most - exam.least)


def _grading(line: Mapping[str, str]) -> Grading:
    if "true" in (line.get("missing", ""), line.get("incomplete", ""), line.get("inProgress", "")):
        return Grading.NOT_SUBMITTED
    status = line["scoreStatus"].replace(" ", "_")
    return Grading(status) if status in tuple(Grading) else Grading.OTHER


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None
