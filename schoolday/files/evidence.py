"""The evidence of an emergency: a table of every pupil, and a statement with counts, citations and hashes."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from schoolday.calendar.counting import Moment
from schoolday.emergency.clocks import CAUSES, Emergency, Followed, counted
from schoolday.ground.errors import SchooldayError
from schoolday.measures.verdict import Found
from schoolday.roster import Roster
from schoolday.rules import Rule
from schoolday.rules.tell import tell

PUPILS, STATEMENT = "pupils.csv", "statement.md"


def write_evidence(
    out: Path,
    emergency: Emergency,
    followed: Sequence[Followed],
    rules: Sequence[Rule],
    roster: Roster,
    now: Moment,
    sources: Sequence[Path],
) -> None:
    """Write the evidence of an emergency into a new or empty folder.

    Raises
    ------
    SchooldayError
        If the folder holds something already: evidence is never written over.
    """
    if out.exists() and any(out.iterdir()):
        raise SchooldayError(f"{out} holds something already; name a new folder")
    out.mkdir(parents=True, exist_ok=True)
    with (out / PUPILS).open("w", encoding="utf-8", newline="") as text:
        rows = [_row(one) for one in followed]
        writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    lines = _statement(emergency, followed, rules, roster, now, [*sources, out / PUPILS])
    (out / STATEMENT).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(one: Followed) -> Mapping[str, object]:
    reached, offered = one.reached, one.offered
    row: dict[str, object] = {
        "pupilId": one.pupil.id,
        "schoolId": one.pupil.school,
        "grade": one.pupil.grade,
        "tries": one.tries,
        "reached": _told(reached.at) if reached else "",
        "how": reached.how if reached else "",
        "by": reached.by if reached else "",
        "instruction": offered.day.isoformat() if offered else "",
        "way": offered.way if offered else "",
        "offeredBy": offered.by if offered else "",
    }
    for verdict in one.verdicts:
        row[f"{verdict.rule.id} last"] = verdict.inputs.get("last")
        row[verdict.rule.id] = verdict.found.value
    return row


def _statement(
    emergency: Emergency,
    followed: Sequence[Followed],
    rules: Sequence[Rule],
    roster: Roster,
    now: Moment,
    files: Sequence[Path],
) -> Iterator[str]:
    schools = emergency.schools or tuple(roster.schools)
    yield f"# {emergency.id}: {CAUSES[emergency.cause]}"
    yield ""
    yield f"{roster.name}. Began {_told(emergency.began)}; recorded by: {emergency.source}."
    yield f"Schools: {', '.join(roster.schools[one].name for one in schools)}."
    yield f"{len(followed):,} pupils. As of {_told(now)}."
    counts = counted(followed)
    for rule in rules:
        yield from _of_rule(rule, counts.get(rule.id, {}), followed)
    yield from ("", "## What this was made from", "")
    for file in files:
        yield f"* `{file.name}`: sha256 {hashlib.sha256(file.read_bytes()).hexdigest()}"
    yield ""
    yield "Not legal advice. What is waiting or unverified is not on record; it is not said to be late."


def _of_rule(rule: Rule, counts: Mapping[Found, int], followed: Sequence[Followed]) -> Iterator[str]:
    verdict = next((one for some in followed for one in some.verdicts if one.rule is rule), None)
    if verdict is None or verdict.clause is None:
        return
    yield from ("", f"## {rule.title}", "")
    yield f"{tell(rule, verdict.clause)}. {verdict.clause.cite} ({verdict.clause.confidence.value})."
    yield f"Last date in time: {verdict.inputs.get('last') or 'not known'}."
    yield ""
    yield from (f"* {found.value.replace('_', ' ')}: {counts[found]:,}" for found in Found if found in counts)


def _told(moment: Moment) -> str:
    return moment.isoformat(" ", "minutes") if isinstance(moment, datetime) else moment.isoformat()
