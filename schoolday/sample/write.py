"""Write a sample district as the files that any district would bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from schoolday.files.rosters import write_roster
from schoolday.ground.errors import SchooldayError
from schoolday.roster import Roster
from schoolday.sample.cedar import cedar
from schoolday.sample.facts import sacramento_facts
from schoolday.sample.maple import maple
from schoolday.sample.sacramento import sacramento

SAMPLES: Mapping[str, Callable[[], Roster]] = {
    "sacramento": lambda: sacramento(sacramento_facts()),
    "maple": maple,
    "cedar": cedar,
}
"""The sample districts by name."""


def sample(name: str) -> Roster:
    """Return a sample district by its name; SchooldayError if there is none of that name."""
    if name not in SAMPLES:
        raise SchooldayError(f"There is no sample {name!r}; choose one of {', '.join(SAMPLES)}.")
    return SAMPLES[name]()


def write_sample(name: str, path: Path) -> None:
    """Write a sample district to a folder or a zip, as OneRoster files and side files."""
    write_roster(sample(name), path)
