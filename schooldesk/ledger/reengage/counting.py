"""How every school stands, kept on disk: a school is counted anew when something was entered there.

Counting the seventy schools of a large district takes seconds. So the counts are kept with what they were
made from; a new day, roster, sheet or rule counts all anew, which the background worker does before anybody
asks, and an entry its own school's. Whatever is missing is counted when it is asked for.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from schooldesk import clock, scope
from schooldesk.ledger.reengage import reads, record
from schooldesk.ledger.reengage.reads import Count
from schooldesk.ledger.sheets import reads as sheets
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rows import Report, quiet
from schooldesk.rules.reads import fingerprint

FORMAT = 1
"""Goes up when the same entries and rules give other counts."""
AT_ONCE = 5
"""Schools that are read together: a year's absences of more would fill the memory."""

Kept = dict[str, dict[str, Any]]


def counts(home: District, names: Sequence[str], as_of: date) -> list[Count]:
    """Return how some schools stand on a date; call it in the district's scope."""
    path = _path(home.pk)
    kept, marks = _kept(path), _marks(home, names, as_of)
    stale = [name for name in names if kept.get(name, {}).get("of") != marks[name]]
    for start in range(0, len(stale), AT_ONCE):
        some = reads.schools(home, stale[start : start + AT_ONCE], as_of)
        kept |= {
            name: {"of": marks[name], **_packed(reads.counted(name, one, as_of))}
            for name, one in some.items()
        }
    if stale:
        _write(path, kept)
    return [_unpacked(kept[name]) for name in names]


def count_what_waits(report: Report = quiet) -> None:
    """Count what has changed in every district that keeps such a record: the background worker's part."""
    for home in roster.districts():
        with scope.district(home.pk):
            if not home.roster_id or not record.any_entry():
                continue
            report(0)
            counts(home, sorted(roster.peopled(home)), clock.today(home.timezone))


def _marks(home: District, names: Sequence[str], as_of: date) -> Mapping[str, list[Any]]:
    """Return what each school's counts are made from."""
    shared = [FORMAT, home.roster_id, as_of.isoformat(), sheets.mark(), fingerprint()]
    return {name: [*shared, record.last(name)] for name in names}


def _packed(one: Count) -> dict[str, Any]:
    return {"count": {**asdict(one), "closed": dict(one.closed)}}


def _unpacked(kept: Mapping[str, Any]) -> Count:
    found = kept["count"]
    return Count(**{**found, "closed": Counter(found["closed"])})


def _path(district: str) -> Path:
    return Path(settings.VAR) / "reengage" / f"{district}.json"


def _kept(path: Path) -> Kept:
    """Return what is kept; what cannot be read is counted anew."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, kept: Kept) -> None:
    """Write it whole; of two who write at once one stands, and what it lacks is counted anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_suffix(f".{uuid4().hex}")
    own.write_text(json.dumps(kept), encoding="utf-8")
    os.replace(own, path)
