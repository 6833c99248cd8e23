"""FET's file: the same question in its words, and its answer read back and judged by our check."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from schoolday.files.fet import FetRefused, read_fet, write_fet
from schoolday.ground.spans import Span
from schoolday.sample.bench import bench_school
from schoolday.timetable.check import check
from schoolday.timetable.problem import Activity, Grid, Limits, TimetableProblem, What
from schoolday.timetable.timetable import Placement, Timetable


def _activity(name: str, teacher: str, pupils: tuple[str, ...], times: int = 2, **more: object) -> Activity:
    days = (0, 1, 2)
    base = Activity(name, name, "section", What.SECTION, name, (teacher,), pupils, 60, days, times)
    return replace(base, **more)  # type: ignore[arg-type]


def _small() -> TimetableProblem:
    pupil = Limits("pupil", Span(480, 720), most_live=180, longest_live=120)
    teacher = Limits("teacher", Span(480, 720))
    activities = (
        _activity("math", "t", ("a", "b"), place="lab"),
        _activity("art", "u", ("a",), length=2, minutes=120, place="lab"),
        _activity("talk", "t", ("b", "c"), times=1, days=(2,), starts=0b10),
    )
    return TimetableProblem(
        "s",
        Grid(480, 60, 4, 3),
        activities,
        {limits.id: limits for limits in (pupil, teacher, Limits("off", None))},
        dict.fromkeys("abc", "pupil"),
        {"t": ("teacher",) * 3, "u": ("teacher", "teacher", "off")},
        rooms={"lab": 1},
    )


def test_a_problem_is_written_without_anything_left_out(tmp_path: Path) -> None:
    assert write_fet(_small(), tmp_path / "s.fet") == ()
    root = Xml.parse(tmp_path / "s.fet").getroot()
    assert [a.findtext("Id") for a in root.iter("Activity") if a.find("Id") is not None] == list("12345")
    assert [e.findtext("Maximum_Hours_Daily") for e in root.iter("ConstraintStudentsSetMaxHoursDaily")] == [
        "3"
    ]
    away = root.find("Time_Constraints_List/ConstraintTeacherNotAvailableTimes")
    assert away is not None
    assert (away.findtext("Teacher"), away.findtext("Number_of_Not_Available_Times")) == ("u", "4")


def test_what_fet_cannot_say_is_returned_in_words(tmp_path: Path) -> None:
    problem = _small()
    fed = replace(problem.limits["teacher"], lunch=Span(600, 720), lunch_minutes=30, preparation=60)
    problem = replace(problem, limits={**problem.limits, "teacher": fed})
    left_out = write_fet(problem, tmp_path / "s.fet")
    assert left_out == (
        "Teacher t: lunch", "Teacher t: preparation", "Teacher u: lunch", "Teacher u: preparation",
    )  # fmt: skip


def test_a_timetable_written_as_locked_starts_is_read_back(tmp_path: Path) -> None:
    problem, path = _small(), tmp_path / "s.fet"
    write_fet(problem, path)
    tree = Xml.parse(path)
    parent = tree.getroot().find("Time_Constraints_List")
    assert parent is not None
    for number, day, hour in ((1, "Mon", "H00"), (2, "Wed", "H03"), (5, "Wed", "H01")):
        element = Xml.SubElement(parent, "ConstraintActivityPreferredStartingTime")
        for tag, text in (("Activity_Id", str(number)), ("Preferred_Day", day), ("Preferred_Hour", hour)):
            Xml.SubElement(element, tag).text = text
    tree.write(path)
    placed = (Placement("math", 0, 0), Placement("math", 2, 3), Placement("talk", 2, 1))
    assert read_fet(path, problem) == Timetable("s", placed)


def test_a_file_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.fet").write_text("not a file of FET's")
    with pytest.raises(FetRefused, match="give the file that FET wrote"):
        read_fet(tmp_path / "x.fet", _small())


def test_the_same_seed_gives_the_same_benchmark_school() -> None:
    assert bench_school(3) == bench_school(3)
    assert bench_school(3) != bench_school(4)


def test_a_benchmark_school_has_the_size_it_says() -> None:
    problem = bench_school(1)
    sections = [activity for activity in problem.activities if activity.line == "section"]
    assert (len(problem.pupil_limits), len(sections), len(problem.pairs)) == (1200, 240, 180)
    assert len({teacher for activity in sections for teacher in activity.teachers}) == 45
    assert 750 <= problem.meetings <= 790


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("fet-cl"), reason="FET (Debian's package fet) is not installed")
@pytest.mark.parametrize("which", ["small", "bench"])
def test_what_fet_makes_of_our_file_is_lawful_by_our_check(which: str, tmp_path: Path) -> None:
    problem = _small() if which == "small" else bench_school(1)
    assert write_fet(problem, tmp_path / "x.fet") == ()
    command = ["fet-cl", f"--inputfile={tmp_path}/x.fet", f"--outputdir={tmp_path}", "--timelimitseconds=60"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([*command, "--htmllevel=0"], env=environment, check=True, capture_output=True, timeout=90)
    found = read_fet(tmp_path / "timetables/x/x_data_and_timetable.fet", problem)
    assert len(found.placements) == problem.meetings
    assert check(problem, found) == []
