"""The reference pages say what the source says; when one is stale, run docs/generate.py."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from schoolday.cli.codes import CODES
from schoolday.measures.found import SAID as MEASURED
from schoolday.timetable.check.bounds import WORDS

ROOT = Path(__file__).parents[2]


def _generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands.md", "rules.md", "findings.md"])
def test_a_page_of_the_reference_is_as_the_source_is(name: str) -> None:
    made = _generate().PAGES[name]()
    there = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert there == made, "run .venv/bin/python docs/generate.py"


MADE = {"f'day.{self.measure}'", "f'timetable.{role}_clash'", "f'{self.kind}.{code}'"}
"""The codes that are put together in the source; any other would be missed here."""


def _files() -> Iterator[Path]:
    yield from (file for file in sorted((ROOT / "schoolday").rglob("*.py")) if file.parent.name != "cli")


def _trees() -> Iterator[ast.AST]:
    yield from (ast.parse(file.read_text(encoding="utf-8")) for file in _files())


KINDS = {
    "cohorts": "cohorts",
    "records": "records",
    "readings": "conditions",
    "emergencies": "emergency",
    "learning": "learning",
    "standards": "standards",
    "service_log": "services",
    "reengage": "reengage",
    "engines": "measures",
    "ledger": "ledger",
}
"""What the faults of a reader are of, by its folder or file; any other's are of rosters."""


def _kinds(file: Path) -> tuple[str, ...]:
    """Return what the faults that a file names are of: those of sheets may be of anything."""
    if file.parent.name == "sheets":
        return ("roster", *KINDS.values())
    return (KINDS.get(file.parent.name) or KINDS.get(file.stem, "roster"),)


def _codes() -> Iterator[str]:
    for file in _files():
        yield from _codes_of(file)
    yield from (f"day.{measure}" for measure in WORDS)
    yield from ("timetable.teacher_clash", "timetable.pupil_clash")
    found = (ROOT / "schoolday" / "measures" / "found.py").read_text(encoding="utf-8").split("SAID:")[0]
    yield from (f"measures.{code}" for code in MEASURED if f'"{code}"' in found)


def _codes_of(file: Path) -> Iterator[str]:
    rooms = "cohorts|day|emergency|learning|ledger|program|reengage|roster|rules|services|table|timetable"
    code = re.compile(rf"({rooms})\.[a-z_]+")
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            if isinstance(node, ast.IfExp):
                ends = (node.body, node.orelse)
                texts = [str(end.value) for end in ends if isinstance(end, ast.Constant)]
                yield from (text for text in texts if code.fullmatch(text))
            continue
        texts = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
        yield from (text for text in texts if isinstance(text, str) and code.fullmatch(text))
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        first = node.args[0] if len(node.args) > 2 else None
        if name == "add" and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield from (f"{kind}.{first.value}" for kind in _kinds(file))


def test_every_code_of_a_finding_has_its_sentence_and_no_sentence_is_left_over() -> None:
    assert set(_codes()) == set(CODES)


def test_codes_are_put_together_only_where_this_test_knows() -> None:
    joined = {
        ast.unparse(node)
        for tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        and re.match(r"f'(timetable|day|program|rules|roster|\{self.kind\})\.\{", ast.unparse(node))
    }
    assert joined == MADE


def test_every_sentence_is_one() -> None:
    for code, said in CODES.items():
        assert said[0].isupper(), code
        assert said.endswith("."), code
