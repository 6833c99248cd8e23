"""The terms in dispute and a side's private limits, as files: read whole, or refused with the line."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from schoolday.bargaining.disputed import Disputed
from schoolday.bargaining.front import Limit
from schoolday.files.disputed import read_limits, read_private, read_terms
from schoolday.ground.errors import SchooldayError

EXAMPLES = Path(__file__).parents[3] / "examples"
TERMS = """\
table: A table (made up)
place: ca-scusd-demo
terms:
  - term: live
    title: Live minutes
    measure: live_minutes
    bound: at_least
    grades: 1-3
    values: [120, 150]
  - term: end
    title: The day's end
    measure: day_end
    bound: at_most
    values: ["14:00", "15:30"]
  - term: recordings
    title: Recordings
    values: [none, all]
sides:
  - side: union
    title: The union
    measures: [{measure: teacher_live, better: less}]
  - side: district
    title: The district
    measures: [{measure: "term:recordings", better: more}]
"""
LIMITS = """\
side: union
limits:
  - {measure: teacher_live, at_most: 270}
  - {measure: "term:recordings", at_most: 0}
"""


def written(folder: Path, text: str, name: str = "some.yaml", mode: int = 0o600) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


@pytest.fixture
def disputed(tmp_path: Path) -> Disputed:
    return read_terms(written(tmp_path, TERMS))


def test_terms_are_read_with_numbers_times_of_day_and_words(disputed: Disputed) -> None:
    live, end, words = disputed.terms
    assert (live.values, live.sense, live.grades) == ((120.0, 150.0), "at_least", ("1", "2", "3"))
    assert end.values == (840.0, 930.0)
    assert words.values == ("none", "all")
    assert [side.name for side in disputed.sides] == ["union", "district"]


@pytest.mark.parametrize("name", ["maple", "sacramento"])
def test_the_examples_are_read(name: str) -> None:
    one = read_terms(EXAMPLES / name / "disputed.yaml")
    assert one.size == {"maple": 54, "sacramento": 625}[name]
    assert len(one.terms) == 4


def test_the_files_of_the_documentation_are_read(tmp_path: Path) -> None:
    text = (EXAMPLES.parent / "docs" / "common-ground.md").read_text(encoding="utf-8")
    terms, private = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    one = read_terms(written(tmp_path, terms))
    assert [term.name for term in one.terms] == ["live", "recordings"]
    assert len(read_limits(written(tmp_path, private), one)) == 2
    assert all(f"`{name}`" in text for name in one.measures if not name.startswith("term:"))


WRONG = {
    r":4: live: .*neither": ("    bound: at_least\n    grades: 1-3\n", "    grades: 1-3\n"),
    r":4: live: `joy` is no measure": ("measure: live_minutes", "measure: joy"),
    r":4: live: `many` is no number of minutes": ("[120, 150]", "[120, many]"),
    r":4: live: a value stands twice": ("[120, 150]", "[120, 120.0]"),
    r":10: end: 2000 is more or less than": ('"14:00"', '"2000"'),
    r":10: end: .*25:00": ('"14:00"', '"25:00"'),
    r":4: live: -5 is more or less than": ("[120, 150]", "[-5, 120]"),
    r":4: live: .*9-3": ("grades: 1-3", "grades: 9-3"),
    r":\d+: `values` holds too few": ("[none, all]", "[]"),
    r":\d+: `sides` is missing": (TERMS[TERMS.index("sides:") :], ""),
    r":\d+: `title` is missing": ("    title: Recordings\n", ""),
    r":\d+: `colour` is no key here": ("    title: Recordings\n", "    title: Recordings\n    colour: red\n"),
    r":\d+: `side` is a short name": ("side: union", "side: The Union"),
    r":\d+: `better`": ("better: less", "better: blue"),
    r"two terms are called live": ("term: recordings", "term: live"),
    r"two sides are called union": ("side: district", "side: union"),
    r"counts 'joy', which nobody measures": ("measure: teacher_live", "measure: joy"),
    r":\d+: ": ("table:", "table: ["),
}


@pytest.mark.parametrize("said", WRONG)
def test_wrong_terms_are_refused_with_file_and_line(tmp_path: Path, said: str) -> None:
    before, after = WRONG[said]
    assert before in TERMS
    with pytest.raises(SchooldayError, match=r"some\.yaml.*" + said):
        read_terms(written(tmp_path, TERMS.replace(before, after, 1)))


def test_terms_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_bytes(b"table: \xff\xfe")
    with pytest.raises(SchooldayError, match="not UTF-8"):
        read_terms(path)


def test_limits_are_read(tmp_path: Path, disputed: Disputed) -> None:
    assert read_limits(written(tmp_path, LIMITS), disputed) == (
        Limit("union", "teacher_live", None, 270.0),
        Limit("union", "term:recordings", None, 0.0),
    )


WRONG_LIMITS = {
    r":3: say at_least or at_most": (", at_most: 270", ""),
    r":3: no number is at_least this": ("at_most: 270", "at_most: 270, at_least: 300"),
    r"'cedar' is no side of this table": ("side: union", "side: cedar"),
    r"limits 'joy'; what can be limited is": ("teacher_live", "joy"),
    r":\d+: `at_most`": ("270", ".inf"),
}


@pytest.mark.parametrize("said", WRONG_LIMITS)
def test_wrong_limits_are_refused_with_file_and_line(tmp_path: Path, disputed: Disputed, said: str) -> None:
    before, after = WRONG_LIMITS[said]
    with pytest.raises(SchooldayError, match=r"some\.yaml.*" + said):
        read_limits(written(tmp_path, LIMITS.replace(before, after, 1)), disputed)


@pytest.mark.skipif(os.name != "posix", reason="only POSIX says who may read a file")
def test_limits_that_everybody_can_read_are_refused(tmp_path: Path, disputed: Disputed) -> None:
    with pytest.raises(SchooldayError, match="everybody on this machine can read these limits"):
        read_limits(written(tmp_path, LIMITS, mode=0o644), disputed)


def test_an_answer_to_a_side_never_says_what_is_wrong_with_whose_limits(
    tmp_path: Path, disputed: Disputed
) -> None:
    wrong = written(tmp_path, LIMITS.replace("teacher_live", "joy"), "union.yaml")
    with pytest.raises(SchooldayError) as refused:
        read_private([wrong], disputed)
    shown = f"{refused.value} {refused.value.__cause__} {refused.value.__context__}"
    assert "cannot be read" in shown
    for word in ("joy", "union", "270"):
        assert word not in shown
