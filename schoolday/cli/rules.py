"""Commands about the rules: check the books, list what stands on a date, show one rule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.output import AsJson, day_of, finding_json, say, say_error, say_findings, say_json
from schoolday.files.rulebooks import load, problems
from schoolday.ground.errors import SchooldayError
from schoolday.rules import BINDING, Clause, Layer, Rule
from schoolday.rules.tell import tell
from schoolday.rules.warn import warnings

rules = typer.Typer(no_args_is_help=True, help="The rulebooks.", pretty_exceptions_enable=False)

Paths = Annotated[
    list[Path] | None, typer.Argument(help="Books or folders of books; the shipped ones if left out.")
]
On = Annotated[str, typer.Option("--on", help="The date, as 2020-09-08.")]
In = Annotated[
    list[str] | None, typer.Option("--place", help="A place, from state to district; give it again for more.")
]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(rules, name="rules")


@rules.command("check")
def check(paths: Paths = None, on: On = "", as_json: AsJson = False) -> None:
    """Read the books and name every fault with its file, line and clause; with --on, warn of what lapses."""
    faults = problems(paths)
    if as_json:
        say_json(
            [{"file": one.file, "line": one.line, "clause": one.clause, "said": one.said} for one in faults]
        )
    for fault in faults if not as_json else ():
        say_error(str(fault))
    if faults:
        raise typer.Exit(2)
    book = load(paths)
    advice = warnings(book, day_of(on)) if on else []
    if as_json:
        return say_json([finding_json(finding) for finding in advice]) if on else None
    say_findings(advice)
    clauses = sum(len(rule.clauses) for rule in book.rules)
    say(f"{len(book.rules)} rules with {clauses} clauses; every one is cited.")
    return None


@rules.command("list")
def list_(on: On, place: In = None, proposals: bool = False, as_json: AsJson = False) -> None:
    """List the rules that stand on a date in a place, each with its citation."""
    book = load(None)
    places = frozenset(place or {rule.place for rule in book.rules})
    layers = frozenset(Layer) if proposals else BINDING | {Layer.GUIDANCE}
    standing = book.on(day_of(on), places, layers)
    if as_json:
        return say_json([_json(rule, clause) for rule, clause in standing.pairs])
    for rule, clause in standing.pairs:
        say(f"{rule.layer.value:<10} {clause.id}")
        say(f"           {tell(rule, clause)}. {clause.cite.source} ({clause.confidence.value})")
    say(f"{len(standing.pairs)} clauses stand on {on}.")
    return None


@rules.command("show")
def show(rule_id: str, on: On = "", as_json: AsJson = False) -> None:
    """Show a rule with all its clauses; with --on, the one that stands on that date or a refusal in words."""
    book = load(None)
    try:
        rule = book.rule(rule_id)
    except KeyError as error:
        raise SchooldayError(str(error.args[0])) from None
    clauses = (book.clause(rule_id, day_of(on)),) if on else rule.clauses
    if as_json:
        return say_json([_json(rule, clause) for clause in clauses])
    say(f"{rule.id}: {rule.title} ({rule.layer.value}, {rule.place})")
    for clause in clauses:
        _say_clause(rule, clause)
    return None


def _say_clause(rule: Rule, clause: Clause) -> None:
    say(f"  {tell(rule, clause)}.")
    say(f"    {clause.cite.source} {clause.cite.href}".rstrip())
    for label, text in (("quote", clause.cite.quote), ("note", clause.note)):
        if text:
            say(f"    {label}: {text}")
    say(f"    {clause.confidence.value}; checked {clause.checked.isoformat()}; {clause.file}:{clause.line}")


def _json(rule: Rule, clause: Clause) -> dict[str, object]:
    return {
        "clause": clause.id,
        "layer": rule.layer.value,
        "place": rule.place,
        "title": rule.title,
        "says": tell(rule, clause),
        "source": clause.cite.source,
        "href": clause.cite.href,
        "quote": clause.cite.quote,
        "confidence": clause.confidence.value,
        "checked": clause.checked,
        "from": clause.first,
        "until": clause.last,
    }
