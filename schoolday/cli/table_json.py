"""A table as plain values for scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from schoolday.bargaining.clocks import Clock, next_clock
from schoolday.bargaining.in_force import Holding, InForce
from schoolday.bargaining.proposals import Proposal, Source, Version
from schoolday.bargaining.record import Assertion, Exchange, Sitting, SittingState, Table, Topic, state
from schoolday.bargaining.sides import Cell, SideBySide
from schoolday.bargaining.words import Changed
from schoolday.cli.clauses import clause_json

Plain = dict[str, object]


def source_json(source: Source) -> Plain:
    """Return where an entry was read."""
    return {
        **asdict(source.cite),
        "paper": source.paper,
        "confidence": source.confidence.value,
        "checked": source.checked,
        "note": source.note,
        "file": source.file,
        "line": source.line,
    }


def show_json(table: Table, day: date, soonest: Clock | None) -> Plain:
    """Return a table on a date."""
    return {
        "table": table.id,
        "title": table.title,
        "on": day,
        "parties": [asdict(party) for party in table.parties.values()],
        "documents": [_document_json(table, one, day) for one in table.proposals],
        "next": _clock_json(soonest) if soonest else None,
    }


def _document_json(table: Table, one: Proposal, day: date) -> Plain:
    change = state(table, one, day)
    return {
        "document": one.id,
        "title": one.title,
        "party": one.party,
        "state": change.state.value if change else None,
        "since": change.day if change else None,
        "version": change.version if change else None,
        "versions": [_version_json(version) for version in one.versions if version.day <= day],
    }


def _version_json(version: Version) -> Plain:
    return {
        "version": version.id,
        "day": version.day,
        "answers": version.answers,
        "books": version.books,
        "known": version.known,
        "source": source_json(version.source),
    }


def in_force_json(found: InForce) -> Plain:
    """Return what is in force on a date."""
    return {
        "on": found.day,
        "reason": found.reason,
        "holdings": [_holding_json(one) for one in found.holdings],
        "impasse": {"at": found.impasse.at, "by": found.impasse.by} if found.impasse else None,
        "clauses": [clause_json(rule, clause) for rule, clause in found.clauses],
    }


def _holding_json(one: Holding) -> Plain:
    return {
        "version": one.version.id,
        "title": one.proposal.title,
        "state": one.change.state.value,
        "from": one.change.first,
        "until": one.change.last,
        "source": source_json(one.change.source),
    }


def sides_json(found: SideBySide) -> Plain:
    """Return positions side by side."""
    names = [column.name for column in found.columns]
    lines = [
        {
            "name": line.name,
            "title": line.title,
            "grades": line.grades,
            "cells": {name: _cell_json(cell) for name, cell in zip(names, line.cells, strict=True)},
        }
        for line in found.lines
    ]
    return {"on": found.day, "way": found.way.value, "columns": names, "lines": lines}


def _cell_json(cell: Cell) -> Plain:
    clauses = [{"clause": one.id, **asdict(one.cite)} for one in (*cell.made, *cell.law)]
    return {
        "word": cell.word.value,
        "said": cell.said,
        "why": cell.why,
        "low": cell.low,
        "high": cell.high,
        "counted": cell.counted,
        "clauses": clauses,
        "sources": [source_json(one) for one in cell.sources],
    }


def record_json(
    table: Table,
    day: date,
    counts: Mapping[SittingState, int],
    passed: Sequence[Exchange],
    claims: Sequence[Topic],
) -> Plain:
    """Return the record up to a date."""
    return {
        "on": day,
        "sittings": {one.value: number for one, number in counts.items()},
        "meetings": [_sitting_json(one) for one in table.sittings if one.dated <= day],
        "exchanges": [_exchange_json(one) for one in passed],
        "topics": [
            {
                "topic": topic.name,
                "disputed": topic.disputed,
                "assertions": [_assertion_json(one) for one in topic.assertions],
            }
            for topic in claims
        ],
    }


def _sitting_json(one: Sitting) -> Plain:
    return {
        "state": one.state.value,
        "day": one.day,
        "by": one.by,
        "subject": one.subject,
        "offered": one.offered,
        "answered": one.answered,
        "source": source_json(one.source),
    }


def _exchange_json(one: Exchange) -> Plain:
    return {
        "passed": one.passed.id,
        "on": one.passed.day,
        "answer": one.answer.id if one.answer else None,
        "days": one.days,
        "waiting": one.waiting,
    }


def _assertion_json(one: Assertion) -> Plain:
    return {
        "day": one.day,
        "after": one.after,
        "by": one.by,
        "said": one.said,
        "figures": dict(one.figures),
        "source": source_json(one.source),
    }


def clocks_json(day: date, running: Sequence[Clock]) -> Plain:
    """Return the clocks on a date."""
    soonest = next_clock(running)
    return {
        "on": day,
        "next": _clock_json(soonest) if soonest else None,
        "clocks": [_clock_json(one) for one in running],
    }


def _clock_json(clock: Clock) -> Plain:
    verdict = clock.verdict
    return {
        "rule": clock.rule.id,
        "since": clock.started.at if clock.started else None,
        "found": verdict.found.value if verdict else None,
        "said": verdict.said if verdict else None,
        "last": clock.last,
        "ended": clock.ended.day if clock.ended else None,
        "steps": verdict.steps if verdict else (),
        "clause": clause_json(clock.rule, verdict.clause) if verdict and verdict.clause else None,
    }


def words_json(old: Version, new: Version, changed: Sequence[Changed]) -> Plain:
    """Return what changed between two versions."""
    articles = [
        {
            "key": one.key,
            "title": one.title,
            "told": one.told,
            "clauses": [{"clause": clause.id, **asdict(clause.cite)} for clause in one.clauses],
            "pieces": [{"edit": piece.edit.value, "words": piece.text} for piece in one.pieces],
        }
        for one in changed
    ]
    return {"before": _version_json(old), "after": _version_json(new), "articles": articles}
