"""The evidence of an emergency: tables of pupils, agreements and returns, and a statement with sources."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from schoolday.calendar.counting import Moment
from schoolday.emergency.agreements import Study
from schoolday.emergency.clocks import CAUSES, Emergency, Followed, counted
from schoolday.emergency.way_back import WayBack, findings
from schoolday.ground.errors import SchooldayError
from schoolday.measures.verdict import Found, Verdict
from schoolday.roster import Roster
from schoolday.rules import Rule
from schoolday.rules.tell import tell

PUPILS, STATEMENT = "pupils.csv", "statement.md"
STUDIES, WAYS_BACK = "studies.csv", "ways_back.csv"


def write_evidence(
    out: Path,
    emergency: Emergency,
    followed: Sequence[Followed],
    rules: Sequence[Rule],
    roster: Roster,
    now: Moment,
    sources: Sequence[Path],
    studies: Sequence[Study] = (),
    back: Sequence[WayBack] = (),
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
    tables = {
        PUPILS: [_row(one) for one in followed],
        STUDIES: [_study(one) for one in studies],
        WAYS_BACK: [_way_back(one) for one in back],
    }
    files = [_table(out / name, rows) for name, rows in tables.items() if rows or name == PUPILS]
    lines = [
        *_statement(emergency, followed, rules, roster, now),
        *_later(studies, back),
        *_made_from([*sources, *files]),
    ]
    (out / STATEMENT).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _table(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


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


def _study(one: Study) -> Mapping[str, object]:
    agreement = one.agreement
    row: dict[str, object] = {
        "agreementId": agreement.id,
        "pupilId": one.pupil.id,
        "schoolId": one.pupil.school,
        "first": agreement.first,
        "last": agreement.last,
        "schoolDaysOfTheYear": one.days,
        "short": "yes" if one.short else "no",
        "signaturesDue": one.due,
        "sha256": agreement.sha256,
        "missing": " ".join(signer.value for signer in one.missing),
    }
    for signer in one.needed:
        signed = agreement.signed(signer)
        row[signer.value] = signed.name if signed else ""
        row[f"{signer.value} signed"] = _told(signed.at) if signed else ""
    return row | {verdict.rule.id: verdict.found.value for verdict in one.verdicts}


def _way_back(one: WayBack) -> Mapping[str, object]:
    return {
        "pupilId": one.pupil.id,
        "schoolId": one.pupil.school,
        "asked": _told(one.wish.asked),
        "by": one.wish.by,
        "lastInTime": one.last,
        "returned": one.wish.returned,
        one.verdict.rule.id: one.verdict.found.value,
    }


def _statement(
    emergency: Emergency,
    followed: Sequence[Followed],
    rules: Sequence[Rule],
    roster: Roster,
    now: Moment,
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


def _later(studies: Sequence[Study], back: Sequence[WayBack]) -> Iterator[str]:
    """Yield what the statement says of agreements and returns, and each thing that is late or in doubt."""
    verdicts = [*(one for study in studies for one in study.verdicts), *(way.verdict for way in back)]
    if studies:
        signed = sum(not study.missing for study in studies)
        short = sum(study.short for study in studies)
        yield from ("", "## Agreements on independent study", "")
        yield f"{len(studies):,} agreements, {signed:,} signed by all; {short:,} are short studies."
    if back:
        home = sum(way.wish.returned is not None for way in back)
        yield from ("", "## Wishes to return to class", "", f"{len(back):,} wishes, {home:,} back in class.")
    for rule in dict.fromkeys(one.rule.id for one in verdicts):
        yield from _counted([one for one in verdicts if one.rule.id == rule])
    found = list(findings(studies, back))
    if found:
        yield from ("", "## Late, or in doubt", "")
        yield from (f"* {one.status.value}: {' '.join(one.where)}: {one.said}" for one in found)


def _counted(verdicts: Sequence[Verdict]) -> Iterator[str]:
    first = verdicts[0]
    if first.clause is None:
        return
    yield from ("", f"### {first.rule.title}", "")
    yield f"{tell(first.rule, first.clause)}. {first.clause.cite} ({first.clause.confidence.value})."
    yield ""
    yield from _numbers(Counter(one.found for one in verdicts))


def _made_from(files: Iterable[Path]) -> Iterator[str]:
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
    yield from _numbers(counts)


def _numbers(counts: Mapping[Found, int]) -> Iterator[str]:
    yield from (f"* {found.value.replace('_', ' ')}: {counts[found]:,}" for found in Found if found in counts)


def _told(moment: Moment) -> str:
    return moment.isoformat(" ", "minutes") if isinstance(moment, datetime) else moment.isoformat()
