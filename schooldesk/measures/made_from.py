"""What a district's measures were made from besides the packs: roster, rules, sheets and closures.

By their numbers and not by dates: a clock that was set, as for the demonstration, makes nothing old.
"""

from __future__ import annotations

from pathlib import Path

from schooldesk.emergency import closures
from schooldesk.ledger.sheets import reads as sheets
from schooldesk.measures import folder
from schooldesk.roster.models import District
from schooldesk.rules.reads import fingerprint


def stands(home: District) -> str:
    """Return what tells what stands now; call it in the district's scope."""
    return " ".join(map(str, (home.roster_id, fingerprint(), sheets.mark(), closures.newest())))


def note(home: District, what: str) -> None:
    """Keep what the measures were made from."""
    _file(home).write_text(what)


def is_old(home: District) -> bool:
    """Whether the rules, the roster, the sheets of services or the closures have changed since."""
    return not _file(home).exists() or _file(home).read_text() != stands(home)


def _file(home: District) -> Path:
    return folder.folder_of(home.pk) / "made-from"
