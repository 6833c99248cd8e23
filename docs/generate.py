"""Write the reference pages from the source: the commands, the rules, the findings.

Run it after a change: ``.venv/bin/python docs/generate.py``. A test fails while a page is stale.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from schoolday.cli.clauses import clause_lines
from schoolday.cli.codes import CODES
from schoolday.files.rulebooks import load
from schoolday.ground.finding import Status
from schoolday.rules import Rule
from schoolday.rules.events import CIRCUMSTANCES, EVENTS, STEPS
from schoolday.rules.measures import MEASURES

FOLDER = Path(__file__).parent / "reference"
MADE = "<!-- Made by docs/generate.py; change the source and run it again. -->"


def commands() -> str:
    """Return the page of every command of both command lines."""
    lines = [MADE, "", "# Commands", ""]
    lines += [
        "Exit codes of `schoolday`: 0 all is well, 1 the findings say what is broken, 2 the input or the"
    ]
    lines += ["words are wrong, 3 no lawful timetable was found, 130 stopped by Ctrl-C.", ""]
    for name, module in (("schoolday", "schoolday.cli"), ("schooldesk", "schooldesk.cli")):
        app = importlib.import_module(module).app
        lines += _command(name, get_command(app), 2)
    return "\n".join(lines).rstrip() + "\n"


def _command(name: str, command: Any, depth: int) -> Iterator[str]:  # noqa: ANN401 - typer keeps its click to itself
    yield f"{'#' * depth} {name}"
    yield ""
    yield from (line.strip() for line in (command.help or "").strip().splitlines())
    yield ""
    inner = getattr(command, "commands", None)
    if inner:
        for key in sorted(inner):
            yield from _command(f"{name} {key}", inner[key], min(depth + 1, 4))
        return
    rows = [row for row in map(_parameter, command.params) if row]
    arguments = " ".join(_metavar(one) for one in command.params if one.param_type_name == "argument")
    yield f"`{name} {arguments}`".replace(" `", "`")
    yield ""
    if rows:
        yield from ("| word | means |", "| --- | --- |", *rows, "")


def _metavar(parameter: Any) -> str:  # noqa: ANN401 - typer keeps its click to itself
    return str(parameter.metavar or parameter.name.upper())


def _parameter(parameter: Any) -> str:  # noqa: ANN401 - typer keeps its click to itself
    if parameter.name == "help":
        return ""
    said = (getattr(parameter, "help", "") or "").replace("|", "\\|")
    if parameter.param_type_name == "argument":
        return f"| `{_metavar(parameter)}` | {said} |"
    needed = " Needed." if parameter.required else _default(parameter.default)
    return f"| `{parameter.opts[0]}` | {said}{needed} |"


def _default(value: Any) -> str:  # noqa: ANN401 - whatever an option's default is
    if value in (None, "", False, ()) or callable(value):
        return ""
    return f" Left out: {getattr(value, 'value', value)}."


def rules() -> str:
    """Return the page of every shipped rule, clause by clause."""
    book = load(None)
    lines = [MADE, "", "# Rules", ""]
    lines += [
        "Every rule of the shipped books, with each dated clause, its source, and how sure we are of it.",
        "The numbers of the 25 rules of California are in [the rulebooks' own page](../../rules/README.md);",
        "at the end stand the measures, and the events, steps and circumstances that rules name.",
        "",
    ]
    for name in dict.fromkeys(rule.book for rule in book.rules):
        lines += [f"## {name}", ""]
        for rule in book.rules:
            if rule.book == name:
                lines += _rule(rule)
    lines += ["## Measures", "", *(f"* `{one.name}` ({one.unit}): {one.said}" for one in MEASURES.values())]
    for title, names in (("Events", EVENTS), ("Steps", STEPS), ("Circumstances", CIRCUMSTANCES)):
        lines += ["", f"## {title}", "", *(f"* `{one.name}`: {one.said}" for one in names.values())]
    return "\n".join(lines).rstrip() + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.title}"
    yield ""
    party = f", offered by {rule.party}" if rule.party else ""
    yield f"`{rule.id}`: {rule.kind.value.replace('_', ' ')}, {rule.layer.value} in {rule.place}{party}"
    yield ""
    for clause in rule.clauses:
        first, *rest = clause_lines(rule, clause)
        yield f"* `{clause.id}`: {first}"
        # The line in the file moves with every edit of the book above it; its name does not.
        yield from (f"  * {line.strip()}" for line in rest[:-1])
        yield f"  * {clause.confidence.value}; checked {clause.checked.isoformat()}; `rules/{clause.file}`"
    for silence in rule.silences:
        last = silence.last.isoformat() if silence.last else "further notice"
        yield f"* nothing from {silence.first} to {last}: {silence.reason}"
    yield ""


def findings() -> str:
    """Return the page of every code of a finding."""
    lines = [MADE, "", "# Findings", ""]
    lines += [f"A finding is {', '.join(status.value for status in Status)}. Missing evidence is unverified,"]
    lines += ["never zero; guidance that is not kept is advice. `schoolday findings CODE` says the same.", ""]
    lines += ["| code | means |", "| --- | --- |"]
    lines += [f"| `{code}` | {said} |" for code, said in CODES.items()]
    return "\n".join(lines) + "\n"


PAGES = {"commands.md": commands, "rules.md": rules, "findings.md": findings}


def main() -> int:
    """Write every page that differs, and name it."""
    for name, page in PAGES.items():
        file, text = FOLDER / name, page()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            print(f"written: {file.relative_to(FOLDER.parent.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
