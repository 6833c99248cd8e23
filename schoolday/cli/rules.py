"""Commands about the rules: check the books, list what stands on a date, show one rule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.clauses import clause_json, clause_lines
from schoolday.cli.options import Adopt, AsJson, Books, On, Places, WhatIf, book
from schoolday.cli.output import day_of, finding_json, say, say_error, say_findings, say_json
from schoolday.files.rulebooks import load, problems
from schoolday.ground.errors import SchooldayError
from schoolday.rules import BINDING, Layer
from schoolday.rules.tell import tell
from schoolday.rules.warn import warnings

rules = typer.Typer(
    no_args_is_help=True,
    help="The rulebooks: what stands, where it is written, what it makes.",
    pretty_exceptions_enable=False,
)

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="BOOK", exists=True, help="Books or folders of books; the shipped ones if left out."
    ),
]
Proposals = Annotated[bool, typer.Option("--proposals", help="List proposals too; they bind nobody.")]
RuleId = Annotated[str, typer.Argument(metavar="RULE", help="The rule's id.")]
OnOrAll = Annotated[str, typer.Option("--on", metavar="DATE", help="The date, as 2020-09-08.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(rules, name="rules")


@rules.command("check")
def check(paths: Paths = None, on: OnOrAll = "", as_json: AsJson = False) -> None:
    """Read the books and name every fault with its file, line and clause; with --on, warn of what lapses."""
    day = day_of(on) if on else None
    faults = problems(paths)
    found = load(paths) if not faults else None
    advice = warnings(found, day) if found and day else []
    if as_json:
        told = [
            {"file": one.file, "line": one.line, "clause": one.clause, "said": one.said} for one in faults
        ]
        say_json({"faults": told, "findings": [finding_json(finding) for finding in advice]})
    else:
        for fault in faults:
            say_error(str(fault))
        say_findings(advice)
    if found is None:
        raise typer.Exit(2)
    if not as_json:
        clauses = sum(len(rule.clauses) for rule in found.rules)
        say(f"{len(found.rules)} rules with {clauses} clauses; every one is cited.")


@rules.command("list")
def list_(
    on: On,
    place: Places = None,
    proposals: Proposals = False,
    rules: Books = None,
    what_if: WhatIf = None,
    adopt: Adopt = "",
    as_json: AsJson = False,
) -> None:
    """List the rules that stand on a date in a place (in all places if none is named), with citations."""
    found = book(rules, what_if, adopt)
    layers = frozenset(Layer) if proposals else BINDING | {Layer.GUIDANCE}
    everywhere = {rule.place for rule in found.rules}
    unknown = sorted(set(place or ()) - everywhere)
    if unknown:
        raise SchooldayError(f"no rule is of {', '.join(unknown)}; there are {', '.join(sorted(everywhere))}")
    standing = found.on(day_of(on), frozenset(place or everywhere), layers)
    if as_json:
        return say_json([clause_json(rule, clause) for rule, clause in standing.pairs])
    for rule, clause in standing.pairs:
        say(f"{rule.layer.value:<10} {clause.id}")
        say(f"           {tell(rule, clause)}. {clause.cite.source} ({clause.confidence.value})")
    say(f"{len(standing.pairs)} clauses stand on {on}.")
    return None


@rules.command("show")
def show(
    rule_id: RuleId,
    on: OnOrAll = "",
    rules: Books = None,
    what_if: WhatIf = None,
    as_json: AsJson = False,
) -> None:
    """Show a rule with all its clauses; with --on, the one that stands on that date or a refusal in words."""
    found = book(rules, what_if, "")
    try:
        rule = found.rule(rule_id.split("@")[0])
    except KeyError as error:
        raise SchooldayError(str(error.args[0])) from None
    clauses = (found.clause(rule.id, day_of(on)),) if on else rule.clauses
    if as_json:
        return say_json([clause_json(rule, clause) for clause in clauses])
    say(f"{rule.id}: {rule.title} ({rule.layer.value}, {rule.place})")
    for clause in clauses:
        for line in clause_lines(rule, clause):
            say(f"  {line}")
    for silence in rule.silences:
        last = silence.last.isoformat() if silence.last else "further notice"
        say(f"  Nothing from {silence.first} to {last}: {silence.reason}")
    return None
