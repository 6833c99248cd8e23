"""How re-engagement is told: the work list and a pupil's case, for people and for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from schoolday.cli.clauses import say_sources
from schoolday.cli.output import SHOWN, say
from schoolday.ledger.reengage.cases import Case, Step
from schoolday.ledger.reengage.work import DECIDE, Task, counted
from schoolday.roster import Roster
from schoolday.rules import Rulebook
from schoolday.rules.events import STEPS


def task_json(one: Task) -> dict[str, object]:
    """Return a task as plain values."""
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def case_json(one: Case, as_of: date) -> dict[str, object]:
    """Return a case as plain values."""
    return {
        "case": one.id,
        "pupil": one.pupil,
        "rule": one.rule.id,
        "clause": one.clause,
        "opened": one.opened,
        "period": one.period,
        "said": one.said,
        "steps": [_step_json(step, as_of) for step in one.steps],
        "marks": list(one.marks),
        "again": list(one.again),
        "absent": list(one.absent),
        "excused": list(one.excused),
        "recoded": [entry.id for entry in one.recoded],
        "closed": one.closed,
        "why": one.why,
    }


def _step_json(step: Step, as_of: date) -> dict[str, object]:
    return {
        "step": step.name,
        "tier": step.tier,
        "owner": step.owner,
        "due": step.due,
        "done": step.done.day if step.done else None,
        "entry": step.done.id if step.done else None,
        "tries": len(step.tries),
        "late": step.late(as_of),
    }


def say_list(cases: Sequence[Case], tasks: Sequence[Task], roster: Roster, as_of: date) -> None:
    """Print how many cases there are, and what is to do, soonest first."""
    how = counted(cases)
    say(f"{roster.name}, as of {as_of}")
    say(f"Cases: {', '.join(f'{number:,} {name}' for name, number in sorted(how.items())) or 'none'}")
    excused = sum(len(case.excused) for case in cases if case.open)
    away = sum(len(case.absent) for case in cases if case.open)
    say(f"Days that count in open cases: {away:,}, of them {excused:,} with an excuse")
    say(f"To do, soonest due first: {len(tasks):,}")
    for one in tasks[:SHOWN]:
        say(f"  {_task(one, roster, as_of)}")
    if len(tasks) > SHOWN:
        say(f"  … and {len(tasks) - SHOWN:,} more; --json or --csv has all")


def _task(one: Task, roster: Roster, as_of: date) -> str:
    who = roster.pupils[one.pupil]
    due = "no date named" if one.due is None else f"{'was due' if one.due < as_of else 'by'} {one.due}"
    what = f"tell the home of {one.about}" if one.about else _what(one.what)
    owner = one.owner or "nobody named"
    tries = f"; tried {one.tries}×" if one.tries else ""
    return f"{due}: {who.name} ({one.pupil}): {what} ({owner}{tries})"


def _what(name: str) -> str:
    return "decide what is to do: no step is written" if name == DECIDE else STEPS[name].noun


def say_case(one: Case, roster: Roster, rulebook: Rulebook, as_of: date) -> None:
    """Print one case with its steps, and where it is written."""
    who = roster.pupils[one.pupil]
    state = f"closed {one.closed}: {one.why}" if one.closed else "open"
    say(f"{who.name} ({one.pupil}), case {one.id}: {state}")
    say(f"  opened {one.opened} for {one.period}: {one.said}")
    say(f"  days that count: {', '.join(map(str, one.absent)) or 'none from attendance'}")
    if one.excused:
        say(f"  of them with an excuse: {', '.join(map(str, one.excused))}")
    if one.again:
        say(f"  reached again: {', '.join(one.again)}")
    if one.marks:
        say(f"  so: {', '.join(STEPS[name].noun for name in one.marks)}")
    for step in one.steps:
        say(f"  {_step(step, as_of)}")
    for entry in one.recoded:
        say(f"  given another code afterwards: {entry.day}, {entry.code}, by {entry.by}; it closes nothing")
    say_sources(rulebook, [one.clause])


def _step(step: Step, as_of: date) -> str:
    tier = f"tier {step.tier}, " if step.tier else ""
    owner = step.owner or "nobody named"
    head = f"{tier}{STEPS[step.name].noun} ({owner}, by {step.due or 'no date named'}): "
    if step.done:
        return f"{head}done {step.done.day} by {step.done.by} ({step.done.id})"
    late = ", late" if step.late(as_of) else ""
    return f"{head}not done{late}; tried {len(step.tries)}×"
